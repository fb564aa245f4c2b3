import Plotting
import Testing

@testable import Notebook

/// Conditional games in cells.
@Suite struct GameLabelsTests {
    private let ring = "game = gan(mlp(10, 16, 2), mlp(10, 16, 1), ring8, conditional=concat)"

    @Test func samplesOfAClass() throws {
        let bench = Workbench()
        _ = try bench.text("\(ring); train 5 quiet=true")
        #expect(try bench.matrix("sample(game, 7, label=3)").shape.dimensions == [7, 2])
        #expect(try bench.number("game.classes") == 8)
        #expect(bench.error("sample(game, 5, label=8)")?.message.contains("the classes are 0 to 7") == true)
        #expect(bench.error("sample(ring8, 5, label=1)")?.message.contains("conditional game") == true)
        #expect(try bench.text("metrics").contains("js"))
    }

    @Test func labelsOfPoints() throws {
        let bench = Workbench()
        _ = try bench.text(
            "x = randn(6, 2); game = gan(mlp(4, 8, 2), mlp(4, 8, 1), x, labels=[0, 1, 0, 1, 0, 1], batch=4)")
        _ = try bench.text("train 3 quiet=true")
        #expect(try bench.number("game.classes") == 2)
        #expect(bench.error("gan(mlp(4, 8, 2), mlp(4, 8, 1), x, labels=[0, 1])") != nil)
        #expect(bench.error("gan(mlp(4, 8, 2), mlp(4, 8, 1), x, labels=[0, 1, 0.5, 1, 0, 1])") != nil)
        #expect(
            bench.error("gan(mlp(4, 8, 2), mlp(4, 8, 1), x, conditional=concat)")?.message.contains("classes") == true)
        #expect(
            bench.error("gan(mlp(2, 8, 2), mlp(10, 8, 1), ring8, conditional=concat)")?.help?.contains("mlp(10") == true
        )
        #expect(bench.error("gan(mlp(10, 8, 2), mlp(2, 8, 1), ring8, conditional=concat)")?.help == "mlp(10, 16, 1)")
    }

    @Test func projectionLeavesDItsInputs() throws {
        let bench = Workbench()
        _ = try bench.text(
            "game = gan(mlp(10, 16, 2), mlp(2, 16, 1), ring8, conditional=\"projection\"); train 5 quiet=true")
        #expect(try bench.matrix("sample(game, 7, label=3)").shape.dimensions == [7, 2])
        let judge = try #require(try bench.object("game.D", as: NetworkValue.self))
        #expect(judge.describe(width: 80).contains("projection"))
        #expect(bench.error("game.D([[1, 2]])")?.message.contains("2 for points and 8 for classes") == true)
        let wide = bench.error("gan(mlp(10, 8, 2), mlp(10, 8, 1), ring8, conditional=\"projection\")")
        #expect(wide?.help == "mlp(2, 16, 1)" && wide?.message.contains("its class is told to D's last layer") == true)
    }

    @Test(arguments: ["concat", "projection"]) func picturesShowTheClasses(way: String) throws {
        let width = way == "concat" ? 10 : 2
        let cells = try PictureCells(
            "game = gan(mlp(10, 16, 2), mlp(\(width), 16, 1), ring8, conditional=\"\(way)\", minibatch=1, batch=16)",
            "train 5")
        let panel = try #require(try cells.figure("plot game manifold=true gradients=true").panels.first)
        #expect(panel.series.compactMap { $0.name.hasPrefix("class ") ? $0.role : nil } == (0..<8).map { .other($0) })
        for picture in [
            "plot dashboard", "plot density game", "plot interpolation", "plot weights gradients=true", "walk",
        ] {
            #expect(try !cells.figures(picture).isEmpty)
        }
        let line = try PictureCells(
            "game = gan(mlp(3, 8, 1), mlp(\(width == 2 ? 1 : 3), 8, 1), bimodal, conditional=\"\(way)\")", "train 5")
        #expect(try !line.figures("plot game gradients=true").isEmpty && !line.figures("walk").isEmpty)
    }
}
