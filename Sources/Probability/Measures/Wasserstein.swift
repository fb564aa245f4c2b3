import Foundation
import LinearAlgebra

/// The earth mover's distance between samples: how far probability has to be carried, on average, to make one of the
/// other.
public enum Wasserstein {
    /// Directions that `sliced` looks along unless said otherwise.
    public static let usualDirections = 32

    /// W₁ between two samples of numbers, exactly: ∫ |F(x) - G(x)| dx of their steps (Vallender 1974). For equally many
    /// numbers it is the mean |a₍ᵢ₎ - b₍ᵢ₎| of the sorted ones.
    ///
    /// - Throws: when a sample holds no numbers or NaN.
    /// - Complexity: n log n.
    public static func line(_ a: [Double], _ b: [Double]) throws(DistributionError) -> Double {
        sorted(try EmpiricalCumulative(a).sorted, try EmpiricalCumulative(b).sorted)
    }

    private static func sorted(_ a: [Double], _ b: [Double]) -> Double {
        if a.count == b.count {
            var sum = 0.0
            for i in a.indices { sum += abs(a[i] - b[i]) }
            return sum / Double(a.count)
        }
        return StepFunctions.integral(a, b) { abs($0) }
    }

    /// The mean of W₁ over projections on lines through the origin (Rabin et al. 2011; Bonneel et al. 2015): what is left
    /// of W₁ in the plane when it may be had in n log n. Moving a sample by v costs 2|v|/π. On the line, W₁ itself.
    ///
    /// - Parameters:
    ///   - directions: how many lines; in the plane they fan out evenly from a random first one.
    ///   - random: where the directions come from.
    /// - Throws: when the points differ in dimension, or there are no directions.
    /// - Complexity: directions times n log n.
    public static func sliced(
        _ a: PointSet, _ b: PointSet, directions: Int = usualDirections, using random: inout RandomStream
    ) throws(DistributionError) -> Double {
        try PointSet.requireAlike(a, b)
        if a.dimension == 1 { return try line(a.coordinates[0], b.coordinates[0]) }
        try DistributionError.requireAtLeast(1, directions, "the number of directions")
        var sum = 0.0
        for direction in fan(directions, dimension: a.dimension, using: &random) {
            sum += sorted(a.projected(on: direction).inOrder(), b.projected(on: direction).inOrder())
        }
        return sum / Double(directions)
    }

    /// Unit vectors: evenly spread over half a turn in the plane, independent elsewhere.
    private static func fan(_ count: Int, dimension: Int, using random: inout RandomStream) -> [[Double]] {
        if dimension == 2 {
            let start = random.uniform()
            return (0..<count).map { place in
                let angle = Double.pi * (Double(place) + start) / Double(count)
                return [cos(angle), sin(angle)]
            }
        }
        return (0..<count).map { _ in
            let arrow = (0..<dimension).map { _ in random.normal() }
            let length = arrow.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return arrow.map { length > 0 ? $0 / length : 1 / Double(dimension).squareRoot() }
        }
    }
}

extension PointSet {
    /// The inner product of every point with an arrow.
    fileprivate func projected(on arrow: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        for (axis, line) in coordinates.enumerated() {
            let share = arrow[axis]
            for point in 0..<count { result[point] += share * line[point] }
        }
        return result
    }
}
