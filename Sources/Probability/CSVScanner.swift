/// Cuts the bytes of a CSV file into cells (RFC 4180), and knows on which line each row begins.
///
/// Our own, because SwiftCSV 0.10.0 walks over `Character`s, drops blanks inside the
/// file's text, does not notice a quote that is never closed, and has no line numbers in its errors.
///
/// Lines end with LF, CR LF or CR. A cell in quotes may hold separators, line ends and doubled quotes. Blanks round an
/// unquoted cell, and before an opening quote, do not belong to it. Blank lines are passed over.
struct CSVScanner: ~Copyable {
    /// Where a cell's text lies in the file.
    struct Cell {
        /// Offset of the first byte.
        let start: UInt32
        private let lengthAndMark: UInt32

        init(start: Int, end: Int, hasDoubledQuotes: Bool) {
            self.start = UInt32(truncatingIfNeeded: start)
            lengthAndMark = UInt32(truncatingIfNeeded: end - start) << 1 | (hasDoubledQuotes ? 1 : 0)
        }

        var range: Range<Int> { Int(start)..<Int(start) + Int(lengthAndMark >> 1) }
        var hasDoubledQuotes: Bool { lengthAndMark & 1 == 1 }

        /// The cell's text.
        func text(in bytes: Span<UInt8>) -> String {
            let text = NumberText.string(bytes, range.lowerBound, range.upperBound)
            return hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
        }
    }

    /// Row after row, `width` cells each.
    private(set) var cells: [Cell] = []
    /// Cells in a row.
    private(set) var width = 0
    /// The line on which each row begins, counted from 1.
    private(set) var lines: [Int32] = []

    private let name: String
    private let separator: UInt8
    private var line = 1
    private var position = 0

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ bytes: Span<UInt8>, name: String, separator: UInt8) throws(DataError) {
        self.name = name
        self.separator = separator
        cells.reserveCapacity(bytes.count / 6)
        while position < bytes.count {
            try scanRow(bytes)
        }
    }

    private mutating func scanRow(_ bytes: Span<UInt8>) throws(DataError) {
        let firstCell = cells.count
        let firstLine = line
        let rowStart = position
        while try scanCell(bytes) {}
        let found = cells.count - firstCell
        if found == 1, cells[firstCell].range.isEmpty, bytes[rowStart] != CSVScanner.quote {
            cells.removeLast()
            return
        }
        if width == 0 { width = found }
        guard found == width else {
            throw .raggedRow(path: name, line: firstLine, expected: width, found: found)
        }
        lines.append(Int32(truncatingIfNeeded: firstLine))
    }

    /// Reads one cell and what ends it; true when another cell follows in the same row.
    private mutating func scanCell(_ bytes: Span<UInt8>) throws(DataError) -> Bool {
        skipBlanks(bytes)
        if position < bytes.count, bytes[position] == CSVScanner.quote {
            try scanQuoted(bytes)
        } else {
            scanPlain(bytes)
        }
        return endOfCell(bytes)
    }

    private mutating func scanPlain(_ bytes: Span<UInt8>) {
        let start = position
        var end = position
        while end < bytes.count {
            let byte = bytes[end]
            if byte == separator || byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn { break }
            end += 1
        }
        position = end
        while end > start, NumberText.isBlank(bytes[end - 1]) { end -= 1 }
        cells.append(Cell(start: start, end: end, hasDoubledQuotes: false))
    }

    private mutating func scanQuoted(_ bytes: Span<UInt8>) throws(DataError) {
        let openingLine = line
        position += 1
        let start = position
        var hasDoubledQuotes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == CSVScanner.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == CSVScanner.quote else { break }
                hasDoubledQuotes = true
                position += 1
            } else if byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn {
                takeLineEnd(bytes)
                continue
            }
            position += 1
        }
        guard position < bytes.count else { throw .openQuote(path: name, line: openingLine) }
        cells.append(Cell(start: start, end: position, hasDoubledQuotes: hasDoubledQuotes))
        position += 1
        skipBlanks(bytes)
        if position < bytes.count {
            let byte = bytes[position]
            guard byte == separator || byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn else {
                throw .textAfterQuote(path: name, line: line, column: columnNumber(bytes))
            }
        }
    }

    private mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position] != separator, NumberText.isBlank(bytes[position]) {
            position += 1
        }
    }

    private mutating func endOfCell(_ bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count else { return false }
        if bytes[position] == separator {
            position += 1
            return true
        }
        takeLineEnd(bytes)
        return false
    }

    private mutating func takeLineEnd(_ bytes: Span<UInt8>) {
        if bytes[position] == CSVScanner.carriageReturn, position + 1 < bytes.count,
            bytes[position + 1] == CSVScanner.lineFeed
        {
            position += 1
        }
        position += 1
        line += 1
    }

    private func columnNumber(_ bytes: Span<UInt8>) -> Int {
        var start = position
        while start > 0, bytes[start - 1] != CSVScanner.lineFeed, bytes[start - 1] != CSVScanner.carriageReturn {
            start -= 1
        }
        return NumberText.string(bytes, start, position).count + 1
    }
}
