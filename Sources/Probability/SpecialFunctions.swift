import Foundation

/// The functions behind densities and cumulative distribution functions, in double precision.
package enum SpecialFunctions {
    /// ln √(2π).
    static let logRootTwoPi = 0.918938533204672741780329736406

    /// ln Σ exp(terms), without overflow; `-infinity` for no terms. Inlinable, for loops of other rooms call it.
    @inlinable
    package static func logSumExp(_ terms: some Sequence<Double>) -> Double {
        let largest = terms.max() ?? -.infinity
        guard largest > -.infinity, largest < .infinity else { return largest }
        return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
    }

    /// Φ(z), the probability that a standard normal number is at most z; relative accuracy in the lower tail too,
    /// because `erfc` of a positive number does not cancel.
    package static func normalCumulative(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

    /// ln Γ(x) for x > 0.
    static func logGamma(_ x: Double) -> Double { lgamma(x) }

    /// ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b).
    ///
    /// For large arguments the three logarithms are millions and their sum is small; so Stirling's leading terms are
    /// cancelled on paper and only the remainders are subtracted.
    static func logBeta(_ a: Double, _ b: Double) -> Double {
        let (small, large) = (min(a, b), max(a, b))
        guard large >= 10 else { return logGamma(a) + logGamma(b) - logGamma(a + b) }
        let sum = small + large
        let largeRemainders = stirlingRemainder(large) - stirlingRemainder(sum)
        if small < 10 {
            return logGamma(small) + largeRemainders - (sum - 0.5) * log1p(small / large) - small * log(large) + small
        }
        return logRootTwoPi - 0.5 * log(small) + stirlingRemainder(small) + largeRemainders
            - (large - 0.5) * log1p(small / large) + small * log(small / sum)
    }

    /// ln Γ(x) - ((x - 1/2) ln x - x + ln √(2π)) for x ≥ 10, to 1e-14 (DLMF 5.11.1).
    private static func stirlingRemainder(_ x: Double) -> Double {
        let r = 1 / (x * x)
        return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x
    }

    /// The regularised incomplete beta function I_x(a, b), the probability that a beta(a, b) number is at most x.
    ///
    /// The continued fraction of DLMF 8.17.22, evaluated by Lentz's method; it converges fast for
    /// x < (a + 1) / (a + b + 2), and elsewhere I_x(a, b) = 1 - I_(1-x)(b, a) is used. Relative error below 1e-9 for
    /// parameters up to 10⁵, below 1e-7 in the tails of larger ones.
    package static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x.isNaN || x <= 0 { return x.isNaN ? x : 0 }
        if x >= 1 { return 1 }
        let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b))
        if x < (a + 1) / (a + b + 2) { return front * betaFraction(x, a, b) / a }
        return 1 - front * betaFraction(1 - x, b, a) / b
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
        var fraction = d
        for step in 1...20_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / awayFromZero(1 + even * d)
            c = awayFromZero(1 + even / c)
            fraction *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / awayFromZero(1 + odd * d)
            c = awayFromZero(1 + odd / c)
            fraction *= c * d
            if abs(c * d - 1) < 1e-15 { break }
        }
        return fraction
    }
}
