import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

/// Weights, ways through the noise, fields, several games.
@Suite struct PlotNetworkTests {
    @Test func theNeuronsOfTheGamesDAreDrawnWhenNoneIsNamed() throws {
        let cells = try PictureCells(PictureCells.ring)
        let figure = try cells.figure("plot neurons")
        #expect(figure.panels.count == 8 && figure.panels.allSatisfy { !$0.hasKey })
    }

    @Test func theWeightsOfEveryLayerAreCounted() throws {
        let cells = try PictureCells(PictureCells.ring)
        let figure = try cells.figure("plot weights")
        #expect(figure.panels.map(\.title) == ["G, layer 1", "G, layer 2", "D, layer 1", "D, layer 2"])
        let counts = figure.panels.map { panel -> Double in
            guard case .bars(_, let heights)? = panel.series.first?.kind else { return 0 }
            return heights.reduce(0, +)
        }
        #expect(counts == [24, 18, 24, 9])
        #expect(try cells.figure("plot weights game.D").panels.count == 2)
        #expect(try cells.figure("plot weights gradients=true").panels.count == 4)
        #expect(throws: CellError.self) { try cells.run("plot weights game.D gradients=true") }
    }

    @Test func aWayThroughTheNoiseBeginsAndEndsAtPointsOfG() throws {
        let cells = try PictureCells(PictureCells.ring)
        let panel = try cells.figure("plot interpolation paths=2").panels[0]
        #expect(panel.series.map(\.name) == ["data", "path 1", "path 2"])
        let path = panel.points("path 1")
        #expect(path.count == 41)
        // Continuous: no stride is far longer than the others.
        let strides = zip(path, path.dropFirst()).map { hypot($1.x - $0.x, $1.y - $0.y) }
        #expect(strides.reduce(0, +) >= hypot(path[40].x - path[0].x, path[40].y - path[0].y) - 1e-9)
    }

    @Test func aFieldShowsDirectionsTruly() throws {
        let cells = try PictureCells(
            "rows = [[0, 0, 3, 4], [1, 0, 0, 0.5], [0, 1, -1, 0], [1, 1, 0, 0]]", "orbit = [[0, 0], [1, 1], [0, 1]]")
        let panel = try cells.figure("plot field rows, orbit").panels[0]
        guard case .arrows(let arrows)? = panel.named("rows")?.kind else {
            Issue.record("no arrows")
            return
        }
        // The last place has no arrow: nothing moves there.
        #expect(arrows.count == 3)
        #expect(abs((arrows[0].end.y - arrows[0].start.y) / (arrows[0].end.x - arrows[0].start.x) - 4.0 / 3) < 1e-9)
        #expect(arrows[1].end.x == 1 && arrows[1].end.y > 0 && arrows[2].end.x < 0)
        #expect(panel.points("orbit").count == 3)
        #expect(throws: CellError.self) { try cells.run("plot field orbit") }
    }

    @Test func severalGamesStandSideBySide() throws {
        let cells = try PictureCells("a = gan(mlp(2, 4, 2), mlp(2, 4, 1), ring8)", "b = a", "train 5 game=b")
        let figure = try cells.figure("plot games a, b")
        #expect(figure.panels.map(\.title) == ["a, step 0", "b, step 5"])
        #expect(try cells.figure("plot games [a, b, a, b]").panels.count == 4)
        #expect(throws: CellError.self) { try cells.run("plot games 3") }
    }
}
