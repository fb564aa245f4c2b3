import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct GameRulesTests {
    func start(_ settings: Game.Settings = .init(batch: 16)) throws -> Game {
        try TestGames.plane(seed: 4, RoundMixture.ring8, settings)
    }

    @Test func aChangeThereAndBackIsNoChange() throws {
        var game = try start()
        _ = try game.play(5)
        let before = game
        var rules = game.rules
        rules.generator.rate = 0.1
        rules.settings.penalties.r1 = 1
        try game.change(to: rules)
        #expect(game.rules == rules && game.generator.model == before.generator.model)
        try game.change(to: before.rules)
        #expect(game == before)
    }

    /// Adam keeps its memory when only its constants change, and another rule begins anew.
    @Test func memoryStaysWhereItFits() throws {
        var game = try start()
        _ = try game.play(5)
        let memory = game.generator.optimiser.memory
        var rules = game.rules
        rules.generator.rule = .adam(beta1: 0)
        rules.discriminator.rule = .sgd
        try game.change(to: rules)
        #expect(memory != nil && game.generator.optimiser.memory == memory && game.generator.optimiser.steps == 5)
        #expect(game.discriminator.optimiser.memory == nil)
        #expect(try game.play(3) == .finished)
    }

    @Test func whatCannotBeChangesNothing() throws {
        var game = try start()
        let before = game
        for mistake in [0, -1, Double.infinity, .nan] {
            var rules = game.rules
            rules.discriminator.rate = mistake
            rules.settings.loss = .hinge
            #expect(throws: LearningError.self) { try game.change(to: rules) }
            #expect(game == before)
        }
    }

    @Test(arguments: Game.Preset.all) func aPresetIsAGameThatCanBePlayed(preset: Game.Preset) throws {
        var settings = Game.Settings(batch: 16)
        preset.apply(to: &settings)
        var game = try start(settings)
        #expect(try game.play(3) == .finished)
        #expect(Game.Preset(named: preset.name) == preset && Game.Loss(rawValue: preset.name) == nil)
    }

    /// One side of a step moves one player; both sides in turn are not counted as steps.
    @Test(arguments: Game.Role.allCases) func oneSideAlone(role: Game.Role) throws {
        var settings = Game.Settings(batch: 16)
        settings.averageDecay = 0.9
        var game = try start(settings)
        _ = try game.play(2)
        let before = game
        let (outcome, last) = try game.update(role, count: 3)
        #expect(outcome == .finished && game.steps == 2 && game.history == before.history)
        #expect((game.generator == before.generator) == (role == .discriminator))
        #expect((game.discriminator == before.discriminator) == (role == .generator))
        let record = try #require(last)
        #expect(record.generatorLoss.isNaN == (role == .discriminator))
        #expect(record.discriminatorLoss.isNaN == (role == .generator))
        #expect(try game.play(2) == .finished)
    }

    @Test func aSpectatorEndsTheStretch() throws {
        var game = try start()
        var seen: [Int] = []
        let outcome = try game.play(
            100,
            spectator: .init(
                isDue: { $0 % 3 == 0 },
                look: { (game, record) throws(LearningError) in
                    seen.append(game.steps)
                    return record.step == game.steps && game.history.last?.step == game.steps && game.steps == 9
                }))
        #expect(outcome == .reached && seen == [3, 6, 9] && game.steps == 9)
        var plain = try start()
        _ = try plain.play(9)
        #expect(plain == game)
    }

    @Test func trialsAreGamesOfTheirOwn() throws {
        let game = try start()
        let trials = try (0..<5).map { seed in
            GameTrials.Trial(game: try GameTrials.fresh(like: game, seed: seed % 3), steps: 20, measures: [.modes])
        }
        let results = try GameTrials.run(trials, workers: 2).compactMap(\.self)
        #expect(results.count == 5)
        #expect(results[0].game == results[3].game && results[1].game == results[4].game)
        #expect(results[0].game != results[1].game && results[0].values[.modes] != nil)
        var alone = trials[2].game
        _ = try alone.play(20)
        #expect(results[2].game == alone)
    }

    @Test func trialsAreGivenUp() throws {
        let trials = [GameTrials.Trial(game: try start(), steps: 1_000_000_000, measures: [])]
        #expect(try GameTrials.run(trials, waiting: { _ in true }).map { $0 == nil } == [true])
    }
}
