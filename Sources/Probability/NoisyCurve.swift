// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// Points on one or more curves of the plane, with round normal noise: moons, circles, spirals, rolls.
///
/// A branch is chosen by weight, a parameter t by the branch's law, and noise is added to the point at t. The density is
/// the integral of the noise's density along the branches. It is computed by Gauss-Legendre quadrature over panels no
/// longer than twice the noise's standard deviation, eight nodes each. Where points fall, the log-density
/// agrees with the closed forms of circle and line to seven digits and more; seventy standard deviations away, to three.
public struct NoisyCurve: PlanarDistribution {
    /// How the parameter of a branch is drawn.
    public enum Law: Hashable, Sendable {
        /// Evenly from an interval.
        case uniform(ClosedRange<Double>)
        /// With density proportional to t - from: `from + (to - from) √u`. Along a spiral this spreads points evenly.
        case growing(ClosedRange<Double>)
        /// Normal, cut off at six standard deviations.
        case normal(mean: Double, sd: Double)

        var interval: ClosedRange<Double> {
            switch self {
            case .uniform(let range), .growing(let range): range
            case .normal(let mean, let sd): mean - 6 * sd...mean + 6 * sd
            }
        }

        func density(_ t: Double) -> Double {
            switch self {
            case .uniform(let range): return 1 / (range.upperBound - range.lowerBound)
            case .growing(let range):
                let length = range.upperBound - range.lowerBound
                return 2 * (t - range.lowerBound) / (length * length)
            case .normal(let mean, let sd):
                let z = (t - mean) / sd
                return exp(-0.5 * z * z) / (sd * (2 * Double.pi).squareRoot())
            }
        }
    }

    /// One curve, in polar coordinates round a centre: t ↦ centre + stretch × r (cos a, sin a), where
    /// r = r₀ + r₁ t and a = a₀ + a₁ t + a₂ exp(t).
    public struct Branch: Sendable {
        let law: Law
        let center: (x: Double, y: Double)
        let stretch: (x: Double, y: Double)
        let radius: (constant: Double, slope: Double)
        let angle: (constant: Double, slope: Double, bend: Double)

        /// A curve by the law of t and the coefficients of r and a.
        public init(
            law: Law, center: (x: Double, y: Double) = (0, 0), stretch: (x: Double, y: Double) = (1, 1),
            radius: (constant: Double, slope: Double) = (1, 0),
            angle: (constant: Double, slope: Double, bend: Double) = (0, 1, 0)
        ) {
            self.law = law
            self.center = center
            self.stretch = stretch
            self.radius = radius
            self.angle = angle
        }

        @inline(__always)
        func polar(_ t: Double) -> (radius: Double, angle: Double) {
            let turn = angle.constant + angle.slope * t
            return (radius.constant + radius.slope * t, angle.bend == 0 ? turn : turn + angle.bend * exp(t))
        }

        func point(_ t: Double) -> (x: Double, y: Double) {
            let (radius, angle) = polar(t)
            return (center.x + stretch.x * radius * cos(angle), center.y + stretch.y * radius * sin(angle))
        }
    }

    public let name: String
    public let parameters: [DistributionParameter]
    public let formula: String
    /// The curves; each has the same share of the points.
    public let branches: [Branch]
    /// The standard deviation of the noise in x and in y.
    public let noise: Double
    /// Whether the curves are pieces of one.
    public let isOneCurve: Bool

    private let nodes: [CurveQuadrature.Node]

    /// - Parameters:
    ///   - curve: the points without noise, as a formula.
    ///   - isOneCurve: whether the branches are pieces of one curve, so that its points are all of one kind.
    /// - Throws: unless the noise is above zero and the curves are finite and not too long for so little noise.
    public init(
        name: String, curve: String, parameters: [DistributionParameter], branches: [Branch], noise: Double,
        isOneCurve: Bool = false
    ) throws(DistributionError) {
        try DistributionError.requirePositive(noise, "the noise")
        guard !branches.isEmpty else { throw DistributionError("there is no curve") }
        nodes = try CurveQuadrature.nodes(of: branches, noise: noise)
        self.name = name
        self.parameters = parameters
        self.branches = branches
        self.noise = noise
        self.isOneCurve = isOneCurve || branches.count == 1
        formula = "x = \(curve), plus normal noise of sd \(NumberFormat.short(noise))"
    }

    public var mean: [Double]? {
        [nodes.reduce(0) { $0 + $1.weight * $1.x }, nodes.reduce(0) { $0 + $1.weight * $1.y }]
    }

    public var covariance: Matrix<Double>? {
        guard let mean else { return nil }
        var (xx, xy, yy) = (noise * noise, 0.0, noise * noise)
        for node in nodes {
            let (dx, dy) = (node.x - mean[0], node.y - mean[1])
            xx += node.weight * dx * dx
            xy += node.weight * dx * dy
            yy += node.weight * dy * dy
        }
        return Matrix(shape: .matrix(2, 2), values: [xx, xy, xy, yy])
    }

    public var plotRange: [ClosedRange<Double>] {
        // Nodes that hardly any point comes from do not count.
        let lightest = 1e-3 / Double(nodes.count)
        let seen = nodes.filter { $0.weight > lightest }
        let coordinates: [[Double]] = [seen.map(\.x), seen.map(\.y)]
        return coordinates.map { places in
            let (low, high) = (places.min() ?? 0, places.max() ?? 0)
            let margin = max(4 * noise, 0.1 * (high - low))
            return low - margin...high + margin
        }
    }

    public func logDensity(x: Double, y: Double) -> Double {
        var nearest = Double.infinity
        for node in nodes {
            let (dx, dy) = (x - node.x, y - node.y)
            nearest = min(nearest, dx * dx + dy * dy)
        }
        let half = 0.5 / (noise * noise)
        var sum = 0.0
        for node in nodes {
            let (dx, dy) = (x - node.x, y - node.y)
            let exponent = (nearest - dx * dx - dy * dy) * half
            if exponent > -45 { sum += node.weight * exp(exponent) }
        }
        return log(sum) - nearest * half - 2 * log(noise) - 2 * SpecialFunctions.logRootTwoPi
    }
}
