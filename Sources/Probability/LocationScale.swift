// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// The normal (Gaussian) distribution.
public struct Normal: UnivariateDistribution {
    /// The mean μ.
    public let center: Double
    /// The standard deviation σ.
    public let scale: Double

    /// - Throws: unless the mean is finite and the standard deviation is above zero.
    public init(mean: Double = 0, sd: Double = 1) throws(DistributionError) {
        try DistributionError.requireFinite(mean, "the mean")
        try DistributionError.requirePositive(sd, "the standard deviation")
        try DistributionError.requireReach(mean, 10 * sd)
        self.init(center: mean, scale: sd)
    }

    init(center: Double, scale: Double) {
        self.center = center
        self.scale = scale
    }

    public var name: String { "normal" }
    public var formula: String { "p(x) = exp(-(x - mean)² / (2 sd²)) / (sd √(2π))" }
    public var parameters: [DistributionParameter] { [.init("mean", center), .init("sd", scale)] }
    public var expectation: Double? { center }
    public var variance: Double? { scale * scale }
    public var deviation: Double? { scale }
    public var plotInterval: ClosedRange<Double> { center - 4 * scale...center + 4 * scale }
    public var modes: [Mode]? { [Mode(center: [center], standardDeviation: scale, weight: 1)] }

    public func logDensity(at x: Double) -> Double {
        let z = (x - center) / scale
        return -0.5 * z * z - log(scale) - SpecialFunctions.logRootTwoPi
    }

    public func cumulative(at x: Double) -> Double? { SpecialFunctions.normalCumulative((x - center) / scale) }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.normal]) { $0[0].map { center + scale * $0 } }
    }
}

/// The uniform distribution on an interval.
public struct Uniform: UnivariateDistribution {
    /// Lower end.
    public let low: Double
    /// Upper end.
    public let high: Double

    /// - Throws: unless low < high, both finite.
    public init(low: Double = 0, high: Double = 1) throws(DistributionError) {
        let ends = "\(NumberFormat.short(low)) to \(NumberFormat.short(high))"
        guard low.isFinite, high.isFinite, low < high else {
            throw DistributionError("an interval from \(ends): the low end has to be below the high end")
        }
        // A picture of it is half as wide again.
        guard (2 * (high - low)).isFinite else {
            throw DistributionError(
                "the interval from \(ends) is too long: no number is larger than 1.8e308",
                help: "smaller numbers, in larger units")
        }
        self.low = low
        self.high = high
    }

    public var name: String { "uniform" }
    public var formula: String { "p(x) = 1 / (high - low) between low and high, 0 elsewhere" }
    public var parameters: [DistributionParameter] { [.init("low", low), .init("high", high)] }
    public var expectation: Double? { low + 0.5 * (high - low) }
    public var variance: Double? { (high - low) * (high - low) / 12 }
    public var deviation: Double? { (high - low) / 12.squareRoot() }
    public var interval: ClosedRange<Double> { low...high }
    public var plotInterval: ClosedRange<Double> { low - 0.25 * (high - low)...high + 0.25 * (high - low) }

    public func logDensity(at x: Double) -> Double {
        if x.isNaN { return x }
        return x >= low && x <= high ? -log(high - low) : -.infinity
    }

    public func cumulative(at x: Double) -> Double? { min(max((x - low) / (high - low), 0), 1) }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.uniform]) { $0[0].map { low + (high - low) * $0 } }
    }
}

/// The Laplace (double exponential) distribution.
public struct Laplace: UnivariateDistribution {
    /// The mean and median.
    public let center: Double
    /// The mean distance from it.
    public let scale: Double

    /// - Throws: unless the mean is finite and the scale is above zero.
    public init(mean: Double = 0, scale: Double = 1) throws(DistributionError) {
        try DistributionError.requireFinite(mean, "the mean")
        try DistributionError.requirePositive(scale, "the scale")
        try DistributionError.requireReach(mean, 50 * scale)
        (self.center, self.scale) = (mean, scale)
    }

    public var name: String { "laplace" }
    public var formula: String { "p(x) = exp(-|x - mean| / scale) / (2 scale)" }
    public var parameters: [DistributionParameter] { [.init("mean", center), .init("scale", scale)] }
    public var expectation: Double? { center }
    public var variance: Double? { 2 * scale * scale }
    public var deviation: Double? { 2.squareRoot() * scale }
    public var plotInterval: ClosedRange<Double> { center - 7 * scale...center + 7 * scale }

    public func logDensity(at x: Double) -> Double { -abs(x - center) / scale - log(scale) - log(2) }

    public func cumulative(at x: Double) -> Double? {
        let z = (x - center) / scale
        return z < 0 ? 0.5 * exp(z) : 1 - 0.5 * exp(-z)
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.openUniform]) { columns in
            let logs = columns[0].map { 2 * min($0, 1 - $0) }.mapped(.log)
            return zip(columns[0], logs).map { u, log in u < 0.5 ? center + scale * log : center - scale * log }
        }
    }
}

/// The logistic distribution: its cumulative distribution function is the sigmoid.
public struct Logistic: UnivariateDistribution {
    /// The mean and median.
    public let center: Double
    /// The width: the sigmoid's argument is (x - mean) / scale.
    public let scale: Double

    /// - Throws: unless the mean is finite and the scale is above zero.
    public init(mean: Double = 0, scale: Double = 1) throws(DistributionError) {
        try DistributionError.requireFinite(mean, "the mean")
        try DistributionError.requirePositive(scale, "the scale")
        try DistributionError.requireReach(mean, 50 * scale)
        (self.center, self.scale) = (mean, scale)
    }

    public var name: String { "logistic" }
    public var formula: String { "p(x) = exp(-z) / (scale (1 + exp(-z))²),  z = (x - mean) / scale" }
    public var parameters: [DistributionParameter] { [.init("mean", center), .init("scale", scale)] }
    public var expectation: Double? { center }
    public var variance: Double? { scale * scale * Double.pi * Double.pi / 3 }
    public var deviation: Double? { scale * Double.pi / 3.squareRoot() }
    public var plotInterval: ClosedRange<Double> { center - 8 * scale...center + 8 * scale }

    public func logDensity(at x: Double) -> Double {
        let z = abs(x - center) / scale
        return -z - 2 * log1p(exp(-z)) - log(scale)
    }

    public func cumulative(at x: Double) -> Double? {
        let z = (x - center) / scale
        return z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z))
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.openUniform]) { columns in
            let (below, above) = (columns[0].mapped(.log), columns[0].map { -$0 }.mapped(.log1p))
            return zip(below, above).map { center + scale * ($0 - $1) }
        }
    }
}
