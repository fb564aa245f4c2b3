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

    @Test func dataWithClassesOfTheirOwn() throws {
        let bench = Workbench()
        let kinds = [
            ("moons", 2), ("circles", 2), ("spirals(3)", 3), ("pinwheel", 5), ("claw", 6),
            ("mixture([normal(-1, 1), normal(2, 0.1)], [0.3, 0.7])", 2), ("gmm(sample(ring8, 200), 3)", 3),
        ]
        for (data, classes) in kinds {
            let width = ["claw", "m"].contains { data == $0 || data.hasPrefix("mix") } ? 1 : 2
            _ = try bench.text(
                "game = gan(mlp(\(classes + 1), 8, \(width)), mlp(\(classes + width), 8, 1), \(data), "
                    + "conditional=\"concat\", batch=16); train 3 quiet=true")
            #expect(try bench.number("game.classes") == Double(classes), "\(data)")
            #expect(try bench.matrix("sample(game, 4, label=1)").rows == 4)
        }
        for data in ["scurve", "checkerboard", "swissroll", "normal2d()"] {
            let error = bench.error("gan(mlp(4, 8, 2), mlp(4, 8, 1), \(data), conditional=\"concat\")")
            #expect(error?.message.contains("needs data with classes") == true, "\(data): \(String(describing: error))")
        }
    }

    /// A fitted naive Bayes model is data with classes: G is asked for them by name and makes points of them, and D's
    /// accuracy is measured with them.
    @Test func naiveBayesAsData() throws {
        let bench = Workbench()
        _ = try bench.text(
            """
            seed 1
            x = sample(ring8, 300); m = naive_bayes(x, where(x[:, 0] > 0, 1, 0))
            game = gan(mlp(4, 16, 2), mlp(4, 16, 1), m, conditional="concat", batch=32); train 1000 quiet=true
            """)
        #expect(try bench.number("game.classes") == 2)
        for label in 0...1 {
            let points = try bench.matrix("sample(game, 200, label=\(label))")
            let right = (0..<200).count { (points[$0, 0] > 0) == (label == 1) }
            #expect(right > 180, "\(label): \(right) of 200")
        }
        #expect(try bench.text("metrics accuracy_real accuracy_fake d_optimality").contains("accuracy_fake"))
        _ = try bench.text(
            """
            m = naive_bayes(read("penguins"), "species", ["bill_length_mm", "bill_depth_mm"])
            game = gan(mlp(5, 8, 2), mlp(2, 8, 1), m, conditional="projection", batch=32); train 3 quiet=true
            """)
        #expect(try bench.matrix("sample(game, 4, label=\"Gentoo\")").shape.dimensions == [4, 2])
        #expect(bench.error("sample(game, 4, label=\"Pingu\")")?.message.contains("Adelie") == true)
    }

    @Test func tablesWithAColumnOfClasses() throws {
        let bench = Workbench()
        _ = try bench.text(
            "p = read(\"penguins\"); game = gan(mlp(5, 8, 5), mlp(8, 8, 1), p, labels=\"species\", batch=16); step 3")
        #expect(try bench.matrix("sample(game, 4, label=\"Gentoo\")").shape.dimensions == [4, 5])
        let unknown = bench.error("sample(game, 4, label=\"Gento\")")
        #expect(unknown?.message.contains("Adelie") == true && unknown?.help?.contains("Gentoo") == true)
        _ = try bench.text(
            "d = read(\"digits-8x8\"); game = gan(mlp(12, 8, 64), mlp(64, 8, 1), d, labels=\"digit\", batch=16, "
                + "conditional=\"projection\"); step 2")
        #expect(try bench.number("game.classes") == 10)
        #expect(bench.error("gan(mlp(5, 8, 5), mlp(8, 8, 1), p, labels=\"body_mass_g\")") != nil)
        #expect(bench.error("gan(mlp(5, 8, 5), mlp(8, 8, 1), p, labels=\"specie\")")?.help?.contains("species") == true)
        #expect(bench.error("gan(mlp(4, 8, 2), mlp(4, 8, 1), randn(4, 2), labels=\"species\")") != nil)
    }

    /// A list of numbers is that many points of one number, with labels as without.
    @Test func numbersHaveClasses() throws {
        let bench = Workbench()
        _ = try bench.text("game = gan(mlp(3, 8, 1), mlp(3, 8, 1), [1, 2, 3], labels=[0, 1, 0]); step")
        #expect(try bench.number("game.classes") == 2)
        let error = bench.error("gan(mlp(3, 8, 1), mlp(3, 8, 1), [1], labels=[0, 1])")
        #expect(error?.message == "gan: there is 1 point and 2 labels or targets")
        #expect(
            bench.error("gan(mlp(1, 8, 1), mlp(3, 8, 1), [1, 2], labels=[0, 1])")?.message.contains("1 input;") == true)
    }

    @Test func changesThatDoNotFitAreNamed() throws {
        let bench = Workbench()
        _ = try bench.text("game = gan(mlp(2, 4, 2), mlp(2, 4, 1), moons, conditional=none); set conditional=none")
        _ = try bench.text("game = gan(mlp(4, 8, 2), mlp(4, 8, 1), moons, conditional=\"concat\")")
        let error = bench.error("set conditional=\"projection\"")
        #expect(error?.message.contains("`D` has 4 inputs; a point has 2 numbers") == true)
        #expect(bench.error("set pack=2")?.message.contains("make 8") == true)
        _ = try bench.text("step 2; set minibatch=3; step 2; rewind to 1; step; branch \"b\"; set minibatch=2; step 3")
        _ = try bench.text("rewind to 2; compare branches")
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
