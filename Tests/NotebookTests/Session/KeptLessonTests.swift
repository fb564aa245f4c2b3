import Files
import Foundation
import Language
import Testing

@testable import Notebook

/// Leaving a lesson and coming back finds everything as it was.
@Suite struct KeptLessonTests {
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

        \(Fixture.questionAndTask)

        ```gan
        d = a * c; d
        ```

        ---

        ```gan
        e = d + rand(2); e
        ```
        """

    private func withLesson(_ body: (URL) throws -> Void) throws {
        try Fixture.withFolder { (folder: URL) throws in
            try WholeFile.write(Self.lesson, to: folder.appending(path: "01-turns.md"))
            try body(folder)
        }
    }

    private func session(in folder: URL, interrupted: @escaping () -> Bool = { false }) -> Session {
        var configuration = Session.Configuration(
            resources: Resources(lessons: folder), stateFolder: StateFolder(folder.appending(path: "state")), seed: 3,
            interrupted: interrupted)
        configuration.keepsJournal = true
        return Session(configuration: configuration)
    }

    /// A session in which this was typed, and which then was left or killed.
    private func past(_ inputs: [String], in folder: URL) -> (numbers: [String: Double], random: UInt64, step: Int?) {
        let session = session(in: folder)
        for input in inputs { session.run(input) }
        var random = session.context.random
        return (session.numbers, random.next(), session.lesson?.step)
    }

    private func file(in folder: URL) -> URL { folder.appending(path: "state/lessons/lesson-1.journal") }

    /// Up to the task, with values and mistakes of the learner's own.
    private static let typed = [
        "lesson 1", "next", "mine = rand()", "1", "2", "next", "hint", "c = -rand()", "b = mine + c", "oops(",
    ]

    @Test(arguments: [[], ["quit lesson"], ["quit lesson", "exit"]])
    func everythingIsAsItWas(ending: [String]) throws {
        try withLesson { (folder: URL) throws in
            let left = try Fixture.withFolder { (other: URL) throws in
                try WholeFile.write(Self.lesson, to: other.appending(path: "01-turns.md"))
                return past(Self.typed, in: other)
            }
            _ = past(Self.typed + ending, in: folder)
            let session = session(in: folder)
            session.run("z = 1")
            let result = session.run("lesson 1")
            #expect(result.error == nil)
            #expect(result.story.prefix(3) == ["opened", "output", "3/5"])
            let said = result.outputs.compactMap { if case .measured(let text) = $0 { text.text } else { nil } }
            #expect(said.first?.hasPrefix("The lesson is as you left it: 9 inputs, run again in ") == true)
            #expect(session.numbers == left.numbers && session.number("z") == nil)
            var random = session.context.random
            #expect(random.next() == left.random)
            #expect(session.lesson?.step == left.step && session.lesson?.hintsGiven == 1)
            session.run("c = 5")
            #expect(session.lesson?.isAnswered == true)
            session.run("quit lesson")
            #expect(session.number("z") == 1 && session.number("b") == left.numbers["b"])
        }
    }

    @Test func itComesBackAgainAndAgain() throws {
        try withLesson { (folder: URL) throws in
            _ = past(["lesson 1", "next"], in: folder)
            _ = past(["lesson 1", "mine = rand()"], in: folder)
            let third = past(["lesson 1", "2", "next", "c = 4"], in: folder)
            let fourth = past(["lesson 1"], in: folder)
            #expect(third.numbers == fourth.numbers && third.random == fourth.random)
            #expect(fourth.numbers["mine"] != nil && fourth.step == 3)
        }
    }

    @Test func aStepIsReachedWithTheLearnersOwnValues() throws {
        try withLesson { (folder: URL) throws in
            _ = past(["lesson 1", "next", "mine = 4", "2", "next", "c = 41", "next", "next"], in: folder)
            let session = session(in: folder)
            session.run("lesson 1 from 4")
            #expect(session.lesson?.step == 4 && session.number("c") == 41 && session.number("mine") == 4)
            session.run("lesson 1 from 3")
            #expect(session.lesson?.step == 3 && session.number("c") ?? 1 < 0)
            session.run("c = 7")
            #expect(past(["lesson 1"], in: folder).numbers["c"] != 7, "the lesson is open elsewhere")
            session.run("quit lesson")
            #expect(past(["lesson 1"], in: folder).numbers["c"] == 7)
        }
    }

    @Test func aStepThatWasNeverSeenHasTheModelAnswers() throws {
        try withLesson { (folder: URL) throws in
            _ = past(["lesson 1", "next"], in: folder)
            let there = past(["lesson 1 from 4", "x = 3"], in: folder)
            #expect(there.step == 4 && there.numbers["c"] ?? 0 > 2)
            let again = past(["lesson 1"], in: folder)
            #expect(again.numbers == there.numbers && again.step == 4)
        }
    }

    @Test func beginningAnewForgetsOnlyOnceSomethingIsTyped() throws {
        try withLesson { (folder: URL) throws in
            _ = past(["lesson 1", "next", "mine = 4"], in: folder)
            do {
                let session = session(in: folder)
                let result = session.run(all: "mine = 1", "lesson 1", "restart lesson")
                #expect(result.story.first == "opened" && session.lesson?.step == 1)
            }
            #expect(past(["lesson 1"], in: folder).numbers["mine"] == 4)
            _ = past(["lesson 1", "restart lesson", "yours = 5"], in: folder)
            #expect(past(["lesson 1"], in: folder).numbers == ["yours": 5])
        }
    }

    @Test func aLessonThatIsDoneBeginsAnew() throws {
        try withLesson { (folder: URL) throws in
            let inputs = ["lesson 1", "next", "2", "next", "c = 1", "next", "next", "next", "next"]
            let session = session(in: folder)
            for input in inputs { session.run(input) }
            #expect(session.lesson == nil && session.number("c") == 1)
            #expect(!FileManager.default.fileExists(atPath: file(in: folder).path))
            session.run("lesson 1")
            #expect(session.lesson?.step == 1 && session.number("c") == nil)
        }
    }

    @Test func aRewrittenLessonTakesNothingOfWhatWasTyped() throws {
        try withLesson { (folder: URL) throws in
            _ = past(Self.typed, in: folder)
            let rewritten = Self.lesson.replacing("How many?", with: "How many, then?")
            try WholeFile.write(rewritten, to: folder.appending(path: "01-turns.md"))
            let session = session(in: folder)
            let remarks = session.run("lesson 1").lessonEvents.compactMap {
                if case .remark(let text) = $0 { text } else { nil }
            }
            #expect(remarks.first?.hasPrefix("The lesson has been rewritten since you left it") == true)
            #expect(session.lesson?.step == 3 && session.number("mine") == nil)
        }
    }

    @Test func stoppingLeavesTheLessonClosedAndTheSessionAsItWas() throws {
        try withLesson { (folder: URL) throws in
            let left = past(Self.typed, in: folder)
            var looks = 0
            let session = session(
                in: folder,
                interrupted: {
                    looks -= 1
                    return looks < 0
                })
            looks = 1_000
            session.run("z = 1")
            looks = 10
            let result = session.run("lesson 1")
            #expect(result.said.hasPrefix("Stopped: lesson 1 is closed, and stays as you left it."))
            looks = 1_000
            #expect(session.lesson == nil && session.numbers == ["z": 1] && session.record.count == 1)
            session.run(all: "z = z + 1", "undo")
            #expect(session.numbers == ["z": 1] && session.nextCellNumber == 3)
            session.run("lesson 1")
            #expect(session.numbers == left.numbers)
        }
    }

    @Test func aSessionThatCameBackToALessonComesBackItself() throws {
        try withLesson { (folder: URL) throws in
            _ = past(Self.typed, in: folder)
            let lost = past(["z = 1", "lesson 1", "g = rand()"], in: folder)
            // The lesson goes on elsewhere meanwhile.
            _ = past(["lesson 1", "c = 9"], in: folder)
            let session = session(in: folder)
            session.restore(try #require(session.earlierSessions.dropFirst().first { _ in true }))
            #expect(session.numbers == lost.numbers && session.lesson?.step == lost.step)
            session.run("k = 1")
            #expect(session.lesson != nil)
            session.run("quit lesson")
            #expect(past(["lesson 1"], in: folder).numbers["k"] == 1)
        }
    }

    @Test func cellsKeepTheirNumbersAndPreviousMistakesAreNotCountedTwice() throws {
        try withLesson { (folder: URL) throws in
            _ = past(["x = 2", "lesson 1", "7", "out[2] + 1", "next", "1", "2"], in: folder)
            var progress = ProgressFile(folder: StateFolder(folder.appending(path: "state"))).read().progress
            #expect(progress[1]?.missed == [2])
            progress[1]?.missed = nil
            _ = ProgressFile(folder: StateFolder(folder.appending(path: "state"))).write(progress)
            let session = session(in: folder)
            session.run("lesson 1")
            #expect(session.record.first { $0.source == "out[2] + 1" }?.number == 3)
            #expect(session.context.state.outputs[3]?.number == 8)
            #expect(session.readProgress()[1]?.missed == nil)
        }
    }
}
