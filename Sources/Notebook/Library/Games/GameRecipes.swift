import Language
import Learning
import LinearAlgebra
import Words

/// A game that the playground ships: cells that make it, and how long it is played.
///
/// A G that is deep, and has gone a long way, can bend space so sharply that hardly a point falls between thin modes: its
/// depth, and the number of steps times their length, decide the share of samples of high quality. No measure of the
/// published protocol changes when data are scaled.
public struct GameRecipe: Sendable {
    /// What cells call it.
    public let name: String
    /// What comes of it, in one line.
    public let summary: String
    /// The cells, one a line; the last makes `game`.
    public let cells: String
    /// Steps it is meant for.
    public let steps: Int
    /// Of a game that fails: what mends it while it is played.
    public let cure: Cure?

    /// Rules that mend a game, and how long it then takes.
    public struct Cure: Sendable {
        /// The cell that changes the rules.
        public let cell: String
        /// Steps until the game is well again.
        public let steps: Int
    }

    init(name: String, summary: String, cells: String, steps: Int, cure: Cure? = nil) {
        self.name = name
        self.summary = summary
        self.cells = cells
        self.steps = steps
        self.cure = cure
    }

    /// All recipes.
    public static let all: [GameRecipe] = tables + GameFailure.all.map(\.recipe)

    /// The games of the published tables, and the plain game on the same data.
    private static let tables: [GameRecipe] = [
        GameRecipe(
            name: "ring8", summary: "the published ring of eight thin modes, all reached",
            cells: """
                G = mlp(2, 48, 48, 48, 48, 48, 48, 48, 48, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, ring(8, radius=1, sd=0.01), loss="relativistic", r1=0.01, r2=0.01, beta1=0, \
                beta2=0.99, batch=128, noise="uniform", ema=0.999, decay="linear", \
                decay_steps=60000, decay_hold=0.5)
                """, steps: 60_000),
        GameRecipe(
            name: "grid25",
            summary: "the published grid of 25 thin modes at a quarter of its size, all reached",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, grid(5, spacing=0.5, sd=0.0125), loss="relativistic", r1=0.01, r2=0.01, \
                lr=0.002, beta1=0, beta2=0.99, batch=128, noise="uniform", ema=0.999, decay="linear", \
                decay_steps=120000, decay_hold=0.5)
                """, steps: 120_000),
        GameRecipe(
            name: "plain_ring", summary: "the same ring with the plain minimax game: seeds differ widely",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, ring(8, radius=1, sd=0.01), loss="minimax", batch=256)
                """, steps: 10_000),
        GameRecipe(
            name: "plain_grid", summary: "the same grid and networks with the plain minimax game: seeds differ widely",
            cells: """
                G = mlp(2, 64, 64, 64, 64, 64, 64, 64, 64, 2, activation="leaky_relu")
                D = mlp(2, 64, 64, 64, 1, activation="leaky_relu")
                game = gan(G, D, grid(5, spacing=0.5, sd=0.0125), loss="minimax", batch=256)
                """, steps: 10_000),
    ]

    /// The recipe of this name.
    public static func named(_ name: String) -> GameRecipe? { all.first { $0.name == name } }

    /// The game that the cells make in a session with this seed.
    ///
    /// - Parameter steps: how long it is to be played; nil: as long as it is meant for. Learning rates that fall do so in the
    ///   same share of the game.
    public func game(seed: Int, steps: Int? = nil) throws -> Game {
        let context = Context(
            registry: Library.registry(), state: State(seed: UInt64(bitPattern: Int64(seed))))
        try context.run(cells)
        var game = try Library.currentGame(named: "game", "recipe", at: nil, context).value.game
        guard let steps else { return game }
        var rules = game.rules
        let decay = rules.settings.schedule.steps
        rules.settings.schedule.steps = max(Int(Double(decay) * Double(steps) / Double(self.steps)), min(decay, 1))
        try game.change(to: rules)
        return game
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
            change. \(GameFailure.all.map { "`\($0.recipe.name)`" }.joined(separator: ", ", last: " and ")) fail whatever \
            the seed, and the cell that mends each is named. `gan reproduce ring` in the shell plays ring8 over ten seeds \
            and lays it beside the papers, `gan reproduce collapse` that game and its cure.
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
        let cure = recipe.cure.map { "; then `\($0.cell)` and `train \($0.steps)` mend it" } ?? ""
        context.emit(.note("\(recipe.summary); `train \(recipe.steps)` plays it\(cure)"))
    }
}
