import Notebook
import REPL
import Testing

private func printed(_ markdown: String, columns: Int = 40, isColoured: Bool = false) -> [String] {
    let document = Document(parsing: markdown, file: "test.md")
    let blocks = document.elements.flatMap { element -> [Block] in
        if case .prose(let blocks) = element.content { blocks } else { [] }
    }
    return MarkdownPrinter(theme: Theme(isColoured: isColoured), columns: columns).lines(blocks)
}

@Suite struct MarkdownPrinterTests {
    @Test func paragraphsAreWrappedAndKeptApart() {
        #expect(
            printed("One two three four\nfive six seven eight nine ten.\n\nNext.")
                == ["One two three four five six seven eight", "nine ten.", "", "Next."])
    }

    @Test func headingsAreUnderlined() {
        #expect(printed("# Title\n\n## Part\n\n### Point") == ["Title", "═════", "", "Part", "────", "", "Point"])
    }

    @Test func listsHangAndCount() {
        #expect(
            printed("- one two three four five six seven eight nine\n- b\n")
                == ["  • one two three four five six seven", "    eight nine", "  • b"])
        #expect(printed("9. nine\n10. ten\n") == ["   9. nine", "  10. ten"])
        #expect(printed("- a\n\n  more\n\n- b\n") == ["  • a", "", "    more", "", "  • b"])
        #expect(printed("- a\n  - b\n") == ["  • a", "      • b"])
    }

    @Test func codeIsIndentedAndNeverWrapped() {
        let long = String(repeating: "x", count: 60)
        #expect(printed("```text\n\(long)\n\n y\n```") == ["    " + long, "", "     y"])
    }

    @Test func quotesHaveABar() {
        #expect(printed("> a **b**\n>\n> c") == ["│ a b", "│ ", "│ c"])
    }

    @Test func tablesAreAligned() {
        #expect(
            printed("| name | n |\n|---|---:|\n| a | 1 |\n| bcdef | 20 |")
                == ["name    n", "─────  ──", "a       1", "bcdef  20"])
    }

    @Test func wideTablesGiveWay() {
        let rows = printed(
            "| a | b |\n|---|---|\n| one two three four five | six seven eight nine ten eleven |", columns: 30)
        #expect(rows.count > 4)
        #expect(rows.allSatisfy { DisplayWidth.of($0) < 30 })
    }

    @Test func coloursStandInForMarks() {
        #expect(printed("`x` *y*") == ["`x` y"])
        #expect(printed("`x` *y*", isColoured: true) == ["\u{1B}[35mx\u{1B}[0m \u{1B}[3my\u{1B}[0m"])
    }

    @Test func codeIsBrokenOnlyWhereItMust() {
        #expect(printed("aaa bbb `lesson 8 from 5` c", columns: 24) == ["aaa bbb", "`lesson 8 from 5` c"])
        let long = printed("`\(String(repeating: "word ", count: 12))`", columns: 24)
        #expect(long.count > 2)
        #expect(long.allSatisfy { DisplayWidth.of($0) < 24 })
    }

    @Test func codeInPlainTextStaysWholeToo() {
        let flow = MarkdownPrinter(theme: Theme(isColoured: false), columns: 24)
        let text = "one two three `lesson 8` four"
        #expect(flow.lines([.text(text)]) == ["one two three", "`lesson 8` four"])
        #expect(flow.lines([.text("it costs 3` or a bit more here")]) == ["it costs 3` or a bit", "more here"])
    }

    @Test func linksShowWhereTheyLead() {
        #expect(
            printed("[the *site*](https://example.org) and [lesson 2](02.md)") == [
                "the site (https://example.org) and", "lesson 2",
            ])
    }

    @Test func linesNeverExceedTheTerminalNorTheEye() {
        let text = String(repeating: "word ", count: 200)
        for columns in [24, 80, 160] {
            let lines = printed("# \(text)\n\n\(text)\n\n- \(text)\n\n> \(text)", columns: columns)
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= min(columns - 1, MarkdownPrinter.widest) })
        }
    }
}
