import Files
import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct LessonProgressTests {
    @Test func aLessonIsTakenUpWhereItWasLeft() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let state = StateFolder(folder)
            let first = Fixture.session(state: state)
            first.run(all: "lesson 1", "next", "2", "next", "16", "next", "next", "next", "next")
            #expect(first.lesson?.step == 7)
            let die = first.number("d")

            let second = Fixture.session(state: state)
            let result = second.run("lesson 1")
            #expect(result.story == ["opened", "remark", "7/8", "task", "cell y = x"])
            #expect(second.number("x") == 4)
            #expect(second.number("d") == die)
            #expect(second.run("back").story == ["6/8", "offer"])
            second.run(all: "back", "back", "back", "back", "back")
            #expect(second.lesson?.step == 1)
            #expect(second.variables.isEmpty)
        }
    }

    @Test func resumingAfterAnExerciseUsesTheModelAnswer() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let state = StateFolder(folder)
            let first = Fixture.session(state: state)
            first.run(all: "lesson 1", "skip", "skip", "skip", "skip", "skip", "skip", "y = x * 2", "next")
            #expect(first.lesson?.step == 8)
            first.run("next")
            let second = Fixture.session(state: state)
            second.run("lesson 1 from 1")
            #expect(second.lesson?.step == 1)
            second.run(all: "skip", "skip", "skip", "skip", "skip", "skip", "skip", "quit lesson", "clear", "lesson 1")
            #expect(second.lesson?.step == 8)
            #expect(second.number("y") == 8)
            second.run("next")
            #expect(first.number("e") == second.number("e"))
        }
    }

    @Test func aSessionThatTookUpALessonRunsAgain() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Fixture.session(state: StateFolder(folder))
            session.run(all: "lesson 1", "next", "2", "quit lesson", "clear", "lesson 1", "x + 1")
            let file = folder.appending(path: "a.md")
            session.run("save \"\(file.path)\"")
            let report = LessonChecker(configuration: session.configuration).check(file)
            #expect(report.isGood, "\(report.problems)")
            #expect(report.outputs == 2)
            #expect(session.run("history").outputs.count == 1)
            #expect(session.record.filter { !$0.isImplied }.map(\.number) == [1, 2, 3])
        }
    }

    @Test func marksShowInTheTable() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Fixture.session(state: StateFolder(folder))
            guard case .catalogue(let new)? = session.run("lessons").lessonEvents.first else {
                return #expect(Bool(false))
            }
            #expect(new.map(\.mark) == [.new, .new])
            #expect(new.map(\.header.minutes) == [5, 1])
            session.run(all: "lesson 2", "next", "lesson 1", "next")
            #expect(session.lessonListings.map(\.mark) == [.started(step: 2, steps: 8), .done])
            #expect(session.lessonListings.map(\.isOpen) == [true, false])
            let later = Fixture.session(state: StateFolder(folder))
            #expect(later.lessonListings.map(\.mark) == [.started(step: 2, steps: 8), .done])
            later.run("lesson 2")
            #expect(later.lesson?.step == 1)
            later.run("quit lesson")
            #expect(later.lessonListings.map(\.mark).last == .done)
        }
    }

    @Test(arguments: [
        "", "{", "[]", "{\"lessons\": 3}", "{\"lessons\": {\"1\": {\"step\": -4, \"steps\": 2, \"done\": false}}}",
        "{\"lessons\": {\"one\": {}}}", "\u{0}\u{1}",
    ])
    func aFileThatMakesNoSenseIsKeptAside(text: String) throws {
        try Fixture.withFolder { (folder: URL) throws in
            let state = StateFolder(folder)
            try WholeFile.write(text, to: state.progress)
            let session = Fixture.session(state: state)
            let result = session.run("lesson 1")
            #expect(result.story.contains("note"))
            #expect(session.lesson?.step == 1)
            #expect(try WholeFile.text(of: folder.appending(path: "progress-unreadable.json")) == text)
            session.run("next")
            #expect(ProgressFile(folder: state).read().progress[1]?.step == 2)
        }
    }

    @Test func aLessonThatHasChangedBeginsAgain() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let state = StateFolder(folder)
            var progress = LessonProgress()
            progress[1] = .init(step: 5, steps: 99, isDone: false)
            #expect(ProgressFile(folder: state).write(progress) == nil)
            let session = Fixture.session(state: state)
            session.run("lesson 1")
            #expect(session.lesson?.step == 1)
        }
    }

    @Test func withoutAStateFolderProgressLastsAsLongAsTheSession() {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next", "quit lesson", "lesson 1")
        #expect(session.lesson?.step == 2)
    }
}
