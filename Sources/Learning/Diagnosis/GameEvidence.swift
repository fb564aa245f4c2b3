import Foundation
import LinearAlgebra
import Probability

/// What a diagnosis looks at: how a game stands, how it goes on if it is let play a little further, and what its history
/// says. All from streams of its own and from a copy: the game is not touched.
public struct GameEvidence: Hashable, Sendable {
    /// One look at the game.
    public struct Look: Hashable, Sendable {
        /// Steps played.
        public let step: Int
        /// Sliced Wasserstein distance of the samples from the data, in units of the data's spread.
        public let distance: Double
        /// Jensen and Shannon's divergence on a grid; 0 for points of more than two numbers, which no grid takes.
        public let divergence: Double
        /// The probability that D scores a real point above a sample: ½ when it cannot tell, 1 when it always can.
        public let separation: Double
        /// The mean of |derivative of G's loss by D's logit| over samples: 0 where the loss is flat.
        public let steepness: Double
        /// Of modes that are known: each one's share of the high-quality samples, over its weight.
        public let shares: [Double]
        /// The share of samples of high quality; for data without known modes, how dense the data are round the samples,
        /// at most 1.
        public let quality: Double
        /// For data without known modes: the share of the data with a sample nearby.
        public let coverage: Double
        /// How far the samples as a whole moved since the look before: sliced Wasserstein distance in units of the data's
        /// spread.
        public internal(set) var movement = 0.0
        /// The median distance of samples from the middle of the data, in units of the data's spread.
        public let reach: Double
    }

    /// What a perfect generator would be seen as.
    public struct Floor: Hashable, Sendable {
        /// Jensen and Shannon's divergence on a grid; sliced Wasserstein distance in units of the data's spread.
        public let divergence: Double, distance: Double
    }

    /// Steps that the game had played.
    public let steps: Int
    /// The looks, the first at the game as it stands.
    public let looks: [Look]
    /// The unit of distances: the root of the data's mean squared distance from their mean. On the line, their standard deviation.
    public let spread: Double
    /// What two draws from the data would show.
    public let floor: Floor
    /// How far the samples are at the last look from where they were at the first, over the length of the way: near 1 on a
    /// straight way, near 0 when they come back.
    public let straightness: Double
    /// What would not have been finite, where that ended the looks.
    public let broken: Game.Outcome.Part?
    /// D's loss: the median of its size over the last quarter of the history, over that of the first half.
    public let lossGrowth: Double
    /// D's loss: the median of its size over the last quarter, over what guessing costs, or over ½ where that costs less.
    public let lossOverChance: Double
    /// The same over what guessing costs, however little; nil where guessing costs nothing, as by Wasserstein's loss, and with
    /// too short a history.
    public let lossOverGuessing: Double?

    /// Points of each kind that a look compares.
    static let points = 2000
    /// Looks after the first.
    public static let looksAfterFirst = 12
}

extension GameEvidence {
    /// Looks at a game, and at a copy of it that plays on for about half as many steps as it has played (300 to 1 500, and
    /// fewer for networks so large that it would take long); for twice as many where that leaves it open how the game goes on.
    ///
    /// - Parameter interrupted: looked at once a step; true ends the looks.
    public init(of game: Game, interrupted: () -> Bool = { false }) throws(LearningError) {
        var seen = try Series(of: game)
        let stride = Self.stride(of: game)
        try seen.look(Self.looksAfterFirst, every: stride, interrupted: interrupted)
        let isUndecided = try seen.evidence(of: game).isUndecided
        if isUndecided, seen.isWhole {
            seen.keepEverySecond()
            try seen.look(Self.looksAfterFirst / 2, every: 2 * stride, interrupted: interrupted)
        }
        self = try seen.evidence(of: game)
    }

    /// Steps from look to look. Twelve operations a parameter and point is what a step costs.
    private static func stride(of game: Game) -> Int {
        let parameters = game.generator.model.parameterCount + game.discriminator.model.parameterCount
        let cost = 12 * Double(parameters) * Double(game.settings.batch) * Double(1 + game.settings.discriminatorSteps)
        let affordable = 2e10 / max(cost, 1) / Double(looksAfterFirst)
        let wanted = min(max(Double(game.steps) / 2, 300), 1500) / Double(looksAfterFirst)
        return max(Int(min(wanted, affordable)), 1)
    }

    fileprivate static func losses(of game: Game) -> (growth: Double, overChance: Double, overGuessing: Double?) {
        let sizes = game.history.map { abs($0.discriminatorLoss) }
        guard sizes.count >= 8 else { return (1, 1, nil) }
        func median(_ numbers: ArraySlice<Double>) -> Double { numbers.sorted()[numbers.count / 2] }
        let late = median(sizes.suffix(sizes.count / 4)), early = median(sizes.prefix(sizes.count / 2))
        let chance = game.settings.loss.discriminatorAtChance
        return (late / max(early, 1e-12), late / max(chance, 0.5), chance > 0 ? late / chance : nil)
    }
}

/// Looks at a copy of a game that plays on.
private struct Series {
    private let observer: Observer
    private var game: Game
    private var seen: [(look: GameEvidence.Look, places: PointSet)] = []
    private var broken: Game.Outcome.Part?
    /// Neither broken off nor interrupted.
    private(set) var isWhole = true

    init(of game: Game) throws(LearningError) {
        var random = Measure.stream(of: game)
        let reference = try MeasureReference(game.data, using: &random)
        observer = try Observer(game, reference, &random)
        self.game = game
        self.game.watch = MeasureWatch()
        try look()
    }

    private mutating func look() throws(LearningError) {
        guard let next = try observer.look(at: game) else {
            (broken, isWhole) = (.generatorLoss, false)
            return
        }
        seen.append(next)
    }

    /// So many more looks, so many steps apart; none at a game that was never played.
    mutating func look(_ count: Int, every stride: Int, interrupted: () -> Bool) throws(LearningError) {
        for _ in 0..<(game.steps > 0 ? count : 0) where isWhole {
            let outcome = try game.play(stride, recordEvery: stride, interrupted: interrupted)
            if case .diverged(let part) = outcome { broken = part }
            isWhole = outcome == .finished
            if isWhole { try look() }
        }
    }

    mutating func keepEverySecond() { seen = stride(from: 0, to: seen.count, by: 2).map { seen[$0] } }

    /// What the looks at a game come to.
    func evidence(of game: Game) throws(LearningError) -> GameEvidence {
        var looks = seen.map(\.look)
        for index in looks.indices.dropFirst() {
            looks[index].movement = try observer.movement(from: seen[index - 1].places, to: seen[index].places)
        }
        let way = looks.reduce(0) { $0 + $1.movement }
        var apart = 0.0
        if let first = seen.first, let last = seen.last {
            apart = try observer.movement(from: first.places, to: last.places)
        }
        let (growth, overChance, overGuessing) = GameEvidence.losses(of: game)
        return GameEvidence(
            steps: game.steps, looks: looks, spread: observer.spread, floor: observer.floor,
            straightness: way > 0 ? apart / way : 1,
            broken: broken, lossGrowth: growth, lossOverChance: overChance, lossOverGuessing: overGuessing)
    }
}

/// Takes looks at a game, always with the same real points and the same noise.
private struct Observer {
    let reference: MeasureReference
    let real: PointSet
    let noise: Matrix<Float>
    let middle: [Double]
    let spread: Double
    let floor: GameEvidence.Floor
    let random: RandomStream

    init(_ game: Game, _ reference: MeasureReference, _ random: inout RandomStream) throws(LearningError) {
        self.reference = reference
        let all = reference.points.shuffled(2 * GameEvidence.points, using: &random)
        real = all.prefix(min(GameEvidence.points, max(all.count / 2, 1)))
        noise = game.latent(GameEvidence.points, using: &random).input
        middle = real.coordinates.map { $0.reduce(0, +) / Double($0.count) }
        let far = Self.squaredDistances(of: real, from: middle)
        let width = (far.reduce(0, +) / Double(far.count)).squareRoot()
        spread = width > 0 ? width : 1
        var stream = random.split()
        self.random = stream
        let other = all.dropFirst(real.count)
        do {
            floor = GameEvidence.Floor(
                divergence: try Self.divergence(of: other, from: real),
                distance: try Wasserstein.sliced(real, other, using: &stream) / spread)
        } catch { throw .engine(error.message) }
    }

    private static func divergence(of sample: PointSet, from real: PointSet) throws(DistributionError) -> Double {
        real.dimension > 2 ? 0 : try SampleGrid(reference: real, sample: sample).jensenShannon
    }

    private static func squaredDistances(of points: PointSet, from middle: [Double]) -> [Double] {
        (0..<points.count).map { point in
            zip(points.coordinates, middle).reduce(0) { $0 + ($1.0[point] - $1.1) * ($1.0[point] - $1.1) }
        }
    }

    /// How far samples as a whole moved, in units of the data's spread.
    func movement(from a: PointSet, to b: PointSet) throws(LearningError) -> Double {
        var random = random
        do { return try Wasserstein.sliced(a, b, directions: 8, using: &random) / spread } catch {
            throw .engine(error.message)
        }
    }

    /// What is seen; nil when samples are no longer finite.
    func look(at game: Game) throws(LearningError) -> (look: GameEvidence.Look, places: PointSet)? {
        let made = try game.made(of: noise)
        guard made.values.allSatisfy(\.isFinite) else { return nil }
        do {
            let places = try PointSet(made)
            var random = random
            let far = Self.squaredDistances(of: places, from: middle).sorted()
            let fake = try game.logits(on: places)
            let (shares, quality, coverage) = try standing(of: places)
            let look = GameEvidence.Look(
                step: game.steps,
                distance: try Wasserstein.sliced(real, places, directions: 16, using: &random) / spread,
                divergence: try Self.divergence(of: places, from: real),
                separation: Self.separation(try game.logits(on: real), fake),
                steepness: fake.reduce(0) { $0 + game.settings.loss.steepness(at: $1) } / Double(fake.count),
                shares: shares, quality: quality, coverage: coverage, reach: far[far.count / 2].squareRoot() / spread)
            return (look, places)
        } catch let error as DistributionError { throw .engine(error.message) } catch let error as LearningError {
            throw error
        } catch { throw .engine("\(error)") }
    }

    private func standing(
        of places: PointSet
    ) throws(DistributionError) -> (shares: [Double], quality: Double, coverage: Double) {
        if let modes = reference.modes, modes.count > 1 {
            let found = try ModeCoverage(places, modes: modes)
            let counted = Double(max(found.counts.reduce(0, +), 1))
            let total = modes.reduce(0) { $0 + $1.weight }
            let shares = zip(found.counts, modes).map { Double($0) / counted / ($1.weight / total) }
            return (shares, found.highQualityShare, 1)
        }
        let most = 500
        guard min(real.count, places.count) > NeighbourMeasures.usualNeighbours else { return ([], 1, 1) }
        let found = try NeighbourMeasures(real: real.prefix(most), generated: places.prefix(most))
        // Density, not precision: one outlier of the data with a wide ball would make all samples look good.
        return ([], min(found.density, 1), found.coverage)
    }

    /// The area under the curve of hits over false alarms: how often a real point scores above a sample, ties counting half
    /// (Mann and Whitney).
    static func separation(_ real: [Double], _ fake: [Double]) -> Double {
        let (real, fake) = (real.sorted(), fake.sorted())
        var (below, equal, sum) = (0, 0, 0.0)
        for score in real {
            while below < fake.count, fake[below] < score { below += 1 }
            equal = max(equal, below)
            while equal < fake.count, fake[equal] == score { equal += 1 }
            sum += Double(below) + 0.5 * Double(equal - below)
        }
        return sum / Double(real.count) / Double(fake.count)
    }
}

extension Game {
    /// What the generator as it samples makes of noise.
    fileprivate func made(of noise: Matrix<Float>) throws(LearningError) -> Matrix<Double> {
        do { return Matrix<Double>(try maker(.init(noise)).value) } catch { throw .engine("\(error)") }
    }
}

extension Game.Loss {
    /// |derivative of what a made-up point costs G, by its logit|.
    fileprivate func steepness(at logit: Double) -> Double {
        let step = 1e-4
        return abs(costToGenerator(logit + step) - costToGenerator(logit - step)) / (2 * step)
    }
}
