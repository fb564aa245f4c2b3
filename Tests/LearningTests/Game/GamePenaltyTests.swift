import Autodiff
import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct GamePenaltyTests {
    /// D(x) = 3x + 4y: the gradient has length 5 everywhere.
    func slanted(_ penalties: Game.Penalties, rate: Double = 0.1) throws -> Game {
        var settings = Game.Settings(loss: .wasserstein, batch: 16)
        settings.penalties = penalties
        var game = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        var random = RandomStream(seed: 2)
        var model = try MLP<Float>(sizes: [2, 1], random: &random)
        model.parameters[0] = Matrix(rows: [[3], [4]])
        game.discriminator = .init(model: model, optimiser: Optimiser(.sgd, learningRate: rate))
        return game
    }

    @Test(arguments: [
        (1.0, 0.0, 0.0, 1.0, 12.5), (0, 1, 0, 1, 12.5), (0.5, 0.1, 0, 1, 7.5), (0, 0, 10, 1, 160), (0, 0, 10, 0, 250),
        (1, 1, 1, 1, 41),
    ]) func aSlopeThatIsKnown(r1: Double, r2: Double, gp: Double, target: Double, expected: Double) throws {
        var penalties = Game.Penalties()
        (penalties.r1, penalties.r2, penalties.interpolated, penalties.interpolatedTarget) = (r1, r2, gp, target)
        var game = try slanted(penalties)
        _ = try game.play(1)
        #expect(isClose(game.history[0].penalty, expected, 1e-5))
    }

    /// What R1 does to the weights is the derivative of γ/2 |w|²: γ w, over a step of 0.1.
    @Test func aPenaltyMovesTheWeights() throws {
        var free = try slanted(.init())
        var penalties = Game.Penalties()
        penalties.r1 = 2
        var bound = try slanted(penalties)
        _ = try free.play(1)
        _ = try bound.play(1)
        let (a, b) = (free.discriminator.model.parameters[0], bound.discriminator.model.parameters[0])
        #expect(isClose(Double(a[0] - b[0]), 0.1 * 2 * 3, 1e-5) && isClose(Double(a[1] - b[1]), 0.1 * 2 * 4, 1e-5))
    }

    @Test func clippedWeightsStayWithin() throws {
        var penalties = Game.Penalties()
        penalties.weightClip = 0.5
        var game = try slanted(penalties)
        _ = try game.play(3)
        #expect(game.discriminator.model.parameters.allSatisfy { $0.values.allSatisfy { abs($0) <= 0.5 } })
        #expect(game.discriminator.model.parameters[0].values == [0.5, 0.5])
    }

    /// The gradients of the penalties for the weights of a bent network, against differences, in double precision.
    @Test(arguments: ["squares", "one-centred", "zero-centred"])
    func secondDerivativesAreTrue(kind: String) throws {
        var random = RandomStream(seed: 3)
        let model = try MLP<Double>(sizes: [2, 5, 4, 1], activation: .softplus, random: &random)
        let points: Matrix<Double> = random.normal(shape: .matrix(6, 2))
        let weights: Matrix<Double> = random.uniform(shape: .matrix(6, 1))
        func penalty(_ parameters: [Variable<Double>]) throws -> Variable<Double> {
            let leaf = Variable.parameter(points)
            let logits = try model.logits(of: leaf, with: parameters)
            var penalties = Game.Penalties()
            penalties.interpolated = 3
            penalties.interpolatedTarget = kind == "one-centred" ? 1 : 0
            if kind != "squares" { return try penalties.between(leaf, logits) }
            return try #require(
                try Game.Penalties.squares([.init(points: leaf, logits: logits, weights: Variable(weights))]))
        }
        let leaves = model.variables
        let slopes = try gradients(of: penalty(leaves), withRespectTo: leaves)
        for index in leaves.indices {
            for place in 0..<leaves[index].shape.count {
                func shifted(_ by: Double) throws -> Double {
                    var parameters = model.parameters
                    parameters[index][place] += by
                    return try penalty(parameters.map { .parameter($0) }).value.number
                }
                let difference = try (shifted(1e-5) - shifted(-1e-5)) / 2e-5
                #expect(isClose(slopes[index].value[place], difference, 1e-6), "\(index), \(place)")
            }
        }
    }
}
