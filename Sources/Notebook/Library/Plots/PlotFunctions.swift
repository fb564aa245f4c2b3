import Autodiff
import Language
import LinearAlgebra
import Plotting

/// Asks functions of cells for their values at many places.
struct FunctionSampler {
    let context: Context

    /// The values at places: all at once where the function takes vectors, else one by one.
    func values(of function: Value, at inputs: [[Double]]) throws(CellError) -> [Double] {
        let count = inputs[0].count
        let whole = try? context.call(function, inputs.map(Value.vector))
        if let numbers = whole?.matrix, numbers.count == count { return numbers.values }
        var values: [Double] = []
        for place in 0..<count {
            if context.checkInterrupt() { throw CellError(.interrupted, "stopped while a function was drawn") }
            let answer = try context.call(function, inputs.map { .number($0[place]) })
            if case .scalar(let scalar) = answer {
                values.append(scalar.value)
            } else if let number = answer.matrix, number.count == 1 {
                values.append(number.values[0])
            } else {
                throw CellError(.type, "to be drawn a function must give a number; it gave \(answer.errorDescription)")
            }
        }
        return values
    }

    /// A curve over a range, broken where the function jumps from one end of the picture to the other.
    func curve(of item: PlotItem, over range: ClosedRange<Double>) throws(CellError) -> [Point] {
        let places = PlotDrawing.places(range)
        return zip(places, try values(of: item.value, at: [places])).map { Point($0, $1) }
    }
}

extension PlotDrawing {
    /// Functions of one number as curves, a function of two as a heat map.
    func functions(_ items: [PlotItem]) throws(CellError) -> Figure {
        if items.count == 1, case .function(let function) = items[0].value, function.requiredCount == 2 {
            return try surface(items[0])
        }
        let range = try arguments.plotRanges()?.first ?? -5...5
        var curves: [Named<[Point]>] = []
        for (item, role) in zip(items, PlotRoles.ofCurves(items.count)) {
            let points = try densityCurve(item, over: range, "a function")
            curves.append(Named(items.count == 1 ? "" : item.name, role, Poles.broken(points)))
        }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        var figure = Figure.curves(
            curves, title: try arguments.plotText("title"), xLabel: xLabel.isEmpty ? "x" : xLabel,
            yLabel: yLabel.isEmpty ? items.count == 1 ? "\(items[0].name)(x)" : "y" : yLabel, range: range)
        figure.panels[0].y.range = Poles.range(of: curves.map(\.content))
        return figure
    }

    private func surface(_ item: PlotItem) throws(CellError) -> Figure {
        let ranges = try planeRanges { [] }
        let centres = Grid.centres(x: ranges.x, y: ranges.y, columns: 60, rows: 60)
        let values = try FunctionSampler(context: context)
            .values(of: item.value, at: [centres.map(\.x), centres.map(\.y)])
        let grid = Grid(x: ranges.x, y: ranges.y, columns: 60, rows: 60, values: values)
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        return Figure.surface(
            Named(item.name, .neutral, grid), title: try arguments.plotText("title"),
            xLabel: xLabel.isEmpty ? "x" : xLabel, yLabel: yLabel.isEmpty ? "y" : yLabel)
    }

    /// Losses while models learned.
    func learning(_ items: [PlotItem]) throws(CellError) -> Figure {
        if items.count == 1, let game = items[0].value.object(as: GameValue.self) { return try learning(of: game) }
        var losses: [Named<[Point]>] = []
        for (item, role) in zip(items, PlotRoles.ofCurves(items.count)) {
            losses.append(Named(items.count == 1 ? "" : item.name, role, try history(item)))
        }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        return Figure.curves(
            losses, title: try arguments.plotText("title"), xLabel: xLabel.isEmpty ? "step" : xLabel,
            yLabel: yLabel.isEmpty ? "loss" : yLabel, isLogarithmic: try arguments.plotFlag("log"))
    }

    /// What a model remembers of its training: one number for every so many steps.
    private func history(_ item: PlotItem) throws(CellError) -> [Point] {
        var numbers = item.numbers
        var every = 1.0
        if case .object(let object) = item.value, object.memberNames.contains("history") {
            numbers = try object.member("history")?.matrix?.values ?? []
            if let numbers, numbers.isEmpty {
                throw CellError(
                    .value, "`\(item.name)` has not been trained yet, so there is nothing to draw",
                    help: "`fit \(item.name) ...` trains it")
            }
            if object.memberNames.contains("steps"), let steps = try object.member("steps")?.number, let numbers {
                every = max(steps / Double(numbers.count), 1).rounded()
            }
        }
        guard let numbers else { throw unsuitable(item, "a fitted model or a vector of losses", nil) }
        return numbers.enumerated().map { Point(Double($0.offset + 1) * every, $0.element) }
    }

    /// The operations that a value was made by.
    func graph(_ item: PlotItem) throws(CellError) -> Figure {
        let graph: ComputationGraph
        switch item.value {
        case .scalar(let scalar): graph = scalar.graph()
        case .tensor(let variable):
            let names = context.state.variables.sorted { $0.key < $1.key }.compactMap { name, value in
                if case .tensor(let known) = value { (known, name) } else { nil }
            }
            graph = variable.graph(labels: names)
        default:
            throw unsuitable(item, "a scalar or a number made of parameters", "`scalar(2)` and `param(2)` make them")
        }
        guard graph.nodes.count > 1 else {
            throw CellError(
                .value, "`\(item.name)` was not made by any operation, so there is no graph to draw",
                help: "`w = scalar(0.5); loss = (w * 2 - 3)**2; plot graph loss`")
        }
        guard graph.nodes.count <= 80 else {
            throw CellError(
                .value, "the graph of `\(item.name)` has \(graph.nodes.count) values; a picture has room for 80",
                help: "draw what one point does: a smaller sum")
        }
        return Figure.graph(GraphText(graph, result: item.name).nodes, title: try arguments.plotText("title"))
    }

    /// The picture that suits a value.
    func anything(_ items: [PlotItem]) throws(CellError) -> Figure {
        let first = items[0]
        if let game = first.value.object(as: GameValue.self) { return try self.game(first, game) }
        if let game = first.value.object(as: PlanarGameValue.self) {
            return try portrait(of: game.game(in: context), Array(items.dropFirst()))
        }
        if let comparison = first.value.object(as: ComparisonValue.self) { return try self.comparison(comparison) }
        if try first.distribution() != nil { return try density(items) }
        if let judge = first.value.object(as: (any Judges).self), judge.dimension <= 2 {
            return try boundary(first, Array(items.dropFirst()))
        }
        if first.table != nil || first.points != nil && first.value.matrix?.rows ?? 0 > 4 { return try scatter(items) }
        if case .scalar = first.value { return try graph(first) }
        if case .tensor(let variable) = first.value, variable.shape.rank == 0, variable.operation != nil {
            return try graph(first)
        }
        if let numbers = first.numbers { return try numbers.count > 1 ? lines(items) : matrices(items) }
        if first.value.matrix != nil { return try matrices(items) }
        if first.value.isCallable { return try functions(items) }
        throw unsuitable(first, "something that can be drawn", "`help plots` lists the pictures")
    }
}

/// Where a function shoots off to infinity.
enum Poles {
    /// The points with a break wherever the curve jumps across most of its height and changes sign.
    static func broken(_ points: [Point]) -> [Point] {
        guard let (low, high) = limits(points) else { return points }
        var out: [Point] = []
        for point in points {
            if let last = out.last, last.y * point.y < 0, abs(point.y - last.y) > 0.5 * (high - low) {
                out.append(Point((last.x + point.x) / 2, .nan))
            }
            out.append(point)
        }
        return out
    }

    /// A range that shows the body of curves that have poles; nil where there is none.
    static func range(of curves: [[Point]]) -> ClosedRange<Double>? {
        guard curves.contains(where: { $0.contains { !$0.y.isFinite } }) else { return nil }
        let sorted = curves.joined().map(\.y).filter(\.isFinite).sorted()
        guard sorted.count > 20 else { return nil }
        let (low, high) = (sorted[sorted.count / 20], sorted[sorted.count - 1 - sorted.count / 20])
        let spread = high - low
        guard spread > 0, sorted[sorted.count - 1] - sorted[0] > 4 * spread else { return nil }
        return low - 0.5 * spread...high + 0.5 * spread
    }

    private static func limits(_ points: [Point]) -> (Double, Double)? {
        let finite = points.map(\.y).filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max(), high > low else { return nil }
        return (low, high)
    }
}

/// The words in the boxes of a graph.
struct GraphText {
    let nodes: [GraphNode]

    init(_ graph: ComputationGraph, result: String) {
        nodes = graph.nodes.enumerated().map { index, node in
            let inputs = graph.edges.filter { $0.to == node.id }.map(\.from)
            let isResult = index == graph.nodes.count - 1
            let isConstant = node.label == nil && node.operation == nil
            let name = node.label ?? (isResult && result.count <= 8 ? result : nil)
            var details: [String] = []
            if let value = node.value, !isConstant { details.append(value.significant(4)) }
            if node.value == nil { details.append("\(node.shape)") }
            if let gradient = node.gradient, !isConstant { details.append("grad \(gradient.significant(4))") }
            return GraphNode(
                title: Self.title(name, node), details: details, inputs: inputs,
                role: isResult ? .generated : node.operation == nil && !isConstant ? .real : .neutral)
        }
    }

    private static func title(_ name: String?, _ node: ComputationGraph.Node) -> String {
        switch (name, node.operation) {
        case (let name?, let operation?): "\(name): \(operation)"
        case (let name?, nil): name
        case (nil, let operation?): operation
        case (nil, nil): node.value?.significant(4) ?? "\(node.shape)"
        }
    }
}
