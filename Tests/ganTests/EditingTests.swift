import Foundation
import Testing

/// History, search, completion, vi keys, another width: what the line editor does besides editing.
@Suite struct EditingTests {
    private let gan: GanProgram

    init() throws { gan = try GanProgram() }

    @Test func theHistoryOutlivesTheSession() throws {
        defer { gan.clear() }
        let first = try gan.open()
        first.expectLine("[1] ›")
        first.type("alpha = 1\rf(x) = [x,\rx]\r")
        first.expectLine("[3] ›")
        first.type("\u{4}")
        #expect(first.exitCode() == 0)
        let second = try gan.open()
        second.expectLine("[1] ›")
        second.type("\u{1B}[A")
        second.expect("[1] › f(x) = [x,\nx]")
        second.type("\u{1B}[A\u{1B}[A")
        second.expectLine("[1] › alpha = 1")
        second.type("\u{1B}[B")
        second.expect("[1] › f(x) = [x,\nx]")
    }

    @Test func controlRSearchesTheHistory() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("alpha = 1\rbeta = 2\rgamma = 3\r")
        terminal.expectLine("[4] ›")
        terminal.type("\u{12}alp")
        terminal.expect("[4] › alpha = 1")
        terminal.type("\r")
        terminal.expectLine("[5] ›")
        terminal.type("alpha + 10\r")
        terminal.expect("11\n[6] ›")
    }

    @Test func tabFinishesTheOnlyName() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("elephant = 41\r")
        terminal.expectLine("[2] ›")
        terminal.type("eleph\t")
        terminal.expectLine("[2] › elephant")
        terminal.type(" + 1\r")
        terminal.expect("42\n[3] ›")
    }

    @Test func tabListsWhatFitsAndGivesTheLineBack() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("zebra_one = 1; zebra_two = 2\r")
        terminal.expectLine("[2] ›")
        terminal.type("3 + zeb\t")
        terminal.expectLine("[2] › 3 + zebra_")
        terminal.type("\t")
        terminal.expect("zebra_one")
        terminal.expectLine("[2] › 3 + zebra_")
        terminal.type("t\t\r")
        terminal.expect("5\n[3] ›")
    }

    @Test func tabIsTypedAtTheStartOfALine() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("[1,\r")
        terminal.expectLine("    …")
        terminal.type(" \t2][1]\r")
        terminal.expect("2\n[2] ›")
    }

    @Test func viKeysComeFromEditrc() throws {
        defer { gan.clear() }
        try "bind -v\n".write(to: gan.home.appending(path: ".editrc"), atomically: true, encoding: .utf8)
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type("34")
        terminal.expectLine("[1] › 34")
        terminal.type("\u{1B}")
        Thread.sleep(forTimeInterval: 0.2)
        terminal.type("0i12")
        terminal.expectLine("[1] › 1234")
        terminal.type("\r")
        terminal.expectLine("[2] ›")
        terminal.type("\u{1B}")
        Thread.sleep(forTimeInterval: 0.2)
        terminal.type("k")
        terminal.expectLine("[2] › 1234")
        terminal.type("\u{1B}[200~5\n6\u{1B}[201~")
        terminal.expect("5\n6")
    }

    @Test func aResizeRedrawsTheLine() throws {
        defer { gan.clear() }
        let terminal = try gan.open(columns: 100)
        terminal.expectLine("[1] ›")
        let long = (10..<30).map(String.init).joined(separator: " + ")
        terminal.type(long)
        terminal.expectLine(" 29")
        terminal.resize(columns: 40, rows: 24)
        terminal.expect("[1] › " + long.prefix(34))
        terminal.type("\r")
        terminal.expect("\n390\n[2] ›")
    }

    @Test func aLongLineWrapsAndRuns() throws {
        defer { gan.clear() }
        let terminal = try gan.open()
        terminal.expectLine("[1] ›")
        terminal.type((1...400).map(String.init).joined(separator: "+"))
        terminal.expect("+400")
        terminal.type("\r")
        terminal.expect("80200\n[2] ›")
    }

    @Test func coloursAreForThoseWhoWantThem() throws {
        defer { gan.clear() }
        let coloured = try gan.open()
        coloured.expectLine("[1] ›")
        #expect(coloured.transcript.contains(0x1B))
        #expect(String(decoding: coloured.transcript, as: UTF8.self).contains("\u{1B}[1m"))
        for (arguments, environment) in [([], ["NO_COLOR": "1"]), (["--no-color"], [:])]
            as [([String], [String: String])]
        {
            let plain = try gan.open(arguments, environment)
            plain.expectLine("[1] ›")
            plain.type("nothere\r")
            plain.expect("^^^^^^^")
            let text = String(decoding: plain.transcript, as: UTF8.self)
            #expect(text.firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
        }
    }

    @Test func aDumbTerminalIsGoodEnough() throws {
        defer { gan.clear() }
        let terminal = try gan.open([], ["TERM": "dumb"])
        terminal.expect("[1] ›")
        terminal.type("20 + 22\r")
        terminal.expect("42")
        #expect(!terminal.transcript.contains(0x1B))
    }
}
