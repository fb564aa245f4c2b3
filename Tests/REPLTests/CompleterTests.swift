import REPL
import Testing

private func suggestions(_ word: String, _ texts: [String], suffix: String = "") -> Suggestions {
    Suggestions(word: word, all: texts.map { Suggestion(text: $0, suffix: suffix) })
}

@Suite struct CompleterTests {
    @Test func nothingFitsAndNothingHappens() {
        #expect(suggestions("zz", []).action == .nothing)
    }

    @Test func theOnlyOneIsPutIn() {
        #expect(suggestions("hist", ["histogram"], suffix: "(").action == .replace(by: "histogram("))
    }

    @Test func severalArePutInAsFarAsTheyAgree() {
        #expect(suggestions("m", ["mean", "median"]).action == .replace(by: "me"))
        #expect(suggestions("θ", ["θ_eins", "θ_eis"]).action == .replace(by: "θ_ei"))
    }

    @Test func severalThatAgreeNoFurtherAreListed() {
        #expect(suggestions("me", ["mean", "median"]).action == .list)
        #expect(suggestions("", ["a", "b"]).action == .list)
    }

    @Test func aBracketIsNotDoubled() {
        #expect(LineEditor.withoutDoubling("mean(", before: "(x)") == "mean")
        #expect(LineEditor.withoutDoubling("mean(", before: "") == "mean(")
        #expect(LineEditor.withoutDoubling("plot ", before: " x") == "plot")
        #expect(LineEditor.withoutDoubling("tanh\"", before: "\")") == "tanh")
        #expect(LineEditor.withoutDoubling("tanh\"", before: ")") == "tanh\"")
    }

    @Test func aFewAreListedWithWhatTheyAre() {
        let few = [
            Suggestion(text: "mean", summary: "the average"), Suggestion(text: "median", summary: "the middle value"),
        ]
        #expect(
            CompletionMenu.rows(few, width: 40) == ["  mean    the average", "  median  the middle value"])
        #expect(CompletionMenu.rows(few, width: 20).allSatisfy { DisplayWidth.of($0) < 20 })
    }

    @Test func manyStandInColumnsReadDownwards() {
        let many = (10..<40).map { Suggestion(text: "n\($0)") }
        let rows = CompletionMenu.rows(many, width: 40)
        #expect(rows.count == 5)
        #expect(rows[0].hasPrefix("  n10  n15"))
        #expect(rows.allSatisfy { DisplayWidth.of($0) < 40 })
    }

    @Test func tooManyAreCutAndCounted() {
        let many = (100..<400).map { Suggestion(text: "name\($0)") }
        let rows = CompletionMenu.rows(many, width: 80)
        #expect(rows.count == 17)
        let shown = rows.dropLast().joined(separator: " ").split(separator: " ").count
        #expect(rows.last == "  ... and \(300 - shown) more: type another letter and press Tab again")
    }
}
