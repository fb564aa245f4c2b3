/// Something drawn in a panel: its shape, its part in the story, which gives the colour, and its name in the legend.
public struct Series: Hashable, Sendable {
    /// What stands in the legend; empty keeps it out.
    public var name: String
    /// Who it is: real data, made-up data, a model.
    public var role: Role
    /// Its shape and numbers.
    public var kind: Kind

    /// A series.
    public init(_ name: String = "", role: Role, _ kind: Kind) {
        self.name = name
        self.role = role
        self.kind = kind
    }

    /// The shapes that can be drawn.
    public enum Kind: Hashable, Sendable {
        /// Bars between neighbouring edges; one edge more than there are heights.
        case bars(edges: [Double], heights: [Double])
        /// A line through the points; a point that is not finite breaks it.
        case curve([Point])
        /// The area between two curves over the same abscissae.
        case band(x: [Double], lower: [Double], upper: [Double])
        /// A mark at every point.
        case scatter([Point])
        /// A colour for every cell of a grid.
        case heatMap(Grid, ColourScale)
        /// The lines along which a grid has one of the levels.
        case contours(Grid, levels: [Double])
        /// Arrows in the units of the axes.
        case arrows([Arrow])
        /// A straight dashed line across the panel, for a number to compare with.
        case rule(Rule)
        /// Boxes with lines of text, and arrows between them.
        case graph(GraphDrawing)
        /// Filled polygons, the denser the heavier.
        case patches([Patch])
        /// Short texts at places, such as the numbers in the cells of a matrix.
        case texts([PlacedText])

        /// Whether it fills the panel with colours.
        var isHeatMap: Bool {
            if case .heatMap = self { true } else { false }
        }
    }
}

/// A place in a panel, in the units of its axes.
public struct Point: Hashable, Sendable {
    /// To the right.
    public var x: Double
    /// Upwards.
    public var y: Double

    /// A point.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether it can be drawn at all.
    var isFinite: Bool { x.isFinite && y.isFinite }
}

/// An arrow between two points.
public struct Arrow: Hashable, Sendable {
    /// Where it begins.
    public var start: Point
    /// Where its head is.
    public var end: Point

    /// An arrow.
    public init(from start: Point, to end: Point) {
        self.start = start
        self.end = end
    }
}

/// A filled polygon.
public struct Patch: Hashable, Sendable {
    /// Its corners, in order; the last is joined to the first.
    public var corners: [Point]
    /// How dense its colour is, from 0, which is clear, to 1.
    public var weight: Double

    /// A polygon.
    public init(_ corners: [Point], weight: Double) {
        self.corners = corners
        self.weight = weight
    }

    /// Whether a point lies inside, by the number of sides to its right.
    func contains(_ point: Point) -> Bool {
        var isInside = false
        var last = corners.count - 1
        for index in corners.indices {
            let (a, b) = (corners[index], corners[last])
            if (a.y > point.y) != (b.y > point.y), point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x {
                isInside.toggle()
            }
            last = index
        }
        return isInside
    }
}

/// A short text in a panel.
public struct PlacedText: Hashable, Sendable {
    /// The middle of the text.
    public var place: Point
    /// One line.
    public var text: String
    /// Whether what lies beneath is dark, so that the text has to be light.
    public var isOnDark: Bool

    /// A text at a place.
    public init(_ text: String, at place: Point, isOnDark: Bool = false) {
        self.text = text
        self.place = place
        self.isOnDark = isOnDark
    }
}

/// A line across the panel.
public enum Rule: Hashable, Sendable {
    /// At a height.
    case horizontal(Double)
    /// At an abscissa.
    case vertical(Double)
}

/// Numbers over a rectangle, at the centres of equal cells.
public struct Grid: Hashable, Sendable {
    /// From the left edge of the first column of cells to the right edge of the last.
    public let x: ClosedRange<Double>
    /// From the lower edge of the first row of cells to the upper edge of the last.
    public let y: ClosedRange<Double>
    /// How many cells stand side by side.
    public let columns: Int
    /// How many cells stand one above the other.
    public let rows: Int
    /// Row by row, the lowest row first; `rows * columns` of them.
    public let values: [Double]

    /// A grid of given values. What is missing counts as not a number, what is too much is dropped.
    public init(x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int, values: [Double]) {
        self.x = x
        self.y = y
        self.columns = max(columns, 1)
        self.rows = max(rows, 1)
        let count = self.columns * self.rows
        self.values = values.prefix(count) + Array(repeating: .nan, count: max(count - values.count, 0))
    }

    /// The centres of the cells, in the order of `values`: what a function has to be asked at to fill the grid.
    public static func centres(
        x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int
    ) -> [Point] {
        (0..<max(rows, 1)).flatMap { row in
            (0..<max(columns, 1)).map { column in
                Point(
                    centre(column, of: max(columns, 1), in: x),
                    centre(row, of: max(rows, 1), in: y))
            }
        }
    }

    /// The value at a point, bilinear between the centres and held at the border; nan outside.
    public func value(at point: Point) -> Double {
        guard x.contains(point.x), y.contains(point.y) else { return .nan }
        let across = Self.place(point.x, of: columns, in: x)
        let up = Self.place(point.y, of: rows, in: y)
        func at(_ row: Int, _ column: Int) -> Double { values[row * columns + column] }
        let lower = at(up.cell, across.cell) * (1 - across.part) + at(up.cell, across.next) * across.part
        let upper = at(up.next, across.cell) * (1 - across.part) + at(up.next, across.next) * across.part
        return lower * (1 - up.part) + upper * up.part
    }

    /// The value of the cell that holds a point; nan outside.
    public func cell(at point: Point) -> Double {
        guard x.contains(point.x), y.contains(point.y) else { return .nan }
        let across = (point.x - x.lowerBound) / (x.upperBound - x.lowerBound) * Double(columns)
        let up = (point.y - y.lowerBound) / (y.upperBound - y.lowerBound) * Double(rows)
        guard across.isFinite, up.isFinite else { return .nan }
        return values[min(Int(up), rows - 1) * columns + min(Int(across), columns - 1)]
    }

    /// The smallest and the largest finite value, if there is any.
    public var extremes: ClosedRange<Double>? {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return nil }
        return low...high
    }

    private static func centre(_ index: Int, of count: Int, in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * (Double(index) + 0.5) / Double(count)
    }

    private static func place(
        _ value: Double, of count: Int, in range: ClosedRange<Double>
    ) -> (cell: Int, next: Int, part: Double) {
        let width = range.upperBound - range.lowerBound
        let position = width > 0 ? (value - range.lowerBound) / width * Double(count) - 0.5 : 0
        let held = min(max(position, 0), Double(count - 1))
        let cell = min(Int(held), count - 1)
        return (cell, min(cell + 1, count - 1), held - Double(cell))
    }
}
