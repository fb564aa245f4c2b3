import Language
import LinearAlgebra
import Probability
import Words

/// A table as a value of a cell.
public struct TableValue: HasTable {
    /// The table.
    public let table: DataTable

    /// A table as a value.
    public init(_ table: DataTable) {
        self.table = table
    }

    /// "table"
    public var typeName: String { "table" }

    /// Size, names and kinds of the columns, and the first rows.
    public func describe(width: Int) -> String { TablePrinter(table, width: width).text }

    /// `columns`, `rows`, `notes`, and every column.
    public var memberNames: [String] { ["columns", "rows", "notes"] + table.columnNames }

    /// A column: numbers as a vector, text as a list, missing values left out.
    public func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "columns": return .list(table.columnNames.map(Value.string))
        case "rows": return .integer(table.rowCount)
        case "notes": return .list(table.notes.map(Value.string))
        default:
            guard table.columnNames.contains(name) else { return nil }
            do throws(DataError) {
                return TableValue.value(of: try table.column(name))
            } catch {
                throw error.explanation
            }
        }
    }

    /// `t["column"]`, `t["a", "b"]` (a matrix), `t[5]`, `t[:10]`, `t[t.x > 3]` (rows).
    public func index(_ indices: [Value], in context: Context) throws(CellError) -> Value {
        do throws(DataError) {
            if let value = try columns(indices, context) { return value }
        } catch {
            throw error.explanation
        }
        guard indices.count == 1, let rows = try rows(indices[0]) else {
            throw CellError(
                .type, "a table is indexed by names of columns, or by rows",
                help: "`t[\"column\"]`, `t[\"a\", \"b\"]`, `t[5]`, `t[:10]` or `t[t.column > 3]`")
        }
        return .object(TableValue(table.rows(at: rows)))
    }

    private func columns(_ indices: [Value], _ context: Context) throws(DataError) -> Value? {
        let names = indices.compactMap(\.string)
        guard names.count == indices.count, let first = names.first else { return nil }
        if names.count > 1 { return try Library.matrix(of: table, names, context) }
        let column = try table.column(first)
        if let note = try table.completeRows(in: [first]).note { context.emit(.note(note)) }
        return TableValue.value(of: column)
    }

    private func rows(_ index: Value) throws(CellError) -> [Int]? {
        if let slice = index.object(as: SliceValue.self) { return slice.positions(in: table.rowCount) }
        if let place = index.integer {
            let row = place < 0 ? place + table.rowCount : place
            guard (0..<table.rowCount).contains(row) else {
                throw CellError(.value, "there is no row \(place): the table has \(table.rowCount) rows")
            }
            return [row]
        }
        guard case .mask(let mask) = index else { return nil }
        guard mask.count == table.rowCount else {
            throw CellError(
                .shape, "a mask of \(mask.count) for a table of \(table.rowCount) rows",
                help: "a column leaves out its missing values; `complete(t)` has the rows that lack none")
        }
        return mask.values.indices.filter { mask.values[$0] != 0 }
    }

    private static func value(of column: DataTable.Column) -> Value {
        switch column.cells {
        case .numbers(let numbers): .vector(numbers.filter { !$0.isNaN })
        case .text(let text): .list(text.compactMap { $0.map(Value.string) })
        }
    }
}

/// A table as text.
struct TablePrinter {
    private let table: DataTable
    private let width: Int
    private let shown: Int

    init(_ table: DataTable, width: Int, rows: Int = 6) {
        self.table = table
        self.width = max(width, 24)
        shown = table.rowCount <= rows + 2 ? table.rowCount : rows
    }

    var text: String {
        var lines = [
            "\(table.name): \(Wording.count(table.rowCount, "row")), \(Wording.count(table.columns.count, "column"))"
        ]
        let columns = fitting()
        if !columns.isEmpty {
            for row in 0..<shown + 2 {
                let line = columns.map { $0[row] }.joined(separator: "  ")
                lines.append("  " + line.trimmingBlanksAtEnd)
            }
        }
        let rest = table.columnNames.dropFirst(columns.count)
        if table.rowCount > shown { lines.append("  … \(Wording.count(table.rowCount - shown, "more row"))") }
        if !rest.isEmpty { lines += others(Array(rest)) }
        return lines.joined(separator: "\n")
    }

    /// As many columns as fit, each a list of strings of one width: name, kind, cells.
    private func fitting() -> [[String]] {
        var columns: [[String]] = []
        var used = 0
        for column in table.columns {
            let cells = padded(column)
            let size = TextWidth.columns(of: cells[0]) + 2
            if used + size > width { break }
            used += size
            columns.append(cells)
        }
        return columns
    }

    private func padded(_ column: DataTable.Column) -> [String] {
        let cells = (0..<shown).map { row in
            let line = TablePrinter.visible(column.isMissing(row) ? "–" : column.text(row))
            return line.count > 24 ? line.prefix(23) + "…" : line
        }
        let all = [TablePrinter.visible(column.name), column.isNumeric ? "number" : "text"] + cells
        let size = all.map { TextWidth.columns(of: $0) }.max() ?? 0
        return all.map { cell in
            let blanks = String(repeating: " ", count: size - TextWidth.columns(of: cell))
            return column.isNumeric ? blanks + cell : cell + blanks
        }
    }

    /// The text on one line, without what a terminal would obey.
    private static func visible(_ text: String) -> String {
        String(text.split(whereSeparator: \.isNewline).joined(separator: " ").map { $0.isControl ? "\u{FFFD}" : $0 })
    }

    private func others(_ names: [String]) -> [String] {
        let start = "  … \(Wording.count(names.count, "more column")): "
        let shown = names.prefix(6).map(TablePrinter.visible).joined(separator: ", ")
        let line = start + shown + (names.count > 6 ? ", …" : "")
        return [line.count > width ? String(line.prefix(width - 1)) + "…" : line]
    }
}

extension String {
    fileprivate var trimmingBlanksAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
