import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct UndoHistoryTests {
    @Test func takesBackTheLastCellThatChangedSomething() {
        let session = Fixture.session()
        session.run(all: "x = 1", "x = 2", "x", "history")
        #expect(session.run("undo").said == "Undone: [2] x = 2")
        #expect(session.number("x") == 1)
        session.run("undo")
        #expect(session.variables.isEmpty)
        #expect(session.run("undo").said == "There is nothing to undo.")
    }

    @Test func redoTakesAnUndoBackUntilAnotherCellRuns() {
        let session = Fixture.session()
        session.run(all: "x = 1", "x = 2", "undo", "undo")
        #expect(session.run("redo").said == "Done again: [1] x = 1")
        #expect(session.number("x") == 1)
        session.run("x = 5")
        #expect(session.run("redo").said.hasPrefix("There is nothing to do again"))
        session.run("undo")
        #expect(session.number("x") == 1)
    }

    @Test func randomNumbersComeAgain() throws {
        let session = Fixture.session()
        session.run("d = roll()")
        let first = try #require(session.number("d"))
        session.run(all: "undo", "d = roll()")
        #expect(session.number("d") == first)
        session.run("e = roll()")
        #expect(session.number("e") != first)
    }

    @Test func failedCellsAndLooksAreNoSteps() {
        let session = Fixture.session()
        session.run(all: "x = 1", "x + 1", "oops", "roll()")
        #expect(session.run("undo").said == "Undone: [1] x = 1")
    }

    @Test func aFileIsOneStep() throws {
        try Fixture.withFolder { folder in
            let file = folder.appending(path: "cells.gan")
            try Data("a = 1\nb = 2\n".utf8).write(to: file)
            let session = Fixture.session()
            session.run(all: "c = 3", "run \"\(file.path)\"")
            #expect(session.variables.keys.sorted() == ["a", "b", "c"])
            #expect(session.run("undo").said == "Undone: [2] a = 1\n[3] b = 2")
            #expect(session.variables.keys.sorted() == ["c"])
        }
    }

    @Test func undoneCellsAreNoPartOfTheNotebook() throws {
        try Fixture.withFolder { folder in
            let session = Fixture.session()
            session.run(all: "x = 1", "x = 2", "undo", "y = x")
            let file = folder.appending(path: "a.md")
            session.run("save \"\(file.path)\"")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains("x = 2"))
            let again = Fixture.session()
            again.run("run \"\(file.path)\"")
            #expect(again.number("y") == 1)
        }
    }

    @Test func forgetsWhatIsLongAgo() {
        let session = Fixture.session()
        for i in 0...UndoHistory.depth { session.run("x = \(i)") }
        for _ in 0..<UndoHistory.depth { session.run("undo") }
        #expect(session.number("x") == 0)
        #expect(session.run("undo").said == "There is nothing to undo.")
        #expect(session.number("x") == 0)
    }

    @Test func aLessonTakesBackOnlyTheLearnersCells() {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next", "z = 1")
        session.run("undo")
        #expect(session.number("z") == nil)
        #expect(session.number("x") == 4)
        #expect(session.run("undo").said.contains("`back` goes back a step of the lesson"))
        #expect(session.number("x") == 4)
    }
}
