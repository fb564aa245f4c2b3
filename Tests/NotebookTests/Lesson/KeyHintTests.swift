import Foundation
import Language
import Testing

@testable import Notebook

/// What can be typed, in every state.
@Suite struct KeyHintTests {
    private func keys(_ session: Session) -> [String] { session.keyHints.map(\.key) }

    @Test func outsideALessonTheNextOneIsNamed() throws {
        let session = Fixture.session()
        #expect(session.keyHints.first == KeyHint("lesson 1", "opens the first lesson"))
        #expect(keys(session) == ["lesson 1", "lessons", "help"])
        session.run(all: "lesson 1", "next", "quit lesson")
        #expect(session.keyHints.first == KeyHint("lesson 1", "goes on where you were"))
        session.run(all: "lesson 1", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
        #expect(session.lesson == nil)
        #expect(session.keyHints.first == KeyHint("lesson 2", "opens the next lesson"))
    }

    @Test func everyStepSaysWhatItWaitsFor() {
        let session = Fixture.session()
        session.run("lesson 1")
        let first = ["next", "1 to 3", "a number", "next", "next", "next", "hint", "next"]
        for (index, key) in first.enumerated() {
            #expect(keys(session).first == key, "step \(index + 1)")
            #expect(keys(session).last == "quit lesson")
            session.run("skip")
        }
    }

    @Test func whatTheLearnerTriesChangesNothing() {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next")
        let before = session.keyHints
        for input in ["1 + 1", "nothing", "((", "3", "help", "where", "next"] {
            session.run(input)
            #expect(session.keyHints == before, "after \(input)")
        }
    }

    @Test func anAnswerOpensTheWayOn() {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next", "2")
        #expect(keys(session) == ["next", "why", "back", "quit lesson"])
    }

    @Test func whenThereAreNoMoreHintsNoneIsOffered() {
        let session = Fixture.session()
        session.run("lesson 1 from 7")
        #expect(session.keyHints.first == KeyHint("hint", "helps"))
        session.run("hint")
        #expect(session.keyHints.first == KeyHint("hint", "helps further"))
        session.run("hint")
        #expect(keys(session).first == "solution")
    }

    @Test func aPersonGoesOnByEnter() {
        let session = Fixture.session()
        session.configuration.isPatient = true
        session.run("lesson 1")
        #expect(keys(session) == ["Enter", "quit lesson"])
    }

    @Test func aQuestionOfAReviewEndsItsRound() {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next", "1", "quit lesson", "review")
        #expect(session.keyHints.last == KeyHint("quit lesson", "ends the round"))
        #expect(!keys(session).contains("back"))
    }
}
