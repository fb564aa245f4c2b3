import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

extension Library {
    static let plotField = CommandEntry(
        "plot field", topic: .plots,
        "draw the phase portrait of a game of two numbers, or any vector field, with orbits",
        parameters: plotParameters([
            Parameter(
                "field", .any,
                "a game of two numbers (`planar_game`, `dirac_gan`, `bilinear_game`), or a matrix of four columns: x, y, u, v"
            ),
            Parameter("orbits", .any, default: "", variadic: true, "matrices of two columns, each a way through it"),
            Parameter("range", .tensor, default: "", "of a game: low and high end, or one row for each number"),
            Parameter(
                "from", .tensor, default: "", "of a game: where orbits start, one a row; one is drawn if left out"),
            Parameter(
                "lr", .number(Double.leastNonzeroMagnitude...1e6), default: "0.1", "length of a step of these orbits"),
            Parameter("steps", .integer(0...100_000), default: "300", "how many steps they have"),
            Parameter(
                "method", .choice(PlanarDynamics.allCases.map(\.rawValue)), default: "\"simultaneous\"",
                "how the two players step"),
        ]),
        details: """
            The arrows show directions truly and strengths by the square roots of their lengths. Each orbit begins at its \
            dot. Of a game the places at rest are marked, and what they are: stable (all eigenvalues of the field have \
            real parts below 0), unstable, a saddle, or a centre, round which the field circles.
            """,
        example: """
            f(x, y) = x * y + x**3 / 6; plot field planar_game(f), from=[[1, 1], [0.3, 0]]
            t = linspace(0, 6, 60); orbit = stack(exp(-t/3) * cos(t), exp(-t/3) * sin(t), axis=1)
            x = 2 * rand(80) - 1; y = 2 * rand(80) - 1
            plot field stack(x, y, -y - x/3, x - y/3, axis=1), orbit
            """
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let item = PlotItem(name: arguments.sources(of: "field").first ?? "", value: try arguments.value("field"))
        let orbits = arguments.plotItems("orbits")
        if let game = item.value.object(as: PlanarGameValue.self) {
            return try show(try drawing.portrait(of: game.game(in: context), orbits), arguments, context)
        }
        for name in ["range", "from"] where arguments.has(name) {
            throw arguments.error(name, "is for a game, and `\(item.name)` is \(item.value.errorDescription)")
        }
        try show(try drawing.field(item, orbits), arguments, context)
    }
}

extension PlotDrawing {
    /// The phase portrait of a game of two numbers.
    func portrait(of game: PlanarGame, _ given: [PlotItem]) throws(CellError) -> Figure {
        let centre = game.centre
        let ranges = try arguments.plotRanges() ?? [centre.x - 2...centre.x + 2, centre.y - 2...centre.y + 2]
        let (x, y) = (ranges[0], ranges.last ?? ranges[0])
        let places = Grid.centres(x: x, y: y, columns: 15, rows: 15)
        let pushes = try arguments.learning(at: "field") { () throws(LearningError) in
            try game.field(at: Matrix(rows: places.map { [$0.x, $0.y] }))
        }
        let ways = zip(places.indices, places).map { (from: $1, by: Point(pushes[$0, 0], pushes[$0, 1])) }
        var series = [Series("pushes", role: .neutral, .arrows(Self.arrows(ways)))]
        var orbits = given
        if given.isEmpty || arguments.has("from") { orbits += try self.orbits(of: game, x, y) }
        series += try Self.series(of: orbits, unsuitable)
        let rest = try restPoints(of: game, x, y)
        series += rest.map { Series("at rest: \($0.kind)", role: $0.role, .scatter([$0.place])) }
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        var figure = Figure.plane(
            series, x: x, y: y, title: try arguments.plotText("title"), xLabel: xLabel.isEmpty ? game.names.x : xLabel,
            yLabel: yLabel.isEmpty ? game.names.y : yLabel)
        figure.panels[0].hasEqualAspect = x.upperBound - x.lowerBound == y.upperBound - y.lowerBound
        return figure
    }

    /// The ways from the places that were asked for, or from one.
    private func orbits(
        of game: PlanarGame, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    ) throws(CellError) -> [PlotItem] {
        func quarter(_ range: ClosedRange<Double>) -> Double { 0.25 * range.lowerBound + 0.75 * range.upperBound }
        var starts = [[quarter(x), quarter(y)]]
        if let matrix = try arguments.optionalTensor("from")?.value {
            guard matrix.rank > 0, matrix.columns == 2, matrix.rows <= 20 else {
                throw arguments.error(
                    "from", "must be a place of two numbers, or up to 20 of them, one a row", kind: .shape)
            }
            starts = (0..<matrix.rows).map(matrix.row)
        }
        // `plot` itself has no such options.
        let rate = arguments.has("lr") ? try arguments.number("lr") : 0.1
        let steps = arguments.has("steps") ? try arguments.integer("steps") : 300
        let method = arguments.has("method") ? try arguments.string("method") : ""
        let dynamics = PlanarDynamics(rawValue: method) ?? .simultaneous
        var items: [PlotItem] = []
        for start in starts {
            let path = try arguments.learning(at: "field") { () throws(LearningError) in
                try game.orbit(
                    from: (start[0], start[1]), steps: steps, rate: rate, by: dynamics,
                    interrupted: context.checkInterrupt)
            }
            let place = start.map { $0.significant(3) }.joined(separator: ", ")
            let name = starts.count == 1 ? "\(dynamics.rawValue) steps of \(rate.significant(3))" : "from \(place)"
            items.append(PlotItem(name: name, value: .matrix(path)))
        }
        return items
    }

    /// A place at which neither player is pushed.
    private struct Rest {
        let place: Point
        let kind: String
        let role: Role
    }

    private func restPoints(
        of game: PlanarGame, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    ) throws(CellError) -> [Rest] {
        try arguments.learning(at: "field") { () throws(LearningError) in
            var found: [Rest] = []
            for place in try game.restPoints(x: x, y: y, interrupted: context.checkInterrupt) {
                let parts = try game.eigenvalues(rate: nil, at: place).map(\.real)
                let size = max(parts.map(abs).max() ?? 0, 1e-9)
                let still = parts.allSatisfy { abs($0) < 1e-9 * max(size, 1) }
                let (kind, role): (String, Role) =
                    if still {
                        ("centre", .other(1))
                    } else if parts.allSatisfy({ $0 < 0 }) {
                        ("stable", .other(0))
                    } else {
                        (parts.contains { $0 < 0 } ? "saddle" : "unstable", .generated)
                    }
                found.append(Rest(place: Point(place.x, place.y), kind: kind, role: role))
            }
            return found
        }
    }

    /// A vector field as arrows of one length, the stronger the darker in number: their true lengths differ too much to be
    /// seen side by side. Orbits are drawn through it.
    func field(_ item: PlotItem, _ orbits: [PlotItem]) throws(CellError) -> Figure {
        guard let rows = item.value.matrix, rows.rank == 2, rows.columns == 4, rows.rows > 0 else {
            throw unsuitable(item, "a game of two numbers or a matrix of four columns (x, y, u, v)", nil)
        }
        let ways = (0..<rows.rows).map { row in
            (from: Point(rows[row, 0], rows[row, 1]), by: Point(rows[row, 2], rows[row, 3]))
        }
        let pushes = Series(item.name, role: .neutral, .arrows(Self.arrows(ways)))
        let series = [pushes] + (try Self.series(of: orbits, unsuitable))
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        return Figure.plane(
            series, x: nil, y: nil, title: try arguments.plotText("title"), xLabel: xLabel, yLabel: yLabel)
    }

    /// Arrows that fit between each other. The square root keeps weak ones to be seen beside strong ones.
    private static func arrows(_ ways: [(from: Point, by: Point)]) -> [Arrow] {
        let lengths = ways.map { ($0.by.x * $0.by.x + $0.by.y * $0.by.y).squareRoot() }
        let most = lengths.filter(\.isFinite).max() ?? 0
        let room = spacing(ways.map(\.from))
        return zip(ways, lengths).compactMap { way, length in
            guard length > 0, length.isFinite else { return nil }
            let factor = 0.9 * room * (length / most).squareRoot() / length
            return Arrow(
                from: way.from, to: Point(way.from.x + factor * way.by.x, way.from.y + factor * way.by.y))
        }
    }

    /// Orbits as lines that begin at a dot.
    private static func series(
        of orbits: [PlotItem], _ unsuitable: (PlotItem, String, String?) -> CellError
    ) throws(CellError) -> [Series] {
        var series: [Series] = []
        for (index, orbit) in orbits.enumerated() {
            guard let points = orbit.points else { throw unsuitable(orbit, "a matrix of two columns", nil) }
            let role = orbits.count == 1 ? Role.model : .other(index)
            series.append(Series(orbit.name, role: role, .curve(points)))
            if let first = points.first { series.append(Series(role: role, .scatter([first]))) }
        }
        return series
    }

    /// The distance between neighbours of a grid of places, as if they filled their rectangle evenly.
    private static func spacing(_ places: [Point]) -> Double {
        guard let x = extent(places.map(\.x)), let y = extent(places.map(\.y)) else { return 1 }
        let area = (x.upperBound - x.lowerBound) * (y.upperBound - y.lowerBound)
        return (area / Double(max(places.count, 1))).squareRoot()
    }
}
