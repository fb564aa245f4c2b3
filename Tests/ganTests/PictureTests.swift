import Foundation
import Testing

/// Pictures at the prompt, by each of the ways in which a terminal can show them.
@Suite struct PictureTests {
    private let gan: GanProgram

    init() throws { gan = try GanProgram() }

    private func expect(
        _ terminal: PseudoTerminal, toBeSent mark: String, _ location: SourceLocation = #_sourceLocation
    ) {
        let isThere = terminal.wait { _ in String(decoding: terminal.transcript, as: UTF8.self).contains(mark) }
        #expect(isThere, "the screen is:\n\(terminal.screen.text)", sourceLocation: location)
    }

    @Test func inCharacters() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("plot matrix [[1, 2], [3, 4]] title=\"Four\"\r")
        terminal.expect("Four")
        terminal.expectLine("[2] ›")
    }

    @Test(arguments: [("sixel", "\u{1B}P"), ("kitty", "\u{1B}_G")])
    func inTheTerminalsOwnLanguage(_ means: String, _ mark: String) throws {
        defer { gan.clear() }
        let terminal = try gan.open([], ["GAN_PLOT": means])
        terminal.expectLine("[1] ›")
        terminal.type("plot [1, 2, 3]\r")
        expect(terminal, toBeSent: mark)
        terminal.expect("[2] ›")
    }

    @Test func theTerminalIsAskedWhetherItShowsSixels() throws {
        defer { gan.clear() }
        let terminal = try gan.open([], ["GAN_PLOT": ""])
        terminal.expectLine("[1] ›")
        terminal.type("plot [1, 2, 3]\r")
        expect(terminal, toBeSent: "\u{1B}[c")
        terminal.type("\u{1B}[?62;4;22c")
        expect(terminal, toBeSent: "\u{1B}P")
        terminal.expect("[2] ›")
        terminal.type("40 + 2\r")
        terminal.expect("42")
    }

    @Test func aMissingGnuplotIsSaidAndForgotten() throws {
        defer { gan.clear() }
        let terminal = try gan.open([], ["PATH": "/nowhere"])
        terminal.expectLine("[1] ›")
        terminal.type("plot [1, 2, 3]\r")
        terminal.expect("There is no picture: there is no gnuplot")
        terminal.type("40 + 2\r")
        terminal.expect("42\n[3] ›")
    }
}
