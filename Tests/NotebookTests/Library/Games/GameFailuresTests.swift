import Language
import Learning
import Testing

@testable import Notebook

/// What the lessons say of the plain game's failures holds on any seed, and so do the cures.
@Suite struct GameFailuresTests {
    @Test(arguments: GameFailure.all.indices) func nineOfTenSeedsFailAndAreMended(index: Int) throws {
        let failure = GameFailure.all[index]
        let courses = try (1...10).map { try failure.course(seed: $0) }
        let numbers = courses.map { ($0.before, $0.after) }
        #expect(courses.count(where: \.hasFailed) >= 9, "\(failure.recipe.name) \(numbers)")
        #expect(courses.count(where: \.isMended) >= 9, "\(failure.recipe.name) \(numbers)")
    }

    /// Minibatch discrimination keeps the collapsing game from collapsing: over ten seeds its coverage was 0.27 to 0.62,
    /// where it was 0.02 to 0.19 without.
    @Test func aDThatComparesABatchKeepsTheModes() throws {
        let recipe = try #require(GameRecipe.named("collapse"))
        func coverage(_ kernels: Int) throws -> [Double] {
            let game = try recipe.game(seed: 1)
            var rules = game.rules
            (rules.settings.batch, rules.settings.minibatchKernels) = (64, kernels)
            let trials = try (1...6).map { seed in
                GameTrials.Trial(
                    game: try GameTrials.fresh(like: game, rules: rules, seed: seed), steps: 1000,
                    measures: [.coverage])
            }
            return try GameTrials.run(trials).compactMap { $0?.values[.coverage] }.sorted()
        }
        let (alone, compared) = (try coverage(0), try coverage(3))
        #expect(alone[2] < 0.15 && compared[2] > 0.3, "\(alone), \(compared)")
        #expect(compared[0] > alone[4], "\(alone), \(compared)")
    }

    @Test func theCureIsNamed() throws {
        let bench = Workbench()
        let text = try bench.text("recipe circling")
        #expect(text.contains("`train 1500` plays it; then `set r1=1` and `train 2500` mend it"))
        try bench.context.run("set r1=1; step 2")
    }

    /// Every recipe can be made by its bare name.
    @Test(arguments: GameRecipe.all.map(\.name)) func aRecipeIsMadeByItsName(name: String) throws {
        let bench = Workbench()
        try bench.context.run("recipe \(name)")
        #expect(bench.context.state.variables["game"]?.object(as: GameValue.self) != nil)
    }

    @Test func theTableCountsTheSeeds() {
        let failure = GameFailure.all[0]
        let lines = failure.table([
            .init(before: 6, after: 0.1, hasFailed: true, isMended: true),
            .init(before: 4, after: 2, hasFailed: false, isMended: false),
        ])
        #expect(lines.contains("median       5   1.05"))
        #expect(lines.last == "failed (w1 above 5): 1 of 2 seeds; mended (below 0.5): 1 of 2")
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    }
}
