import Foundation

/// The colour of a character.
enum Ink: Hashable {
    /// The terminal's own colour of text, which can be read on dark and on light.
    case standard
    /// A role's.
    case role(Role)
    /// A mixture.
    case colour(RGB)
}

/// The cells between the axes of a text picture. Column 0 and row 0 are the axes themselves; rows count upwards.
struct TextArea {
    /// The character column of the vertical axis, from the left edge of the picture.
    let left: Int
    /// The character row of the horizontal axis, from the bottom of the picture.
    let bottom: Int
    /// The last column of cells.
    let columns: Int
    /// The last row of cells.
    let rows: Int
    let view: ViewRange
    let isLogarithmic: (x: Bool, y: Bool)

    /// Where a point lies, in cells and parts of them.
    func place(_ point: Point) -> (column: Double, row: Double)? {
        guard let across = Self.share(of: point.x, in: view.x, isLogarithmic.x),
            let up = Self.share(of: point.y, in: view.y, isLogarithmic.y)
        else { return nil }
        return (across * Double(columns), up * Double(rows))
    }

    /// The point at the middle of a cell.
    func point(_ column: Double, _ row: Double) -> Point {
        Point(
            Self.value(at: column / Double(columns), in: view.x, isLogarithmic.x),
            Self.value(at: row / Double(rows), in: view.y, isLogarithmic.y))
    }

    private static func share(of value: Double, in range: ClosedRange<Double>, _ isLogarithmic: Bool) -> Double? {
        guard value.isFinite else { return nil }
        if isLogarithmic {
            guard value > 0, range.lowerBound > 0 else { return nil }
            return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
        }
        return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    private static func value(at share: Double, in range: ClosedRange<Double>, _ isLogarithmic: Bool) -> Double {
        let value =
            isLogarithmic && range.lowerBound > 0
            ? range.lowerBound * pow(range.upperBound / range.lowerBound, share)
            : range.lowerBound + (range.upperBound - range.lowerBound) * share
        return min(max(value, range.lowerBound), range.upperBound)
    }
}

/// The characters between the axes, before gnuplot puts them in their places.
struct TextCanvas {
    /// A place between the axes.
    struct Cell: Hashable {
        var column: Int
        var row: Int
    }

    /// A character and its colour.
    struct Glyph: Hashable {
        var character: Character
        var ink: Ink
    }

    let area: TextArea
    let style: TextStyle
    private(set) var cells: [Cell: Glyph] = [:]

    init(area: TextArea, style: TextStyle) {
        self.area = area
        self.style = style
    }

    /// Puts a character into a cell; outside the axes nothing happens. Dots of Braille in the same colour add up.
    mutating func put(_ character: Character, _ ink: Ink, column: Int, row: Int) {
        guard (1...area.columns).contains(column), (1...area.rows).contains(row) else { return }
        let cell = Cell(column: column, row: row)
        if let before = cells[cell], before.ink == ink,
            let sum = Braille.sum(before.character, character)
        {
            cells[cell] = Glyph(character: sum, ink: ink)
        } else {
            cells[cell] = Glyph(character: character, ink: ink)
        }
    }

    /// Writes a character of a text over whatever is in a cell; a blank clears it.
    mutating func write(_ character: Character, column: Int, row: Int) {
        guard (1...area.columns).contains(column), (1...area.rows).contains(row) else { return }
        cells[Cell(column: column, row: row)] = character == " " ? nil : Glyph(character: character, ink: .standard)
    }

    /// Draws a line through points. Fine dots where Unicode is allowed, else `mark`.
    mutating func stroke(_ points: [Point], _ ink: Ink, mark: Character?, isDashed: Bool = false) {
        let scale = mark == nil ? (x: 2.0, y: 4.0) : (x: 1.0, y: 1.0)
        var last: (x: Int, y: Int)?
        var step = 0
        for point in points {
            guard let place = area.place(point), abs(place.column) < 1e4, abs(place.row) < 1e4 else {
                last = nil
                continue
            }
            let here = (
                x: Int(((place.column + 0.5) * scale.x).rounded(.down)),
                y: Int(((place.row + 0.5) * scale.y).rounded(.down))
            )
            for dot in Self.line(from: last ?? here, to: here) {
                step += 1
                if isDashed, step % 4 >= 2 { continue }
                putDot(dot.x, dot.y, ink, mark)
            }
            last = here
        }
    }

    private mutating func putDot(_ x: Int, _ y: Int, _ ink: Ink, _ mark: Character?) {
        // What begins at the axis itself is drawn beside it: a steep start would be lost.
        let x = mark == nil ? (0..<2).contains(x) ? 2 : x : x == 0 ? 1 : x
        if let mark {
            put(mark, ink, column: x, row: y)
        } else {
            let (column, row) = (Int((Double(x) / 2).rounded(.down)), Int((Double(y) / 4).rounded(.down)))
            put(Braille.dot(x: x - 2 * column, y: y - 4 * row), ink, column: column, row: row)
        }
    }

    private static func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) -> [(x: Int, y: Int)] {
        let steps = max(abs(end.x - start.x), abs(end.y - start.y))
        guard steps > 0 else { return [start] }
        return (0...steps).map { step in
            let share = Double(step) / Double(steps)
            return (
                x: start.x + Int((Double(end.x - start.x) * share).rounded()),
                y: start.y + Int((Double(end.y - start.y) * share).rounded())
            )
        }
    }
}

/// Characters of two by four dots.
enum Braille {
    private static let bits: [[UInt32]] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]]

    /// One dot; x is 0 or 1, y counts 0...3 upwards.
    static func dot(x: Int, y: Int) -> Character {
        character(bits[min(max(x, 0), 1)][min(max(y, 0), 3)])
    }

    /// The dots of both, if both are Braille.
    static func sum(_ one: Character, _ two: Character) -> Character? {
        guard let a = mask(one), let b = mask(two) else { return nil }
        return character(a | b)
    }

    private static func mask(_ character: Character) -> UInt32? {
        guard let code = character.unicodeScalars.first?.value, (0x2800...0x28FF).contains(code) else { return nil }
        return code - 0x2800
    }

    private static func character(_ mask: UInt32) -> Character {
        Unicode.Scalar(0x2800 + mask).map(Character.init) ?? "."
    }
}
