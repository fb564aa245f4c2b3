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
        discrepancy(PairSums.of([try kernel(a, b, bandwidth)], a, b)[0])
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
        return energy(PairSums.of([.distance], a, b)[0])
    }

    /// Both of the same samples; beyond the line their pairs are gone through once for the two.
    ///
    /// - Throws: as each of them.
    public static func both(
        _ a: PointSet, _ b: PointSet
    ) throws(DistributionError) -> (maximumMeanDiscrepancy: Double, energy: Double) {
        if a.dimension == 1 { return (try maximumMeanDiscrepancy(a, b), try energy(a, b)) }
        let sums = PairSums.of([try kernel(a, b, nil), .distance], a, b)
        return (discrepancy(sums[0]), energy(sums[1]))
    }

    /// The median of the distances between the points of both samples, of at most 250 points of each.
    public static func medianDistance(_ a: PointSet, _ b: PointSet) -> Double {
        let (a, b) = (a.prefix(250), b.prefix(250))
        let points = zip(a.coordinates, b.coordinates).map { $0 + $1 }
        let count = a.count + b.count
        var pairs = DistanceBlock(capacity: count * (count - 1) / 2)
        for point in 0..<count { pairs.append(from: points.map { $0[point] }, to: points, 0..<point) }
        return Array(pairs.values).quantile(0.5).squareRoot()
    }

    /// The normal kernel, once it is known that there is something to compare.
    private static func kernel(
        _ a: PointSet, _ b: PointSet, _ bandwidth: Double?
    ) throws(DistributionError) -> PairSums.Kernel {
        try PointSet.requireAlike(a, b)
        guard min(a.count, b.count) > 1 else {
            throw DistributionError("a sample of one point", help: "the discrepancy needs two points of each or more")
        }
        let width = bandwidth ?? medianDistance(a, b)
        guard width > 0, width.isFinite else {
            throw DistributionError("these points have no spread from which to choose a bandwidth")
        }
        return .normal(bandwidth: width)
    }

    private static func discrepancy(_ sums: PairSums) -> Double {
        let (n, m) = (Double(sums.counts.a), Double(sums.counts.b))
        let within = sums.withinA / (n * (n - 1)) + sums.withinB / (m * (m - 1))
        return 2 * (within - sums.across / (n * m))
    }

    private static func energy(_ sums: PairSums) -> Double {
        let (n, m) = (Double(sums.counts.a), Double(sums.counts.b))
        return max(2 * (sums.across / (n * m) - sums.withinA / (n * n) - sums.withinB / (m * m)), 0)
    }
}
