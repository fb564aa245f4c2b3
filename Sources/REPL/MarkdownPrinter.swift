import Notebook

/// Turns the prose of a document into lines for a terminal.
public struct MarkdownPrinter {
    /// Wider lines than this are hard to read, however wide the terminal.
    public static let widest = 88

    let theme: Theme
    let width: Int
    private let flow: TextFlow

    /// A printer for a terminal of `columns` columns.
    public init(theme: Theme, columns: Int) {
        self.theme = theme
        width = max(20, min(columns - 1, Self.widest))
        flow = TextFlow(theme: theme)
    }

    /// The lines of some blocks, with one empty line between them and none at either end.
    public func lines(_ blocks: [Block]) -> [String] {
        lines(blocks, width: width, gap: true)
    }

    /// The lines of one line of text.
    public func lines(_ inlines: [Inline]) -> [String] {
        flow.lines(runs(inlines), width: width)
    }

    private func lines(_ blocks: [Block], width: Int, gap: Bool) -> [String] {
        var all: [String] = []
        for block in blocks {
            if gap, !all.isEmpty { all.append("") }
            all += lines(block, width: width)
        }
        return all
    }

    private func lines(_ block: Block, width: Int) -> [String] {
        switch block {
        case .heading(let level, let inlines): heading(level, inlines, width: width)
        case .paragraph(let inlines): flow.lines(runs(inlines), width: width)
        case .list(let start, let tight, let items): list(start, tight, items, width: width)
        case .table(let table): TablePrinter(theme: theme, width: width, table: table, runs: runs).lines
        case .quote(let blocks):
            lines(blocks, width: width - 2, gap: true).map { theme.paint("│ ", .faint) + $0 }
        case .code(_, let text): code(text)
        case .rule: [theme.paint(String(repeating: "─", count: width), .faint)]
        }
    }

    private func heading(_ level: Int, _ inlines: [Inline], width: Int) -> [String] {
        let lines = flow.lines(runs(inlines, roles: [.heading]), width: width)
        guard level <= 2, let widest = lines.map(DisplayWidth.of).max() else { return lines }
        return lines + [theme.paint(String(repeating: level == 1 ? "═" : "─", count: widest), .heading)]
    }

    private func list(_ start: Int?, _ tight: Bool, _ items: [[Block]], width: Int) -> [String] {
        let markers = items.indices.map { index in start.map { "\($0 + index). " } ?? "• " }
        let margin = markers.map(\.count).max() ?? 2
        var all: [String] = []
        for (marker, item) in zip(markers, items) {
            if !tight, !all.isEmpty { all.append("") }
            let inner = lines(item, width: width - margin - 2, gap: !tight)
            for (index, line) in inner.enumerated() {
                let lead = index == 0 ? String(repeating: " ", count: margin - marker.count) + marker : ""
                all.append(("  " + DisplayWidth.padded(lead, to: margin) + line).trimmingBlanks())
            }
        }
        return all
    }

    private func code(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.last == "" ? lines.dropLast() : lines[...]
        return kept.map { $0.isEmpty ? "" : "    " + theme.paint(String($0), .code) }
    }

    // MARK: Inside a paragraph

    private func runs(_ inlines: [Inline]) -> [Run] {
        runs(inlines, roles: [])
    }

    private func runs(_ inlines: [Inline], roles: [Role]) -> [Run] {
        inlines.flatMap { runs($0, roles: roles) }
    }

    private func runs(_ inline: Inline, roles: [Role]) -> [Run] {
        switch inline {
        case .text(let text): [Run(text: text, roles: roles)]
        case .emphasis(let inner): runs(inner, roles: roles + [.emphasis])
        case .strong(let inner): runs(inner, roles: roles + [.strong])
        case .struck(let inner): runs(inner, roles: roles + [.struck])
        case .code(let text): [Run(text: theme.isColoured ? text : "`\(text)`", roles: roles + [.code])]
        case .link(let inner, let destination): link(inner, destination, roles: roles)
        case .image(let alternative, _): [Run(text: "[picture: \(alternative)]", roles: roles + [.faint])]
        case .softBreak: [Run(text: " ", roles: roles)]
        case .lineBreak: [Run(text: "\n", roles: roles)]
        }
    }

    /// The words of a link, and its address if it is one that can be visited and is not there already.
    private func link(_ inner: [Inline], _ destination: String, roles: [Role]) -> [Run] {
        let words = runs(inner, roles: roles + [.link])
        guard destination.contains("://"), words.map(\.text).joined() != destination else { return words }
        return words + [Run(text: " (\(destination))", roles: roles + [.faint])]
    }
}

/// A table of prose as columns of text; what does not fit in a column goes on in the line below.
struct TablePrinter {
    let theme: Theme
    let width: Int
    let table: ProseTable
    let runs: ([Inline]) -> [Run]

    var lines: [String] {
        let widths = columnWidths
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        let header = table.header.map { runs($0).map { Run(text: $0.text, roles: $0.roles + [.strong]) } }
        let body = table.rows.flatMap { row($0.map(runs), widths) }
        return row(header, widths) + [theme.paint(rule, .faint)] + body
    }

    private func row(_ cells: [[Run]], _ widths: [Int]) -> [String] {
        let flow = TextFlow(theme: theme)
        let columns = zip(cells, widths).map { flow.lines($0, width: $1) }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { line in
            columns.indices.map { column in
                let text = line < columns[column].count ? columns[column][line] : ""
                return aligned(text, to: widths[column], table.alignments[column])
            }
            .joined(separator: "  ").trimmingBlanks()
        }
    }

    private func aligned(_ text: String, to width: Int, _ alignment: ProseTable.Alignment) -> String {
        let missing = max(0, width - DisplayWidth.of(text))
        switch alignment {
        case .natural, .left: return text + String(repeating: " ", count: missing)
        case .right: return String(repeating: " ", count: missing) + text
        case .centre:
            let left = missing / 2
            return String(repeating: " ", count: left) + text + String(repeating: " ", count: missing - left)
        }
    }

    /// As wide as their longest cell; if that is too wide together, the widest give way first.
    private var columnWidths: [Int] {
        let rows = [table.header] + table.rows
        var widths = table.header.indices.map { column in
            rows.map { row in runs(row[column]).reduce(0) { $0 + DisplayWidth.of($1.text) } }.max() ?? 1
        }
        let available = width - 2 * max(0, widths.count - 1)
        while widths.reduce(0, +) > available, let widest = widths.max(), widest > 8,
            let index = widths.firstIndex(of: widest)
        {
            widths[index] -= 1
        }
        return widths
    }
}
