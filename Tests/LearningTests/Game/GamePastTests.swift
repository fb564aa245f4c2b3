import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct GamePastTests {
    /// Plays and remembers, as the notebook does.
    func play(_ game: inout Game, _ count: Int, _ past: inout GamePast) throws {
        var kept = past
        let spectator = Game.Spectator(
            isDue: { kept.isDue(at: $0) },
            look: { (game, _) throws(LearningError) in
                kept.keep(game)
                return false
            })
        _ = try game.play(count, recordEvery: 1, spectator: spectator)
        past = kept
    }

    @Test func everyStepIsReachedAgainBitForBit() throws {
        var settings = Game.Settings(batch: 8)
        settings.averageDecay = 0.9
        let start = try TestGames.plane(seed: 1, RoundMixture.ring8, settings)
        var (game, past) = (start, GamePast())
        past.keep(game, isTurn: true)
        try play(&game, 140, &past)
        for step in [0, 1, 25, 99, 140] {
            var expected = start
            _ = try expected.play(step, recordEvery: 1)
            #expect(try game.rewound(to: step, by: past) == expected, "\(step)")
        }
        #expect(try game.rewound(to: 141, by: past) == nil && game.rewound(to: -1, by: past) == nil)
        #expect(try game.rewound(to: 99, by: past, interrupted: { true }) == nil)
    }

    /// Changes by hand are part of the past: what was played by other rules is not played again by the new ones.
    @Test func rulesComeBackWithTheirTime() throws {
        var game = try TestGames.plane(seed: 2, RoundMixture.ring8, .init(batch: 8))
        var past = GamePast()
        past.keep(game, isTurn: true)
        try play(&game, 33, &past)
        let before = game
        var rules = game.rules
        (rules.settings.loss, rules.discriminator.rate) = (.hinge, 0.01)
        try game.change(to: rules)
        past.keep(game, isTurn: true)
        try play(&game, 40, &past)
        let later = try #require(try game.rewound(to: 40, by: past))
        #expect(later.settings.loss == .hinge && later.rules.discriminator.rate == 0.01)
        let earlier = try #require(try game.rewound(to: 32, by: past))
        #expect(earlier.settings.loss == .nonsaturating)
        var again = earlier
        _ = try again.play(1, recordEvery: 1)
        #expect(again.generator == before.generator)
    }

    @Test func memoryIsBounded() throws {
        var past = GamePast()
        var game = try TestGames.plane(seed: 3, RoundMixture.ring8, .init(batch: 1))
        for step in stride(from: 0, through: 100_000, by: 25) where past.isDue(at: step) {
            game.steps = step
            past.keep(game, isTurn: step == 0 || step == 50)
        }
        #expect(past.steps.count <= GamePast.mostMoments && past.steps.count > GamePast.mostMoments / 3)
        #expect(past.steps.first == 0 && past.steps.contains(50))
        past.forget(after: 50)
        #expect(past.steps == [0, 50])
    }
}
