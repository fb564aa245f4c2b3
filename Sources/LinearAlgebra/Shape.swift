/// NumPy's shapes of rank 0, 1 and 2.
///
/// A number is stored as 1 x 1, a vector of n numbers as one row of n.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
    /// 0 for a number, 1 for a vector, 2 for a matrix.
    public let rank: Int
    /// How many rows are stored: 1 for a number or a vector.
    public let rows: Int
    /// How many columns are stored: a vector's length; 1 for a number.
    public let columns: Int

    private init(rank: Int, rows: Int, columns: Int) {
        self.rank = rank
        self.rows = max(rows, 0)
        self.columns = max(columns, 0)
    }

    /// The shape of a number.
    public static let scalar = Shape(rank: 0, rows: 1, columns: 1)
    /// The shape of a vector.
    public static func vector(_ count: Int) -> Shape { Shape(rank: 1, rows: 1, columns: count) }
    /// The shape of a matrix.
    public static func matrix(_ rows: Int, _ columns: Int) -> Shape { Shape(rank: 2, rows: rows, columns: columns) }

    /// How many numbers there are.
    public var count: Int {
        let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
        return overflow ? .max : product
    }

    /// The most numbers that one value may hold: 100 million, or 800 MB in double precision. Operations whose result
    /// would be larger throw `ShapeError` rather than exhaust the memory.
    public static let largestCount = 100_000_000

    /// NumPy's spelling: `[]`, `[3]`, `[2, 3]`.
    public var description: String { "\(dimensions)" }

    /// The lengths of the axes, as NumPy lists them.
    public var dimensions: [Int] {
        switch rank {
        case 0: []
        case 1: [columns]
        default: [rows, columns]
        }
    }

    /// Rows and columns exchanged; numbers and vectors stay as they are.
    public var transposed: Shape { rank == 2 ? .matrix(columns, rows) : self }

    /// The shape of an elementwise combination: axes are aligned at the right, and an axis of length 1 (or one that
    /// is not there) repeats. `nil` when two axes differ and neither is 1.
    public func broadcast(with other: Shape) -> Shape? {
        guard let rows = Self.common(rows, other.rows), let columns = Self.common(columns, other.columns) else {
            return nil
        }
        return Shape(rank: max(rank, other.rank), rows: rows, columns: columns)
    }

    private static func common(_ a: Int, _ b: Int) -> Int? {
        if a == b || b == 1 { return a }
        return a == 1 ? b : nil
    }

    /// The shape after a reduction over one axis, or over all with `nil`. `nil` when there is no such axis.
    ///
    /// - Parameter keepingAxis: the reduced axis stays, with length 1, so that the result broadcasts back.
    public func reduced(axis: Int?, keepingAxis: Bool = false) -> Shape? {
        guard let axis else {
            return keepingAxis ? Shape(rank: rank, rows: 1, columns: 1) : .scalar
        }
        guard axis >= 0, axis < rank else { return nil }
        if rank == 1 { return keepingAxis ? .vector(1) : .scalar }
        if axis == 0 { return keepingAxis ? .matrix(1, columns) : .vector(columns) }
        return keepingAxis ? .matrix(rows, 1) : .vector(rows)
    }
}

/// Shapes that do not fit an operation.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The operation, as a person writes it: `+`, `@`, `reshape`.
    public let operation: String
    /// The shapes of the operands, in order.
    public let shapes: [Shape]
    /// What the operation needs, when the shapes alone do not tell.
    public let reason: String?

    /// Shapes that do not fit the operation of this name.
    public init(_ operation: String, _ shapes: [Shape], reason: String? = nil) {
        self.operation = operation
        self.shapes = shapes
        self.reason = reason
    }

    /// A sentence that names the shapes and the operation.
    public var description: String {
        let listed = shapes.map(\.description).joined(separator: " and ")
        let verb = shapes.count == 1 ? "does" : "do"
        let noun = shapes.count == 1 ? "the shape" : "the shapes"
        let start = "\(noun) \(listed) \(verb) not fit `\(operation)`"
        return reason.map { "\(start): \($0)" } ?? start
    }
}
