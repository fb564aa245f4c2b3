import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting

/// The command that draws where a game has come along.
enum PlotHistoryCommands {
    static let all = [trajectories]

    private static let trajectories = CommandEntry(
        "plot trajectories", topic: .plots,
        "draw the ways of samples, of the parameters or of the losses while a game was played",
        parameters: Library.plotParameters([
            Library.whichGame,
            Parameter(
                "of", .choice(["samples", "parameters", "losses"]), default: "\"samples\"",
                "what is followed from step to step"),
            Parameter("points", .integer(1...200), default: "8", "how many samples are followed"),
            Parameter("range", .tensor, default: "", "low and high end: range=[-3, 3], or one row for each axis"),
        ]),
        details: """
            Samples: what G made of the same noise, always the same, at every step that the game remembers. Parameters: all \
            numbers of a player at once, seen along the two directions in which they moved most (principal components), \
            with the share of the motion that each holds. Losses: that of D to the right, that of G upwards.
            """,
        example: PictureGame.ring + "; train 60; plot trajectories; plot trajectories of=\"parameters\""
    ) { (arguments, context) throws(CellError) in
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let item = try drawing.currentGame()
        let figure =
            switch try arguments.string("of") {
            case "parameters": try drawing.parameterPaths(item)
            case "losses": try drawing.lossPath(item)
            default: try drawing.samplePaths(item, count: try arguments.integer("points"))
            }
        try Library.show(figure, arguments, context)
    }
}

/// A game for the examples of help.
enum PictureGame {
    static let ring = "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8)"
}

extension PlotDrawing {
    // MARK: samples

    /// The ways of what G makes of fixed noise.
    func samplePaths(_ item: PlotItem, count: Int) throws(CellError) -> Figure {
        let moments = try alike(try self.moments(of: item, most: 60), "what G is given") {
            [$0.noiseWidth, $0.classes]
        }
        guard let value = item.value.object(as: GameValue.self), value.game.data.dimension <= 2 else {
            throw CellError(.shape, "the points of this game have more than two numbers; a picture has room for two")
        }
        let noise = Self.fixedNoise(of: value.game, count)
        var ways = [[[Double]]](repeating: [], count: count)
        for moment in moments {
            let made = try made(by: moment.game, of: noise)
            for row in 0..<count { ways[row].append((0..<made.columns).map { made[row, $0] }) }
        }
        return value.game.data.dimension == 1
            ? try waysOnTheLine(ways, moments.map(\.step), value) : try waysInThePlane(ways, moments.map(\.step), value)
    }

    /// The same noise whenever the game is drawn, with the classes in turn where G is told of any.
    private static func fixedNoise(of game: Game, _ count: Int) -> [[Double]] {
        var random = RandomStream(seed: 1)
        let noise = Matrix<Double>(game.settings.noise.draw(.matrix(count, game.noiseWidth), &random))
        return (0..<count).map { row in
            noise.row(row) + (0..<game.classes).map { $0 == row % game.classes ? 1 : 0 }
        }
    }

    private func waysInThePlane(_ ways: [[[Double]]], _ steps: [Int], _ value: GameValue) throws(CellError) -> Figure {
        let samples = try self.samples(of: value, count: Self.shownPoints)
        let ends = ways.compactMap(\.last), starts = ways.compactMap(\.first)
        func places(_ rows: [[Double]]) -> [Point] { rows.map { Point($0[0], $0[1]) } }
        let (first, last) = (steps[0], steps[steps.count - 1])
        var series = [Series("data", role: .neutral, .scatter(GameSamples.points(samples.data)))]
        for (index, way) in ways.enumerated() {
            let name = index == 0 ? "\(ways.count) samples on their way" : ""
            series.append(Series(name, role: .other(index), .curve(places(way))))
        }
        series.append(Series("step \(first)", role: .model, .scatter(places(starts))))
        series.append(Series("step \(last)", role: .generated, .scatter(places(ends))))
        let wanted = try arguments.plotRanges()
        func frame(_ axis: Int) -> ClosedRange<Double> {
            if let wanted { return axis == 0 ? wanted[0] : wanted.last ?? wanted[0] }
            // The data, and where the ways begin and end; a leap on the way must not make them small.
            let seen = samples.data.column(axis) + (ends + starts).map { $0[axis] }
            return Self.widened(Self.extent(seen) ?? -3...3)
        }
        var figure = Figure.plane(series, x: frame(0), y: frame(1), title: try arguments.plotText("title"))
        figure.panels[0].summary = Self.words(of: ways, steps)
        return figure
    }

    private func waysOnTheLine(_ ways: [[[Double]]], _ steps: [Int], _ value: GameValue) throws(CellError) -> Figure {
        let samples = try self.samples(of: value, count: 1000)
        let wanted = try arguments.plotRanges()?.first
        let seen = samples.data.values + ways.flatMap { ($0.first ?? []) + ($0.last ?? []) }
        let range = wanted ?? Self.widened(Self.extent(seen) ?? -3...3)
        let lines = ways.flatMap { way in
            zip(steps, way).map { Point(Double($0), $1[0]) } + [Point(.nan, .nan)]
        }
        let density = try densities(of: samples).data
        let places = Self.places(range)
        let heights = zip(places, density.logDensity(ofFlat: places)).map { Point(exp($1), $0) }
        var left = Panel(
            x: Axis("step"), y: Axis("G(z)", range: range),
            series: [Series("\(ways.count) samples on their way", role: .generated, .curve(lines))])
        left.place = Place(x: 0, y: 0, width: 0.72, height: 1)
        left.summary = Self.words(of: ways, steps)
        var right = Panel(
            x: Axis("density"), y: Axis(range: range), series: [Series("data", role: .real, .curve(heights))])
        right.place = Place(x: 0.72, y: 0, width: 0.28, height: 1)
        return Figure(title: try arguments.plotText("title"), panels: [left, right])
    }

    /// How far samples went, in numbers.
    private static func words(of ways: [[[Double]]], _ steps: [Int]) -> String {
        func distance(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        let apart = ways.map { way in distance(way[0], way[way.count - 1]) }
        let lengths = ways.map { way in zip(way, way.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) } }
        func mean(_ numbers: [Double]) -> String { (numbers.reduce(0, +) / Double(numbers.count)).significant(3) }
        return "\(ways.count) samples from step \(steps[0]) to \(steps[steps.count - 1]): they end "
            + "\(mean(apart)) from where they began on average, by ways of length \(mean(lengths))"
    }

    // MARK: parameters

    /// The ways of G's and of D's parameters, each along its own two principal components.
    func parameterPaths(_ item: PlotItem) throws(CellError) -> Figure {
        let moments = try alike(try self.moments(of: item, most: 60), "the number of parameters") {
            [$0.generator.model.parameterCount, $0.discriminator.model.parameterCount]
        }
        let players: [(String, Role, (Game) -> MLP<Float>)] = [
            ("G", .generated, \.generator.model), ("D", .real, \.discriminator.model),
        ]
        let panels = players.map { name, role, model -> Panel in
            let rows = moments.map { moment in model(moment.game).parameters.flatMap { $0.values.map { Double($0) } } }
            let components = PrincipalComponents(of: rows)
            func label(_ index: Int) -> String {
                "component \(index + 1), \((100 * components.shares[index]).significant(3)) % of the motion"
            }
            let points = components.places
            var panel = Panel(
                title: "\(rows[0].count) parameters of \(name)", x: Axis(label(0)), y: Axis(label(1)),
                series: [
                    Series(role: role, .curve(points)),
                    Series("step \(moments[0].step)", role: .model, .scatter(Array(points.prefix(1)))),
                    Series("step \(moments[moments.count - 1].step)", role: role, .scatter(Array(points.suffix(1)))),
                ])
            let length = zip(points, points.dropFirst()).reduce(0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
            panel.summary =
                "a way of length \(length.significant(3)) along \(label(0)) and \(label(1)), from step "
                + "\(moments[0].step) to \(moments[moments.count - 1].step)"
            return panel
        }
        return Figure(title: try arguments.plotText("title"), panels: panels)
    }

    // MARK: losses

    /// The loss of G against that of D, from the first step to the last.
    func lossPath(_ item: PlotItem) throws(CellError) -> Figure {
        guard let game = item.value.object(as: GameValue.self)?.game, game.history.count > 1 else {
            throw CellError(
                .value, "`\(item.name)` has not been played yet, so there is nothing to draw",
                help: "`train 1000` plays it")
        }
        let points = game.history.map { Point($0.discriminatorLoss, $0.generatorLoss) }
        // Stretches of the mean: the losses of single batches would hide the way.
        let means = Self.means(of: points, count: 60)
        let loss = game.settings.loss
        let guessing = Point(loss.discriminatorAtChance, loss.generatorAtChance)
        return Figure(
            Panel(
                title: try arguments.plotText("title"), x: Axis("loss of D"), y: Axis("loss of G"),
                series: [
                    Series("both losses", role: .other(0), .curve(means)),
                    Series("step \(game.history[0].step)", role: .model, .scatter(Array(means.prefix(1)))),
                    Series("step \(game.steps)", role: .generated, .scatter(Array(means.suffix(1)))),
                    Series("both guess", role: .neutral, .scatter([guessing])),
                ]))
    }
}

/// Where points of many numbers lie along the two directions in which they are spread most, from the eigenvectors of the
/// matrix of their scalar products (Gower 1966).
struct PrincipalComponents {
    /// A place for each point.
    let places: [Point]
    /// The share of the whole spread along each of the two directions.
    let shares: [Double]

    /// The components of points, each as many numbers.
    init(of points: [[Double]]) {
        let count = Double(max(points.count, 1))
        let width = points.first?.count ?? 0
        var mean = [Double](repeating: 0, count: width)
        for point in points { for index in 0..<width { mean[index] += point[index] / count } }
        let centred = points.map { point in zip(point, mean).map { $0 - $1 } }
        var products = centred.map { one in centred.map { other in zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } } }
        let whole = products.indices.reduce(0) { $0 + products[$1][$1] }
        var coordinates: [[Double]] = []
        var shares: [Double] = []
        for _ in 0..<2 {
            let (value, vector) = Self.largest(products)
            // The way begins on the left and below.
            let sign: Double = (vector.first ?? 0) > 0 ? -1 : 1
            coordinates.append(vector.map { sign * $0 * max(value, 0).squareRoot() })
            shares.append(whole > 0 ? max(value, 0) / whole : 0)
            for row in products.indices {
                for column in products.indices { products[row][column] -= value * vector[row] * vector[column] }
            }
        }
        self.shares = shares
        places = points.indices.map { Point(coordinates[0][$0], coordinates[1][$0]) }
    }

    /// The largest eigenvalue of a symmetric matrix that has none below 0, and its vector, by the power method.
    private static func largest(_ matrix: [[Double]]) -> (value: Double, vector: [Double]) {
        let start = matrix.indices.max { matrix[$0][$0] < matrix[$1][$1] } ?? 0
        var vector = matrix.isEmpty ? [] : matrix[start]
        var value = 0.0
        for _ in 0..<500 {
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0, length.isFinite else { return (0, vector.map { _ in 0 }) }
            vector = vector.map { $0 / length }
            let next = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
            let found = zip(next, vector).reduce(0) { $0 + $1.0 * $1.1 }
            if abs(found - value) <= 1e-12 * abs(found) {
                value = found
                break
            }
            (value, vector) = (found, next)
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return (value, length > 0 ? vector.map { $0 / length } : vector)
    }
}
