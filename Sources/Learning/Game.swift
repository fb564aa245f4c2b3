import Autodiff
import LinearAlgebra

/// Two networks at play (Goodfellow et al. 2014, arXiv:1406.2661): a generator G that turns noise into points, and a
/// discriminator D that tells them from real ones.
///
/// A value: to play on makes a new one, and a copy is a branch.
public struct Game: Hashable, Sendable {
    /// A network with its optimiser.
    public typealias Player = Training.Position

    /// What G makes small.
    public enum Loss: String, CaseIterable, Hashable, Sendable {
        /// mean log(1 - D(G(z))): G takes the other side of D's own loss. Where D is sure, its slope is flat.
        case minimax
        /// -mean log D(G(z)): the same equilibrium, and a steep slope where D is sure.
        case nonsaturating

        /// The loss of G from D's logits on what it made. D's own loss is `discriminatorLoss` either way.
        public func generator<Element: RealElement>(_ fakeLogits: Variable<Element>) -> Variable<Element> {
            switch self {
            case .minimax: -fakeLogits.softplus().mean()
            case .nonsaturating: (-fakeLogits).softplus().mean()
            }
        }

        /// What guessing costs D, whatever G makes small: its loss when it answers 1/2 to every point, ln 2.
        public static let discriminatorAtChance = 0.6931471805599453

        /// What it costs G when D guesses, answering 1/2 to every point: ln 2, or for minimax mean log(1 - 1/2) = -ln 2.
        public var generatorAtChance: Double {
            switch self {
            case .minimax: -Self.discriminatorAtChance
            case .nonsaturating: Self.discriminatorAtChance
            }
        }
    }

    /// Where noise comes from: as many numbers a point as G has inputs.
    public enum Noise: String, CaseIterable, Hashable, Sendable {
        /// Standard normal.
        case normal
        /// Uniform on [-1, 1).
        case uniform
    }

    /// The rules of a game.
    public struct Settings: Hashable, Sendable {
        /// What G makes small.
        public var loss: Loss
        /// Where noise comes from.
        public var noise: Noise
        /// Real points, and made-up ones, that a step looks at.
        public var batch: Int

        /// Rules, each with its usual value.
        public init(loss: Loss = .nonsaturating, noise: Noise = .normal, batch: Int = 128) {
            self.loss = loss
            self.noise = noise
            self.batch = batch
        }
    }

    /// What a step was like.
    public struct Record: Hashable, Sendable {
        /// Steps played, this one included.
        public let step: Int
        /// D's loss before its update; ln 2 = 0.693 is what guessing costs.
        public let discriminatorLoss: Double
        /// G's loss after D's update and before its own.
        public let generatorLoss: Double
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
    public let settings: Settings
    /// The real points that batches are drawn from, a point a row.
    public let data: Matrix<Float>
    /// The steps that were recorded.
    public internal(set) var history: [Record] = []
    /// Steps played.
    public internal(set) var steps = 0
    /// Where the noise and the batches of the next step come from.
    public internal(set) var random: RandomStream

    /// A game that is about to begin.
    ///
    /// - Throws: `LearningError` when the networks and the data do not fit together, or a setting is out of range.
    public init(
        generator: Player, discriminator: Player, data: Matrix<Double>, settings: Settings = Settings(),
        random: RandomStream
    ) throws(LearningError) {
        let points = try Observations(data)
        if points.count == 0 { throw .tooFewObservations(needed: 1, got: 0) }
        if settings.batch < 1 {
            throw .outOfRange(name: "batch", value: Double(settings.batch), allowed: "1 or more")
        }
        if discriminator.model.outputs != 1 { throw .outputMismatch(network: discriminator.model.outputs, targets: 1) }
        for width in [generator.model.outputs, discriminator.model.inputs] where width != points.dimension {
            throw .dimensionMismatch(expected: width, got: points.dimension)
        }
        self.generator = generator
        self.discriminator = discriminator
        self.settings = settings
        self.data = Matrix(
            shape: .matrix(points.count, points.dimension), values: points.values.map { Float($0) })
        self.random = random
    }

    /// Plays: D's update on fresh real and made-up points, then G's on fresh noise against the D just made.
    ///
    /// - Parameters:
    ///   - mode: whether the step is recorded and replayed, or computed anew each time; both give the same bits.
    ///   - every: how many steps apart records are kept, besides the last step; nil begins with every step and
    ///     doubles the distance whenever there would be more than a thousand, so that a game has a past however early it
    ///     is stopped.
    ///   - interrupted: looked at once a step; true stops and keeps what was reached.
    ///   - progress: told of every record.
    public mutating func play(
        _ count: Int, mode: Program<Float>.Mode = .replayed, recordEvery every: Int? = nil,
        interrupted: () -> Bool = { false }, progress: (Record) -> Void = { _ in }
    ) throws(LearningError) -> Outcome {
        var interval = max(every ?? 1, 1)
        let (past, begun) = (history.count, steps)
        do {
            let program = try GameProgram(self, mode)
            var (played, outcome) = (0, Outcome.finished)
            func record(_ played: Int) {
                let latest = program.record(steps + played)
                history.append(latest)
                progress(latest)
            }
            while played < count {
                if interrupted() {
                    outcome = .interrupted
                    if played % interval != 0 { record(played) }
                    break
                }
                if let part = try program.step() {
                    outcome = .diverged(part)
                    break
                }
                played += 1
                if every == nil, history.count - past == 1000 {
                    history = history[..<past] + history[past...].filter { ($0.step - begun) % (2 * interval) == 0 }
                    interval *= 2
                }
                if played % interval == 0 || played == count {
                    record(played)
                }
            }
            program.leave(&self, after: played)
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
        do { return try generator.model(Variable(noise)).value } catch { throw .engine("\(error)") }
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
