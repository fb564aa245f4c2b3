import LinearAlgebra

/// What a network learns from: parts, each with points and what it should say about them.
///
/// Every part counts alike in the loss, however many rows it has: real and made-up points are two parts, a table with
/// labels is one.
public struct TrainingSet: Hashable, Sendable {
    /// Points and targets.
    public struct Part: Hashable, Sendable {
        /// n x inputs.
        public let inputs: Matrix<Float>
        /// n x outputs: labels 0 or 1, one-hot rows, or values.
        public let targets: Matrix<Float>
        /// The number of rows.
        public var count: Int { inputs.rows }
    }

    /// At least one; none is empty.
    public let parts: [Part]
    /// What the network is to make small.
    public let objective: Objective

    /// Points and targets for a network; `targets` n x outputs.
    ///
    /// - Throws: `LearningError` when there is nothing, lengths differ, or a number is not finite.
    public init(inputs: Matrix<Double>, targets: Matrix<Double>, objective: Objective) throws(LearningError) {
        try self.init([(inputs, targets)], objective)
    }

    /// Points with class numbers 0 ..< classes, for a network with a logit a class (or with one logit for two classes).
    public init(inputs: Matrix<Double>, labels: [Int], classes: Int) throws(LearningError) {
        for (row, label) in labels.enumerated() where !(0..<max(classes, 2)).contains(label) {
            throw .unusableLabel(row: row, value: Double(label))
        }
        if classes <= 1 {
            let column = Matrix(shape: .matrix(labels.count, 1), values: labels.map(Double.init))
            try self.init([(inputs, column)], .binaryCrossEntropy)
            return
        }
        var oneHot = Matrix<Double>.zeros(.matrix(labels.count, classes))
        for (row, label) in labels.enumerated() { oneHot[row, label] = 1 }
        try self.init([(inputs, oneHot)], .crossEntropy)
    }

    /// Real points, labelled 1, and made-up ones, labelled 0.
    public init(real: Matrix<Double>, fake: Matrix<Double>) throws(LearningError) {
        let labelled = [(real, 1.0), (fake, 0.0)].map { points, label in
            let rows = points.shape.rank == 2 ? points.rows : points.count
            return (points, Matrix<Double>(repeating: label, shape: .matrix(rows, 1)))
        }
        try self.init(labelled, .binaryCrossEntropy)
    }

    private init(_ pairs: [(Matrix<Double>, Matrix<Double>)], _ objective: Objective) throws(LearningError) {
        var parts: [Part] = []
        for (inputs, targets) in pairs {
            let points = try Observations(inputs)
            let wanted = try Observations(targets)
            if points.count == 0 { throw .tooFewObservations(needed: 1, got: 0) }
            if points.count != wanted.count { throw .lengthMismatch(expected: points.count, got: wanted.count) }
            parts.append(Part(inputs: Self.narrow(points), targets: Self.narrow(wanted)))
        }
        if let first = parts.first, let other = parts.first(where: { $0.inputs.columns != first.inputs.columns }) {
            throw .dimensionMismatch(expected: first.inputs.columns, got: other.inputs.columns)
        }
        self.parts = parts
        self.objective = objective
    }

    private static func narrow(_ points: Observations) -> Matrix<Float> {
        Matrix(shape: .matrix(points.count, points.dimension), values: points.values.map { Float($0) })
    }

    /// The numbers of a point.
    public var inputs: Int { parts.first?.inputs.columns ?? 0 }
    /// The numbers of a target.
    public var outputs: Int { parts.first?.targets.columns ?? 0 }
    /// All rows.
    public var count: Int { parts.reduce(0) { $0 + $1.count } }
}

/// Some rows of a training set: what one step looks at.
package struct Batch: Hashable, Sendable {
    /// Rows x inputs.
    package let inputs: Matrix<Float>
    /// Rows x outputs.
    package let targets: Matrix<Float>
    /// How much each row counts, rows x 1; they sum to 1.
    package let weights: Matrix<Float>
}

/// Draws batches: every row of a part once, in random order, then again in another. A part with no more rows than a
/// batch is taken whole, in its own order.
package struct BatchSampler: Sendable {
    private let data: TrainingSet
    private let size: Int
    private var orders: [[Int]]
    private var positions: [Int]
    private var random: RandomStream

    /// Batches of `size` rows from each part.
    package init(_ data: TrainingSet, size: Int, random: RandomStream) {
        self.data = data
        self.size = max(size, 1)
        self.random = random
        orders = data.parts.map { _ in [] }
        positions = data.parts.map { _ in 0 }
    }

    /// How many rows a batch has in all.
    package var rows: Int { data.parts.reduce(0) { $0 + min(size, $1.count) } }

    /// How much each row of a batch counts, rows x 1: within a part alike, and all parts alike.
    package var weights: Matrix<Float> {
        let values = data.parts.flatMap { part in
            let rows = min(size, part.count)
            return [Float](repeating: 1 / Float(rows * data.parts.count), count: rows)
        }
        return Matrix(shape: .matrix(values.count, 1), values: values)
    }

    /// The next batch.
    package mutating func next() -> Batch {
        var (inputs, targets) = ([Float](), [Float]())
        inputs.reserveCapacity(rows * data.inputs)
        targets.reserveCapacity(rows * data.outputs)
        for index in data.parts.indices {
            let part = data.parts[index]
            if part.count <= size {
                inputs += part.inputs.values
                targets += part.targets.values
                continue
            }
            for row in nextRows(of: index) {
                inputs += part.inputs.values[row * data.inputs..<(row + 1) * data.inputs]
                targets += part.targets.values[row * data.outputs..<(row + 1) * data.outputs]
            }
        }
        return Batch(
            inputs: Matrix(shape: .matrix(rows, data.inputs), values: inputs),
            targets: Matrix(shape: .matrix(rows, data.outputs), values: targets), weights: weights)
    }

    private mutating func nextRows(of part: Int) -> [Int] {
        (0..<size).map { _ in
            if positions[part] == orders[part].count {
                orders[part] = random.permutation(of: data.parts[part].count)
                positions[part] = 0
            }
            defer { positions[part] += 1 }
            return orders[part][positions[part]]
        }
    }
}
