/// What went wrong in a cell: said to a person, with the place and, where there is one, the way out.
public struct CellError: Error, Hashable, Sendable {
    /// The family of the error; its raw value is the word that is shown.
    public enum Kind: String, Hashable, Sendable {
        /// The text is no cell.
        case syntax
        /// A name that nothing has.
        case name
        /// A value of the wrong kind.
        case type
        /// Shapes that do not fit each other.
        case shape
        /// A value of the right kind that is out of range or impossible.
        case value
        /// A file that cannot be found, read or written.
        case file
        /// A picture that could not be drawn.
        case plot
        /// The person stopped it.
        case interrupted
    }

    /// The family of the error.
    public var kind: Kind
    /// What was wrong, in one sentence without a full stop.
    public var message: String
    /// Where. The evaluator fills it in from the argument or the call when it is nil.
    public var range: SourceRange?
    /// What to do about it, in one sentence without a full stop.
    public var help: String?
    /// The innermost function written in a cell in whose body it was raised; the message names it.
    private(set) var function: String?

    /// An error of a kind, with its message, its place and what to do about it.
    public init(_ kind: Kind, _ message: String, at range: SourceRange? = nil, help: String? = nil) {
        self.kind = kind
        self.message = message
        self.range = range
        self.help = help
    }

    /// The error of the body of a function written in a cell: it stands where the function was called, and names the
    /// innermost function.
    func raised(in function: String, at range: SourceRange?) -> CellError {
        var error = self
        error.range = range
        guard self.function == nil, kind != .interrupted else { return error }
        error.function = function
        error.message = "in `\(function)`: \(message)"
        return error
    }

    /// The error of a function that calls itself without end.
    static func endlessCalls(of function: String, limit: Int, at range: SourceRange?) -> CellError {
        var error = CellError(
            .value, "`\(function)` calls itself more than \(limit) deep", at: range,
            help: "a case must end it: `f(n) = 1 if n < 1 else n * f(n - 1)`")
        error.function = function
        return error
    }

    /// The same error, placed at `range` unless it already has a place.
    public func placed(at range: SourceRange?) -> CellError {
        var error = self
        error.range = error.range ?? range
        return error
    }
}
