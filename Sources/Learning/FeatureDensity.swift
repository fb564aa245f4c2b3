import Foundation
import LinearAlgebra
import Probability

/// The density of one feature within one class, as naive Bayes learns it from that class's numbers.
public enum FeatureDensity: Sendable {
    /// A normal distribution.
    case gaussian(mean: Double, standardDeviation: Double)
    /// Bins of equal width from `lower`, each with its share of the probability; nothing outside.
    case histogram(lower: Double, width: Double, shares: [Double])
    /// A normal bump on every number seen.
    case kernel(KernelDensity)

    /// Which density to learn.
    public enum Kind: Hashable, Sendable {
        /// Mean and standard deviation of the class (divisor n, the likeliest).
        case gaussian
        /// This many bins over the range of all classes together; one more row is counted into every bin, so that an
        /// empty bin makes a class unlikely and not impossible (Laplace's rule of succession).
        case histogram(bins: Int)
        /// Bumps of this width, or of Silverman's width when it is nil.
        case kernel(bandwidth: Double?)
    }

    /// Learns a density from a class's numbers; `range` is that of all classes together.
    ///
    /// - Returns: nil when the numbers do not vary, so that a width would be 0, or lie so far apart that it would be
    ///   infinite.
    package static func learned(_ kind: Kind, from numbers: [Double], range: ClosedRange<Double>) -> FeatureDensity? {
        switch kind {
        case .gaussian:
            let n = Double(numbers.count)
            let mean = numbers.reduce(0, +) / n
            let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
            guard variance > 0 else { return nil }
            return .gaussian(mean: mean, standardDeviation: variance.squareRoot())
        case .histogram(let bins):
            let width = (range.upperBound - range.lowerBound) / Double(bins)
            guard width > 0, width.isFinite else { return nil }
            var counts = [Double](repeating: 1, count: bins)
            for number in numbers { counts[min(Int((number - range.lowerBound) / width), bins - 1)] += 1 }
            let total = counts.reduce(0, +)
            return .histogram(lower: range.lowerBound, width: width, shares: counts.map { $0 / total })
        case .kernel(let bandwidth):
            let choice = bandwidth.map { KernelDensity.Bandwidth.fixed($0) } ?? .silverman
            return (try? KernelDensity(numbers, bandwidth: choice)).map { .kernel($0) }
        }
    }
}

extension FeatureDensity: UnivariateDistribution {
    /// `normal`, `histogram` or `kernel density`.
    public var name: String {
        switch self {
        case .gaussian: "normal"
        case .histogram: "histogram"
        case .kernel(let density): density.name
        }
    }

    /// The density as a formula.
    public var formula: String {
        switch self {
        case .gaussian: "p(x) = exp(-(x - mean)² / (2 sd²)) / (sd √(2π))"
        case .histogram: "p(x) = (rows in the bin of x + 1) / ((rows + bins) width of a bin)"
        case .kernel(let density): density.formula
        }
    }

    /// The numbers that were learned.
    public var parameters: [DistributionParameter] {
        switch self {
        case .gaussian(let mean, let deviation): [.init("mean", mean), .init("sd", deviation)]
        case .histogram(let lower, let width, let shares):
            [.init("bins", shares.count), .init("from", lower), .init("to", lower + width * Double(shares.count))]
        case .kernel(let density): density.parameters
        }
    }

    /// The mean.
    public var expectation: Double? {
        switch self {
        case .gaussian(let mean, _): mean
        case .histogram(let lower, let width, let shares):
            lower + width * shares.enumerated().reduce(0) { $0 + (Double($1.offset) + 0.5) * $1.element }
        case .kernel(let density): density.expectation
        }
    }

    /// The variance.
    public var variance: Double? {
        switch self {
        case .gaussian(_, let deviation): deviation * deviation
        case .histogram(let lower, let width, let shares):
            shares.enumerated().reduce(width * width / 12) { total, bin in
                let apart = lower + width * (Double(bin.offset) + 0.5) - (expectation ?? 0)
                return total + bin.element * apart * apart
            }
        case .kernel(let density): density.variance
        }
    }

    /// Outside it the density is 0.
    public var interval: ClosedRange<Double> {
        guard case .histogram(let lower, let width, let shares) = self else {
            return -Double.infinity...Double.infinity
        }
        return lower...lower + width * Double(shares.count)
    }

    /// What a picture should show.
    public var plotInterval: ClosedRange<Double> {
        switch self {
        case .gaussian(let mean, let deviation): mean - 4 * deviation...mean + 4 * deviation
        case .histogram(let lower, let width, let shares): lower - width...lower + width * Double(shares.count + 1)
        case .kernel(let density): density.plotInterval
        }
    }

    /// log p(x); -∞ outside a histogram.
    public func logDensity(at x: Double) -> Double {
        switch self {
        case .gaussian(let mean, let deviation):
            let z = (x - mean) / deviation
            return -0.5 * (z * z + log(2 * Double.pi)) - log(deviation)
        case .histogram(let lower, let width, let shares):
            let position = (x - lower) / width
            guard position >= 0, position <= Double(shares.count) else { return -.infinity }
            // The last edge belongs to the last bin.
            return log(shares[min(Int(position), shares.count - 1)] / width)
        case .kernel(let density):
            return density.logDensity(at: x)
        }
    }

    /// The probability of at most `x`.
    public func cumulative(at x: Double) -> Double? {
        guard !x.isNaN else { return .nan }
        switch self {
        case .gaussian(let mean, let deviation):
            return 0.5 * erfc((mean - x) / (deviation * 2.0.squareRoot()))
        case .histogram(let lower, let width, let shares):
            let position = min(max((x - lower) / width, 0), Double(shares.count))
            let whole = min(Int(position), shares.count - 1)
            return shares[..<whole].reduce(0, +) + (position - Double(whole)) * shares[whole]
        case .kernel(let density):
            return density.cumulative(at: x)
        }
    }

    /// Independent draws.
    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        switch self {
        case .gaussian(let mean, let deviation):
            return (0..<count).map { _ in mean + deviation * random.normal() }
        case .histogram(let lower, let width, let shares):
            return (0..<count).map { _ in
                lower + width * (Double(drawIndex(weights: shares, &random)) + random.uniform())
            }
        case .kernel(let density):
            return density.draw(count, using: &random)
        }
    }
}
