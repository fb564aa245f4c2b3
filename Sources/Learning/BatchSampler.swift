import LinearAlgebra

/// Draws batches: every row of a part once, in random order, then again in another. A part with no more rows than a
/// batch is taken whole, in its own order.
package struct BatchSampler: Sendable {
    /// All rows of all parts, one part after the other.
    package let inputs: Matrix<Float>, targets: Matrix<Float>
    private let counts: [Int]
    private let size: Int
    private var orders: [[Int]]
    private var positions: [Int]
    private var random: RandomStream

    /// Batches of `size` rows from each part.
    package init(_ data: TrainingSet, size: Int, random: RandomStream) {
        counts = data.parts.map(\.count)
        self.size = max(size, 1)
        self.random = random
        orders = counts.map { _ in [] }
        positions = counts.map { _ in 0 }
        let total = counts.reduce(0, +)
        inputs = Matrix(shape: .matrix(total, data.inputs), values: data.parts.flatMap(\.inputs.values))
        targets = Matrix(shape: .matrix(total, data.outputs), values: data.parts.flatMap(\.targets.values))
    }

    /// Whether every batch is the whole set.
    package var takesAll: Bool { counts.allSatisfy { $0 <= size } }

    /// How many rows a batch has in all.
    package var rows: Int { counts.reduce(0) { $0 + min(size, $1) } }

    /// How much each row of a batch counts, rows x 1: within a part alike, and all parts alike.
    package var weights: Matrix<Float> {
        let values = counts.flatMap { count in
            let rows = min(size, count)
            return [Float](repeating: 1 / Float(rows * counts.count), count: rows)
        }
        return Matrix(shape: .matrix(values.count, 1), values: values)
    }

    /// The rows of the next batch, as positions in `inputs` and `targets`.
    package mutating func next() -> [Int] {
        var (rows, offset) = ([Int](), 0)
        for (part, count) in counts.enumerated() {
            let own = count <= size ? Array(0..<count) : nextRows(of: part)
            for row in own { rows.append(offset + row) }
            offset += count
        }
        return rows
    }

    private mutating func nextRows(of part: Int) -> [Int] {
        (0..<size).map { _ in
            if positions[part] == orders[part].count {
                orders[part] = random.permutation(of: counts[part])
                positions[part] = 0
            }
            defer { positions[part] += 1 }
            return orders[part][positions[part]]
        }
    }
}
