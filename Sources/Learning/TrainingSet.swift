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
