import Files
import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct LessonCheckerTests {
    private let checker = LessonChecker(configuration: .init(registry: Fixture.registry))

    private func problems(_ source: String) -> [String] {
        checker.check(Document(parsing: source, file: "f.md")).problems.map { "\($0.line): \($0.message)" }
    }

    private func exercise(_ changes: [String: String]) -> String {
        let keys = [
            ("task", "t"), ("start", "y = 4"), ("check", "y == 8"), ("solution", "y = 8"), ("hints", "[h]"),
            ("wrong", "[y = 9]"), ("mistakes", "[{when: y == 9, say: s}]"),
        ]
        let lines = keys.map { "\($0.0): \(changes[$0.0] ?? $0.1)" }.joined(separator: "\n")
        return "```exercise\n\(lines)\n```\n"
    }

    @Test func theTestLessonsAreGood() {
        for file in Resources(lessons: Fixture.lessons).lessonFiles {
            let report = checker.check(file)
            #expect(report.isGood, "\(report.problems)")
        }
        let report = checker.check(Fixture.lessons.appending(path: "01-all-parts.md"))
        #expect(report.summary == "8 cells, 2 outputs, 2 predictions, 1 exercise, about 5 minutes")
    }

    @Test func aGoodExerciseIsGood() {
        #expect(problems(exercise([:])) == [])
    }

    @Test(arguments: [
        (["start": "y = 8"], "4: the task is done before the learner does anything"),
        (["solution": "y = 7"], "5: the solution does not pass the check"),
        (["solution": "y = nothing_here"], "5: the solution fails: "),
        (["wrong": "[y = 8]"], "7: a wrong answer passes: `y = 8`"),
        (["wrong": "[y = oops]"], "7: a wrong answer fails: "),
        (["start": "y = oops"], "3: the start fails: "),
        (["check": "y + 4"], "4: the check is 12"),
        (["check": "nothing == y"], "4: after the solution, the check fails: "),
        (["mistakes": "[{when: y == 10, say: s}]"], "8: this mistake is never replied to"),
        (["wrong": "[y = 9, y = 10]"], "7: a wrong answer hears no reply of its own: `y = 10`"),
    ])
    func aBadExerciseIsFound(changes: [String: String], problem: String) {
        let found = problems(exercise(changes))
        #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
    }

    @Test(arguments: [
        ("```gan\n1\n```\n```output\n2\n```\n", "4: the cell prints something else"),
        ("a\n\n```gan\nx = 1\ny = [x,\n  oops]\n```\n", "6: the cell fails: "),
        ("```gan\n1\n```\n```error\noops\n```\n", "4: the cell was to fail, and did not"),
        ("```gan\noops\n```\n```error\nsomething else\n```\n", "4: the cell fails with another message"),
        (
            "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\n---\n```gan\n1; out[1]\n```\n",
            "8: a cell of a lesson uses `out[…]`"
        ),
        ("```predict\nquestion: q\nanswer: oops\nwithin: 1\nbecause: b\n```\n", "3: the answer fails: "),
        (
            "```predict\nquestion: q\nanswer: \"[1, 2]\"\nwithin: 1\nbecause: b\n```\n",
            "3: the answer `[1, 2]` is no number"
        ),
        (
            "```predict\nquestion: q\nanswer: 3\nwithin: 1\nbecause: b\nmistakes: [{when: guess - 2, say: s}]\n```\n",
            "6: this `when` is 1"
        ),
    ])
    func aBadCellOrPredictionIsFound(source: String, problem: String) {
        let found = problems(source)
        #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
    }

    /// What a teacher gets wrong: the example with one thing changed, and everything that is said to it.
    @Test(arguments: [
        ("minutes: 6", "minutes:\t6\n\tneeds: [9]", ["6: the front matter is not YAML"]),
        (
            "---\n# Averages", "# Averages",
            ["10: the front matter is not YAML", "55: the cell", "60: the cell", "65: the start"]
        ),
        ("say: The mean has", "say: [The mean has", ["74: this exercise is not YAML"]),
        ("task: Make `y`", "task: Make: `y`", ["65: this exercise is not YAML"]),
        ("minutes: 6", "minutes: 6\nminutes: 7", ["1: the front matter has a key twice: `minutes`"]),
        (
            "minutes: 6", "minuts: 6",
            ["1: the front matter has no `minutes`", "5: the front matter has an unknown key"]
        ),
        ("```gan\nx =", "```Gan\nx =", ["13: a block in the unknown language `Gan`"]),
        ("x = arange(10)\nx", "x = arange(10\nx", ["15: the cell fails: expected `)`"]),
        (
            "mean(x)\n```\n", "mean(x)\n\n",
            ["28: this `gan` block goes on beyond the fence in line 32", "32: the cell fails"]
        ),
        ("abs(guess - 45) < 0.1", "abs(guess - 45 < 0.1", ["43: this `when` fails"]),
        ("  - y = [0, 0]", "  - y = q", ["85: a wrong answer fails: there is no `q`", "76: this mistake is never"]),
    ])
    func aSlipIsToldOnceWithItsLine(text: String, slip: String, problems: [String]) throws {
        let example = try Fixture.exampleLesson().source
        let changed = example.replacing(text, with: slip, maxReplacements: 1)
        try #require(changed != example)
        let registry = Library.registry(resources: Resources())
        let checker = LessonChecker(
            configuration: .init(
                registry: registry, resources: Resources(lessons: Fixture.root.appending(path: "lessons"))))
        let found = checker.check(Document(parsing: changed, file: "01-averages.md")).problems
            .map { "\($0.line): \($0.message)" }
        #expect(found.count == problems.count, "\(found)")
        for problem in problems { #expect(found.contains { $0.hasPrefix(problem) }, "\(found)") }
    }

    @Test func aLessonWithoutFrontMatterIsToldSo() {
        let question =
            "Text.\n\n```predict\nquestion: q\nchoices: [a, b]\nanswer: 1\nbecause: b\nmistakes: {2: s}\n```\n"
        let found = Document(parsing: question, file: "lessons/03-new.md").problems
        #expect(found.map(\.message) == ["a question or a task, and the lesson has no front matter"])
        #expect(Document(parsing: question, file: "page.md").problems.isEmpty)
    }

    @Test func aStoppedCheckIsNotGood() {
        var asked = 0
        let checker = LessonChecker(
            configuration: .init(
                registry: Fixture.registry,
                interrupted: {
                    asked += 1
                    return asked > 20
                }))
        let source = "```gan\nn = 0; repeat 1000 { n = n + 1 }\n```\n```gan\n2\n```\n"
        let report = checker.check(Document(parsing: source, file: "f.md"))
        #expect(report.problems.map(\.message) == ["the check was stopped here"])
        #expect(report.cells == 1)
    }

    @Test func whatFollowsFromAFailureIsNotSaidAgain() {
        let source = "```gan\na = oops\nf(x) = x\n```\n```gan\nb = a + 1\n```\n```gan\nb\n```\n```gan\nc\n```\n"
        let found = problems(source)
        #expect(found.count == 2, "\(found)")
        #expect(found.first?.hasPrefix("2: the cell fails: ") ?? false)
        #expect(found.last?.hasPrefix("12: the cell fails: ") ?? false)
    }

    @Test func theFilesNumberIsTheLessons() {
        let source = "---\nlesson: 2\ntitle: t\nsummary: s\nminutes: 1\n---\n"
        let report = checker.check(Document(parsing: source, file: "lessons/03-x.md"))
        #expect(report.problems.map(\.message) == ["the file's name begins with 03, the lesson is 2"])
    }

    @Test func wrongAnswersLeaveNoTrace() {
        let source = exercise(["wrong": "[z = 1; y = 9]"]) + "```gan\nz\n```\n```error\nz\n```\n"
        #expect(problems(source) == [])
    }

    @Test func fillsInTheOutputs() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.md")
            let source = """
                # Title

                ```gan
                x = 2
                x + 1
                ```

                ```output
                ```

                ```gan
                x; x * 4
                ```

                ```output
                old
                older
                ```

                ```gan
                oops
                ```

                ```error
                something else
                ```

                The *end*.

                """
            try WholeFile.write(source, to: file)
            let update = try checker.updateOutputs(of: file)
            #expect(update.blocks == 3)
            #expect(update.report.isGood, "\(update.report.problems)")
            let text = try WholeFile.text(of: file)
            #expect(text.contains("```output\n3\n```"))
            #expect(text.contains("```output\n2\n8\n```"))
            #expect(text.contains("`oops`"))
            #expect(text.hasSuffix("The *end*.\n"))
            #expect(try checker.updateOutputs(of: file).blocks == 0)
        }
    }

    @Test func aMissingFileIsAProblem() {
        let report = checker.check(URL(filePath: "/nowhere/x.md"))
        #expect(report.problems.map(\.message) == ["the file cannot be read: there is no such file or folder"])
    }
}
