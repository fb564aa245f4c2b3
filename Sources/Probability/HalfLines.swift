// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// The exponential distribution: waiting times without memory.
public struct Exponential: UnivariateDistribution {
    /// Events in a unit of time; the mean waiting time is 1 / rate.
    public let rate: Double

    /// - Throws: unless the rate is above zero.
    public init(rate: Double = 1) throws(DistributionError) {
        try DistributionError.requirePositive(rate, "the rate")
        self.rate = rate
    }

    public var name: String { "exponential" }
    public var formula: String { "p(x) = rate exp(-rate x) for x ≥ 0, 0 elsewhere" }
    public var parameters: [DistributionParameter] { [.init("rate", rate)] }
    public var expectation: Double? { 1 / rate }
    public var variance: Double? { 1 / (rate * rate) }
    public var deviation: Double? { 1 / rate }
    public var interval: ClosedRange<Double> { 0...Double.infinity }
    public var plotInterval: ClosedRange<Double> { -0.5 / rate...6 / rate }

    public func logDensity(at x: Double) -> Double { x < 0 ? -.infinity : log(rate) - rate * x }
    public func cumulative(at x: Double) -> Double? { x < 0 ? 0 : -expm1(-rate * x) }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.uniform]) { $0[0].map { -$0 }.mapped(.log1p).map { -$0 / rate } }
    }
}

/// The log-normal distribution: exp of a normal number.
public struct LogNormal: UnivariateDistribution {
    /// The mean of ln x.
    public let logMean: Double
    /// The standard deviation of ln x.
    public let logScale: Double

    /// - Throws: unless `mu` is finite and `sigma` is above zero.
    public init(mu: Double = 0, sigma: Double = 1) throws(DistributionError) {
        try DistributionError.requireFinite(mu, "mu")
        try DistributionError.requirePositive(sigma, "sigma")
        (logMean, logScale) = (mu, sigma)
    }

    public var name: String { "lognormal" }
    public var formula: String { "p(x) = exp(-(ln x - mu)² / (2 sigma²)) / (x sigma √(2π)) for x > 0, 0 elsewhere" }
    public var parameters: [DistributionParameter] { [.init("mu", logMean), .init("sigma", logScale)] }
    public var expectation: Double? {
        let value = exp(logMean + 0.5 * logScale * logScale)
        return value.isFinite ? value : nil
    }
    public var variance: Double? {
        let square = logScale * logScale
        let value = expm1(square) * exp(2 * logMean + square)
        return value.isFinite ? value : nil
    }
    public var interval: ClosedRange<Double> { 0...Double.infinity }
    public var plotInterval: ClosedRange<Double> {
        let high = min(exp(logMean + 2.2 * logScale), .greatestFiniteMagnitude)
        return -0.05 * high...high
    }

    public func logDensity(at x: Double) -> Double {
        guard x > 0, x < .infinity else { return x.isNaN ? x : -.infinity }
        let z = (log(x) - logMean) / logScale
        return -0.5 * z * z - log(x) - log(logScale) - SpecialFunctions.logRootTwoPi
    }

    public func cumulative(at x: Double) -> Double? {
        x <= 0 ? 0 : SpecialFunctions.normalCumulative((log(x) - logMean) / logScale)
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.normal]) { columns in
            columns[0].map { logMean + logScale * $0 }.mapped(.exp).map { min($0, .greatestFiniteMagnitude) }
        }
    }
}

/// The beta distribution on (0, 1).
public struct Beta: UnivariateDistribution {
    /// Weight near 1.
    public let a: Double
    /// Weight near 0.
    public let b: Double

    private let logBeta: Double

    /// - Throws: unless both parameters are above zero.
    public init(a: Double, b: Double) throws(DistributionError) {
        try DistributionError.requirePositive(a, "a")
        try DistributionError.requirePositive(b, "b")
        (self.a, self.b) = (a, b)
        logBeta = SpecialFunctions.logBeta(a, b)
    }

    public var name: String { "beta" }
    public var formula: String { "p(x) = x^(a - 1) (1 - x)^(b - 1) / B(a, b) for 0 < x < 1, 0 elsewhere" }
    public var parameters: [DistributionParameter] { [.init("a", a), .init("b", b)] }
    public var expectation: Double? { a / (a + b) }
    public var variance: Double? { (a / (a + b)) * (b / (a + b)) / (a + b + 1) }
    public var interval: ClosedRange<Double> { 0...1 }
    public var plotInterval: ClosedRange<Double> { -0.05...1.05 }

    public func logDensity(at x: Double) -> Double {
        guard x >= 0, x <= 1 else { return x.isNaN ? x : -.infinity }
        let left = a == 1 ? 0 : (a - 1) * log(x)
        let right = b == 1 ? 0 : (b - 1) * log1p(-x)
        return left + right - logBeta
    }

    public func cumulative(at x: Double) -> Double? { SpecialFunctions.incompleteBeta(x, a, b) }

    /// G / (G + H) of two gamma numbers, in logarithms so that parameters far below 1 do not underflow; the ends of
    /// the interval, where the density may be infinite, are kept out.
    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        let largestBelowOne = 1 - 0x1p-53
        var values: [Double] = []
        values.reserveCapacity(count)
        for start in stride(from: 0, to: count, by: 4096) {
            let size = min(4096, count - start)
            let second = GammaNumbers.logarithms(size, shape: b, using: &random)
            let first = GammaNumbers.logarithms(size, shape: a, using: &random)
            let ratios = zip(second, first).map { $0 - $1 }.mapped(.exp)
            values += ratios.map { min(max(1 / (1 + $0), .leastNormalMagnitude), largestBelowOne) }
        }
        return values
    }
}

/// Gamma numbers by rejection, many at a time.
enum GammaNumbers {
    /// The logarithms of `count` gamma numbers of that shape: Marsaglia and Tsang (2000), and G(s) = G(s + 1) u^(1/s)
    /// for s < 1. All are tried at once, those that fail are tried again.
    static func logarithms(_ count: Int, shape: Double, using random: inout RandomStream) -> [Double] {
        guard shape >= 1 else {
            let larger = logarithms(count, shape: shape + 1, using: &random)
            return zip(larger, random.openUniforms(count).mapped(.log)).map { $0 + $1 / shape }
        }
        let d = shape - 1.0 / 3
        let (c, logD) = (1 / (9 * d).squareRoot(), log(d))
        var values = [Double](repeating: 0, count: count)
        var missing = Array(0..<count)
        while !missing.isEmpty {
            let z = random.normals(missing.count), logUniforms = random.openUniforms(missing.count).mapped(.log)
            let roots = z.map { 1 + c * $0 }
            let logRoots = roots.mapped(.log)  // NaN below zero, which no comparison accepts
            var failed: [Int] = []
            for (i, place) in missing.enumerated() {
                let v = roots[i] * roots[i] * roots[i], logV = 3 * logRoots[i]
                if logUniforms[i] < 0.5 * z[i] * z[i] + d - d * v + d * logV {
                    values[place] = logD + logV
                } else {
                    failed.append(place)
                }
            }
            missing = failed
        }
        return values
    }
}
