// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// Round normal bumps of one width in the plane: the ring, the grid, blobs. The data sets on which mode collapse is
/// measured.
public struct RoundMixture: PlanarDistribution {
    public let name: String
    public let parameters: [DistributionParameter]
    /// The middle of each bump, x and y by turns.
    public let centers: [Double]
    /// The standard deviation of each bump.
    public let sd: Double

    private let table: AliasTable

    init(name: String, parameters: [DistributionParameter], centers: [Double], sd: Double, table: AliasTable) {
        self.name = name
        self.parameters = parameters
        self.centers = centers
        self.sd = sd
        self.table = table
    }

    private init(_ name: String, _ parameters: [DistributionParameter], _ centers: [Double], _ sd: Double) {
        let table = AliasTable(trusted: Array(repeating: 1, count: centers.count / 2))
        self.init(name: name, parameters: parameters, centers: centers, sd: sd, table: table)
    }

    /// Bumps on a circle, the first to the right of the middle, counter-clockwise.
    ///
    /// The published ring (Srivastava et al. 2017; Lin et al. 2018, PacGAN) has 8 modes, radius 1 and sd 0.01. The
    /// playground's own has radius 2 and sd 0.2: wide enough to be seen on a character screen and to give a generator a
    /// slope to follow, with neighbours 7.7 standard deviations apart, so that the modes are still islands.
    public static func ring(modes: Int = 8, radius: Double = 2, sd: Double = 0.2) throws(DistributionError)
        -> RoundMixture
    {
        try DistributionError.requireAtLeast(1, modes, "the number of modes")
        guard modes <= 10_000 else { throw DistributionError("\(modes) modes; at most 10000 are kept") }
        try DistributionError.requirePositive(radius, "the radius")
        try DistributionError.requirePositive(sd, "the standard deviation")
        return trustedRing(modes, radius, sd)
    }

    /// A kernel density estimate in the plane: a round bump on every point, shape [n, 2].
    ///
    /// Without a bandwidth it is sd n^(-1/6), Scott's rule for two dimensions ("Multivariate Density Estimation", 1992,
    /// equation 6.42), sd being the smaller of the two axes' deviations.
    ///
    /// - Throws: for no points, points that are not finite or have no spread, a bandwidth that is not above zero.
    public static func kernelDensity(of points: Matrix<Double>, bandwidth: Double? = nil) throws(DistributionError)
        -> RoundMixture
    {
        guard points.columns == 2, points.rows > 0 else { throw DistributionError("a kernel density of no points") }
        guard points.values.allSatisfy(\.isFinite) else {
            throw DistributionError("a kernel density of points that are not all finite")
        }
        let width = bandwidth ?? scottsBandwidth(of: points)
        guard bandwidth != nil || width > 0 else {
            throw DistributionError(
                "these points have no spread from which to choose a bandwidth", help: "give one: bandwidth=0.1")
        }
        try DistributionError.requirePositive(width, "the bandwidth")
        return RoundMixture(
            "kernel density", [.init("bandwidth", width), .init("n", points.rows)], points.values, width)
    }

    private static func scottsBandwidth(of points: Matrix<Double>) -> Double {
        (0...1).map { Spread.standardDeviation(points.column($0)) }.reduce(.infinity, min)
            * pow(Double(points.rows), -1.0 / 6)
    }

    private static func trustedRing(_ modes: Int, _ radius: Double, _ sd: Double) -> RoundMixture {
        let centers = (0..<modes).flatMap { mode -> [Double] in
            let angle = 2 * Double.pi * Double(mode) / Double(modes)
            return [radius * cos(angle), radius * sin(angle)]
        }
        return RoundMixture("ring", [.init("modes", modes), .init("radius", radius), .init("sd", sd)], centers, sd)
    }

    /// Bumps on a square lattice round the middle.
    ///
    /// The published grid has 25 modes at {-4, -2, 0, 2, 4}² and sd 0.05: `side` 5, `spacing` 2, `sd` 0.05. The
    /// playground's own has spacing 1, so that it fills the same window as the ring, and sd 0.1.
    public static func grid(side: Int = 5, spacing: Double = 1, sd: Double = 0.1) throws(DistributionError)
        -> RoundMixture
    {
        try DistributionError.requireAtLeast(1, side, "the number of modes on a side")
        guard side <= 100 else { throw DistributionError("\(side) modes on a side; at most 100 are kept") }
        try DistributionError.requirePositive(spacing, "the spacing")
        try DistributionError.requirePositive(sd, "the standard deviation")
        return trustedGrid(side, spacing, sd)
    }

    private static func trustedGrid(_ side: Int, _ spacing: Double, _ sd: Double) -> RoundMixture {
        let places = (0..<side).map { spacing * (Double($0) - Double(side - 1) / 2) }
        let centers = places.flatMap { y in places.flatMap { x -> [Double] in [x, y] } }
        return RoundMixture("grid", [.init("side", side), .init("spacing", spacing), .init("sd", sd)], centers, sd)
    }

    /// Bumps side by side on the x-axis, two unless said otherwise.
    public static func blobs(count: Int = 2, distance: Double = 3, sd: Double = 0.5) throws(DistributionError)
        -> RoundMixture
    {
        try DistributionError.requireAtLeast(1, count, "the number of blobs")
        guard count <= 10_000 else { throw DistributionError("\(count) blobs; at most 10000 are kept") }
        try DistributionError.requirePositive(distance, "the distance")
        try DistributionError.requirePositive(sd, "the standard deviation")
        return trustedBlobs(count, distance, sd)
    }

    private static func trustedBlobs(_ count: Int, _ distance: Double, _ sd: Double) -> RoundMixture {
        let middle = Double(count - 1) / 2
        let centers = (0..<count).flatMap { blob -> [Double] in [distance * (Double(blob) - middle), 0] }
        return RoundMixture(
            "blobs", [.init("count", count), .init("distance", distance), .init("sd", sd)], centers, sd)
    }

    /// The playground's ring of eight.
    public static var ring8: RoundMixture { trustedRing(8, 2, 0.2) }
    /// The playground's grid of twenty-five.
    public static var grid25: RoundMixture { trustedGrid(5, 1, 0.1) }
    /// The playground's two blobs.
    public static var twoBlobs: RoundMixture { trustedBlobs(2, 3, 0.5) }

    public var formula: String {
        "p(x) = (1/k) Σ exp(-|x - cᵢ|² / (2 sd²)) / (2π sd²),  k = \(centers.count / 2) centres cᵢ"
    }
    public var mean: [Double]? { moment().mean }
    public var covariance: Matrix<Double>? {
        let (_, xx, xy, yy) = moment()
        return Matrix(shape: .matrix(2, 2), values: [xx, xy, xy, yy])
    }
    public var plotRange: [ClosedRange<Double>] {
        [0, 1].map { axis in
            let places = stride(from: axis, to: centers.count, by: 2).map { centers[$0] }
            let (low, high) = (places.min() ?? 0, places.max() ?? 0)
            let margin = max(4 * sd, 0.15 * (high - low))
            return low - margin...high + margin
        }
    }
    public var modes: [Mode]? {
        table.probabilities.enumerated().map { i, weight in
            Mode(center: [centers[2 * i], centers[2 * i + 1]], standardDeviation: sd, weight: weight)
        }
    }

    private func moment() -> (mean: [Double], xx: Double, xy: Double, yy: Double) {
        var (x, y, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (i, weight) in table.probabilities.enumerated() {
            x += weight * centers[2 * i]
            y += weight * centers[2 * i + 1]
        }
        for (i, weight) in table.probabilities.enumerated() {
            let (dx, dy) = (centers[2 * i] - x, centers[2 * i + 1] - y)
            xx += weight * dx * dx
            xy += weight * dx * dy
            yy += weight * dy * dy
        }
        return ([x, y], xx + sd * sd, xy, yy + sd * sd)
    }

    public func logDensity(x: Double, y: Double) -> Double {
        var nearest = Double.infinity
        for i in stride(from: 0, to: centers.count, by: 2) {
            let (dx, dy) = (x - centers[i], y - centers[i + 1])
            nearest = min(nearest, dx * dx + dy * dy)
        }
        let half = 0.5 / (sd * sd)
        var sum = 0.0
        for i in stride(from: 0, to: centers.count, by: 2) {
            let (dx, dy) = (x - centers[i], y - centers[i + 1])
            let exponent = (nearest - dx * dx - dy * dy) * half
            if exponent > -45 { sum += exp(exponent) }
        }
        return logDensity(nearest: nearest, sum: sum)
    }

    /// - Parameters:
    ///   - nearest: the squared distance of the nearest bump.
    ///   - sum: what all bumps come to, in parts of that one.
    private func logDensity(nearest: Double, sum: Double) -> Double {
        let scale = log(Double(centers.count / 2)) + 2 * log(sd) + 2 * SpecialFunctions.logRootTwoPi
        return log(sum) - nearest * (0.5 / (sd * sd)) - scale
    }

    /// Of many bumps, as a kernel density estimate has them, only those are looked at that can add to the sum.
    public func logDensity(ofFlat points: [Double]) -> [Double] {
        let isLarge = centers.count > 400
        let bumps = isLarge ? PointsInOrder(coordinates: [0, 1].map(coordinates)) : nil
        var distances = DistanceBlock(capacity: isLarge ? centers.count / 2 : 1)
        return (0..<points.count / 2).map { i in
            let (x, y) = (points[2 * i], points[2 * i + 1])
            guard x.isFinite, y.isFinite else { return x.isNaN || y.isNaN ? .nan : -.infinity }
            guard let bumps else { return logDensity(x: x, y: y) }
            return logDensity(x: x, y: y, among: bumps, &distances)
        }
    }

    private func coordinates(_ axis: Int) -> [Double] {
        stride(from: axis, to: centers.count, by: 2).map { centers[$0] }
    }

    private func logDensity(
        x: Double, y: Double, among bumps: PointsInOrder, _ distances: inout DistanceBlock
    ) -> Double {
        var nearest = Double.infinity
        bumps.visit(near: [x, y]) { _, distance in
            nearest = min(nearest, distance)
            return nearest
        }
        // Beyond, a bump adds less than e^-45 of what the nearest one does.
        let reach = (nearest + 90 * sd * sd).squareRoot()
        let near = bumps.coordinates[0].lowerBound(x - reach)..<bumps.coordinates[0].lowerBound((x + reach).nextUp)
        distances.removeAll()
        distances.append(from: [x, y], to: bumps.coordinates, near)
        let sum = distances.sum(of: .exp, scale: -0.5 / (sd * sd), origin: nearest)
        return logDensity(nearest: nearest, sum: sum)
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        random.drawn(count, from: [.uniform, .normalPair]) { columns in
            var values = columns[1]
            for (i, choice) in columns[0].enumerated() {
                let mode = 2 * table.index(for: choice)
                values[2 * i] = centers[mode] + sd * values[2 * i]
                values[2 * i + 1] = centers[mode + 1] + sd * values[2 * i + 1]
            }
            return values
        }
    }
}
