import Foundation
import Testing

@testable import Plotting

/// Pictures that a real gnuplot drew, looked into.
@Suite struct PictureTests {
    private let size = PixelSize(width: 600, height: 400)

    private func picture(_ figure: Figure) throws -> PNGImage {
        try PNGImage(Gnuplot().draw(figure, on: .png(size)))
    }

    /// What becomes of a role's colour when bars lie translucent on paper.
    private func veiled(_ role: Role) -> RGB { Palette.paper.mixed(with: Palette.colour(of: role), 0.4) }

    @Test func barsStandWhereTheirDataAre() throws {
        let left = Named("real", Role.real, (0..<100).map { Double($0) / 100 })
        let right = Named("fake", Role.generated, (0..<100).map { 9 + Double($0) / 100 })
        let image = try picture(.histogram([left, right], bins: 10))
        #expect(image.width == 600 && image.height == 400)
        // Twentieth of the picture in the middle of each outer bar, far above the legend.
        #expect(image.count(of: veiled(.real), x: 0.1...0.3, y: 0.2...0.7) > 2000)
        #expect(image.count(of: veiled(.real), x: 0.5...1, y: 0.2...0.7) == 0)
        #expect(image.count(of: veiled(.generated), x: 0.8...1, y: 0.2...0.7) > 2000)
        #expect(image.count(of: veiled(.generated), x: 0...0.5, y: 0.2...0.7) == 0)
    }

    @Test func theHeatMapOfADiscriminatorIsBlueWhereItSaysReal() throws {
        let grid = Grid(x: 0...1, y: 0...1, columns: 2, rows: 1, values: [0, 1])
        let image = try picture(.boundary(Named("D", .model, grid)))
        let stops = Palette.stops(of: .judgement)
        // The colour bar lies right of the map, which is square and left of the middle.
        #expect(image.count(of: stops[0], x: 0.2...0.4, y: 0.3...0.6, within: 8) > 5000)
        #expect(image.count(of: stops[2], x: 0.5...0.65, y: 0.3...0.6, within: 8) > 3000)
        #expect(image.count(of: stops[2], x: 0.2...0.4, y: 0.3...0.6, within: 8) == 0)
    }

    @Test func rowZeroOfAMatrixIsOnTop() throws {
        let image = try picture(.matrix(rows: 2, columns: 2, values: [-1, -1, 1, 1]))
        let stops = Palette.stops(of: .signed)
        #expect(image.count(of: stops[0], x: 0.2...0.6, y: 0.1...0.4, within: 8) > 5000)
        #expect(image.count(of: stops[4], x: 0.2...0.6, y: 0.6...0.8, within: 8) > 3000)
    }

    @Test func aLegendOfSeveralRowsLeavesTheTitleFree() throws {
        let names = ["ln 2, guessing", "-ln 2, guessing for G", "loss of D", "loss of G"]
        let curves = names.map { Named($0, .real, [Point(0, 0), Point(1, 2)]) }
        let title = "Nothing to be seen"
        let image = try PNGImage(
            Gnuplot().draw(.curves(curves, title: title, xLabel: "x"), on: .png(PixelSize(width: 900, height: 600))))
        let inked = (0..<70).filter { row in (0..<900).contains { image[$0, row] != Palette.paper } }
        let first = try #require(inked.first)
        let height = zip(inked, first...).prefix { $0 == $1 }.count
        #expect((8...24).contains(height), "the title stands alone, one line high")
    }

    @Test func theScaleOfAWideMapIsNamedInFull() throws {
        let grid = Grid(x: -6...6, y: -2...2, columns: 12, rows: 4, values: [Double](repeating: 0.2, count: 48))
        let image = try picture(.boundary(Named("D", .model, grid)))
        let hasInk = (0..<400).contains { row in (590..<600).contains { image[$0, row] != Palette.paper } }
        #expect(!hasInk, "a name runs over the edge")
    }

    @Test func legendsLieOutsideTheAxes() throws {
        // A figure full of ink, in one colour; the legend's mark in another must be above the axes.
        let points = (0..<50).map { Point(Double($0), sin(Double($0) / 5)) }
        let image = try picture(.curves([Named("named", .real, points)], xLabel: "t"))
        #expect(image.count(of: Palette.real, y: 0...0.1) >= 10)
        let unnamed = try picture(.curves([Named("", .real, points)], title: "title", xLabel: "t"))
        #expect(unnamed.count(of: Palette.real, y: 0...0.1) == 0)
    }

    @Test func denserPolygonsAreDarker() throws {
        func square(_ x: Double, _ weight: Double) -> Patch {
            Patch([Point(x, 0), Point(x + 1, 0), Point(x + 1, 1), Point(x, 1)], weight: weight)
        }
        let patches = Series(role: .generated, .patches([square(0, 1), square(2, 0.25), square(4, 0)]))
        let image = try picture(
            Figure(Panel(x: Axis(range: 0...5), y: Axis(range: 0...1), series: [patches])))
        let hue = Palette.colour(of: .generated)
        #expect(image.count(of: Palette.paper.mixed(with: hue, 0.75), x: 0...0.33, within: 4) > 5000)
        #expect(image.count(of: Palette.paper.mixed(with: hue, 0.1875), x: 0.35...0.7, within: 4) > 5000)
        #expect(image.count(of: Palette.paper, x: 0.8...0.95, y: 0.1...0.9, within: 1) > 15_000)
    }

    @Test func panelsStandWhereTheyArePut() throws {
        let image = try picture(Samples.page)
        let made = Palette.stops(of: .density(.generated))[3], real = Palette.colour(of: .real)
        // The density is above on the right, and the blue curve below it; the ring of real points on the left.
        #expect(image.count(of: made, x: 0.6...1, y: 0...0.5, within: 30) > 30)
        #expect(image.count(of: made, x: 0...0.6, within: 20) == 0)
        #expect(image.count(of: real, x: 0.6...1, y: 0.5...1, within: 4) > 100)
        #expect(image.count(of: real, x: 0...0.6, within: 4) > 300)
    }

    @Test(arguments: Samples.all)
    func everyKindIsDrawnOnEveryTerminal(_ sample: Samples.Sample) throws {
        let gnuplot = Gnuplot()
        let size = PixelSize(width: 300, height: 200)
        let image = try PNGImage(gnuplot.draw(sample.figure, on: .png(size)))
        let paper = image.count(of: Palette.paper, within: 2)
        #expect(paper < image.width * image.height - 1000, "blank")
        #expect(paper > 200, "no margin")
        let svg = String(decoding: try gnuplot.draw(sample.figure, on: .svg(size)), as: UTF8.self)
        #expect(svg.contains("</svg>"))
        #expect(try gnuplot.draw(sample.figure, on: .pdf(size)).starts(with: Array("%PDF".utf8)))
        #expect(try gnuplot.draw(sample.figure, on: .sixel(size)).starts(with: [0x1B, 0x50]))
    }
}
