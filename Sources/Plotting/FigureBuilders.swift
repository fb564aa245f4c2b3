import Foundation

/// Something with a name for the legend and a role for its colour.
public struct Named<Content: Hashable & Sendable>: Hashable, Sendable {
    /// What the legend says.
    public var name: String
    /// Who it is.
    public var role: Role
    /// The numbers.
    public var content: Content

    /// A named content.
    public init(_ name: String, _ role: Role, _ content: Content) {
        self.name = name
        self.role = role
        self.content = content
    }
}

// The pictures of the playground.
extension Figure {
    /// Histograms of one or more samples over the same bins, with curves over them.
    ///
    /// With `isDensity` (or any curve) the bars are scaled so that each sample's area is 1; else they are counts.
    public static func histogram(
        _ samples: [Named<[Double]>], bins: Int, curves: [Named<[Point]>] = [], isDensity: Bool = false,
        range: ClosedRange<Double>? = nil, title: String = "", xLabel: String = "value", yLabel: String? = nil
    ) -> Figure {
        let scaled = isDensity || !curves.isEmpty
        let edges = Bins.edges(for: samples.map(\.content), count: bins, range: range)
        var series = samples.map { sample in
            let counts = Bins.counts(of: sample.content, edges: edges)
            let total = Double(sample.content.count { $0.isFinite })
            let heights = zip(counts, zip(edges, edges.dropFirst())).map { count, edge in
                scaled ? count / (max(total, 1) * (edge.1 - edge.0)) : count
            }
            return Series(sample.name, role: sample.role, .bars(edges: edges, heights: heights))
        }
        series += curves.map { Series($0.name, role: $0.role, .curve($0.content)) }
        return Figure(
            Panel(
                title: title, x: Axis(xLabel, range: range), y: Axis(yLabel ?? (scaled ? "density" : "count")),
                series: series))
    }

    /// Points in a plane. Without a word on it, a unit is as long upwards as sideways when the data are about as wide as
    /// high and the axes have no names of their own.
    public static func scatter(
        _ clouds: [Named<[Point]>], hasEqualAspect: Bool? = nil, title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Figure {
        let panel = Panel(
            title: title, x: Axis(xLabel.isEmpty ? "x" : xLabel), y: Axis(yLabel.isEmpty ? "y" : yLabel),
            series: clouds.map { Series($0.name, role: $0.role, .scatter($0.content)) })
        return Figure(withAspect(hasEqualAspect, panel, isNamed: !xLabel.isEmpty || !yLabel.isEmpty))
    }

    /// Densities of one variable as curves; the first one filled.
    public static func densities(
        _ curves: [Named<[Point]>], title: String = "", xLabel: String = "value", yLabel: String = "density"
    ) -> Figure {
        var series: [Series] = []
        for curve in curves where curve.role != .model {
            let points = curve.content.filter(\.isFinite)
            series.append(
                Series(
                    role: curve.role,
                    .band(x: points.map(\.x), lower: points.map { _ in 0 }, upper: points.map(\.y))))
        }
        series += curves.map { Series($0.name, role: $0.role, .curve($0.content)) }
        return Figure(
            Panel(title: title, x: Axis(xLabel), y: Axis(yLabel), series: series))
    }

    /// A density over the plane as a heat map, others as contours over it, and points.
    public static func density(
        _ ground: Named<Grid>, contours: [Named<Grid>] = [], points: [Named<[Point]>] = [], title: String = "",
        xLabel: String = "", yLabel: String = ""
    ) -> Figure {
        var series = [Series(ground.name, role: ground.role, .heatMap(ground.content, .density(ground.role)))]
        let lines = contours.isEmpty ? [Named("", .neutral, ground.content)] : contours
        series += lines.map { Series($0.name, role: $0.role, .contours($0.content, levels: levels(of: $0.content))) }
        series += points.map { Series($0.name, role: $0.role, .scatter($0.content)) }
        return plane(series, nil, title, xLabel, yLabel)
    }

    /// Curves over one axis.
    public static func curves(
        _ curves: [Named<[Point]>], rules: [Named<Rule>] = [], title: String = "", xLabel: String = "x",
        yLabel: String = "", range: ClosedRange<Double>? = nil, isLogarithmic: Bool = false
    ) -> Figure {
        let series =
            rules.map { Series($0.name, role: $0.role, .rule($0.content)) }
            + curves.map { Series($0.name, role: $0.role, .curve($0.content)) }
        return Figure(
            Panel(
                title: title, x: Axis(xLabel, range: range), y: Axis(yLabel, isLogarithmic: isLogarithmic),
                series: series))
    }

    /// Losses (or anything else) against the step of training.
    public static func learning(
        _ losses: [Named<[Point]>], rules: [Named<Rule>] = [], title: String = "", yLabel: String = "loss"
    ) -> Figure {
        curves(losses, rules: rules, title: title, xLabel: "step", yLabel: yLabel)
    }

    /// A matrix as coloured cells, row 0 on top as it is printed.
    public static func matrix(rows: Int, columns: Int, values: [Double], name: String = "", title: String = "")
        -> Figure
    {
        let grid = Grid(
            x: -0.5...Double(max(columns, 1)) - 0.5, y: -0.5...Double(max(rows, 1)) - 0.5, columns: columns, rows: rows,
            values: stride(from: rows - 1, through: 0, by: -1).flatMap {
                Array(values.dropFirst($0 * columns).prefix(columns))
            })
        let hasBothSigns = (grid.extremes?.lowerBound ?? 0) < 0 && (grid.extremes?.upperBound ?? 0) > 0
        var series = [Series(name, role: .neutral, .heatMap(grid, hasBothSigns ? .signed : .neutral))]
        if rows <= 12, columns <= 12 { series.append(Series(role: .model, .texts(numbers(in: grid)))) }
        let panel = Panel(
            title: title, x: Axis("column", ticks: indices(columns) { Double($0) }),
            y: Axis("row", ticks: indices(rows) { Double(rows - 1 - $0) }), series: series)
        return Figure(withAspect(nil, panel, isNamed: false))
    }

    /// The numbers of a small matrix, to stand in its cells.
    private static func numbers(in grid: Grid) -> [PlacedText] {
        let centres = Grid.centres(x: grid.x, y: grid.y, columns: grid.columns, rows: grid.rows)
        let extremes = grid.extremes ?? 0...1
        let reach = max(abs(extremes.lowerBound), abs(extremes.upperBound))
        return zip(centres, grid.values).map { centre, value in
            let share =
                extremes.lowerBound < 0 && extremes.upperBound > 0
                ? abs(value) / reach : (value - extremes.lowerBound) / (extremes.upperBound - extremes.lowerBound)
            // The purple of negative numbers is dark, the green of positive ones is not.
            let isOnDark = share > 0.6 && (extremes.lowerBound >= 0 || value < 0)
            let digits = grid.columns > 6 ? "%.2g" : "%.3g"
            return PlacedText(value.isFinite ? String(format: digits, value) : "nan", at: centre, isOnDark: isOnDark)
        }
    }

    /// A function of two numbers as a heat map with contours.
    public static func surface(
        _ heights: Named<Grid>, title: String = "", xLabel: String = "x", yLabel: String = "y"
    ) -> Figure {
        let extremes = heights.content.extremes ?? 0...1
        let hasBothSigns = extremes.lowerBound < 0 && extremes.upperBound > 0
        let levels = Ticks.linear(in: extremes, most: 9).map(\.position)
        let panel = Panel(
            title: title, x: Axis(xLabel), y: Axis(yLabel),
            series: [
                Series(heights.name, role: .neutral, .heatMap(heights.content, hasBothSigns ? .signed : .neutral)),
                Series(role: .neutral, .contours(heights.content, levels: levels)),
            ])
        return Figure(withAspect(nil, panel, isNamed: false))
    }

    /// The graph of a computation.
    public static func graph(_ nodes: [GraphNode], title: String = "") -> Figure {
        Figure(
            Panel(
                title: title, x: Axis(isHidden: true), y: Axis(isHidden: true),
                series: [Series(role: .neutral, .graph(GraphLayout.drawing(of: nodes)))]))
    }

    /// Several figures side by side, their panels in the order given.
    public static func panels(_ figures: [Figure], columns: Int? = nil, title: String = "") -> Figure {
        let panels = figures.flatMap { figure in
            figure.panels.enumerated().map { index, panel in
                var panel = panel
                if index == 0, panel.title.isEmpty { panel.title = figure.title }
                return panel
            }
        }
        return Figure(title: title, panels: panels, columns: columns)
    }

    // MARK: helpers

    /// Heights at which a density's contours are drawn: tenths of its peak, few and evenly spaced.
    static func levels(of grid: Grid) -> [Double] {
        let peak = grid.extremes?.upperBound ?? 0
        return peak > 0 ? [0.1, 0.3, 0.5, 0.7, 0.9].map { $0 * peak } : []
    }

    static func withAspect(_ wanted: Bool?, _ panel: Panel, isNamed: Bool) -> Panel {
        var panel = panel
        if let wanted {
            panel.hasEqualAspect = wanted
        } else if !isNamed, let view = ViewRange(of: panel) {
            let proportion = (view.x.upperBound - view.x.lowerBound) / (view.y.upperBound - view.y.lowerBound)
            panel.hasEqualAspect = (0.3...3.4).contains(proportion)
        }
        return panel
    }

    private static func indices(_ count: Int, place: (Int) -> Double) -> [Tick] {
        let every = max((count + 9) / 10, 1)
        return stride(from: 0, to: count, by: every).map { Tick(place($0), String($0)) }
    }
}

/// Bins of a histogram.
enum Bins {
    /// So many equal bins over all samples.
    static func edges(for samples: [[Double]], count: Int, range: ClosedRange<Double>?) -> [Double] {
        let all = samples.joined().filter(\.isFinite)
        guard var low = range?.lowerBound ?? all.min(), var high = range?.upperBound ?? all.max() else {
            return [0, 1]
        }
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        let bins = min(max(count, 1), 10_000)
        // The span may be beyond the largest number.
        if ((high - low) * Double(bins)).isFinite {
            return (0...bins).map { low + (high - low) * Double($0) / Double(bins) }
        }
        return (0...bins).map { place in
            let share = Double(place) / Double(bins)
            return low * (1 - share) + high * share
        }
    }

    /// How many values lie in each bin; the last bin holds its upper edge.
    static func counts(of values: [Double], edges: [Double]) -> [Double] {
        var counts = Array(repeating: 0.0, count: max(edges.count - 1, 0))
        guard let low = edges.first, let high = edges.last, high > low else { return counts }
        // Halves, where the span is beyond the largest number.
        let scale = (high - low).isFinite ? 1 : 0.5
        let span = high * scale - low * scale
        for value in values where value >= low && value <= high {
            let bin = Int((value * scale - low * scale) / span * Double(counts.count))
            counts[min(bin, counts.count - 1)] += 1
        }
        return counts
    }
}
