// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// The distribution whose density is a histogram: a bin by its share, then evenly within the bin.
public struct HistogramDistribution: UnivariateDistribution {
    /// The histogram.
    public let histogram: Histogram

    private let table: AliasTable
    private let logDensities: [Double]
    private let cumulativeAtEdges: [Double]

    /// - Throws: when nothing was counted.
    public init(_ histogram: Histogram) throws(DistributionError) {
        table = try AliasTable(weights: histogram.counts.map { Double($0) })
        self.histogram = histogram
        logDensities = histogram.density.map { log($0) }
        var sum = 0
        let total = Double(histogram.total)
        cumulativeAtEdges =
            [0]
            + histogram.counts.map { count in
                sum += count
                return Double(sum) / total
            }
    }

    public var name: String { "histogram" }
    public var formula: String { "p(x) = share of the bin that holds x / width of the bin" }
    public var parameters: [DistributionParameter] {
        [.init("bins", histogram.counts.count), .init("numbers", histogram.total)]
    }
    public var expectation: Double? { zip(table.probabilities, histogram.centers).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Between the bins, and within each: width² / 12.
    public var variance: Double? {
        let mean = zip(table.probabilities, histogram.centers).reduce(0) { $0 + $1.0 * $1.1 }
        return histogram.counts.indices.reduce(0) { sum, bin in
            let width = histogram.edges[bin + 1] - histogram.edges[bin]
            let distance = histogram.centers[bin] - mean
            return sum + table.probabilities[bin] * (distance * distance + width * width / 12)
        }
    }
    public var interval: ClosedRange<Double> { histogram.edges[0]...histogram.edges[histogram.edges.count - 1] }
    public var plotInterval: ClosedRange<Double> {
        let margin = 0.05 * (interval.upperBound - interval.lowerBound)
        return interval.lowerBound - margin...interval.upperBound + margin
    }

    public func logDensity(at x: Double) -> Double {
        guard interval.contains(x) else { return x.isNaN ? x : -.infinity }
        return logDensities[Histogram.search(x, histogram.edges)]
    }

    public func cumulative(at x: Double) -> Double? {
        guard interval.contains(x) else { return x.isNaN ? x : x < interval.lowerBound ? 0 : 1 }
        let bin = Histogram.search(x, histogram.edges)
        let share = (x - histogram.edges[bin]) / (histogram.edges[bin + 1] - histogram.edges[bin])
        return cumulativeAtEdges[bin] + share * table.probabilities[bin]
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        let edges = histogram.edges
        return random.drawn(count, from: [.uniform, .uniform]) { columns in
            zip(columns[0], columns[1]).map { choice, place in
                let bin = table.index(for: choice)
                return edges[bin] + place * (edges[bin + 1] - edges[bin])
            }
        }
    }
}
