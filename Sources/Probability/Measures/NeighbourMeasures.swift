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
    /// - Complexity: the square of the number of points.
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
        let realReach = NeighbourMeasures.reach(real, k), generatedReach = NeighbourMeasures.reach(generated, k)
        var (balls, recalled, covered) = (0, 0, 0)
        var isPrecise = [Bool](repeating: false, count: generated.count)
        var row = [Double](repeating: 0, count: generated.count)
        for point in 0..<real.count {
            real.squaredDistances(of: point, to: generated, into: &row)
            let limit = realReach[point]
            var (isRecalled, inside) = (false, 0)
            for other in 0..<generated.count {
                if row[other] < limit {
                    inside += 1
                    isPrecise[other] = true
                }
                if row[other] < generatedReach[other] { isRecalled = true }
            }
            balls += inside
            if inside > 0 { covered += 1 }
            if isRecalled { recalled += 1 }
        }
        let (n, m) = (Double(real.count), Double(generated.count))
        precision = Double(isPrecise.count { $0 }) / m
        recall = Double(recalled) / n
        density = Double(balls) / (Double(k) * m)
        coverage = Double(covered) / n
    }

    /// What coverage is on average when both samples are n points of one distribution (Naeem et al. 2020, lemma 2):
    /// 1 - (n - 1) ⋯ (n - k) / ((2n - 1) ⋯ (2n - k)).
    public static func expectedCoverage(points n: Int, neighbours k: Int = usualNeighbours) -> Double {
        1 - (1...k).reduce(1.0) { $0 * Double(n - $1) / Double(2 * n - $1) }
    }

    /// The squared distance of each point to its k-th nearest neighbour.
    private static func reach(_ points: PointSet, _ k: Int) -> [Double] {
        var row = [Double](repeating: 0, count: points.count)
        var nearest = [Double](repeating: 0, count: k)
        return (0..<points.count).map { point in
            points.squaredDistances(of: point, to: points, into: &row)
            for place in 0..<k { nearest[place] = .infinity }
            for (other, distance) in row.enumerated() where distance < nearest[k - 1] && other != point {
                var place = k - 1
                while place > 0, nearest[place - 1] > distance {
                    nearest[place] = nearest[place - 1]
                    place -= 1
                }
                nearest[place] = distance
            }
            return nearest[k - 1]
        }
    }
}
