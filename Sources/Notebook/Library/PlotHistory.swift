import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

/// How the weights of a game, or the slopes of its losses, were spread at every step that it remembers.
extension PlotDrawing {
    /// A heat map for each layer of G, and below for each of D.
    func weightHistory(_ item: PlotItem, areGradients: Bool) throws(CellError) -> Figure {
        let moments = try self.moments(of: item, most: areGradients ? 25 : 60)
        var spreads: [[[Double]]] = [[], []]
        for moment in moments {
            let parameters = areGradients ? try lossGradients(in: moment.game) : moment.game.parameters
            for player in 0..<2 { spreads[player] += [parameters[player]].map(Self.numbersOfLayers).flatMap(\.self) }
        }
        var panels: [Panel] = []
        for (player, role) in [Role.generated, .real].enumerated() {
            let layers = spreads[player].count / moments.count
            for layer in 0..<layers {
                let columns = moments.indices.map { spreads[player][$0 * layers + layer] }
                let history = SpreadHistory(steps: moments.map(\.step), columns: columns, rows: pace == nil ? 48 : 30)
                panels.append(history.panel("\(player == 0 ? "G" : "D"), layer \(layer + 1)", role))
            }
        }
        let deepest = spreads.map { $0.count / moments.count }.max() ?? 1
        let subject = areGradients ? "slopes of the losses along the weights" : "weights"
        let title = try arguments.plotText("title")
        return Figure(
            title: title.isEmpty ? "\(subject) of \(item.name), step by step: median and quartiles" : title,
            panels: Self.aligned(panels, in: spreads.map { $0.count / moments.count }, columns: deepest))
    }

    /// Weights and biases of each layer, as one list of numbers.
    private static func numbersOfLayers(_ parameters: [Matrix<Double>]) -> [[Double]] {
        stride(from: 0, to: parameters.count - 1, by: 2).map { parameters[$0].values + parameters[$0 + 1].values }
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

    /// - Parameter columns: the numbers after each of the steps, which ascend.
    init(steps: [Int], columns: [[Double]], rows: Int) {
        self.steps = steps
        let sorted = columns.joined().filter(\.isFinite).sorted()
        // A few numbers far out must not make the rest a thin line.
        let cut = sorted.count / 500
        let range = PlotDrawing.widened(PlotDrawing.extent(sorted.dropFirst(cut).dropLast(cut)) ?? -1...1, by: 0.03)
        self.range = range
        quartiles = columns.map { numbers in
            let three = Matrix(vector: numbers).quantiles([0.25, 0.5, 0.75])
            return (three[0], three[1], three[2])
        }
        let first = Double(steps.first ?? 0), last = Double(steps.last ?? 1)
        let shares = columns.map { Self.shares($0, range, rows) }
        let chosen = (0..<Self.columns).map { column -> Int in
            let step = first + (last - first) * (Double(column) + 0.5) / Double(Self.columns)
            return (steps.firstIndex { Double($0) > step } ?? steps.count) - 1
        }
        let values = (0..<rows).flatMap { row in chosen.map { shares[max($0, 0)][row] } }
        grid = Grid(x: first...max(last, first + 1), y: range, columns: Self.columns, rows: rows, values: values)
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
