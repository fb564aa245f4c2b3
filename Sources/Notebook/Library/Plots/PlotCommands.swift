import Language
import Plotting

extension Library {
    /// The commands that draw.
    static func addPlots(to registry: inout Registry) {
        registry.add([
            plot, plotHistogram, plotScatter, plotDensity, plotBoundary, plotNeurons, plotFunction, plotMatrix,
            plotLine, plotLearning, plotGraph, PlotLosses.command,
        ])
        registry.add(PlotGameCommands.all + PlotComparisonCommands.all + PlotHistoryCommands.all + [plotField])
        registry.add(PlotWatchCommands.all + AnimateCommand.all)
    }

    /// What every picture takes.
    static func plotParameters(_ own: [Parameter]) -> [Parameter] {
        own + [
            Parameter("title", .string, default: "", "stands above the picture"),
            Parameter("xlabel", .string, default: "", "names the horizontal axis, with its unit"),
            Parameter("ylabel", .string, default: "", "names the vertical axis, with its unit"),
            Parameter(
                "label", .oneOf([.string, .list(of: .string)]), default: "",
                "names in the legend, in its order: label=[\"before\", \"after\"]"),
            Parameter("to", .path, default: "", "writes the picture to a file: .png, .svg, .pdf or .txt"),
        ]
    }

    /// Shows a figure, or writes it to the file that was asked for.
    static func show(_ figure: Figure, _ arguments: Arguments, _ context: Context) throws(CellError) {
        guard !figure.isEmpty else { throw PlotError.empty.explanation }
        let figure = try FigureNames(arguments).given(to: figure)
        guard let path = try arguments.optionalString("to") else {
            context.emit(.object(FigureValue(figure)))
            return
        }
        do throws(PlotError) {
            try PictureFile.write(figure, to: path, with: Gnuplot(isInterrupted: { context.checkInterrupt() }))
        } catch {
            var explanation = error.explanation
            explanation.range = arguments.range(of: "to")
            throw explanation
        }
        context.emit(.note("wrote \(path)"))
    }

    private static let plot = CommandEntry(
        "plot", topic: .plots, "draw a value in the way that suits it",
        parameters: plotParameters([Parameter("values", .any, variadic: true, "what to draw")]),
        details: """
            A distribution is drawn as its density, a function as its curve, a network with one or two inputs as its \
            output, a game as D's output with real and made-up points over it, a comparison as medians and quartiles, a \
            scalar as the graph that it was made by, a vector as a line, points in two columns as dots, any other matrix \
            as coloured cells, a table as its first two columns of numbers. `plot histogram`, `plot scatter`, ... say it \
            themselves. `to FILE` writes a file in place of showing the picture.
            """,
        example: "plot randn(200, 2)"
    ) { (arguments, context) throws(CellError) in
        let items = arguments.plotItems("values")
        guard let first = items.first else { throw arguments.error("values", "needs something to draw") }
        if let shown = first.value.object(as: FigureValue.self) {
            return try show(shown.figure, arguments, context)
        }
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try show(try drawing.anything(items), arguments, context)
    }

    private static let plotHistogram = CommandEntry(
        "plot histogram", topic: .plots, "draw how often values occur, with densities over them",
        parameters: plotParameters([
            Parameter("x", .any, variadic: true, "samples (bars), distributions and functions (curves)"),
            Parameter("bins", .integer(1...10_000), default: "", "how many bins; chosen from the data if left out"),
            Parameter(
                "density", .boolean, default: "",
                "scale the bars to area 1; if left out, where samples differ in size or curves are drawn over them"),
            Parameter("range", .tensor, default: "", "low and high end: range=[0, 6]"),
        ]),
        details: "The first sample is blue, the second one vermillion; a name such as `fake` says which it is.",
        example: "x = randn(500); plot histogram x, normal(0, 1), bins=30"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try show(try drawing.histogram(arguments.plotItems("x")), arguments, context)
    }

    private static let plotScatter = CommandEntry(
        "plot scatter", topic: .plots, "draw points in the plane",
        parameters: plotParameters([
            Parameter("x", .any, variadic: true, "matrices of two columns, a table, or two vectors of one length")
        ]),
        details: "Two vectors are taken for abscissae and ordinates. A table with a column of text is coloured by it.",
        example: "real = randn(100, 2); fake = 2 * randn(100, 2); plot scatter real, fake"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try show(try drawing.scatter(arguments.plotItems("x")), arguments, context)
    }

    private static let plotDensity = CommandEntry(
        "plot density", topic: .plots, "draw densities: curves on the line, a heat map with contours in the plane",
        parameters: plotParameters([
            Parameter(
                "d", .any, default: "", variadic: true,
                "distributions, or a game; in the plane also points, drawn over them; the game if left out"),
            Parameter("range", .tensor, default: "", "low and high end: range=[-3, 3], or one row for each axis"),
        ]),
        details: """
            In the plane the first distribution is the heat map and the others are contours over it. Of a game, the density \
            of what G makes is drawn against that of the data, both as kernel densities of 2000 points.
            """,
        example: "plot density normal(0, 1), normal(1, 2), range=[-4, 6]"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let items = arguments.plotItems("d")
        try show(try drawing.density(items.isEmpty ? [try drawing.currentGame()] : items), arguments, context)
    }

    private static let plotBoundary = CommandEntry(
        "plot boundary", topic: .plots, "draw what a discriminator or classifier says, and the points it judges",
        parameters: plotParameters([
            Parameter("model", .any, "a network, a classifier, or a function from points to probabilities"),
            Parameter("points", .any, default: "", variadic: true, "real points, then made-up ones; or a table"),
            Parameter("real", .any, default: "", "real points"),
            Parameter("fake", .any, default: "", "made-up points"),
            Parameter("range", .tensor, default: "", "low and high end: range=[-3, 3], or one row for each axis"),
        ]),
        details: """
            Blue says real, vermillion says made up, and on the line between them the model cannot tell. A classifier of \
            several classes has a colour for each.
            """,
        example: "D = mlp(2, 8, 1); plot boundary D, randn(50, 2), 2 * randn(50, 2) - 1"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let model = PlotItem(name: arguments.sources(of: "model").first ?? "D", value: try arguments.value("model"))
        try show(try drawing.boundary(model, arguments.plotItems("points")), arguments, context)
    }

    private static let plotFunction = CommandEntry(
        "plot function", topic: .plots, "draw functions of one number, or one function of two",
        parameters: plotParameters([
            Parameter("f", .any, variadic: true, "functions of the registry or your own"),
            Parameter("range", .tensor, default: "", "low and high end: range=[-5, 5], or one row for each axis"),
        ]),
        example: "f(x) = sin(3*x) * exp(-x**2 / 8); plot function f, tanh, range=[-5, 5]"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try show(try drawing.functions(arguments.plotItems("f")), arguments, context)
    }

    private static let plotMatrix = CommandEntry(
        "plot matrix", topic: .plots, "draw a matrix as coloured cells, row 0 on top",
        parameters: plotParameters([Parameter("m", .any, variadic: true, "matrices, side by side")]),
        details: "Green is positive and purple negative; numbers of one sign run from light to dark.",
        example: "W = randn(6, 9); plot matrix W"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try show(try drawing.matrices(arguments.plotItems("m")), arguments, context)
    }

    private static let plotLine = CommandEntry(
        "plot line", topic: .plots, "draw vectors as lines",
        parameters: plotParameters([
            Parameter("y", .any, variadic: true, "vectors, or matrices whose two columns are abscissa and ordinate"),
            Parameter("x", .tensor, default: "", "the abscissae; 0, 1, 2, ... if left out"),
            Parameter("log", .boolean, default: "false", "equal steps upwards are equal factors"),
        ]),
        example: "x = linspace(0, 6, 50); plot line sin(x), cos(x), x=x"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        try show(try drawing.lines(arguments.plotItems("y")), arguments, context)
    }

    private static let plotLearning = CommandEntry(
        "plot learning", topic: .plots, "draw how a loss went while a model learned",
        parameters: plotParameters([
            Parameter(
                "m", .any, default: "", variadic: true,
                "fitted models, vectors of losses, or one game; the game if left out"),
            Parameter("log", .boolean, default: "false", "equal steps upwards are equal factors"),
        ]),
        example: "losses = exp(-arange(100) / 20); plot learning losses"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let items = arguments.plotItems("m")
        try show(try drawing.learning(items.isEmpty ? [try drawing.currentGame()] : items), arguments, context)
    }

    private static let plotGraph = CommandEntry(
        "plot graph", topic: .plots, "draw the operations that a value was made by, with values and gradients",
        parameters: plotParameters([Parameter("y", .any, "a scalar, or a number made of parameters")]),
        details: "Each box holds a value and how much the result changes with it.",
        example: "w = scalar(0.5); x = scalar(2); loss = (w * x - 3)**2; plot graph loss"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let item = PlotItem(name: arguments.sources(of: "y").first ?? "", value: try arguments.value("y"))
        try show(try drawing.graph(item), arguments, context)
    }
}
