/// One way to finish the word before the cursor.
public struct Completion: Hashable, Sendable {
    /// What it names.
    public enum Kind: String, Hashable, Sendable {
        case command, function, constant, variable, member, option, choice, word, file, keyword
    }

    /// What takes the word's place.
    public let text: String
    /// What it names.
    public let kind: Kind
    /// One line about it; may be empty.
    public let summary: String
    /// The quote that was opened before the word, and that a whole word closes.
    public let quote: Character?

    /// A way to finish the word, after `quote` if there is one.
    public init(_ text: String, _ kind: Kind, _ summary: String = "", quote: Character? = nil) {
        self.text = text
        self.kind = kind
        self.summary = summary
        self.quote = quote
    }

    /// What usually comes next: a bracket after a function, a blank after a command, a word or a choice, the closing
    /// quote where one is open. A folder goes on.
    public var suffix: String {
        if kind == .file, text.hasSuffix("/") { return "" }
        if let quote { return String(quote) }
        switch kind {
        case .function: return "("
        case .command, .choice, .word, .keyword, .file: return " "
        case .constant, .variable, .member, .option: return ""
        }
    }
}

/// The ways to finish the word before the cursor, and the part of the text that they replace.
public struct Completions: Hashable, Sendable {
    /// The word, in UTF-8 offsets; empty where nothing has been typed of it.
    public let range: SourceRange
    /// The candidates, in alphabetical order within their kinds.
    public let items: [Completion]
}
