import Autodiff
import LinearAlgebra

/// Two networks at play (Goodfellow et al. 2014, arXiv:1406.2661): a generator G that turns noise into points, and a
/// discriminator D that tells them from real ones.
///
/// A value: to play on makes a new one, and a copy is a branch.
public struct Game: Hashable, Sendable {
    /// A network with its optimiser.
    public typealias Player = Training.Position

    /// What a step was like.
    public struct Record: Hashable, Sendable {
        /// Steps played, this one included.
        public let step: Int
        /// D's loss before its (last) update, without penalties; `Loss.discriminatorAtChance` is what guessing costs.
        public let discriminatorLoss: Double
        /// G's loss before its update.
        public let generatorLoss: Double
        /// What the penalties added to D's loss.
        public let penalty: Double
    }

    /// How a stretch of play ended.
    public enum Outcome: Hashable, Sendable {
        /// All steps were played.
        case finished
        /// Stopped from outside.
        case interrupted
        /// The next step would have made this infinite or NaN; it was not played.
        case diverged(Part)

        /// What can be the first to be no longer finite.
        public enum Part: Hashable, Sendable {
            /// The loss of one of the two.
            case discriminatorLoss, generatorLoss
            /// The parameters of one of the two after the step, or what its optimiser remembers.
            case discriminator, generator
        }
    }

    /// The generator: noise in, points out.
    public internal(set) var generator: Player
    /// The discriminator: points in, one logit out.
    public internal(set) var discriminator: Player
    /// The rules.
    public internal(set) var settings: Settings
    /// Where real points come from.
    public let data: Data
    /// The running average of G's parameters, for games that keep one.
    var average: [Matrix<Float>]?
    /// The steps that were recorded.
    public internal(set) var history: [Record] = []
    /// What is measured while it is played, and what was seen.
    public var watch = MeasureWatch()
    /// Steps played.
    public internal(set) var steps = 0
    /// Where the noise and the batches of the next step come from.
    public internal(set) var random: RandomStream
    /// Where the game stands in its pool, for data that are drawn a pool at a time.
    var pool: GamePool

    /// A game that is about to begin.
    ///
    /// - Throws: `LearningError` when the networks and the data do not fit together, or a setting is out of range.
    public init(
        generator: Player, discriminator: Player, data: Data, settings: Settings = Settings(), random: RandomStream
    ) throws(LearningError) {
        try settings.check()
        if discriminator.model.outputs != 1 { throw .outputMismatch(network: discriminator.model.outputs, targets: 1) }
        for width in [generator.model.outputs, discriminator.model.inputs] where width != data.dimension {
            throw .dimensionMismatch(expected: width, got: data.dimension)
        }
        self.generator = generator
        self.discriminator = discriminator
        self.settings = settings
        self.data = data
        self.random = random
        var random = random
        pool = GamePool(random: random.split())
    }

    /// A game over a finite sample, a point a row.
    ///
    /// - Throws: `LearningError` also when there is no point or one is not finite.
    public init(
        generator: Player, discriminator: Player, data: Matrix<Double>, settings: Settings = Settings(),
        random: RandomStream
    ) throws(LearningError) {
        try self.init(
            generator: generator, discriminator: discriminator, data: Data(points: data), settings: settings,
            random: random)
    }

    /// The network that samples are made with: G, with the running average of its parameters where the game keeps one.
    public var maker: MLP<Float> {
        var model = generator.model
        if let average, settings.averageDecay != nil { model.parameters = average }
        return model
    }

    /// Plays: D's updates on fresh real and made-up points, then G's on fresh noise.
    ///
    /// - Parameters:
    ///   - mode: whether the step is recorded and replayed, or computed anew each time; both give the same bits.
    ///   - every: how many steps apart records are kept, besides the last step; nil begins with every step and
    ///     doubles the distance whenever there would be more than a thousand, so that a game has a past however early it
    ///     is stopped.
    ///   - interrupted: looked at once a step; true stops and keeps what was reached.
    ///   - threads: how many threads share a step that is large enough; nil is `Threads.standard`. The numbers are the
    ///     same with any.
    ///   - progress: told of every record.
    ///
    /// `watch` looks at its steps; what it draws comes from streams of its own.
    public mutating func play(
        _ count: Int, mode: Program<Float>.Mode = .replayed, recordEvery every: Int? = nil,
        threads: Int? = nil, interrupted: () -> Bool = { false }, progress: (Record) -> Void = { _ in }
    ) throws(LearningError) -> Outcome {
        var interval = max(every ?? 1, 1)
        let (past, begun) = (history.count, steps)
        do {
            let program = try GameProgram(self, mode, threads: threads)
            var (records, outcome) = (history, Outcome.finished)
            var watch = watch
            func record() {
                records.append(program.record)
                progress(program.record)
            }
            while program.played < count {
                if interrupted() {
                    outcome = .interrupted
                    if program.played % interval != 0 { record() }
                    break
                }
                if let part = try program.step() {
                    outcome = .diverged(part)
                    break
                }
                if every == nil, records.count - past == 1000 {
                    records = records[..<past] + records[past...].filter { ($0.step - begun) % (2 * interval) == 0 }
                    interval *= 2
                }
                if program.played % interval == 0 || program.played == count { record() }
                if watch.isDue(at: begun + program.played) { try watch.look(at: program.reached) }
            }
            self = program.reached
            history = records
            self.watch = watch
            return outcome
        } catch let error as LearningError {
            throw error
        } catch {
            throw .engine("\(error)")
        }
    }

    /// Points made by G from fresh noise, a point a row.
    public func sample(_ count: Int, using random: inout RandomStream) throws(LearningError) -> Matrix<Float> {
        let noise = settings.noise.draw(.matrix(max(count, 0), generator.model.inputs), &random)
        do { return try maker(Variable(noise)).value } catch { throw .engine("\(error)") }
    }
}

extension Game.Noise {
    /// Noise, a point a row.
    public func draw(_ shape: Shape, _ random: inout RandomStream) -> Matrix<Float> {
        switch self {
        case .normal: random.normal(shape: shape)
        case .uniform: random.uniform(shape: shape) * 2 - 1
        }
    }

    /// The same inside a recorded step.
    func draw(_ shape: Shape, _ recorder: Recorder<Float>) -> Variable<Float> {
        switch self {
        case .normal: recorder.normal(shape)
        case .uniform: recorder.uniform(shape) * 2 - 1
        }
    }
}
