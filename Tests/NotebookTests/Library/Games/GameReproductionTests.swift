import Foundation
import Learning
import Testing

@testable import Notebook

/// Published tables beside our games.
@Suite struct GameReproductionTests {
    /// A tenth of the steps is enough for every mode and for most of the quality, whatever the seed.
    @Test(arguments: [("ring8", 8.0, 0.9), ("grid25", 25.0, 0.8)])
    func aRecipeInATenthOfItsStepsReachesEveryMode(name: String, modes: Double, quality: Double) throws {
        let recipe = try #require(GameRecipe.named(name))
        let steps = recipe.steps / 10
        let trials = try (1...3).map { seed in
            GameTrials.Trial(
                game: try recipe.game(seed: seed, steps: steps), steps: steps, measures: [.modes, .hq, .rkl])
        }
        for values in try GameTrials.run(trials).map({ try #require($0).values }) {
            #expect(values[.modes] == modes && (values[.hq] ?? 0) > quality, "\(values)")
            #expect((values[.rkl] ?? 1) < 0.05, "\(values)")
        }
    }

    /// Learning rates fall in the same share of a game that is shortened; rules without an end stay as they are.
    @Test func aShorterGameDecaysSooner() throws {
        func steps(_ name: String, _ steps: Int?) throws -> Int? {
            try GameRecipe.named(name)?.game(seed: 1, steps: steps).settings.schedule.steps
        }
        let whole = try #require(try steps("ring8", nil))
        #expect(try steps("ring8", whole / 10) == whole / 10)
        #expect(try steps("ring8", 1) == 1)
        #expect(try steps("plain_ring", 5) == 0)
    }

    @Test func ourRowsStandBesideThePapers() throws {
        let ring = GameReproduction.all[0]
        func row(_ name: String, _ quality: Double) -> GameReproduction.Row {
            .init(name: name, modes: 8, quality: quality, divergence: 0.001)
        }
        let lines = ring.table(
            [(row("seed 1", 0.97), 10), (row("seed 2", 0.99), 20)], ceiling: row("the data itself", 0.989))
        #expect(lines[1] == "GAN                6.3  98.20      0.4500")
        let shares = lines.suffix(4).map { $0.split(separator: " ").suffix(3).first }
        #expect(shares == ["97.00", "98.00", "99.00", "98.00"])
    }

    @Test func aTableIsPlayed() throws {
        let lines = try GameReproduction.all[0].run(recipe: "plain_ring", seeds: 1, steps: 3, workers: 1) { _ in false }
        #expect(lines.count == 9 && lines[7].hasPrefix("the data itself    8.0  98.") && lines[8].hasPrefix("seed 1"))
        #expect(GameReproduction.recipes.contains("collapse") && !GameReproduction.recipes.contains("vanishing"))
    }
}
