import Autodiff
import LinearAlgebra
import Probability
import Testing

@testable import Learning

/// The smallest game there is (Mescheder et al. 2018): D(x) = w x against a G that always makes the point b, over data that
/// are all 0, with the Wasserstein loss. Its only equilibrium is w = b = 0.
@Suite struct GameDynamicsTests {
    func dirac(
        _ settings: Game.Settings, w: Float = 1, b: Float = 1, rate: Double = 0.1, batch: Int = 4
    ) throws -> Game {
        var random = RandomStream(seed: 1)
        var settings = settings
        (settings.loss, settings.batch) = (.wasserstein, batch)
        func player(_ weight: Float, _ bias: Float) throws -> Game.Player {
            var model = try MLP<Float>(sizes: [1, 1], random: &random)
            model.parameters = [Matrix(rows: [[weight]]), Matrix(vector: [bias])]
            return Game.Player(model: model, optimiser: Optimiser(.sgd, learningRate: rate))
        }
        return try Game(
            generator: player(0, b), discriminator: player(w, 0), data: Matrix(rows: [[0], [0]]), settings: settings,
            random: random)
    }

    /// How far both are from the equilibrium after so many steps; G's weight on its noise counts too.
    func distance(_ settings: Game.Settings, steps: Int = 300) throws -> Double {
        var game = try dirac(settings, batch: 256)
        #expect(try game.play(steps) == .finished)
        let numbers = [
            game.generator.model.parameters[1][0], game.generator.model.parameters[0][0],
            game.discriminator.model.parameters[0][0],
        ]
        return numbers.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    @Test func whatSpiralsOutwardsIsCured() throws {
        var settings = Game.Settings()
        settings.order = .simultaneous
        #expect(try distance(settings) > 3)
        for dynamics in [Game.Dynamics.extragradient, .optimistic] {
            settings.dynamics = dynamics
            #expect(try distance(settings) < 0.7, "\(dynamics)")
        }
        settings.dynamics = .plain
        settings.consensus = 1
        #expect(try distance(settings) < 0.1)
        settings.consensus = 0
        settings.penalties.r1 = 1
        #expect(try distance(settings) < 0.1)
    }

    /// D goes to w1 = w - η b, and looked ahead to w2 = w1 - η b. G's loss -w2 b has the slope -w2 + η b, of which the last
    /// term is what G's own move does to D.
    @Test func unrollingDifferentiatesThroughTheUpdates() throws {
        for unrolling in [0, 1, 2] {
            var settings = Game.Settings()
            settings.unrolling = unrolling
            var game = try dirac(settings, w: 0.7, b: 0.4)
            _ = try game.play(1)
            let w = 0.7 - 0.1 * 0.4 * Double(unrolling + 1)
            let expected = 0.4 + 0.1 * (w - Double(unrolling) * 0.1 * 0.4)
            #expect(isClose(Double(game.generator.model.parameters[1][0]), expected, 1e-6), "\(unrolling)")
            #expect(isClose(Double(game.discriminator.model.parameters[0][0]), 0.66, 1e-6))
        }
    }

    /// A unit of D that is never active has no gradient, and Adam's step for its weights the root of 0.
    @Test(arguments: [OptimiserRule.adam(), .rmsProp()]) func unrollingPastADeadUnit(rule: OptimiserRule) throws {
        var settings = Game.Settings(batch: 16)
        settings.unrolling = 2
        var game = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        var model = game.discriminator.model
        model.parameters[1] = Matrix(vector: [-1000] + model.parameters[1].values.dropFirst())
        game.discriminator = .init(model: model, optimiser: Optimiser(rule, learningRate: 0.001))
        game.generator = .init(model: game.generator.model, optimiser: Optimiser(rule, learningRate: 0.001))
        #expect(try game.play(3) == .finished)
    }

    @Test func theNewestFakesPushOutTheOldest() throws {
        var settings = Game.Settings()
        settings.replay = 6
        var game = try dirac(settings)
        _ = try game.play(1)
        #expect(game.memory["fakes"]?.values == [1, 1, 1, 1, 1, 1])
        let moved = game.generator.model.parameters[1][0]
        _ = try game.play(1)
        #expect(game.memory["fakes"]?.values.suffix(4) == [1, 1, 1, 1])
        #expect(game.memory["fakes"]?.values.prefix(2).allSatisfy { abs($0 - moved) < 0.2 && $0 != 1 } == true)
        var rules = game.rules
        rules.settings.replay = 0
        try game.change(to: rules)
        #expect(game.memory.isEmpty)
    }

    /// The largest singular value of every layer is near 1, whatever the weights were.
    @Test func spectralNormalisationHoldsTheLayers() throws {
        var settings = Game.Settings(batch: 16)
        settings.penalties.isSpectral = true
        var game = try TestGames.plane(seed: 2, RoundMixture.ring8, settings)
        _ = try game.play(40)
        for layer in 0..<2 {
            let weights = game.judge.parameters[2 * layer]
            var row = Matrix<Float>(repeating: 1, shape: .matrix(1, weights.rows))
            var length: Float = 0
            for _ in 0..<200 {
                row = try row.matmul(weights).matmul(weights.transposed)
                length = row.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
                row = row / length
            }
            #expect(abs(length.squareRoot() - 1) < 0.02, "layer \(layer + 1)")
        }
        #expect(game.judge != game.discriminator.model)
    }

    @Test func packedPointsAreJudgedTogether() throws {
        var settings = Game.Settings(batch: 16)
        settings.packing = 2
        #expect(throws: LearningError.dimensionMismatch(expected: 2, got: 4)) {
            try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        }
        var random = RandomStream(seed: 1)
        let optimiser = Optimiser<Float>(learningRate: 0.001)
        var game = try Game(
            generator: .init(model: MLP(sizes: [2, 8, 2], random: &random), optimiser: optimiser),
            discriminator: .init(model: MLP(sizes: [4, 8, 1], random: &random), optimiser: optimiser),
            data: Game.Data(RoundMixture.ring8), settings: settings, random: random)
        var eager = game
        #expect(try game.play(5) == .finished)
        _ = try eager.play(5, mode: .eager)
        #expect(game == eager)
        #expect(Measure.accuracyReal.obstacle(in: game)?.contains("2 points at a time") == true)
    }

    /// A layer that overflows is named.
    @Test func theLayerThatGoesFirstIsNamed() throws {
        var game = try TestGames.plane(seed: 1, RoundMixture.ring8, Game.Settings(batch: 16))
        var model = game.discriminator.model
        model.parameters[0] = model.parameters[0] * 1e30
        model.parameters[2] = model.parameters[2] * 1e30
        game.discriminator = .init(model: model, optimiser: game.discriminator.optimiser)
        #expect(try game.play(5) == .diverged(.layer(.discriminator, 2)))
        #expect(game.steps == 0 && game.discriminator.model == model)
    }
}
