import Autodiff
import LinearAlgebra

/// A step of a game as it is written down once for a program: D's updates, and then G's.
struct GameStep {
    private let game: Game
    private let settings: Game.Settings
    private let recorder: Recorder<Float>
    private let discriminator: RecordedOptimiser<Float>
    private let generator: RecordedOptimiser<Float>
    private var reality: GameReality
    /// The standard deviation of instance noise, where there is some.
    private let blur: Variable<Float>?

    /// Declares all that lasts from step to step.
    init(_ game: Game, _ recorder: Recorder<Float>, pool: (points: Matrix<Float>, used: Int)) {
        self.game = game
        self.recorder = recorder
        settings = game.settings
        discriminator = RecordedOptimiser(
            recorder, "D", game.discriminator.optimiser, game.discriminator.model.parameters)
        generator = RecordedOptimiser(recorder, "G", game.generator.optimiser, game.generator.model.parameters)
        reality = GameReality(recorder, game.data, pool: pool)
        let noise = settings.instanceNoise
        blur =
            noise.deviation > 0
            ? recorder.input("blur", Matrix(Float(noise.deviation(after: game.steps)))) : nil
    }

    /// Writes the step.
    mutating func write() throws {
        var stateD = discriminator.state
        var (lossOfD, penalty) = (Variable<Float>(0), Variable<Float>(0))
        for _ in 0..<settings.discriminatorSteps {
            (stateD, lossOfD, penalty) = try discriminatorUpdate(stateD)
        }
        let opponent = settings.order == .alternating ? stateD : discriminator.state
        let (stateG, lossOfG) = try generatorUpdate(against: opponent.parameters)
        let parts: [(String, Variable<Float>)] = [
            ("sound.lossD", try (lossOfD + penalty) * 0), ("sound.D", try RecordedOptimiser.soundness(stateD)),
            ("sound.lossG", lossOfG * 0), ("sound.G", try RecordedOptimiser.soundness(stateG)),
        ]
        var soundness = Variable<Float>(0)
        for (name, part) in parts {
            recorder.output(name, part)
            soundness = try soundness + part
        }
        let isSound = soundness.combined(with: 0, by: .equal)
        try discriminator.update(to: stateD, if: isSound)
        try generator.update(to: stateG, if: isSound)
        try average(stateG.parameters, if: isSound)
        try reality.finish(if: isSound)
        recorder.output("soundness", soundness)
        recorder.output("lossD", lossOfD)
        recorder.output("lossG", lossOfG)
        recorder.output("penalty", penalty)
    }

    // MARK: D

    /// D judges as many real points as made-up ones.
    private mutating func discriminatorUpdate(
        _ state: OptimiserState<Float>
    ) throws -> (next: OptimiserState<Float>, loss: Variable<Float>, penalty: Variable<Float>) {
        let parameters = leaves(state)
        let real = try seen(reality.batch(settings.batch))
        let fake = try seen(made(generator.parameters).detached)
        let groups = try judged(real, fake, parameters)
        let logits = try groups.count == 1 ? groups[0].logits : Variable.concatenated(groups.map(\.logits), axis: 0)
        let loss = try settings.loss.discriminator(logits, smoothing: settings.labelSmoothing)
        let penalty = try penalty(groups, real, fake, parameters)
        let total = try penalty.map { (penalty) throws(ShapeError) in try loss + penalty } ?? loss
        let slopes = try limited(gradients(of: total, withRespectTo: parameters))
        var next = try discriminator.stepped(slopes, from: state)
        next.parameters = settings.penalties.clipped(next.parameters)
        return (next, loss, penalty ?? Variable(0))
    }

    /// The parameters of a state to be differentiated for: those of the step's beginning are inputs already.
    private func leaves(_ state: OptimiserState<Float>) -> [Variable<Float>] {
        state.parameters.allSatisfy { $0.operation == nil }
            ? state.parameters : state.parameters.map { $0.asParameter() }
    }

    /// Both halves of the batch in one pass, the real ones first; in two where only one of them has to answer for D's
    /// gradient.
    private func judged(
        _ real: Variable<Float>, _ fake: Variable<Float>, _ parameters: [Variable<Float>]
    ) throws(ShapeError) -> [Game.Penalties.Group<Float>] {
        let (r1, r2) = (settings.penalties.r1, settings.penalties.r2)
        func weights(_ gammas: [Double]) -> Variable<Float>? {
            if gammas.allSatisfy({ $0 == 0 }) { return nil }
            let values = gammas.flatMap { gamma in
                [Float](repeating: Float(gamma / 2 / Double(settings.batch)), count: settings.batch)
            }
            return Variable(Matrix(shape: .matrix(values.count, 1), values: values))
        }
        func group(_ points: Variable<Float>, _ weights: Variable<Float>?) throws(ShapeError)
            -> Game.Penalties.Group<Float>
        {
            let points = weights == nil ? points : points.asParameter()
            let logits = try game.discriminator.model.logits(of: points, with: parameters)
            return Game.Penalties.Group(points: points, logits: logits, weights: weights)
        }
        if (r1 > 0) == (r2 > 0) {
            return [try group(.concatenated([real, fake], axis: 0), weights([r1, r2]))]
        }
        return [try group(real, weights([r1])), try group(fake, weights([r2]))]
    }

    /// All that is added to D's loss, nil for nothing.
    private func penalty(
        _ groups: [Game.Penalties.Group<Float>], _ real: Variable<Float>, _ fake: Variable<Float>,
        _ parameters: [Variable<Float>]
    ) throws -> Variable<Float>? {
        let squares = try Game.Penalties.squares(groups)
        guard settings.penalties.interpolated > 0 else { return squares }
        let share = recorder.uniform(.matrix(settings.batch, 1))
        let points = try (real + (fake - real) * share).asParameter()
        let logits = try game.discriminator.model.logits(of: points, with: parameters)
        let between = try settings.penalties.between(points, logits)
        return try squares.map { (squares) throws(ShapeError) in try squares + between } ?? between
    }

    // MARK: G

    /// G is judged by a D that stands still.
    private mutating func generatorUpdate(
        against discriminator: [Variable<Float>]
    ) throws -> (next: OptimiserState<Float>, loss: Variable<Float>) {
        let fixed = discriminator.map(\.detached)
        let judge = game.discriminator.model
        let logits = try judge.logits(of: seen(made(generator.parameters)), with: fixed)
        var real: Variable<Float>?
        if settings.loss.pairsPoints {
            real = try judge.logits(of: seen(reality.batch(settings.batch)), with: fixed)
        }
        let loss = try settings.loss.generator(logits, real: real)
        let slopes = try limited(gradients(of: loss, withRespectTo: generator.parameters))
        return (try generator.stepped(slopes, from: generator.state), loss)
    }

    /// A batch of made-up points from fresh noise.
    private func made(_ parameters: [Variable<Float>]) throws(ShapeError) -> Variable<Float> {
        let model = game.generator.model
        let noise = settings.noise.draw(.matrix(settings.batch, model.inputs), recorder)
        return try model.finished(model.logits(of: noise, with: parameters))
    }

    /// The running average of G's parameters.
    private func average(_ parameters: [Variable<Float>], if isSound: Variable<Float>) throws(ShapeError) {
        guard let decay = settings.averageDecay else { return }
        for (index, parameter) in parameters.enumerated() {
            let old = recorder.input("mean.\(index)", game.average?[index] ?? game.generator.model.parameters[index])
            let next = try old * Float(decay) + parameter.detached * Float(1 - decay)
            recorder.update(old, to: try Variable.select(isSound, next, old))
        }
    }

    // MARK: Both

    /// Points as D sees them: with instance noise, if there is some.
    private func seen(_ points: Variable<Float>) throws(ShapeError) -> Variable<Float> {
        guard let blur else { return points }
        return try points + recorder.normal(points.shape) * blur
    }

    /// Gradients whose common length is at most the limit.
    private func limited(_ slopes: [Variable<Float>]) throws(ShapeError) -> [Variable<Float>] {
        guard let limit = settings.gradientLimit else { return slopes }
        var squares = Variable<Float>(0)
        for slope in slopes { squares = try squares + slope.square().sum() }
        let factor = (Float(limit) / (squares.squareRoot() + 1e-12)).minimum(1)
        return try slopes.map { (slope) throws(ShapeError) in try slope * factor }
    }
}
