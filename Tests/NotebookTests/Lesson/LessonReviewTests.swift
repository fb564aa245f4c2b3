import Foundation
import Testing

@testable import Notebook

@Suite struct LessonReviewTests {
    @Test func whatWasWrongComesBackUntilItIsRightAtOnce() throws {
        try Fixture.withFolder { folder in
            let session = Fixture.session(state: StateFolder(folder))
            session.run(all: "lesson 1", "next", "1", "2", "next", "16", "quit lesson")
            #expect(
                session.run("review").story == ["remark", "remark", "prose", "offer", "value 4", "text", "question"])
            #expect(session.run("3").story == ["wrong"])
            #expect(session.run("2").story == ["right"])
            let end = session.run("next")
            #expect(end.said == "0 of 1 right at once; 1 question will come back another time.")
            #expect(session.lesson == nil)

            let later = Fixture.session(state: StateFolder(folder))
            later.run("review")
            later.run("2")
            #expect(later.run("next").said == "1 of 1 right at once; nothing is left to review.")
            #expect(later.run("review").said.hasPrefix("There is nothing to review"))
        }
    }

    @Test func skippedQuestionsAndTasksComeBackWithTheLessonsVariables() {
        let session = Fixture.session()
        session.run("x = 100")
        session.run(all: "lesson 1", "skip", "2", "next", "skip", "skip", "skip", "skip", "skip", "quit lesson")
        session.run("review")
        #expect(session.lesson?.step == 3)
        #expect(session.number("x") == 4)
        session.run("z = 5")
        #expect(session.run("16").story == ["right"])
        session.run("next")
        #expect(session.lesson?.step == 7)
        #expect(session.run("y = x + x").story == ["right"])
        #expect(session.run("next").said == "2 of 2 right at once; nothing is left to review.")
        #expect(session.number("x") == 100)
        #expect(session.number("z") == nil)
    }

    @Test func aRoundCanBeLeftAndChangesNoProgress() {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next", "1", "2", "next", "quit lesson", "review")
        #expect(session.run("back").said.hasPrefix("This is a question by itself"))
        #expect(session.run("quit lesson").said == "You left the review; its questions will come back another time.")
        #expect(session.lesson == nil)
        session.run("lesson 1")
        #expect(session.lesson?.step == 3)
        session.run(all: "quit lesson", "review", "2")
        #expect(session.run("quit lesson").said == "1 of 1 right at once; nothing is left to review.")
    }

    @Test func whyTellsTheLastReason() {
        let session = Fixture.session()
        session.run("lesson 1")
        #expect(session.run("why").said == "No question of this lesson has been answered yet.")
        session.run("next")
        #expect(session.run("why").said.hasPrefix("Answer first"))
        session.run(all: "2", "next")
        session.run("16")
        #expect(session.run("why").story == ["prose"])
    }

    @Test func whereAndRestart() {
        let session = Fixture.session()
        #expect(session.run("where").said.hasPrefix("No lesson is open. `lessons` lists them"))
        session.run(all: "lesson 1", "next")
        let place = session.run("where")
        #expect(place.said == "Lesson 1, All parts: step 2 of 8; this question waits for your answer.")
        #expect(place.story == ["remark", "text", "question"])
        session.run("quit lesson")
        #expect(session.run("where").said.hasPrefix("No lesson is open. You left lesson 1, All parts, at step 2 of 8"))
        session.run("lesson 1")
        #expect(!session.run("restart lesson").story.contains("left"))
        #expect(session.lesson?.step == 1)
        #expect(session.run("lesson 1 from 5").error == nil)
        #expect(session.lesson?.step == 5)
        #expect(session.number("x") == 4)
        let error = session.run("lesson 1 from 50").error
        #expect(error?.message == "lesson 1 has 8 steps")
        #expect(error?.help == "lesson 1 from 8")
    }

    @Test func progressListsEveryLessonAndWhatWasMissed() throws {
        let session = Fixture.session()
        session.run(all: "lesson 1", "next", "1")
        let event = try #require(session.run("progress").lessonEvents.first)
        guard case .progress(let listings, let missed) = event else {
            Issue.record("\(event)")
            return
        }
        #expect(listings.map(\.header.number) == [1, 2])
        #expect(listings[0].mark == .started(step: 2, steps: 8))
        #expect(missed == 1)
    }
}
