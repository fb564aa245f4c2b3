import Foundation
import Testing

@testable import Plotting

@Suite struct LayoutTests {
    @Test(arguments: [(0.0...10.0, 5), (-3.2...3.2, 7), (0...1e-7, 4), (-1e9...1e9, 3), (0.1...0.35, 2)])
    func ticksAreRoundInsideAndFew(_ range: ClosedRange<Double>, _ most: Int) {
        let ticks = Ticks.linear(in: range, most: most)
        #expect(!ticks.isEmpty && ticks.count <= most)
        let air = (range.upperBound - range.lowerBound) * 1e-6
        #expect(ticks.allSatisfy { $0.position >= range.lowerBound - air && $0.position <= range.upperBound + air })
        #expect(Set(ticks.map(\.label)).count == ticks.count)
        for tick in ticks { #expect(abs((Double(tick.label) ?? .nan) - tick.position) <= air) }
    }

    @Test(arguments: [(50.0...578_250, 380.0), (0...10, 380), (0...1, 150), (-0.02...0.01, 300), (0...5e6, 600)])
    func namesBelowASmallPanelDoNotTouch(_ range: ClosedRange<Double>, _ pixels: Double) throws {
        let ticks = Ticks.across(range, pixels: pixels)
        #expect(ticks.count >= 2)
        let scale = 0.75 * pixels / (range.upperBound - range.lowerBound)
        for (one, next) in zip(ticks, ticks.dropFirst()) {
            // Digits of the font in windows are about nine pixels wide.
            let widths = Double(one.label.count + next.label.count) / 2 * 9
            #expect((next.position - one.position) * scale > widths + 4, "\(one.label) \(next.label)")
        }
    }

    @Test func ticksOfALogarithmicAxisArePowersOfTen() {
        #expect(Ticks.logarithmic(in: 0.5...2000, most: 9).map(\.label) == ["1", "10", "100", "1000"])
        #expect(Ticks.logarithmic(in: 1.5...7, most: 9).map(\.label) == ["2", "5"])
    }

    @Test func countsOfBinsAddUpToTheFiniteValues() {
        let values = [0, 0.1, 0.5, 0.999, 1, .nan, .infinity]
        let edges = Bins.edges(for: [values], count: 4, range: nil)
        #expect(edges == [0, 0.25, 0.5, 0.75, 1])
        #expect(Bins.counts(of: values, edges: edges) == [2, 0, 1, 2])
    }

    @Test func binsOverASpanBeyondTheLargestNumber() {
        let values = [-1e308, -1e308, 1e308, 1e308]
        for count in [1, 4, 5] {
            let edges = Bins.edges(for: [values], count: count, range: nil)
            let isAscending = zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }
            #expect(edges.first == -1e308 && edges.last == 1e308 && isAscending)
            let counts = Bins.counts(of: values, edges: edges)
            #expect(counts.first == (count == 1 ? 4 : 2) && counts.reduce(0, +) == 4)
        }
    }

    @Test func barsOfADensityHaveAreaOne() {
        let figure = Figure.histogram([Named("x", .real, (0..<200).map { sin(Double($0)) })], bins: 12, isDensity: true)
        guard case .bars(let edges, let heights) = figure.panels[0].series[0].kind else {
            Issue.record("no bars")
            return
        }
        let area = zip(heights, zip(edges, edges.dropFirst())).map { $0 * ($1.1 - $1.0) }.reduce(0, +)
        #expect(abs(area - 1) < 1e-12)
    }

    @Test func contoursRunWhereTheGridHasTheLevel() {
        let grid = Samples.filled { $0.x * $0.x + $0.y * $0.y }
        let lines = ContourLines.of(grid, at: [4])
        #expect(lines.count == 1, "a circle is one line")
        for point in lines.joined() { #expect(abs((point.x * point.x + point.y * point.y).squareRoot() - 2) < 0.01) }
        #expect(lines[0].first == lines[0].last)
        #expect(ContourLines.of(grid, at: [100]).isEmpty)
    }

    @Test func gridsAreReadBetweenTheirCentres() {
        let grid = Grid(x: 0...2, y: 0...2, columns: 2, rows: 2, values: [0, 1, 2, 3])
        #expect(grid.value(at: Point(0.5, 0.5)) == 0)
        #expect(grid.value(at: Point(1, 1)) == 1.5)
        #expect(grid.value(at: Point(2, 2)) == 3)
        #expect(grid.value(at: Point(2.1, 0)).isNaN)
        #expect(grid.cell(at: Point(1.9, 0.1)) == 1)
    }

    @Test func everyBoxStandsRightOfItsInputsAndNoTwoMeet() {
        let drawing = GraphLayout.drawing(of: Samples.nodes)
        for edge in drawing.edges {
            #expect(drawing.boxes[edge.from].column < drawing.boxes[edge.to].column)
            #expect(edge.passes.count == drawing.boxes[edge.to].column - drawing.boxes[edge.from].column - 1)
        }
        for (index, one) in drawing.boxes.enumerated() {
            for two in drawing.boxes[(index + 1)...] where one.column == two.column {
                #expect(abs(one.row - two.row) >= 0.99)
            }
        }
    }

    @Test func aValueUsedTwiceHasTwoArrows() {
        let drawing = GraphLayout.drawing(of: [GraphNode(title: "w"), GraphNode(title: "*", inputs: [0, 0])])
        #expect(drawing.edges.count == 2)
        let ends = drawing.edges.indices.compactMap { drawing.path(ofEdgeAt: $0).last?.y }
        #expect(Set(ends).count == 2)
    }

    @Test func aGraphWithACycleOrBadInputsIsStillDrawn() {
        let nodes = [GraphNode(title: "a", inputs: [1, 7]), GraphNode(title: "b", inputs: [0, 1])]
        let drawing = GraphLayout.drawing(of: nodes)
        #expect(drawing.boxes.count == 2 && drawing.edges.count == 1)
    }

    @Test func panelsStandInRowsAndColumns() {
        let figure = Figure.curves([Named("f", .model, [Point(0, 0), Point(1, 1)])])
        let counts = (1...6).map { Figure.panels(Array(repeating: figure, count: $0)).layout }
        #expect(counts.map(\.rows) == [1, 1, 1, 2, 2, 2])
        #expect(counts.map(\.columns) == [1, 2, 3, 2, 3, 3])
    }
}
