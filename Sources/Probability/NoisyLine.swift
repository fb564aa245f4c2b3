// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// Points spread evenly along a straight line between two ends, with round normal noise; the density is exact.
public struct NoisyLine: PlanarDistribution {
    /// One end (x, y).
    public let from: [Double]
    /// The other end.
    public let to: [Double]
    /// The standard deviation of the noise in x and in y.
    public let noise: Double

    private let length: Double
    private let direction: (x: Double, y: Double)

    /// - Throws: unless the ends are two different points and the noise is above zero.
    public init(from: [Double] = [-2, -1], to: [Double] = [2, 1], noise: Double = 0.1) throws(DistributionError) {
        guard from.count == 2, to.count == 2, (from + to).allSatisfy(\.isFinite) else {
            throw DistributionError("the ends of a line are two points, such as from=[-2, -1], to=[2, 1]")
        }
        try DistributionError.requirePositive(noise, "the noise")
        let length = hypot(to[0] - from[0], to[1] - from[1])
        guard length > 0, length.isFinite else {
            throw DistributionError("the two ends of the line are the same point")
        }
        (self.from, self.to, self.noise, self.length) = (from, to, noise, length)
        direction = ((to[0] - from[0]) / length, (to[1] - from[1]) / length)
    }

    public var name: String { "line2d" }
    public var formula: String { "x = from + t (to - from), t even in 0 … 1, plus normal noise of sd noise" }
    public var parameters: [DistributionParameter] {
        [
            .init("from", NumberFormat.short(from)), .init("to", NumberFormat.short(to)), .init("noise", noise),
        ]
    }
    public var mean: [Double]? { [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] }
    public var covariance: Matrix<Double>? {
        let along = length * length / 12
        let (x, y) = direction
        let own = noise * noise
        return Matrix(
            shape: .matrix(2, 2), values: [own + along * x * x, along * x * y, along * x * y, own + along * y * y])
    }
    public var plotRange: [ClosedRange<Double>] {
        [0, 1].map { axis in
            let (low, high) = (min(from[axis], to[axis]), max(from[axis], to[axis]))
            let margin = max(4 * noise, 0.1 * length)
            return low - margin...high + margin
        }
    }

    /// Along the line a uniform number plus noise, (Φ(s/σ) - Φ((s - length)/σ)) / length; across it the noise alone.
    public func logDensity(x: Double, y: Double) -> Double {
        let (dx, dy) = (x - from[0], y - from[1])
        let along = dx * direction.x + dy * direction.y
        let across = (dy * direction.x - dx * direction.y) / noise
        let share = SpecialFunctions.logNormalInterval((along - length) / noise, along / noise)
        return share - log(length) - 0.5 * across * across - log(noise) - SpecialFunctions.logRootTwoPi
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        let (x, y) = (from[0], from[1])
        return random.drawn(count, from: [.uniform, .normalPair]) { columns in
            var values = columns[1]
            for (i, place) in columns[0].enumerated() {
                values[2 * i] = x + place * length * direction.x + noise * values[2 * i]
                values[2 * i + 1] = y + place * length * direction.y + noise * values[2 * i + 1]
            }
            return values
        }
    }
}

extension SpecialFunctions {
    /// ln(Φ(high) - Φ(low)) for low < high, without cancellation or underflow in the tails.
    static func logNormalInterval(_ low: Double, _ high: Double) -> Double {
        // Both ends to the left of zero, where Φ is small and has its full relative accuracy.
        let (low, high) = low > 0 ? (-high, -low) : (low, high)
        let upper = logNormalCumulative(high)
        return upper + log1p(-exp(logNormalCumulative(low) - upper))
    }

    /// ln Φ(z); below z = -20 by the asymptotic series Φ(z) ~ φ(z)/|z| (1 - 1/z² + 3/z⁴ - 15/z⁶ + 105/z⁸).
    static func logNormalCumulative(_ z: Double) -> Double {
        guard z < -20 else { return log(normalCumulative(z)) }
        let r = 1 / (z * z)
        let series = 1 - r * (1 - r * (3 - r * (15 - r * 105)))
        return -0.5 * z * z - log(-z) - logRootTwoPi + log(series)
    }
}
