import Language

/// Something to be shown: what a cell prints, or what a lesson says. The front end decides how it looks.
public enum SessionEvent {
    /// A cell that was not typed is about to run: the lesson's, or one of a file.
    case cell(number: Int, source: String)
    /// What a cell shows while it runs.
    case output(Output)
    /// A cell failed, and nothing has changed. `source` is its text, for the caret.
    case failure(CellError, source: String)
    /// What the lesson says.
    case lesson(LessonEvent)
}

extension SessionEvent {
    /// What a cell printed, if this is such an event.
    public var output: Output? {
        if case .output(let output) = self { output } else { nil }
    }
}

/// What became of one input at the prompt.
public struct CellResult {
    /// The number of the cell, or nil if the input was a command to the session or the lesson and made no cell.
    public var number: Int?
    /// The text that was run.
    public var source: String
    /// Everything that was shown, in order; the same events went to `Configuration.events` as they happened.
    public var events: [SessionEvent] = []
    /// Why the cell failed, or nil. A failed cell has changed nothing.
    public var error: CellError?
    /// Whether a person stopped it. What it had reached by then stands, unless `error` is there.
    public var wasInterrupted = false
    /// Whether the person wants to leave.
    public var wantsExit = false
    /// The cell whose text the person wants to change.
    public var draft: CellDraft?

    /// What the cell printed.
    public var outputs: [Output] {
        events.compactMap(\.output)
    }
}

/// The text of a cell that a person is to change; `Session.run(_:replacing:)` takes what becomes of it.
public struct CellDraft: Hashable, Sendable {
    /// The cell's number.
    public let number: Int
    /// Its text as it is, or as it was typed when it failed.
    public let text: String
    /// Whether it is a paragraph of text, which is complete with any line.
    public let isNote: Bool
    /// Whether `$EDITOR` is asked for, in place of the line.
    public let wantsEditor: Bool
}

/// What the lesson says to its learner.
public enum LessonEvent: Hashable, Sendable {
    /// A lesson opens; it has this many steps.
    case opened(LessonHeader, steps: Int)
    /// The learner stands at this step, counted from 1.
    case position(step: Int, steps: Int)
    /// Text to read.
    case prose([Block])
    /// A cell that runs when the learner says `next`, or types it.
    case offer(source: String)
    /// The text ends in a pause; `next` goes on.
    case pause
    /// A question; it waits for an answer.
    case question(Prediction)
    /// A task; the learner types until it is done.
    case task(Exercise)
    /// What is said to an answer or an attempt.
    case verdict(Verdict)
    /// A hint, counted from 1, and how many there are.
    case hint([Block], number: Int, count: Int)
    /// The model answer of an exercise.
    case solution(source: String)
    /// The right answer to a question, in words.
    case answer(String, because: [Block])
    /// A remark of the player's: what can be done here, what was put back.
    case remark(String)
    /// The end is reached; the lesson that comes next, if there is one.
    case finished(LessonHeader, next: LessonHeader?)
    /// The learner leaves at this step.
    case left(LessonHeader, step: Int, steps: Int)
    /// All lessons, for the table of `lessons`.
    case catalogue([LessonListing])
    /// All lessons, for the bars of `progress`, and how many questions were missed.
    case progress([LessonListing], missed: Int)
    /// A term of the glossary: its names, and what it means.
    case definition([String], [Block])
}

/// What is said to an answer or an attempt.
public struct Verdict: Hashable, Sendable {
    /// Whether it was right.
    public var isRight: Bool
    /// Whether a task was tried, of which a part may be right by itself, rather than a question answered.
    public var isTask = false
    /// Why, or what went wrong.
    public var text: [Block]
}

/// A line of the table of lessons.
public struct LessonListing: Hashable, Sendable {
    /// How far the learner is.
    public enum Mark: Hashable, Sendable {
        case new
        case started(step: Int, steps: Int)
        case done
    }

    /// What the lesson's front matter says.
    public var header: LessonHeader
    /// How far the learner is.
    public var mark: Mark
    /// Whether it is open now.
    public var isOpen: Bool
}
