/// The values that cells have shown, by the number of the cell: `out[7]`.
///
/// A value. A copy is kept before every cell, so that a failed one can be undone: copies share all but the latest values,
/// and a cell costs no more in a long session than in a short one.
public struct CellOutputs {
    /// Values by cell number, a hundred cells to a chunk.
    private var chunks: [Int: [Int: Value]] = [:]
    private static let size = 100

    /// None yet.
    public init() {}

    /// The value of a cell, nil if it showed none.
    public subscript(number: Int) -> Value? {
        get { chunks[number / Self.size]?[number] }
        set { chunks[number / Self.size, default: [:]][number] = newValue }
    }

    /// Whether no cell has shown a value.
    public var isEmpty: Bool { chunks.isEmpty }

    /// The numbers of the cells that have shown one, in order.
    public var numbers: [Int] { chunks.values.flatMap(\.keys).sorted() }
}
