import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

/// How the weights of a game, or the slopes of its losses, were spread at every step that it remembers.
extension PlotDrawing {
    /// A heat map for each layer of G, and below for each of D. A layer that came later begins where it came.
    func weightHistory(_ item: PlotItem, areGradients: Bool) throws(CellError) -> Figure {
        let moments = try self.moments(of: item, most: areGradients ? 25 : 60)
        var rows: [[Panel]] = [[], []]
        var spreads: [[String: [(step: Int, numbers: [Double])]]] = [[:], [:]]
        var labels: [[String]] = [[], []]
        for (step, game) in moments {
            if context.checkInterrupt() { throw CellError(.interrupted, "stopped while the past was drawn") }
            let parameters = areGradients ? try lossGradients(in: game) : game.parameters
            let names = [game.generator.model.parameterNames, game.discriminator.model.parameterNames]
            for player in 0..<2 {
                let parts = Self.parts(player == 0 ? "G" : "D", parameters[player], names[player])
                labels[player] = parts.map(\.label)
                for part in parts { spreads[player][part.label, default: []].append((step, part.numbers)) }
            }
        }
        let span = Double(moments[0].step)...Double(moments[moments.count - 1].step)
        for (player, role) in [Role.generated, .real].enumerated() {
            for label in labels[player] {
                let history = SpreadHistory(
                    spreads[player][label] ?? [], over: span, rows: pace == nil ? 48 : 30)
                rows[player].append(history.panel(label, role))
            }
        }
        let subject = areGradients ? "slopes of the losses along the weights" : "weights"
        let title = try arguments.plotText("title")
        return Figure(
            title: title.isEmpty ? "\(subject) of \(item.name), step by step: median and quartiles" : title,
            panels: Self.aligned(rows[0] + rows[1], in: rows.map(\.count), columns: rows.map(\.count).max() ?? 1))
    }

    /// Panels in two rows, each from the left.
    private static func aligned(_ panels: [Panel], in counts: [Int], columns: Int) -> [Panel] {
        panels.enumerated().map { index, panel in
            var panel = panel
            let row = index < counts[0] ? 0 : 1
            let column = row == 0 ? index : index - counts[0]
            let width = 1 / Double(columns)
            panel.place = Place(x: width * Double(column), y: row == 0 ? 0.5 : 0, width: width, height: 0.5)
            return panel
        }
    }

    /// The game at the steps that it remembers and as it stands, evenly chosen where there are too many.
    func moments(of item: PlotItem, most: Int) throws(CellError) -> [(step: Int, game: Game)] {
        guard let value = item.value.object(as: GameValue.self) else {
            throw unsuitable(item, "a game, which remembers its past", "such as `game`")
        }
        let all = value.past.moments.filter { $0.steps < value.game.steps } + [value.game]
        guard all.count > 1 else {
            throw CellError(
                .value, "`\(item.name)` has not been played yet, so there is no past to draw",
                help: "`train 1000` plays it")
        }
        let count = min(all.count, most)
        let chosen = (0..<count).map { all[$0 * (all.count - 1) / (count - 1)] }
        return chosen.map { ($0.steps, $0) }
    }

    /// The last of these moments that are alike in some way: networks that have changed their shape cannot be compared.
    func alike<Key: Equatable>(
        _ moments: [(step: Int, game: Game)], _ what: String, by key: (Game) -> Key
    ) throws(CellError) -> [(step: Int, game: Game)] {
        guard let last = moments.last.map({ key($0.game) }) else { return moments }
        let same = Array(moments.reversed().prefix { key($0.game) == last }.reversed())
        if same.count == moments.count { return moments }
        guard same.count > 1 else {
            throw CellError(
                .value, "\(what) changed at step \(same[0].step), and nothing has been played since",
                help: "`train 1000` plays on")
        }
        context.emit(.note("\(what) changed on the way; what is drawn begins at step \(same[0].step)"))
        return same
    }
}

extension Game {
    /// The parameters of G and of D.
    fileprivate var parameters: [[Matrix<Double>]] {
        [generator, discriminator].map { $0.model.parameters.map { Matrix<Double>($0) } }
    }
}

/// Numbers whose spread changes from step to step, as a heat map.
private struct SpreadHistory {
    /// Columns of the heat map.
    private static let columns = 60

    private let steps: [Int]
    private let range: ClosedRange<Double>
    private let grid: Grid
    private let quartiles: [(lower: Double, median: Double, upper: Double)]

    /// - Parameters:
    ///   - moments: the numbers after steps that ascend.
    ///   - span: the steps that are shown; before the first of the moments nothing is.
    init(_ moments: [(step: Int, numbers: [Double])], over span: ClosedRange<Double>, rows: Int) {
        steps = moments.map(\.step)
        let sorted = moments.flatMap(\.numbers).filter(\.isFinite).sorted()
        // A few numbers far out must not make the rest a thin line.
        let cut = sorted.count / 500
        let range = PlotDrawing.widened(
            PlotDrawing.extent(sorted.dropFirst(cut).dropLast(cut)) ?? -1...1, by: 0.03)
        self.range = range
        quartiles = moments.map { _, numbers in
            let three = Matrix(vector: numbers).quantiles([0.25, 0.5, 0.75])
            return (three[0], three[1], three[2])
        }
        let shares = moments.map { Self.shares($0.numbers, range, rows) }
        let chosen = (0..<Self.columns).map { column -> Int in
            let step =
                span.lowerBound
                + (span.upperBound - span.lowerBound) * (Double(column) + 0.5) / Double(Self.columns)
            return (moments.firstIndex { Double($0.step) > step } ?? moments.count) - 1
        }
        let values = (0..<rows).flatMap { row in chosen.map { $0 < 0 ? .nan : shares[$0][row] } }
        grid = Grid(x: span, y: range, columns: Self.columns, rows: rows, values: values)
    }

    /// The share of the numbers in each of so many bins, in square roots, so that the few far out are seen beside the many.
    private static func shares(_ numbers: [Double], _ range: ClosedRange<Double>, _ count: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: count)
        let width = range.upperBound - range.lowerBound
        for number in numbers where range.contains(number) {
            counts[min(Int((number - range.lowerBound) / width * Double(count)), count - 1)] += 1
        }
        return counts.map { ($0 / Double(max(numbers.count, 1))).squareRoot() }
    }

    func panel(_ title: String, _ role: Role) -> Panel {
        func curve(_ role: Role, _ height: (Int) -> Double) -> Series {
            Series(role: role, .curve(steps.indices.map { Point(Double(steps[$0]), height($0)) }))
        }
        var panel = Panel(
            title: title, x: Axis("step", range: grid.x), y: Axis(range: range),
            series: [
                Series(role: role, .heatMap(grid, .density(role))), curve(.neutral) { quartiles[$0].lower },
                curve(.neutral) { quartiles[$0].upper }, curve(.model) { quartiles[$0].median },
            ])
        panel.hasKey = false
        panel.summary = summary
        return panel
    }

    private var summary: String {
        guard let first = quartiles.first, let last = quartiles.last else { return "" }
        func words(_ three: (lower: Double, median: Double, upper: Double), _ step: Int) -> String {
            "median \(three.median.significant(3)), quartiles \(three.lower.significant(3)) to "
                + "\(three.upper.significant(3)) at step \(step)"
        }
        return "\(words(first, steps[0])); \(words(last, steps[steps.count - 1]))"
    }
}
