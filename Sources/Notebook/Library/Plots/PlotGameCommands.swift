import Language
import Plotting

/// The commands that draw games.
enum PlotGameCommands {
    static let all = [dashboard, game, games, weights, interpolation]

    private static let range = Parameter(
        "range", .tensor, default: "", "low and high end: range=[-3, 3], or one row for each axis")
    private static let example = "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); train 20; "

    private static func layer(_ name: String, _ standard: String, _ summary: String) -> Parameter {
        Parameter(name, .boolean, default: standard, summary)
    }

    private static let dashboard = CommandEntry(
        "plot dashboard", topic: .plots, "draw a game on one page: samples of both, D's output, losses, measures",
        parameters: Library.plotParameters([Library.whichGame, range]),
        details: """
            Over points of the plane D's output is a heat map, with the line on which it cannot tell; over numbers both \
            densities are drawn, and D beside its best answer D*. What `watch` records has a panel each, up to three. \
            `watch plot dashboard every 100` draws the page again and again while the game is played.
            """,
        example: example + "plot dashboard"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let item = try drawing.currentGame()
        guard let game = item.value.object(as: GameValue.self) else { return }
        try Library.show(try drawing.dashboard(game), arguments, context)
    }

    private static let game = CommandEntry(
        "plot game", topic: .plots, "draw a game in layers, each of which can be switched on and off",
        parameters: Library.plotParameters([
            Library.whichGame, layer("data", "true", "real points"),
            layer("samples", "true", "what G makes"), layer("heatmap", "true", "what D says of every place"),
            layer(
                "manifold", "",
                "how G bends a grid of noise; on the line its way from noise to number, drawn if left out"),
            layer("gradients", "false", "where G's loss pushes its points"), range,
        ]),
        details: """
            In the plane: blue where D says real, vermillion where it says made up. The bent grid has cells that are \
            equally probable, so a small dark cell holds as many points as a large pale one. The arrows are minus the \
            gradient of what a point costs G, all lengthened by the same factor. On the line: both densities, D beside \
            D* = p/(p+q), and lines from the noise to what G makes of it.
            """,
        example: example + "plot game manifold=true gradients=true"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let item = try drawing.currentGame()
        guard let game = item.value.object(as: GameValue.self) else { return }
        let layers = GameLayers(
            hasData: try arguments.boolean("data"), hasGenerated: try arguments.boolean("samples"),
            hasHeatMap: try arguments.boolean("heatmap"),
            hasManifold: arguments.has("manifold") ? try arguments.boolean("manifold") : nil,
            hasPushes: try arguments.boolean("gradients"))
        try Library.show(try drawing.game(item, game, layers), arguments, context)
    }

    private static let games = CommandEntry(
        "plot games", topic: .plots, "draw several games side by side",
        parameters: Library.plotParameters([Parameter("g", .any, variadic: true, "games, or lists of them"), range]),
        example: "a = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); b = a; train 20 game=b; plot games a, b"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try Library.show(try drawing.games(arguments.plotItems("g")), arguments, context)
    }

    private static let weights = CommandEntry(
        "plot weights", topic: .plots, "draw how the weights of each layer are spread, or their gradients",
        parameters: Library.plotParameters([
            Parameter("model", .any, default: "", "a network or a game; the game if left out"),
            Parameter(
                "gradients", .boolean, default: "false", "of a game: the slopes of both losses, on 512 fresh points"),
            Parameter("history", .boolean, default: "false", "of a game: how they were spread at every step so far"),
        ]),
        details: """
            With `history=true` each layer has a heat map: the steps to the right, the weights upwards, the darker the more \
            weights; the line is their median, and the middle half of them lies between the thin lines. A game remembers \
            itself at some of its steps, fewer the longer it gets.
            """,
        example: example + "plot weights; plot weights game.D; plot weights gradients=true history=true"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let item = try drawing.itemOrGame("model")
        let areGradients = try arguments.boolean("gradients")
        let figure =
            try arguments.boolean("history")
            ? try drawing.weightHistory(item, areGradients: areGradients)
            : try drawing.weights(item, areGradients: areGradients)
        try Library.show(figure, arguments, context)
    }

    private static let interpolation = CommandEntry(
        "plot interpolation", topic: .plots, "draw what G makes on straight ways through its noise",
        parameters: Library.plotParameters([
            Library.whichGame, Parameter("paths", .integer(1...20), default: "5", "how many ways"),
        ]),
        details: "G is continuous: between two modes of the data it has to cross the gap, and here one sees where.",
        example: example + "plot interpolation"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        guard let game = try drawing.currentGame().value.object(as: GameValue.self) else { return }
        let figure = try drawing.interpolation(game, paths: try arguments.integer("paths"))
        try Library.show(figure, arguments, context)
    }
}

extension PlotDrawing {
    /// What was given, or the current game.
    fileprivate func itemOrGame(_ name: String) throws(CellError) -> PlotItem {
        if let given = arguments.plotItem(name) { return given }
        return try currentGame()
    }

    /// D of the current game.
    func discriminator() throws(CellError) -> PlotItem {
        let item = try currentGame()
        let player = try item.value.object(as: GameValue.self)?.member("D")
        return PlotItem(name: "\(item.name).D", value: player ?? .nothing)
    }
}
