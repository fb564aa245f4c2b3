import LinearAlgebra
import Probability

/// What a game is measured against: real points and, where they come from a mixture, its modes.
public struct MeasureReference: Hashable, Sendable {
    /// The real points.
    public let points: PointSet
    /// Where they gather, when that is known.
    public let modes: [Mode]?

    /// How many numbers a point has.
    public var dimension: Int { points.dimension }

    /// - Throws: `LearningError` when there are no points, or one is not finite.
    public init(points: Matrix<Double>, modes: [Mode]? = nil) throws(LearningError) {
        do { self.points = try PointSet(points) } catch { throw .engine(error.message) }
        self.modes = modes?.isEmpty == true ? nil : modes
    }
}

extension MeasureReference {
    /// Real points that are drawn from a distribution: enough for two draws that share none.
    public static let drawn = 20_000

    /// The data of a game: fresh draws of a distribution, or all of a finite sample.
    public init(_ data: Game.Data, using random: inout RandomStream) throws(LearningError) {
        let points = data.points ?? data.sample(Self.drawn, using: &random)
        try self.init(points: Matrix<Double>(points), modes: data.distribution?.modes)
    }
}

/// The points that a set of measures looks at, both sides in random order: every prefix is a random choice.
struct MeasureDraw {
    let real: PointSet
    let generated: PointSet

    /// Real points that are looked at, at most.
    static let mostReal = 10_000

    /// As many points of the generator as the most demanding of the measures needs.
    init(
        for measures: [Measure], _ game: Game, _ reference: MeasureReference, _ random: inout RandomStream
    ) throws(LearningError) {
        let count = measures.map { $0.samples(dimension: reference.dimension) }.max() ?? 1
        real = reference.points.shuffled(Self.mostReal, using: &random)
        let points = Matrix<Double>(try game.sample(count, using: &random))
        guard points.columns == reference.dimension else {
            throw .dimensionMismatch(expected: reference.dimension, got: points.columns)
        }
        do { generated = try PointSet(points) } catch { throw .engine(error.message) }
    }

    /// Two disjoint draws from the data, one in the generator's place: what perfect samples score.
    init(ofDataTwice reference: MeasureReference, for measures: [Measure], _ random: inout RandomStream) {
        let count = measures.map { $0.samples(dimension: reference.dimension) }.max() ?? 1
        let all = reference.points.shuffled(Self.mostReal + count, using: &random)
        let half = min(count, max(all.count / 2, 1))
        generated = all.prefix(half)
        real = all.dropFirst(half)
    }
}
