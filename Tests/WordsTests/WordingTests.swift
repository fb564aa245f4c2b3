import Testing
import Words

@Suite struct WordingTests {
    @Test func listsInWords() {
        #expect(Wording.list(["a"]) == "a")
        #expect(Wording.list(["a", "b", "c"]) == "a, b and c")
        #expect(Wording.list((1...7).map(String.init)) == "1, 2, 3, 4, 5 and 2 more")
        #expect(["a", "b", "c"].joined(separator: ", ", last: " or ") == "a, b or c")
    }

    @Test func numbersOfThings() {
        #expect(Wording.count(1, "row") == "1 row" && Wording.count(0, "row") == "0 rows")
        #expect(Wording.lines([5]) == "line 5" && Wording.lines([5, 273]) == "lines 5 and 273")
    }

    @Test func textOfOthersIsShownWithoutControlCharacters() {
        #expect(Wording.quoted("a\u{1B}[31m") == "\"a\u{FFFD}[31m\"")
        #expect(Wording.quoted(String(repeating: "x", count: 50)) == "\"" + String(repeating: "x", count: 40) + "…\"")
    }
}
