import Testing

@testable import Language

/// How a message is laid out: its place, the line that it is about, the mark, the breaks.
@Suite struct DiagnosticTests {
    @Test func whereItStands() {
        let error = CellError(.name, "there is no `x`", at: SourceRange(start: 6, end: 7))
        let diagnostic = Diagnostic(error, source: "a = 1\nx", place: "lesson.md", firstLine: 40)
        #expect(diagnostic.text == "name error in lesson.md, line 41: there is no `x`\n    x\n    ^")
    }

    @Test func aLongLineIsCutRoundTheMark() {
        let source = String(repeating: "1 + ", count: 60) + "x" + String(repeating: " + 1", count: 60)
        let lines = Playground().run(source).split(separator: "\n")
        #expect(lines[1].count <= 80 && lines[1].contains("…"))
        let mark = lines[2].prefix { $0 == " " }.count
        #expect(Array(lines[1])[mark] == "x")
    }

    @Test func anErrorWithoutAPlace() {
        #expect(Diagnostic(CellError(.file, "no"), source: "x").text == "file error: no")
    }

    @Test func longMessagesAreBrokenBetweenWords() {
        let error = CellError(
            .value, "the number of steps must be a whole number from 1 to 1000", at: SourceRange(start: 4, end: 6),
            help: "fewer steps make a picture sooner, and more of them a better one")
        #expect(
            Diagnostic(error, source: "try 30", width: 40).text == """
                value error: the number of steps must be
                  a whole number from 1 to 1000
                    try 30
                        ^^
                help: fewer steps make a picture sooner,
                  and more of them a better one
                """)
        #expect(Diagnostic(error, source: "try 30").text.split(separator: "\n")[0].count > 60)
        for width in 24...90 {
            for line in Diagnostic(error, source: "try 30", width: width).text.split(separator: "\n") {
                #expect(line.count <= width)
            }
        }
    }

    @Test func theInnermostFunctionIsNamedOnceWhateverTheMessageSays() {
        let playground = Playground()
        #expect(playground.error("f(x) = x + \"in `g`\"; h(x) = f(x); h(1)")?.message.hasPrefix("in `f`: ") == true)
        #expect(
            playground.error("k(x) = read(\"missing\") + x; m(x) = k(x); m(1)")?.message
                == "in `k`: there is no file \"missing\"")
        #expect(
            playground.error("odd(x) = undefined(\"it calls itself\"); odd(1)")?.message
                == "in `odd`: there is no function `undefined`")
        #expect(playground.error("w(x) = w(x); v(x) = w(x); v(1)")?.message.hasPrefix("`w` calls itself") == true)
    }
}
