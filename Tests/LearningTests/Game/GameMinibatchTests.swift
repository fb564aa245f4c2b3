import Autodiff
import Foundation
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

    /// o(x_i)_b is the mean over the batch of exp(-|M_ib - M_jb|₁), the point itself among them: the sum of Salimans et al.
    /// over n, the same for a batch that is repeated.
    @Test func nearnessIsTheMeanOverTheBatch() throws {
        let (net, x) = try Self.judge()
        func features(_ x: Matrix<Double>) throws -> [[Double]] {
            let m = try x.matmul(net.parameters[2])
            return (0..<x.rows).map { i in
                (0..<2).map { kernel in
                    (0..<x.rows).reduce(0.0) { sum, j in
                        let apart = (0..<3).reduce(0.0) { $0 + abs(m[i, 3 * kernel + $1] - m[j, 3 * kernel + $1]) }
                        return sum + exp(-apart)
                    } / Double(x.rows)
                }
            }
        }
        let answers = try net(Variable(x)).value
        for (i, near) in try features(x).enumerated() {
            let weights = net.parameters[0].column(0)
            let own = x[i, 0] * weights[0] + x[i, 1] * weights[1] + near[0] * weights[2] + near[1] * weights[3]
            #expect(abs(answers[i, 0] - own) < 1e-12)
        }
        let twice = try net(Variable(.concatenated([x, x]))).value
        for i in 0..<answers.rows { #expect(abs(twice[i, 0] - answers[i, 0]) < 1e-12) }
    }

    /// A penalty sees the slope of the sum of D's numbers: what the layers say once, what nearness says exactly twice, by
    /// differences of a point's own number.
    @Test func penaltiesSeeTheSlopeOfTheWholeBatch() throws {
        let (net, x) = try Self.judge()
        let points = Variable.parameter(x)
        let logits = try net(points)
        let count = x.rows
        let weights = Variable(Matrix<Double>(repeating: 1, shape: .matrix(count, 1)))
        let penalty = try Game.Penalties.squares([.init(points: points, logits: logits, weights: weights)])
        let layers = net.parameters[0].column(0)
        var (expected, alone) = (0.0, 0.0)
        for i in 0..<count {
            for axis in 0..<2 {
                func own(_ step: Double) throws -> Double {
                    var moved = x
                    moved[i, axis] += step
                    return try net(Variable(moved)).value[i, 0]
                }
                let slope = try (own(1e-6) - own(-1e-6)) / 2e-6
                let whole = 2 * slope - layers[axis]
                expected += whole * whole
                alone += slope * slope
            }
        }
        let found = try #require(penalty).value.number
        #expect(abs(found - expected) < 1e-6 * expected, "\(found) for \(expected)")
        #expect(abs(found - alone) > 0.05 * found)
    }

    /// A D without hidden layers that compares by two kernels of three numbers, and a batch of five points.
    private static func judge() throws -> (MLP<Double>, Matrix<Double>) {
        var random = RandomStream(seed: 6)
        var net = try MLP<Double>(sizes: [2, 1], random: &random)
            .with(DiscriminatorHead(kernels: 2, dims: 3), random: &random)
        net.parameters[0] = Matrix(rows: [[0.5], [-0.3], [2], [1.5]])
        return (net, random.normal(shape: .matrix(5, 2)))
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
