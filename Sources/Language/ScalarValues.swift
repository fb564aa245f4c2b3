import Autodiff

/// Scalars of the scalar engine in expressions: plain numbers become constants beside them.
extension Arithmetic {
    /// The result when one side is a scalar; nil when none is.
    static func combineScalars(
        _ left: Value, _ operation: BinaryOperator, _ right: Value
    ) throws(CellError) -> Value? {
        switch (left, right) {
        case (.scalar(let a), .scalar(let b)): return .scalar(try combine(a, operation, b))
        case (.scalar(let a), _):
            guard let number = right.number else { throw stranger(right, operation) }
            return .scalar(try combine(a, operation, a.constant(number)))
        case (_, .scalar(let b)):
            guard let number = left.number else { throw stranger(left, operation) }
            return .scalar(try combine(b.constant(number), operation, b))
        default: return nil
        }
    }

    private static func combine(
        _ left: Scalar, _ operation: BinaryOperator, _ right: Scalar
    ) throws(CellError) -> Scalar {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        case .power: return left.raised(to: right)
        case .floorDivide, .remainder, .matmul:
            throw CellError(.type, "scalars have no `\(operation.rawValue)`", help: "they know + - * / **")
        }
    }

    private static func stranger(_ value: Value, _ operation: BinaryOperator) -> CellError {
        CellError(
            .type,
            "`\(operation.rawValue)` joins a scalar with a scalar or a number, not with \(value.errorDescription)",
            help: "`value(s)` is a scalar's plain number; for matrices use `param` in place of `scalar`")
    }
}

extension Context {
    /// A scalar as this cell computes with it: on the cell's own tape, wherever it was made.
    ///
    /// - Throws: when the cell has made so many scalars that the memory would not hold many more.
    public func onTape(_ scalar: Scalar) throws(CellError) -> Scalar {
        guard state.tape.count < 20_000_000 else {
            throw CellError(
                .value, "a cell can make 20 million scalars, and this one makes more",
                help: "spread the work over several cells, or use matrices: `param` in place of `scalar`")
        }
        return state.tape.standIn(for: scalar)
    }

    func onTape(_ value: Value) throws(CellError) -> Value {
        if case .scalar(let scalar) = value { .scalar(try onTape(scalar)) } else { value }
    }
}

extension Scalar {
    static let memberNames = ["value", "label", "operation"]

    /// The value of `s.value`, `s.label` or `s.operation`.
    func member(_ name: String) -> Value? {
        switch name {
        case "value": .number(value)
        case "label": label.map(Value.string) ?? Value.nothing
        case "operation": .string(operation.symbol)
        default: nil
        }
    }
}
