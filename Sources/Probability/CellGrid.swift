// What `Distribution` asks for is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import LinearAlgebra

/// A density that is constant on each cell of a grid of rectangles: the checkerboard, and pictures drawn in text.
public struct CellGrid: PlanarDistribution {
    public let name: String
    public let parameters: [DistributionParameter]
    public let formula: String
    /// The rectangle that the grid fills.
    public let box: (x: ClosedRange<Double>, y: ClosedRange<Double>)
    /// Rows, from the top down.
    public let rows: Int
    /// Columns, from the left.
    public let columns: Int

    private let table: AliasTable
    private let logDensities: [Double]

    /// - Parameter weights: row after row from the top, not negative; only their ratios matter.
    init(
        name: String, parameters: [DistributionParameter], formula: String, weights: [Double], rows: Int, columns: Int,
        box: (x: ClosedRange<Double>, y: ClosedRange<Double>)
    ) throws(DistributionError) {
        table = try AliasTable(weights: weights)
        self.name = name
        self.parameters = parameters
        self.formula = formula
        self.rows = rows
        self.columns = columns
        self.box = box
        let width = (box.x.upperBound - box.x.lowerBound) / Double(columns)
        let height = (box.y.upperBound - box.y.lowerBound) / Double(rows)
        logDensities = table.probabilities.map { log($0) - log(width) - log(height) }
    }

    /// Points spread evenly over every other square of a board round the origin.
    /// - Parameters:
    ///   - cells: squares on a side.
    ///   - size: length of a side of the board.
    public static func checkerboard(cells: Int = 4, size: Double = 4) throws(DistributionError) -> CellGrid {
        guard (2...200).contains(cells) else {
            throw DistributionError("\(cells) cells on a side; there have to be between 2 and 200")
        }
        try DistributionError.requirePositive(size, "the size")
        guard (size / Double(cells)).isNormal else {
            throw DistributionError("the size is \(NumberFormat.short(size)), too small for \(cells) cells on a side")
        }
        let side = -size / 2...size / 2
        // The upper left square is dark on an even board, as is the lower right one.
        let weights = (0..<cells * cells).map { Double(1 - ($0 / cells + $0 % cells) % 2) }
        let dark = weights.reduce(0, +)
        return try CellGrid(
            name: "checkerboard", parameters: [.init("cells", cells), .init("size", size)],
            formula: "p(x) = 1 / (\(Int(dark)) squares of area (size / cells)²) on dark squares, 0 on light ones",
            weights: weights, rows: cells, columns: cells, box: (side, side))
    }

    private var cellWidth: Double { (box.x.upperBound - box.x.lowerBound) / Double(columns) }
    private var cellHeight: Double { (box.y.upperBound - box.y.lowerBound) / Double(rows) }

    private func center(_ cell: Int) -> (x: Double, y: Double) {
        (
            box.x.lowerBound + (Double(cell % columns) + 0.5) * cellWidth,
            box.y.upperBound - (Double(cell / columns) + 0.5) * cellHeight
        )
    }

    public var mean: [Double]? {
        var (x, y) = (0.0, 0.0)
        for (cell, share) in table.probabilities.enumerated() {
            x += share * center(cell).x
            y += share * center(cell).y
        }
        return [x, y]
    }

    public var covariance: Matrix<Double>? {
        guard let mean else { return nil }
        var (xx, xy, yy) = (cellWidth * cellWidth / 12, 0.0, cellHeight * cellHeight / 12)
        for (cell, share) in table.probabilities.enumerated() {
            let (dx, dy) = (center(cell).x - mean[0], center(cell).y - mean[1])
            xx += share * dx * dx
            xy += share * dx * dy
            yy += share * dy * dy
        }
        return Matrix(shape: .matrix(2, 2), values: [xx, xy, xy, yy])
    }

    public var support: [ClosedRange<Double>] { [box.x, box.y] }
    public var plotRange: [ClosedRange<Double>] {
        [box.x, box.y].map { range in
            let margin = 0.1 * (range.upperBound - range.lowerBound)
            return range.lowerBound - margin...range.upperBound + margin
        }
    }

    public func logDensity(x: Double, y: Double) -> Double {
        guard box.x.contains(x), box.y.contains(y) else { return -.infinity }
        let column = CellGrid.place(x - box.x.lowerBound, cellWidth, columns)
        let row = CellGrid.place(box.y.upperBound - y, cellHeight, rows)
        return logDensities[row * columns + column]
    }

    /// How many whole cells fit into a distance from the edge; the far edge belongs to the last of them.
    private static func place(_ distance: Double, _ cell: Double, _ count: Int) -> Int {
        let position = distance / cell
        return position < Double(count) ? Int(position) : count - 1
    }

    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        let (width, height, left, top) = (cellWidth, cellHeight, box.x.lowerBound, box.y.upperBound)
        return random.drawn(count, from: [.uniform, .uniformPair]) { numbers in
            var values = numbers[1]
            for (i, choice) in numbers[0].enumerated() {
                let (row, column) = table.index(for: choice).quotientAndRemainder(dividingBy: columns)
                values[2 * i] = left + (Double(column) + values[2 * i]) * width
                values[2 * i + 1] = top - (Double(row) + values[2 * i + 1]) * height
            }
            return values
        }
    }
}
