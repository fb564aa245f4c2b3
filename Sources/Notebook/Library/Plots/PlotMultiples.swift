import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

/// Several games side by side, over the same piece of the plane or the line.
extension PlotDrawing {
    /// Most panels of a page.
    private static let mostPanels = 16

    /// The outcome of each setting of a comparison.
    func multiples(_ comparison: ComparisonValue, hasHeatMap: Bool) throws(CellError) -> Figure {
        var settings = comparison.settings
        if settings.count > Self.mostPanels {
            let every = Double(settings.count - 1) / Double(Self.mostPanels - 1)
            settings = (0..<Self.mostPanels).map { comparison.settings[Int((Double($0) * every).rounded())] }
            context.emit(.note("\(Self.mostPanels) of the \(comparison.settings.count) settings are drawn"))
        }
        let games = settings.map { setting in
            let measured = comparison.measures.prefix(2).compactMap { measure in
                setting.plays[setting.seed].values[measure].map { "\(measure.rawValue) \($0.significant(3))" }
            }
            return (title: ([setting.name] + measured).joined(separator: ", "), game: setting.game)
        }
        let layers = GameLayers(hasHeatMap: hasHeatMap)
        let given = try arguments.plotText("title")
        let title =
            comparison.seeds > 1
            ? "\(comparison.subject.name): the middle seed of \(comparison.seeds)"
                + (comparison.measures.last.map { " by \($0.rawValue)" } ?? "")
            : comparison.subject.name
        return Figure(title: given.isEmpty ? title : given, panels: try sideBySide(games, layers))
    }

    /// Games in panels of one frame.
    func sideBySide(_ games: [(title: String, game: GameValue)], _ layers: GameLayers) throws(CellError) -> [Panel] {
        let dimensions = games.map(\.game.game.data.dimension)
        guard dimensions.allSatisfy((1...2).contains) else {
            throw CellError(.shape, "\(arguments.callee) draws games over numbers or over points of the plane")
        }
        var samples: [GameSamples] = []
        for (dimension, (_, game)) in zip(dimensions, games) {
            samples.append(try self.samples(of: game, count: dimension == 1 ? 1000 : Self.shownPoints))
        }
        // The data decide, with room round them: a game that went astray must not make the others small.
        func frame(_ axis: Int, _ dimension: Int) throws(CellError) -> ClosedRange<Double> {
            if let wanted = try arguments.plotRanges() { return axis == 0 ? wanted[0] : wanted.last ?? wanted[0] }
            return Self.widened(
                Self.extent(samples.filter { $0.data.columns == dimension }.flatMap { $0.data.column(axis) }) ?? -3...3,
                by: 0.25)
        }
        var panels: [Panel] = []
        for (index, (title, game)) in games.enumerated() {
            let x = try frame(0, dimensions[index])
            var panel =
                dimensions[index] == 1
                ? try densityPanel(samples[index], x)
                : try planePanel(game.game, samples[index], x, try frame(1, 2), layers)
            panel.title = title
            // Few panels have room for a legend in each.
            panel.hasKey = games.count <= 6
            (panel.x.label, panel.y.label) = ("", "")
            panel.summary = try summary(of: samples[index])
            panels.append(panel)
        }
        let top = zip(dimensions, panels).filter { $0.0 == 1 }.flatMap(\.1.series).compactMap(\.highest).max() ?? 1
        for index in panels.indices where dimensions[index] == 1 { panels[index].y.range = 0...1.06 * top }
        return panels
    }

    private func planePanel(
        _ game: Game, _ samples: GameSamples, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ layers: GameLayers
    ) throws(CellError) -> Panel {
        // The numbers on a colour scale beside each small panel would leave no room for it.
        let ground = layers.hasHeatMap ? try heatMap(of: game, x, y).map { Series(role: $0.role, $0.kind) } : []
        let data = Series("data", role: .real, .scatter(GameSamples.points(samples.data)))
        return Figure.plane(ground + [data] + samples.generatedSeries, x: x, y: y).panels[0]
    }

    /// Where both sorts of points lie, in numbers.
    private func summary(of samples: GameSamples) throws(CellError) -> String {
        func words(_ name: String, _ points: Matrix<Double>) -> String {
            let axes = (0..<points.columns).map { axis -> (mean: Double, deviation: Double) in
                let values = points.column(axis)
                let mean = values.reduce(0, +) / Double(max(values.count, 1))
                let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                return (mean, (squares / Double(max(values.count, 1))).squareRoot())
            }
            func list(_ numbers: [Double]) -> String { numbers.map { $0.significant(3) }.joined(separator: ", ") }
            return "\(name) about \(list(axes.map(\.mean))), standard deviation \(list(axes.map(\.deviation)))"
        }
        return "\(words("data", samples.data)); \(words("generated", samples.generated))"
    }
}

extension Series {
    /// The highest point of a curve.
    fileprivate var highest: Double? {
        guard case .curve(let points) = kind else { return nil }
        return points.map(\.y).filter(\.isFinite).max()
    }
}
