// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// The Cauchy distribution: tails so heavy that it has neither a mean nor a variance.
public struct Cauchy: UnivariateDistribution {
    /// The median.
    public let center: Double
    /// Half the distance between the quartiles.
    public let scale: Double

    /// - Throws: unless the location is finite and the scale is above zero.
    public init(location: Double = 0, scale: Double = 1) throws(DistributionError) {
        try DistributionError.requireFinite(location, "the location")
        try DistributionError.requirePositive(scale, "the scale")
        try DistributionError.requireReach(location, 10 * scale)
        (self.center, self.scale) = (location, scale)
    }

    public var name: String { "cauchy" }
    public var formula: String { "p(x) = 1 / (π scale (1 + ((x - location) / scale)²))" }
    public var parameters: [DistributionParameter] { [.init("location", center), .init("scale", scale)] }
    public var expectation: Double? { nil }
    public var variance: Double? { nil }
    public var plotInterval: ClosedRange<Double> { center - 10 * scale...center + 10 * scale }

    public func logDensity(at x: Double) -> Double {
        let z = abs(x - center) / scale
        let logOnePlusSquare = z < 1e8 ? log1p(z * z) : 2 * log(z)
        return -logOnePlusSquare - log(scale) - log(Double.pi)
    }

    /// atan2 keeps its relative accuracy in the lower tail, where 1/2 + atan(z)/π would cancel.
    public func cumulative(at x: Double) -> Double? { atan2(1, -(x - center) / scale) / Double.pi }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.openUniform]) { columns in
            let angles = columns[0].map { Double.pi * ($0 - 0.5) }
            return zip(angles.mapped(.sin), angles.mapped(.cos)).map { center + scale * ($0 / $1) }
        }
    }
}

/// Student's t distribution, moved and stretched.
public struct StudentT: UnivariateDistribution {
    /// Degrees of freedom: 1 is Cauchy's distribution, infinity the normal one.
    public let degrees: Double
    /// The median.
    public let center: Double
    /// The stretch.
    public let scale: Double

    private let logConstant: Double

    /// - Throws: unless the degrees of freedom and the scale are above zero and the location is finite.
    public init(degrees: Double, location: Double = 0, scale: Double = 1) throws(DistributionError) {
        try DistributionError.requirePositive(degrees, "the number of degrees of freedom")
        try DistributionError.requireFinite(location, "the location")
        try DistributionError.requirePositive(scale, "the scale")
        try DistributionError.requireReach(location, 10 * scale)
        self.degrees = degrees
        (self.center, self.scale) = (location, scale)
        logConstant = StudentT.logConstant(degrees) - log(scale)
    }

    /// ln Γ((ν+1)/2) - ln Γ(ν/2) - ln √(νπ). From ν = 10⁶ on the two logarithms cancel to noise, and the expansion
    /// ln Γ(a + 1/2) - ln Γ(a) = ln √a - 1/(8a) + O(a⁻³), a = ν/2, is exact to double precision.
    private static func logConstant(_ degrees: Double) -> Double {
        let half = 0.5 * degrees
        guard degrees < 1e6 else { return -1 / (8 * half) - SpecialFunctions.logRootTwoPi }
        let gammas = SpecialFunctions.logGamma(half + 0.5) - SpecialFunctions.logGamma(half)
        return gammas - 0.5 * log(degrees * Double.pi)
    }

    public var name: String { "student_t" }
    public var formula: String {
        "p(x) = Γ((df + 1)/2) / (Γ(df/2) √(df π) scale) (1 + z²/df)^(-(df + 1)/2),  z = (x - location) / scale"
    }
    public var parameters: [DistributionParameter] {
        [.init("df", degrees), .init("location", center), .init("scale", scale)]
    }
    public var expectation: Double? { degrees > 1 ? center : nil }
    public var variance: Double? { degrees > 2 ? scale * scale * degrees / (degrees - 2) : nil }
    public var deviation: Double? { degrees > 2 ? scale * (degrees / (degrees - 2)).squareRoot() : nil }
    public var plotInterval: ClosedRange<Double> {
        let reach = scale * (4 + 6 / max(degrees, 1))
        return center - reach...center + reach
    }

    public func logDensity(at x: Double) -> Double {
        let z = abs(x - center) / scale
        let ratio = z / degrees.squareRoot()
        let logOnePlusSquare = ratio < 1e8 ? log1p(ratio * ratio) : 2 * log(ratio)
        return logConstant - 0.5 * (degrees + 1) * logOnePlusSquare
    }

    public func cumulative(at x: Double) -> Double? {
        let z = (x - center) / scale
        if degrees > 1e10 { return SpecialFunctions.normalCumulative(z) }
        let square = z * z
        if square < degrees {
            let inner = SpecialFunctions.incompleteBeta(square / (degrees + square), 0.5, 0.5 * degrees)
            return 0.5 + (z < 0 ? -0.5 : 0.5) * inner
        }
        let share = square.isFinite ? degrees / (degrees + square) : 0
        let tail = 0.5 * SpecialFunctions.incompleteBeta(share, 0.5 * degrees, 0.5)
        return z < 0 ? tail : 1 - tail
    }

    /// Bailey's form of the Box-Muller formula (1994): √(ν (u^(-2/ν) - 1)) cos(2πv).
    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.openUniform, .uniform]) { columns in
            let squares = columns[0].mapped(.log).map { -2 / degrees * $0 }.mapped(.expm1)
            let cosines = columns[1].map { 2 * Double.pi * $0 }.mapped(.cos)
            return zip(squares, cosines).map { square, cosine in
                let radius = min((degrees * square).squareRoot(), .greatestFiniteMagnitude)
                let value = center + scale * radius * cosine
                return min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
            }
        }
    }
}
