/// Fidelity and variety of a sample, by balls round each point that just reach its k-th nearest neighbour in its own
/// sample.
///
/// Precision and recall: Kynkäänniemi et al. (2019, arXiv:1904.06991). Density and coverage: Naeem et al. (2020,
/// arXiv:2002.09797), whose definitions and whose strict "nearer than" are followed, so that the numbers are those of
/// their package `prdc`.
public struct NeighbourMeasures: Hashable, Sendable {
    /// The share of generated points inside the ball of some real point: are they like the data?
    public let precision: Double
    /// The share of real points inside the ball of some generated point: is all of the data reached?
    public let recall: Double
    /// How many real points' balls hold a generated point, over k: like precision, and not fooled by outliers in the
    /// data. 1 in expectation for a perfect sample; it can be above.
    public let density: Double
    /// The share of real points whose ball holds a generated point: like recall, and not fooled by outliers in the sample.
    public let coverage: Double

    /// Points of each sample that are compared; of more, callers take so many at random. The cost grows with the square.
    public static let mostPoints = 1000
    /// Naeem's k.
    public static let usualNeighbours = 5

    /// - Throws: when the points differ in dimension, or a sample has no more points than neighbours are asked for.
    /// - Complexity: on the line and in the plane a small share of all pairs; the square of the number of points where balls
    ///   are as large as the samples.
    public init(
        real: PointSet, generated: PointSet, neighbours k: Int = usualNeighbours
    ) throws(DistributionError) {
        try PointSet.requireAlike(real, generated)
        try DistributionError.requireAtLeast(1, k, "the number of neighbours")
        guard min(real.count, generated.count) > k else {
            throw DistributionError(
                "\(min(real.count, generated.count)) points have no neighbour number \(k) among themselves",
                help: "more points, or fewer neighbours")
        }
        let (places, samples) = (
            PointsInOrder(coordinates: real.coordinates), PointsInOrder(coordinates: generated.coordinates)
        )
        let ofReal = NeighbourMeasures.balls(of: places, NeighbourMeasures.reach(places, k), holding: samples)
        let ofSamples = NeighbourMeasures.balls(of: samples, NeighbourMeasures.reach(samples, k), holding: places)
        let (n, m) = (Double(real.count), Double(generated.count))
        precision = Double(ofReal.isHeld.count { $0 }) / m
        recall = Double(ofSamples.isHeld.count { $0 }) / n
        density = Double(ofReal.counts.reduce(0, +)) / (Double(k) * m)
        coverage = Double(ofReal.counts.count { $0 > 0 }) / n
    }

    /// What coverage is on average when both samples are n points of one distribution (Naeem et al. 2020, lemma 2):
    /// 1 - (n - 1) ⋯ (n - k) / ((2n - 1) ⋯ (2n - k)).
    public static func expectedCoverage(points n: Int, neighbours k: Int = usualNeighbours) -> Double {
        1 - (1...k).reduce(1.0) { $0 * Double(n - $1) / Double(2 * n - $1) }
    }

    /// The squared distance of each point to its k-th nearest neighbour.
    private static func reach(_ points: PointsInOrder, _ k: Int) -> [Double] {
        var nearest = [Double](repeating: .infinity, count: k)
        return points.places.indices.map { position in
            for place in 0..<k { nearest[place] = .infinity }
            points.visit(near: points.point(position), skipping: position) { _, distance in
                if distance < nearest[k - 1] {
                    var place = k - 1
                    while place > 0, nearest[place - 1] > distance {
                        nearest[place] = nearest[place - 1]
                        place -= 1
                    }
                    nearest[place] = distance
                }
                return nearest[k - 1]
            }
            return nearest[k - 1]
        }
    }

    /// Balls round the points of one sample, by their squared radii: how many of the other's points each holds, and which of
    /// those are in some ball.
    private static func balls(
        of points: PointsInOrder, _ reach: [Double], holding others: PointsInOrder
    ) -> (counts: [Int], isHeld: [Bool]) {
        var counts = [Int](repeating: 0, count: reach.count)
        var isHeld = [Bool](repeating: false, count: others.places.count)
        for (position, limit) in reach.enumerated() {
            others.visit(near: points.point(position), within: limit) { other, distance in
                if distance < limit {
                    counts[position] += 1
                    isHeld[other] = true
                }
                return limit
            }
        }
        return (counts, isHeld)
    }
}
