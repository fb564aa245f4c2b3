/// Which modes of a mixture a sample reaches, by the protocol of Srivastava et al. (2017, VEEGAN, arXiv:1705.07761) and
/// Lin et al. (2018, PacGAN, arXiv:1712.04086).
///
/// A sample is of high quality when it lies within three standard deviations of its nearest mode, a mode is reached when
/// it has at least one such sample, and the reverse KL is that of the high-quality samples' histogram over the modes
/// against the modes' own weights (uniform on the ring and the grid). The published tables use 2 500 samples.
public struct ModeCoverage: Hashable, Sendable {
    /// High-quality samples nearest to each mode.
    public let counts: [Int]
    /// How many points were looked at.
    public let samples: Int
    private let weights: [Double]

    /// How far a sample may be from its mode, in standard deviations.
    public static let reach = 3.0
    /// How many samples the published tables look at.
    public static let publishedSamples = 2500

    /// - Throws: when there are no modes, or their centres have another dimension than the points.
    /// - Complexity: points times modes.
    public init(_ points: PointSet, modes: [Mode]) throws(DistributionError) {
        guard let first = modes.first else { throw DistributionError("a distribution without modes") }
        guard first.center.count == points.dimension else {
            throw DistributionError(
                "modes in dimension \(first.center.count) and points in dimension \(points.dimension)")
        }
        var counts = [Int](repeating: 0, count: modes.count)
        for point in 0..<points.count {
            let (mode, distance) = ModeCoverage.nearest(to: points.coordinates.map { $0[point] }, modes)
            let limit = ModeCoverage.reach * modes[mode].standardDeviation
            if distance <= limit * limit { counts[mode] += 1 }
        }
        self.counts = counts
        samples = points.count
        let total = modes.reduce(0) { $0 + $1.weight }
        weights = modes.map { $0.weight / total }
    }

    private static func nearest(to point: [Double], _ modes: [Mode]) -> (mode: Int, squaredDistance: Double) {
        var (best, least) = (0, Double.infinity)
        for (index, mode) in modes.enumerated() {
            var distance = 0.0
            for axis in point.indices {
                let step = point[axis] - mode.center[axis]
                distance += step * step
            }
            if distance < least { (best, least) = (index, distance) }
        }
        return (best, least)
    }

    /// Modes with at least one high-quality sample.
    public var reached: Int { counts.count { $0 > 0 } }

    /// The modes without one, by position.
    public var missed: [Int] { counts.indices.filter { counts[$0] == 0 } }

    /// The share of samples of high quality, from 0 to 1.
    public var highQualityShare: Double { Double(counts.reduce(0, +)) / Double(samples) }

    /// Σ q ln(q / w) over the modes, q being each one's share of the high-quality samples and w its weight: 0 when every
    /// mode gets its due, ln k when one of k equal modes gets all, infinite when no sample is of high quality.
    public var reverseKullbackLeibler: Double {
        guard counts.contains(where: { $0 > 0 }) else { return .infinity }
        return (try? Divergence.kullbackLeibler(counts.map(Double.init), weights)) ?? .infinity
    }
}
