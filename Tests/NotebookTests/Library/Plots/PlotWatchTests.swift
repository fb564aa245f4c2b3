import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

/// Pictures of a game while it is played.
@Suite struct PlotWatchTests {
    private func frames(_ outputs: [Output]) -> [Figure] {
        outputs.compactMap { if case .frame(let object) = $0 { (object as? FigureValue)?.figure } else { nil } }
    }

    private func warnings(_ outputs: [Output]) -> [String] {
        outputs.compactMap { if case .warning(let text) = $0 { text } else { nil } }
    }

    @Test func theDashboardHasThePlayersTheLossesAndWhatIsMeasured() throws {
        let cells = try PictureCells(PictureCells.ring)
        #expect(try cells.figure("plot dashboard").panels.count == 1)
        try cells.run("watch js w1 every 10; train 30")
        let figure = try cells.figure("plot dashboard")
        #expect(figure.panels.count == 4 && figure.panels.allSatisfy { $0.place != nil })
        #expect(figure.title.hasPrefix("after 30 steps; loss of D "))
        #expect(figure.panels[1].series.map(\.name) == ["guessing", "loss of D", "of G"])
        #expect(figure.panels[2].series[0].name.hasPrefix("js 0."))
        // The places fill the page and do not overlap.
        let area = figure.panels.compactMap(\.place).reduce(0) { $0 + $1.width * $1.height }
        #expect(abs(area - 1) < 1e-9)
        let line = try PictureCells(PictureCells.line, "train 5")
        #expect(try line.figure("plot dashboard").panels.count == 3)
    }

    @Test func whatIsWatchedIsDrawnAgainAndAgainAndOnceToStay() throws {
        let cells = try PictureCells(PictureCells.ring, "watch plot dashboard every 10")
        let outputs = try cells.run("train 400")
        let shown = frames(outputs)
        #expect(!shown.isEmpty)
        #expect(shown.allSatisfy { $0.title.contains(" of 400, ") })
        let last = outputs.compactMap { if case .object(let object) = $0 { object as? FigureValue } else { nil } }
        #expect(last.count == 1 && last[0].figure.title.hasPrefix("step 400 of 400, 100 %"))
        try cells.run("unwatch plot")
        #expect(try cells.figures("train 20").isEmpty)
    }

    @Test func drawingChangesNothingInTheGame() throws {
        let watched = try PictureCells(PictureCells.ring, "watch plot density every 1", "train 30")
        let alone = try PictureCells(PictureCells.ring, "train 30")
        #expect(try watched.numbers("game.history") == alone.numbers("game.history"))
        #expect(try watched.numbers("rand(3)") == alone.numbers("rand(3)"))
    }

    @Test func drawingTakesATenthOfTheTimeAtMost() throws {
        // A picture that takes long is drawn seldom: after it at least nine times as long passes.
        let cells = try PictureCells(PictureCells.ring, "watch plot dashboard every 1")
        let outputs = try cells.run("train 200")
        #expect(frames(outputs).count < 100)
    }

    @Test func aPictureThatCannotBeDrawnIsSaidOnceAndTheGameGoesOn() throws {
        let cells = try PictureCells(PictureCells.ring, "x = 3", "watch plot histogram x, nothing every 5")
        let outputs = try cells.run("train 30")
        #expect(warnings(outputs).count == 1)
        #expect(warnings(outputs)[0].hasPrefix("`plot histogram x, nothing` cannot be drawn: "))
        #expect(try cells.value("game.steps").integer == 30)
    }

    @Test(arguments: ["watch plot 3 +", "watch plot dashboard to a.png", "watch plot dashboard; unwatch plot 3"])
    func whatCannotBeWatchedIsTold(cell: String) throws {
        let cells = try PictureCells(PictureCells.ring)
        #expect(throws: CellError.self) { try cells.run(cell) }
    }

    @Test func afterCtrlCTheLastPictureStays() throws {
        let cells = try PictureCells(PictureCells.ring, "watch plot dashboard every 5")
        cells.interrupt(after: 100)
        let outputs = try cells.run("train 1000000")
        #expect(!outputs.contains { if case .object = $0 { true } else { false } })
        #expect((try cells.value("game.steps").integer ?? 0) > 50)
    }
}
