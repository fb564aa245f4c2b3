import Foundation
import Language
import LinearAlgebra
import Plotting
import Testing

@testable import Notebook

/// The figures that cells draw, as values.
@Suite struct PlotCommandsTests {
    private final class Sink { var outputs: [Output] = [] }

    private func context(_ sink: Sink) -> Context {
        Context(
            registry: Library.registry(resources: Workbench.resources), state: State(seed: 1),
            output: { sink.outputs.append($0) })
    }

    /// The figures of cells.
    private func figures(_ cells: String...) throws -> [Figure] {
        let sink = Sink()
        let context = context(sink)
        for cell in cells { try context.run(cell) }
        return sink.outputs.compactMap { output in
            if case .object(let object) = output { (object as? FigureValue)?.figure } else { nil }
        }
    }

    private func panel(_ cells: String...) throws -> Panel {
        let sink = Sink()
        let context = context(sink)
        for cell in cells { try context.run(cell) }
        guard case .object(let object)? = sink.outputs.last, let figure = (object as? FigureValue)?.figure else {
            throw CellError(.plot, "no figure")
        }
        return try #require(figure.panels.first)
    }

    private func error(_ cells: String...) -> CellError? {
        let context = context(Sink())
        do throws(CellError) {
            for cell in cells { try context.run(cell) }
            return nil
        } catch { return error }
    }

    @Test func aHistogramNamesSamplesAsTheyAreWrittenAndKnowsWhoIsReal() throws {
        let panel = try panel(
            "x = [1, 2, 2, 3]", "made = [2, 3, 4, 5]", "plot histogram made, x, bins=4, xlabel=\"minutes\"")
        #expect(panel.series.map(\.name) == ["made", "x"])
        #expect(panel.series.map(\.role) == [.generated, .real])
        #expect(panel.x.label == "minutes" && panel.y.label == "count")
        guard case .bars(let edges, let heights) = panel.series[1].kind else {
            Issue.record("no bars")
            return
        }
        #expect(edges == [1, 2, 3, 4, 5] && heights == [1, 2, 1, 0])
    }

    @Test func samplesOfDifferentSizesAreDrawnAsDensities() throws {
        #expect(try panel("plot histogram [1, 2, 2, 3], [2, 3, 4]").y.label == "density")
        #expect(try panel("plot histogram [1, 2, 2, 3], [2, 3, 4], density=false").y.label == "count")
        #expect(try panel("plot histogram [1, 2, 3]").y.label == "count")
    }

    @Test func aDistributionOverAHistogramIsItsDensity() throws {
        let panel = try panel("x = sample(normal(0, 1), 100)", "plot histogram x, normal(0, 1)")
        #expect(panel.y.label == "density")
        #expect(panel.series.map(\.name) == ["x", "normal(0, 1)"])
        guard case .curve(let points) = panel.series[1].kind else {
            Issue.record("no curve")
            return
        }
        for point in points { #expect(abs(point.y - exp(-point.x * point.x / 2) / sqrt(2 * .pi)) < 1e-12) }
    }

    @Test func aFewValuesFarOutDoNotHideTheRest() throws {
        let sink = Sink()
        let context = context(sink)
        try context.run("x = concat(linspace(0, 1, 99), [1e6])")
        try context.run("plot histogram x, bins=10")
        guard case .note(let note)? = sink.outputs.first, case .object(let object)? = sink.outputs.last,
            let figure = (object as? FigureValue)?.figure
        else {
            Issue.record("\(sink.outputs)")
            return
        }
        #expect(note.hasPrefix("1 of 100 values lie outside ["))
        #expect(try #require(figure.panels[0].x.range).upperBound < 10)
    }

    @Test func twoVectorsAreAbscissaeAndOrdinates() throws {
        let panel = try panel("a = [1, 2, 3]", "b = [4, 5, 6]", "plot scatter a, b")
        #expect(panel.x.label == "a" && panel.y.label == "b")
        #expect(panel.series[0].kind == .scatter([Point(1, 4), Point(2, 5), Point(3, 6)]))
    }

    @Test func aTableIsColouredByItsColumnOfText() throws {
        let panel = try panel("p = read(\"penguins\")", "plot scatter p")
        #expect(panel.series.map(\.name) == ["Adelie", "Chinstrap", "Gentoo"])
        #expect(panel.x.label == "bill_length_mm")
    }

    @Test func aDensityInThePlaneIsAHeatMapAndOthersAreContours() throws {
        let panel = try panel("plot density ring8, moons")
        guard case .heatMap(let grid, .density(.real)) = panel.series[0].kind, case .contours = panel.series[1].kind
        else {
            Issue.record("\(panel.series.map(\.kind.words))")
            return
        }
        #expect(panel.hasEqualAspect)
        let cell =
            (grid.x.upperBound - grid.x.lowerBound) * (grid.y.upperBound - grid.y.lowerBound)
            / Double(grid.values.count)
        #expect(abs(grid.values.reduce(0, +) * cell - 1) < 0.02)
    }

    @Test func theDensityOfAModelNamesItsColumns() throws {
        let panel = try panel(
            "m = naive_bayes(read(\"penguins\"), \"species\", [\"bill_length_mm\", \"bill_depth_mm\"])",
            "plot density m, matrix(read(\"penguins\"), \"bill_length_mm\", \"bill_depth_mm\")")
        #expect(panel.x.label == "bill_length_mm" && panel.y.label == "bill_depth_mm" && !panel.hasEqualAspect)
    }

    @Test func aFunctionOfPointsCanBeADetective() throws {
        let panel = try panel(
            "D(p) = 1 / (1 + p[:, 0]**2)", "plot boundary D, [[0, 0], [1, 1]], fake=[[2, 0], [3, 1]]")
        #expect(panel.series.map(\.name) == ["D", "D = 0.5", "[[0, 0], [1, 1]]", "[[2, 0], [3, 1]]"])
        #expect(panel.series.map(\.role) == [.model, .model, .real, .generated])
        guard case .heatMap(let grid, .judgement) = panel.series[0].kind else {
            Issue.record("no map")
            return
        }
        #expect(abs(grid.value(at: Point(1, 0.5)) - 0.5) < 0.02)
    }

    @Test func everyHiddenNeuronHasAMapOfItsOwn() throws {
        let figure = try #require(
            try figures("D = mlp(2, 3, 1, activation=\"tanh\")", "plot neurons D, [[0, 0], [1, 1]]").first)
        #expect(figure.panels.map(\.title) == ["neuron 0", "neuron 1", "neuron 2"])
        for panel in figure.panels {
            guard case .heatMap(let grid, _) = panel.series[0].kind else {
                Issue.record("no map")
                return
            }
            #expect(grid.values.allSatisfy { abs($0) < 1 } && Set(grid.values).count > 100)
            #expect(panel.series.last?.kind == .scatter([Point(0, 0), Point(1, 1)]))
        }
    }

    @Test func onTheLineHiddenNeuronsAreCurves() throws {
        let panel = try panel("D = mlp(1, 2, 3, 1)", "plot neurons D, layer=2")
        #expect(panel.series.map(\.name) == ["neuron 0", "neuron 1", "neuron 2"])
    }

    @Test func aSingleNeuronHasNothingHidden() {
        #expect { try figures("D = neuron(2)", "plot neurons D") } throws: {
            ($0 as? CellError)?.message.contains("`D` has no hidden layer") == true
        }
    }

    @Test func onTheLineRealPointsLieOnTopAndMadeOnesBelow() throws {
        let panel = try panel("D(x) = 1 / (1 + 2.71828**(-x))", "plot boundary D, [1, 2], [-1, -2]")
        #expect(panel.series[2].kind == .scatter([Point(-1, 0), Point(-2, 0)]) && panel.series[2].role == .generated)
        #expect(panel.series[3].kind == .scatter([Point(1, 1), Point(2, 1)]) && panel.series[3].role == .real)
    }

    @Test func aClassifierHasARegionForEachClass() throws {
        let panel = try panel(
            "m = naive_bayes(read(\"penguins\"), \"species\", [\"bill_length_mm\", \"bill_depth_mm\"])",
            "plot boundary m, read(\"penguins\")")
        guard case .heatMap(let grid, .classes(let roles)) = panel.series[0].kind else {
            Issue.record("no map")
            return
        }
        #expect(roles.count == 3 && Set(grid.values) == [0, 1, 2])
        #expect(Set(panel.series.map(\.name)) == ["", "Adelie", "Chinstrap", "Gentoo"])
        #expect(panel.x.label == "bill_length_mm" && panel.y.label == "bill_depth_mm")
    }

    @Test func functionsThatTakeOneNumberAtATimeAreDrawnToo() throws {
        let panel = try panel("step(x) = 1 if x > 0 else 0", "plot function step, range=[-1, 1]")
        guard case .curve(let points) = panel.series[0].kind else {
            Issue.record("no curve")
            return
        }
        #expect(Set(points.map(\.y)) == [0, 1] && points.first?.x == -1 && points.last?.x == 1)
    }

    @Test func aPoleBreaksTheCurveAndDoesNotFlattenTheRest() throws {
        let panel = try panel("f(x) = 1 / x", "plot function f")
        let range = try #require(panel.y.range)
        #expect(range.upperBound < 20 && range.lowerBound > -20)
        guard case .curve(let points) = panel.series[0].kind else { return }
        #expect(points.contains { !$0.y.isFinite })
    }

    @Test func aFunctionOfTwoNumbersIsAHeatMap() throws {
        let panel = try panel("f(x, y) = x * y", "plot function f, range=[-1, 1]")
        guard case .heatMap(let grid, .signed) = panel.series[0].kind else {
            Issue.record("no map")
            return
        }
        #expect(abs(grid.value(at: Point(0.5, 0.5)) - 0.25) < 1e-9)
    }

    @Test func aGraphHasABoxForEveryValue() throws {
        let panel = try panel("w = scalar(0.5)", "loss = (w * 2 - 3)**2", "plot graph loss, title=\"one weight\"")
        guard case .graph(let drawing) = panel.series[0].kind else {
            Issue.record("no graph")
            return
        }
        let box = try #require(drawing.boxes.first { $0.lines.first == "w" })
        #expect(box.lines == ["w", "0.5", "grad -8"] && panel.title == "one weight")
        #expect(drawing.boxes.last?.lines.prefix(2) == ["loss: **", "4"])
    }

    @Test(arguments: [
        ("plot ring8", "heat map"), ("plot normal(0, 1)", "area"), ("plot [1, 2, 3]", "curve"),
        ("plot [[1, 2, 3], [4, 5, 6]]", "heat map"), ("f(x) = x**2; plot f", "curve"),
        ("plot sample(moons, 20)", "points"), ("w = scalar(2); y = w * w; plot y", "boxes"),
        ("plot mlp(2, 4, 1)", "heat map"), ("plot read(\"penguins\")", "points"),
    ])
    func plotAloneChooses(_ cell: String, _ words: String) throws {
        #expect(try panel(cell).series[0].kind.words.contains(words))
    }

    @Test func whatCannotBeDrawnIsSaidWithWhatWouldHaveBeenRight() throws {
        let cases = [
            ("plot scatter [[1, 2, 3]]", "plot scatter needs a matrix of two columns"),
            ("plot density [1, 2]", "plot density needs a distribution; `[1, 2]` is a vector of 2 numbers"),
            ("plot histogram [1 / 0]", "plot histogram: `x` holds no finite number"),
            ("plot function 3", "plot function needs a function; `3` is 3"),
            ("plot histogram [1, 2], range=[3, 1]", "plot histogram: `range` must be a low and a high end"),
            ("plot line [1, 2], x=[1, 2, 3]", "plot line: `x` has 3 numbers and `[1, 2]` 2"),
            ("plot graph 3", "`3` was not made by any operation, so there is no graph to draw"),
        ]
        for (cell, message) in cases { #expect(error(cell)?.message.hasPrefix(message) == true, "\(cell)") }
    }

    @Test(arguments: [
        "plot nan", "plot matrix [[nan, inf]]", "plot line [nan, nan]", "plot scatter [[nan, 1], [2, inf]]",
    ])
    func whereNothingIsFiniteThereIsNoPicture(cell: String) throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.txt").path
            for whole in [cell, "\(cell) to \"\(file)\""] {
                let result = Session(configuration: .init()).run(whole)
                #expect(result.error?.message == "there is nothing to draw: no finite numbers")
                #expect(result.error?.range?.start == 0)
            }
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func aFileIsWrittenInPlaceOfShowing() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "it's.svg").path
            #expect(try figures("plot [1, 2, 3] to \"\(file)\"").isEmpty)
            #expect(FileManager.default.fileExists(atPath: file))
        }
        let failure = error("plot [1, 2, 3] to plot.jpg")
        #expect(failure?.kind == .file && failure?.help?.contains("did you mean 'plot.png'?") == true)
    }

    @Test func aFigureDescribesItself() throws {
        let figure = try figures("plot histogram [1, 2, 3], bins=2, title=\"three\"")[0]
        #expect(FigureValue(figure).describe(width: 80) == "figure: three\n  [1, 2, 3]: 2 bars")
    }
}
