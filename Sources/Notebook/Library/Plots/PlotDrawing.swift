import Foundation
import Language
import LinearAlgebra
import Plotting
import Probability

/// Makes figures of what a `plot` command was given.
struct PlotDrawing {
    let arguments: Arguments
    let context: Context

    // MARK: samples

    /// Samples as bars, distributions and functions as curves.
    func histogram(_ items: [PlotItem]) throws(CellError) -> Figure {
        var samples: [PlotItem] = []
        var curves: [PlotItem] = []
        for item in items {
            if item.numbers != nil { samples.append(item) } else { curves.append(item) }
        }
        let values = samples.compactMap(\.numbers)
        guard !samples.isEmpty else {
            throw unsuitable(items[0], "a sample of numbers", "`plot density` draws densities")
        }
        let range = try arguments.plotRanges()?.first ?? bulk(of: values.joined())
        guard let extent = Self.extent(values.joined()) else { throw arguments.error("x", "holds no finite number") }
        let shown = range ?? Self.widened(extent, by: 0.05)
        let roles = PlotRoles.of(samples.map(\.name))
        let curveRoles = PlotRoles.ofCurves(curves.count)
        var lines: [Named<[Point]>] = []
        for (curve, role) in zip(curves, curveRoles) {
            lines.append(
                Named(curve.name, role, try densityCurve(curve, over: shown, "a sample, a distribution or a function")))
        }
        let label = try arguments.plotText("xlabel")
        return Figure.histogram(
            zip(samples, zip(roles, values)).map { Named($0.name, $1.0, $1.1) },
            bins: try arguments.optionalInteger("bins") ?? Histogram.suitableCount(values, range: range), curves: lines,
            isDensity: try isDensity(of: values),
            range: range, title: try arguments.plotText("title"),
            xLabel: label.isEmpty ? samples.count == 1 ? samples[0].name : "value" : label,
            yLabel: try arguments.optionalString("ylabel"))
    }

    /// Counts of samples of different sizes cannot be compared, so they are scaled unless the cell says otherwise.
    private func isDensity(of samples: [[Double]]) throws(CellError) -> Bool {
        if arguments.has("density") { return try arguments.boolean("density") }
        return Set(samples.map(\.count)).count > 1
    }

    /// The middle of numbers a few of which lie so far out that nothing could be seen of the rest; a note tells of them.
    private func bulk(of numbers: some Sequence<Double>) -> ClosedRange<Double>? {
        let sorted = numbers.filter(\.isFinite).sorted()
        guard sorted.count >= 20 else { return nil }
        let (low, high) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
        let reach = 10 * (high - low)
        guard reach > 0, sorted[sorted.count - 1] - sorted[0] > 4 * reach else { return nil }
        let range = low - reach...high + reach
        let outside = sorted.count { !range.contains($0) }
        let text = "[\(range.lowerBound.significant(3)), \(range.upperBound.significant(3))]"
        context.emit(
            .note(
                "\(outside) of \(sorted.count) values lie outside \(text) and are not drawn; `range=` chooses what is"))
        return range
    }

    /// Points of the plane.
    func scatter(_ items: [PlotItem]) throws(CellError) -> Figure {
        var (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        var clouds: [Named<[Point]>] = []
        if items.count == 2, let x = items[0].numbers, let y = items[1].numbers, x.count == y.count, x.count != 1 {
            if xLabel.isEmpty { xLabel = items[0].name }
            if yLabel.isEmpty { yLabel = items[1].name }
            clouds = [Named("", .real, zip(x, y).map { Point($0, $1) })]
        } else {
            let roles = PlotRoles.of(items.map(\.name))
            for (item, role) in zip(items, roles) {
                if let table = item.table {
                    let groups = try TablePoints(table, arguments: arguments)
                    if xLabel.isEmpty { xLabel = groups.columns[0] }
                    if yLabel.isEmpty { yLabel = groups.columns[1] }
                    clouds += groups.clouds(named: item.name, role: role)
                } else if let points = item.points {
                    clouds.append(Named(items.count == 1 ? "" : item.name, role, points))
                } else {
                    let help = item.numbers == nil ? "`x[:, 0:2]` takes two columns" : "`plot histogram` draws numbers"
                    throw unsuitable(item, "a matrix of two columns", help)
                }
            }
        }
        return Figure.scatter(clouds, title: try arguments.plotText("title"), xLabel: xLabel, yLabel: yLabel)
    }

    // MARK: densities

    /// Densities on the line or in the plane. A game stands for what G makes, and for the data beside it.
    func density(_ given: [PlotItem]) throws(CellError) -> Figure {
        var items: [PlotItem] = []
        for item in given {
            if let game = item.value.object(as: GameValue.self) {
                items += try densities(of: game)
            } else {
                items.append(item)
            }
        }
        var distributions: [(item: PlotItem, distribution: any Distribution)] = []
        var rest: [PlotItem] = []
        for item in items {
            if let found = try item.distribution() { distributions.append((item, found)) } else { rest.append(item) }
        }
        guard let dimension = distributions.first?.distribution.dimension else {
            throw unsuitable(items[0], "a distribution", "`kde(x, 0.3)` makes one from numbers")
        }
        if let odd = distributions.first(where: { $0.distribution.dimension != dimension }) {
            throw arguments.error(
                "d", "holds distributions of \(dimension) and of \(odd.distribution.dimension) dimensions")
        }
        guard dimension <= 2 else {
            throw arguments.error(
                "d", "has \(dimension) dimensions; a picture has two",
                help: "draw two columns of a sample: `plot scatter`")
        }
        if dimension == 1 { return try densityOnTheLine(distributions.map(\.item), rest) }
        return try densityInThePlane(distributions, rest)
    }

    /// The names of those that decide what is shown: all, or while a game is played the data, so that the picture stands
    /// still.
    private func framing(_ items: [PlotItem]) -> Set<String> {
        let names = Set(items.map(\.name))
        return pace != nil && names.contains("data") ? ["data"] : names
    }

    private func densityOnTheLine(_ items: [PlotItem], _ rest: [PlotItem]) throws(CellError) -> Figure {
        if let odd = rest.first {
            throw unsuitable(odd, "a distribution on the line", "`plot histogram` draws samples")
        }
        var range = try arguments.plotRanges()?.first
        if range == nil {
            let framing = framing(items)
            for item in items where framing.contains(item.name) {
                guard let own = try item.distribution()?.plotRange.first else { continue }
                range = range.map { min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound) } ?? own
            }
        }
        var curves: [Named<[Point]>] = []
        for (item, role) in zip(items, PlotRoles.of(items.map(\.name))) {
            curves.append(Named(item.name, role, try densityCurve(item, over: range ?? 0...1, "a distribution")))
        }
        let xLabel = try arguments.plotText("xlabel")
        let yLabel = try arguments.plotText("ylabel")
        return Figure.densities(
            curves, title: try arguments.plotText("title"), xLabel: xLabel.isEmpty ? "x" : xLabel,
            yLabel: yLabel.isEmpty ? "density" : yLabel)
    }

    private func densityInThePlane(
        _ items: [(item: PlotItem, distribution: any Distribution)], _ rest: [PlotItem]
    ) throws(CellError) -> Figure {
        var clouds: [Named<[Point]>] = []
        for item in rest {
            guard let points = item.points else {
                throw unsuitable(item, "a distribution or a matrix of two columns", nil)
            }
            clouds.append(Named(item.name, PlotRoles.told(item.name) ?? .generated, points))
        }
        let framing = framing(items.map(\.item))
        let ranges = try planeRanges {
            items.filter { framing.contains($0.item.name) }.map { $0.distribution.plotRange }
        }
        let cells = pace == nil ? 140 : 60
        let roles = items.count == 1 ? [.real] : PlotRoles.of(items.map(\.item.name))
        let grids = zip(items, roles).map { one, role -> Named<Grid> in
            let centres = Grid.centres(x: ranges.x, y: ranges.y, columns: cells, rows: cells)
            let densities = one.distribution.densities(
                atX: centres[..<cells].map(\.x), y: stride(from: 0, to: centres.count, by: cells).map { centres[$0].y })
            return Named(
                one.item.name, role, Grid(x: ranges.x, y: ranges.y, columns: cells, rows: cells, values: densities))
        }
        let (xLabel, yLabel) = try PlotJudge.labels(of: items[0].item, arguments)
        return Figure.density(
            grids[0], contours: Array(grids.dropFirst()), points: clouds, title: try arguments.plotText("title"),
            xLabel: xLabel, yLabel: yLabel)
    }

    /// The density of a distribution, or any function, as a curve.
    func densityCurve(
        _ item: PlotItem, over range: ClosedRange<Double>, _ wanted: String
    ) throws(CellError) -> [Point] {
        if let distribution = try item.distribution() {
            guard distribution.dimension == 1 else {
                throw unsuitable(item, "a distribution on the line", "`plot density` draws those in the plane")
            }
            let places = Self.places(range)
            return zip(places, distribution.logDensity(ofFlat: places)).map { Point($0, exp($1)) }
        }
        guard item.value.isCallable else { throw unsuitable(item, wanted, nil) }
        return try FunctionSampler(context: context).curve(of: item, over: range)
    }

    // MARK: vectors and matrices

    /// Matrices as coloured cells.
    func matrices(_ items: [PlotItem]) throws(CellError) -> Figure {
        var figures: [Figure] = []
        for item in items {
            guard let matrix = item.value.matrix, matrix.count > 0 else {
                throw unsuitable(item, "a matrix with numbers in it", nil)
            }
            guard matrix.count <= 250_000 else {
                throw arguments.error("m", "has \(matrix.count) numbers; a picture has room for 250000")
            }
            let title = items.count == 1 ? try arguments.plotText("title") : item.name
            figures.append(
                Figure.matrix(
                    rows: matrix.rows, columns: matrix.columns, values: matrix.values, name: item.name, title: title))
        }
        var figure = figures.count == 1 ? figures[0] : Figure.panels(figures, title: try arguments.plotText("title"))
        for index in figure.panels.indices {
            if let label = try arguments.optionalString("xlabel") { figure.panels[index].x.label = label }
            if let label = try arguments.optionalString("ylabel") { figure.panels[index].y.label = label }
        }
        return figure
    }

    /// Vectors as lines.
    func lines(_ items: [PlotItem]) throws(CellError) -> Figure {
        let x = try arguments.optionalTensor("x")?.value.values
        var curves: [Named<[Point]>] = []
        for (item, role) in zip(items, PlotRoles.ofCurves(items.count)) {
            if let numbers = item.numbers {
                if let x, x.count != numbers.count {
                    throw arguments.error(
                        "x", "has \(x.count) numbers and `\(item.name)` \(numbers.count)", kind: .shape)
                }
                let places = x ?? numbers.indices.map(Double.init)
                curves.append(
                    Named(items.count == 1 ? "" : item.name, role, zip(places, numbers).map { Point($0, $1) }))
            } else if let points = item.points {
                curves.append(Named(items.count == 1 ? "" : item.name, role, points))
            } else {
                throw unsuitable(item, "a vector or a matrix of two columns", "`plot matrix` draws matrices")
            }
        }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        let xName = arguments.sources(of: "x").first ?? "index"
        return Figure.curves(
            curves, title: try arguments.plotText("title"), xLabel: xLabel.isEmpty ? xName : xLabel,
            yLabel: yLabel.isEmpty ? items.count == 1 ? items[0].name : "value" : yLabel,
            isLogarithmic: try arguments.plotFlag("log"))
    }

    // MARK: helpers

    /// The ranges of both axes: those that were asked for, or what `own` needs.
    func planeRanges(
        _ own: () throws(CellError) -> [[ClosedRange<Double>]]
    ) throws(CellError) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
        if let wanted = try arguments.plotRanges() { return (wanted[0], wanted.last ?? wanted[0]) }
        let all = try own().filter { $0.count == 2 }
        func union(_ axis: Int) -> ClosedRange<Double> {
            let low = all.map { $0[axis].lowerBound }.min() ?? -3
            let high = all.map { $0[axis].upperBound }.max() ?? 3
            return low < high ? low...high : low - 1...low + 1
        }
        return (union(0), union(1))
    }

    /// From the smallest to the largest finite number.
    static func extent(_ numbers: some Sequence<Double>) -> ClosedRange<Double>? {
        let finite = numbers.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return nil }
        return low < high ? low...high : low - 0.5...high + 0.5
    }

    /// A range with a share of its width added at both ends.
    static func widened(_ range: ClosedRange<Double>, by share: Double = 0.08) -> ClosedRange<Double> {
        let margin = (range.upperBound - range.lowerBound) * share
        return range.lowerBound - margin...range.upperBound + margin
    }

    /// Places along a range at which curves are asked for their height.
    static func places(_ range: ClosedRange<Double>) -> [Double] {
        (0...400).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 400 }
    }

    func unsuitable(_ item: PlotItem, _ wanted: String, _ help: String?) -> CellError {
        CellError(
            .type, "\(arguments.callee) needs \(wanted); `\(item.name)` is \(item.value.errorDescription)", help: help)
    }
}
