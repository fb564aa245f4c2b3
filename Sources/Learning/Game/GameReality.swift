import Autodiff
import LinearAlgebra

/// Real points inside a recorded step.
struct GameReality {
    private enum Source {
        case points(Variable<Float>)
        case bumps(centers: Variable<Float>, deviations: Variable<Float>)
        case pool(Variable<Float>, cursor: Variable<Float>)
    }

    private let recorder: Recorder<Float>
    private let source: Source
    private let dimension: Int
    /// The class of each row of the data or of each bump, as zeros with a one; nil where the players are not told, and for a
    /// pool, where the classes stand beside the points.
    private let classes: Variable<Float>?
    private let isLabelled: Bool
    /// Rows of the pool that the step has used so far.
    private var used = 0

    /// Declares what batches are made of as inputs of the program.
    ///
    /// - Parameter pool: the points of the pool, with their classes where the players are told, and how many of them were
    ///   used, for data that are drawn.
    init(
        _ recorder: Recorder<Float>, _ data: Game.Data, isLabelled: Bool = false,
        pool: (points: Matrix<Float>, used: Int)
    ) {
        self.recorder = recorder
        self.isLabelled = isLabelled
        let labels = data.labels ?? Array(0..<data.classes)
        classes =
            isLabelled && !data.isDrawn ? recorder.input("data.classes", .classes(labels, of: data.classes)) : nil
        dimension = data.dimension
        switch data.source {
        case .points(let points): source = .points(recorder.input("data", points))
        case .bumps(let centers, let deviations, _):
            let areAlike = deviations.allSatisfy { $0 == deviations[0] }
            let widths =
                areAlike
                ? Matrix(deviations[0]) : Matrix(shape: .matrix(deviations.count, 1), values: deviations)
            source = .bumps(
                centers: recorder.input("data.centers", centers), deviations: recorder.input("data.widths", widths))
        case .draws:
            source = .pool(
                recorder.input("data", pool.points), cursor: recorder.input("data.used", Matrix(Float(pool.used))))
        }
    }

    /// A batch that no other of this step shares.
    mutating func batch(_ count: Int) throws(ShapeError) -> Variable<Float> {
        switch source {
        case .points(let points):
            let rows = recorder.indices(count, below: points.shape.rows)
            return try beside(points.gathered(rows), classesOf: rows)
        case .bumps(let centers, let deviations):
            let rows = recorder.indices(count, below: centers.shape.rows)
            let noise = recorder.normal(.matrix(count, dimension))
            let widths = deviations.shape.rank == 0 ? deviations : try deviations.gathered(rows)
            return try beside(centers.gathered(rows) + noise * widths, classesOf: rows)
        case .pool(let points, let cursor):
            let places = Variable(Matrix(vector: (used..<used + count).map { Float($0) }))
            used += count
            return try points.gathered(places + cursor)
        }
    }

    /// Points with the classes of the rows of the data, or of the bumps, that they came from.
    private func beside(_ points: Variable<Float>, classesOf rows: Variable<Float>) throws(ShapeError) -> Variable<
        Float
    > {
        guard let classes else { return points }
        return try .concatenated([points, classes.gathered(rows)], axis: 1)
    }

    /// Classes as frequent as among the data, a row each; nil where the players are not told.
    func labels(_ count: Int) throws(ShapeError) -> Variable<Float>? {
        if let classes { return try classes.gathered(recorder.indices(count, below: classes.shape.rows)) }
        guard isLabelled, case .pool(let points, _) = source else { return nil }
        let rows = try points.gathered(recorder.indices(count, below: points.shape.rows))
        return try rows.columns(dimension..<points.shape.columns)
    }

    /// Moves on in the pool, if `isSound` is not 0.
    func finish(if isSound: Variable<Float>) throws(ShapeError) {
        guard case .pool(_, let cursor) = source else { return }
        recorder.update(cursor, to: try Variable.select(isSound, cursor + Float(used), cursor))
    }
}
