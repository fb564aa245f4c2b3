import LinearAlgebra

/// Distances between samples that compare all pairs of points: maximum mean discrepancy and energy distance.
public enum KernelDistances {
    /// Points of a sample that are compared; of more, callers take so many at random. The cost grows with the square.
    public static let mostPoints = 1000

    /// The square of the maximum mean discrepancy, without bias (Gretton et al. 2012, JMLR 13, lemma 6), with the kernel
    /// exp(-|x - y|² / (2 bandwidth²)): 0 in expectation when both samples come from one distribution, so that it may be
    /// a little below 0; at most 2.
    ///
    /// - Parameter bandwidth: nil takes the median distance within both samples together.
    /// - Throws: when the points differ in dimension, a sample has fewer than two points, or all points are the same.
    /// - Complexity: the square of the number of points.
    public static func maximumMeanDiscrepancy(
        _ a: PointSet, _ b: PointSet, bandwidth: Double? = nil
    ) throws(DistributionError) -> Double {
        try PointSet.requireAlike(a, b)
        guard min(a.count, b.count) > 1 else {
            throw DistributionError("a sample of one point", help: "the discrepancy needs two points of each or more")
        }
        let width = bandwidth ?? medianDistance(a, b)
        guard width > 0, width.isFinite else {
            throw DistributionError("these points have no spread from which to choose a bandwidth")
        }
        let scale = -0.5 / (width * width)
        let (n, m) = (Double(a.count), Double(b.count))
        let within = total(of: a, .exp, scale) / (n * (n - 1)) + total(of: b, .exp, scale) / (m * (m - 1))
        return 2 * (within - total(a, b, .exp, scale) / (n * m))
    }

    /// The median of the distances between the points of both samples, of at most 250 points of each.
    public static func medianDistance(_ a: PointSet, _ b: PointSet) -> Double {
        let (a, b) = (a.prefix(250), b.prefix(250))
        var distances: [Double] = []
        var row = [Double](repeating: 0, count: max(a.count, b.count))
        for point in 0..<a.count {
            a.squaredDistances(of: point, to: a, into: &row)
            distances += row[..<point]
            a.squaredDistances(of: point, to: b, into: &row)
            distances += row[..<b.count]
        }
        for point in 0..<b.count {
            b.squaredDistances(of: point, to: b, into: &row)
            distances += row[..<point]
        }
        return distances.isEmpty ? 0 : distances.quantile(0.5).squareRoot()
    }

    /// Székely and Rizzo's energy distance 2 E|X - Y| - E|X - X'| - E|Y - Y'| between two samples (Journal of Statistical
    /// Planning and Inference 143, 2013), each expectation a mean over all pairs: 0 only for equal samples. SciPy's
    /// `energy_distance` is its square root.
    ///
    /// - Throws: when the points differ in dimension.
    /// - Complexity: n log n on the line, where it is 2 ∫ (F - G)² dx; elsewhere the square of the number of points.
    public static func energy(_ a: PointSet, _ b: PointSet) throws(DistributionError) -> Double {
        try PointSet.requireAlike(a, b)
        if a.dimension == 1 {
            return 2 * StepFunctions.integral(a.coordinates[0].inOrder(), b.coordinates[0].inOrder()) { $0 * $0 }
        }
        let (n, m) = (Double(a.count), Double(b.count))
        let within = total(of: a, .squareRoot) / (n * n) + total(of: b, .squareRoot) / (m * m)
        return max(2 * (total(a, b, .squareRoot) / (n * m) - within), 0)
    }

    /// The sum over all pairs, one point of each sample, of a function of `scale` times their squared distance.
    private static func total(
        _ a: PointSet, _ b: PointSet, _ function: UnaryFunction, _ scale: Double = 1
    ) -> Double {
        total(a, b, function, scale) { _ in b.count }
    }

    /// The same over the pairs of different points within one sample, each taken once.
    private static func total(of points: PointSet, _ function: UnaryFunction, _ scale: Double = 1) -> Double {
        total(points, points, function, scale) { $0 }
    }

    /// The sum over each point of one sample and so many of the first points of the other, in blocks that the engine's
    /// loops take at once.
    private static func total(
        _ a: PointSet, _ b: PointSet, _ function: UnaryFunction, _ scale: Double, partners: (Int) -> Int
    ) -> Double {
        // Small enough to stay in the processor's nearest memory.
        var block = [Double](repeating: 0, count: max(b.count, 4000))
        var (filled, sum) = (0, 0.0)
        for point in 0..<a.count {
            let count = partners(point)
            a.squaredDistances(of: point, to: b, into: &block, at: filled, first: count)
            filled += count
            if filled + b.count > block.count || point == a.count - 1, filled > 0 {
                sum += (Matrix(vector: Array(block[..<filled])) * scale).map(function).sum()
                filled = 0
            }
        }
        return sum
    }
}
