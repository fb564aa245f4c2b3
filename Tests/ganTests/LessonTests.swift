import Foundation
import Testing

/// A learner at the prompt, in a lesson of their own.
@Suite struct LessonTests {
    private static let lesson = """
        ---
        lesson: 1
        title: Averages
        summary: Make four numbers and guess their mean.
        minutes: 2
        ---
        # Averages

        Four numbers, counted up from *nothing*.

        ```gan
        x = [0, 1, 2, 3]
        x
        ```

        ```predict
        question: Where is their mean?
        choices: ["at 1.5", "at 2"]
        answer: 1
        because: The numbers balance there.
        mistakes:
          2: That would be so if zero were no number.
        hints: ["Add them up."]
        ```

        ```exercise
        task: Make `y`, whose mean is 10.
        check: mean(y) == 10
        hints: ["Any numbers will do."]
        solution: y = [10]
        wrong: ["y = [9]"]
        because: So it is.
        ```

        The end of it.
        """

    private let gan: GanProgram

    init() throws {
        gan = try GanProgram()
        let folder = gan.home.appending(path: "course/lessons")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.lesson.write(to: folder.appending(path: "01-averages.md"), atomically: true, encoding: .utf8)
    }

    private func open(_ arguments: [String]) throws -> PseudoTerminal {
        try gan.open(arguments, rows: 60, ["GAN_HOME": gan.home.appending(path: "course").path])
    }

    @Test func aLessonIsWalkedThroughToItsEnd() throws {
        defer { gan.clear() }
        let terminal = try open(["lesson", "1"])
        terminal.expect("Lesson 1: Averages")
        terminal.expect("Four numbers, counted up from nothing.")
        terminal.expect("  ▌ x = [0, 1, 2, 3]\n  ▌ x\n  Enter runs the lesson's cell, quit lesson")
        terminal.expectLine("[1] ›")
        terminal.type("\r")
        terminal.expect("[1] ›\n[0, 1, 2, 3]")
        terminal.expect("  1. at 1.5\n  2. at 2")
        terminal.type("2\r")
        terminal.expect("✗ Not yet.\nThat would be so if zero were no number.")
        terminal.expect("  1 or 2 answers, hint helps, skip shows the answer, quit lesson")
        terminal.type("hint\r")
        terminal.expect("Add them up.\n\n  1 or 2 answers, skip shows the answer, quit lesson")
        terminal.type("1\r")
        terminal.expect("✓ Right.\nThe numbers balance there.")
        terminal.type("next\r")
        terminal.expect("Make y, whose mean is 10.")
        terminal.type("y = [1]\r")
        terminal.type("y = [5, 15]\r")
        terminal.expect("So it is.")
        terminal.type("next\r")
        terminal.expect("✓ Lesson 1 is done: Averages.")
    }

    /// With neither colours nor a line editor the same lesson, and a slip ends nothing.
    @Test func aLessonIsTakenInPlainLines() throws {
        defer { gan.clear() }
        let terminal = try open(["lesson", "1", "--plain"])
        terminal.expect("  Enter runs the lesson's cell, quit lesson\n[1] ›")
        terminal.type("\r")
        terminal.expect("  1 or 2 answers, hint helps, skip shows the answer, quit lesson\n[2] ›")
        terminal.type("nothing + 1\r")
        terminal.expect("there is no `nothing`\n    nothing + 1\n    ^^^^^^^\n  1 or 2 answers, hint helps,")
        terminal.expectLine("[3] ›")
        terminal.type("x = \u{3}")
        terminal.expect("^C\n[3] ›")
        terminal.type("1\r")
        terminal.expect(
            "✓ Right.\nThe numbers balance there.\n\n  Enter goes on, why tells the reason again, back, quit lesson")
        terminal.type("\u{4}")
        #expect(terminal.exitCode() == 0)
    }

    @Test func aPipeIsToldWhatTheLessonWaitsFor() throws {
        defer { gan.clear() }
        let home = ["GAN_HOME": gan.home.appending(path: "course").path]
        let result = try gan.run(["lesson", "1"], input: "next\n2\n", home)
        #expect(result.output.contains("▌ x\n  next runs the lesson's cell, quit lesson\n"))
        #expect(result.output.contains("zero were no number.\n\n  1 or 2 answers, hint helps,"))
    }

    @Test func aLessonIsTakenUpWhereItWasLeft() throws {
        defer { gan.clear() }
        let first = try open(["lesson", "1"])
        first.expectLine("[1] ›")
        first.type("\r")
        first.expect("What will happen?")
        first.expectLine("[2] ›")
        first.type("\u{4}")
        #expect(first.exitCode() == 0)
        let second = try open([])
        second.expectLine("[1] ›")
        second.type("lessons\r")
        second.expect("step 2 of 3")
        second.type("lesson 1\r")
        second.expect("step 2 of 3\n\nWhat will happen?")
        second.type("quit lesson\r")
        second.expect("You left lesson 1 at step 2 of 3.")
    }
}
