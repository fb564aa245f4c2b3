import Language

/// What a command asks of the session or the lesson. The command emits it; the session does it when the cell is done.
enum SessionRequest: Sendable {
    case save(String, SourceRange?)
    case runFile(String, SourceRange?)
    case exit
    case history(Int?)
    case catalogue
    case open(String, restart: Bool, SourceRange?)
    case move(SessionMove)
}

/// What a learner asks of the open lesson.
enum SessionMove: Sendable {
    case next, back, skip, hint, solution, leave
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
