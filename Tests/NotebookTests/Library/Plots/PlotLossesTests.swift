import Language
import Learning
import Plotting
import Testing

@testable import Notebook

/// The losses as curves.
@Suite struct PlotLossesTests {
    private func curve(_ series: Series) throws -> [Point] {
        guard case .curve(let points) = series.kind else { throw CellError(.plot, "no curve") }
        return points
    }

    /// Each point costs what `loss_terms` says.
    @Test(arguments: Game.Loss.allCases) func aLossHasThreeCurves(loss: Game.Loss) throws {
        let cells = try PictureCells()
        let panel = try #require(try cells.figure("plot losses \(loss.rawValue) range=[-2, 3]").panels.first)
        #expect(panel.title == loss.rawValue && panel.series.map(\.role) == [.real, .generated, .model])
        for (place, series) in panel.series.enumerated() {
            let points = try curve(series)
            let (first, last) = (try #require(points.first), try #require(points.last))
            #expect(first.x == -2 && last.x == 3)
            let terms = try cells.numbers("loss_terms(\(loss.rawValue), [-2, 3])[:, \(place)]")
            #expect(abs(first.y - terms[0]) < 1e-12 && abs(last.y - terms[1]) < 1e-12)
        }
    }

    @Test func allStandSideBySide() throws {
        let figure = try PictureCells().figure("plot losses title=\"All\"")
        #expect(figure.title == "All" && figure.panels.map(\.title) == Game.Loss.allCases.map(\.rawValue))
    }
}
