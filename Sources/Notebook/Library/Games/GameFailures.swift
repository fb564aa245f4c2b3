import Language
import Learning

/// A way in which the plain game fails whatever the seed, and a change of its rules that mends it in the middle of play.
public struct GameFailure: Sendable {
    /// The game.
    public let recipe: GameRecipe
    /// What shows that it fails.
    public let measure: Measure
    /// It has failed where the median of the looks is on the far side of this.
    public let failed: Double
    /// It is well where every look is on the near side of this.
    public let mended: Double

    /// Looks at a game, over the second half of the steps that are played before the cure and after it.
    public static let looks = 10

    /// All of them.
    public static let all: [GameFailure] = [
        GameFailure(
            recipe: GameRecipe(
                name: "vanishing", summary: "D is sure of every sample, and there the minimax loss of G is flat",
                cells: """
                    G = mlp(1, 16, 1, activation="tanh")
                    D = mlp(1, 32, 1)
                    game = gan(G, D, normal(6, 0.5), loss="minimax", lr_d=0.01, lr_g=0.0003, d_steps=5, \
                    noise="uniform")
                    """, steps: 1000, cure: .init(cell: "set loss=\"nonsaturating\"", steps: 3000)),
            measure: .w1, failed: 5, mended: 0.5),
        GameFailure(
            recipe: GameRecipe(
                name: "collapse", summary: "G outruns D, and hops from mode to mode in place of making all eight",
                cells: """
                    G = mlp(2, 32, 32, 2, activation="tanh")
                    D = mlp(2, 32, 32, 1, activation="tanh")
                    game = gan(G, D, ring8, loss="minimax", lr_g=0.008, lr_d=0.001, beta1=0.9)
                    """, steps: 2000, cure: .init(cell: "set lr_g=0.001 lr_d=0.004 beta1=0.5", steps: 2000)),
            measure: .coverage, failed: 0.2, mended: 0.25),
        GameFailure(
            recipe: GameRecipe(
                name: "grid_collapse", summary: "the same on the grid: few of its 25 modes at a time, never the same",
                cells: """
                    G = mlp(2, 32, 32, 2, activation="tanh")
                    D = mlp(2, 32, 32, 1, activation="tanh")
                    game = gan(G, D, grid25, loss="minimax", lr_g=0.008, lr_d=0.001, beta1=0.9)
                    """, steps: 2000, cure: .init(cell: "set lr_g=0.001 lr_d=0.004 beta1=0", steps: 4000)),
            measure: .modes, failed: 15, mended: 18),
        GameFailure(
            recipe: GameRecipe(
                name: "circling", summary: "the samples run past the data and back for ever, D always a step behind",
                cells: """
                    G = mlp(1, 1)
                    D = mlp(1, 16, 1, activation="tanh")
                    game = gan(G, D, normal(2, 0.5), loss="minimax", lr_d=0.01, lr_g=0.02, beta1=0.9)
                    """, steps: 1500, cure: .init(cell: "set r1=1", steps: 2500)),
            measure: .w1, failed: 0.25, mended: 0.2),
    ]

    /// What a seed came to.
    public struct Course: Sendable {
        /// The median of the looks at the game that fails.
        public let before: Double
        /// The worst of the looks at the game that is mended.
        public let after: Double
        /// Whether it failed, whether it was mended.
        public let hasFailed: Bool, isMended: Bool
    }

    /// Whether a small value of its measure is a good one.
    private var isLowerBetter: Bool { measure.direction == .lower }

    /// Plays the recipe, changes its rules, and plays on.
    public func course(seed: Int) throws -> Course {
        guard let cure = recipe.cure else { throw CellError(.value, "`\(recipe.name)` has no cure") }
        let context = Context(registry: Library.registry(), state: State(seed: UInt64(bitPattern: Int64(seed))))
        try context.run(recipe.cells)
        let before = try looks(over: recipe.steps, context).sorted()
        try context.run(cure.cell)
        let after = try looks(over: cure.steps, context).sorted()
        guard let worst = isLowerBetter ? after.last : after.first, !before.isEmpty else {
            throw CellError(.value, "`\(recipe.name)` could not be played to its end")
        }
        let median = before[before.count / 2]
        return Course(
            before: median, after: worst, hasFailed: isLowerBetter ? median > failed : median < failed,
            isMended: isLowerBetter ? worst < mended : worst > mended)
    }

    /// Plays it over seeds, one after the other.
    ///
    /// - Parameter waiting: told how much is done, from 0 to 1; true gives up.
    /// - Returns: the lines of a table.
    public func run(seeds: Int, waiting: (Double) -> Bool) throws -> [String] {
        var courses: [Course] = []
        for seed in 1...max(seeds, 1) {
            courses.append(try course(seed: seed))
            if waiting(Double(seed) / Double(seeds)) { break }
        }
        return table(courses)
    }

    /// A line a seed, and on how many it went as it should.
    func table(_ courses: [Course]) -> [String] {
        func cells(_ name: String, _ before: Double, _ after: Double) -> [String] {
            [name, before.significant(3), after.significant(3)]
        }
        var rows = [["", "before", "after"]]
        rows += courses.enumerated().map { cells("seed \($0 + 1)", $1.before, $1.after) }
        rows.append(
            cells(
                "median", GameReproduction.median(courses.map(\.before)), GameReproduction.median(courses.map(\.after)))
        )
        let (worse, better) = isLowerBetter ? ("above", "below") : ("below", "above")
        let cure = recipe.cure.map { "`\($0.cell)`, \($0.steps) steps" } ?? ""
        let name = measure.rawValue
        return [
            "\(recipe.name): \(recipe.summary)", "\(recipe.steps) steps; then \(cure)",
            "\(name): \(measure.meaning()); the median of \(Self.looks) looks, then the worst",
        ] + TextTable.lines(rows) + [
            "failed (\(name) \(worse) \(failed.significant(3))): \(courses.count(where: \.hasFailed)) of "
                + "\(courses.count) seeds; mended (\(better) \(mended.significant(3))): "
                + "\(courses.count(where: \.isMended)) of \(courses.count)"
        ]
    }

    /// The measure at some looks on the way.
    private func looks(over steps: Int, _ context: Context) throws -> [Double] {
        var (name, value) = try Library.currentGame(named: "game", "reproduce", at: nil, context)
        let begin = value.game.steps
        value.game.watch.add([measure], every: steps / (2 * Self.looks))
        context.setGame(name, value)
        try context.run("train \(steps)")
        (name, value) = try Library.currentGame(named: "game", "reproduce", at: nil, context)
        let series = value.game.watch.series(of: measure)
        return zip(series.steps, series.values).filter { $0.0 > begin + steps / 2 }.map(\.1)
    }
}
