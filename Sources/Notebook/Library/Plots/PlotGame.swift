import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting
import Probability

/// While a game is played and drawn again and again: which game, and how far it is to go.
struct PlotPace: ObjectValue {
    /// Where commands find it.
    static let slot = "pace"

    /// The variable that holds the game.
    let game: String
    /// The step at which the stretch ends; nil when that is not known.
    let end: Int?

    var typeName: String { "pace" }

    func describe(width: Int) -> String { "drawn while it is played" }
}

/// What pictures of a game have in common: which game, points of both sorts, the part of the plane that is shown.
extension PlotDrawing {
    /// Points of each sort that are drawn over D's output.
    static let shownPoints = 300
    /// Points of each sort that densities are estimated from.
    private static let densityPoints = 2000

    /// How the game is drawn while it is played; nil at other times.
    var pace: PlotPace? { context.state.slots[PlotPace.slot]?.object(as: PlotPace.self) }

    /// The game that is named, or the one that is being played, or the only one that there is.
    func currentGame() throws(CellError) -> PlotItem {
        let (name, value) = try Library.currentGame(
            named: arguments.has("game") ? try arguments.string("game") : pace?.game, arguments.callee,
            at: arguments.range(of: "game"), context)
        return PlotItem(name: name, value: .object(value))
    }

    /// A game as it stands, with the layers that suit it.
    func game(_ item: PlotItem, _ game: GameValue, _ layers: GameLayers = GameLayers()) throws(CellError) -> Figure {
        switch game.game.data.dimension {
        case 1: return try onTheLine(game, layers)
        case 2: return try inThePlane(game, layers)
        default: return try logits(of: game)
        }
    }

    /// Kernel densities of the data and of what G makes, both smoothed alike: unequal smoothing would show differences
    /// that are not there. The usual rules suit a single bump, and data for games have several: half of that is taken.
    func densities(of game: GameValue) throws(CellError) -> [PlotItem] {
        let samples = try self.samples(of: game, count: pace == nil ? Self.densityPoints : Self.densityPoints / 4)
        let (generated, data) = try densities(of: samples)
        return [
            PlotItem(name: "generated", value: .object(DistributionValue(generated))),
            PlotItem(name: "data", value: .object(DistributionValue(data))),
        ]
    }

    /// The same for points at hand.
    func densities(
        of samples: GameSamples
    ) throws(CellError) -> (generated: any Distribution, data: any Distribution) {
        do throws(DistributionError) {
            switch samples.data.columns {
            case 1:
                let bandwidth = KernelDensity.Bandwidth.fixed(try KernelDensity(samples.data.values).bandwidth / 2)
                return (
                    try KernelDensity(samples.generated.values, bandwidth: bandwidth),
                    try KernelDensity(samples.data.values, bandwidth: bandwidth)
                )
            case 2:
                let bandwidth = try RoundMixture.kernelDensity(of: samples.data).sd / 2
                return (
                    try RoundMixture.kernelDensity(of: samples.generated, bandwidth: bandwidth),
                    try RoundMixture.kernelDensity(of: samples.data, bandwidth: bandwidth)
                )
            default:
                throw DistributionError("points of \(samples.data.columns) numbers; a picture has room for two")
            }
        } catch {
            throw CellError(.plot, "the game cannot be drawn as densities: \(error.message)", help: error.help)
        }
    }

    /// The losses of D and of G, with what guessing costs.
    func learning(of game: GameValue) throws(CellError) -> Figure {
        let history = game.game.history
        guard !history.isEmpty else {
            throw CellError(
                .value, "the game has not been played yet, so there is nothing to draw",
                help: "`train 1000` plays it")
        }
        func curve(_ name: String, _ role: Role, _ loss: (Game.Record) -> Double) -> Named<[Point]> {
            Named(name, role, history.map { Point(Double($0.step), loss($0)) })
        }
        let loss = game.game.settings.loss
        let (forD, forG) = (loss.discriminatorAtChance, loss.generatorAtChance)
        func text(_ value: Double) -> String {
            abs(abs(value) - log(2)) < 1e-12 ? (value < 0 ? "-ln 2" : "ln 2") : value.significant(3)
        }
        var rules: [Named<Rule>] = [Named("\(text(forD)), guessing", .neutral, .horizontal(forD))]
        if forG != forD { rules.append(Named("\(text(forG)), guessing for G", .neutral, .horizontal(forG))) }
        return Figure.learning(
            [
                curve("loss of D", .real, \.discriminatorLoss), curve("loss of G", .generated, \.generatorLoss),
            ], rules: rules, title: try arguments.plotText("title"))
    }

    /// Points of the data, and as many of G. Both are drawn from a copy of the session's chance, so that looking at
    /// a game does not change how it goes on.
    func samples(of game: GameValue, count: Int) throws(CellError) -> GameSamples {
        var random = context.random
        let data: Matrix<Double>
        if let points = game.game.data.points {
            let chosen = random.permutation(of: points.rows).prefix(count)
            let rows = chosen.flatMap { points.row($0) }
            data = Matrix(Matrix(shape: .matrix(chosen.count, points.columns), values: rows))
        } else {
            data = Matrix(game.game.data.sample(count, using: &random))
        }
        do {
            let made = try game.game.labelledSample(count, using: &random)
            return GameSamples(
                data: data, generated: Matrix(made.points), labels: made.labels, names: game.game.data.classNames)
        } catch { throw error.words }
    }

    /// What is shown along an axis: as asked for, or all points of both sorts. While the game is played the data alone
    /// decide, with room round them, so that the picture stands still.
    func extent(of samples: GameSamples, axis: Int) throws(CellError) -> ClosedRange<Double> {
        if let wanted = try arguments.plotRanges() { return axis == 0 ? wanted[0] : wanted.last ?? wanted[0] }
        let data = samples.data.column(axis)
        let seen = pace == nil ? data + samples.generated.column(axis) : data
        return Self.widened(Self.extent(seen) ?? -3...3, by: pace == nil ? 0.08 : 0.3)
    }

    /// What D says of points, from 0 to 1: the probability that they are real, which with squares is D's number itself.
    func outputs(of game: Game, on points: Matrix<Double>) throws(CellError) -> [Double] {
        let logits = try logits(of: game, on: points)
        guard game.settings.loss == .leastsquares else { return logits.map { 1 / (1 + exp(-$0)) } }
        return logits.map { min(max($0, 0), 1) }
    }

    /// D's numbers for points, a point a row.
    func logits(of game: Game, on points: Matrix<Double>) throws(CellError) -> [Double] {
        do { return try game.logits(of: points).values } catch {
            throw NetworkValue(MLP<Double>(game.judge)).misfit(points.shape)
        }
    }

    /// For points of more than two numbers: how D's numbers for both sorts are spread.
    private func logits(of game: GameValue) throws(CellError) -> Figure {
        let samples = try self.samples(of: game, count: Self.densityPoints / 2)
        let (real, made) = (
            try logits(of: game.game, on: samples.data), try logits(of: game.game, on: samples.generated)
        )
        return Figure.histogram(
            [Named("data", .real, real), Named("generated", .generated, made)],
            bins: Histogram.suitableCount([real, made]), title: try arguments.plotText("title"),
            xLabel: "D's number: more means real")
    }
}

/// Real points and made-up ones, a point a row.
struct GameSamples {
    let data: Matrix<Double>
    let generated: Matrix<Double>
    /// The class that each of G's points was to be of; none where it is told of none.
    var labels: [Int] = []
    /// What the classes are called.
    var names: [String] = []

    /// G's points, those of a class in a colour of their own.
    var generatedSeries: [Series] {
        guard let most = labels.max() else {
            return [Series("generated", role: .generated, .scatter(Self.points(generated)))]
        }
        let places = Self.points(generated)
        return (0...most).map { label in
            let own = zip(places, labels).filter { $1 == label }.map(\.0)
            let name = names.indices.contains(label) ? names[label] : String(label)
            let shown = Int(name) == nil ? name : "class \(name)"
            return Series(most < 10 ? shown : "", role: .other(label), .scatter(own))
        }
    }

    /// Single numbers, or points of the plane.
    static func points(_ rows: Matrix<Double>) -> [Point] {
        (0..<rows.rows).map { Point(rows[$0, 0], rows[$0, 1]) }
    }
}

/// What of a game is drawn.
struct GameLayers {
    /// Real points.
    var hasData = true
    /// Points of G.
    var hasGenerated = true
    /// What D says.
    var hasHeatMap = true
    /// How G bends its noise; nil: on the line, where there is room for it.
    var hasManifold: Bool?
    /// Where G is pushed at each of its points.
    var hasPushes = false
}
