import Language

/// A small table of text, two spaces between its columns.
enum TextTable {
    /// The lines of the table; `rows` includes the heading. Columns stand to the right but for those of text.
    static func lines(_ rows: [[String]], left: Set<Int> = [0]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                let padding = String(repeating: " ", count: widths[index] - TextWidth.columns(of: cell))
                return left.contains(index) ? cell + padding : padding + cell
            }
            return cells.joined(separator: "  ").trimmingTrailingSpaces
        }
    }
}

extension TextTable {
    /// The table in parts that are no wider than this, where it can be parted: each begins with the first column.
    static func parted(_ rows: [[String]], width: Int) -> [[[String]]] {
        let columns = rows.map(\.count).max() ?? 0
        guard columns > 1 else { return [rows] }
        let widths = (0..<columns).map { column in rows.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
        var parts: [[Int]] = [[]]
        for column in 1..<columns {
            let part = parts[parts.count - 1]
            let taken = part.reduce(widths[0]) { $0 + 2 + widths[$1] }
            if part.isEmpty || taken + 2 + widths[column] <= width {
                parts[parts.count - 1].append(column)
            } else {
                parts.append([column])
            }
        }
        return parts.map { part in rows.map { row in ([0] + part).map { row[$0] } } }
    }

    /// The table as a text in which the rows below the heading hold something measured in one of the columns.
    static func text(_ rows: [[String]], left: Set<Int> = [0], measured column: Int) -> MeasuredText {
        var varying = VaryingWords()
        for (line, row) in rows.enumerated().dropFirst() where column < row.count {
            let first = row[..<column].reduce(0) { $0 + VaryingWords.words(of: $1).count }
            varying.insert(first..<first + VaryingWords.words(of: row[column]).count, ofLine: line)
        }
        return MeasuredText(lines(rows, left: left).joined(separator: "\n"), varying: varying)
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
