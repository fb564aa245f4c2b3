import Foundation
import Language
import Learning
import LinearAlgebra
import Plotting
import Probability

/// Pictures of a game: what D says of real and made-up points, the density that G makes against that of the data, and
/// the losses of both.
extension PlotDrawing {
    /// Points of each sort that are drawn over D's verdict.
    private static let shownPoints = 300
    /// Points of each sort that densities are estimated from.
    private static let densityPoints = 2000

    /// What D says, with real points and points that G made.
    func game(_ item: PlotItem, _ game: GameValue) throws(CellError) -> Figure {
        let judge = PlotItem(name: "D", value: try game.member("D") ?? .nothing)
        let crowd = try crowds(of: game, count: Self.shownPoints)
        return try boundary(
            judge,
            [
                PlotItem(name: "data", value: .matrix(crowd.data)),
                PlotItem(name: "generated", value: .matrix(crowd.generated)),
            ])
    }

    /// Kernel densities of the data and of what G makes, both smoothed alike: unequal smoothing would show differences
    /// that are not there. The usual rules suit a single bump, and data for games have several: half of that is taken.
    func densities(of game: GameValue) throws(CellError) -> [PlotItem] {
        let crowd = try crowds(of: game, count: Self.densityPoints)
        do throws(DistributionError) {
            let generated: any Distribution
            let data: any Distribution
            switch crowd.data.columns {
            case 1:
                let bandwidth = KernelDensity.Bandwidth.fixed(try KernelDensity(crowd.data.values).bandwidth / 2)
                generated = try KernelDensity(crowd.generated.values, bandwidth: bandwidth)
                data = try KernelDensity(crowd.data.values, bandwidth: bandwidth)
            case 2:
                let bandwidth = try RoundMixture.kernelDensity(of: crowd.data).sd / 2
                generated = try RoundMixture.kernelDensity(of: crowd.generated, bandwidth: bandwidth)
                data = try RoundMixture.kernelDensity(of: crowd.data, bandwidth: bandwidth)
            default:
                throw DistributionError("points of \(crowd.data.columns) numbers; a picture has room for two")
            }
            return [
                PlotItem(name: "generated", value: .object(DistributionValue(generated))),
                PlotItem(name: "data", value: .object(DistributionValue(data))),
            ]
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
    private func crowds(
        of game: GameValue, count: Int
    ) throws(CellError) -> (data: Matrix<Double>, generated: Matrix<Double>) {
        var random = context.random
        let data: Matrix<Double>
        if let points = game.game.data.points {
            let chosen = random.permutation(of: points.rows).prefix(count)
            let rows = chosen.flatMap { points.row($0) }
            data = Matrix(Matrix(shape: .matrix(chosen.count, points.columns), values: rows))
        } else {
            data = Matrix(game.game.data.sample(count, using: &random))
        }
        return (data, try game.sample(count: count, using: &random))
    }
}
