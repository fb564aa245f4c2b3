import LinearAlgebra

/// Points to learn from, one a row: a vector of n numbers is n points on the line, a matrix n points of d numbers.
package struct Observations: Sendable {
    package let count: Int
    package let dimension: Int
    /// Row-major, `count * dimension` numbers, all finite.
    package let values: [Double]

    /// Reads the points out of a number, a vector or a matrix.
    ///
    /// - Throws: `LearningError.notFinite` naming the first number that is NaN or infinite.
    package init(_ points: Matrix<Double>) throws(LearningError) {
        let isMatrix = points.shape.rank == 2
        count = isMatrix ? points.rows : points.count
        dimension = isMatrix ? points.columns : 1
        values = points.values
        if let bad = values.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(row: bad / max(dimension, 1), column: bad % max(dimension, 1))
        }
    }

    /// The same, and of the dimension that a model expects.
    package init(_ points: Matrix<Double>, dimension expected: Int) throws(LearningError) {
        // One point of d numbers may also be written as a vector of d numbers.
        if points.shape.rank == 1, expected > 1, points.count == expected {
            try self.init(Matrix(shape: .matrix(1, expected), values: points.values))
        } else {
            try self.init(points)
        }
        if dimension != expected { throw .dimensionMismatch(expected: expected, got: dimension) }
    }

    /// The numbers of point `i`.
    package func point(_ i: Int) -> ArraySlice<Double> { values[i * dimension..<(i + 1) * dimension] }

    /// The mean of every column.
    package var mean: [Double] {
        var total = [Double](repeating: 0, count: dimension)
        for i in 0..<count { for j in 0..<dimension { total[j] += values[i * dimension + j] } }
        return total.map { $0 / Double(count) }
    }

    /// The covariance about the mean, divided by n (the maximum-likelihood estimate), row-major d x d.
    package var covariance: [Double] {
        let centre = mean
        var total = [Double](repeating: 0, count: dimension * dimension)
        for i in 0..<count {
            for a in 0..<dimension {
                let left = values[i * dimension + a] - centre[a]
                for b in 0..<dimension {
                    total[a * dimension + b] += left * (values[i * dimension + b] - centre[b])
                }
            }
        }
        return total.map { $0 / Double(count) }
    }

    /// The distance below which two coordinates are the same but for rounding.
    package var resolution: Double {
        16 * Double.ulpOfOne * values.reduce(0) { max($0, abs($1)) }
    }
}
