/// An error together with the cell that it is about: the one place where errors become text.
///
///     name error in cell 3, line 2: there is no `lnspace`
///         y = lnspace(0, 1)
///             ^^^^^^^
///     help: did you mean `linspace`?
public struct Diagnostic: Sendable {
    /// What a piece of the text is, for its colour.
    public enum Style: Sendable {
        /// "name error in cell 3"
        case title
        /// What was wrong.
        case message
        /// The line of the cell.
        case source
        /// The marks under it.
        case caret
        /// What to do about it.
        case help
    }

    /// A piece of the text and what it is.
    public struct Span: Hashable, Sendable {
        /// The text; lines' ends are in it.
        public let text: String
        /// What it is.
        public let style: Style
    }

    /// The error.
    public let error: CellError
    /// The text of the cell.
    public let source: String
    /// Where the cell is found, such as "cell 3" or "lesson.md"; empty to leave it out.
    public let place: String
    /// The number of the cell's first line, where lines are counted in a larger document.
    public let firstLine: Int?
    /// The columns there are to write in; nil where nobody counts them, and every message stands on a line of its own.
    public let width: Int?

    /// An error in the text of a cell.
    public init(_ error: CellError, source: String, place: String = "", firstLine: Int? = nil, width: Int? = nil) {
        self.error = error
        self.source = source
        self.place = place
        self.firstLine = firstLine
        self.width = width
    }

    /// The text for a person: what, where, and what to do.
    public var text: String { spans.map(\.text).joined() }

    /// The same text in pieces, so that each can have its colour.
    public var spans: [Span] {
        let excerpt = self.error.range.flatMap { self.excerpt(at: $0) }
        let title = title(excerpt?.line) + ": "
        var spans = [
            Span(text: title, style: .title), Span(text: wrapped(error.message, after: title), style: .message),
        ]
        if let excerpt {
            spans.append(Span(text: "\n    " + excerpt.text, style: .source))
            spans.append(
                Span(
                    text: "\n    " + String(repeating: " ", count: excerpt.indent)
                        + String(repeating: "^", count: excerpt.length),
                    style: .caret))
        }
        if let help = error.help {
            spans.append(Span(text: "\nhelp: " + wrapped(help, after: "help: "), style: .help))
        }
        return spans
    }

    /// A text behind a heading, broken between words where the width is known; further lines are indented.
    private func wrapped(_ text: String, after heading: String) -> String {
        guard let width else { return text }
        let indent = 2
        var used = TextWidth.columns(of: heading) - indent
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            defer { used = 0 }
            return TextWidth.wrapped(String(line), width: max(10, width - indent), after: used)
                .joined(separator: "\n" + String(repeating: " ", count: indent))
        }.joined(separator: "\n")
    }

    private func title(_ line: Int?) -> String {
        let kind = error.kind == .interrupted ? "interrupted" : "\(error.kind.rawValue) error"
        let isLong = source.contains { $0.isNewline } || firstLine != nil
        let lineText = line.flatMap { isLong ? "line \($0 + (firstLine ?? 1) - 1)" : nil }
        let whereabouts = [place.isEmpty ? nil : place, lineText].compactMap(\.self).joined(separator: ", ")
        return whereabouts.isEmpty ? kind : "\(kind) in \(whereabouts)"
    }

    // MARK: The line and the mark

    private struct Excerpt {
        /// The line's number in the cell, from 1.
        var line: Int
        var text: String
        /// The columns before the mark.
        var indent: Int
        /// The columns of the mark.
        var length: Int
    }

    private func excerpt(at range: SourceRange) -> Excerpt? {
        let lines = source.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (number, line) in lines.enumerated() {
            let start = source.utf8.distance(from: source.startIndex, to: line.startIndex)
            let end = start + line.utf8.count
            guard range.start <= end || number == lines.count - 1 else { continue }
            return cut(String(line), number: number + 1, from: range.start - start, to: range.end - start)
        }
        return nil
    }

    /// The part of a line round the mark that fits the width.
    private func cut(_ line: String, number: Int, from start: Int, to end: Int) -> Excerpt {
        var before = ""
        var marked = ""
        var after = ""
        var offset = 0
        for character in line {
            let shown = character == "\t" ? " " : character.isControl ? "\u{FFFD}" : character
            let next = offset + character.utf8.count
            if next <= start {
                before.append(shown)
            } else if offset < end {
                marked.append(shown)
            } else {
                after.append(shown)
            }
            offset = next
        }
        let room = max(20, (width ?? 80) - 4)
        let length = max(1, min(TextWidth.columns(of: marked), room / 2))
        let near = TextWidth.suffix(of: before, columns: room - length - 6)
        if near.count < before.count { before = "…" + near.dropFirst() }
        var text = before + marked + after
        if TextWidth.columns(of: text) > room { text = TextWidth.prefix(of: text, columns: room - 1) + "…" }
        return Excerpt(line: number, text: text, indent: TextWidth.columns(of: before), length: length)
    }
}

extension Character {
    /// Whether a terminal would obey it rather than show it.
    public var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
