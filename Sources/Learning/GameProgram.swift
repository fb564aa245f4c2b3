import Autodiff
import LinearAlgebra

/// One step of a game as a program.
struct GameProgram {
    private let program: Program<Float>

    /// Records the step from where the game stands.
    init(_ game: Game, _ mode: Program<Float>.Mode) throws {
        program = try Program(mode, random: game.random) { recorder in
            let judge = RecordedOptimiser(
                recorder, "D", game.discriminator.optimiser, game.discriminator.model.parameters)
            let forger = RecordedOptimiser(recorder, "G", game.generator.optimiser, game.generator.model.parameters)
            let (nextJudge, judgeLoss) = try Self.discriminatorUpdate(game, recorder, judge, forger)
            let (nextForger, forgerLoss) = try Self.generatorUpdate(game, recorder, forger, against: nextJudge)
            let parts: [(String, Variable<Float>)] = [
                ("sound.lossD", judgeLoss * 0), ("sound.D", try RecordedOptimiser.soundness(nextJudge)),
                ("sound.lossG", forgerLoss * 0), ("sound.G", try RecordedOptimiser.soundness(nextForger)),
            ]
            var soundness = Variable<Float>(0)
            for (name, part) in parts {
                recorder.output(name, part)
                soundness = try soundness + part
            }
            let isSound = soundness.combined(with: 0, by: .equal)
            try judge.update(to: nextJudge, if: isSound)
            try forger.update(to: nextForger, if: isSound)
            recorder.output("soundness", soundness)
            recorder.output("lossD", judgeLoss)
            recorder.output("lossG", forgerLoss)
        }
    }

    /// D judges as many real points as made-up ones in one pass, the real ones first.
    private static func discriminatorUpdate(
        _ game: Game, _ recorder: Recorder<Float>, _ judge: RecordedOptimiser<Float>, _ forger: RecordedOptimiser<Float>
    ) throws -> (next: OptimiserState<Float>, loss: Variable<Float>) {
        let batch = game.settings.batch
        let rows = recorder.indices(batch, below: game.data.rows)
        let real = try recorder.input("data", game.data).gathered(rows)
        let fake = try made(game, recorder, forger).detached
        let points = try Variable.concatenated([real, fake], axis: 0)
        let logits = try game.discriminator.model.logits(of: points, with: judge.parameters)
        // softplus(-logit) for the real half, softplus(logit) for the other: the mean is `discriminatorLoss`.
        let signs = [Float](repeating: -1, count: batch) + [Float](repeating: 1, count: batch)
        let turned = try logits * Variable(Matrix(shape: .matrix(2 * batch, 1), values: signs))
        let loss = turned.softplus().mean()
        return (try judge.stepped(gradients(of: loss, withRespectTo: judge.parameters)), loss)
    }

    /// G is judged by the D that has just been made.
    private static func generatorUpdate(
        _ game: Game, _ recorder: Recorder<Float>, _ forger: RecordedOptimiser<Float>,
        against judge: OptimiserState<Float>
    ) throws -> (next: OptimiserState<Float>, loss: Variable<Float>) {
        let fixed = judge.parameters.map(\.detached)
        let logits = try game.discriminator.model.logits(of: made(game, recorder, forger), with: fixed)
        let loss = game.settings.loss.generator(logits)
        return (try forger.stepped(gradients(of: loss, withRespectTo: forger.parameters)), loss)
    }

    /// A batch of made-up points from fresh noise.
    private static func made(
        _ game: Game, _ recorder: Recorder<Float>, _ forger: RecordedOptimiser<Float>
    ) throws(ShapeError) -> Variable<Float> {
        let model = game.generator.model
        let noise = game.settings.noise.draw(.matrix(game.settings.batch, model.inputs), recorder)
        return try model.finished(model.logits(of: noise, with: forger.parameters))
    }

    /// Plays a step, unless something would no longer be finite: then nothing changes and the part is returned.
    func step() throws -> Game.Outcome.Part? {
        try program.run()
        if program.number("soundness") == 0 { return nil }
        let order: [(String, Game.Outcome.Part)] = [
            ("sound.lossD", .discriminatorLoss), ("sound.D", .discriminator), ("sound.lossG", .generatorLoss),
        ]
        return order.first { program.number($0.0) != 0 }?.1 ?? .generator
    }

    /// The losses of the step just played.
    func record(_ step: Int) -> Game.Record {
        Game.Record(
            step: step, discriminatorLoss: Double(program.number("lossD")),
            generatorLoss: Double(program.number("lossG")))
    }

    /// Takes over into the game what the program has come to.
    func leave(_ game: inout Game, after count: Int) {
        game.discriminator = resumed(game.discriminator, "D", after: count)
        game.generator = resumed(game.generator, "G", after: count)
        game.random = program.random
        game.steps += count
    }

    private func resumed(_ player: Game.Player, _ name: String, after count: Int) -> Game.Player {
        let (optimiser, parameters) = player.optimiser.resumed(
            from: program, name, parameters: player.model.parameters, after: count)
        var model = player.model
        model.parameters = parameters
        return Game.Player(model: model, optimiser: optimiser)
    }
}
