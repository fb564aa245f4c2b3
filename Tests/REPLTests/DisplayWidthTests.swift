import REPL
import Testing

@Suite struct DisplayWidthTests {

    @Test(arguments: [
        ("abc", 3), ("θ²", 2), ("日本", 4), ("😀", 2), ("e\u{301}", 1), ("\u{1B}[1;31mred\u{1B}[0m", 3), ("", 0),
    ])
    func countsColumns(_ text: String, _ columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test func cutsToAWidth() {
        #expect(DisplayWidth.truncated("abcdef", to: 6) == "abcdef")
        #expect(DisplayWidth.truncated("abcdef", to: 4) == "abc…")
        #expect(DisplayWidth.truncated("日本語", to: 4) == "日…")
        #expect(DisplayWidth.truncated("\u{1B}[1mabcdef\u{1B}[0m", to: 4) == "\u{1B}[1mabc…\u{1B}[0m")
    }

    @Test(arguments: ["", "a", "日本語", "\u{1B}[36mcode\u{1B}[0m and more"], [1, 3, 5, 12])
    func neverTooWide(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(DisplayWidth.truncated(text, to: width)) <= width)
        #expect(DisplayWidth.of(DisplayWidth.padded(text, to: width)) >= width)
    }
}
