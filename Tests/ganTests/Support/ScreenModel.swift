/// What a terminal shows after the bytes that it was sent: enough of a VT100 and xterm for libedit and the playground.
struct ScreenModel {
    private(set) var columns: Int
    private(set) var rows: Int
    private var cells: [[Character?]]
    private var row = 0
    private var column = 0
    private var parser = Parser.ground
    private var parameters = ""
    private var pending: [UInt8] = []

    private enum Parser {
        case ground, escape, control, charset, string
    }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The lines of the screen without the blanks at their ends.
    var lines: [String] {
        cells.map { row in
            var line = String(row.compactMap { $0 })
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// The screen as one text, empty lines at the end left out.
    var text: String {
        var kept = lines
        while kept.last == "" { kept.removeLast() }
        return kept.joined(separator: "\n")
    }

    mutating func resize(columns: Int, rows: Int) {
        var next = ScreenModel(columns: columns, rows: rows)
        let skipped = max(0, row - rows + 1)
        for (index, line) in cells.dropFirst(skipped).prefix(rows).enumerated() {
            for (place, character) in line.prefix(columns).enumerated() { next.cells[index][place] = character }
        }
        next.row = row - skipped
        next.column = min(column, columns - 1)
        self = next
    }

    mutating func feed(_ bytes: [UInt8]) {
        pending += bytes
        var text = ""
        var used = 0
        var decoder = UTF8()
        var iterator = pending.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar):
                text.unicodeScalars.append(scalar)
                used += String(scalar).utf8.count
            case .error:
                // An unfinished character at the end waits for its rest.
                guard pending.count - used > 3 else { break decoding }
                used += 1
            case .emptyInput: break decoding
            }
        }
        pending.removeFirst(used)
        for scalar in text.unicodeScalars { feed(scalar) }
    }

    private mutating func feed(_ scalar: Unicode.Scalar) {
        switch parser {
        case .ground: feedGround(scalar)
        case .escape: feedEscape(scalar)
        case .charset: parser = .ground
        case .string: if scalar == "\u{7}" || scalar == "\u{1B}" { parser = scalar == "\u{7}" ? .ground : .charset }
        case .control:
            if scalar.value >= 0x40 && scalar.value <= 0x7E {
                parser = .ground
                control(Character(scalar), parameters.split(separator: ";").map { Int($0) ?? 0 })
            } else {
                parameters.unicodeScalars.append(scalar)
            }
        }
    }

    private mutating func feedEscape(_ scalar: Unicode.Scalar) {
        parser = .ground
        switch scalar {
        case "[":
            parser = .control
            parameters = ""
        case "(", ")": parser = .charset
        case "]", "P": parser = .string
        case "M": row = max(0, row - 1)
        default: break
        }
    }

    private mutating func feedGround(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\u{1B}": parser = .escape
        case "\r": column = 0
        case "\n": newline()
        case "\u{8}": column = max(0, min(column, columns - 1) - 1)
        case "\t": column = min(columns - 1, (column / 8 + 1) * 8)
        case _ where scalar.value < 0x20: break
        default: put(Character(scalar))
        }
    }

    private mutating func put(_ character: Character) {
        let width = Self.isWide(character) ? 2 : 1
        if column + width > columns {
            column = 0
            newline()
        }
        cells[row][column] = character
        if width == 2 { cells[row][column + 1] = nil }
        column += width
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.contains {
            (0x1100...0x115F).contains($0.value) || (0x2E80...0xFF60).contains($0.value)
        }
    }

    private mutating func newline() {
        if row < rows - 1 {
            row += 1
        } else {
            cells.removeFirst()
            cells.append(Array(repeating: " ", count: columns))
        }
    }

    private mutating func control(_ final: Character, _ numbers: [Int]) {
        let count = max(1, numbers.first ?? 1)
        column = min(column, columns - 1)
        switch final {
        case "A": row = max(0, row - count)
        case "B": row = min(rows - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "D": column = max(0, column - count)
        case "G": column = min(columns - 1, count - 1)
        case "d": row = min(rows - 1, count - 1)
        case "H", "f":
            row = min(rows, max(1, numbers.first ?? 1)) - 1
            column = min(columns, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
        case "J": eraseScreen(numbers.first ?? 0)
        case "K": eraseLine(numbers.first ?? 0)
        case "P":
            cells[row].removeSubrange(column..<min(columns, column + count))
            cells[row] += Array(repeating: " ", count: columns - cells[row].count)
        case "@":
            cells[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
            cells[row].removeLast(cells[row].count - columns)
        case "X": for place in column..<min(columns, column + count) { cells[row][place] = " " }
        default: break
        }
    }

    private mutating func eraseLine(_ mode: Int) {
        let places = mode == 0 ? column..<columns : mode == 1 ? 0..<(column + 1) : 0..<columns
        for place in places { cells[row][place] = " " }
    }

    private mutating func eraseScreen(_ mode: Int) {
        let blank = [Character?](repeating: " ", count: columns)
        if mode == 0 {
            eraseLine(0)
            for line in (row + 1)..<max(rows, row + 1) { cells[line] = blank }
        } else if mode == 2 {
            for line in 0..<rows { cells[line] = blank }
        }
    }
}
