/// An error of another room that knows how to say itself in a cell.
public protocol ExplainedError: Error {
    /// The error as the person sees it; `range` nil, for the evaluator to fill in.
    var explanation: CellError { get }
}

/// A function that cells can call: also distributions, losses and activations; `topic` tells which.
public struct FunctionEntry: Sendable {
    /// What a function does: it is handed checked arguments. It may throw `CellError`, `ShapeError`, an
    /// `ExplainedError`, or in fact anything: the evaluator makes a `CellError` of it and adds the place.
    public typealias Body = @Sendable (Arguments, Context) throws -> Value

    /// What cells call it.
    public let name: String
    /// Where `help topics` lists it.
    public let topic: Topic
    /// What it does, in one line.
    public let summary: String
    /// What it takes, in order.
    public let parameters: [Parameter]
    /// What comes back, in one line.
    public let returns: String
    /// What else there is to say, in paragraphs.
    public let details: String
    /// A cell that can be run in a new session.
    public let example: String
    /// What it does.
    public let body: Body

    /// A function for the registry. `example` must run in a new session; the tests run it.
    public init(
        _ name: String, topic: Topic, _ summary: String, parameters: [Parameter], returns: String,
        details: String = "", example: String, body: @escaping Body
    ) {
        self.name = name
        self.topic = topic
        self.summary = summary
        self.parameters = parameters
        self.returns = returns
        self.details = details
        self.example = example
        self.body = body
    }
}

/// A command: what a cell may begin with. Its name may have several words, and the longest match wins.
public struct CommandEntry: Sendable {
    /// What a command does: it is handed checked arguments. It may throw whatever a function's body may. What it gives it
    /// puts into `Context.result`.
    public typealias Body = @Sendable (Arguments, Context) throws -> Void

    /// Its words, with one space between them.
    public let name: String
    /// Where `help topics` lists it.
    public let topic: Topic
    /// What it does, in one line.
    public let summary: String
    /// What it takes, in order.
    public let parameters: [Parameter]
    /// What it gives, in one line, so that `name = command ...` keeps it; empty for a command that only does something.
    public let returns: String
    /// What else there is to say, in paragraphs.
    public let details: String
    /// A cell that can be run in a new session.
    public let example: String
    /// Whether it only asks something of the session or the lesson: a cell of such commands is no part of a notebook.
    public let onlyAsks: Bool
    /// What it does.
    public let body: Body

    /// A command for the registry. `example` must run in a new session; the tests run it. Commands about the session and
    /// the lessons only ask, unless said otherwise.
    public init(
        _ name: String, topic: Topic, _ summary: String, parameters: [Parameter], returns: String = "",
        details: String = "", example: String, onlyAsks: Bool? = nil, body: @escaping Body
    ) {
        self.onlyAsks = onlyAsks ?? (topic == .session || topic == .lessons)
        self.name = name
        self.topic = topic
        self.summary = summary
        self.parameters = parameters
        self.returns = returns
        self.details = details
        self.example = example
        self.body = body
    }
}

/// A value that every cell knows by name: `pi`, `ring8`. A variable of the same name hides it.
public struct ConstantEntry: Sendable {
    /// What cells call it.
    public let name: String
    /// Where `help topics` lists it.
    public let topic: Topic
    /// What it is, in one line.
    public let summary: String
    /// A cell that can be run in a new session.
    public let example: String
    /// The value, made each time it is asked for.
    public let value: @Sendable () -> Value

    /// A constant for the registry. `example` must run in a new session; the tests run it.
    public init(
        _ name: String, topic: Topic, _ summary: String, example: String, value: @escaping @Sendable () -> Value
    ) {
        self.name = name
        self.topic = topic
        self.summary = summary
        self.example = example
        self.value = value
    }
}
