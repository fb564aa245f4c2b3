import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

/// The layers of a game, in the plane and on the line.
@Suite struct PlotLayersTests {
    @Test(arguments: [
        ("plot game", ["D", "D = 0.5", "data", "generated"]),
        ("plot game heatmap=false", ["data", "generated"]),
        ("plot game data=false samples=false", ["D", "D = 0.5"]),
        ("plot game manifold=true", ["D", "D = 0.5", "G's bent grid", "data", "generated"]),
    ])
    func eachLayerCanBeSwitched(cell: String, names: [String]) throws {
        let cells = try PictureCells(PictureCells.ring)
        #expect(try cells.figure(cell).panels[0].series.map(\.name) == names)
    }

    @Test func withoutALayerThereIsNoPicture() throws {
        let cells = try PictureCells(PictureCells.ring)
        #expect(throws: CellError.self) { try cells.run("plot game data=false samples=false heatmap=false") }
    }

    @Test func theCellsOfABentGridAreTheDarkerTheDenserTheirPointsLie() throws {
        // Without a hidden layer G is a straight map: the cells are densest where the noise is, in the middle.
        let cells = try PictureCells("game = gan(mlp(2, 2), mlp(2, 4, 1), ring8)")
        let panel = try cells.figure("plot game manifold=true").panels[0]
        guard case .patches(let patches)? = panel.named("G's bent grid")?.kind else {
            Issue.record("no patches")
            return
        }
        #expect(patches.count == 24 * 24)
        let (middle, corner) = (patches[24 * 12 + 12], patches[0])
        #expect(middle.weight > 0.9 && corner.weight < 0.4)
        #expect(patches.allSatisfy { (0...1).contains($0.weight) && $0.corners.count == 4 })
        // Neighbours share a side.
        #expect(patches[0].corners[1] == patches[1].corners[0] && patches[0].corners[3] == patches[24].corners[0])
    }

    @Test(arguments: ["minimax", "nonsaturating", "leastsquares", "hinge", "relativistic"])
    func theArrowsPointWhereGsLossFalls(_ loss: String) throws {
        let cells = try PictureCells(
            "game = gan(mlp(2, 8, 2), mlp(2, 8, 1, activation=\"tanh\"), ring8, loss=\"\(loss)\")", "train 20")
        let panel = try cells.figure("plot game gradients=true").panels[0]
        let arrows = panel.series.compactMap { if case .arrows(let arrows) = $0.kind { arrows } else { nil } }.first
        let shown = try #require(arrows)
        let game = try #require(cells.game).game
        #expect(shown.count == 120)
        for arrow in shown.prefix(40) {
            func cost(_ share: Double) throws -> Double {
                let x = arrow.start.x + share * (arrow.end.x - arrow.start.x)
                let y = arrow.start.y + share * (arrow.end.y - arrow.start.y)
                let logit = try cells.numbers("game.D([[\(x), \(y)]])")[0]
                return game.settings.loss.costToGenerator(logit)
            }
            #expect(try cost(1e-3) < cost(0))
        }
    }

    @Test func onTheLineDStandsBesideItsBestAnswerAndLinesLeadFromTheNoise() throws {
        let cells = try PictureCells(PictureCells.line, "train 30")
        let figure = try cells.figure("plot game")
        #expect(figure.panels.count == 3)
        let (densities, output, map) = (figure.panels[0], figure.panels[1], figure.panels[2])
        let (p, q) = (densities.points("data"), densities.points("generated"))
        let (best, learned) = (output.points("D* = p/(p+q)"), output.points("D(x)"))
        for index in stride(from: 50, to: 350, by: 25) {
            let exact = p[index].y / (p[index].y + q[index].y)
            #expect(best[index].y.isNaN || abs(best[index].y - exact) < 1e-9)
            let logit = try cells.numbers("game.D([[\(learned[index].x)]])")[0]
            #expect(abs(learned[index].y - 1 / (1 + exp(-logit))) < 1e-6)
        }
        guard case .curve(let lines)? = map.series.first?.kind else {
            Issue.record("no lines")
            return
        }
        #expect(lines.count == 3 * 41)
        // The middle line begins at noise 0, in the middle of the panel, and ends where G puts it.
        let x = try #require(map.x.range)
        #expect(abs(lines[60].x - (x.lowerBound + x.upperBound) / 2) < 1e-9 && lines[60].y == 0)
        #expect(try abs(lines[61].x - cells.numbers("game.G([[0]])")[0]) < 1e-6)
        #expect(lines[61].y == 1 && lines[62].x.isNaN)
    }

    @Test func anyNamedGameCanBeMeantAndItsMembersAreStillDrawn() throws {
        let cells = try PictureCells(PictureCells.ring, "other = game", "g = other")
        #expect(try cells.figure("plot game other").panels[0].series.count == 4)
        #expect(try cells.figure("plot g").panels[0].series.count == 4)
        #expect(try cells.figure("plot game.D").panels[0].series.count == 2)
        #expect(throws: CellError.self) { try cells.run("plot game nobody") }
    }
}
