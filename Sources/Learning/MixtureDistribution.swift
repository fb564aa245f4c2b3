import Foundation
import LinearAlgebra
import Probability

extension GaussianMixture: LabelledDistribution {
    /// The components.
    public var parts: [DistributionPart] { DistributionPart.numbered(components.map(\.weight)) }

    /// Points of one component: its mean plus L z.
    public func sample(count: Int, ofPart part: Int, using random: inout RandomStream) -> Matrix<Double> {
        let (mean, factor) = (components[part].mean, components[part].covariance.factor)
        let noise: Matrix<Double> = random.normal(shape: .matrix(count, dimension))
        let values = (0..<count).flatMap { row in
            mean.indices.map { axis in
                (0...axis).reduce(mean[axis]) { $0 + factor[axis * dimension + $1] * noise[row, $1] }
            }
        }
        return Matrix(shape: noise.shape, values: values)
    }
}

/// A mixture is a distribution like any other: it can be sampled, plotted and measured.
extension GaussianMixture: Distribution {
    /// `gaussian mixture`.
    public var name: String { "gaussian mixture" }

    /// The weighted sum.
    public var formula: String { "p(x) = Σₖ wₖ N(x; μₖ, Σₖ), k = 1…\(components.count)" }

    /// The number of components and their weights.
    public var parameters: [DistributionParameter] {
        [
            DistributionParameter("k", components.count),
            DistributionParameter("weights", NumberFormat.short(components.map(\.weight))),
        ]
    }

    /// Σₖ wₖ μₖ.
    public var mean: [Double]? {
        (0..<dimension).map { axis in components.reduce(0) { $0 + $1.weight * $1.mean[axis] } }
    }

    /// Σₖ wₖ (Σₖ + (μₖ - μ)(μₖ - μ)ᵀ).
    public var covariance: Matrix<Double>? {
        let centre = mean ?? []
        var total = [Double](repeating: 0, count: dimension * dimension)
        for component in components {
            for a in 0..<dimension {
                for b in 0..<dimension {
                    let apart = (component.mean[a] - centre[a]) * (component.mean[b] - centre[b])
                    total[a * dimension + b] +=
                        component.weight * (component.covariance.values[a * dimension + b] + apart)
                }
            }
        }
        return Matrix(shape: .matrix(dimension, dimension), values: total)
    }

    /// Everywhere.
    public var support: [ClosedRange<Double>] {
        [ClosedRange<Double>](repeating: -Double.infinity...Double.infinity, count: dimension)
    }

    /// Four standard deviations round every component.
    public var plotRange: [ClosedRange<Double>] {
        (0..<dimension).map { axis in
            let ends = components.map { ($0.mean[axis], 4 * $0.standardDeviations[axis]) }
            return (ends.map { $0 - $1 }.min() ?? 0)...(ends.map { $0 + $1 }.max() ?? 1)
        }
    }

    /// The components.
    public var modes: [Mode]? {
        components.map { component in
            let widest = symmetricEigen(component.covariance.values, dimension: dimension).values.max() ?? 0
            return Mode(center: component.mean, standardDeviation: widest.squareRoot(), weight: component.weight)
        }
    }

    /// Independent points, one a row: first which component, by its weight, then the component's mean plus L z.
    public func sample(count: Int, using random: inout RandomStream) -> Matrix<Double> {
        let choices: Matrix<Double> = random.uniform(shape: .vector(count))
        let noise: Matrix<Double> = random.normal(shape: .matrix(count, dimension))
        var cumulative: [Double] = []
        for component in components { cumulative.append((cumulative.last ?? 0) + component.weight) }
        let likely = components.lastIndex { $0.weight > 0 } ?? 0
        var values: [Double] = []
        values.reserveCapacity(count * dimension)
        for i in 0..<count {
            let component = components[cumulative.firstIndex { choices[i] < $0 } ?? likely]
            let factor = component.covariance.factor
            for a in 0..<dimension {
                var coordinate = component.mean[a]
                for b in 0...a { coordinate += factor[a * dimension + b] * noise[i, b] }
                values.append(coordinate)
            }
        }
        return Matrix(shape: .matrix(count, dimension), values: values)
    }

    /// The log-density of points that lie one after the other.
    public func logDensity(ofFlat points: [Double]) -> [Double] {
        (0..<points.count / dimension).map { logDensity(of: points, at: $0 * dimension) }
    }

    /// Σₖ wₖ Φ((x - μₖ) / σₖ) on the line.
    public func cumulative(at x: Double) -> Double? {
        guard dimension == 1 else { return nil }
        return components.reduce(0) { total, component in
            let z = (x - component.mean[0]) / component.standardDeviations[0]
            return total + component.weight * 0.5 * erfc(-z / 2.0.squareRoot())
        }
    }
}
