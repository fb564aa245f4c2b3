import Autodiff
import LinearAlgebra

/// Operators on values. Numbers, vectors and matrices broadcast as NumPy's do and stay differentiable.
enum Arithmetic {
    static func combine(_ left: Value, _ operation: BinaryOperator, _ right: Value) throws(CellError) -> Value {
        if case .string(let a) = left, case .string(let b) = right, operation == .add {
            try requireRoom(for: a.utf8.count + b.utf8.count, "letters")
            return .string(a + b)
        }
        if let scalars = try combineScalars(left, operation, right) { return scalars }
        if let a = left.tensor, let b = right.tensor { return .tensor(try combine(a, operation, b)) }
        if case .list(let a) = left, case .list(let b) = right, operation == .add {
            try requireRoom(for: a.count + b.count, "members")
            return .list(a + b)
        }
        throw CellError(
            .type, "`\(operation.rawValue)` does not go with \(left.errorDescription) and \(right.errorDescription)",
            help: textHint(left, operation, right))
    }

    static func negate(_ value: Value) throws(CellError) -> Value {
        if case .scalar(let scalar) = value { return .scalar(-scalar) }
        guard let variable = value.tensor else { throw noSign("-", value) }
        return .tensor(-variable)
    }

    static func plus(_ value: Value) throws(CellError) -> Value {
        if case .scalar = value { return value }
        guard let variable = value.tensor else { throw noSign("+", value) }
        return .tensor(variable)
    }

    /// A mask, or a boolean if it is about a single number.
    static func truth(_ matrix: Matrix<Double>) -> Value {
        matrix.rank == 0 ? .boolean(matrix.number != 0) : .mask(matrix)
    }

    /// `and` (the smaller) and `or` (the larger) of ones and zeros.
    static func merge(
        _ left: Matrix<Double>, _ function: BinaryFunction, _ right: Matrix<Double>
    ) throws(CellError) -> Value {
        try requireRoom(left.shape, nil, right.shape)
        do throws(ShapeError) {
            return truth(try left.combined(with: right, by: function))
        } catch {
            throw CellError(.shape, "masks of the shapes \(left.shape) and \(right.shape) do not fit each other")
        }
    }

    // MARK: Matrices

    private static func combine(
        _ left: Variable<Double>, _ operation: BinaryOperator, _ right: Variable<Double>
    ) throws(CellError) -> Variable<Double> {
        try requireRoom(left.shape, operation, right.shape)
        do throws(ShapeError) {
            switch operation {
            case .add: return try left + right
            case .subtract: return try left - right
            case .multiply: return try left * right
            case .divide: return try left / right
            case .floorDivide: return try left.combined(with: right, by: .floorDivide)
            case .remainder: return try left.combined(with: right, by: .remainder)
            case .power: return try left.power(right)
            case .matmul: return try left.matmul(right)
            }
        } catch {
            throw unfit(left.shape, operation, right.shape)
        }
    }

    private static func unfit(_ left: Shape, _ operation: BinaryOperator, _ right: Shape) -> CellError {
        let sign = operation.rawValue
        if operation == .matmul {
            if left.rank == 0 || right.rank == 0 {
                return CellError(.shape, "`@` multiplies vectors and matrices, not numbers", help: "write `*`")
            }
            let inner = (left.columns, right.rank == 1 ? right.columns : right.rows)
            return CellError(
                .shape, "the shapes \(left) and \(right) do not fit `@`: \(inner.0) columns meet \(inner.1) rows",
                help: left.columns == right.columns && right.rank == 2 ? "the second may want its transpose: `.T`" : nil
            )
        }
        return CellError(
            .shape, "the shapes \(left) and \(right) do not fit `\(sign)`",
            help: "seen from the right, lengths must be equal, or one of them 1")
    }

    // MARK: Limits

    /// How many numbers, letters or members one value may have; so many numbers are 800 MB.
    private static let room = ["numbers": 100_000_000, "letters": 10_000_000, "members": 1_000_000]

    /// Refuses a result that would not fit in the memory of a small machine.
    static func requireRoom(_ left: Shape, _ operation: BinaryOperator?, _ right: Shape) throws(CellError) {
        if operation == .matmul {
            try requireRoom(for: left.rows * (right.rank == 1 ? 1 : right.columns), "numbers")
        } else if let shape = left.broadcast(with: right) {
            try requireRoom(for: shape.count, "numbers")
        }
    }

    private static func requireRoom(for count: Int, _ what: String) throws(CellError) {
        let largest = room[what] ?? 0
        guard count > largest else { return }
        throw CellError(
            .value, "the result would have \(count) \(what), more than there is room for",
            help: "at most \(largest) \(what) fit in one value")
    }

    // MARK: Words

    private static func noSign(_ sign: String, _ value: Value) -> CellError {
        CellError(.type, "`\(sign)` does not go with \(value.errorDescription)")
    }

    private static func textHint(_ left: Value, _ operation: BinaryOperator, _ right: Value) -> String? {
        guard operation == .add, left.string != nil || right.string != nil else { return nil }
        return "`str(x)` makes text of a value"
    }
}
