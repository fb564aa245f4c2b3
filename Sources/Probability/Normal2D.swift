// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra
import Words

/// The normal distribution in the plane, with any covariance.
public struct Normal2D: PlanarDistribution {
    /// The mean (x, y).
    public let center: [Double]
    /// Variance of x, covariance, variance of y.
    let xx: Double, xy: Double, yy: Double
    /// The lower Cholesky factor [[a, 0], [b, c]] of the covariance: L Lᵀ.
    private let a: Double, b: Double, c: Double

    /// - Parameter covariance: shape [2, 2], symmetric, positive definite.
    /// - Throws: unless the mean has two coordinates and the covariance is one.
    public init(mean: [Double], covariance: Matrix<Double>) throws(DistributionError) {
        guard mean.count == 2 else {
            throw DistributionError(
                "the mean has \(Wording.count(mean.count, "number")) and has to have 2",
                help: "of points in rows, `mean(points, axis=0)` is the mean of each coordinate")
        }
        guard mean.allSatisfy(\.isFinite) else {
            throw DistributionError("the mean \(NumberFormat.short(mean)) has to be two finite numbers")
        }
        guard covariance.rows == 2, covariance.columns == 2 else {
            throw DistributionError(
                "the covariance has shape \(covariance.shape) and has to have shape [2, 2]",
                help: "variances on the diagonal, the covariance beside it: [[1, 0.5], [0.5, 1]]")
        }
        let (xx, xy, yx, yy) = (covariance[0, 0], covariance[0, 1], covariance[1, 0], covariance[1, 1])
        guard abs(xy - yx) <= 1e-9 * max(abs(xy), abs(yx)) else {
            throw DistributionError(
                "the covariance is not symmetric: \(NumberFormat.short(xy)) above the diagonal, "
                    + "\(NumberFormat.short(yx)) below")
        }
        try self.init(center: mean, xx: xx, xy: xy, yy: yy)
    }

    /// A mean and a covariance given by its three numbers.
    init(center: [Double], xx: Double, xy: Double, yy: Double) throws(DistributionError) {
        let a = xx.squareRoot()
        let b = xy / a
        // yy - b² is what is left of y's variance once x is known; rounding alone must not make it positive.
        let rest = yy - b * b
        guard xx > 0, yy > 0, rest > 1e-14 * yy, [xx, xy, yy].allSatisfy(\.isFinite) else {
            let shown =
                "[[\(NumberFormat.short(xx)), \(NumberFormat.short(xy))], "
                + "[\(NumberFormat.short(xy)), \(NumberFormat.short(yy))]]"
            throw DistributionError(
                "the covariance \(shown) is not positive definite",
                help: "both variances above 0, and the covariance between -sd_x sd_y and sd_x sd_y")
        }
        self.center = center
        (self.xx, self.xy, self.yy) = (xx, xy, yy)
        (self.a, self.b, self.c) = (a, b, rest.squareRoot())
    }

    /// A round normal distribution, for numbers that are known to be good.
    init(trustedX x: Double, y: Double, sd: Double) {
        center = [x, y]
        (xx, xy, yy) = (sd * sd, 0, sd * sd)
        (a, b, c) = (sd, 0, sd)
    }

    public var name: String { "normal2d" }
    public var formula: String { "p(x) = exp(-(x - mean)ᵀ cov⁻¹ (x - mean) / 2) / (2π √det cov)" }
    public var parameters: [DistributionParameter] {
        let rows = "[\(NumberFormat.short([xx, xy])), \(NumberFormat.short([xy, yy]))]"
        return [.init("mean", NumberFormat.short(center)), .init("cov", rows)]
    }
    public var mean: [Double]? { center }
    public var covariance: Matrix<Double>? { Matrix(shape: .matrix(2, 2), values: [xx, xy, xy, yy]) }
    public var plotRange: [ClosedRange<Double>] {
        [xx, yy].enumerated().map { axis, variance in
            let reach = 3.5 * variance.squareRoot()
            return center[axis] - reach...center[axis] + reach
        }
    }
    /// One bump; its standard deviation is that along the longest axis.
    public var modes: [Mode]? {
        let spread = ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot()
        return [Mode(center: center, standardDeviation: ((xx + yy) / 2 + spread).squareRoot(), weight: 1)]
    }

    public func logDensity(x: Double, y: Double) -> Double {
        let u = (x - center[0]) / a
        let v = (y - center[1] - b * u) / c
        return -0.5 * (u * u + v * v) - log(a) - log(c) - 2 * SpecialFunctions.logRootTwoPi
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        let (x, y) = (center[0], center[1])
        return random.drawn(count, from: [.normalPair]) { columns in
            var values = columns[0]
            for i in stride(from: 0, to: values.count, by: 2) {
                let (u, v) = (values[i], values[i + 1])
                values[i] = x + a * u
                values[i + 1] = y + b * u + c * v
            }
            return values
        }
    }
}
