import Foundation
import LinearAlgebra

/// How many numbers fall into which interval.
public struct Histogram: Hashable, Sendable {
    /// Numbers in each bin.
    public let counts: [Int]
    /// Ends of the bins, ascending, one more than bins. A bin holds its lower end; the last bin its upper end too.
    public let edges: [Double]

    /// How the number of bins is chosen.
    public enum Bins: Hashable, Sendable {
        /// So many bins of equal width.
        case count(Int)
        /// These ends.
        case edges([Double])
        /// The finer of Freedman and Diaconis's rule and Rice's, 5 to 60 bins: `suitableCount`.
        case automatic
        /// Width 2 IQR n^(-1/3): Freedman and Diaconis (1981).
        case freedmanDiaconis
        /// log2(n) + 1 bins: Sturges (1926).
        case sturges
    }

    /// More bins than this no rule makes; heavy tails would ask for millions.
    static let mostBins = 1000

    /// Counts `numbers`. Numbers outside given edges are not counted.
    /// - Parameter range: the ends of the first and last bin; `nil`: least and greatest number.
    /// - Throws: for no numbers, numbers that are not finite, and bins that are none.
    public init(
        _ numbers: [Double], bins: Bins = .automatic, range: ClosedRange<Double>? = nil
    ) throws(DistributionError) {
        guard let least = numbers.min(), let greatest = numbers.max() else {
            throw DistributionError("a histogram of no numbers")
        }
        guard numbers.allSatisfy(\.isFinite) else {
            throw DistributionError("a histogram of numbers that are not all finite")
        }
        if case .edges(let edges) = bins {
            try Histogram.check(edges)
            self.init(numbers, edges: edges)
            return
        }
        var low = range?.lowerBound ?? least
        var high = range?.upperBound ?? greatest
        guard low.isFinite, high.isFinite, (high - low).isFinite else {
            throw DistributionError("a histogram over a range that is not finite")
        }
        // Numbers that are all alike still get bins that can be told apart.
        let room = max(0.5, abs(low) * 1e-9)
        if high - low < abs(low) * 1e-12 || low == high { (low, high) = (low - room, high + room) }
        let count = try Histogram.binCount(numbers, bins, width: high - low)
        let step = (high - low) / Double(count)
        let inner = (0..<count).map { low + Double($0) * step }
        self.init(numbers, edges: inner + [high])
    }

    private init(_ numbers: [Double], edges: [Double]) {
        var counts = [Int](repeating: 0, count: edges.count - 1)
        let low = edges[0]
        let high = edges[edges.count - 1]
        let perUnit = Double(counts.count) / (high - low)
        for number in numbers where number >= low && number <= high {
            // A guess that is right for equal widths, then put right for rounding and for unequal ones. Over a span near
            // 0 it is infinite or NaN.
            let guess = (number - low) * perUnit
            var bin = guess < Double(counts.count) ? Int(guess) : counts.count - 1
            if number < edges[bin] || number >= edges[bin + 1] { bin = Histogram.search(number, edges) }
            counts[bin] += 1
        }
        self.counts = counts
        self.edges = edges
    }

    /// The bin that holds `number`, which lies between the first edge and the last.
    static func search(_ number: Double, _ edges: [Double]) -> Int {
        var low = 0
        var high = edges.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= number { low = middle } else { high = middle }
        }
        return low
    }

    private static func check(_ edges: [Double]) throws(DistributionError) {
        guard edges.count >= 2, edges.allSatisfy(\.isFinite), zip(edges, edges.dropFirst()).allSatisfy(<) else {
            throw DistributionError("the edges of bins have to be two or more ascending numbers")
        }
        guard (edges[edges.count - 1] - edges[0]).isFinite else {
            throw DistributionError("a histogram over a range that is not finite")
        }
    }

    private static func binCount(_ numbers: [Double], _ bins: Bins, width: Double) throws(DistributionError) -> Int {
        let sturges = Int(ceil(log2(Double(numbers.count)))) + 1
        switch bins {
        case .count(let count):
            guard (1...1_000_000).contains(count) else {
                throw DistributionError("\(count) bins; there have to be between 1 and 1000000")
            }
            return count
        case .sturges: return sturges
        case .freedmanDiaconis: return freedmanDiaconis(numbers, width: width) ?? sturges
        case .automatic, .edges: return suitableCount([numbers])
        }
    }

    /// How many bins of equal width show samples well, all over the same range: as many as the finer of two rules says for
    /// samples of their mean size, from 5 to 60. Freedman and Diaconis's (1981) alone would take two far bumps for one
    /// wide one; Rice's, 2 n^(1/3) bins, does not look at the numbers.
    ///
    /// - Parameter range: the ends of the first and last bin; `nil`: least and greatest number.
    public static func suitableCount(_ samples: [[Double]], range: ClosedRange<Double>? = nil) -> Int {
        let numbers = samples.joined().filter { $0.isFinite && range?.contains($0) ?? true }.sorted()
        guard numbers.count > 3, let low = range?.lowerBound ?? numbers.first,
            let high = range?.upperBound ?? numbers.last
        else { return 5 }
        let each = Double(numbers.count) / Double(max(samples.count, 1))
        let rice = 2 * cbrt(each)
        let spread = numbers[numbers.count * 3 / 4] - numbers[numbers.count / 4]
        let count = (high - low) / (2 * spread / cbrt(each))
        return Int(min(max(count.isFinite ? count : 0, rice, 5), 60).rounded(.up))
    }

    /// `nil` when the middle half of the numbers are all alike.
    private static func freedmanDiaconis(_ numbers: [Double], width: Double) -> Int? {
        let binWidth = 2 * Spread.interquartileRange(numbers) / cbrt(Double(numbers.count))
        guard binWidth > 0 else { return nil }
        return Int(min(max(ceil(width / binWidth), 1), Double(mostBins)))
    }

    /// Numbers counted.
    public var total: Int { counts.reduce(0, +) }

    /// The middle of each bin.
    public var centers: [Double] { zip(edges, edges.dropFirst()).map { $0 + ($1 - $0) / 2 } }

    /// Share of the numbers in each bin; all zero when nothing was counted.
    public var probabilities: [Double] {
        let total = Double(max(total, 1))
        return counts.map { Double($0) / total }
    }

    /// Share of the numbers in each bin divided by its width, so that the bars' area is 1.
    public var density: [Double] {
        zip(probabilities, zip(edges, edges.dropFirst())).map { $0 / ($1.1 - $1.0) }
    }
}

/// Measures of spread that histogram and kernel density need.
enum Spread {
    /// Third quartile minus first, interpolated linearly as NumPy does.
    static func interquartileRange(_ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        return quantile(0.75, sorted) - quantile(0.25, sorted)
    }

    /// Quantile of sorted numbers, interpolated linearly.
    static func quantile(_ share: Double, _ sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// Standard deviation, divisor n - 1.
    static func standardDeviation(_ numbers: [Double]) -> Double {
        guard numbers.count > 1 else { return 0 }
        let count = Double(numbers.count)
        let mean = numbers.reduce(0) { $0 + $1 / count }
        return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
    }
}
