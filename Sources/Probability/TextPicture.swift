import Foundation

/// A picture drawn in text, as a distribution: where the text is dark, points are dense.
///
/// The ramp is ` .:-=+*#%@`, from no points to the most, weights 0 to 9; the digits `1` to `9` are their own weights,
/// the shades `░▒▓█` are 2.25 to 9, any other character is ink of weight 9. A line that starts with `//` is a remark.
/// Characters are taken to be twice as high as wide. The picture keeps its proportions, and its longer side is `size`.
public struct TextPicture: Hashable, Sendable {
    /// Weight of each cell, row after row from the top.
    public let weights: [Double]
    /// Lines of the drawing, blank ones above and below it left out.
    public let rows: Int
    /// Characters of the longest line, blank columns at the left left out.
    public let columns: Int
    /// What messages call it.
    public let name: String

    private static let ramp = Array(" .:-=+*#%@")
    private static let shades: [Character: Double] = ["░": 2.25, "▒": 4.5, "▓": 6.75, "█": 9]
    private static let largest = 1000

    /// Reads a file.
    public init(path: String) throws(DataError) {
        let file = try TextFile(path: path)
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        try self.init(text: String(decoding: file.bytes, as: UTF8.self), name: stem)
    }

    /// Reads text that is in memory.
    /// - Throws: `DataError.empty` when nothing is drawn, `.invalid` beyond 1000 lines or characters in a line.
    public init(text: String, name: String = "drawing") throws(DataError) {
        var grid: [[Double]] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        where !line.hasPrefix("//") {
            grid.append(TextPicture.weights(of: line))
        }
        let inked = grid.indices.filter { grid[$0].contains { $0 > 0 } }
        guard let top = inked.first, let bottom = inked.last else { throw .empty(path: name) }
        grid = Array(grid[top...bottom])
        let left = grid.compactMap { $0.firstIndex { $0 > 0 } }.min() ?? 0
        let right = grid.compactMap { $0.lastIndex { $0 > 0 } }.max() ?? 0
        rows = grid.count
        columns = right - left + 1
        guard rows <= TextPicture.largest, columns <= TextPicture.largest else {
            throw .invalid("\(name) is \(columns) characters wide and \(rows) lines high; 1000 each is the most")
        }
        weights = grid.flatMap { row in (left...right).map { $0 < row.count ? row[$0] : 0 } }
        self.name = name
    }

    private static func weights(of line: Substring) -> [Double] {
        var weights: [Double] = []
        for character in line {
            if character == "\t" {
                let stop = (weights.count / 8 + 1) * 8
                weights += Array(repeating: 0, count: stop - weights.count)
            } else {
                weights.append(weight(of: character))
            }
        }
        return weights
    }

    private static func weight(of character: Character) -> Double {
        if character.isWhitespace { return 0 }
        if let place = ramp.firstIndex(of: character) { return Double(place) }
        if let shade = shades[character] { return shade }
        if let digit = character.isASCII ? character.wholeNumberValue : nil { return Double(digit) }
        return 9
    }

    /// The picture as a distribution round the origin; points are spread evenly within a character's cell.
    /// - Parameter size: length of the longer side.
    public func distribution(size: Double = 4) throws(DistributionError) -> CellGrid {
        try DistributionError.requirePositive(size, "the size")
        let (width, height) = (Double(columns), 2 * Double(rows))
        let scale = size / max(width, height) / 2
        return try CellGrid(
            name: name, parameters: [.init("columns", columns), .init("rows", rows), .init("size", size)],
            formula: "p(x) = darkness of the character at x / sum of all, over the area of a character",
            weights: weights, rows: rows, columns: columns,
            box: (-width * scale...width * scale, -height * scale...height * scale))
    }
}
