// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra
import Words

/// A mixture: one of several distributions is chosen by weight, and a point is drawn from it.
public struct Mixture: Distribution {
    /// What is mixed.
    public let components: [any Distribution]
    /// The share of each, summing to 1.
    public var weights: [Double] { table.probabilities }

    public let name: String
    private let table: AliasTable
    private let logWeights: [Double]

    /// - Parameter weights: not negative; only their ratios matter. `nil`: all alike.
    /// - Throws: unless there is a component, all have the same dimension, and there are as many weights.
    public init(
        _ components: [any Distribution], weights: [Double]? = nil, name: String = "mixture"
    ) throws(DistributionError) {
        guard let first = components.first else { throw DistributionError("a mixture of nothing") }
        guard components.allSatisfy({ $0.dimension == first.dimension }) else {
            throw DistributionError("a mixture of distributions in one and in two dimensions")
        }
        let weights = weights ?? components.map { _ in 1 }
        guard weights.count == components.count else {
            throw DistributionError(
                "\(Wording.count(weights.count, "weight")) for \(Wording.count(components.count, "distribution"))",
                help: "one weight for each distribution")
        }
        table = try AliasTable(weights: weights)
        logWeights = table.probabilities.map { log($0) }
        self.components = components
        self.name = name
    }

    public var dimension: Int { components[0].dimension }

    public var formula: String {
        guard components.count <= 6 else { return "p(x) = Σ wₖ pₖ(x), k = 1 … \(components.count)" }
        let terms = zip(weights, components).map { weight, component in
            let numbers = component.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
            return "\(NumberFormat.short(weight)) \(component.name)(\(numbers))"
        }
        return "p = " + terms.joined(separator: " + ")
    }

    public var parameters: [DistributionParameter] {
        let shown = weights.count <= 8 ? NumberFormat.short(weights) : "\(weights.count) numbers"
        return [.init("components", components.count), .init("weights", shown)]
    }

    public var mean: [Double]? {
        var total = [Double](repeating: 0, count: dimension)
        for (weight, component) in zip(weights, components) where weight > 0 {
            guard let mean = component.mean else { return nil }
            for i in 0..<dimension { total[i] += weight * mean[i] }
        }
        return total
    }

    /// The law of total variance: Σ w (Cₖ + (mₖ - m)(mₖ - m)ᵀ).
    public var covariance: Matrix<Double>? {
        guard let mean else { return nil }
        var total = [Double](repeating: 0, count: dimension * dimension)
        for (weight, component) in zip(weights, components) where weight > 0 {
            guard let own = component.covariance, let center = component.mean else { return nil }
            for i in 0..<dimension {
                for j in 0..<dimension {
                    let between = (center[i] - mean[i]) * (center[j] - mean[j])
                    total[i * dimension + j] += weight * (own[i, j] + between)
                }
            }
        }
        return Matrix(shape: .matrix(dimension, dimension), values: total)
    }

    public var support: [ClosedRange<Double>] { Mixture.hull(components.map(\.support)) }
    public var plotRange: [ClosedRange<Double>] { Mixture.hull(components.map(\.plotRange)) }

    /// The smallest interval round all, coordinate by coordinate.
    static func hull(_ ranges: [[ClosedRange<Double>]]) -> [ClosedRange<Double>] {
        ranges.dropFirst().reduce(ranges[0]) { sum, next in
            zip(sum, next).map { min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound) }
        }
    }

    /// The modes of the components, when all of them have some.
    public var modes: [Mode]? {
        var all: [Mode] = []
        for (weight, component) in zip(weights, components) {
            guard let modes = component.modes else { return nil }
            all += modes.map {
                Mode(center: $0.center, standardDeviation: $0.standardDeviation, weight: weight * $0.weight)
            }
        }
        return all
    }

    /// ln Σ wₖ pₖ(x) as a log-sum-exp, so that far tails do not underflow.
    public func logDensity(ofFlat points: [Double]) -> [Double] {
        var terms: [[Double]] = []
        for (component, logWeight) in zip(components, logWeights) where logWeight > -.infinity {
            terms.append(component.logDensity(ofFlat: points).map { $0 + logWeight })
        }
        return (0..<points.count / dimension).map { i in
            SpecialFunctions.logSumExp(terms.lazy.map { $0[i] })
        }
    }

    public func cumulative(at x: Double) -> Double? {
        var total = 0.0
        for (weight, component) in zip(weights, components) {
            guard let share = component.cumulative(at: x) else { return nil }
            total += weight * share
        }
        return min(total, 1)
    }

    /// Chooses all components first, then draws each component's points at once.
    public func sample(count: Int, using random: inout RandomStream) -> Matrix<Double> {
        let choices = random.drawn(count, from: [.uniform]) { $0[0].map { Double(table.index(for: $0)) } }
        var counts = [Int](repeating: 0, count: components.count)
        for choice in choices { counts[Int(choice)] += 1 }
        var (pool, next): ([Double], [Int]) = ([], [])
        for (component, count) in zip(components, counts) {
            next.append(pool.count)
            pool += component.sample(count: count, using: &random).values
        }
        var values = [Double](repeating: 0, count: count * dimension)
        let width = dimension
        for (i, choice) in choices.enumerated() {
            let first = next[Int(choice)]
            next[Int(choice)] += width
            for axis in 0..<width { values[i * width + axis] = pool[first + axis] }
        }
        return Matrix(shape: .matrix(count, dimension), values: values)
    }
}

extension Mixture {
    /// Mixtures of normal numbers that everybody uses; each triple is weight, mean, standard deviation.
    private static func normals(_ name: String, _ parts: [(Double, Double, Double)]) -> Mixture {
        let components = parts.map { Normal(center: $0.1, scale: $0.2) }
        return Mixture(trusted: components, AliasTable(trusted: parts.map(\.0)), name)
    }

    private init(trusted components: [any Distribution], _ table: AliasTable, _ name: String) {
        self.components = components
        self.name = name
        self.table = table
        logWeights = table.probabilities.map { log($0) }
    }

    /// Two equal bumps at -2 and 2, standard deviation 0.5.
    public static var bimodal: Mixture { normals("bimodal", [(0.5, -2, 0.5), (0.5, 2, 0.5)]) }

    /// Five thin bumps on a broad one: density 10 of Marron and Wand, "Exact mean integrated squared error", Annals of
    /// Statistics 20 (1992), ½ N(0, 1) + Σ ⅒ N(k/2 - 1, 0.1²), k = 0 … 4.
    public static var claw: Mixture {
        normals("claw", [(0.5, 0, 1)] + (0..<5).map { (0.1, Double($0) / 2 - 1, 0.1) })
    }
}
