import Foundation

/// The density of a sample, estimated by a round normal bump on each of its points.
public enum KernelLikelihood {
    /// Points of a sample that carry a bump, and points at which the density is asked, as the measures choose them.
    public static let mostBumps = 2000, mostQueries = 1000

    /// A bandwidth for a sample that stands for `modes`, or for anything when there are none.
    ///
    /// The usual rules suit a single bump and smear several into one. Where modes are known, it is Scott's rule for the
    /// narrowest of them with its share of the points: sd (n w)^(-1/(d + 4)). Where not, half of what the rule says for the
    /// whole sample.
    /// - Throws: when the points have no spread and there are no modes.
    public static func bandwidth(for points: PointSet, modes: [Mode]? = nil) throws(DistributionError) -> Double {
        let power = -1 / Double(points.dimension + 4)
        let widths = (modes ?? []).filter { $0.weight > 0 }.map {
            $0.standardDeviation * pow(max(Double(points.count) * $0.weight, 1), power)
        }
        if let least = widths.min(), least > 0, least.isFinite { return least }
        let spread = points.coordinates.map(Spread.standardDeviation).min() ?? 0
        let width = 0.5 * spread * pow(Double(points.count), power)
        guard width > 0 else {
            throw DistributionError(
                "these points have no spread from which to choose a bandwidth", help: "give one: bandwidth=0.1")
        }
        return width
    }

    /// The density estimate that has a bump on each point.
    /// - Throws: when the bandwidth is not above 0, or points have more than two numbers.
    public static func density(_ points: PointSet, bandwidth: Double) throws(DistributionError) -> any Distribution {
        switch points.dimension {
        case 1: return try KernelDensity(points.coordinates[0], bandwidth: .fixed(bandwidth))
        case 2: return try RoundMixture.kernelDensity(of: points.matrix, bandwidth: bandwidth)
        default:
            throw DistributionError("points of \(points.dimension) numbers; a density estimate takes one or two")
        }
    }

    /// The mean log-density of the data under the estimate from a sample, in nats (Parzen's window; Goodfellow et al. 2014,
    /// section 5): higher is better, and data that no sample comes near cost much.
    ///
    /// - Throws: as `density`, and when the points differ in dimension.
    /// - Complexity: points of the sample times points of the data.
    public static func meanLogLikelihood(
        of data: PointSet, under sample: PointSet, bandwidth: Double
    ) throws(DistributionError) -> Double {
        try PointSet.requireAlike(data, sample)
        let values = try density(sample, bandwidth: bandwidth).logDensity(ofFlat: data.matrix.values)
        return values.reduce(0, +) / Double(values.count)
    }
}
