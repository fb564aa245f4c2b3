import Autodiff
import LinearAlgebra

/// One step of a game as a program.
struct GameProgram {
    private let program: Program<Float>

    /// Records the step from where the game stands.
    init(_ game: Game, _ mode: Program<Float>.Mode) throws {
        program = try Program(mode, random: game.random) { recorder in
            let discriminator = RecordedOptimiser(
                recorder, "D", game.discriminator.optimiser, game.discriminator.model.parameters)
            let generator = RecordedOptimiser(recorder, "G", game.generator.optimiser, game.generator.model.parameters)
            let (nextD, lossOfD) = try Self.discriminatorUpdate(game, recorder, discriminator, generator)
            let (nextG, lossOfG) = try Self.generatorUpdate(game, recorder, generator, against: nextD)
            let parts: [(String, Variable<Float>)] = [
                ("sound.lossD", lossOfD * 0), ("sound.D", try RecordedOptimiser.soundness(nextD)),
                ("sound.lossG", lossOfG * 0), ("sound.G", try RecordedOptimiser.soundness(nextG)),
            ]
            var soundness = Variable<Float>(0)
            for (name, part) in parts {
                recorder.output(name, part)
                soundness = try soundness + part
            }
            let isSound = soundness.combined(with: 0, by: .equal)
            try discriminator.update(to: nextD, if: isSound)
            try generator.update(to: nextG, if: isSound)
            recorder.output("soundness", soundness)
            recorder.output("lossD", lossOfD)
            recorder.output("lossG", lossOfG)
        }
    }

    /// D judges as many real points as made-up ones in one pass, the real ones first.
    private static func discriminatorUpdate(
        _ game: Game, _ recorder: Recorder<Float>, _ discriminator: RecordedOptimiser<Float>,
        _ generator: RecordedOptimiser<Float>
    ) throws -> (next: OptimiserState<Float>, loss: Variable<Float>) {
        let batch = game.settings.batch
        let rows = recorder.indices(batch, below: game.data.rows)
        let real = try recorder.input("data", game.data).gathered(rows)
        let fake = try made(game, recorder, generator).detached
        let points = try Variable.concatenated([real, fake], axis: 0)
        let logits = try game.discriminator.model.logits(of: points, with: discriminator.parameters)
        // softplus(-logit) for the real half, softplus(logit) for the other: the mean is `discriminatorLoss`.
        let signs = [Float](repeating: -1, count: batch) + [Float](repeating: 1, count: batch)
        let turned = try logits * Variable(Matrix(shape: .matrix(2 * batch, 1), values: signs))
        let loss = turned.softplus().mean()
        return (try discriminator.stepped(gradients(of: loss, withRespectTo: discriminator.parameters)), loss)
    }

    /// G is judged by the D that has just been made.
    private static func generatorUpdate(
        _ game: Game, _ recorder: Recorder<Float>, _ generator: RecordedOptimiser<Float>,
        against discriminator: OptimiserState<Float>
    ) throws -> (next: OptimiserState<Float>, loss: Variable<Float>) {
        let fixed = discriminator.parameters.map(\.detached)
        let logits = try game.discriminator.model.logits(of: made(game, recorder, generator), with: fixed)
        let loss = game.settings.loss.generator(logits)
        return (try generator.stepped(gradients(of: loss, withRespectTo: generator.parameters)), loss)
    }

    /// A batch of made-up points from fresh noise.
    private static func made(
        _ game: Game, _ recorder: Recorder<Float>, _ generator: RecordedOptimiser<Float>
    ) throws(ShapeError) -> Variable<Float> {
        let model = game.generator.model
        let noise = game.settings.noise.draw(.matrix(game.settings.batch, model.inputs), recorder)
        return try model.finished(model.logits(of: noise, with: generator.parameters))
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
