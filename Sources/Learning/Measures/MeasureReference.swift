import LinearAlgebra
import Probability

/// What a game is measured against: real points and, where they come from a mixture, its modes.
public struct MeasureReference: Hashable, Sendable {
    /// The real points.
    public let points: PointSet
    /// The class of each, for a game whose players are told of classes.
    public let labels: [Int]?
    /// Where they gather, when that is known.
    public let modes: [Mode]?

    /// How many numbers a point has.
    public var dimension: Int { points.dimension }

    /// - Throws: `LearningError` when there are no points, one is not finite, or there is not a class for each.
    public init(points: Matrix<Double>, labels: [Int]? = nil, modes: [Mode]? = nil) throws(LearningError) {
        do { self.points = try PointSet(points) } catch { throw .engine(error.message) }
        if let labels, labels.count != self.points.count {
            throw .lengthMismatch(expected: self.points.count, got: labels.count)
        }
        self.labels = labels
        self.modes = modes?.isEmpty == true ? nil : modes
    }
}

extension MeasureReference {
    /// Real points that are drawn from a distribution: enough for two draws that share none.
    public static let drawn = 20_000

    /// The data of a game, with their classes where its players are told of them.
    public init(_ game: Game, using random: inout RandomStream) throws(LearningError) {
        if game.classes == 0 {
            try self.init(game.data, using: &random)
        } else if let points = game.data.points {
            try self.init(points: Matrix<Double>(points), labels: game.data.labels)
        } else {
            let (points, labels) = game.data.labelled(Self.drawn, using: &random)
            try self.init(points: Matrix<Double>(points), labels: labels, modes: game.data.distribution?.modes)
        }
    }

    /// Data: fresh draws of a distribution, or all of a finite sample.
    public init(_ data: Game.Data, using random: inout RandomStream) throws(LearningError) {
        let points = data.points ?? data.sample(Self.drawn, using: &random)
        try self.init(points: Matrix<Double>(points), modes: data.distribution?.modes)
    }
}

/// Points, and the class of each where the players are told of classes.
struct LabelledPoints {
    let points: PointSet
    let labels: [Int]?

    /// The first `most`; all when there are no more.
    func prefix(_ most: Int) -> LabelledPoints {
        let points = points.prefix(most)
        return LabelledPoints(points: points, labels: labels.map { Array($0.prefix(points.count)) })
    }

    /// The points of a class; nil where there are none.
    func points(of label: Int) -> PointSet? {
        guard let places = labels?.indices.filter({ labels?[$0] == label }), !places.isEmpty else { return nil }
        return points.gathered(places)
    }
}

/// The points that a set of measures looks at, both sides in random order: every prefix is a random choice.
struct MeasureDraw {
    /// Real points, with their classes.
    let realOnes: LabelledPoints
    /// Points of the generator, with the classes that it was asked for.
    let generatedOnes: LabelledPoints

    var real: PointSet { realOnes.points }
    var generated: PointSet { generatedOnes.points }

    /// Real points that are looked at, at most.
    static let mostReal = 10_000

    /// As many points of the generator as the most demanding of the measures needs.
    init(
        for measures: [Measure], _ game: Game, _ reference: MeasureReference, _ random: inout RandomStream
    ) throws(LearningError) {
        let count = measures.map { $0.samples(dimension: reference.dimension) }.max() ?? 1
        let places = reference.points.choice(of: Self.mostReal, using: &random)
        let classes = reference.labels.map { labels in places.map { labels[$0] } }
        realOnes = LabelledPoints(points: reference.points.gathered(places), labels: classes)
        let (points, labels) = try game.labelledSample(count, using: &random)
        guard points.columns == reference.dimension else {
            throw .dimensionMismatch(expected: reference.dimension, got: points.columns)
        }
        do {
            generatedOnes = LabelledPoints(
                points: try PointSet(Matrix<Double>(points)), labels: labels.isEmpty ? nil : labels)
        } catch { throw .engine(error.message) }
    }

    /// Two disjoint draws from the data, one in the generator's place: what perfect samples score.
    init(ofDataTwice reference: MeasureReference, for measures: [Measure], _ random: inout RandomStream) {
        let count = measures.map { $0.samples(dimension: reference.dimension) }.max() ?? 1
        let all = reference.points.shuffled(Self.mostReal + count, using: &random)
        let half = min(count, max(all.count / 2, 1))
        generatedOnes = LabelledPoints(points: all.prefix(half), labels: nil)
        realOnes = LabelledPoints(points: all.dropFirst(half), labels: nil)
    }
}
