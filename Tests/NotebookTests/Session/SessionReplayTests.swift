import Files
import Foundation
import Language
import LinearAlgebra
import Testing

@testable import Notebook

/// A saved session, run again, gives the same numbers, wherever the learner and the lesson took turns.
@Suite struct SessionReplayTests {
    private static let lesson = """
        ---
        lesson: 1
        title: Turns
        summary: Cells that draw.
        minutes: 1
        seed: 7
        ---
        ```gan
        a = rand(2); a
        ```

        ---

        ```gan
        b = a + rand(2); b
        ```

        \(Fixture.questionAndTask)

        ```gan
        d = b * c + rand(2); d
        ```

        ```gan
        undefined(3)
        ```
        ```error
        there is no function
        ```

        ```gan
        e = d + rand(2); e
        ```
        """

    /// Runs inputs in a session with the lesson, saves it, and runs the notebook; what was different, and how many
    /// cells printed something.
    private func replay(_ inputs: [String], then check: (String) -> Void = { _ in }) throws -> (LessonReport, Session) {
        try Fixture.withFolder { (folder: URL) throws in
            try WholeFile.write(Self.lesson, to: folder.appending(path: "01-turns.md"))
            let session = Session(configuration: .init(resources: Resources(lessons: folder), seed: 3))
            for input in inputs { session.run(input) }
            let file = folder.appending(path: "mine.md")
            #expect(session.run("save \"\(file.path)\"").error == nil)
            check(try WholeFile.text(of: file))
            return (LessonChecker(configuration: session.configuration).check(file), session)
        }
    }

    @Test func freePlayBetweenTheCellsOfALesson() throws {
        let inputs = [
            "u = rand(2); u", "lesson 1", "next", "v = rand(3); a = 0; v", "next", "next", "a, rand()", "2", "next",
            "w = rand(); c = -1; w", "c = 1 + rand(); c", "rand()", "next", "next", "next", "next", "quit lesson",
            "rand(), u, a", "v + rand(3)",
        ]
        let (report, session) = try replay(inputs) { text in
            #expect(text.contains("```gan from=") && text.contains(" apart") && text.contains("mark="))
        }
        #expect(report.isGood, "\(report.problems)")
        #expect(report.outputs >= 12)
        #expect(session.lesson == nil)
    }

    /// A session in which each of some cells is stopped when it has looked so often.
    private func stopped(_ cells: [(source: String, look: Int?)]) -> Session {
        var left: Int?
        let session = Session(
            configuration: .init(
                seed: 3,
                interrupted: {
                    left = left.map { $0 - 1 }
                    return left.map { $0 <= 0 } ?? false
                }))
        for cell in cells {
            left = cell.look
            session.run(cell.source)
        }
        left = nil
        return session
    }

    @Test func whatWasStoppedStopsThereInEveryRun() throws {
        let session = stopped([
            ("n = 0; repeat 100 { n = n + 1 }", 40), ("game = gan(mlp(1, 4, 1), mlp(1, 4, 1), bimodal)", nil),
            ("train 100", 12), ("train 0.01s", nil), ("train 30s", 5), ("m = n; m, game.steps", nil),
        ])
        let steps = try #require(session.variables["game"]?.object(as: GameValue.self)).game.steps
        #expect(steps > 12 && steps < 100_000 && session.record.map(\.wasInterrupted)[2])
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "stopped.md")
            #expect(session.run("save \"\(file.path)\"").error == nil)
            let text = try WholeFile.text(of: file)
            #expect(text.contains("```gan stop=40\n") && text.contains("```gan stop=12\n"))
            #expect(text.contains("and `stop=12` stops it there in every run.") && text.contains("```gan ends="))
            #expect(LessonChecker(configuration: session.configuration).check(file).isGood)
            let again = Session(configuration: .init())
            again.run("open \"\(file.path)\"")
            #expect(again.run("replay").said.hasPrefix("6 cells ran from the top in "))
            #expect(again.run("replay").said.hasSuffix(", and all printed what stood there."))
            #expect(again.number("m") == session.number("m"))
            #expect(
                again.variables["game"]?.object(as: GameValue.self)?.game
                    == session.variables["game"]?
                    .object(as: GameValue.self)?.game)
            again.run("save \"\(file.path)\"")
            #expect(try WholeFile.text(of: file) == text)
            again.run("rerun 1")
            #expect(again.number("n") == 100)
        }
    }

    @Test func whatWasMeasuredIsSavedAndNotCompared() throws {
        let session = Session(configuration: .init())
        session.run(all: "x = 3", "time x + 1", "y = 2; vars")
        try Fixture.withFolder { (folder: URL) throws in
            let (file, other) = (folder.appending(path: "a.md"), folder.appending(path: "b.md"))
            session.run("save \"\(file.path)\"")
            let text = try WholeFile.text(of: file)
            #expect(text.contains("```output varies=2:2-3\n4\ntook "))
            #expect(text.contains("```output varies=2-3:4-5\nname"))
            let slower = text.replacing(/took .*/, with: "took 77.7 s")
            try WholeFile.write(slower, to: other)
            let documents = [text, slower].map { Document(parsing: $0, file: "a.md") }
            #expect(NotebookDifference(documents[0], documents[1]).isEmpty)
            let other5 = Document(parsing: slower.replacing("\n4\n", with: "\n5\n"), file: "b.md")
            #expect(!NotebookDifference(documents[0], other5).isEmpty)
            let checker = LessonChecker(configuration: session.configuration)
            #expect(checker.check(other).isGood)
            #expect(try checker.updateOutputs(of: other).blocks == 0)
            #expect(try WholeFile.text(of: other) == slower)
            let again = Session(configuration: .init())
            #expect(again.run("open \"\(other.path)\"").error == nil)
            #expect(again.run("replay").said.hasSuffix(", and all printed what stood there."))
            again.run("save \"\(other.path)\"")
            #expect(try WholeFile.text(of: other) == slower)
            try WholeFile.write(slower.replacing("varies=2:2-3", with: "varies=two"), to: other)
            let refused = Session(configuration: .init()).run("open \"\(other.path)\"").error
            #expect(refused?.message.contains("`varies=two` names no words") == true)
        }
    }

    @Test func aSessionWithoutALessonHasNothingToPutBack() throws {
        let (report, _) = try replay(["x = rand(3); x", "bad(", "rand()"]) { text in
            #expect(!text.contains("gan "))
        }
        #expect(report.isGood && report.outputs == 2)
    }

    @Test func aLessonPlayedStraightOnPutsNothingBack() throws {
        let (report, _) = try replay(["lesson 1", "next", "next", "next"]) { text in
            #expect(!text.contains("apart"))
        }
        #expect(report.isGood && report.outputs == 2)
    }

    @Test func aNotebookThatIsRunInsideASessionIsSavedAgainToTheSameNumbers() throws {
        try Fixture.withFolder { (folder: URL) throws in
            try WholeFile.write(Self.lesson, to: folder.appending(path: "01-turns.md"))
            let configuration = Session.Configuration(resources: Resources(lessons: folder), seed: 3)
            let first = Session(configuration: configuration)
            for input in ["rand()", "lesson 1", "next", "a = rand(); a", "next", "next", "rand()"] { first.run(input) }
            first.run("save \"\(folder.path)/first.md\"")
            let second = Session(configuration: configuration)
            for input in ["k = rand(); k", "run \"\(folder.path)/first.md\"", "rand() + k"] { second.run(input) }
            second.run("save \"\(folder.path)/second.md\"")
            let report = LessonChecker(configuration: configuration).check(folder.appending(path: "second.md"))
            #expect(report.isGood, "\(report.problems)")
            #expect(report.outputs >= 6)
        }
    }

    @Test func whatWasUndoneIsNotSavedAndItsRandomNumbersAreDrawnAgain() throws {
        let inputs = [
            "x = rand(); x", "y = rand(); y", "rand()", "undo", "z = rand(); z", "undo", "undo", "redo", "rand(2)",
        ]
        let (report, session) = try replay(inputs) { text in
            #expect(text.contains("x = rand()") && !text.contains("y = ") && !text.contains("z = "))
        }
        #expect(report.isGood && report.outputs == 2, "\(report.problems)")
        #expect(session.variables["z"] == nil)
    }

    /// Whatever is typed, in whatever order.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func anyWalk(seed: UInt64) throws {
        var random = RandomStream(seed: seed)
        let steps = [
            "next", "next", "next", "skip", "skip", "back", "2", "1", "hint", "solution", "v = rand(2); v",
            "a = rand(); a",
            "c = 1 + rand(); c", "rand()", "b = 0", "oops(", "undefined + rand()", "lesson 1", "lesson 1 restart",
            "quit lesson", "clear", "x = rand(3); x", "undo", "undo", "redo", "lesson 1 from 3", "review",
        ]
        let inputs = ["u = rand(); u", "lesson 1"] + (0..<40).map { _ in steps[random.integer(below: steps.count)] }
        let (report, _) = try replay(inputs)
        #expect(report.isGood, "\(inputs) \(report.problems.prefix(2))")
    }
}
