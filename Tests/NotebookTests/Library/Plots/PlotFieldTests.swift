import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

/// Phase portraits of games of two numbers.
@Suite struct PlotFieldTests {
    @Test func aGameOfWrittenLossesIsDrawnWithItsRestPoint() throws {
        let cells = try PictureCells("f(u, v) = (u - 0.5) * v + 0.5 * (u - 0.5)**2; p = planar_game(f)")
        let panel = try cells.figure("plot field p").panels[0]
        #expect(panel.x.label == "u" && panel.y.label == "v" && panel.hasEqualAspect)
        let rest = try #require(panel.points("at rest: stable").first)
        #expect(abs(rest.x - 0.5) < 1e-9 && abs(rest.y) < 1e-9)
        let orbit = panel.points("simultaneous steps of 0.1")
        #expect(orbit.count == 301 && orbit[0] == Point(1, 1))
        #expect(try cells.figure("plot p").panels[0].series.count == panel.series.count)
    }

    @Test(arguments: [
        ("f(x, y) = x * y", "centre"), ("f(x, y) = x * y - x**2", "unstable"),
        ("f(x, y) = x**2 / 2 + y**2 / 2", "saddle"),
    ])
    func whatARestPointIsStandsBesideIt(loss: String, kind: String) throws {
        let cells = try PictureCells(loss, "p = planar_game(f)")
        #expect(try cells.figure("plot field p").panels[0].points("at rest: \(kind)") == [Point(0, 0)])
    }

    @Test func theSameGameWrittenAndBuiltInIsTheSame() throws {
        let cells = try PictureCells("f(x, y) = x * y", "p = planar_game(f)")
        #expect(try cells.numbers("field(p, n=5)") == cells.numbers("field(bilinear_game(), n=5)"))
        for method in ["simultaneous", "alternating", "extragradient", "optimistic"] {
            let options = "1, 0.5, lr=0.2, steps=20, method=\"\(method)\""
            let (own, known) = (
                try cells.numbers("orbit(p, \(options))"), try cells.numbers("orbit(bilinear_game(), \(options))")
            )
            #expect(zip(own, known).allSatisfy { abs($0 - $1) < 1e-12 } && own.count == 42)
            let of = "lr=0.2, method=\"\(method)\""
            let values = (
                try cells.numbers("eigenvalues(p, \(of))"), try cells.numbers("eigenvalues(bilinear_game(), \(of))")
            )
            #expect(zip(values.0, values.1).allSatisfy { abs($0 - $1) < 1e-9 })
        }
    }

    @Test func twoNumbersOfAGANAreAGame() throws {
        let cells = try PictureCells("game = gan(mlp(1, 1), mlp(1, 1), normal(1, 0.5))", "q = planar_game(game)")
        let panel = try cells.figure("plot field q").panels[0]
        #expect(panel.x.label == "G: b1[0]" && panel.y.label == "D: W1[0, 0]")
        let centre = (try cells.numbers("game.G.parameters[1]")[0], try cells.numbers("game.D.parameters[0]")[0])
        #expect(abs((panel.x.range?.lowerBound ?? 0) - (centre.0 - 2)) < 1e-6)
        #expect(abs((panel.y.range?.upperBound ?? 0) - (centre.1 + 2)) < 1e-6)
        // Where D's weight is 0 it cannot tell anything, and G is not pushed.
        #expect(try abs(cells.numbers("field(q, [[0.3, 0]])")[2]) < 1e-9)
        #expect(try cells.numbers("field(planar_game(game, g=0, d=1), [[1, 1]])").allSatisfy(\.isFinite))
    }

    @Test(arguments: [
        ("planar_game(3)", "must be a function of two numbers or a GAN"),
        ("f(x) = x; planar_game(f)", "takes 1 numbers"),
        ("f(x, y) = [x, y]; planar_game(f)", "has to be one number"),
        ("f(x, y) = nonsense * x; planar_game(f)", "nonsense"),
        ("f(x, y) = x * y; planar_game(f, g=1)", "is for a GAN"),
        ("game = gan(mlp(1, 1), mlp(1, 1), bimodal); planar_game(game, g=7)", "0 to 1"),
        ("plot field [[0, 0, 1, 1]], range=[0, 1]", "is for a game"),
        ("f(x, y) = x * y; plot field planar_game(f), from=[1, 2, 3]", "a place of two numbers"),
        ("f(x, y) = x * y; eigenvalues(planar_game(f), closed=true)", "no formula is known"),
        ("f(x, y) = x + y; eigenvalues(planar_game(f))", "comes to rest nowhere"),
    ])
    func whatIsNoGameIsTold(cell: String, message: String) throws {
        let cells = try PictureCells()
        let error = #expect(throws: CellError.self) { try cells.run(cell) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func namesAreThoseThatAPersonGives() throws {
        let cells = try PictureCells("a = [1, 2]; b = [2, 1]")
        let panel = try cells.figure(
            "plot line a, b, label=[\"up 'n' `ls`\", \"down\"], title=\"$(rm)\", xlabel=\"t (s)\", ylabel=\"v\""
        ).panels[0]
        #expect(panel.series.map(\.name) == ["up 'n' `ls`", "down"])
        #expect((panel.title, panel.x.label, panel.y.label) == ("$(rm)", "t (s)", "v"))
        #expect(try cells.figure("plot line a, label=\"only\"").panels[0].series[0].name == "only")
        try cells.run(PictureCells.ring)
        let game = try cells.figure("plot game label=[\"judge\", \"true\", \"forged\"]").panels[0]
        #expect(game.series.map(\.name) == ["judge", "D = 0.5", "true", "forged"])
        let error = #expect(throws: CellError.self) { try cells.run("plot line a, b, label=[\"1\", \"2\", \"3\"]") }
        #expect(error?.message == "plot line: `label` has 3 names, and the legend 2")
        let stacked = try PictureCells(PictureCells.line).figure("plot game title=\"T\" xlabel=\"X\" ylabel=\"Y\"")
        #expect(
            stacked.title == "T" && stacked.panels.last?.x.label == "X"
                && stacked.panels.map(\.y.label) == ["Y", "Y", "Y"])
    }
}
