import Testing

@testable import Notebook

@Suite struct DocumentTests {
    @Test func readsTheExampleOfTheFormatsOwnDescription() throws {
        let lesson = try Fixture.exampleLesson()
        #expect(lesson.problems.isEmpty, "\(lesson.problems)")
        #expect(lesson.lesson?.title == "Averages")
        #expect(lesson.lesson?.number == 1)
        #expect(lesson.seed == 1)
        let kinds = lesson.elements.map(\.content.kind)
        #expect(
            kinds == [
                "prose", "cell", "prediction", "cell", "prediction", "pause", "prose", "cell", "cell", "exercise",
                "prose",
            ])
    }

    @Test func knowsTheLineOfEveryPart() {
        let document = Document(
            parsing: "---\ntitle: T\n---\nHello\n\n```gan\nx = 1\nx\n```\n\n```output\n1\n```\n", file: "a.md")
        #expect(document.problems.isEmpty)
        #expect(document.elements.map(\.line) == [4, 6])
        guard case .cell(let cell) = document.elements.last?.content else { return #expect(Bool(false)) }
        #expect(cell.code == SourceText("x = 1\nx", line: 7))
        #expect(cell.expectation == .init(kind: .output, text: "1", lines: 11...13))
    }

    @Test func keepsProseAsBlocks() {
        let text = """
            ## Two *bells*
            Some `code`, a [link](https://example.org), **strong**.

            | a | b |
            |:--|--:|
            | 1 | 2 |

            3. three
            4. four

            > quoted

            ```python
            print(1)
            ```
            """
        let document = Document(parsing: text, file: "a.md")
        guard case .prose(let blocks) = document.elements.first?.content else { return #expect(Bool(false)) }
        #expect(document.elements.count == 1)
        #expect(blocks[0] == .heading(level: 2, [.text("Two "), .emphasis([.text("bells")])]))
        #expect(
            blocks[1]
                == .paragraph([
                    .text("Some "), .code("code"), .text(", a "),
                    .link([.text("link")], destination: "https://example.org"), .text(", "), .strong([.text("strong")]),
                    .text("."),
                ]))
        #expect(
            blocks[2]
                == .table(
                    ProseTable(
                        alignments: [.left, .right], header: [[.text("a")], [.text("b")]],
                        rows: [[[.text("1")], [.text("2")]]])))
        #expect(
            blocks[3]
                == .list(start: 3, tight: true, items: [[.paragraph([.text("three")])], [.paragraph([.text("four")])]]))
        #expect(blocks[4] == .quote([.paragraph([.text("quoted")])]))
        #expect(blocks[5] == .code(language: "python", text: "print(1)"))
    }

    @Test(arguments: [
        ("---\nlesson: 1\n", 1, "the front matter is not closed"),
        ("---\nlesson: 1\ntitel: A\nsummary: s\nminutes: 3\n---\n", 3, "the front matter has an unknown key `titel`"),
        ("---\nlesson: 1\nsummary: s\nminutes: 3\n---\n", 1, "the front matter has no `title`"),
        ("---\nlesson: one\ntitle: t\nsummary: s\nminutes: 3\n---\n", 2, "`lesson` of the front matter is \"one\""),
        ("---\nlesson: 2\ntitle: t\nsummary: s\nminutes: 3\nneeds: [2]\n---\n", 6, "lesson 2 needs lesson 2"),
        (
            "---\nlesson: 2\ntitle: a: b\n---\n", 3,
            "the front matter is not YAML: mapping values are not allowed in this context"
        ),
        ("```gan\n1\n", 1, "this `gan` block is not closed"),
        ("text\n\n```output\n1\n```\n", 3, "an `output` block that follows no cell"),
        ("```gan\nx\n```\n\n```error\n\n```\n", 5, "an empty `error` block"),
        ("- a\n\n  ```gan\n  1\n  ```\n", 1, "a `gan` block inside a list or a quote is not run"),
        ("```exercize\na: 1\n```\n", 1, "a block in the unknown language `exercize`"),
        (
            "```predict\nquestion: q\nchoices: [a, b]\nanswer: 3\nbecause: b\n```\n", 4,
            "`answer` of this prediction is \"3\""
        ),
        (
            "```predict\nquestion: q\nchoices: [a, b]\nanswer: 2\nbecause: b\nmistakes:\n  2: x\n  1: y\n```\n", 6,
            "`mistakes` has a reply to choice 2, which is the right one"
        ),
        (
            "```predict\nquestion: q\nchoices: [a, b]\nanswer: 2\nbecause: b\n```\n", 1,
            "choice 1 of this prediction has no reply"
        ),
        ("```predict\nquestion: q\nanswer: 2\nbecause: b\n```\n", 1, "this prediction has no `within`"),
        (
            "```predict\nquestion: q\nanswer: 2\nwithin: -1\nbecause: b\n```\n", 4,
            "`within` of this prediction is \"-1\""
        ),
        ("```exercise\ntask: t\ncheck: c\nhints: [h]\nwrong: [w]\n```\n", 1, "this exercise has no `solution`"),
        (
            "```exercise\ntask: t\ncheck: c\nhints: []\nwrong: [w]\nsolution: s\n```\n", 4,
            "`hints` of this exercise has 0 of at least 1"
        ),
        (
            "```exercise\ntask: t\ncheck: c\nhints: [\" \"]\nwrong: [w]\nsolution: s\n```\n", 4,
            "`hints` of this exercise is empty"
        ),
        (
            "```exercise\ntask: t\ncheck: c\nhints: [h]\nwrong: [w]\nsolution: s\nmistakes:\n  - if: a\n    say: b\n```\n",
            8, "a mistake of this exercise has an unknown key `if`"
        ),
        ("```exercise\n- a\n```\n", 1, "this exercise has no keys"),
        ("```exercise\ntask: t\ntask: u\n```\n", 1, "this exercise has a key twice: `task`"),
    ])
    func namesTheFaultAndItsLine(source: String, line: Int, message: String) throws {
        let problems = Document(parsing: source, file: "f.md").problems
        let found = try #require(problems.first { $0.message == message }, "\(problems)")
        #expect(found.line == line)
        #expect(found.file == "f.md")
        #expect(!found.help.isEmpty)
    }

    @Test func suggestsTheKeyThatWasMeant() {
        let document = Document(
            parsing: "---\nlesson: 1\ntitle: t\nsumary: s\nminutes: 3\n---\n", file: "f.md")
        let help = document.problems.first { $0.message.contains("sumary") }?.help ?? ""
        #expect(help.hasPrefix("Did you mean `summary`?"))
    }

    @Test func countsLinesOfCodeInsideYAML() {
        let source =
            "a\n\n```exercise\ntask: t\nstart: |\n  x = 1\n  y = 2\ncheck: c\nhints: [h]\nwrong:\n  - w\n  - v\nsolution: s\n```\n"
        let document = Document(parsing: source, file: "f.md")
        guard case .exercise(let exercise) = document.elements.last?.content else { return #expect(Bool(false)) }
        #expect(exercise.start == SourceText("x = 1\ny = 2", line: 6))
        #expect(exercise.check.line == 8)
        #expect(exercise.wrong.map(\.line) == [11, 12])
    }

    @Test func readsWindowsLineEndsAndAByteOrderMark() {
        let document = Document(parsing: "\u{FEFF}---\r\ntitle: T\r\n---\r\n```gan\r\nx\r\n```\r\n", file: "f.md")
        #expect(document.problems.isEmpty)
        #expect(document.header == .notebook(NotebookHeader(title: "T")))
        #expect(document.elements.map(\.line) == [4])
    }

    @Test func survivesAnyNesting() {
        let document = Document(parsing: String(repeating: "> ", count: 5000) + "deep", file: "f.md")
        #expect(document.elements.count == 1)
    }

    @Test func everyPrefixOfALessonIsReadWithoutHarm() throws {
        let source = try Fixture.exampleLesson().source
        for count in stride(from: 0, to: source.count, by: 7) {
            let document = Document(parsing: String(source.prefix(count)), file: "f.md")
            #expect(document.elements.allSatisfy { $0.line >= 1 })
        }
    }
}

extension Document.Content {
    var kind: String {
        switch self {
        case .prose: "prose"
        case .pause: "pause"
        case .cell: "cell"
        case .prediction: "prediction"
        case .exercise: "exercise"
        }
    }
}
