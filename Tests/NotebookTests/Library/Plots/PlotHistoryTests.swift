import Foundation
import Language
import LinearAlgebra
import Plotting
import Testing

@testable import Notebook

/// What a game was like on its way: weights, gradients, trajectories.
@Suite struct PlotHistoryTests {
    @Test func weightsOverTheStepsHaveAMapForEachLayer() throws {
        let cells = try PictureCells(PictureCells.ring, "train 60")
        let figure = try cells.figure("plot weights history=true")
        #expect(figure.panels.map(\.title) == ["G, layer 1", "G, layer 2", "D, layer 1", "D, layer 2"])
        guard case .heatMap(let grid, _)? = figure.panels[0].series.first?.kind,
            case .curve(let median)? = figure.panels[0].series.last?.kind
        else {
            Issue.record("no map")
            return
        }
        #expect(grid.x == 0...60 && median.map(\.x) == [0, 25, 50, 60])
        // A column holds the shares of the weights in its bins, in square roots: 24 numbers, none lost.
        for column in [0, grid.columns - 1] {
            let shares = (0..<grid.rows).map { pow(grid.values[$0 * grid.columns + column], 2) }
            #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
        }
        let now = try cells.numbers("game.G.parameters[0]") + cells.numbers("game.G.parameters[1]")
        let ends = figure.panels[0].series.dropFirst().map { series in
            if case .curve(let points) = series.kind { points.last?.y ?? .nan } else { Double.nan }
        }
        #expect(ends.count == 3)
        // The lower and the upper quartile, and the median over them.
        for (end, quantile) in zip(ends, Matrix(vector: now).quantiles([0.25, 0.75, 0.5])) {
            #expect(abs(end - quantile) < 1e-9)
        }
        #expect(figure.words.contains("at step 0; median"))
        #expect(try cells.figure("plot weights gradients=true history=true").panels.count == 4)
    }

    @Test func samplesAreFollowedFromTheSameNoise() throws {
        let cells = try PictureCells(PictureCells.ring, "start = game", "train 60")
        let panel = try cells.figure("plot trajectories points=3 game=game").panels[0]
        let ways = panel.series.compactMap { if case .curve(let points) = $0.kind { points } else { nil } }
        #expect(ways.count == 3 && ways.allSatisfy { $0.count == 4 })
        #expect(panel.points("step 0") == ways.map { $0[0] } && panel.points("step 60") == ways.map { $0[3] })
        // The picture does not hang on what else was drawn by chance.
        try cells.run("randn(5)")
        #expect(
            try cells.figure("plot trajectories points=3 game=game").panels[0].points("step 60") == ways.map { $0[3] })
        let line = try PictureCells(PictureCells.line, "train 30")
        let short = try line.figure("plot trajectories points=2").panels
        #expect(short.count == 2)
        // Ways that go on from where they were.
        try line.run("train 30")
        let long = try line.figure("plot trajectories points=2").panels[0]
        let (before, after) = (short[0].points("2 samples on their way"), long.points("2 samples on their way"))
        #expect(before.map(\.x).filter(\.isFinite) == [0, 25, 30, 0, 25, 30])
        for step in [0.0, 25] {
            #expect(before.filter { $0.x == step } == after.filter { $0.x == step })
        }
        #expect(before[0].y != before[2].y)
    }

    @Test func parametersMoveAlongTheirPrincipalComponents() throws {
        // Points on a line in three dimensions: all of the motion is in one component, and distances stay.
        let line = PrincipalComponents(of: (0..<5).map { [Double($0), 2 * Double($0), -2 * Double($0)] })
        #expect(abs(line.shares[0] - 1) < 1e-9 && line.shares[1] < 1e-9)
        for (index, place) in line.places.enumerated() {
            #expect(abs(place.x - 3 * Double(index - 2)) < 1e-6 && abs(place.y) < 1e-4)
        }
        #expect(PrincipalComponents(of: [[1, 1], [1, 1]]).shares == [0, 0])
        let cells = try PictureCells(PictureCells.ring, "train 60")
        let figure = try cells.figure("plot trajectories of=\"parameters\"")
        #expect(figure.panels.map(\.title) == ["42 parameters of G", "33 parameters of D"])
        #expect(try cells.figure("plot trajectories of=\"losses\"").panels[0].points("both losses").count == 60)
    }

    @Test(arguments: ["plot weights history=true", "plot trajectories", "plot trajectories of=\"losses\""])
    func aGameWithoutAPastSaysSo(cell: String) throws {
        let cells = try PictureCells(PictureCells.ring)
        let error = #expect(throws: CellError.self) { try cells.run(cell) }
        #expect(error?.message.contains("has not been played yet") == true)
    }

    @Test func aHeadThatCameOnTheWayBeginsWhereItCame() throws {
        let cells = try PictureCells(PictureCells.ring, "train 50", "set minibatch=3", "train 50")
        let figure = try cells.figure("plot weights history=true")
        #expect(figure.panels.map(\.title).suffix(3) == ["D, layer 1", "D, layer 2", "D, T"])
        guard case .heatMap(let grid, _)? = figure.panels.last?.series.first?.kind else {
            Issue.record("no map")
            return
        }
        #expect(grid.x == 0...100 && grid.values[0].isNaN && grid.values[grid.columns - 1].isFinite)
        #expect(try cells.figure("plot weights gradients=true history=true").panels.last?.title == "D, T")
        // Parameters of different numbers have no common components: what is alike is drawn, and a note says so.
        let outputs = try cells.run("plot trajectories of=\"parameters\"")
        let notes = outputs.compactMap { if case .note(let text) = $0 { text } else { nil } }
        #expect(notes == ["the number of parameters changed on the way; what is drawn begins at step 50"])
        #expect(try cells.figure("plot trajectories").panels.count == 1)
        try cells.run("set minibatch=0")
        let error = #expect(throws: CellError.self) { try cells.run("plot trajectories of=\"parameters\"") }
        #expect(error?.message == "the number of parameters changed at step 100, and nothing has been played since")
        try cells.run("plot field planar_game(game)")
    }

    @Test func aNetworkHasNoPast() throws {
        let cells = try PictureCells(PictureCells.ring)
        #expect(throws: CellError.self) { try cells.run("plot weights game.D history=true") }
    }
}
