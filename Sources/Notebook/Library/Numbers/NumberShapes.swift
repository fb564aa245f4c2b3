import Autodiff
import Language
import LinearAlgebra

/// The same numbers arranged otherwise; all of these can be differentiated.
enum NumberShapes {
    static let all = [reshape, concat, stack, transpose, diag]

    private static let reshape = FunctionEntry(
        "reshape", topic: .numbers, "the same numbers, row by row, in another shape",
        parameters: [
            .numbers(),
            Parameter(
                "shape",
                .oneOf([.integer(-1...NumberBuilders.largest), .list(of: .integer(-1...NumberBuilders.largest))]),
                variadic: true, "one length, or rows and columns; one of them may be -1: whatever is left"),
        ],
        returns: "a vector or matrix", example: "reshape(arange(6), 2, 3)"
    ) { arguments, _ in
        let x = try arguments.tensor("x")
        var lengths = try arguments.integers("shape")
        // Two lengths at most, so that no product overflows.
        if lengths.count < 3, let open = lengths.firstIndex(of: -1) {
            let others = lengths.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * max($1.element, 1) }
            lengths[open] = x.shape.count / max(others, 1)
        }
        guard lengths.count < 3, !lengths.contains(-1), lengths.reduce(1, *) == x.shape.count else {
            throw arguments.error(
                "shape", "does not fit: \(x.shape.count) numbers cannot be put into \(lengths)", kind: .shape)
        }
        let shape: Shape =
            lengths.isEmpty ? .scalar : lengths.count == 1 ? .vector(lengths[0]) : .matrix(lengths[0], lengths[1])
        return .tensor(try x.reshaped(shape))
    }

    private static let concat = FunctionEntry(
        "concat", topic: .numbers, "one after the other: vectors end to end, matrices below or beside each other",
        parameters: [parts, along], returns: "a vector or matrix",
        details: """
            Numbers count as vectors of one. Beside a matrix, a vector is one more row (axis 0) or column (axis 1).

            `concat([1, 2], 3)` is `[1, 2, 3]`; `concat([[1], [2]], [[3], [4]], axis=1)` is `[[1, 3], [2, 4]]`.
            """,
        example: "concat([1, 2], [3, 4, 5])"
    ) { arguments, _ in
        let (parts, axis) = try operands(arguments)
        let rank = parts.map(\.shape.rank).max() ?? 1
        guard axis < max(rank, 1) else {
            throw arguments.error("axis", "is 1, and vectors have the axis 0 only", kind: .shape)
        }
        return .tensor(try .concatenated(parts.map { try raised($0, to: max(rank, 1), axis) }, axis: axis))
    }

    private static let stack = FunctionEntry(
        "stack", topic: .numbers, "vectors of one length as the rows of a matrix (axis=1: as its columns)",
        parameters: [parts, along], returns: "a matrix; of numbers, a vector", example: "stack([1, 2, 3], [4, 5, 6])"
    ) { arguments, _ in
        let (parts, axis) = try operands(arguments)
        guard let shape = parts.first?.shape else { throw arguments.error("parts", "are none") }
        guard shape.rank < 2, parts.allSatisfy({ $0.shape == shape }) else {
            let shapes = parts.map { "\($0.shape)" }.joined(separator: ", ")
            throw arguments.error("parts", "must be vectors of one length, not \(shapes)", kind: .shape)
        }
        if shape.rank == 0 { return .tensor(try .concatenated(parts.map { try $0.reshaped(.vector(1)) })) }
        let rows = try Variable.concatenated(parts.map { try $0.reshaped(.matrix(1, shape.count)) }, axis: 0)
        return .tensor(axis == 0 ? rows : rows.transposed)
    }

    private static let transpose = FunctionEntry(
        "transpose", topic: .numbers, "rows as columns; the same as `x.T`", parameters: [.numbers()],
        returns: "a matrix; a vector stays as it is", example: "transpose([[1, 2], [3, 4]])"
    ) { (arguments, _) throws(CellError) in .tensor(try arguments.tensor("x").transposed) }

    private static let diag = FunctionEntry(
        "diag", topic: .numbers, "a vector as the diagonal of a matrix, or the diagonal of a matrix as a vector",
        parameters: [.numbers("x", "a vector or a matrix")], returns: "a matrix or a vector", example: "diag([1, 2, 3])"
    ) { arguments, _ in
        let x = try arguments.tensor("x")
        guard x.shape.rank == 2 else {
            guard x.shape.count <= 7000 else {
                throw arguments.error("x", "is too long for a matrix: over 7000 numbers")
            }
            let column = try x.reshaped(.matrix(x.shape.count, 1))
            return .tensor(try column * Variable(.identity(x.shape.count)))
        }
        let flat = try x.reshaped(.vector(x.shape.count))
        let count = min(x.shape.rows, x.shape.columns)
        return .tensor(
            try flat.slice(rows: .all(1), columns: Slice(start: 0, step: x.shape.columns + 1, count: count)))
    }

    private static let parts = Parameter(
        "parts", .oneOf([.tensor, .list(of: .tensor)]), variadic: true, "two or more values, or one list of them")
    private static let along = Parameter(
        "axis", .integer(0...1), default: "0", "0 goes down, 1 to the right")

    /// The values; the members of a single list, the rows of a single matrix.
    private static func operands(_ arguments: Arguments) throws -> ([Variable<Double>], Int) {
        let given = arguments.rest("parts")
        var parts: [Variable<Double>] = []
        let items = given.count == 1 ? given[0].elements ?? given : given
        for item in items {
            guard let part = item.tensor else {
                throw arguments.error(
                    "parts", "must be numbers, vectors or matrices, not \(item.errorDescription)", kind: .type)
            }
            parts.append(part)
        }
        return (parts, try arguments.integer("axis"))
    }

    /// A number as a vector of one; a vector beside matrices as a row or a column. An empty one fits everywhere.
    private static func raised(_ x: Variable<Double>, to rank: Int, _ axis: Int) throws -> Variable<Double> {
        guard x.shape.rank < rank else { return x }
        if rank == 1 { return try x.reshaped(.vector(1)) }
        return try x.reshaped(axis == 0 ? .matrix(1, x.shape.count) : .matrix(x.shape.count, 1))
    }
}
