import Testing

@testable import Plotting

@Suite struct FigureWordsTests {
    @Test func aCurveSaysWhereItBeginsAndEndsAndItsExtremes() {
        let points = [Point(0, 1), Point(1, -2), Point(2, .nan), Point(3, 5), Point(4, 3)]
        #expect(
            Figure.learning([Named("loss of D", .real, points)], title: "a game").words
                == "a game: loss of D: from 1 to 3 over step 0 to 4, lowest -2 at 1, highest 5 at 3")
    }

    @Test func aMapOfDSaysHowMuchItCallsRealAndPointsWhereTheyAre() {
        let grid = Grid(x: 0...4, y: 0...1, columns: 4, rows: 1, values: [0.1, 0.2, 0.3, 0.9])
        let figure = Figure.boundary(
            Named("D", .model, grid), points: [Named("data", .real, [Point(1, 2), Point(3, 2)])])
        #expect(
            figure.words
                == "D: 0.1 to 0.9, 25 % of the area called real; D = 0.5: a line at 0.5; "
                + "data: 2 points about (2, 2), standard deviations 1 and 0")
    }

    @Test func barsArrowsAndPanelsAreTold() {
        let bars = Figure.histogram([Named("x", .real, [1, 1, 1, 2])], bins: 2)
        #expect(bars.words == "x: 2 bars over 1 to 2, the highest 3 at 1.25")
        let arrows = Series("pushes", role: .generated, .arrows([Arrow(from: Point(0, 0), to: Point(3, 4))]))
        let both = Figure.panels([bars, Figure(Panel(title: "G", series: [arrows]))], title: "two")
        #expect(
            both.words
                == "two: x: 2 bars over 1 to 2, the highest 3 at 1.25 | "
                + "G: pushes: 1 arrows, 5 long on average, at most 5")
    }

    @Test(arguments: Samples.all)
    func everyPictureHasOneLine(_ sample: Samples.Sample) {
        let words = sample.figure.words
        #expect(!words.isEmpty && !words.contains("\n") && words.contains { $0.isNumber })
    }

    @Test func nothingIsSaidOfNothing() {
        #expect(Figure(panels: []).words == "nothing to be seen")
    }
}
