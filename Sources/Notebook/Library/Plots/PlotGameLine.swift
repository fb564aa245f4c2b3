import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting
import Probability

/// A game over numbers, as in the first figure of Goodfellow et al. (2014, arXiv:1406.2661): both densities, D beside the
/// best answer to this G, and the lines from the noise to what G makes of it.
extension PlotDrawing {
    /// The panels one above the other, over the same numbers.
    func onTheLine(_ game: GameValue, _ layers: GameLayers) throws(CellError) -> Figure {
        let samples = try self.samples(of: game, count: pace == nil ? 2000 : 500)
        let x = try extent(of: samples, axis: 0)
        var panels: [(panel: Panel, share: Double)] = []
        if layers.hasData || layers.hasGenerated {
            panels.append((try densityPanel(samples, x, layers), 0.42))
        }
        if layers.hasHeatMap { panels.append((try outputPanel(game.game, samples, x), 0.33)) }
        if layers.hasManifold ?? (game.game.noiseWidth == 1) {
            panels.append((try mapPanel(game.game, x), 0.25))
        }
        if layers.hasPushes { panels.append((try pushPanel(game.game, x), 0.33)) }
        guard !panels.isEmpty else {
            throw CellError(.value, "\(arguments.callee) has no layer left to draw", help: "leave one of them on")
        }
        return Self.stacked(panels, title: try arguments.plotText("title"))
    }

    /// Panels one above the other, the first on top.
    static func stacked(_ panels: [(panel: Panel, share: Double)], title: String) -> Figure {
        guard panels.count > 1 else {
            var panel = panels[0].panel
            if panel.title.isEmpty { panel.title = title }
            return Figure(panel)
        }
        let whole = panels.reduce(0) { $0 + $1.share }
        var top = 1.0
        let placed = panels.map { panel, share -> Panel in
            var panel = panel
            top -= share / whole
            panel.place = Place(x: 0, y: max(top, 0), width: 1, height: share / whole)
            return panel
        }
        return Figure(title: title, panels: placed)
    }

    /// The densities of the data and of what G makes, smoothed alike.
    func densityPanel(
        _ samples: GameSamples, _ x: ClosedRange<Double>, _ layers: GameLayers = GameLayers()
    ) throws(CellError) -> Panel {
        let (generated, data) = try densities(of: samples)
        let places = Self.places(x)
        func curve(_ name: String, _ role: Role, _ density: any Distribution) -> Named<[Point]> {
            Named(name, role, zip(places, density.logDensity(ofFlat: places)).map { Point($0, exp($1)) })
        }
        var curves: [Named<[Point]>] = []
        if layers.hasData { curves.append(curve("data", .real, data)) }
        if layers.hasGenerated { curves.append(curve("generated", .generated, generated)) }
        var panel = Figure.densities(curves, xLabel: "").panels[0]
        panel.x.range = x
        return panel
    }

    /// What D says, beside D* = p / (p + q) where the loss has it for its best answer.
    func outputPanel(
        _ game: Game, _ samples: GameSamples, _ x: ClosedRange<Double>
    ) throws(CellError) -> Panel {
        let places = Self.places(x)
        let outputs = try outputs(of: game, on: Matrix(shape: .matrix(places.count, 1), values: places))
        var series = [Series(role: .neutral, .rule(.horizontal(0.5)))]
        if [.minimax, .nonsaturating, .leastsquares].contains(game.settings.loss) {
            let (generated, data) = try densities(of: samples)
            let (p, q) = (data.logDensity(ofFlat: places), generated.logDensity(ofFlat: places))
            let best = places.indices.map { Point(places[$0], Self.bestAnswer(p[$0], q[$0])) }
            series.append(Series("D* = p/(p+q)", role: .neutral, .curve(best)))
        }
        series.append(Series("D(x)", role: .model, .curve(zip(places, outputs).map { Point($0, $1) })))
        return Panel(x: Axis(range: x), y: Axis("real?", range: -0.06...1.06), series: series)
    }

    /// p / (p + q) from the logarithms of both; nothing where there is neither.
    private static func bestAnswer(_ p: Double, _ q: Double) -> Double {
        max(p, q) < -30 ? .nan : 1 / (1 + exp(q - p))
    }

    /// Lines from equally probable places of the noise, below, to where G puts them, above.
    private func mapPanel(_ game: Game, _ x: ClosedRange<Double>) throws(CellError) -> Panel {
        let noise = game.settings.noise.quantiles(pace == nil ? 41 : 25)
        let rest = [Double](repeating: 0, count: game.noiseWidth - 1)
        let made = try made(by: game, of: noise.map { [$0] + rest }).column(0)
        let reach = max(abs(noise[0]), abs(noise[noise.count - 1])) * 1.04
        func place(_ z: Double) -> Double {
            x.lowerBound + (x.upperBound - x.lowerBound) * (z + reach) / (2 * reach)
        }
        let lines = zip(noise, made).flatMap { [Point(place($0), 0), Point($1, 1), Point(.nan, .nan)] }
        let ticks = [-2.0, -1, 0, 1, 2].filter { abs($0) <= reach }.map { Tick(place($0), $0.shortest) }
        let label =
            rest.isEmpty
            ? "each line runs from a noise z up to x = G(z)"
            : "each line runs from a noise z (the others 0) up to x = G(z)"
        return Panel(
            x: Axis(label, range: x, ticks: ticks), y: Axis(range: 0...1, ticks: [Tick(0, "z"), Tick(1, "x")]),
            series: [Series("", role: .generated, .curve(lines))])
    }

    /// Where G would be pushed if it had put a point there: minus the slope of what the point costs it.
    func pushPanel(_ game: Game, _ x: ClosedRange<Double>) throws(CellError) -> Panel {
        let places = Self.places(x)
        let line = Matrix(shape: .matrix(places.count, 1), values: places)
        let slopes = try Self.slopes(
            at: game.classes > 0
                ? line.beside([Int](repeating: 0, count: places.count), of: game.classes) : line, of: game.judge,
            game.settings.loss)
        let push = zip(places, slopes.column(0)).map { Point($0, -$1) }
        return Panel(
            x: Axis(range: x), y: Axis("push"),
            series: [
                Series(role: .neutral, .rule(.horizontal(0))),
                Series("push on G's points, right above 0", role: .generated, .curve(push)),
            ])
    }
}
