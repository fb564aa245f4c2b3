import Language

/// Prose written as Markdown again.
enum MarkdownText {
    /// Blocks with an empty line between them.
    static func text(_ blocks: [Block]) -> String { blocks.map(text).joined(separator: "\n\n") }

    /// A block, without a line end.
    static func text(_ block: Block) -> String {
        switch block {
        case .heading(let level, let inlines): String(repeating: "#", count: level) + " " + text(inlines)
        case .paragraph(let inlines): text(inlines)
        case .list(let start, let isTight, let items): list(start, isTight, items)
        case .table(let table): self.table(table)
        case .quote(let blocks): indented(text(blocks), first: "> ", rest: "> ")
        case .code(let language, let text): NotebookWriter.fenced(text, as: language)
        case .rule: "---"
        }
    }

    /// A line of text with its marks.
    static func text(_ inlines: [Inline]) -> String { inlines.map(text).joined() }

    private static func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text): escaped(text)
        case .emphasis(let inner): "*\(text(inner))*"
        case .strong(let inner): "**\(text(inner))**"
        case .struck(let inner): "~~\(text(inner))~~"
        case .code(let text): code(text)
        case .link(let inner, let destination): "[\(text(inner))](<\(destination)>)"
        case .image(let words, let source): image(words: words, source: source)
        case .softBreak: "\n"
        case .lineBreak: "\\\n"
        }
    }

    /// A picture with the words that stand for it.
    static func image(words: String, source: String) -> String { "![\(escaped(words))](<\(source)>)" }

    /// Text in which nothing is a mark.
    static func escaped(_ text: String) -> String {
        let marks: Set<Character> = ["\\", "`", "*", "_", "[", "]", "<", ">", "&", "|", "~", "#", "!", "$"]
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.contains(where: marks.contains)
            ? line.reduce(into: "") { $0 += marks.contains($1) ? "\\\($1)" : String($1) } : line
    }

    private static func code(_ text: String) -> String {
        let runs: [Substring] = text.split(whereSeparator: { $0 != "`" })
        let fence = String(repeating: "`", count: (runs.map(\.count).max() ?? 0) + 1)
        let isTouching = text.hasPrefix("`") || text.hasSuffix("`")
        return isTouching ? "\(fence) \(text) \(fence)" : fence + text + fence
    }

    private static func list(_ start: Int?, _ isTight: Bool, _ items: [[Block]]) -> String {
        items.enumerated().map { index, blocks in
            let mark = start.map { "\($0 + index). " } ?? "- "
            let body = blocks.map(text).joined(separator: isTight ? "\n" : "\n\n")
            return indented(body, first: mark, rest: String(repeating: " ", count: mark.count))
        }.joined(separator: isTight ? "\n" : "\n\n")
    }

    private static func indented(_ text: String, first: String, rest: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { ($0 == 0 ? first : rest) + $1 }.joined(separator: "\n")
    }

    private static func table(_ table: ProseTable) -> String {
        let marks = table.alignments.map { alignment in
            switch alignment {
            case .natural: "---"
            case .left: ":---"
            case .centre: ":---:"
            case .right: "---:"
            }
        }
        let rows = ([table.header] + table.rows).map { $0.map { text($0).replacing("\n", with: " ") } }
        let all = rows.prefix(1) + [marks] + rows.dropFirst()
        return all.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
