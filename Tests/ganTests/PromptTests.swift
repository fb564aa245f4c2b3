import Foundation
import Testing

/// A person at the prompt, in a terminal of their own.
@Suite struct PromptTests {
    private let gan: GanProgram

    init() throws { gan = try GanProgram() }

    @Test func aCellIsTypedRunAndNumbered() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.expect("help")
        terminal.type("2 + 3\r")
        terminal.expect("[1] › 2 + 3\n5\n[2] ›")
        terminal.type("_ * 2\r")
        terminal.expect("10\n[3] ›")
    }

    @Test func arrowsMoveAndEditTheLine() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("13 + 1\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D2")
        terminal.expectLine("[1] › 123 + 1")
        terminal.type("\u{1B}[H9\u{1B}[F0\u{7F}\r")
        terminal.expect("9124")
    }

    @Test func lettersOfAnyScriptCanBeTyped() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("θ = 41; s = 'é日本'\r")
        terminal.expectLine("[2] ›")
        terminal.type("s\u{1B}[A\u{1B}[Bθ\u{1B}[D\u{7F}\u{1B}[F + 1\r")
        terminal.expect("42\n[3] ›")
        terminal.type("s\r")
        terminal.expect("é日本")
    }

    @Test func anOpenBracketAsksForMore() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("sum([1,\r")
        terminal.expectLine("    …")
        terminal.type("2,\r3])\r")
        terminal.expect("[2] ›")
        terminal.type("\u{1B}[A")
        terminal.expect("[2] › sum([1,\n2,\n3])")
    }

    @Test func aPasteArrivesWholeAndWaitsForEnter() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("\u{1B}[200~a = 1\nb = [2,\n  3]\na + 1\n\u{1B}[201~")
        terminal.expect("[1] › a = 1\nb = [2,\n  3]\na + 1")
        terminal.type("00\r")
        terminal.expect("101\n[2] ›")
    }

    @Test func controlCClearsTheLineAndKeepsTheSession() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("a = 7\r")
        terminal.expectLine("[2] ›")
        terminal.type("rubbish")
        terminal.expectLine("[2] › rubbish")
        terminal.type("\u{3}")
        terminal.expect("[2] › rubbish^C\n[2] ›")
        terminal.type("[1,\r")
        terminal.expectLine("    …")
        terminal.type("\u{3}")
        terminal.expectLine("[2] ›")
        terminal.type("a\r")
        terminal.expect("7\n[3] ›")
    }

    @Test func controlCStopsWhatIsRunning() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("n = 0\r")
        terminal.expectLine("[2] ›")
        terminal.type("'running'; repeat 1000000000 { n = n + 1 }\r")
        terminal.expect("}\n\"running\"")
        terminal.type("\u{3}")
        terminal.expectLine("[3] ›")
        terminal.expect("\nstopped")
        terminal.type("n >= 0\r")
        terminal.expect("true\n[4] ›")
    }

    @Test func controlDLeavesAndSavesTheSession() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("x = 12345\r")
        terminal.expectLine("[2] ›")
        terminal.type("\u{4}")
        #expect(terminal.exitCode() == 0)
        let saved = gan.home.appending(path: "state/gan/last-session.md")
        #expect(try String(contentsOf: saved, encoding: .utf8).contains("x = 12345"))
    }

    @Test func aRequestToEndSavesTheSession() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("x = 54321\r")
        terminal.expectLine("[2] ›")
        terminal.signal(SIGTERM)
        #expect(terminal.exitCode() != nil)
        let saved = gan.home.appending(path: "state/gan/last-session.md")
        #expect(try String(contentsOf: saved, encoding: .utf8).contains("x = 54321"))
    }

    @Test func exitLeaves() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("exit\r")
        #expect(terminal.exitCode() == 0)
    }

    @Test func anErrorPointsAtItsPlaceAndChangesNothing() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("a = 1; b = nothere + 1\r")
        terminal.expect("    a = 1; b = nothere + 1\n               ^^^^^^^")
        terminal.type("a\r")
        terminal.expect("there is no `a`")
    }

    @Test func noInputEndsTheSession() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        for rubbish in ["\u{1}\u{2}\u{1B}\u{1B}[99~", ")))", "'", "\u{1D}X", "0/0", "a.b.c", "\u{0}", "??", "@#$%^&"] {
            terminal.type(rubbish + "\r")
        }
        terminal.type("\u{15}\u{3}")
        terminal.type("'still ' + 'here'\r")
        terminal.expect("still here")
    }
}
