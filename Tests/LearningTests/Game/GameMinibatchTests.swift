import Autodiff
import LinearAlgebra
import Probability
import Testing

@testable import Learning

/// A discriminator that compares the points of a batch, in play.
@Suite struct GameMinibatchTests {
    func game(_ change: (inout Game.Settings) -> Void = { _ in }) throws -> Game {
        var settings = Game.Settings(batch: 32)
        settings.minibatchKernels = 3
        change(&settings)
        return try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
    }

    @Test func kernelsAreTrainedAndTakenBack() throws {
        var game = try game()
        var past = GamePast()
        past.keep(game)
        let start = game
        #expect(game.discriminator.model.parameterNames.last == "T")
        #expect(try game.play(40) == .finished)
        #expect(game.discriminator.model.parameters.last != start.discriminator.model.parameters.last)
        past.keep(game)
        let back = try #require(try game.rewound(to: 20, by: past))
        var again = start
        _ = try again.play(20)
        #expect(back.discriminator == again.discriminator && back.generator == again.generator)
    }

    /// Kernels that are put on in the middle of play change no answer, and D's optimiser begins anew; taken off, the rest of
    /// D stays.
    @Test func kernelsComeAndGo() throws {
        var game = try game { $0.minibatchKernels = 0 }
        _ = try game.play(10)
        let before = game
        var rules = game.rules
        rules.settings.minibatchKernels = 4
        try game.change(to: rules)
        let points: Matrix<Float> = Matrix(rows: [[1, 2], [0, 0]])
        #expect(try game.logits(of: points) == before.logits(of: points))
        #expect(game.discriminator.optimiser.steps == 0 && game.generator == before.generator)
        #expect(try game.play(5) == .finished)
        rules.settings.minibatchKernels = 0
        try game.change(to: rules)
        #expect(game.discriminator.model.parameters.map(\.shape) == before.discriminator.model.parameters.map(\.shape))
        #expect(try game.play(5) == .finished)
    }

    /// What a step judges in one batch is what is measured in batches.
    @Test func measuresJudgeInBatches() throws {
        var game = try game()
        _ = try game.play(30)
        var random = RandomStream(seed: 4)
        let rows = Variable(game.realRows(70, using: &random))
        let model = game.judgeOfBatches
        let whole = try game.logits(ofRows: rows, by: model, with: model.variables).value
        #expect(whole.rows == 64)
        for batch in 0..<2 {
            let own = try model.logits(of: rows.rows(32 * batch..<32 * (batch + 1)), with: model.variables).value
            #expect(Array(whole.values[32 * batch..<32 * (batch + 1)]) == own.values)
        }
        #expect(game.judge.company?.rows == 31 && game.judge.company == game.judge.company)
        #expect(Measure.discriminatorOptimality.obstacle(in: game) != nil)
        let values = try Measure.evaluate([.accuracyReal, .generatorGradient, .exploitability], game)
        #expect(values.count == 3 && values.values.allSatisfy(\.isFinite))
    }

    /// Every step sees every weight divided by its largest stretch, T among them.
    @Test func spectralNormalisationHoldsTheKernels() throws {
        var game = try game { $0.penalties.isSpectral = true }
        _ = try game.play(200)
        let judge = game.judgeOfBatches
        for place in judge.weightIndices {
            let weights = Variable(judge.parameters[place])
            var direction = Variable(SpectralNorm.start(for: judge.parameters[place]))
            for _ in 0..<50 {
                let image = try direction.matmul(weights)
                direction = try image.matmul(weights, transposingLeft: false, transposingRight: true)
                direction = try direction / direction.square().sum().squareRoot()
            }
            let stretch = Double(try direction.matmul(weights).square().sum().squareRoot().value.number)
            #expect(abs(stretch - 1) < 0.15, "\(judge.parameterNames[place]): \(stretch)")
        }
    }

    @Test func freshTrialsHaveTheKernelsOfTheirRules() throws {
        let game = try game()
        var rules = game.rules
        rules.settings.minibatchKernels = 7
        let fresh = try GameTrials.fresh(like: game, rules: rules, seed: 3)
        #expect(fresh.discriminator.model.head.kernels == 7)
        rules.settings.minibatchKernels = 0
        let plain = try GameTrials.fresh(like: game, rules: rules, seed: 3)
        #expect(plain.discriminator.model.head.kernels == 0 && plain.generator == fresh.generator)
        #expect(plain.discriminator.model.parameters[0] == fresh.discriminator.model.parameters[0])
    }
}
