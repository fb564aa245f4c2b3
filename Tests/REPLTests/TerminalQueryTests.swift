import REPL
import Testing

@Suite struct TerminalQueryTests {
    @Test func readsTheAnswerAmongWhatWasTyped() {
        let answer = TerminalQuery.parse(Array("ab\u{1B}[?62;4;22ccd".utf8))
        #expect(answer == .init(hasSixels: true, typed: Array("abcd".utf8)))
    }

    @Test(arguments: ["\u{1B}[?1;2c", "\u{1B}[?4c", "\u{1B}[?62;14;40c"])
    func knowsATerminalWithoutSixels(_ text: String) {
        // The first number is the terminal's class, whatever it is.
        #expect(TerminalQuery.parse(Array(text.utf8)) == .init(hasSixels: false, typed: []))
    }

    @Test(arguments: ["", "abc", "\u{1B}[?", "\u{1B}[?62;4"])
    func waitsForTheEnd(_ text: String) {
        #expect(TerminalQuery.parse(Array(text.utf8)) == nil)
    }
}
