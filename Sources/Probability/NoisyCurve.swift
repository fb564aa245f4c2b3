// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// Points on one or more curves of the plane, with round normal noise: moons, circles, spirals, rolls.
///
/// A branch is chosen by weight, a parameter t by the branch's law, and noise is added to the point at t. The density is
/// the integral of the noise's density along the branches. It is computed by Gauss-Legendre quadrature over panels no
/// longer than twice the noise's standard deviation, eight nodes each; in the regions where points fall its relative
/// error is below 1e-9 (tested against closed forms for the circle and the line).
public struct NoisyCurve: PlanarDistribution {
    /// How the parameter of a branch is drawn.
    public enum Law: Hashable, Sendable {
        /// Evenly from an interval.
        case uniform(ClosedRange<Double>)
        /// With density proportional to t - from: `from + (to - from) √u`. Along a spiral this spreads points evenly.
        case growing(ClosedRange<Double>)
        /// Normal, cut off at six standard deviations.
        case normal(mean: Double, sd: Double)

        var interval: ClosedRange<Double> {
            switch self {
            case .uniform(let range), .growing(let range): range
            case .normal(let mean, let sd): mean - 6 * sd...mean + 6 * sd
            }
        }

        func density(_ t: Double) -> Double {
            switch self {
            case .uniform(let range): return 1 / (range.upperBound - range.lowerBound)
            case .growing(let range):
                let length = range.upperBound - range.lowerBound
                return 2 * (t - range.lowerBound) / (length * length)
            case .normal(let mean, let sd):
                let z = (t - mean) / sd
                return exp(-0.5 * z * z) / (sd * (2 * Double.pi).squareRoot())
            }
        }

        func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
            switch self {
            case .uniform(let range):
                return random.uniforms(count).map { range.lowerBound + $0 * (range.upperBound - range.lowerBound) }
            case .growing(let range):
                return random.uniforms(count).map {
                    range.lowerBound + $0.squareRoot() * (range.upperBound - range.lowerBound)
                }
            case .normal(let mean, let sd): return random.normals(count).map { mean + sd * min(max($0, -6), 6) }
            }
        }
    }

    /// One curve.
    public struct Branch: Sendable {
        let law: Law
        let point: @Sendable (Double) -> (x: Double, y: Double)

        /// A curve t ↦ (x, y) and the law of t.
        public init(law: Law, point: @escaping @Sendable (Double) -> (x: Double, y: Double)) {
            self.law = law
            self.point = point
        }
    }

    public let name: String
    public let parameters: [DistributionParameter]
    public let formula: String
    /// The curves; each has the same share of the points.
    public let branches: [Branch]
    /// The standard deviation of the noise in x and in y.
    public let noise: Double

    private let nodes: [CurveQuadrature.Node]

    /// - Parameter curve: the points without noise, as a formula.
    /// - Throws: unless the noise is above zero and the curves are finite and not too long for so little noise.
    public init(
        name: String, curve: String, parameters: [DistributionParameter], branches: [Branch], noise: Double
    ) throws(DistributionError) {
        try DistributionError.requirePositive(noise, "the noise")
        guard !branches.isEmpty else { throw DistributionError("there is no curve") }
        nodes = try CurveQuadrature.nodes(of: branches, noise: noise)
        self.name = name
        self.parameters = parameters
        self.branches = branches
        self.noise = noise
        formula = "x = \(curve), plus normal noise of sd \(NumberFormat.short(noise))"
    }

    public var mean: [Double]? {
        [nodes.reduce(0) { $0 + $1.weight * $1.x }, nodes.reduce(0) { $0 + $1.weight * $1.y }]
    }

    public var covariance: Matrix<Double>? {
        guard let mean else { return nil }
        var (xx, xy, yy) = (noise * noise, 0.0, noise * noise)
        for node in nodes {
            let (dx, dy) = (node.x - mean[0], node.y - mean[1])
            xx += node.weight * dx * dx
            xy += node.weight * dx * dy
            yy += node.weight * dy * dy
        }
        return Matrix(shape: .matrix(2, 2), values: [xx, xy, xy, yy])
    }

    public var plotRange: [ClosedRange<Double>] {
        // Nodes that hardly any point comes from do not count.
        let lightest = 1e-3 / Double(nodes.count)
        let seen = nodes.filter { $0.weight > lightest }
        let coordinates: [[Double]] = [seen.map(\.x), seen.map(\.y)]
        return coordinates.map { places in
            let (low, high) = (places.min() ?? 0, places.max() ?? 0)
            let margin = max(4 * noise, 0.1 * (high - low))
            return low - margin...high + margin
        }
    }

    public func logDensity(x: Double, y: Double) -> Double {
        var nearest = Double.infinity
        for node in nodes {
            let (dx, dy) = (x - node.x, y - node.y)
            nearest = min(nearest, dx * dx + dy * dy)
        }
        let half = 0.5 / (noise * noise)
        var sum = 0.0
        for node in nodes {
            let (dx, dy) = (x - node.x, y - node.y)
            let exponent = (nearest - dx * dx - dy * dy) * half
            if exponent > -45 { sum += node.weight * exp(exponent) }
        }
        return log(sum) - nearest * half - 2 * log(noise) - 2 * SpecialFunctions.logRootTwoPi
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        let choices = branches.count > 1 ? random.uniforms(count) : []
        let laws = branches.map { $0.law }
        let isShared = laws.allSatisfy { $0 == laws[0] }
        let shared = isShared ? laws[0].draw(count, using: &random) : []
        let own = isShared ? [] : laws.map { $0.draw(count, using: &random) }
        var values = random.normals(2 * count)
        for i in 0..<count {
            let branch = choices.isEmpty ? 0 : min(Int(choices[i] * Double(branches.count)), branches.count - 1)
            let t = isShared ? shared[i] : own[branch][i]
            let point = branches[branch].point(t)
            values[2 * i] = point.x + noise * values[2 * i]
            values[2 * i + 1] = point.y + noise * values[2 * i + 1]
        }
        return values
    }
}
