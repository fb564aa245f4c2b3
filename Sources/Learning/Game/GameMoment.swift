import Autodiff
import LinearAlgebra

extension Game {
    /// A part of an update, with the very numbers that were in it.
    public struct Moment: Sendable {
        /// What happened.
        public enum Event: Sendable {
            /// Real points were drawn, a point a row.
            case real(Matrix<Float>)
            /// Noise was drawn, a row for each point that is to be made.
            case noise(Matrix<Float>)
            /// G made points of noise, a point a row.
            case made(Matrix<Float>, from: Matrix<Float>)
            /// D gave its numbers.
            case judged(Verdict)
            /// The loss was computed from them; `penalty` is what was added to D's.
            case loss(Double, penalty: Double, Verdict)
            /// The gradient of the loss for each of the player's parameters, as its optimiser gets it.
            case slopes([Matrix<Float>])
            /// The player's parameters changed.
            case moved(from: [Matrix<Float>], to: [Matrix<Float>])
            /// G has looked so many updates of D ahead, and is judged by the D that it saw there.
            case foreseen(Int)
        }

        /// What D said, and of what.
        public struct Verdict: Sendable {
            /// The points as D saw them: with instance noise, and so many to a row as are packed. Real ones are missing
            /// where the loss looks at none.
            public let realPoints: Matrix<Float>?, fakePoints: Matrix<Float>
            /// D's number for each row of them, n x 1.
            public let real: Matrix<Float>?, fake: Matrix<Float>
        }

        /// What happened.
        public let event: Event
        /// Whose update it belongs to.
        public let role: Role
        /// Which of D's updates within the step, from 0.
        public let round: Int
        /// Whether it belongs to the step that only looks ahead.
        public let isLookAhead: Bool
        /// The game as it stood then: with D as it was when it judged.
        public let game: Game
    }

    /// Plays one step in slow motion: the same as `play(1)`, to the last bit, and all its parts.
    ///
    /// - Parameter interrupted: true before the step is played gives it up.
    /// - Returns: how it ended, and what happened in the order in which it was computed.
    public mutating func walk(
        interrupted: () -> Bool = { false }
    ) throws(LearningError) -> (outcome: Outcome, moments: [Moment]) {
        if interrupted() { return (.interrupted, []) }
        let witness = GameWitness()
        return (try play(1, mode: .eager, witness: witness, interrupted: { false }), witness.moments)
    }
}

extension [Game.Moment] {
    /// What a player's loss would be after its move, on the very points that the move was computed from; nil where chance
    /// or a term beside the loss has a part in it (dropout, instance noise on G's points, mode seeking).
    public func lossAfterMove(at index: Int) -> Double? {
        guard indices.contains(index), case .moved(_, let parameters) = self[index].event else { return nil }
        let (role, settings) = (self[index].role, self[index].game.settings)
        let before = self[..<index].filter { $0.role == role }
        guard settings.dropout == 0,
            let verdict = before.compactMap({ if case .loss(_, _, let verdict) = $0.event { verdict } else { nil } })
                .last
        else { return nil }
        let game = self[index].game
        if role == .discriminator { return try? game.with(discriminator: parameters).discriminatorLoss(verdict) }
        guard settings.instanceNoise.deviation == 0, settings.modeSeeking == 0,
            self[index].game.classes == 0,
            let noise = before.compactMap({ if case .noise(let noise) = $0.event { noise } else { nil } }).last
        else { return nil }
        return try? game.with(generator: parameters).generatorLoss(of: noise, verdict)
    }
}

extension Game {
    /// D's loss on points that it has seen.
    fileprivate func discriminatorLoss(_ verdict: Moment.Verdict) throws -> Double? {
        guard let real = verdict.realPoints else { return nil }
        let judge = judgeOfBatches
        let loss = try settings.loss.discriminator(
            real: judge(Variable(real)), fake: judge(Variable(verdict.fakePoints)), smoothing: settings.labelSmoothing)
        return Double(loss.value.number)
    }

    /// G's loss on what it makes of noise, beside the real points that it was compared with.
    fileprivate func generatorLoss(of noise: Matrix<Float>, _ verdict: Moment.Verdict) throws -> Double {
        let made = try generator.model(Variable(noise)).reshaped(verdict.fakePoints.shape)
        let loss = try settings.loss.generator(judgeOfBatches(made), real: verdict.real.map { Variable($0) })
        return Double(loss.value.number)
    }
}

extension Game {
    /// The game with other parameters of G or of D.
    public func with(generator: [Matrix<Float>]? = nil, discriminator: [Matrix<Float>]? = nil) -> Game {
        var game = self
        if let generator { game.generator = game.generator.with(generator) }
        if let discriminator { game.discriminator = game.discriminator.with(discriminator) }
        return game
    }
}

extension Game.Player {
    /// The player with other parameters.
    fileprivate func with(_ parameters: [Matrix<Float>]) -> Game.Player {
        var model = model
        model.parameters = parameters
        return Game.Player(model: model, optimiser: optimiser)
    }
}

/// Looks on while a step is computed eagerly, and keeps what it sees.
final class GameWitness {
    private(set) var moments: [Game.Moment] = []
    /// Which of D's updates is being made.
    var round = 0
    /// Whether the step that looks ahead is being made.
    var isLookAhead = false

    /// Forgets what it saw: a step begins.
    func begin() { (moments, round, isLookAhead) = ([], 0, false) }

    func see(_ event: Game.Moment.Event, _ role: Game.Role, in game: Game) {
        moments.append(
            Game.Moment(event: event, role: role, round: round, isLookAhead: isLookAhead, game: game))
    }
}

extension GameStep {
    /// The game as it would stand with these parameters.
    private func stood(_ d: [Variable<Float>], _ g: [Variable<Float>]) -> Game {
        var stood = game.with(generator: g.map(\.value), discriminator: d.map(\.value))
        stood.history = []
        for (layer, direction) in judge.spectra.enumerated() {
            stood.memory["D.spectrum\(layer)"] = direction.value
        }
        return stood
    }

    /// Tells the witness how D's loss came about.
    func tell(_ cost: DiscriminatorCost, d: [Variable<Float>], g: [Variable<Float>]) {
        guard let witness else { return }
        let stood = stood(d, g)
        let half = cost.logits.shape.rows / 2
        let logits = cost.logits.value.values
        func column(_ values: ArraySlice<Float>) -> Matrix<Float> {
            Matrix(shape: .matrix(values.count, 1), values: Array(values))
        }
        let verdict = Game.Moment.Verdict(
            realPoints: cost.real.value, fakePoints: cost.fake.value, real: column(logits[..<half]),
            fake: column(logits[half...]))
        witness.see(.judged(verdict), .discriminator, in: stood)
        let (loss, penalty) = (Double(cost.loss.value.number), Double(cost.penalty?.value.number ?? 0))
        witness.see(.loss(loss, penalty: penalty, verdict), .discriminator, in: stood)
    }

    /// Tells the witness how G's loss came about.
    func tell(_ cost: GeneratorCost, d: [Variable<Float>], g: [Variable<Float>]) {
        guard let witness else { return }
        let stood = stood(d, g)
        witness.see(.noise(cost.noise.value), .generator, in: stood)
        witness.see(.made(cost.points.value, from: cost.noise.value), .generator, in: stood)
        let verdict = Game.Moment.Verdict(
            realPoints: cost.real?.points.value, fakePoints: cost.seen.value, real: cost.real?.logits.value,
            fake: cost.logits.value)
        witness.see(.judged(verdict), .generator, in: stood)
        let loss = Double(cost.loss.value.number)
        witness.see(.loss(loss, penalty: 0, verdict), .generator, in: stood)
    }

    /// Tells the witness of points of both sorts before D has seen them.
    func tell(real: Variable<Float>, noise: Variable<Float>, made: Variable<Float>) {
        guard let witness else { return }
        witness.see(.real(real.value), .discriminator, in: game)
        witness.see(.noise(noise.value), .discriminator, in: game)
        witness.see(.made(made.value, from: noise.value), .discriminator, in: game)
    }

    /// Tells the witness how a player moved along its gradient.
    func tell(_ role: Game.Role, slopes: [Variable<Float>], from state: [Variable<Float>], to next: [Variable<Float>]) {
        guard let witness else { return }
        let stood = witness.moments.last?.game ?? game
        witness.see(.slopes(slopes.map(\.value)), role, in: stood)
        witness.see(.moved(from: state.map(\.value), to: next.map(\.value)), role, in: stood)
    }
}
