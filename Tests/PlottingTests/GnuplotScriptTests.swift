import Foundation
import Testing

@testable import Plotting

@Suite struct GnuplotScriptTests {
    private let png = Terminal.png(PixelSize(width: 400, height: 300))

    private func line(_ name: String = "f", title: String = "", xLabel: String = "x") -> Figure {
        .curves([Named(name, .real, [Point(0, 0), Point(1, 2)])], title: title, xLabel: xLabel)
    }

    @Test func aCurveIsABlockOfItsPointsAndALineInTheColourOfItsRole() throws {
        let text = try GnuplotScript.text(for: line(), terminal: png)
        #expect(text.contains("$p0s0 << GAN_END\n0 0\n1 2\nGAN_END\n"))
        #expect(text.contains("plot $p0s0 using 1:2 with lines lw 2.5 lc rgb '#0072B2' title 'f'"))
    }

    @Test func theSameFigureAlwaysGivesTheSameText() throws {
        for terminal in [png, .text(TextSize(columns: 80, rows: 24), .plain)] {
            let figure = Figure.histogram(
                [Named("real", .real, [1, 2, 2, 3]), Named("fake", .generated, [2, 3, 4])], bins: 5)
            #expect(
                try GnuplotScript.text(for: figure, terminal: terminal)
                    == GnuplotScript.text(for: figure, terminal: terminal))
        }
    }

    @Test func quotesAreDoubledAndControlCharactersBecomeBlanks() {
        #expect(GnuplotScript.quoted("it's") == "'it''s'")
        #expect(GnuplotScript.quoted("a\nb\u{0}c\u{2028}d") == "'a b c d'")
        #expect(GnuplotScript.quoted("`x` $(y) \\ \"z\"") == "'`x` $(y) \\ \"z\"'")
    }

    @Test func ticksDoNotReadPercentAsAFormat() {
        #expect(GnuplotScript.ticks("x", [Tick(1, "50 %")]) == "set xtics ('50 %%' 1)")
    }

    @Test func numbersAreReadBackExactly() {
        for number: Double in [0.1, 1 / 3, 1e-300, 6.02e23, -7, 0] {
            #expect(Double(GnuplotScript.number(number)) == number)
        }
        #expect(GnuplotScript.number(.infinity) == "NaN")
    }

    @Test func aBrokenCurveIsABreakInTheBlock() throws {
        let figure = Figure.curves([Named("1/x", .model, [Point(-1, -1), Point(0, .infinity), Point(1, 1)])])
        #expect(try GnuplotScript.text(for: figure, terminal: png).contains("-1 -1\n\n1 1\n"))
    }

    @Test func nothingToDrawIsAnError() {
        let figure = Figure.curves([Named("f", .model, [Point(.nan, .nan)])])
        #expect(throws: PlotError.empty) { try GnuplotScript.text(for: figure, terminal: png) }
    }

    @Test(arguments: [
        "`touch FILE`", "$(touch FILE)", "'; system('touch FILE'); '", "\"; system(\"touch FILE\"); \"",
        "x\nsystem('touch FILE')\n!touch FILE\n", "@FILE", "'.system('touch FILE').'", "x\\", "\\'`touch FILE`",
        "\u{2028}!touch FILE", "\r!touch FILE\r", "GAN_END\n!touch FILE",
    ])
    func whatAUserWroteIsNeverRun(_ text: String) throws {
        let scratch = try Scratch()
        let wicked = text.replacing("FILE", with: scratch.file("harm"))
        var figure = line(wicked, title: wicked, xLabel: wicked)
        figure.panels[0].y.label = wicked
        figure.panels[0].y.ticks = [Tick(1, wicked)]
        figure.panels[0].series.append(
            Series(
                wicked, role: .real,
                .heatMap(Grid(x: 0...1, y: 0...1, columns: 2, rows: 2, values: [1, 2, 3, 4]), .judgement)))
        let graph = Figure.graph([GraphNode(title: wicked, details: [wicked])], title: wicked)
        let gnuplot = Gnuplot()
        for terminal in [png, .svg(PixelSize(width: 300, height: 200)), .text(TextSize(columns: 80, rows: 24), .plain)]
        {
            _ = try gnuplot.draw(figure, on: terminal)
            _ = try gnuplot.draw(graph, on: terminal)
            _ = try gnuplot.draw(.panels([figure, graph], title: wicked), on: terminal)
        }
        #expect(!scratch.exists("harm"))
    }

    @Test func theFileThatTheAboveTestLooksForIsMadeWhenAScriptIsRun() throws {
        let scratch = try Scratch()
        _ = try Gnuplot().answer("system('touch \(scratch.file("harm"))')")
        #expect(scratch.exists("harm"))
    }
}
