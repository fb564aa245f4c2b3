import Language

/// One way to finish the word before the cursor.
public struct Suggestion: Equatable, Sendable {
    /// What takes the word's place.
    public var text: String
    /// What is put behind it when it is the only one: a blank, an opening bracket, or nothing.
    public var suffix: String
    /// One line about it, or "".
    public var summary: String

    /// A suggestion from its text, what follows it, and a line about it.
    public init(text: String, suffix: String = "", summary: String = "") {
        self.text = text
        self.suffix = suffix
        self.summary = summary
    }
}

/// What Tab found: the suggestions, and the word that they are to replace.
public struct Suggestions: Equatable, Sendable {
    /// The part of the line before the cursor that is replaced.
    public var word: String
    /// The suggestions, in the order in which they are shown.
    public var all: [Suggestion]

    /// The suggestions for `word`.
    public init(word: String, all: [Suggestion]) {
        self.word = word
        self.all = all
    }

    /// The language's completions of a text.
    init(_ completions: Completions, in text: String) {
        let bytes = Array(text.utf8)
        let range = completions.range
        let isInside = 0 <= range.start && range.start <= range.end && range.end <= bytes.count
        word = isInside ? String(decoding: bytes[range.start..<range.end], as: UTF8.self) : ""
        all = completions.items.map { Suggestion(text: $0.text, suffix: $0.suffix, summary: $0.summary) }
    }

    /// What Tab does with them.
    package enum Action: Equatable {
        case nothing
        case replace(by: String)
        case list
    }

    /// One suggestion is put in; of several, what they have in common; when that is no more than is there, they are
    /// listed.
    package var action: Action {
        guard let first = all.first else { return .nothing }
        if all.count == 1 { return .replace(by: first.text + first.suffix) }
        let common = all.dropFirst().reduce(first.text) { Self.commonPrefix($0, $1.text) }
        let isLonger = common.count > word.count && common.lowercased().hasPrefix(word.lowercased())
        return isLonger ? .replace(by: common) : .list
    }

    private static func commonPrefix(_ a: String, _ b: String) -> String {
        String(zip(a, b).prefix { $0 == $1 }.map(\.0))
    }
}

/// Shows suggestions below the line: a few with what they are, many in columns.
package enum CompletionMenu {
    static let describedAtMost = 12
    static let rowsAtMost = 16

    /// The rows that list `suggestions` on a screen of `width` columns.
    package static func rows(_ suggestions: [Suggestion], width: Int) -> [String] {
        let described = suggestions.contains { !$0.summary.isEmpty }
        if suggestions.count <= describedAtMost && described {
            return descriptions(suggestions, width: width)
        }
        return columns(suggestions.map(\.text), width: width)
    }

    private static func descriptions(_ suggestions: [Suggestion], width: Int) -> [String] {
        let widest = min(suggestions.map { DisplayWidth.of($0.text) }.max() ?? 0, width / 2)
        return suggestions.map { suggestion in
            let name = DisplayWidth.padded(suggestion.text, to: widest)
            let line = suggestion.summary.isEmpty ? "  \(name)" : "  \(name)  \(suggestion.summary)"
            return DisplayWidth.truncated(line, to: width - 1)
        }
    }

    private static func columns(_ texts: [String], width: Int) -> [String] {
        let column = (texts.map { DisplayWidth.of($0) }.max() ?? 0) + 2
        let across = max(1, (width - 1) / column)
        let down = (texts.count + across - 1) / across
        let shown = min(down, rowsAtMost)
        var rows = (0..<shown).map { row in
            let line = stride(from: row, to: texts.count, by: down).map { DisplayWidth.padded(texts[$0], to: column) }
            return "  " + line.joined().trimmingBlanks()
        }
        if shown < down {
            let hidden = texts.indices.filter { $0 % down >= shown }.count
            rows.append("  ... and \(hidden) more: type another letter and press Tab again")
        }
        return rows.map { DisplayWidth.truncated($0, to: width - 1) }
    }
}

extension String {
    /// This text without the blanks at its end.
    func trimmingBlanks() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
