import Foundation
import Words

/// The empirical cumulative distribution function of a sample.
public struct EmpiricalCumulative: Hashable, Sendable {
    /// The sample, ascending.
    public let sorted: [Double]

    /// - Throws: for no numbers or NaN.
    public init(_ numbers: [Double]) throws(DistributionError) {
        guard !numbers.isEmpty else { throw DistributionError("a sample of no numbers") }
        guard !numbers.contains(where: \.isNaN) else { throw DistributionError("a sample with nan in it") }
        sorted = numbers.inOrder()
    }

    /// The share of the sample that is at most `x`.
    public func callAsFunction(_ x: Double) -> Double {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= x { low = middle + 1 } else { high = middle }
        }
        return Double(low) / Double(sorted.count)
    }

    /// Kolmogorov and Smirnov's statistic: the largest distance between the sample's steps and a continuous
    /// cumulative distribution function.
    public func distance(to cumulative: (Double) -> Double) -> Double {
        let count = Double(sorted.count)
        var largest = 0.0
        for (i, x) in sorted.enumerated() {
            let value = cumulative(x)
            largest = max(largest, value - Double(i) / count, Double(i + 1) / count - value)
        }
        return largest
    }

    /// The two-sample statistic: the largest distance between the steps of two samples.
    public func distance(to other: EmpiricalCumulative) -> Double {
        var (i, j, largest) = (0, 0, 0.0)
        while i < sorted.count, j < other.sorted.count {
            let x = min(sorted[i], other.sorted[j])
            while i < sorted.count, sorted[i] == x { i += 1 }
            while j < other.sorted.count, other.sorted[j] == x { j += 1 }
            largest = max(largest, abs(Double(i) / Double(sorted.count) - Double(j) / Double(other.sorted.count)))
        }
        return largest
    }
}

/// How far two lists of probabilities, or two histograms over the same bins, are apart. Natural logarithms.
public enum Divergence {
    /// Kullback and Leibler's Σ p ln(p / q): infinite where q is zero and p is not.
    public static func kullbackLeibler(_ p: [Double], _ q: [Double]) throws(DistributionError) -> Double {
        let (p, q) = try normalised(p, q)
        return zip(p, q).reduce(0) { $0 + term($1.0, $1.1) }
    }

    /// Jensen and Shannon's ½ KL(p, m) + ½ KL(q, m), m = (p + q) / 2: between 0 and ln 2.
    public static func jensenShannon(_ p: [Double], _ q: [Double]) throws(DistributionError) -> Double {
        let (p, q) = try normalised(p, q)
        return zip(p, q).reduce(0) { sum, pair in
            let middle = 0.5 * (pair.0 + pair.1)
            return sum + 0.5 * term(pair.0, middle) + 0.5 * term(pair.1, middle)
        }
    }

    private static func term(_ p: Double, _ q: Double) -> Double { p > 0 ? p * log(p / q) : 0 }

    private static func normalised(
        _ p: [Double], _ q: [Double]
    ) throws(DistributionError) -> (p: [Double], q: [Double]) {
        guard p.count == q.count else {
            throw DistributionError(
                "\(Wording.count(p.count, "bin")) against \(q.count)", help: "count both with the same edges")
        }
        return (try AliasTable(weights: p).probabilities, try AliasTable(weights: q).probabilities)
    }
}
