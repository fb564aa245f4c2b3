/// Where cells come from: the line editor, or a pipe.
public protocol LineSource: AnyObject {
    /// Reads one cell, asking for more lines for as long as `isComplete` says that a bracket is open.
    func readCell(prompt: Prompt, isComplete: (String) -> Bool) -> Reading

    /// The same with a text in the line to begin with, for the person to change.
    func readCell(prompt: Prompt, changing text: String, isComplete: (String) -> Bool) -> Reading
}

/// What asking for a cell brought.
public enum Reading: Equatable {
    /// A cell's source, without its last newline, and the number of its first line among all lines read.
    case cell(String, line: Int)
    /// The person pressed Ctrl-C: the line is gone, the session is not.
    case cleared
    /// There is no more input.
    case end
}

/// What stands before the line that is being typed.
public struct Prompt: Equatable, Sendable {
    /// The text before the first line of a cell.
    public var first: String
    /// The text before every further line of it.
    public var further: String
    /// The escape sequence that colours both, or "".
    public var colour: String

    /// A prompt from its two texts and the escape sequence that colours them.
    public init(first: String, further: String, colour: String = "") {
        self.first = first
        self.further = further
        self.colour = colour
    }
}
