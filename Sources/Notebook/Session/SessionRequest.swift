import Language

/// What a command asks of the session or the lesson. The command emits it; the session does it when the cell is done.
enum SessionRequest: Sendable {
    case save(String, SourceRange?)
    case export(String, SourceRange?)
    case runFile(String, SourceRange?)
    case exit
    case history(Int?)
    case undo
    case redo
    case catalogue
    case progress
    case open(String, LessonStart, SourceRange?)
    case move(SessionMove)
    case glossary(String?, SourceRange?)
    case review
    case cells(CellRequest)
    case restore(Int, SourceRange?)
}

extension SessionRequest {
    /// Whether it writes a file, which bringing a session back must not.
    var writesFile: Bool {
        switch self {
        case .save, .export: true
        default: false
        }
    }

    /// Whether it runs cells that `undo` takes back; a step of a lesson is taken back by `back`.
    var runsCells: Bool {
        if case .runFile = self { true } else { false }
    }
}

/// Where a lesson is opened.
enum LessonStart: Sendable {
    /// Where the learner left it.
    case whereLeft
    /// At its beginning.
    case beginning
    /// At a step, counted from 1.
    case step(Int, SourceRange?)
}

/// What a learner asks of the open lesson.
enum SessionMove: Sendable {
    case next, back, skip, hint, solution, why, tell, restart, leave
}

/// Carries a request through the evaluator's one way out.
struct RequestValue: ObjectValue {
    let request: SessionRequest

    var typeName: String { "request" }

    func describe(width: Int) -> String { "" }
}

extension Context {
    /// Asks the session for something when the running cell is done.
    func request(_ request: SessionRequest) {
        emit(.object(RequestValue(request: request)))
    }
}
