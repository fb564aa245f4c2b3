/// A fault in a document: which file, which line, what is wrong, and what to do.
public struct LessonError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the reader knows it.
    public var file: String
    /// The line in the file, from 1.
    public var line: Int
    /// What is wrong.
    public var message: String
    /// What to do about it.
    public var help: String

    /// A fault at a line of a file.
    public init(file: String, line: Int, _ message: String, help: String) {
        self.file = file
        self.line = line
        self.message = message
        self.help = help
    }

    /// `file:line: message`, and the remedy on the next line.
    public var description: String {
        let place = "\(file):\(line): \(message)"
        return help.isEmpty ? place : "\(place)\n    \(help.replacing("\n", with: "\n    "))"
    }
}
