import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct LessonPlayerTests {
    /// A session with the first lesson open at a step.
    private func session(at step: Int = 1) -> Session {
        let session = Fixture.session()
        session.run("lesson 1")
        for _ in 1..<step { session.run("skip") }
        return session
    }

    @Test func opensWithItsFirstCellShownAndNotRun() {
        let session = Fixture.session()
        let result = session.run("lesson 1")
        #expect(result.story == ["opened", "1/8", "prose", "offer"])
        #expect(result.number == nil)
        #expect(session.lesson?.step == 1)
        #expect(session.variables.isEmpty)
    }

    @Test func nextRunsTheCellAndShowsTheNextStep() {
        let session = session()
        let result = session.run("next")
        #expect(result.story == ["cell x = 4", "value 4", "2/8", "question"])
        #expect(session.number("x") == 4)
        #expect(session.record.map(\.number) == [1])
    }

    @Test func typingTheCellCountsAsNext() {
        let session = session()
        #expect(session.run("x = 4\n  x  ").story == ["value 4", "2/8", "question"])
    }

    @Test func anythingElseIsACellAndTheStepStays() {
        let session = session()
        let result = session.run("z = 5; z + 1")
        #expect(result.story == ["value 6"])
        #expect(result.number == 1)
        #expect(session.lesson?.step == 1)
    }

    @Test func afterAPictureTheTextWaits() throws {
        try Fixture.withFolder { folder in
            let lesson =
                "---\nlesson: 1\ntitle: T\nsummary: S.\nminutes: 1\n---\n"
                + "```gan\nshow picture\n```\n\nAfter it.\n\n```gan\n2\n```\n"
            try Data(lesson.utf8).write(to: folder.appending(path: "01-t.md"))
            let session = Session(
                configuration: .init(registry: Fixture.registry, resources: Resources(lessons: folder), seed: 1))
            session.run("lesson 1")
            #expect(session.run("next").story == ["cell show picture", "output", "pause"])
            #expect(session.lesson?.step == 1)
            #expect(session.run("next").story == ["2/2", "prose", "offer"])
        }
    }

    @Test func aFaultyLessonIsToldOfByItsOwnNumber() throws {
        try Fixture.withFolder { folder in
            let lesson = "---\nlesson: 3\ntitle: T\nsummary: S.\nminutes: 1\n---\n```gan\n2\n```\n"
            try Data(lesson.utf8).write(to: folder.appending(path: "03-t.md"))
            try Data("No front matter.\n".utf8).write(to: folder.appending(path: "12-broken.md"))
            let session = Session(
                configuration: .init(registry: Fixture.registry, resources: Resources(lessons: folder), seed: 1))
            #expect(session.run("lesson 1").error?.message == "there is no lesson `1`")
            #expect(session.run("lesson 12").error?.message.hasPrefix("lesson 12 has a fault.") ?? false)
            #expect(session.run("lesson broken").error?.message.hasPrefix("lesson broken has a fault.") ?? false)
        }
    }

    // MARK: Predictions

    @Test func aWrongChoiceGetsItsReplyAndTheQuestionStays() {
        let session = session(at: 2)
        let wrong = session.run("3")
        #expect(wrong.story == ["wrong"])
        #expect(wrong.said == "You went too far.")
        #expect(session.run("next").story == ["remark"])
        #expect(session.lesson?.step == 2)
        #expect(session.run("1").said == "Add, do not subtract.")
        #expect(session.run("2").story == ["right"])
        #expect(session.run("next").story == ["3/8", "prose", "question"])
    }

    @Test(arguments: ["2", " 2 ", "five", "Five"])
    func aChoiceIsItsNumberOrItsText(answer: String) {
        #expect(session(at: 2).run(answer).story == ["right"])
    }

    /// Words of a choice choose it, where they are words of that one alone and no cell.
    @Test(arguments: [
        ("less", "Add, do not subtract."), ("fiv", "Four and one are five."), ("more than", "You went too far."),
        ("2.", "Four and one are five."),
        ("than", "Answer with a number from 1 to 3."), ("no idea", "Answer with a number from 1 to 3."),
    ])
    func wordsAreAnAnswer(answer: String, said: String) {
        #expect(session(at: 2).run(answer).said == said)
    }

    @Test(arguments: ["skp", "x", "true", "help"])
    func wordsThatMeanSomethingAreNone(input: String) {
        let result = session(at: 2).run(input)
        #expect(!result.said.hasPrefix("Answer with") && !result.story.contains("wrong"))
    }

    @Test(arguments: ["0", "4", "-1"])
    func aChoiceOutOfRangeIsToldTheRange(answer: String) {
        let result = session(at: 2).run(answer)
        #expect(result.said == "Answer with a number from 1 to 3.")
    }

    @Test func anExpressionAtAQuestionIsACell() {
        let session = session(at: 2)
        #expect(session.run("x + 1").story == ["value 5"])
        #expect(session.lesson?.step == 2)
    }

    @Test func afterTheAnswerNumbersAreCellsAgain() {
        let session = session(at: 2)
        session.run("2")
        #expect(session.run("7").story == ["value 7"])
    }

    @Test func aNumberIsRightWithinItsDistance() {
        #expect(session(at: 3).run("16.4").story == ["right"])
        #expect(session(at: 3).run("16.6").story == ["wrong"])
    }

    @Test func aWrongNumberIsToldItsMistakeOrTheDirection() {
        let session = session(at: 3)
        #expect(session.run("8").said == "That is x + x.")
        #expect(session.run("2").said == "It is more than that.")
        #expect(session.run("1e3").said == "It is less than that.")
        #expect(session.variables["guess"] == nil)
    }

    @Test func aSumOfBareNumbersIsAnAnswerIfItIsRight() {
        #expect(session(at: 3).run("2 * 8").story == ["value 16", "right"])
        #expect(session(at: 3).run("2 * 7").said == "To answer, type the number itself.")
        // One that the lesson's variables are in is a look at them.
        #expect(session(at: 3).run("x * x").story == ["value 16", "remark"])
        #expect(session(at: 3).run("z = 16").story == [])
        #expect(session(at: 3).run("sixteen").said == "Answer with a number, in digits.")
    }

    @Test func theRightNumberIsTheLessonsWhateverTheLearnerDidToItsVariables() {
        let session = session(at: 3)
        session.run("x = 100")
        #expect(session.run("16").story == ["right"])
    }

    @Test func skippingAQuestionShowsTheAnswer() {
        let session = session(at: 2)
        let result = session.run("skip")
        #expect(result.story == ["answer", "3/8", "prose", "question"])
        #expect(result.said == "2. five")
        #expect(session.run("skip").said == "16")
    }

    @Test func theSolutionOfAQuestionIsItsAnswer() {
        let session = session(at: 2)
        #expect(session.run("solution").story == ["answer"])
        #expect(session.run("next").story.first == "3/8")
    }

    // MARK: Cells that fail, pauses

    @Test func aPauseWaitsForNext() {
        let session = session(at: 3)
        let pause = session.run("skip")
        #expect(pause.story == ["answer", "4/8", "prose", "pause"])
        #expect(session.run("next").story == ["5/8", "prose", "offer"])
    }

    @Test func aCellMayFailOnPurpose() {
        let session = session(at: 5)
        let result = session.run("next")
        #expect(result.story == ["cell x + unknown", "failure name", "6/8", "offer"])
        #expect(result.error == nil)
    }

    // MARK: Exercises

    @Test func anExerciseOpensWithItsStartAndIsDoneWhenItsCheckHolds() {
        let session = session(at: 6)
        #expect(session.run("next").story == ["cell d = roll()", "7/8", "task", "cell y = x"])
        #expect(session.number("y") == 4)
        #expect(session.run("next").story == ["remark"])
        let wrong = session.run("y = 4 * x")
        #expect(wrong.story == ["wrong"])
        #expect(wrong.said == "That is four times.")
        #expect(session.run("y = 9").said == "What the task asks for does not hold yet.")
        #expect(session.run("y").story == ["value 9"])
        #expect(session.run("other = 9").story == [])
        session.run("y = 16")
        // What is wrong with `y` is not said again when the learner works on something else.
        #expect(session.run("other = 10").story == [])
        #expect(session.run("other = y; y = 16").story == ["wrong"])
        #expect(session.run("y = z").story == ["failure name"])
        let right = session.run("y = 2 * x")
        #expect(right.story == ["right"])
        #expect(right.said == "Doubling is adding to itself.")
        #expect(session.run("y = 1").story == [])
        #expect(session.run("next").story == ["8/8", "offer"])
    }

    @Test func theLessonGoesOnWithTheLearnersAnswer() {
        let session = session(at: 7)
        session.run(all: "mine = 1", "y = 2 * x", "next")
        let result = session.run("next")
        #expect(result.story.prefix(2) == ["cell [x, y]", "value vector"])
        #expect(session.number("mine") == 1)
    }

    @Test func skippingAnExerciseRunsTheModelAnswer() {
        let session = session(at: 7)
        session.run("y = 100")
        #expect(session.run("skip").story == ["cell y = x", "prose", "8/8", "offer"])
        #expect(session.number("y") == 8)
    }

    @Test func hintsComeOneAfterTheOther() {
        let session = session(at: 7)
        #expect(session.run("hint").said == "Twice is x + x.")
        #expect(session.run("hint").said == "y = ...")
        #expect(session.run("hint").said.hasPrefix("That was the last hint"))
        #expect(session.number("y") == 4)
    }

    @Test func theSolutionIsShownAndNotRun() {
        let session = session(at: 7)
        #expect(session.run("solution").story == ["solution", "remark"])
        #expect(session.number("y") == 4)
    }

    @Test func theCheckLeavesNoTrace() {
        let session = session(at: 7)
        session.run("5")
        #expect(session.run("_").story == ["value 5"])
    }

    // MARK: Free play cannot spoil the lesson

    @Test func theLessonsCellsSeeTheLessonsVariables() {
        let session = session(at: 7)
        session.run(all: "y = 2 * x", "next", "x = [1, 2, 3]", "y = 0", "other = 7", "next")
        #expect(session.variables["x"]?.number == 4)
        #expect(session.number("y") == 8)
        #expect(session.number("other") == 7)
    }

    @Test func theLessonsRandomNumbersDoNotDependOnTheLearner() {
        let quiet = session(at: 6)
        quiet.run(all: "next", "skip", "next")
        let busy = session(at: 2)
        busy.run(
            all: "roll()", "roll(); roll()", "skip", "skip", "next", "roll()", "next", "next", "y = 2 * x + 0 * roll()")
        busy.run(all: "next", "roll()", "next")
        #expect(quiet.number("d") == busy.number("d"))
        #expect(quiet.number("e") != nil)
        #expect(quiet.number("e") == busy.number("e"))
    }

    // MARK: Back

    @Test func backPutsEverythingBack() {
        let session = session(at: 7)
        session.run(all: "x = 0", "extra = 1", "nonsense(", "y = unknown")
        let result = session.run("back")
        #expect(result.story == ["6/8", "offer"])
        #expect(session.number("x") == 4)
        #expect(session.variables["extra"] == nil)
        #expect(session.variables["y"] == nil)
        #expect(session.run("next").story == ["cell d = roll()", "7/8", "task", "cell y = x"])
    }

    @Test func backAndForthGivesTheSameRandomNumbers() {
        let session = session(at: 6)
        session.run("next")
        let first = session.number("d")
        session.run(all: "back", "next")
        #expect(session.number("d") == first)
    }

    @Test func backAtTheFirstStepStays() {
        #expect(session().run("back").said == "This is the first step.")
    }

    @Test func backToAQuestionThatWasAnsweredLetsOnePass() {
        let session = session(at: 2)
        session.run(all: "2", "next")
        let back = session.run("back")
        #expect(back.story == ["2/8", "question", "remark"])
        #expect(back.said.hasPrefix("You have answered this"))
        #expect(session.run("why").story == ["prose"])
        #expect(session.run("next").story.first == "3/8")
    }

    @Test func cellNumbersGoOnAfterBack() {
        let session = session()
        session.run(all: "next", "back", "next")
        #expect(session.record.map(\.number) == [1, 2])
        #expect(session.run("3 + out[1]").story == ["value 7"])
    }

    // MARK: The end

    @Test func theEndIsReachedAndTheVariablesStay() {
        let session = session(at: 8)
        let result = session.run("next")
        #expect(result.story == ["cell [x, y]", "value vector", "prose", "finished"])
        #expect(session.lesson == nil)
        #expect(session.number("y") == 8)
        guard case .finished(_, let next)? = result.lessonEvents.last else { return #expect(Bool(false)) }
        #expect(next?.number == 2)
    }

    @Test func whatWasThereBeforeComesBack() {
        let session = Fixture.session()
        session.run(all: "x = 50", "w = 60", "lesson 1")
        #expect(session.variables.isEmpty)
        session.run("next")
        let result = session.run("quit lesson")
        #expect(result.story == ["left", "remark"])
        #expect(result.said == "`x`: again as before the lesson.")
        #expect(session.number("x") == 50)
        #expect(session.number("w") == 60)
    }

    @Test(arguments: ["next", "back", "skip", "hint", "solution", "quit lesson"])
    func withoutALessonTheCommandsSayHowToOpenOne(command: String) {
        let result = Fixture.session().run(command)
        #expect(result.error?.message == "no lesson is open")
        #expect(result.number == nil)
    }

    @Test func lessonsAreFoundByNumberFileAndTitle() {
        for name in ["2", "next-one", "\"the next\"", "02-next-one", "one"] {
            let session = Fixture.session()
            session.run("lesson \(name)")
            #expect(session.lesson?.header.number == 2, "\(name)")
        }
        // With no name, it is the one that comes next.
        let beginner = Fixture.session()
        beginner.run("lesson")
        #expect(beginner.lesson?.header.number == 1)
        #expect(Fixture.session().run("lesson 9").error?.help == "there are 1 to 2; `lessons` lists them")
        let result = Fixture.session().run("lesson all-part")
        #expect(result.error == nil)
        let none = Fixture.session().run("lesson nxt-one")
        #expect(none.error?.message == "there is no lesson `nxt-one`")
        #expect(none.error?.help == "did you mean `next-one`?")
        #expect(none.error?.range == SourceRange(start: 7, end: 14))
    }

    @Test func everyOtherInputIsHarmless() {
        for step in 1...8 {
            for input in ["", "   ", "\n", "((", "next next", "lesson", "hint 3", "🦆", "# only a comment", "\u{0}"] {
                let session = session(at: step)
                _ = session.run(input)
                #expect(session.lesson?.step == step, "step \(step), input \(input)")
            }
        }
    }
}
