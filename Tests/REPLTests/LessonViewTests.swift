import REPL
import Testing

@testable import Notebook

private let lesson = """
    ---
    lesson: 2
    title: Averages
    summary: Guess a mean.
    minutes: 7
    ---
    ```predict
    question: Where?
    choices: ["here", "there"]
    answer: 2
    because: Because.
    mistakes:
      1: No.
    ```
    """

@Suite struct LessonViewTests {
    private let view = LessonView(theme: Theme(isColoured: false), columns: 60)
    private let document = Document(parsing: lesson, file: "02-averages.md")

    private func text(_ event: LessonEvent) -> String { view.lines(event).joined(separator: "\n") }

    @Test func theOpeningNamesTheLessonAndTheKeys() throws {
        let header = try #require(document.lesson)
        let opening = text(.opened(header, steps: 5))
        #expect(opening.contains("Lesson 2: Averages"))
        #expect(opening.contains("5 steps, about 7 minutes"))
        #expect(opening.contains("next  back  skip  hint  solution  why  where  glossary WORD  quit lesson"))
    }

    @Test func theEndNamesWhatComesNext() throws {
        let header = try #require(document.lesson)
        #expect(text(.finished(header, next: nil)).contains("✓ Lesson 2 is done: Averages."))
        #expect(text(.finished(header, next: header)).contains("`lesson 2` goes on with Averages."))
        #expect(text(.left(header, step: 3, steps: 5)).contains("step 3 of 5"))
    }

    @Test func theBarShowsHowFarOneIs() {
        #expect(text(.position(step: 5, steps: 5)) == "\n▕████████████████████████▏ step 5 of 5\n")
    }

    @Test func anOfferedCellStandsBehindABar() {
        #expect(view.lines(.offer(source: "x = 1\nx")) == ["  ▌ x = 1", "  ▌ x"])
    }

    @Test func aQuestionListsItsChoices() throws {
        let element = try #require(document.elements.first)
        guard case .prediction(let prediction) = element.content else {
            Issue.record("the lesson has no prediction")
            return
        }
        #expect(
            view.lines(.question(prediction)) == [
                "What will happen?", "", "Where?", "", "  1. here", "  2. there", "",
            ])
    }

    @Test func theKeysStandOnALineAndNoneIsPartedFromWhatItDoes() {
        let hints = [
            KeyHint("1 to 3", "answers"), KeyHint("hint", "helps"), KeyHint("skip", "shows the answer"),
            KeyHint("quit lesson"),
        ]
        #expect(
            LessonView(theme: Theme(isColoured: false), columns: 80).keys(hints) == [
                "  1 to 3 answers, hint helps, skip shows the answer, quit lesson"
            ])
        #expect(view.keys(hints) == ["  1 to 3 answers, hint helps, skip shows the answer,", "  quit lesson"])
        #expect(view.keys([]).isEmpty)
    }

    @Test func theKeysOutsideALessonFitOnALineOf80() {
        let hints = [
            KeyHint("lesson 16", "goes on where you were"), KeyHint("lessons", "lists all"),
            KeyHint("help", "tells what to type"),
        ]
        #expect(LessonView(theme: Theme(isColoured: false), columns: 80).keys(hints).count == 1)
    }

    @Test func theTableOfLessonsFitsOnTheScreen() throws {
        let header = try #require(document.lesson)
        let listings = (1...16).map { LessonListing(header: header, mark: $0 < 4 ? .done : .new, isOpen: false) }
        let whole = text(.catalogue(listings))
        #expect(whole.ranges(of: "Guess a mean.").count == 16)
        let small = LessonView(theme: Theme(isColoured: false), columns: 80, rows: 24).lines(.catalogue(listings))
        #expect(small.count <= 22)
        #expect(small.filter { $0.contains("Guess a mean.") }.count == 1 && small[4].contains("Guess a mean."))
    }

    @Test func everyLineFits() {
        let long = [Block.paragraph([.text(String(repeating: "word ", count: 60))])]
        for event in [
            LessonEvent.prose(long), .hint(long, number: 1, count: 2), .answer("1", because: long),
            .remark(String(repeating: "word ", count: 60)),
        ] {
            #expect(view.lines(event).count > 4)
            #expect(view.lines(event).allSatisfy { DisplayWidth.of($0) < 60 })
        }
    }

    @Test func longCodeIsFoldedOutsideItsStrings() {
        let view = LessonView(theme: Theme(isColoured: false), columns: 50)
        let cell = "plot density A, C, title=\"Bill length of Adelie, Chinstrap\", xlabel=\"mm\""
        let lines = view.lines(.offer(source: cell)).filter { $0.hasPrefix("  ▌ ") }.map { String($0.dropFirst(4)) }
        #expect(
            lines == ["plot density A, C,", "    title=\"Bill length of Adelie, Chinstrap\",", "    xlabel=\"mm\""])
    }
}
