import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

/// The pictures of a step in slow motion: the parts of it over the same piece of the plane or the line.
struct WalkPictures {
    private let drawing: PlotDrawing
    private let moments: [Game.Moment]
    private let dimension: Int
    private let x: ClosedRange<Double>, y: ClosedRange<Double>

    init(drawing: PlotDrawing, moments: [Game.Moment]) {
        (self.drawing, self.moments) = (drawing, moments)
        let dimension = moments.first?.game.data.dimension ?? 0
        let clouds = moments.compactMap { moment -> Matrix<Float>? in
            switch moment.event {
            case .real(let points), .made(let points, _): points
            default: nil
            }
        }
        let step = max(dimension + (moments.first?.game.classes ?? 0), 1)
        func extent(_ axis: Int) -> ClosedRange<Double> {
            let numbers = clouds.flatMap { cloud in
                stride(from: axis, to: cloud.count, by: step).map { Double(cloud.values[$0]) }
            }
            return PlotDrawing.widened(PlotDrawing.extent(numbers) ?? -3...3)
        }
        self.dimension = dimension
        (x, y) = (extent(0), extent(min(1, max(dimension - 1, 0))))
    }

    /// The picture of a part; nil where there is nothing to draw.
    func figure(of moment: Game.Moment, at index: Int) throws(CellError) -> Figure? {
        guard (1...2).contains(dimension) else { return nil }
        guard var figure = try drawn(moment, at: index) else { return nil }
        figure.isSmall = true
        return figure
    }

    private func drawn(_ moment: Game.Moment, at index: Int) throws(CellError) -> Figure? {
        switch moment.event {
        case .real(let points): return samples(real: points, made: nil)
        case .noise(let noise): return cloud(of: noise)
        case .made(let points, _): return samples(real: real(before: index, moment.role), made: points)
        case .judged(let verdict):
            return try judged(moment.game, real: verdict.realPoints, made: verdict.fakePoints)
        case .loss(_, _, let verdict): return loss(verdict, moment)
        case .slopes(let slopes):
            if moment.role == .generator, let made = made(before: index) { return try pushes(on: made, moment.game) }
            let panels = PlotDrawing.layers(
                "slopes of D", slopes.map { Matrix<Double>($0) }, moment.game.discriminator.model.parameterNames, .real)
            return Figure(panels: panels)
        case .moved(_, let next):
            return moment.role == .discriminator
                ? try changed(moment.game, to: next) : try moved(moment.game, to: next, at: index)
        case .foreseen: return nil
        }
    }

    // MARK: Points

    /// The real points that were drawn for the same update.
    private func real(before index: Int, _ role: Game.Role) -> Matrix<Float>? {
        guard role == .discriminator else { return nil }
        return moments[..<index].compactMap { if case .real(let points) = $0.event { points } else { nil } }.last
    }

    /// The points that G made last, and the noise that it made them of.
    private func lastMade(before index: Int) -> (points: Matrix<Float>, noise: Matrix<Float>)? {
        for moment in moments[..<index].reversed() {
            if case .made(let points, let noise) = moment.event { return (points, noise) }
        }
        return nil
    }

    private func made(before index: Int) -> Matrix<Double>? { lastMade(before: index).map { Matrix($0.points) } }

    /// The points of rows that may be packed.
    private func unpacked(_ rows: Matrix<Float>) -> [[Double]] {
        stride(from: 0, to: rows.count, by: dimension + (moments.first?.game.classes ?? 0)).map { start in
            rows.values[start..<start + dimension].map { Double($0) }
        }
    }

    private func points(_ rows: Matrix<Float>) -> [Point] { unpacked(rows).map { Point($0[0], $0[1]) } }

    private func numbers(_ rows: Matrix<Float>) -> [Double] { unpacked(rows).map { $0[0] } }

    /// Points of one sort or both.
    private func samples(real: Matrix<Float>?, made: Matrix<Float>?) -> Figure {
        let sorts = [("data", Role.real, real), ("generated", .generated, made)]
        if dimension == 1 {
            let samples = sorts.compactMap { name, role, rows in rows.map { Named(name, role, numbers($0)) } }
            return Figure.histogram(samples, bins: 30, range: x, xLabel: "x", yLabel: "points")
        }
        return plane(
            sorts.compactMap { name, role, rows in rows.map { Series(name, role: role, .scatter(points($0))) } })
    }

    private func plane(_ series: [Series]) -> Figure {
        Figure.plane(series, x: x, y: y)
    }

    /// The first two numbers of the noise, or how its one number is spread.
    private func cloud(of noise: Matrix<Float>) -> Figure {
        guard noise.columns > 1 else {
            let numbers = noise.values.map { Double($0) }
            return Figure.histogram([Named("noise", .neutral, numbers)], bins: 30, xLabel: "z", yLabel: "draws")
        }
        let places = (0..<noise.rows).map { Point(Double(noise[$0, 0]), Double(noise[$0, 1])) }
        let series = Series("noise", role: .neutral, .scatter(places))
        return Figure.plane([series], x: nil, y: nil, xLabel: "first number", yLabel: "second")
    }

    // MARK: D

    /// What D says of every place, and of the points.
    private func judged(_ game: Game, real: Matrix<Float>?, made: Matrix<Float>) throws(CellError) -> Figure {
        guard game.settings.packing == 1 else { return samples(real: real, made: made) }
        if dimension == 1 {
            return Figure.boundary(
                Named("D", .model, try curve(of: game)), real: real.map { Named("data", .real, numbers($0)) },
                generated: Named("generated", .generated, numbers(made)), yLabel: "D: 1 real, 0 made up")
        }
        var series = try drawing.heatMap(of: game, x, y)
        if let real { series.append(Series("data", role: .real, .scatter(points(real)))) }
        series.append(Series("generated", role: .generated, .scatter(points(made))))
        return plane(series)
    }

    private func curve(of game: Game) throws(CellError) -> [Point] {
        let places = PlotDrawing.places(x)
        let outputs = try drawing.outputs(of: game, on: Matrix(shape: .matrix(places.count, 1), values: places))
        return zip(places, outputs).map { Point($0, $1) }
    }

    /// What D's number costs, with the points of both sorts on the curves.
    private func loss(_ verdict: Game.Moment.Verdict, _ moment: Game.Moment) -> Figure {
        let (rule, smoothing) = (moment.game.settings.loss, moment.game.settings.labelSmoothing)
        let (fake, real) = (verdict.fake.values.map { Double($0) }, verdict.real?.values.map { Double($0) })
        var lines: [(name: String, role: Role, at: [Double], cost: (Double) -> Double)] = []
        if rule.pairsPoints, let real {
            let isD = moment.role == .discriminator
            let differences = zip(real, fake).map { isD ? $0 - $1 : $1 - $0 }
            lines = [("a pair costs", isD ? .real : .generated, differences, rule.costOfReal)]
        } else if moment.role == .generator {
            lines = [("a made-up point costs G", .generated, fake, rule.costToGenerator)]
        } else {
            lines = [
                ("a real point costs D", .real, real ?? [], { rule.costOfReal($0, smoothing: smoothing) }),
                ("a made-up one", .generated, fake, rule.costOfFake),
            ]
        }
        let seen = PlotDrawing.extent(lines.flatMap(\.at)) ?? 0...0
        let range = min(seen.lowerBound - 0.5, -2)...max(seen.upperBound + 0.5, 2)
        let series = lines.flatMap { line in
            [
                Series(line.name, role: line.role, .curve(PlotDrawing.places(range).map { Point($0, line.cost($0)) })),
                Series(role: line.role, .scatter(line.at.map { Point($0, line.cost($0)) })),
            ]
        }
        let label = rule.pairsPoints ? "difference of D's numbers" : "D's number"
        return Figure(Panel(x: Axis(label, range: range), y: Axis("cost"), series: series))
    }

    /// Where D says more than before, and where less.
    private func changed(_ game: Game, to parameters: [Matrix<Float>]) throws(CellError) -> Figure? {
        guard game.settings.packing == 1 else { return nil }
        let next = game.with(discriminator: parameters)
        if dimension == 1 {
            let change = zip(try curve(of: next), try curve(of: game)).map { Point($0.x, $0.y - $1.y) }
            let zero = Series(role: .neutral, .rule(.horizontal(0)))
            return Figure(
                Panel(
                    x: Axis("x", range: x), y: Axis("change"),
                    series: [zero, Series("change of D", role: .model, .curve(change))]))
        }
        let cells = 60
        let centres = Grid.centres(x: x, y: y, columns: cells, rows: cells)
        let places = Matrix(shape: .matrix(centres.count, 2), values: centres.flatMap { [$0.x, $0.y] })
        let changes = zip(try drawing.outputs(of: next, on: places), try drawing.outputs(of: game, on: places)).map(-)
        let grid = Grid(x: x, y: y, columns: cells, rows: cells, values: changes)
        return plane([Series("change of D", role: .model, .heatMap(grid, .signed))])
    }

    // MARK: G

    /// Where G's loss pushes its points.
    private func pushes(on made: Matrix<Double>, _ game: Game) throws(CellError) -> Figure? {
        guard game.settings.packing == 1 else { return nil }
        if dimension == 1 {
            var panel = try drawing.pushPanel(game, x)
            panel.x.label = "x"
            return Figure(panel)
        }
        let arrows = try drawing.pushes(on: made, of: game.judgeOfBatches, loss: game.settings.loss, x, y)
        return plane(
            try drawing.heatMap(of: game, x, y) + [
                Series("generated", role: .generated, .scatter(GameSamples.points(made))), arrows,
            ])
    }

    /// From where G put the points to where it puts them now, all ways lengthened by the same factor.
    private func moved(_ game: Game, to parameters: [Matrix<Float>], at index: Int) throws(CellError) -> Figure? {
        guard let (points, noise) = lastMade(before: index) else { return nil }
        let classes = game.classes
        let rows = (0..<noise.rows).map { row in
            (noise.row(row) + (classes > 0 ? points.row(row).suffix(classes) : [])).map { Double($0) }
        }
        let next = try drawing.made(by: game.with(generator: parameters), of: rows)
        let old = unpacked(points)
        if dimension == 1 {
            let moves = old.indices.map { Point(old[$0][0], next[$0, 0] - old[$0][0]) }
            let series = [
                Series(role: .neutral, .rule(.horizontal(0))),
                Series("made of the same noise", role: .generated, .scatter(moves)),
            ]
            return Figure(Panel(x: Axis("point before", range: x), y: Axis("how far it moved"), series: series))
        }
        let lengths = old.indices.map { hypot(next[$0, 0] - old[$0][0], next[$0, 1] - old[$0][1]) }
        let long = lengths.filter(\.isFinite).max() ?? 0
        let factor = long > 0 ? 0.12 * hypot(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound) / long : 1
        let arrows = old.indices.prefix(120).map { row in
            let (a, b) = (old[row][0], old[row][1])
            return Arrow(from: Point(a, b), to: Point(a + factor * (next[row, 0] - a), b + factor * (next[row, 1] - b)))
        }
        return plane([
            Series("before", role: .generated, .scatter(self.points(points))),
            Series("moved (x \(factor.significant(2)))", role: .model, .arrows(arrows)),
        ])
    }
}
