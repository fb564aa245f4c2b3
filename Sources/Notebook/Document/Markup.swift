/// A block of prose, as Markdown has it, free of any notion of how it is shown.
public indirect enum Block: Hashable, Sendable {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    /// `start` is the first number of an ordered list, nil for bullets; `tight` lists have no blank lines between items.
    case list(start: Int?, tight: Bool, items: [[Block]])
    case table(ProseTable)
    case quote([Block])
    /// A fenced or indented block that is shown and never run.
    case code(language: String, text: String)
    case rule
}

/// A stretch of text inside a block.
public indirect enum Inline: Hashable, Sendable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case struck([Inline])
    case code(String)
    case link([Inline], destination: String)
    case image(alternative: String, source: String)
    /// A line end of the source, which is a blank when shown.
    case softBreak
    case lineBreak
}

/// A table of prose: every row has as many cells as the header.
public struct ProseTable: Hashable, Sendable {
    /// Where the text of a column stands.
    public enum Alignment: Hashable, Sendable {
        case natural, left, centre, right
    }

    /// One for each column.
    public var alignments: [Alignment]
    /// The header's cells.
    public var header: [[Inline]]
    /// The rows below it.
    public var rows: [[[Inline]]]

    /// A table from its parts.
    public init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]]) {
        self.alignments = alignments
        self.header = header
        self.rows = rows
    }
}

extension Block {
    /// The words alone, without any markup: one line for each paragraph.
    public var plainText: String {
        switch self {
        case .heading(_, let inlines), .paragraph(let inlines): inlines.plainText
        case .list(_, _, let items): items.map { $0.plainText }.joined(separator: "\n")
        case .table(let table): ([table.header] + table.rows).map(plainRow).joined(separator: "\n")
        case .quote(let blocks): blocks.plainText
        case .code(_, let text): text
        case .rule: ""
        }
    }

    private func plainRow(_ cells: [[Inline]]) -> String {
        cells.map(\.plainText).joined(separator: " | ")
    }
}

extension [Block] {
    /// The words alone, block by block.
    public var plainText: String { map(\.plainText).joined(separator: "\n") }
}

extension Inline {
    /// The words alone, without any markup.
    public var plainText: String {
        switch self {
        case .text(let text), .code(let text): text
        case .emphasis(let inner), .strong(let inner), .struck(let inner), .link(let inner, _): inner.plainText
        case .image(let alternative, _): alternative
        case .softBreak: " "
        case .lineBreak: "\n"
        }
    }
}

extension [Inline] {
    /// The words alone, without any markup.
    public var plainText: String { map(\.plainText).joined() }
}
