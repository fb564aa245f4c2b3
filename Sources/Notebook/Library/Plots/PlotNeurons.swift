import Autodiff
import Language
import Learning
import LinearAlgebra
import Plotting

/// `plot neurons`.
extension Library {
    static let plotNeurons = CommandEntry(
        "plot neurons", topic: .plots, "draw what each hidden neuron of a network sees, side by side",
        parameters: plotParameters([
            Parameter(
                "network", .any, default: "",
                "a network of one or two inputs with a hidden layer; D of the game if left out"),
            Parameter("points", .any, default: "", variadic: true, "points of the plane to draw over the maps"),
            Parameter("layer", .integer(1...1000), default: "1", "which hidden layer, counted from the input"),
            Parameter("range", .tensor, default: "", "low and high end: range=[-3, 3], or one row for each axis"),
        ]),
        details: """
            In the plane each neuron has a map of its answers, green above 0 and purple below; on the line each has a \
            curve. The first 16 neurons are drawn.
            """,
        example: "D = mlp(2, 4, 1, activation=\"tanh\"); plot neurons D, sample(moons, 100)"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let network = if let given = arguments.plotItem("network") { given } else { try drawing.discriminator() }
        try show(try drawing.neurons(of: network, arguments.plotItems("points")), arguments, context)
    }
}

extension PlotDrawing {
    /// What each neuron of a hidden layer answers: a map for each over the plane, a curve for each over the line.
    func neurons(of network: PlotItem, _ points: [PlotItem]) throws(CellError) -> Figure {
        guard let model = network.value.object(as: NetworkValue.self)?.model else {
            throw unsuitable(network, "a network", "`D = mlp(2, 4, 1)` makes one")
        }
        let layers = model.sizes.count - 2
        let layer = try arguments.integer("layer")
        guard layer <= layers else {
            let count = layers == 0 ? "no hidden layer" : layers == 1 ? "one hidden layer" : "\(layers) hidden layers"
            throw CellError(.value, "`\(network.name)` has \(count)", at: arguments.range(of: "layer"))
        }
        let shown = min(model.sizes[layer], 16)
        if shown < model.sizes[layer] {
            context.emit(.note("the first \(shown) of \(model.sizes[layer]) neurons are drawn"))
        }
        switch model.inputs {
        case 1: return try neuronsOnTheLine(model, layer, shown)
        case 2: return try neuronsInThePlane(model, layer, shown, points)
        default:
            throw CellError(
                .shape, "`\(network.name)` takes points of \(model.inputs) numbers; a picture has room for two")
        }
    }

    private func neuronsOnTheLine(_ model: MLP<Double>, _ layer: Int, _ shown: Int) throws(CellError) -> Figure {
        let places = Self.places(try arguments.plotRanges()?.first ?? -3...3)
        let answers = try Self.answers(model, layer, Matrix(shape: .matrix(places.count, 1), values: places))
        let curves = zip(0..<shown, PlotRoles.ofCurves(shown)).map { neuron, role in
            Named("neuron \(neuron)", role, zip(places, answers.column(neuron)).map { Point($0, $1) })
        }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        return Figure.curves(
            curves, title: try arguments.plotText("title"), xLabel: xLabel.isEmpty ? "x" : xLabel,
            yLabel: yLabel.isEmpty ? "answer" : yLabel)
    }

    private func neuronsInThePlane(
        _ model: MLP<Double>, _ layer: Int, _ shown: Int, _ points: [PlotItem]
    ) throws(CellError) -> Figure {
        var clouds: [Series] = []
        for (item, role) in zip(points, PlotRoles.of(points.map(\.name))) {
            guard let places = item.points else {
                throw unsuitable(item, "points in rows of two", "`x[:, 0:2]` takes two columns")
            }
            // Without names: a legend in every small panel would leave no room for the maps.
            clouds.append(Series(role: role, .scatter(places)))
        }
        let ranges = try planeRanges {
            let all = points.compactMap(\.points).joined()
            guard let x = Self.extent(all.map(\.x)), let y = Self.extent(all.map(\.y)) else { return [] }
            return [[Self.widened(x), Self.widened(y)]]
        }
        let centres = Grid.centres(x: ranges.x, y: ranges.y, columns: 60, rows: 60)
        let answers = try Self.answers(
            model, layer, Matrix(shape: .matrix(centres.count, 2), values: centres.flatMap { [$0.x, $0.y] }))
        let figures = (0..<shown).map { neuron in
            let grid = Grid(x: ranges.x, y: ranges.y, columns: 60, rows: 60, values: answers.column(neuron))
            var figure = Figure.surface(Named("", .neutral, grid), title: "neuron \(neuron)")
            for index in figure.panels.indices {
                figure.panels[index].series += clouds
                // So many panels have no room for scales and names of axes.
                figure.panels[index].hasKey = false
                (figure.panels[index].x.label, figure.panels[index].y.label) = ("", "")
            }
            return figure
        }
        return Figure.panels(figures, title: try arguments.plotText("title"))
    }

    /// What the neurons of a hidden layer say of points in rows.
    private static func answers(
        _ model: MLP<Double>, _ layer: Int, _ points: Matrix<Double>
    ) throws(CellError) -> Matrix<Double> {
        do {
            return try model.hidden(layer, of: Variable(points), with: model.parameters.map { Variable($0) }).value
        } catch {
            throw CellError(.shape, "plot neurons: \(error)")
        }
    }
}
