import LinearAlgebra

/// How often each true class (row) was called each class (column).
public struct ConfusionMatrix: Hashable, Sendable {
    /// The classes, in the order of rows and of columns.
    public let classes: [String]
    /// Row-major counts, `classes.count` squared.
    public let counts: [Int]

    /// Counts the pairs of true and predicted class.
    ///
    /// - Throws: `LearningError` when the lists differ in length or hold a class that is not in `classes`.
    public init(classes: [String], actual: [String], predicted: [String]) throws(LearningError) {
        if actual.count != predicted.count {
            throw .lengthMismatch(expected: actual.count, got: predicted.count)
        }
        var index: [String: Int] = [:]
        for (position, name) in classes.enumerated() { index[name] = position }
        var counts = [Int](repeating: 0, count: classes.count * classes.count)
        for (truth, guess) in zip(actual, predicted) {
            guard let row = index[truth] else { throw .unknownClass(truth) }
            guard let column = index[guess] else { throw .unknownClass(guess) }
            counts[row * classes.count + column] += 1
        }
        self.classes = classes
        self.counts = counts
    }

    /// How often class `actual` was called `predicted`; 0 for a class that is not here.
    public subscript(actual: String, predicted: String) -> Int {
        guard let row = classes.firstIndex(of: actual), let column = classes.firstIndex(of: predicted) else { return 0 }
        return counts[row * classes.count + column]
    }

    /// The number of judgements.
    public var total: Int { counts.reduce(0, +) }

    /// The share of right judgements, 0 to 1; NaN without any.
    public var accuracy: Double {
        let right = classes.indices.reduce(0) { $0 + counts[$1 * classes.count + $1] }
        return Double(right) / Double(total)
    }

    /// The counts as a matrix of numbers.
    public var matrix: Matrix<Double> {
        Matrix(shape: .matrix(classes.count, classes.count), values: counts.map(Double.init))
    }
}
