import Autodiff
import LinearAlgebra

extension Game {
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
        /// A spectator had seen enough.
        case reached
        /// The next step would have made this infinite or NaN; it was not played.
        case diverged(Part)

        /// What can be the first to be no longer finite.
        public enum Part: Hashable, Sendable {
            /// The loss of one of the two.
            case discriminatorLoss, generatorLoss
            /// The parameters of one of the two after the step, or what its optimiser remembers.
            case discriminator, generator
            /// The numbers of a layer, counted from 1.
            case layer(Role, Int)
        }
    }

    /// Which of the two.
    public enum Role: String, CaseIterable, Hashable, Sendable {
        /// The generator.
        case generator = "g"
        /// The discriminator.
        case discriminator = "d"
    }

    /// Somebody who looks at a game while it is played.
    public struct Spectator {
        /// Whether to look at the game after this step.
        public var isDue: (_ step: Int) -> Bool
        /// Looks at the game as it stands and at what its last step was like; true ends the stretch.
        public var look: (Game, Record) throws(LearningError) -> Bool

        /// A spectator.
        public init(
            isDue: @escaping (_ step: Int) -> Bool, look: @escaping (Game, Record) throws(LearningError) -> Bool
        ) {
            self.isDue = isDue
            self.look = look
        }
    }

    /// Plays: D's updates on fresh real and made-up points, then G's on fresh noise.
    ///
    /// `watch` looks at its steps; what it draws comes from streams of its own.
    ///
    /// - Parameters:
    ///   - mode: whether the step is recorded and replayed, or computed anew each time; both give the same bits.
    ///   - every: how many steps apart records are kept, besides the last step; nil begins with every step and
    ///     doubles the distance whenever there would be more than a thousand, so that a game has a past however early it
    ///     is stopped.
    ///   - spectator: looks on, and may end the stretch.
    ///   - threads: how many threads share a step that is large enough; nil is `Threads.standard`. The numbers are the
    ///     same with any.
    ///   - interrupted: looked at once a step; true stops and keeps what was reached.
    ///   - progress: told of every record.
    public mutating func play(
        _ count: Int, mode: Program<Float>.Mode = .replayed, recordEvery every: Int? = nil,
        spectator: Spectator? = nil, threads: Int? = nil, interrupted: () -> Bool = { false },
        progress: (Record) -> Void = { _ in }
    ) throws(LearningError) -> Outcome {
        try play(
            count, mode: mode, recordEvery: every, spectator: spectator, threads: threads, witness: nil,
            interrupted: interrupted, progress: progress)
    }

    /// The same, seen by a witness, which needs a step that is computed anew each time.
    mutating func play(
        _ count: Int, mode: Program<Float>.Mode, recordEvery every: Int? = nil, spectator: Spectator? = nil,
        threads: Int? = nil, witness: GameWitness?, interrupted: () -> Bool, progress: (Record) -> Void = { _ in }
    ) throws(LearningError) -> Outcome {
        do {
            let program = try GameProgram(self, mode, threads: threads, witness: witness)
            var records = GameRecords(history, from: steps, every: every)
            var (outcome, watch) = (Outcome.finished, watch)
            func stands() -> Game {
                var game = program.reached
                game.history = records.all
                game.watch = watch
                return game
            }
            while program.played < count {
                if interrupted() {
                    outcome = .interrupted
                    break
                }
                if let part = try program.step() {
                    outcome = .diverged(program.reached.firstInfiniteLayer ?? part)
                    break
                }
                if records.take(after: program.played, program.record) { progress(program.record) }
                let step = steps + program.played
                if watch.isDue(at: step) { try watch.look(at: program.reached) }
                if let spectator, spectator.isDue(step), try spectator.look(stands(), program.record) {
                    outcome = .reached
                    break
                }
            }
            if program.played > 0, records.last?.step != steps + program.played {
                if case .diverged = outcome {
                } else {
                    records.keep(program.record)
                    progress(program.record)
                }
            }
            self = stands()
            return outcome
        } catch let error as LearningError {
            throw error
        } catch {
            throw .engine("\(error)")
        }
    }

    /// The first layer, of G and then of D, whose numbers are no longer finite on fresh noise; nil when all are.
    private var firstInfiniteLayer: Outcome.Part? {
        var random = random
        let (noise, labels) = latent(settings.batch, using: &random)
        let made = (try? generator.model(Variable(noise)).value).map {
            classes > 0 ? $0.beside(labels, of: classes) : $0
        }
        func packed(_ rows: Matrix<Float>?) -> Matrix<Float>? {
            rows.flatMap { try? settings.packed(Variable($0), (data.dimension, classes)).value }
        }
        let parts: [(Role, MLP<Float>, Matrix<Float>?)] = [
            (.generator, generator.model, noise), (.discriminator, discriminator.model, packed(made)),
            (.discriminator, discriminator.model, packed(realRows(settings.batch, using: &random))),
        ]
        for (role, model, points) in parts {
            guard let points else { continue }
            let variables = model.parameters.map { Variable($0) }
            if let layer = try? model.firstBadLayer(Variable(points), variables) { return .layer(role, layer) }
        }
        return nil
    }

    /// Updates one player while the other stands still. That is no step: `steps` and `history` stay as they are.
    ///
    /// - Returns: how it ended, and what the last update was like; the loss of the player that stood still is NaN.
    public mutating func update(
        _ role: Role, count: Int = 1, mode: Program<Float>.Mode = .replayed, interrupted: () -> Bool = { false }
    ) throws(LearningError) -> (outcome: Outcome, last: Record?) {
        do {
            let program = try GameProgram(self, mode, only: role)
            var (outcome, last) = (Outcome.finished, nil as Record?)
            while program.played < count {
                if interrupted() {
                    outcome = .interrupted
                    break
                }
                if let part = try program.step() {
                    outcome = .diverged(part)
                    break
                }
                last = program.record
            }
            self = program.reached
            return (outcome, last)
        } catch {
            throw .engine("\(error)")
        }
    }
}

/// The records of a stretch of play, thinned as it grows.
private struct GameRecords {
    private(set) var all: [Game.Record]
    private let past: Int
    private let begun: Int
    private let isFixed: Bool
    private var interval: Int

    init(_ history: [Game.Record], from step: Int, every: Int?) {
        all = history
        past = history.count
        begun = step
        isFixed = every != nil
        interval = max(every ?? 1, 1)
    }

    /// The last one of this stretch.
    var last: Game.Record? { all.count > past ? all.last : nil }

    /// Keeps the record of a step if it is one of those to be kept.
    mutating func take(after played: Int, _ record: @autoclosure () -> Game.Record) -> Bool {
        if !isFixed, all.count - past == 1000 {
            all = all[..<past] + all[past...].filter { ($0.step - begun) % (2 * interval) == 0 }
            interval *= 2
        }
        guard played % interval == 0 else { return false }
        keep(record())
        return true
    }

    /// Keeps a record whatever its step.
    mutating func keep(_ record: Game.Record) { all.append(record) }
}
