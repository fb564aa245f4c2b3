import Language
import LinearAlgebra
import Probability

/// Tables as CSV text (RFC 4180), which `read` takes back to the same numbers.
enum CSVText {
    /// A matrix: a point a row, the columns x and y in the plane and x1, x2, ... elsewhere.
    static func text(of matrix: Matrix<Double>) throws(CellError) -> [UInt8] {
        let isColumn = matrix.rank < 2
        let (rows, columns) = isColumn ? (matrix.count, 1) : (matrix.rows, matrix.columns)
        let names = columns == 1 ? ["x"] : columns == 2 ? ["x", "y"] : (0..<columns).map { "x\($0 + 1)" }
        if let odd = matrix.values.firstIndex(where: \.isInfinite) {
            throw CellError(
                .value,
                "row \(odd / max(columns, 1)) has \(matrix[odd].shortest) in column \(names[odd % columns]); the "
                    + "numbers of a CSV file are finite", help: "a .safetensors file can hold it")
        }
        guard rows > 0, columns > 0 else { throw CellError(.value, "there are no rows to write") }
        var text = Array((names.joined(separator: ",") + "\n").utf8)
        for row in 0..<rows {
            let cells = (0..<columns).map { number(matrix[row * columns + $0]) }
            text += (cells.joined(separator: ",") + "\n").utf8
        }
        return text
    }

    /// A table with its columns.
    static func text(of table: DataTable) throws(CellError) -> [UInt8] {
        guard table.rowCount > 0, !table.columns.isEmpty else { throw CellError(.value, "there are no rows to write") }
        var text = Array((table.columnNames.map(quoted).joined(separator: ",") + "\n").utf8)
        for row in 0..<table.rowCount {
            let cells = table.columns.map { column in
                switch column.cells {
                case .numbers(let numbers): number(numbers[row])
                case .text(let texts): texts[row].map(quoted) ?? "NA"
                }
            }
            text += (cells.joined(separator: ",") + "\n").utf8
        }
        return text
    }

    /// NaN is a missing value.
    private static func number(_ value: Double) -> String { value.isNaN ? "NA" : value.shortest }

    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.allSatisfy { !$0.isNewline && !["\"", ",", ";", "\t"].contains($0) } && !text.isEmpty
            && text != "NA" && text.first?.isWhitespace != true && text.last?.isWhitespace != true
        return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
