import Testing

@testable import Language

@Suite struct TextWidthTests {
    @Test func theEndsOfATextAreCutByColumns() {
        #expect(TextWidth.prefix(of: "ab汉字", columns: 5) == "ab汉")
        #expect(TextWidth.suffix(of: "汉字ab", columns: 5) == "字ab")
        #expect(TextWidth.prefix(of: "ab", columns: 9) == "ab" && TextWidth.suffix(of: "ab", columns: 0).isEmpty)
    }

    @Test(arguments: [("abc", 3), ("汉字", 4), ("é", 1), ("e\u{301}", 1), ("🙂", 2), ("θ₁", 2), ("", 0), ("…–", 2)])
    func columns(text: String, columns: Int) { #expect(TextWidth.columns(of: text) == columns) }

    @Test func linesAreBrokenBetweenWords() {
        #expect(TextWidth.wrapped("one two  three", width: 7) == ["one two", "three"])
        #expect(TextWidth.wrapped("unbreakable", width: 4) == ["unbreakable"])
        #expect(TextWidth.wrapped("", width: 4).isEmpty)
        #expect(TextWidth.wrapped("a b", width: 24, indent: 2) == ["  a b"])
    }
}
