import Language
import Learning
import LinearAlgebra

/// A game that the playground ships: cells that make it, and how long it is played.
///
/// A G that is deep can bend space so sharply that hardly a point falls between thin modes; its depth decides the share of
/// samples of high quality. No measure of the published protocol changes when data are scaled.
public struct GameRecipe: Sendable {
    /// What cells call it.
    public let name: String
    /// What comes of it, in one line.
    public let summary: String
    /// The cells, one a line; the last makes `game`.
    public let cells: String
    /// Steps it is meant for.
    public let steps: Int

    /// All recipes.
    public static let all: [GameRecipe] = [
        GameRecipe(
            name: "ring8", summary: "the published ring of eight thin modes, all reached",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, ring(8, radius=1, sd=0.01), loss="relativistic", r1=0.06, r2=0.06, beta1=0, \
                beta2=0.99, batch=256, noise="uniform", ema=0.999, decay="linear", \
                decay_steps=36000, decay_hold=0.5)
                """, steps: 36_000),
        GameRecipe(
            name: "grid25",
            summary: "the published grid of 25 thin modes at a quarter of its size, all reached",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, grid(5, spacing=0.5, sd=0.0125), loss="relativistic", r1=0.03, r2=0.03, \
                beta1=0, beta2=0.99, batch=256, noise="uniform", ema=0.999, decay="linear", \
                decay_steps=40000, decay_hold=0.5)
                """, steps: 40_000),
        GameRecipe(
            name: "plain-ring", summary: "the same ring and networks with the plain minimax game: seeds differ widely",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, ring(8, radius=1, sd=0.01), loss="minimax", batch=256)
                """, steps: 10_000),
        GameRecipe(
            name: "plain-grid", summary: "the same grid and networks with the plain minimax game: seeds differ widely",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, grid(5, spacing=0.5, sd=0.0125), loss="minimax", batch=256)
                """, steps: 10_000),
    ]

    /// The recipe of this name.
    public static func named(_ name: String) -> GameRecipe? { all.first { $0.name == name } }

    /// The game that the cells make in a session with this seed.
    public func game(seed: Int) throws(CellError) -> Game {
        let context = Context(
            registry: Library.registry(), state: State(seed: UInt64(bitPattern: Int64(seed))))
        try context.run(cells)
        return try Library.currentGame(named: "game", "recipe", at: nil, context).value.game
    }
}

extension Library {
    static let recipe = CommandEntry(
        "recipe", topic: .games, "make a game by a recipe, or one to set beside it; alone, list them",
        parameters: [
            Parameter(
                "name", .choice(GameRecipe.all.map(\.name)), default: "", "which recipe; all are listed if left out")
        ],
        details: """
            The cells of the recipe are shown and run: `G`, `D` and `game` are then yours to play and to \
            change. `gan reproduce ring` in the shell plays it over ten seeds and lays it beside the papers.
            """,
        example: "recipe ring8"
    ) { (arguments, context) throws(CellError) in
        guard let name = try arguments.optionalString("name"), let recipe = GameRecipe.named(name) else {
            let rows = GameRecipe.all.map { ($0.name, $0.summary) }
            let width = rows.map(\.0.count).max() ?? 0
            return context.emit(
                .text(rows.map { TextWidth.padded($0, to: width + 2) + $1 }.joined(separator: "\n")))
        }
        context.emit(.text(recipe.cells))
        try context.run(recipe.cells)
        context.emit(.note("\(recipe.summary); `train \(recipe.steps)` plays it"))
    }
}

/// A published table, and how our games do by the same protocol (Lin et al. 2018, PacGAN, table 1: mean of 10 trials).
public struct GameReproduction: Sendable {
    /// A line of the table: modes reached, share of samples of high quality, reverse KL of the modes.
    public struct Row: Sendable {
        /// Whose it is.
        public let name: String
        /// What was reached.
        public let modes: Double, quality: Double, divergence: Double
    }

    /// What the program calls it.
    public let name: String
    /// The recipe that is played.
    public let recipe: String
    /// The papers' lines.
    public let published: [Row]

    /// All tables.
    public static let all: [GameReproduction] = [
        GameReproduction(
            name: "ring", recipe: "ring8",
            published: [
                Row(name: "GAN", modes: 6.3, quality: 0.982, divergence: 0.45),
                Row(name: "ALI", modes: 6.6, quality: 0.976, divergence: 0.36),
                Row(name: "PacGAN2", modes: 7.9, quality: 0.956, divergence: 0.07),
                Row(name: "PacGAN3", modes: 7.8, quality: 0.977, divergence: 0.10),
                Row(name: "PacGAN4", modes: 7.8, quality: 0.959, divergence: 0.07),
            ]),
        GameReproduction(
            name: "grid", recipe: "grid25",
            published: [
                Row(name: "GAN", modes: 17.3, quality: 0.948, divergence: 0.70),
                Row(name: "ALI", modes: 24.1, quality: 0.957, divergence: 0.14),
                Row(name: "PacGAN2", modes: 23.8, quality: 0.913, divergence: 0.13),
                Row(name: "PacGAN3", modes: 24.6, quality: 0.942, divergence: 0.06),
                Row(name: "PacGAN4", modes: 24.8, quality: 0.936, divergence: 0.04),
            ]),
    ]

    /// Plays the recipe over seeds, several at once.
    ///
    /// - Parameters:
    ///   - steps: nil: as many as the recipe is meant for.
    ///   - waiting: told how much is done, from 0 to 1; true gives up.
    /// - Returns: a line a seed, with the seconds that it took; fewer when it was given up.
    public func run(
        recipe name: String? = nil, seeds: Int, steps: Int? = nil, workers: Int, waiting: (Double) -> Bool
    ) throws -> [(row: Row, seconds: Double)] {
        guard let recipe = GameRecipe.named(name ?? self.recipe) else { return [] }
        let trials = try (1...max(seeds, 1)).map { seed in
            GameTrials.Trial(
                game: try recipe.game(seed: seed), steps: steps ?? recipe.steps, measures: [.modes, .hq, .rkl])
        }
        let results = try GameTrials.run(trials, workers: workers, waiting: waiting)
        return results.enumerated().compactMap { index, result in
            guard let result else { return nil }
            func value(_ measure: Measure) -> Double { result.values[measure] ?? .nan }
            let row = Row(
                name: "seed \(index + 1)", modes: value(.modes), quality: value(.hq), divergence: value(.rkl))
            return (row, result.seconds)
        }
    }
}
