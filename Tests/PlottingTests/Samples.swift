import Foundation
import Testing

@testable import Plotting

/// One figure of each kind.
enum Samples {
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        let figure: Figure
        var testDescription: String { name }
    }

    static let line = (0...60).map { Point(Double($0) / 10 - 3, exp(-pow(Double($0) / 10 - 3, 2))) }
    static let ring = (0..<80).map { Point(2 * cos(Double($0)), 2 * sin(Double($0))) }
    static let blob = (0..<80).map { Point(sin(Double($0 * $0)), cos(Double($0 * 3))) }
    static let grid = filled { exp(-$0.x * $0.x - $0.y * $0.y) }
    static let judge = filled { 1 / (1 + exp(-4 * ($0.x * $0.x + $0.y * $0.y - 2))) }
    static let nodes = [
        GraphNode(title: "w", details: ["0.5", "grad -1.84"], role: .real),
        GraphNode(title: "x", details: ["2", "grad -0.46"]),
        GraphNode(title: "*", details: ["1", "grad -0.92"], inputs: [0, 1]),
        GraphNode(title: "loss", details: ["0.854", "grad 1"], inputs: [2, 0], role: .generated),
    ]

    static func filled(_ value: (Point) -> Double) -> Grid {
        Grid(
            x: -3...3, y: -3...3, columns: 40, rows: 40,
            values: Grid.centres(x: -3...3, y: -3...3, columns: 40, rows: 40).map(value))
    }

    /// A wide panel on the left, two above one another on the right, the upper one bare.
    static var page: Figure {
        var figure = Figure.panels(
            [
                .boundary(Named("D", .model, judge), points: [Named("real", .real, ring)]),
                .density(Named("p", .generated, grid)), .learning([Named("loss", .real, line)]),
            ], title: "a page")
        figure.panels[0].place = Place(x: 0, y: 0, width: 0.6, height: 1)
        figure.panels[1].place = Place(x: 0.6, y: 0.5, width: 0.4, height: 0.5)
        figure.panels[1].hasKey = false
        figure.panels[2].place = Place(x: 0.6, y: 0, width: 0.4, height: 0.5)
        return figure
    }

    static let all: [Sample] = [
        Sample(
            name: "histogram",
            figure: .histogram([Named("real", .real, line.map(\.y))], bins: 20, curves: [Named("model", .model, line)])),
        Sample(
            name: "two histograms",
            figure: .histogram([Named("a", .real, line.map(\.x)), Named("b", .generated, line.map(\.y))], bins: 20)),
        Sample(name: "scatter", figure: .scatter([Named("real", .real, ring), Named("fake", .generated, blob)])),
        Sample(name: "densities", figure: .densities([Named("p", .real, line), Named("q", .generated, line)])),
        Sample(name: "density", figure: .density(Named("p", .real, grid), points: [Named("x", .generated, blob)])),
        Sample(name: "contours", figure: .density(Named("p", .real, grid), contours: [Named("q", .generated, judge)])),
        Sample(
            name: "boundary",
            figure: .boundary(
                Named("D", .model, judge), points: [Named("real", .real, ring), Named("fake", .generated, blob)])),
        Sample(name: "curves", figure: .curves([Named("f", .model, line), Named("g", .other(0), line)])),
        Sample(
            name: "learning",
            figure: .learning([Named("D", .real, line)], rules: [Named("ln 2", .neutral, .horizontal(0.69))])),
        Sample(name: "logarithmic", figure: .curves([Named("f", .model, line)], isLogarithmic: true)),
        Sample(
            name: "matrix", figure: .matrix(rows: 3, columns: 4, values: (0..<12).map { Double($0) - 5 }, name: "W")),
        Sample(name: "graph", figure: .graph(nodes, title: "a graph")),
        Sample(
            name: "arrows",
            figure: Figure(
                Panel(series: [Series("g", role: .model, .arrows([Arrow(from: Point(0, 0), to: Point(1, 1))]))]))),
        Sample(
            name: "patches",
            figure: Figure(
                Panel(series: [
                    Series(
                        "G", role: .generated,
                        .patches([
                            Patch([Point(0, 0), Point(1, 0), Point(1.5, 1), Point(0, 1)], weight: 1),
                            Patch([Point(2, 0), Point(3, 0), Point(3, 2), Point(2, 1)], weight: 0.2),
                        ]))
                ]))),
        Sample(name: "placed panels", figure: page),
        Sample(
            name: "panels",
            figure: .panels(
                [.scatter([Named("real", .real, ring)]), .graph(nodes), .learning([Named("D", .real, line)])],
                title: "three")),
    ]
}
