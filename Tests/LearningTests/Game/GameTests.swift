import Autodiff
import Foundation
import LinearAlgebra
import Probability
import Testing

@testable import Learning

/// Games that are played by the tests.
enum TestGames {
    /// A game on the line: a sample of N(3, 0.5) against a generator of one hidden layer.
    static func line(
        seed: UInt64, loss: Game.Loss = .nonsaturating, noise: Game.Noise = .normal, rate: Double = 0.005,
        batch: Int = 64, rule: OptimiserRule = .adam(beta1: 0.5), activation: Activation = .tanh
    ) throws -> Game {
        var random = RandomStream(seed: seed)
        let data: Matrix<Double> = random.normal(shape: .matrix(2000, 1)) * 0.5 + 3
        let generator = try MLP<Float>(sizes: [1, 8, 1], activation: activation, random: &random)
        let discriminator = try MLP<Float>(sizes: [1, 8, 1], activation: activation, random: &random)
        return try Game(
            generator: .init(model: generator, optimiser: Optimiser(rule, learningRate: rate)),
            discriminator: .init(model: discriminator, optimiser: Optimiser(rule, learningRate: rate)),
            data: data, settings: .init(loss: loss, noise: noise, batch: batch), random: random.split())
    }

    /// A game in the plane.
    static func plane(seed: UInt64, _ data: any Distribution, _ settings: Game.Settings) throws -> Game {
        var random = RandomStream(seed: seed)
        let optimiser = Optimiser<Float>(.adam(beta1: 0.5), learningRate: 1e-3)
        return try Game(
            generator: .init(model: MLP(sizes: [2, 8, 2], random: &random), optimiser: optimiser),
            discriminator: .init(
                model: MLP(sizes: [2, 8, 1], activation: .leakyRelu, random: &random), optimiser: optimiser),
            data: Game.Data(data), settings: settings, random: random)
    }
}

@Suite struct GameTests {

    @Test(arguments: Game.Loss.allCases, Game.Noise.allCases)
    func replayIsEager(loss: Game.Loss, noise: Game.Noise) throws {
        var replayed = try TestGames.line(seed: 1, loss: loss, noise: noise)
        var eager = replayed
        #expect(try replayed.play(15, mode: .replayed) == .finished)
        #expect(try eager.play(15, mode: .eager) == .finished)
        #expect(replayed == eager)
        #expect(replayed.steps == 15 && replayed.history.count == 15)
    }

    @Test func playingOnIsPlayingInOneGo() throws {
        var whole = try TestGames.line(seed: 2)
        var parts = whole
        _ = try whole.play(20, recordEvery: 1)
        _ = try parts.play(7, recordEvery: 1)
        let branch = parts
        _ = try parts.play(13, recordEvery: 1)
        #expect(whole == parts)
        #expect(branch.steps == 7 && branch != parts)
    }

    /// A generator that moves to where the data are: its mean within 0.4 of 3 at some point of play, from near 0.
    @Test func theGeneratorFindsTheData() throws {
        for seed: UInt64 in 1...3 {
            var game = try TestGames.line(seed: seed, rate: 0.01)
            func mean() throws -> Double {
                var random = RandomStream(seed: 99)
                let points = try game.sample(2000, using: &random)
                return points.values.reduce(0) { $0 + Double($1) } / 2000
            }
            let before = try abs(mean() - 3)
            var best = Double.infinity
            for _ in 0..<6 {
                #expect(try game.play(150) == .finished)
                best = min(best, try abs(mean() - 3))
            }
            #expect(before > 1.5 && best < 0.4, "seed \(seed): \(before) to \(best)")
        }
    }

    /// With a D that cannot tell whatever it is shown, the first losses are those of guessing.
    @Test(arguments: Game.Loss.allCases) func guessingAtTheStart(loss: Game.Loss) throws {
        var game = try TestGames.line(seed: 3, loss: loss)
        var model = game.discriminator.model
        model.parameters = model.parameters.map { .zeros($0.shape) }
        model.parameters[3] = Matrix(vector: [Float(loss.undecided)])
        game.discriminator = .init(model: model, optimiser: Optimiser(.sgd, learningRate: 1e-9))
        _ = try game.play(1)
        #expect(isClose(game.history[0].discriminatorLoss, loss.discriminatorAtChance, 1e-6))
        #expect(isClose(game.history[0].generatorLoss, loss.generatorAtChance, 1e-6))
    }

    @Test func interruptKeepsWhatWasReached() throws {
        var stopped = try TestGames.line(seed: 4)
        var asked = stopped
        var looks = 0
        let outcome = try stopped.play(
            1_000_000_000, recordEvery: 1,
            interrupted: {
                looks += 1
                return looks > 9
            })
        _ = try asked.play(9, recordEvery: 1)
        #expect(outcome == .interrupted && stopped == asked)
    }

    @Test func theHistoryOfALongStretchIsThinnedEvenly() throws {
        var game = try TestGames.line(seed: 4)
        _ = try game.play(5)
        _ = try game.play(2501)
        let steps = game.history.map(\.step)
        #expect(Array(steps.prefix(5)) == [1, 2, 3, 4, 5])
        #expect(steps.dropFirst(5).dropLast() == Array(stride(from: 9, through: 2505, by: 4))[...])
        #expect(steps.last == 2506)
    }

    @Test func interruptRecordsTheLastStep() throws {
        var game = try TestGames.line(seed: 4)
        var looks = 0
        let stop = {
            looks += 1
            return looks > 9
        }
        var heard: [Int] = []
        _ = try game.play(1000, recordEvery: 4, interrupted: stop, progress: { heard.append($0.step) })
        #expect(game.history.map(\.step) == [4, 8, 9] && heard == [4, 8, 9])
        // Stopped before its first step, a stretch has nothing to record.
        #expect(try game.play(1000, recordEvery: 4, interrupted: { true }) == .interrupted)
        #expect(game.history.count == 3)
    }

    @Test func lostNumbersAreNotPlayed() throws {
        var game = try TestGames.line(seed: 5, rate: 1e15, rule: .sgd, activation: .identity)
        let outcome = try game.play(100)
        guard case .diverged = outcome else {
            Issue.record("ended as \(outcome)")
            return
        }
        let parameters = game.generator.model.parameters + game.discriminator.model.parameters
        #expect(parameters.allSatisfy { $0.isFinite } && game.steps < 100)
        // Playing on from there fails at once, and still loses nothing.
        let before = game
        #expect(try game.play(1) == outcome)
        #expect(game.generator == before.generator && game.discriminator == before.discriminator)
    }

    @Test func whatDoesNotFitIsNamed() throws {
        let fine = try TestGames.line(seed: 6)
        let plane = Matrix<Double>(rows: [[1, 2], [3, 4]])
        #expect(throws: LearningError.dimensionMismatch(expected: 1, got: 2)) {
            try Game(
                generator: fine.generator, discriminator: fine.discriminator, data: plane, random: RandomStream(seed: 1)
            )
        }
        #expect(throws: LearningError.self) {
            try Game(
                generator: fine.generator, discriminator: fine.discriminator, data: Matrix(vector: [1]),
                settings: .init(batch: 0), random: RandomStream(seed: 1))
        }
    }
}
