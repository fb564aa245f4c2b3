import Foundation
import LinearAlgebra
import Probability

/// A weighted sum of normal distributions in d dimensions: p(x) = Σₖ wₖ N(x; μₖ, Σₖ).
public struct GaussianMixture: Hashable, Sendable {
    /// One normal distribution of the sum.
    public struct Component: Hashable, Sendable {
        /// The share of the points that it makes; the weights of a mixture sum to 1.
        public let weight: Double
        /// Its centre, d numbers.
        public let mean: [Double]
        /// Its spread and tilt, d x d.
        public let covariance: Covariance
        /// log of its weight times its density at the centre.
        private let logPeak: Double

        /// A component of a mixture.
        public init(weight: Double, mean: [Double], covariance: Covariance) {
            self.weight = weight
            self.mean = mean
            self.covariance = covariance
            logPeak = log(weight) - 0.5 * (covariance.logDeterminant + Double(mean.count) * log(2 * Double.pi))
        }

        /// The standard deviation along each axis.
        public var standardDeviations: [Double] {
            (0..<mean.count).map { covariance.values[$0 * mean.count + $0].squareRoot() }
        }

        /// log wₖ + log N(x; μₖ, Σₖ), the point beginning at `start` of `values`.
        package func logJoint(_ values: [Double], at start: Int) -> Double {
            logPeak - 0.5 * covariance.squaredDistance(from: mean, to: values, at: start)
        }
    }

    /// The components, at least one.
    public let components: [Component]
    /// The number of coordinates of a point.
    public let dimension: Int

    /// A mixture of these components; their weights are divided by their sum.
    ///
    /// - Throws: `LearningError` when there is no component, dimensions differ, or the weights are not a positive sum.
    public init(components: [Component]) throws(LearningError) {
        guard let first = components.first else { throw .tooFewObservations(needed: 1, got: 0) }
        let total = components.reduce(0) { $0 + $1.weight }
        guard total > 0, total.isFinite, components.allSatisfy({ $0.weight >= 0 }) else {
            throw .outOfRange(name: "weights", value: total, allowed: "not negative, with a positive sum")
        }
        for component in components {
            let sizes = [component.mean.count, component.covariance.dimension]
            if let wrong = sizes.first(where: { $0 != first.mean.count }) {
                throw .dimensionMismatch(expected: first.mean.count, got: wrong)
            }
        }
        self.components = components.map {
            Component(weight: $0.weight / total, mean: $0.mean, covariance: $0.covariance)
        }
        dimension = first.mean.count
    }

    /// k - 1 weights, k means of d numbers and k covariances of d (d + 1) / 2 numbers.
    public var freeParameters: Int {
        let perComponent = dimension + dimension * (dimension + 1) / 2
        return components.count - 1 + components.count * perComponent
    }

    /// log p(x), by log-sum-exp: the largest term is taken out first, so that no exponential overflows and far points
    /// do not become log 0.
    package func logDensity(of values: [Double], at start: Int) -> Double {
        SpecialFunctions.logSumExp(components.map { $0.logJoint(values, at: start) })
    }

    /// log p(x) of every point (rows, or the numbers of a vector when d = 1).
    public func logDensities(of points: Matrix<Double>) throws(LearningError) -> [Double] {
        let observations = try Observations(points, dimension: dimension)
        return logDensity(ofFlat: observations.values)
    }

    /// Σᵢ log p(xᵢ), the log-likelihood of the points in nats.
    public func logLikelihood(of points: Matrix<Double>) throws(LearningError) -> Double {
        try logDensities(of: points).reduce(0, +)
    }

    /// For every point (row), the probability that each component (column) made it; rows sum to 1.
    public func responsibilities(of points: Matrix<Double>) throws(LearningError) -> Matrix<Double> {
        let observations = try Observations(points, dimension: dimension)
        var values: [Double] = []
        values.reserveCapacity(observations.count * components.count)
        for i in 0..<observations.count {
            values += softmax(components.map { $0.logJoint(observations.values, at: i * dimension) })
        }
        return Matrix(shape: .matrix(observations.count, components.count), values: values)
    }

    /// Schwarz's Bayesian information criterion, p log n - 2 log L (1978). Lower is better: each further parameter must
    /// pay for itself.
    public func bic(of points: Matrix<Double>) throws(LearningError) -> Double {
        let observations = try Observations(points, dimension: dimension)
        return try Double(freeParameters) * log(Double(observations.count)) - 2 * logLikelihood(of: points)
    }

    /// Akaike's information criterion, 2 p - 2 log L (1974). Lower is better.
    public func aic(of points: Matrix<Double>) throws(LearningError) -> Double {
        try 2 * Double(freeParameters) - 2 * logLikelihood(of: points)
    }
}

/// exp(xᵢ) / Σ exp(xⱼ) without overflow; equal shares when every term is -∞.
package func softmax(_ terms: [Double]) -> [Double] {
    let total = SpecialFunctions.logSumExp(terms)
    if total == -.infinity { return terms.map { _ in 1 / Double(terms.count) } }
    return terms.map { exp($0 - total) }
}

/// An index drawn with probability in proportion to its weight.
package func drawIndex(weights: [Double], _ random: inout RandomStream) -> Int {
    var left = random.uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() where weight > 0 {
        left -= weight
        if left < 0 { return index }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
}
