extension Matrix {
    /// Rows and columns at equal steps; the rank stays.
    public func slice(rows: Slice, columns: Slice) throws(ShapeError) -> Matrix {
        try Matrix.applying(.slice(rows: rows, columns: columns), to: [self])
    }

    /// A stretch of rows.
    public func rows(_ range: Range<Int>) throws(ShapeError) -> Matrix {
        try slice(rows: Slice(range), columns: .all(columns))
    }

    /// A stretch of columns (of a vector: of elements).
    public func columns(_ range: Range<Int>) throws(ShapeError) -> Matrix {
        try slice(rows: .all(rows), columns: Slice(range))
    }

    /// The rows of a matrix, or the elements of a vector, at the given indices, in that order.
    ///
    /// - Throws: `ShapeError` when an index lies outside.
    public func gathered(_ indices: [Int]) throws(ShapeError) -> Matrix {
        let length = rank == 1 ? count : rows
        if let wrong = indices.first(where: { $0 < 0 || $0 >= length }) {
            throw ShapeError("gather", [shape], reason: "there is no row \(wrong)")
        }
        guard rank == 2 else { return Matrix(vector: indices.map { values[$0] }) }
        var picked: [Element] = []
        picked.reserveCapacity(indices.count * columns)
        for index in indices { picked += values[index * columns..<(index + 1) * columns] }
        return Matrix(shape: .matrix(indices.count, columns), values: picked)
    }

    /// One after the other along an axis.
    public static func concatenated(_ parts: [Matrix], axis: Int = 0) throws(ShapeError) -> Matrix {
        try applying(.concatenate(axis: axis), to: parts)
    }

    /// All elements in ascending order, as a vector; NaN at the end.
    public func sorted() -> Matrix { Matrix(vector: sortedValues()) }

    /// The positions, in row-major order, that would sort the elements; equal elements keep their order.
    public func sortingPermutation() -> [Int] {
        values.indices.sorted { a, b in
            let (x, y) = (values[a], values[b])
            if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
            return x == y ? a < b : x < y
        }
    }

    private func sortedValues() -> [Element] {
        if let doubles = values as? [Double] { return Self.ascending(doubles) as? [Element] ?? [] }
        if let floats = values as? [Float] { return Self.ascending(floats) as? [Element] ?? [] }
        return []
    }

    @inline(__always)
    private static func ascending<Number: BinaryFloatingPoint>(_ numbers: [Number]) -> [Number] {
        let known = numbers.filter { !$0.isNaN }.sorted()
        return known + Array(repeating: .nan, count: numbers.count - known.count)
    }

    /// The quantile of all elements at a probability from 0 to 1, interpolated linearly as NumPy's default does.
    /// NaN when there are no elements or one is NaN.
    public func quantile(_ probability: Element) -> Element { quantiles([probability])[0] }

    /// Several quantiles with one sort.
    public func quantiles(_ probabilities: [Element]) -> [Element] {
        let ordered = sortedValues()
        guard let last = ordered.last, !last.isNaN else { return probabilities.map { _ in .nan } }
        return probabilities.map { probability in
            guard probability >= 0, probability <= 1 else { return .nan }
            let position = probability * Element(ordered.count - 1)
            let below = Int(position.rounded(.down))
            let fraction = position - Element(below)
            guard below + 1 < ordered.count, fraction > 0 else { return ordered[below] }
            return ordered[below] + fraction * (ordered[below + 1] - ordered[below])
        }
    }
}
