import Foundation
import Testing

@testable import Plotting

@Suite struct TextPictureTests {
    private func lines(_ figure: Figure, _ style: TextStyle = .plain, columns: Int = 80, rows: Int = 24) throws
        -> [String]
    {
        let bytes = try Gnuplot().draw(figure, on: .text(TextSize(columns: columns, rows: rows), style))
        return TextPicture.cleaned(bytes).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private let styles = [
        TextStyle.plain, TextStyle(colours: .none, isUnicode: true), TextStyle(colours: .eight, isUnicode: true),
        TextStyle(colours: .many, isUnicode: false), TextStyle(colours: .all, isUnicode: true),
    ]

    @Test(arguments: Samples.all)
    func everyKindFitsTheTerminalInEveryStyle(_ sample: Samples.Sample) throws {
        for style in styles {
            for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
                let picture = try lines(sample.figure, style, columns: columns, rows: rows)
                let seen = picture.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
                #expect(picture.count <= rows && seen.allSatisfy { $0.count <= columns })
                #expect(seen.joined().count > columns, "hardly anything drawn")
                if style.colours == .none { #expect(picture == seen) }
                if !style.isUnicode { #expect(seen.joined().allSatisfy { $0.isASCII || $0 == "…" }) }
            }
        }
    }

    @Test func barsWithoutColourAreToldApartByTheirCharacters() throws {
        let real = Named("real", Role.real, [0.5, 0.5, 1.5])
        let fake = Named("fake", Role.generated, [1.5, 1.5, 2.5])
        let picture = try lines(.histogram([real, fake], bins: 3)).joined(separator: "\n")
        #expect(picture.contains("/ real   \\ fake   X both"))
        for mark in ["//////", "\\\\\\\\\\\\", "XXXXXX"] { #expect(picture.contains(mark)) }
    }

    @Test func aCurveGoesWhereItsPointsAre() throws {
        let picture = try lines(.curves([Named("f", .model, [Point(0, 0), Point(1, 1)])]))
        let stars = picture.dropFirst().compactMap { $0.firstIndex(of: "*")?.utf16Offset(in: $0) }
        #expect(stars.count > 15)
        #expect(zip(stars, stars.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func axesAreNamedAndNumbered() throws {
        let picture = try lines(
            .histogram(
                [Named("geyser", .real, [43, 60, 75, 96])], bins: 5, title: "Old Faithful",
                xLabel: "waiting time (minutes)"))
        #expect(picture[0].contains("Old Faithful"))
        #expect(picture[1].contains("count") && picture[1].contains("# geyser"))
        #expect(picture[picture.count - 1].contains("waiting time (minutes)"))
        #expect(picture[picture.count - 2].contains("50") && picture[picture.count - 2].contains("90"))
    }

    @Test func theMapOfADiscriminatorIsToldByCharactersWithoutColour() throws {
        let picture = try lines(.boundary(Named("D", .model, Samples.judge))).joined(separator: "\n")
        #expect(picture.contains(",-= judged made up") && picture.contains(":+# judged real"))
        #expect(picture.contains("#####") && picture.contains("==="))
    }

    @Test func manyPointsOverAMapAreThinnedAndTheLegendSaysSo() throws {
        let many = (0..<1000).map { Point(3 * sin(Double($0)), 3 * cos(Double($0 * 7))) }
        let picture = try lines(.boundary(Named("D", .model, Samples.judge), points: [Named("real", .real, many)]))
        #expect(picture.joined().contains(" of 1000)"))
    }

    @Test func aSmallMatrixShowsItsNumbersWhereTheyFit() throws {
        let small = try lines(.matrix(rows: 2, columns: 2, values: [1.5, -2, 0, 0.125])).joined(separator: "\n")
        for number in [" 1.5 ", " -2 ", " 0.125"] { #expect(small.contains(number)) }
        let narrow = try lines(.matrix(rows: 2, columns: 12, values: Array(repeating: 0.123, count: 24)), columns: 40)
        #expect(!narrow.joined().contains("0.123 "))
    }

    @Test func boxesOfAGraphHoldTheirTexts() throws {
        let picture = try lines(.graph(Samples.nodes, title: "a graph")).joined(separator: "\n")
        for text in ["a graph", " w ", "0.5", "grad -1.84", "loss", "0.854"] { #expect(picture.contains(text)) }
    }

    @Test func aSignInTheBoxesOfANarrowGraphIsToldBelowThem() throws {
        let unicode = TextStyle(colours: .none, isUnicode: true)
        for (style, sign) in [(unicode, "∂"), (TextStyle.plain, "d")] {
            let narrow = try lines(.graph(Samples.nodes, title: "a graph"), style, columns: 42)
            #expect(narrow.contains { $0.contains("\(sign) -1.84") && !$0.contains("grad") })
            #expect(narrow.last?.contains("\(sign): gradient") == true)
        }
        let wide = try lines(.graph(Samples.nodes, title: "a graph"), unicode, columns: 100).joined()
        #expect(wide.contains("grad -1.84") && !wide.contains("∂"))
    }

    @Test func aDeepGraphBecomesAListInANarrowTerminal() throws {
        let chain = (0..<15).map { GraphNode(title: "node\($0)", details: ["\($0)"], inputs: $0 == 0 ? [] : [$0 - 1]) }
        let picture = try lines(.graph(chain)).joined(separator: "\n")
        #expect(picture.contains("from node13"))
    }

    @Test func coloursSwitchOnlyWhereTheyChange() {
        let raw = "\u{C}\u{1B}[0;39m  \u{1B}[0;39ma\u{1B}[31mb\u{1B}[31mc   \n\u{1B}[0;39m   \n\u{1B}[0;39;49m"
        #expect(TextPicture.cleaned(Array(raw.utf8)) == "  a\u{1B}[31mbc\u{1B}[0m")
    }
}
