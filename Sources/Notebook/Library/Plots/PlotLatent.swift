import Language
import Learning
import LinearAlgebra
import Plotting

/// Paths through the noise, and several games side by side.
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

    /// Several games side by side.
    func games(_ items: [PlotItem]) throws(CellError) -> Figure {
        var games: [(title: String, game: GameValue)] = []
        for item in items {
            guard let game = item.value.object(as: GameValue.self) else { throw unsuitable(item, "games", nil) }
            games.append(("\(item.name), step \(game.game.steps)", game))
        }
        return Figure(title: try arguments.plotText("title"), panels: try sideBySide(games, GameLayers()))
    }
}
