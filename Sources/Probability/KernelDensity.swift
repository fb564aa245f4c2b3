// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// A kernel density estimate: a narrow normal curve on each number of a sample, and their average.
public struct KernelDensity: UnivariateDistribution {
    /// How wide each curve is.
    public enum Bandwidth: Hashable, Sendable {
        /// 0.9 min(sd, IQR / 1.34) n^(-1/5): Silverman, "Density Estimation" (1986), equation 3.31.
        case silverman
        /// 1.06 sd n^(-1/5): Scott, "Multivariate Density Estimation" (1992), equation 6.17.
        case scott
        /// This standard deviation.
        case fixed(Double)
    }

    /// The sample, ascending.
    public let numbers: [Double]
    /// The standard deviation of each curve.
    public let bandwidth: Double

    /// - Throws: for no numbers, numbers that are not finite, a bandwidth that is not above zero.
    public init(_ numbers: [Double], bandwidth: Bandwidth = .silverman) throws(DistributionError) {
        guard !numbers.isEmpty else { throw DistributionError("a kernel density of no numbers") }
        guard numbers.allSatisfy(\.isFinite) else {
            throw DistributionError("a kernel density of numbers that are not all finite")
        }
        self.bandwidth = try KernelDensity.width(numbers, bandwidth)
        self.numbers = numbers.inOrder()
    }

    private static func width(_ numbers: [Double], _ bandwidth: Bandwidth) throws(DistributionError) -> Double {
        let shrink = pow(Double(numbers.count), -0.2)
        let deviation = Spread.standardDeviation(numbers)
        let width: Double
        switch bandwidth {
        case .fixed(let value):
            try DistributionError.requirePositive(value, "the bandwidth")
            return value
        case .scott: width = 1.06 * deviation * shrink
        case .silverman:
            let robust = Spread.interquartileRange(numbers) / 1.34
            width = 0.9 * (robust > 0 ? min(deviation, robust) : deviation) * shrink
        }
        guard width > 0, width.isFinite else {
            throw DistributionError(
                "these numbers have no spread from which to choose a bandwidth", help: "give one: bandwidth=0.1")
        }
        return width
    }

    public var name: String { "kernel density" }
    public var formula: String { "p(x) = Σ exp(-(x - xᵢ)² / (2 bandwidth²)) / (n bandwidth √(2π))" }
    public var parameters: [DistributionParameter] {
        [.init("bandwidth", bandwidth), .init("n", numbers.count)]
    }
    public var expectation: Double? { numbers.reduce(0) { $0 + $1 / Double(numbers.count) } }
    public var variance: Double? {
        let mean = numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
        return numbers.reduce(bandwidth * bandwidth) { $0 + ($1 - mean) * ($1 - mean) / Double(numbers.count) }
    }
    public var plotInterval: ClosedRange<Double> {
        numbers[0] - 3 * bandwidth...numbers[numbers.count - 1] + 3 * bandwidth
    }

    public func logDensity(at x: Double) -> Double { logDensity(ofFlat: [x])[0] }

    /// Only the curves that add more than e^-45 of the nearest one are summed, so that the result is exact to double
    /// precision and a query costs as many terms as there are neighbours. The exponentials of many queries are taken at once.
    public func logDensity(ofFlat points: [Double]) -> [Double] {
        var results: [Double] = []
        results.reserveCapacity(points.count)
        var exponents: [Double] = []
        var waiting: [(terms: Int, nearest: Double)] = []
        let scale = log(Double(numbers.count)) + log(bandwidth) + SpecialFunctions.logRootTwoPi
        func finish() {
            if waiting.isEmpty { return }
            let heights = Matrix(vector: exponents).map(.exp).values
            var start = 0
            for (terms, nearest) in waiting {
                let sum = heights[start..<start + terms].reduce(0, +)
                results.append(log(max(sum, 1)) - 0.5 * nearest * nearest - scale)
                start += terms
            }
            exponents.removeAll(keepingCapacity: true)
            waiting.removeAll(keepingCapacity: true)
        }
        for x in points {
            guard x.isFinite else {
                finish()
                results.append(x.isNaN ? x : -.infinity)
                continue
            }
            let nearest = nearestDistance(x) / bandwidth
            let reach = (nearest * nearest + 90).squareRoot() * bandwidth
            let near = numbers.lowerBound(x - reach)..<numbers.lowerBound((x + reach).nextUp)
            for index in near {
                let z = (x - numbers[index]) / bandwidth
                exponents.append(-0.5 * (z - nearest) * (z + nearest))
            }
            waiting.append((near.count, nearest))
            if exponents.count > 4000 { finish() }
        }
        finish()
        return results
    }

    public func cumulative(at x: Double) -> Double? {
        numbers.reduce(0) {
            $0 + SpecialFunctions.normalCumulative((x - $1) / bandwidth) / Double(numbers.count)
        }
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.uniform, .normal]) { columns in
            zip(columns[0], columns[1]).map { choice, noise in
                numbers[min(Int(choice * Double(numbers.count)), numbers.count - 1)] + bandwidth * noise
            }
        }
    }

    private func nearestDistance(_ x: Double) -> Double {
        let above = numbers.lowerBound(x)
        let toAbove = above < numbers.count ? numbers[above] - x : .infinity
        let toBelow = above > 0 ? x - numbers[above - 1] : .infinity
        return min(toAbove, toBelow)
    }
}
