import Foundation
import LinearAlgebra

/// The density of one feature within one class, as naive Bayes learns it from that class's numbers.
public enum FeatureDensity: Hashable, Sendable {
    /// A normal distribution.
    case gaussian(mean: Double, standardDeviation: Double)
    /// Bins of equal width from `lower`, each with its share of the probability; nothing outside.
    case histogram(lower: Double, width: Double, shares: [Double])
    /// A normal bump of this bandwidth on every number seen (Rosenblatt 1956, Parzen 1962).
    case kernel(centres: [Double], bandwidth: Double)

    /// Which density to learn.
    public enum Kind: Hashable, Sendable {
        /// Mean and standard deviation of the class (divisor n, the likeliest).
        case gaussian
        /// This many bins over the range of all classes together; one more row is counted into every bin, so that an
        /// empty bin makes a class unlikely and not impossible (Laplace's rule of succession).
        case histogram(bins: Int)
        /// Bumps of this width, or of Silverman's width 0.9 min(s, IQR / 1.34) n^(-1/5) (1986) when it is nil.
        case kernel(bandwidth: Double?)
    }

    /// log p(x); -∞ outside a histogram.
    public func logDensity(_ x: Double) -> Double {
        switch self {
        case .gaussian(let mean, let deviation):
            let z = (x - mean) / deviation
            return -0.5 * (z * z + log(2 * Double.pi)) - log(deviation)
        case .histogram(let lower, let width, let shares):
            let position = (x - lower) / width
            // The last edge belongs to the last bin.
            if position == Double(shares.count) { return log(shares[shares.count - 1] / width) }
            guard position >= 0, position < Double(shares.count) else { return -.infinity }
            return log(shares[Int(position)] / width)
        case .kernel(let centres, let bandwidth):
            let exponents = centres.map { centre in
                let z = (x - centre) / bandwidth
                return -0.5 * z * z
            }
            return logSumExp(exponents) - log(Double(centres.count) * bandwidth) - 0.5 * log(2 * Double.pi)
        }
    }

    /// One number drawn from the density.
    package func draw(_ random: inout RandomStream) -> Double {
        switch self {
        case .gaussian(let mean, let deviation):
            return mean + deviation * random.normal()
        case .histogram(let lower, let width, let shares):
            return lower + width * (Double(drawIndex(weights: shares, &random)) + random.uniform())
        case .kernel(let centres, let bandwidth):
            return centres[random.integer(below: centres.count)] + bandwidth * random.normal()
        }
    }

    /// The mean of the density.
    public var mean: Double {
        switch self {
        case .gaussian(let mean, _): mean
        case .histogram(let lower, let width, let shares):
            lower + width * shares.enumerated().reduce(0) { $0 + (Double($1.offset) + 0.5) * $1.element }
        case .kernel(let centres, _): centres.reduce(0, +) / Double(centres.count)
        }
    }

    /// Learns a density from a class's numbers; `range` is that of all classes together.
    ///
    /// - Returns: nil when the numbers do not vary, so that a width would be 0.
    package static func learned(_ kind: Kind, from numbers: [Double], range: ClosedRange<Double>) -> FeatureDensity? {
        let n = Double(numbers.count)
        let mean = numbers.reduce(0, +) / n
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
        switch kind {
        case .gaussian:
            guard variance > 0 else { return nil }
            return .gaussian(mean: mean, standardDeviation: variance.squareRoot())
        case .histogram(let bins):
            let width = (range.upperBound - range.lowerBound) / Double(bins)
            guard width > 0 else { return nil }
            var counts = [Double](repeating: 1, count: bins)
            for number in numbers { counts[min(Int((number - range.lowerBound) / width), bins - 1)] += 1 }
            return .histogram(
                lower: range.lowerBound, width: width, shares: counts.map { $0 / (n + Double(bins)) })
        case .kernel(let chosen):
            let bandwidth = chosen ?? silvermanBandwidth(numbers, deviation: variance.squareRoot())
            guard bandwidth > 0 else { return nil }
            return .kernel(centres: numbers, bandwidth: bandwidth)
        }
    }
}

/// 0.9 min(s, IQR / 1.34) n^(-1/5); the quartiles by linear interpolation, left out when they agree.
private func silvermanBandwidth(_ numbers: [Double], deviation: Double) -> Double {
    let sorted = numbers.sorted()
    func quantile(_ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let low = Int(position)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
    }
    let spread = (quantile(0.75) - quantile(0.25)) / 1.34
    let scale = spread > 0 ? min(deviation, spread) : deviation
    return 0.9 * scale * pow(Double(numbers.count), -0.2)
}
