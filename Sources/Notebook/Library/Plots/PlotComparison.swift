import Language
import Learning
import LinearAlgebra
import Plotting
import Words

/// The commands that draw what `compare` and `sweep` found.
enum PlotComparisonCommands {
    static let all = [compare, multiples]

    private static let comparison = Parameter(
        "comparison", .object("comparison"), default: "", "from `compare` or `sweep`; the last one if left out")
    private static let example =
        "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); c = compare loss=minimax,hinge seeds=3 steps=20; "

    private static let compare = CommandEntry(
        "plot compare", topic: .plots, "draw a comparison or a sweep: medians, quartiles and every seed",
        parameters: Library.plotParameters([
            comparison,
            Parameter(
                "measures", .list(of: .choice(Measure.allCases.map(\.rawValue))), default: "",
                "which of the measures that were taken: [\"js\"]; all if left out"),
        ]),
        details: """
            Each measure has a panel. The line is the median over the seeds, the band holds the middle half of them, and \
            the dots are the seeds themselves. A sweep is drawn over its numbers, a comparison beside its names, and over \
            the steps where it was made with `every=`; the losses are drawn over the steps, but for a comparison of \
            losses, which have no common scale.
            """,
        example: example + "plot compare c"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let names = arguments.has("measures") ? try arguments.strings("measures") : nil
        try Library.show(
            try drawing.comparison(try drawing.lastComparison(), measures: names?.compactMap(Measure.init(rawValue:))),
            arguments, context)
    }

    private static let multiples = CommandEntry(
        "plot multiples", topic: .plots, "draw what came of each setting of a comparison or a sweep, side by side",
        parameters: Library.plotParameters([
            comparison, Parameter("heatmap", .boolean, default: "false", "what D says of every place"),
        ]),
        details: """
            Of each setting the game is drawn that is the middle one of its seeds by the last measure: points of the data \
            and of G over the same piece of the plane, or both densities over the same numbers.
            """,
        example: example + "plot multiples c"
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let figure = try drawing.multiples(
            try drawing.lastComparison(), hasHeatMap: try arguments.boolean("heatmap"))
        try Library.show(figure, arguments, context)
    }
}

extension PlotDrawing {
    /// The comparison that was given, or the last one.
    func lastComparison() throws(CellError) -> ComparisonValue {
        if arguments.has("comparison") { return try arguments.object("comparison", as: ComparisonValue.self) }
        guard let last = context.state.slots[ComparisonValue.slot]?.object(as: ComparisonValue.self) else {
            throw CellError(
                .value, "\(arguments.callee): nothing has been compared yet",
                help: "`compare loss=minimax,hinge seeds=5` compares")
        }
        return last
    }

    /// Each measure of a comparison in a panel, and the losses over the steps.
    func comparison(_ comparison: ComparisonValue, measures wanted: [Measure]? = nil) throws(CellError) -> Figure {
        let measures = wanted ?? comparison.measures
        if let unknown = measures.first(where: { !comparison.measures.contains($0) }) {
            throw CellError(
                .value, "\(arguments.callee): `\(unknown.rawValue)` was not measured",
                at: arguments.range(of: "measures"),
                help: "measured were \(comparison.measures.map(\.rawValue).joined(separator: ", "))")
        }
        var panels = measures.map { panel(of: $0, comparison) }
        if wanted == nil, comparison.hasComparableLosses {
            panels += [Game.Role.discriminator, .generator].compactMap { lossPanel($0, comparison) }
        }
        // Where several panels run over the steps, the names of the settings stand in the first.
        var hasKey = false
        for index in panels.indices where panels[index].hasKey {
            panels[index].hasKey = !hasKey
            hasKey = true
        }
        let title = try arguments.plotText("title")
        return Figure(title: title.isEmpty ? comparison.heading : title, panels: panels)
    }

    private func panel(of measure: Measure, _ comparison: ComparisonValue) -> Panel {
        var panel: Panel
        if comparison.isWatched(measure) {
            panel = overTheSteps(comparison, measure.rawValue) { play in
                let seen = play.watch.series(of: measure)
                return zip(seen.steps, seen.values).map { Point(Double($0), $1) }
            }
        } else if comparison.settings.allSatisfy({ $0.number != nil }) {
            panel = overTheNumbers(comparison, measure)
        } else {
            panel = besideTheNames(comparison, measure)
        }
        panel.title = "\(measure.rawValue)\(measure.directionWords)"
        panel.summary = comparison.words(of: measure)
        return panel
    }

    private func lossPanel(_ role: Game.Role, _ comparison: ComparisonValue) -> Panel? {
        guard comparison.settings.contains(where: { $0.plays.contains { $0.losses[role]?.isEmpty == false } }) else {
            return nil
        }
        var panel = overTheSteps(comparison, "loss") { $0.losses[role] ?? [] }
        panel.title = "loss of \(role.rawValue.uppercased())"
        return panel
    }

    /// A band for each setting, over the steps.
    private func overTheSteps(
        _ comparison: ComparisonValue, _ label: String, _ points: (ComparisonValue.Play) -> [Point]
    ) -> Panel {
        let series = comparison.settings.enumerated().flatMap { index, setting in
            SeedBand(setting.plays.map(points)).series(setting.name, .other(index))
        }
        return Panel(x: Axis("step"), y: Axis(label), series: series)
    }

    /// One band over the numbers of a sweep, and every seed.
    private func overTheNumbers(_ comparison: ComparisonValue, _ measure: Measure) -> Panel {
        let columns = comparison.settings.map { ($0.number ?? 0, $0.values(of: measure)) }
        let seeds = (0..<comparison.seeds).map { seed in columns.map { Point($0.0, $0.1[seed]) } }
        let dots = columns.flatMap { place, values in values.map { Point(place, $0) } }
        var panel = Panel(
            x: Axis(comparison.subject.name, isLogarithmic: comparison.isLogarithmic), y: Axis(measure.rawValue),
            series: SeedBand(seeds).series("median", .model) + [Series("seeds", role: .other(0), .scatter(dots))])
        panel.hasKey = false
        return panel
    }

    /// A box for each name: the middle half of the seeds, their median, and every seed.
    private func besideTheNames(_ comparison: ComparisonValue, _ measure: Measure) -> Panel {
        var series: [Series] = []
        for (index, setting) in comparison.settings.enumerated() {
            let (values, middle) = (setting.values(of: measure), Double(index))
            guard let spread = Spread(values) else { continue }
            let (edges, role) = ([middle - 0.32, middle + 0.32], Role.other(index))
            if values.count > 1 {
                let (low, high) = (spread.lowerQuartile, spread.upperQuartile)
                series.append(Series(role: role, .band(x: edges, lower: [low, low], upper: [high, high])))
            }
            series.append(Series(setting.name, role: role, .curve(edges.map { Point($0, spread.median) })))
            // Beside each other, so that equal ones are seen.
            let dots = values.enumerated().map { seed, value in
                Point(middle + 0.4 * ((Double(seed) + 0.5) / Double(values.count) - 0.5), value)
            }
            if values.count > 1 { series.append(Series(role: role, .scatter(dots))) }
        }
        let ticks = comparison.settings.enumerated().map { Tick(Double($0.offset), $0.element.name) }
        var panel = Panel(
            x: Axis(comparison.subject.name, range: -0.6...Double(comparison.settings.count) - 0.4, ticks: ticks),
            y: Axis(measure.rawValue), series: series)
        panel.hasKey = false
        return panel
    }
}

/// The spread of several seeds over common abscissae.
private struct SeedBand {
    private let rows: [(x: Double, spread: Spread)]
    private let count: Int

    /// The seeds as curves, each ascending in x. The abscissae are those of the longest; a shorter one counts as far as it
    /// goes.
    init(_ seeds: [[Point]]) {
        count = seeds.count
        let places = seeds.max { $0.count < $1.count }?.map(\.x) ?? []
        rows = places.compactMap { x in
            Spread(seeds.compactMap { Self.height(of: $0, at: x) }).map { (x, $0) }
        }
    }

    /// The band of the quartiles and the median through it.
    func series(_ name: String, _ role: Role) -> [Series] {
        let band = Series.Kind.band(
            x: rows.map(\.x), lower: rows.map(\.spread.lowerQuartile), upper: rows.map(\.spread.upperQuartile))
        let median = Series(name, role: role, .curve(rows.map { Point($0.x, $0.spread.median) }))
        return count > 1 ? [Series(role: role, band), median] : [median]
    }

    /// In a straight line between points; nil beyond the ends.
    private static func height(of points: [Point], at x: Double) -> Double? {
        guard let next = points.firstIndex(where: { $0.x >= x }) else { return nil }
        if points[next].x == x || next == 0 { return points[next].x == x ? points[next].y : nil }
        let (a, b) = (points[next - 1], points[next])
        return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
    }
}

extension ComparisonValue {
    /// Whether the settings' losses are on one scale.
    fileprivate var hasComparableLosses: Bool {
        if case .rule(let name, _) = subject { return name != "loss" && settings.allSatisfy { $0.number == nil } }
        return Set(settings.map(\.game.game.settings.loss)).count == 1
    }

    fileprivate var isLogarithmic: Bool {
        if case .rule(_, let isLogarithmic) = subject { isLogarithmic } else { false }
    }

    /// Whether a measure was taken on the way, often enough to be drawn.
    fileprivate func isWatched(_ measure: Measure) -> Bool {
        settings.allSatisfy { $0.plays.contains { $0.watch.series(of: measure).steps.count > 1 } }
    }

    /// What stands above the picture.
    fileprivate var heading: String {
        switch subject {
        case .branches: "branches"
        case .rule(let name, _):
            "\(name): \(Wording.count(seeds, "seed"))\(seeds > 1 ? ", median and quartiles" : ""), \(steps) steps"
        }
    }

    /// A measure of every setting.
    fileprivate func words(of measure: Measure) -> String {
        settings.map { setting in
            let values = setting.values(of: measure)
            guard let spread = Spread(values) else { return "\(setting.name): not measured" }
            if values.count == 1 { return "\(setting.name): \(spread.median.significant(3))" }
            let quartiles = "\(spread.lowerQuartile.significant(3)) to \(spread.upperQuartile.significant(3))"
            return "\(setting.name): median \(spread.median.significant(3)), quartiles \(quartiles)"
        }.joined(separator: "; ")
    }
}

extension Measure {
    /// Which way is better, for a title.
    var directionWords: String {
        switch direction {
        case .lower: ", lower is better"
        case .higher: ", higher is better"
        case .target(let value): ", best at \(value.shortest)"
        }
    }
}
