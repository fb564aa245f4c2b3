import Words

/// Reads a CSV file into a table.
///
/// The first line names the columns. A column whose every cell is a number or missing is a column of numbers, any other
/// one of text. Missing are empty cells and the usual words for "not known" (`NA`, `NaN`, `null`, ...). A file
/// separated by semicolons or tabs is recognised by its first line.
public enum CSVReader {
    /// Reads a file. A million rows take well under two seconds.
    public static func read(path: String) throws(DataError) -> DataTable {
        try read(TextFile(path: path))
    }

    /// Reads text that is in memory; `name` is what messages call it.
    public static func read(text: String, name: String) throws(DataError) -> DataTable {
        try read(TextFile(name: name, contents: Array(text.utf8)))
    }

    /// Reads bytes that are in memory; `name` is what messages call them.
    public static func read(contents: [UInt8], name: String) throws(DataError) -> DataTable {
        try read(TextFile(name: name, contents: contents))
    }

    private static func read(_ file: TextFile) throws(DataError) -> DataTable {
        let bytes = file.bytes.span
        let separator = guessSeparator(bytes)
        let scanner = try CSVScanner(bytes, name: file.name, separator: separator)
        guard !scanner.lines.isEmpty else { throw .empty(path: file.name) }
        var notes: [String] = []
        if separator != UInt8(ascii: ",") {
            notes.append("read as separated by \(separator == UInt8(ascii: ";") ? "semicolons" : "tabs")")
        }
        let firstRow = (0..<scanner.width).map { scanner.cells[$0].text(in: bytes) }
        let isHeaderless = firstRow.allSatisfy { Double($0) != nil }
        let names = isHeaderless ? firstRow.indices.map { "x\($0 + 1)" } : columnNames(firstRow, &notes)
        if isHeaderless {
            notes.append("the first line holds numbers, so the columns are called \(Wording.list(names))")
        }
        let firstData = isHeaderless ? 0 : 1
        guard scanner.lines.count > firstData else { throw .noRows(path: file.name) }
        let lines = scanner.lines[firstData...].map { Int($0) }
        var columns: [DataTable.Column] = []
        for (index, name) in names.enumerated() {
            let column = column(name, of: scanner, index, from: firstData, bytes, &notes)
            columns.append(column)
        }
        notes += missingNotes(columns, lines)
        return try DataTable(name: file.name, columns: columns, lines: lines, notes: notes)
    }

    /// A comma anywhere in the first line decides for commas; else semicolons, else tabs.
    private static func guessSeparator(_ bytes: Span<UInt8>) -> UInt8 {
        var hasSemicolon = false
        var hasTab = false
        var isQuoted = false
        for i in 0..<bytes.count {
            switch bytes[i] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: continue
            case UInt8(ascii: ","): return UInt8(ascii: ",")
            case UInt8(ascii: ";"): hasSemicolon = true
            case UInt8(ascii: "\t"): hasTab = true
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if hasSemicolon { return UInt8(ascii: ";") }
                if hasTab { return UInt8(ascii: "\t") }
                if i > 0 { return UInt8(ascii: ",") }
            default: continue
            }
        }
        return hasSemicolon ? UInt8(ascii: ";") : hasTab ? UInt8(ascii: "\t") : UInt8(ascii: ",")
    }

    /// Names for all columns: one without a name is called by its place, one that stands twice is numbered.
    private static func columnNames(_ header: [String], _ notes: inout [String]) -> [String] {
        var taken: Set<String> = []
        var names: [String] = []
        for (index, written) in header.enumerated() {
            let given = tidy(written)
            if given != written {
                notes.append("the name of column \(index + 1) has line breaks or tabs in it; it is called \(given)")
            }
            var name = given.isEmpty ? "x\(index + 1)" : given
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(given.isEmpty ? "x\(index + 1)" : given)_\(number)"
                number += 1
            }
            if name != given {
                let reason = given.isEmpty ? "has no name" : "is a second \(Wording.quoted(given))"
                notes.append("column \(index + 1) \(reason) and is called \(name)")
            }
            names.append(name)
        }
        return names
    }

    /// A name that stands on one line: what is no visible character becomes a blank.
    private static func tidy(_ name: String) -> String {
        let isOdd: (Unicode.Scalar) -> Bool = { $0.properties.generalCategory == .control }
        guard name.unicodeScalars.contains(where: isOdd) else { return name }
        let words = name.unicodeScalars.split { isOdd($0) || $0.properties.isWhitespace }
        return words.map(String.init).joined(separator: " ")
    }

    /// Numbers as long as every cell is one or is missing; else text, from the top.
    private static func column(
        _ name: String, of scanner: borrowing CSVScanner, _ index: Int, from firstRow: Int, _ bytes: Span<UInt8>,
        _ notes: inout [String]
    ) -> DataTable.Column {
        let rows = scanner.lines.count
        let width = scanner.width
        var numbers: [Double] = []
        numbers.reserveCapacity(rows - firstRow)
        var obstacle: (row: Int, isTooLarge: Bool)?
        for row in firstRow..<rows {
            let range = scanner.cells[row * width + index].range
            switch NumberText.read(bytes, range.lowerBound, range.upperBound) {
            case .number(let number): numbers.append(number)
            case .missing: numbers.append(.nan)
            case .tooLarge: obstacle = (row, true)
            case .text: obstacle = (row, false)
            }
            if obstacle != nil { break }
        }
        guard let obstacle else { return DataTable.Column(name: name, cells: .numbers(numbers)) }
        if obstacle.isTooLarge || numbers.contains(where: { !$0.isNaN }) {
            let cell = Wording.quoted(scanner.cells[obstacle.row * width + index].text(in: bytes))
            let reason = obstacle.isTooLarge ? ", too large for a number here (up to 1.8e308)" : ""
            notes.append("\(name) is read as text, because line \(scanner.lines[obstacle.row]) has \(cell)\(reason)")
        }
        var text: [String?] = []
        text.reserveCapacity(rows - firstRow)
        for row in firstRow..<rows {
            let cell = scanner.cells[row * width + index]
            text.append(isMissingText(cell, bytes) ? nil : cell.text(in: bytes))
        }
        return DataTable.Column(name: name, cells: .text(text))
    }

    /// In a column of text only an empty cell and `NA` are missing; a lone `-` or `?` may mean something there.
    private static func isMissingText(_ cell: CSVScanner.Cell, _ bytes: Span<UInt8>) -> Bool {
        let range = cell.range
        switch range.count {
        case 0: return true
        case 2: return bytes[range.lowerBound] == UInt8(ascii: "N") && bytes[range.lowerBound + 1] == UInt8(ascii: "A")
        default: return false
        }
    }

    /// One note for all columns that lack the same rows.
    private static func missingNotes(_ columns: [DataTable.Column], _ lines: [Int]) -> [String] {
        var groups: [(rows: [Int], names: [String])] = []
        for column in columns {
            let missing = column.missingRows
            guard !missing.isEmpty else { continue }
            if let group = groups.firstIndex(where: { $0.rows == missing }) {
                groups[group].names.append(column.name)
            } else {
                groups.append((missing, [column.name]))
            }
        }
        return groups.map { rows, names in
            let count = "\(Wording.count(rows.count, "value")) missing in "
            return count + Wording.list(names) + " (\(Wording.lines(rows.map { lines[$0] })))"
        }
    }
}
