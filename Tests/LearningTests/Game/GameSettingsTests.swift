import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct GameSettingsTests {
    /// One change of the rules, by name.
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var apply: @Sendable (inout Game.Settings) -> Void

        init(_ name: String, _ apply: @escaping @Sendable (inout Game.Settings) -> Void) {
            testDescription = name
            self.apply = apply
        }
    }

    static let changes: [Change] =
        Game.Loss.allCases.map { loss in Change(loss.rawValue) { $0.loss = loss } } + [
            Change("R1") { $0.penalties.r1 = 1 },
            Change("R2") { $0.penalties.r2 = 1 },
            Change("R1 and R2 on pairs") {
                $0.loss = .relativistic
                ($0.penalties.r1, $0.penalties.r2) = (1, 1)
            },
            Change("WGAN-GP") {
                ($0.loss, $0.penalties.interpolated, $0.discriminatorSteps) = (.wasserstein, 10, 3)
            },
            Change("zero-centred") { ($0.penalties.interpolated, $0.penalties.interpolatedTarget) = (10, 0) },
            Change("clip") { ($0.loss, $0.penalties.weightClip) = (.wasserstein, 0.05) },
            Change("simultaneous") { $0.order = .simultaneous },
            Change("smoothing") { $0.labelSmoothing = 0.1 },
            Change("instance noise") { $0.instanceNoise = .init(deviation: 0.5, steps: 9) },
            Change("gradient limit") { $0.gradientLimit = 0.01 },
            Change("average") { $0.averageDecay = 0.9 },
            Change("extragradient") { $0.dynamics = .extragradient },
            Change("extragradient with penalties") {
                ($0.dynamics, $0.loss) = (.extragradient, .relativistic)
                ($0.penalties.r1, $0.penalties.r2) = (1, 1)
            },
            Change("optimistic") { ($0.dynamics, $0.discriminatorSteps) = (.optimistic, 2) },
            Change("consensus") { $0.consensus = 1 },
            Change("unrolled") { $0.unrolling = 3 },
            Change("unrolled and penalised") { ($0.unrolling, $0.penalties.interpolated) = (2, 1) },
            Change("mode-seeking") { $0.modeSeeking = 0.1 },
            Change("replay") { $0.replay = 100 },
            Change("spectral") { $0.penalties.isSpectral = true },
            Change("dropout") { $0.dropout = 0.3 },
            Change("minibatch") { $0.minibatchKernels = 3 },
            Change("minibatch, held in every way") {
                ($0.minibatchKernels, $0.minibatchDims, $0.dropout) = (2, 2, 0.1)
                ($0.penalties.isSpectral, $0.penalties.weightClip, $0.penalties.r1) = (true, 0.5, 1)
            },
            Change("minibatch between") { ($0.minibatchKernels, $0.penalties.interpolated) = (2, 10) },
            Change("minibatch unrolled") { ($0.minibatchKernels, $0.unrolling, $0.penalties.r2) = (2, 2, 0.1) },
            Change("minibatch in consensus") { ($0.minibatchKernels, $0.consensus) = (2, 0.5) },
            Change("falling penalty") {
                ($0.penalties.r1, $0.penalties.end, $0.schedule.steps) = (1, 0.01, 20)
            },
            Change("schedule") { $0.schedule = .init(.linear, steps: 20, hold: 0.5) },
        ]

    /// Replayed and eager play give the same bits, in one go or in two, and differ from the plain game.
    @Test(arguments: changes) func replayIsEager(change: Change) throws {
        var settings = Game.Settings(batch: 32)
        change.apply(&settings)
        let start = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        var (replayed, eager, plain) = (
            start, start, try TestGames.plane(seed: 1, RoundMixture.ring8, .init(batch: 32))
        )
        #expect(try replayed.play(7, recordEvery: 1) == .finished)
        #expect(try replayed.play(5, recordEvery: 1) == .finished)
        #expect(try eager.play(12, mode: .eager, recordEvery: 1) == .finished)
        #expect(replayed == eager)
        _ = try plain.play(12)
        let made = try [replayed, plain].map { game in
            var random = RandomStream(seed: 1)
            return try game.sample(4, using: &random)
        }
        #expect(made[0] != made[1] || settings == plain.settings)
    }

    @Test func aScheduleHoldsAndThenFalls() {
        let line = Game.Schedule(.linear, steps: 100, hold: 0.5)
        #expect([0, 50, 75, 100, 200].map { line.factor(after: $0) } == [1, 1, 0.5, 0, 0])
        let wave = Game.Schedule(.cosine, steps: 100)
        #expect(
            wave.factor(after: 0) == 1 && isClose(wave.factor(after: 50), 0.5, 1e-12) && wave.factor(after: 100) == 0)
        #expect(Game.Schedule().factor(after: 1_000_000) == 1)
        #expect(isClose(line.decay(to: 0.01, after: 50), 0.1, 1e-12) && line.decay(to: 0.01, after: 300) == 0.01)
    }

    /// With a rate of 0 nothing moves any more.
    @Test func theEndOfAScheduleIsTheEndOfLearning() throws {
        var settings = Game.Settings(batch: 8)
        settings.schedule = .init(.cosine, steps: 5)
        var game = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        _ = try game.play(5)
        let before = game
        _ = try game.play(3)
        #expect(game.generator.model == before.generator.model && game.steps == 8)
    }

    @Test func theAverageLagsBehind() throws {
        var settings = Game.Settings(batch: 8)
        settings.averageDecay = 0.5
        var game = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        let before = game.generator.model.parameters[0]
        _ = try game.play(1)
        let after = game.generator.model.parameters[0]
        let middle = try before * 0.5 + after * 0.5
        #expect(game.maker.parameters[0] == middle)
    }

    @Test func aLimitShortensTheStep() throws {
        func step(_ limit: Double?) throws -> [Double] {
            var settings = Game.Settings(batch: 8)
            settings.gradientLimit = limit
            var game = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
            let start = game.generator.model
            game.generator = .init(model: start, optimiser: Optimiser(.sgd, learningRate: 1))
            _ = try game.play(1)
            return zip(start.parameters, game.generator.model.parameters).flatMap { old, new in
                zip(old.values, new.values).map { Double($0 - $1) }
            }
        }
        func length(_ change: [Double]) -> Double { change.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        #expect(try length(step(nil)) > 0.02)
        #expect(try isClose(length(step(0.01)), 0.01, 1e-4))
        let (far, none) = (try step(1000), try step(nil))
        #expect(far == none)
    }

    static let mistakes: [Change] = [
        Change("batch") { $0.batch = 0 }, Change("d_steps") { $0.discriminatorSteps = 0 },
        Change("r1") { $0.penalties.r1 = -1 }, Change("gp") { $0.penalties.interpolated = .infinity },
        Change("clip") { $0.penalties.weightClip = 0 }, Change("ema") { $0.averageDecay = 1 },
        Change("smoothing") { $0.labelSmoothing = 0.7 }, Change("decay_steps") { $0.schedule = .init(.linear) },
        Change("dropout") { $0.dropout = 1 }, Change("unroll") { $0.unrolling = 51 },
        Change("pack") { ($0.packing, $0.batch) = (3, 128) }, Change("replay") { $0.replay = 10 },
        Change("d_steps") { ($0.discriminatorSteps, $0.dynamics) = (2, .extragradient) },
        Change("grad_clip") { $0.gradientLimit = -1 }, Change("instance_noise") { $0.instanceNoise.deviation = .nan },
    ]

    @Test(arguments: mistakes) func whatCannotBePlayedIsNamed(mistake: Change) throws {
        var settings = Game.Settings()
        mistake.apply(&settings)
        let error = #expect(throws: LearningError.self) {
            try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        }
        guard case .outOfRange(mistake.testDescription, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
