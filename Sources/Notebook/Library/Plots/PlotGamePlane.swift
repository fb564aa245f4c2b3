import Autodiff
import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting
import Probability

/// The layers of a game in the plane: D's output, the bent noise of G, points of both sorts, and the pushes on them.
extension PlotDrawing {
    /// All layers that are wanted, one over the other.
    func inThePlane(_ game: GameValue, _ layers: GameLayers) throws(CellError) -> Figure {
        let samples = try self.samples(of: game, count: Self.shownPoints)
        let (x, y) = (try extent(of: samples, axis: 0), try extent(of: samples, axis: 1))
        var series: [Series] = []
        if layers.hasHeatMap { series += try heatMap(of: game.game, x, y) }
        if layers.hasManifold == true { series.append(try manifold(of: game.game)) }
        if layers.hasData { series.append(Series("data", role: .real, .scatter(GameSamples.points(samples.data)))) }
        if layers.hasGenerated { series += samples.generatedSeries }
        if layers.hasPushes {
            series.append(
                try pushes(
                    on: game.game.classes > 0
                        ? samples.generated.beside(samples.labels, of: game.game.classes) : samples.generated,
                    of: game.game.judgeOfBatches, loss: game.game.settings.loss, x, y))
        }
        guard !series.isEmpty else {
            throw CellError(.value, "\(arguments.callee) has no layer left to draw", help: "leave one of them on")
        }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        return Figure.plane(
            series, x: x, y: y, title: try arguments.plotText("title"), xLabel: xLabel, yLabel: yLabel)
    }

    /// D's heat map and the line on which it cannot tell.
    func heatMap(
        of game: Game, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    ) throws(CellError) -> [Series] {
        let cells = pace == nil ? 80 : 50
        let centres = Grid.centres(x: x, y: y, columns: cells, rows: cells)
        let points = Matrix(shape: .matrix(centres.count, 2), values: centres.flatMap { [$0.x, $0.y] })
        let grid = Grid(x: x, y: y, columns: cells, rows: cells, values: try outputs(of: game, on: points))
        return [
            Series("D", role: .model, .heatMap(grid, .judgement)),
            Series("D = 0.5", role: .model, .contours(grid, levels: [0.5])),
        ]
    }

    /// A grid of equally probable cells of noise, bent through G: the smaller a cell has become the denser its points
    /// lie, and the darker it is. Of longer noise the first two numbers vary and the rest stay in the middle.
    private func manifold(of game: Game) throws(CellError) -> Series {
        let steps = pace == nil ? 24 : 14
        let places = game.settings.noise.quantiles(steps + 1)
        let width = game.noiseWidth
        guard width > 1 else {
            let line = try made(by: game, of: places.map { [$0] })
            return Series("G's curve", role: .generated, .curve(GameSamples.points(line)))
        }
        let rest = [Double](repeating: 0, count: width - 2)
        let nodes = GameSamples.points(
            try made(by: game, of: places.flatMap { second in places.map { [$0, second] + rest } }))
        let cells = (0..<steps).flatMap { row in
            (0..<steps).map { column in
                let first = row * (steps + 1) + column
                return [nodes[first], nodes[first + 1], nodes[first + steps + 2], nodes[first + steps + 1]]
            }
        }
        let densities = cells.map { 1 / max(Self.area($0), 1e-9) }
        let most = densities.filter(\.isFinite).sorted().dropLast(densities.count / 20).last ?? 1
        let patches = zip(cells, densities).map { Patch($0, weight: min(max(($1 / most).squareRoot(), 0.06), 1)) }
        // A colour that no other layer has.
        return Series("G's bent grid", role: .other(1), .patches(patches))
    }

    /// What G makes of given noise, a point a row.
    func made(by game: Game, of noise: [[Double]]) throws(CellError) -> Matrix<Double> {
        let network = NetworkValue(MLP<Double>(game.maker))
        // Where G is told of classes it is asked for the first.
        let noise = Matrix(rows: noise)
        let isMissing = game.classes > 0 && noise.columns == game.noiseWidth
        let rows = isMissing ? noise.beside([Int](repeating: 0, count: noise.rows), of: game.classes) : noise
        do { return try network.model(Variable(rows)).value } catch { throw network.misfit(rows.shape) }
    }

    /// The area of a polygon, by the shoelace formula; of both lobes where it crosses itself.
    private static func area(_ corners: [Point]) -> Double {
        func triangle(_ a: Point, _ b: Point, _ c: Point) -> Double {
            abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2
        }
        return triangle(corners[0], corners[1], corners[2]) + triangle(corners[0], corners[2], corners[3])
    }

    /// Arrows from G's points to where its loss falls fastest: minus the gradient of what each point costs G, all
    /// lengthened by the same factor so that they can be seen.
    func pushes(
        on points: Matrix<Double>, of judge: MLP<Float>, loss: Game.Loss, _ x: ClosedRange<Double>,
        _ y: ClosedRange<Double>
    ) throws(CellError) -> Series {
        let rows = Matrix(rows: (0..<min(points.rows, pace == nil ? 120 : 60)).map { points.row($0) })
        let slopes = try Self.slopes(at: rows, of: judge, loss)
        let lengths = (0..<slopes.rows).map { hypot(slopes[$0, 0], slopes[$0, 1]) }.filter(\.isFinite).sorted()
        let long = lengths.isEmpty ? 0 : lengths[lengths.count * 9 / 10]
        let room = 0.09 * hypot(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
        let factor = long > 0 ? room / long : 1
        let arrows = (0..<rows.rows).map { row in
            let (start, slope) = (Point(rows[row, 0], rows[row, 1]), (slopes[row, 0], slopes[row, 1]))
            let shown = min(factor, 2 * room / max(hypot(slope.0, slope.1), 1e-300))
            return Arrow(from: start, to: Point(start.x - shown * slope.0, start.y - shown * slope.1))
        }
        return Series("G is pushed (x \(factor.significant(2)))", role: .model, .arrows(arrows))
    }

    /// The gradient of what each point costs G with respect to the point, a point a row. Where a loss compares pairs,
    /// the partner is one of which D cannot tell anything.
    static func slopes(
        at points: Matrix<Double>, of judge: MLP<Float>, _ loss: Game.Loss
    ) throws(CellError) -> Matrix<Double> {
        do {
            let judge = MLP<Double>(judge)
            let places = Variable.parameter(points, name: "x")
            let logits = try judge.logits(of: places, with: judge.parameters.map { Variable($0) })
            let cost = try loss.generator(logits) * Double(points.rows)
            return try gradients(of: cost, withRespectTo: [places])[0].value
        } catch {
            throw CellError(.plot, "the pushes on G's points could not be computed: \(error)")
        }
    }
}

extension Game.Noise {
    /// Places that cut the noise of one dimension into equally probable parts, its two ends included. A normal has no
    /// ends: 1 % is left out at each.
    func quantiles(_ count: Int) -> [Double] {
        let shares = (0..<count).map { Double($0) / Double(max(count - 1, 1)) }
        switch self {
        case .uniform: return shares.map { 2 * $0 - 1 }
        case .normal: return shares.map { Self.probit(0.01 + 0.98 * $0) }
        }
    }

    /// The inverse of the normal distribution function, by Newton's method from its middle outwards.
    private static func probit(_ share: Double) -> Double {
        var z = 0.0
        for _ in 0..<60 {
            let missing = share - 0.5 * erfc(-z / 2.0.squareRoot())
            let step = missing * (2 * Double.pi).squareRoot() * exp(z * z / 2)
            z += min(max(step, -0.5), 0.5)
            if abs(step) < 1e-12 { break }
        }
        return z
    }
}
