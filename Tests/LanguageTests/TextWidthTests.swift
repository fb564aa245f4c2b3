import Testing

@testable import Language

@Suite struct TextWidthTests {
    @Test func theEndsOfATextAreCutByColumns() {
        #expect(TextWidth.prefix(of: "ab汉字", columns: 5) == "ab汉")
        #expect(TextWidth.suffix(of: "汉字ab", columns: 5) == "字ab")
        #expect(TextWidth.prefix(of: "ab", columns: 9) == "ab" && TextWidth.suffix(of: "ab", columns: 0).isEmpty)
    }

    @Test(arguments: [
        ("abc", 3), ("汉字", 4), ("é", 1), ("e\u{301}", 1), ("🙂", 2), ("θ₁", 2), ("", 0), ("…–", 2), ("\u{200B}", 0),
        ("a\u{20DD}", 1), ("👩\u{200D}🔬", 2), ("🇩🇪", 2),
    ])
    func columns(text: String, columns: Int) { #expect(TextWidth.columns(of: text) == columns) }

    @Test func linesAreBrokenBetweenWords() {
        #expect(TextWidth.wrapped("one two  three", width: 7) == ["one two", "three"])
        #expect(TextWidth.wrapped("unbreakable", width: 4) == ["unbreakable"])
        #expect(TextWidth.wrapped("", width: 4).isEmpty)
        #expect(TextWidth.wrapped("a b", width: 24, indent: 2) == ["  a b"])
    }

    @Test func aLineThatHasBegunHasLessRoom() {
        #expect(TextWidth.wrapped("one two three", width: 9, after: 3) == ["one", "two three"])
        #expect(TextWidth.wrapped("one two", width: 9, after: 8) == ["", "one two"])
        #expect(TextWidth.wrapped("\"a  b\"   c", width: 20) == ["\"a  b\"   c"])
    }

    @Test func codeAndNumbersWithUnitsStayWhole() {
        let text = "type `lesson 8 from 5` now, it takes 12 ms."
        #expect(TextWidth.wrapped(text, width: 19) == ["type", "`lesson 8 from 5`", "now, it takes", "12 ms."])
        // What does not fit a line is broken all the same, and so is a backquote that is never closed.
        #expect(TextWidth.wrapped("`a b c d`", width: 5) == ["`a b", "c d`"])
        #expect(TextWidth.wrapped("it is ` open and goes on", width: 12) == ["it is ` open", "and goes on"])
        #expect(TextWidth.wrapped("all 98.1 % of 8 modes", width: 8) == ["all", "98.1 %", "of 8", "modes"])
        #expect(TextWidth.wrapped("`a` and `b c`, (`d e`)", width: 9) == ["`a` and", "`b c`,", "(`d e`)"])
    }

    @Test(arguments: 1...30)
    func nothingIsLostOrTooWide(width: Int) {
        let text = "汉字 🙂 `plot density x` reaches 98.1 % of 12 modes in `lessons/03-mixtures.md`  at line 7"
        let lines = TextWidth.wrapped(text, width: width)
        func bare(_ text: String) -> String { text.filter { $0 != " " } }
        #expect(bare(lines.joined()) == bare(text))
        #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= width || !$0.contains(" ") })
    }

    @Test func noLineOfProseIsLongerThanPeopleRead() {
        let text = String(repeating: "word ", count: 80)
        for lines in [
            TextWidth.wrapped(text, width: 200), TextWidth.wrapped(text, width: 200, indent: 4),
            TextWidth.table([(left: "x", right: text)], width: 200, widest: 30),
        ] {
            #expect(lines.map { TextWidth.columns(of: $0) }.max().map { (90...100).contains($0) } ?? false)
        }
    }

    @Test func tablesKeepToNarrowScreens() {
        let rows = [(left: "x", right: "a number"), (left: "[x**2 for x in xs]", right: "a list made from another")]
        #expect(
            TextWidth.table(rows, width: 80, widest: 30) == [
                "  x                   a number", "  [x**2 for x in xs]  a list made from another",
            ])
        #expect(
            TextWidth.table(rows, width: 32, widest: 30) == [
                "  x             a number", "  [x**2 for x in xs]", "                a list made from",
                "                another",
            ])
    }
}
