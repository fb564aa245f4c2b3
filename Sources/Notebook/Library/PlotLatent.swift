import Language
import Learning
import LinearAlgebra
import Plotting

/// Paths through the noise, vector fields, and several games side by side.
extension PlotDrawing {
    /// What G makes on the way from one place of the noise to another: where a small step in the noise is a leap among
    /// the points, the data have a gap.
    func interpolation(_ game: GameValue, paths count: Int) throws(CellError) -> Figure {
        let dimension = game.game.data.dimension
        guard dimension <= 2 else {
            throw CellError(.shape, "the points of this game have \(dimension) numbers; a picture has room for two")
        }
        var random = context.random
        let width = game.game.noiseWidth
        let ends = Matrix<Double>(game.game.settings.noise.draw(.matrix(2 * count, width), &random))
        let steps = 40
        var series: [Series] = []
        if dimension == 2 {
            let samples = try self.samples(of: game, count: Self.shownPoints)
            series.append(Series("data", role: .neutral, .scatter(GameSamples.points(samples.data))))
        }
        for path in 0..<count {
            let noise = (0...steps).map { step in
                let share = Double(step) / Double(steps)
                return zip(ends.row(2 * path), ends.row(2 * path + 1)).map { $0 + ($1 - $0) * share }
            }
            let made = try made(by: game.game, of: noise)
            let points =
                dimension == 2
                ? GameSamples.points(made)
                : made.column(0).enumerated().map { Point(Double($0.offset) / Double(steps), $0.element) }
            series.append(Series("path \(path + 1)", role: .other(path), .curve(points)))
        }
        let title = try arguments.plotText("title")
        if dimension == 2 { return Figure.plane(series, x: nil, y: nil, title: title) }
        return Figure(
            Panel(title: title, x: Axis("share of the way through the noise"), y: Axis("G(z)"), series: series))
    }

    /// A vector field as arrows of one length, the stronger the darker in number: their true lengths differ too much to be
    /// seen side by side. Orbits are drawn through it.
    func field(_ item: PlotItem, _ orbits: [PlotItem]) throws(CellError) -> Figure {
        guard let rows = item.value.matrix, rows.rank == 2, rows.columns == 4, rows.rows > 0 else {
            throw unsuitable(item, "a matrix of four columns (place and arrow: x, y, u, v)", nil)
        }
        let places = (0..<rows.rows).map { Point(rows[$0, 0], rows[$0, 1]) }
        let lengths = (0..<rows.rows).map { (rows[$0, 2] * rows[$0, 2] + rows[$0, 3] * rows[$0, 3]).squareRoot() }
        let most = lengths.filter(\.isFinite).max() ?? 0
        let room = Self.spacing(places)
        let arrows = places.indices.compactMap { index -> Arrow? in
            guard lengths[index] > 0, lengths[index].isFinite else { return nil }
            // The square root keeps weak arrows to be seen beside strong ones.
            let factor = 0.9 * room * (lengths[index] / most).squareRoot() / lengths[index]
            let start = places[index]
            return Arrow(
                from: start, to: Point(start.x + factor * rows[index, 2], start.y + factor * rows[index, 3]))
        }
        var series = [Series(item.name, role: .neutral, .arrows(arrows))]
        for (index, orbit) in orbits.enumerated() {
            guard let points = orbit.points else { throw unsuitable(orbit, "a matrix of two columns", nil) }
            let role = orbits.count == 1 ? Role.model : .other(index)
            series.append(Series(orbit.name, role: role, .curve(points)))
            if let first = points.first { series.append(Series(role: role, .scatter([first]))) }
        }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        return Figure.plane(
            series, x: nil, y: nil, title: try arguments.plotText("title"), xLabel: xLabel, yLabel: yLabel)
    }

    /// The distance between neighbours of a grid of places, as if they filled their rectangle evenly.
    private static func spacing(_ places: [Point]) -> Double {
        guard let x = extent(places.map(\.x)), let y = extent(places.map(\.y)) else { return 1 }
        let area = (x.upperBound - x.lowerBound) * (y.upperBound - y.lowerBound)
        return (area / Double(max(places.count, 1))).squareRoot()
    }

    /// Several games side by side, each as small as it must be.
    func games(_ items: [PlotItem]) throws(CellError) -> Figure {
        var panels: [Panel] = []
        for item in items {
            guard let game = item.value.object(as: GameValue.self) else { throw unsuitable(item, "games", nil) }
            var panel: Panel
            if game.game.data.dimension == 1 {
                let samples = try self.samples(of: game, count: 500)
                panel = try densityPanel(samples, try extent(of: samples, axis: 0))
            } else {
                panel = try self.game(item, game).panels[0]
            }
            panel.title = "\(item.name), step \(game.game.steps)"
            panel.hasKey = false
            (panel.x.label, panel.y.label) = ("", "")
            panels.append(panel)
        }
        return Figure(title: try arguments.plotText("title"), panels: panels)
    }
}
