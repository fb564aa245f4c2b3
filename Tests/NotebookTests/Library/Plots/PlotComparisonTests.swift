import Foundation
import Language
import Learning
import Plotting
import Testing

@testable import Notebook

/// Comparisons and sweeps as values, and their pictures.
@Suite struct PlotComparisonTests {
    @Test func aComparisonIsAValue() throws {
        let cells = try PictureCells(PictureCells.line)
        try cells.run("c = compare loss=minimax,hinge seeds=3 steps=20 measures=w1,js; 1")
        #expect(try cells.value("c.w1").matrix?.shape == .matrix(2, 3))
        #expect(try cells.value("c.settings").elements?.compactMap(\.string) == ["minimax", "hinge"])
        #expect(try cells.value("c.seeds").integer == 3 && cells.value("c.steps").integer == 20)
        #expect(try cells.value("_").number == 1, "a named one is not the last value")
        // The game that is kept is the middle one of its seeds by the last measure.
        let comparison = try #require(cells.value("c").object(as: ComparisonValue.self))
        for setting in comparison.settings {
            let value = try #require(Measure.evaluate([.js], setting.game.game)[.js])
            #expect(value == setting.values(of: .js).sorted()[1])
        }
        try cells.run("compare loss=minimax,hinge seeds=2 steps=5")
        #expect(try cells.value("_.seeds").integer == 2)
    }

    @Test func onlyWhatGivesAValueCanBeNamed() throws {
        let cells = try PictureCells(PictureCells.line)
        #expect(throws: CellError.self) { try cells.run("c = train 5") }
        try cells.run("compare = 3; c = compare + 1")
        #expect(try cells.value("c").number == 4)
    }

    @Test func theSpreadIsThatOfTheSeeds() throws {
        let spread = try #require(Spread([3, .nan, 1, 2, 5, 4]))
        #expect((spread.lowest, spread.median, spread.highest) == (1, 3, 5))
        #expect((spread.lowerQuartile, spread.upperQuartile) == (2, 4))
        #expect(Spread([.nan]) == nil)
    }

    @Test func aSweepIsDrawnOverItsNumbers() throws {
        let cells = try PictureCells(PictureCells.line, "s = sweep lr_g=1e-4..1e-2 log 3 seeds=3 steps=10")
        let figure = try cells.figure("plot compare s")
        #expect(
            figure.panels.map(\.title)
                == ["modes", "hq", "rkl", "js"].map {
                    $0 + (["modes", "hq"].contains($0) ? ", higher" : ", lower") + " is better"
                })
        let panel = figure.panels[3]
        #expect(panel.x.isLogarithmic && panel.x.label == "lr_g")
        let js = try #require(cells.value("s.js").matrix)
        guard case .band(let x, let lower, let upper)? = panel.series.first?.kind else {
            Issue.record("no band")
            return
        }
        #expect(x == [1e-4, 1e-3, 1e-2])
        for row in 0..<3 {
            let sorted = js.row(row).sorted()
            #expect(abs(panel.points("median")[row].y - sorted[1]) < 1e-12)
            #expect(abs(lower[row] - (sorted[0] + sorted[1]) / 2) < 1e-12)
            #expect(abs(upper[row] - (sorted[1] + sorted[2]) / 2) < 1e-12)
        }
        #expect(panel.points("seeds").count == 9)
        #expect(figure.words.contains("0.001: median "))
        #expect(try cells.figure("plot s").panels.count == 4)
    }

    @Test func aComparisonHasABoxForEachNameAndBandsOverTheSteps() throws {
        let cells = try PictureCells(PictureCells.line, "c = compare optimizer=adam,sgd seeds=3 steps=10 measures=js")
        let figure = try cells.figure("plot compare")
        try #require(figure.panels.map(\.title) == ["js, lower is better", "loss of D", "loss of G"])
        #expect(figure.panels[0].x.ticks?.map(\.label) == ["adam", "sgd"])
        #expect(figure.panels[1].series.map(\.name) == ["", "adam", "", "sgd"])
        #expect(figure.panels[1].hasKey && !figure.panels[2].hasKey)
        // Losses of different kinds have no common scale.
        try cells.run("compare loss=minimax,wasserstein seeds=2 steps=10 measures=js")
        #expect(try cells.figure("plot compare").panels.count == 1)
        // What was measured on the way is drawn over the steps.
        try cells.run("compare loss=minimax,wasserstein seeds=2 steps=10 measures=js every=5")
        let watched = try cells.figure("plot compare measures=[\"js\"]").panels[0]
        #expect(watched.x.label == "step" && watched.points("minimax").map(\.x) == [5, 10])
    }

    @Test func theOutcomesStandSideBySideInOneFrame() throws {
        let cells = try PictureCells(PictureCells.ring, "c = compare loss=minimax,hinge seeds=2 steps=5 measures=js")
        let figure = try cells.figure("plot multiples c")
        #expect(figure.panels.count == 2 && figure.panels.allSatisfy { $0.title.contains("js ") })
        #expect(Set(figure.panels.map(\.x.range)).count == 1 && Set(figure.panels.map(\.y.range)).count == 1)
        #expect(figure.panels[0].series.map(\.name) == ["data", "generated"])
        #expect(try cells.figure("plot multiples c heatmap=true").panels[0].series.count == 4)
        let line = try PictureCells(PictureCells.line, "sweep lr=1e-4..1e-2 20 seeds=1 steps=2 measures=js")
        #expect(try line.figure("plot multiples").panels.count == 16)
    }

    @Test func branchesAreAComparisonToo() throws {
        let cells = try PictureCells(
            PictureCells.line, "train 10", "branch \"calm\"", "train 10", "b = compare branches")
        #expect(try cells.figure("plot b").panels.map(\.title).suffix(2) == ["loss of D", "loss of G"])
        #expect(try cells.figure("plot multiples b").panels.map { $0.title.prefix(4) } == ["calm", "main"])
    }

    @Test(arguments: [
        ("plot compare", "nothing has been compared yet"), ("plot multiples", "nothing has been compared yet"),
        ("plot compare 3", "must be"), ("compare loss=minimax every=0", "`every` must be"),
        (
            "compare loss=minimax,hinge seeds=2 steps=2 measures=js; plot compare measures=[\"w1\"]",
            "`w1` was not measured"
        ),
    ])
    func whatCannotBeDrawnIsTold(cell: String, message: String) throws {
        let cells = try PictureCells(PictureCells.line)
        let error = #expect(throws: CellError.self) { try cells.run(cell) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
