import Foundation

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
        func kernel(_ squaredDistance: Double) -> Double { exp(scale * squaredDistance) }
        let (n, m) = (Double(a.count), Double(b.count))
        // A point's kernel with itself is 1 and is left out.
        let within = (total(a, a, kernel) - n) / (n * (n - 1)) + (total(b, b, kernel) - m) / (m * (m - 1))
        return within - 2 * total(a, b, kernel) / (n * m)
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
        return distances.isEmpty ? 0 : Spread.quantile(0.5, distances.sorted()).squareRoot()
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
            return 2 * StepFunctions.integral(a.coordinates[0].sorted(), b.coordinates[0].sorted()) { $0 * $0 }
        }
        let (n, m) = (Double(a.count), Double(b.count))
        let across = total(a, b) { $0.squareRoot() } / (n * m)
        let within = total(a, a) { $0.squareRoot() } / (n * n) + total(b, b) { $0.squareRoot() } / (m * m)
        return max(2 * across - within, 0)
    }

    /// The sum over all pairs of a function of their squared distance.
    @inline(__always)
    private static func total(_ a: PointSet, _ b: PointSet, _ function: (Double) -> Double) -> Double {
        var row = [Double](repeating: 0, count: b.count)
        var sum = 0.0
        for point in 0..<a.count {
            a.squaredDistances(of: point, to: b, into: &row)
            var part = 0.0
            for distance in row { part += function(distance) }
            sum += part
        }
        return sum
    }
}
