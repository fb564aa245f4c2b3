import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

/// All of a game on one page.
extension PlotDrawing {
    /// Samples of both and D's output on the left, the losses and what is measured on the right, how far it has come above.
    func dashboard(_ game: GameValue) throws(CellError) -> Figure {
        var panels = try scene(of: game)
        let history = game.game.history
        var right: [Panel] = history.isEmpty ? [] : [try lossPanel(game.game)]
        right += measurePanels(game.game)
        let width = right.isEmpty ? 1.0 : 0.56
        for (index, panel) in panels.enumerated() {
            let height = 1 / Double(panels.count)
            panels[index] = panel
            panels[index].place = Place(x: 0, y: 1 - height * Double(index + 1), width: width, height: height)
        }
        // The losses have a little more room than each of the measures.
        let parts = right.indices.map { $0 == 0 && right.count > 2 ? 1.3 : 1 }
        var top = 1.0
        for (panel, part) in zip(right, parts) {
            var panel = panel
            let height = part / parts.reduce(0, +)
            top -= height
            panel.place = Place(x: width, y: max(top, 0), width: 1 - width, height: height)
            panels.append(panel)
        }
        let title = try arguments.plotText("title")
        return Figure(title: title.isEmpty ? heading(game.game) : title, panels: panels)
    }

    /// What the players do, without the rest.
    private func scene(of game: GameValue) throws(CellError) -> [Panel] {
        guard game.game.data.dimension == 1 else {
            var panel = try self.game(PlotItem(name: "game", value: .object(game)), game).panels[0]
            panel.title = ""
            // The page has no room for the names of axes, and x and y need none.
            (panel.x.label, panel.y.label) = ("", "")
            return [panel]
        }
        let samples = try self.samples(of: game, count: pace == nil ? 2000 : 500)
        let x = try extent(of: samples, axis: 0)
        return [try densityPanel(samples, x), try outputPanel(game.game, samples, x)]
    }

    /// How far it has come, and how the last step was.
    private func heading(_ game: Game) -> String {
        let count = "\(game.steps) \(game.steps == 1 ? "step" : "steps")"
        var text = "after \(count)"
        if let end = pace?.end, end > 0 {
            text = "step \(game.steps) of \(end), \(100 * game.steps / end) %"
        }
        if let last = game.history.last {
            text += "; loss of D \(last.discriminatorLoss.significant(3)), of G \(last.generatorLoss.significant(3))"
        }
        return text
    }

    /// Both losses, smoothed to what a small panel can show.
    private func lossPanel(_ game: Game) throws(CellError) -> Panel {
        func curve(_ name: String, _ role: Role, _ loss: (Game.Record) -> Double) -> Series {
            let points = game.history.map { Point(Double($0.step), loss($0)) }
            return Series(name, role: role, .curve(Self.means(of: points, count: 150)))
        }
        let chance = game.settings.loss.discriminatorAtChance
        return Panel(
            x: Axis("step"),
            series: [
                Series("guessing", role: .neutral, .rule(.horizontal(chance))),
                curve("loss of D", .real, \.discriminatorLoss), curve("of G", .generated, \.generatorLoss),
            ])
    }

    /// What is watched, the first three of it.
    private func measurePanels(_ game: Game) -> [Panel] {
        let watched = game.watch.measures.filter { !game.watch.series(of: $0).steps.isEmpty }
        return watched.prefix(3).enumerated().map { index, measure in
            let seen = game.watch.series(of: measure)
            let points = zip(seen.steps, seen.values).map { Point(Double($0), $1) }
            let last = seen.values.last.map { " \($0.significant(3))" } ?? ""
            let curve = Series.Kind.curve(Self.means(of: points, count: 150))
            return Panel(series: [Series(measure.rawValue + last, role: .other(index), curve)])
        }
    }

    /// Neighbouring points replaced by their means where there are too many.
    static func means(of points: [Point], count: Int) -> [Point] {
        guard points.count > count else { return points }
        return (0..<count).map { part in
            let some = points[part * points.count / count..<(part + 1) * points.count / count]
            let number = Double(some.count)
            return Point(some.reduce(0) { $0 + $1.x } / number, some.reduce(0) { $0 + $1.y } / number)
        }
    }
}
