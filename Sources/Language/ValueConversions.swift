import Autodiff
import LinearAlgebra

/// Values seen as other kinds of values, where that loses nothing.
extension Value {
    /// `true` or `false`, when this is one, or a mask of a single place.
    public var boolean: Bool? {
        switch self {
        case .boolean(let truth): truth
        case .mask(let mask) where mask.count == 1: mask.values[0] != 0
        default: nil
        }
    }

    /// A differentiable matrix: of a number, vector or matrix itself, of a mask or boolean as ones and zeros, of a list
    /// of numbers as a vector, of a list of vectors of one length as a matrix. Nil for everything else.
    public var tensor: Variable<Double>? {
        switch self {
        case .tensor(let variable): variable
        case .mask(let mask): Variable(mask)
        case .boolean(let truth): Variable(truth ? 1 : 0)
        case .list(let items): Value.stacked(items)
        default: nil
        }
    }

    /// The numbers of `tensor`, without their gradient.
    public var matrix: Matrix<Double>? { tensor?.value }

    /// The members of a list or tuple, the numbers of a vector, the rows of a matrix. Nil for everything else.
    public var elements: [Value]? {
        switch self {
        case .list(let items), .tuple(let items): items
        case .tensor(let variable) where variable.shape.rank > 0: Value.parts(of: variable)
        case .mask(let mask) where mask.rank == 1: mask.values.map { .boolean($0 != 0) }
        case .mask(let mask): (0..<mask.rows).map { .mask(Matrix(vector: mask.row($0))) }
        default: nil
        }
    }

    /// Ones where it holds, as a matrix: of a mask itself, of a boolean as a number, of a list of booleans as a vector.
    var truthMatrix: Matrix<Double>? {
        switch self {
        case .mask(let mask): mask
        case .boolean(let truth): Matrix(truth ? 1 : 0)
        case .list(let items):
            items.isEmpty || !items.allSatisfy(\.isBoolean)
                ? nil : Matrix(vector: items.map { $0.boolean == true ? 1 : 0 })
        default: nil
        }
    }

    /// Whether lists and tuples are nested in this one more than so many deep.
    func isNested(deeperThan limit: Int) -> Bool {
        switch self {
        case .list(let items), .tuple(let items):
            limit == 0 || items.contains { $0.isNested(deeperThan: limit - 1) }
        default: false
        }
    }

    var isBoolean: Bool {
        if case .boolean = self { true } else { false }
    }

    var isScalarOrNumber: Bool {
        if case .scalar = self { true } else { number != nil }
    }

    /// A list of these, which becomes a vector or matrix at once if it holds nothing but plain numbers. A list of
    /// parameters stays a list, so that each can still be named in `grad(loss, [w, b])`.
    static func list(of items: [Value]) -> Value {
        let isPlain = items.allSatisfy {
            if case .tensor(let variable) = $0 { !variable.requiresGradient } else { false }
        }
        guard isPlain, let variable = stacked(items) else { return .list(items) }
        return .tensor(variable)
    }

    /// Numbers as a vector, vectors of one length as a matrix.
    private static func stacked(_ items: [Value]) -> Variable<Double>? {
        let variables = items.compactMap(\.tensor)
        guard variables.count == items.count else { return nil }
        guard let first = variables.first else { return Variable(Matrix(vector: [])) }
        guard first.shape.rank < 2, variables.allSatisfy({ $0.shape == first.shape }) else { return nil }
        if variables.allSatisfy({ !$0.requiresGradient }) {
            let shape: Shape =
                first.shape.rank == 0
                ? .vector(variables.count) : .matrix(variables.count, first.shape.count)
            return Variable(Matrix(shape: shape, values: variables.flatMap(\.value.values)))
        }
        return try? stack(variables, rank: first.shape.rank)
    }

    private static func stack(_ variables: [Variable<Double>], rank: Int) throws(ShapeError) -> Variable<Double> {
        let row: Shape = rank == 0 ? .vector(1) : .matrix(1, variables[0].shape.count)
        var rows: [Variable<Double>] = []
        for variable in variables { rows.append(try variable.reshaped(row)) }
        return try Variable.concatenated(rows, axis: 0)
    }

    private static func parts(of variable: Variable<Double>) -> [Value] {
        let shape = variable.shape
        guard variable.requiresGradient else {
            return shape.rank == 1
                ? variable.value.values.map(Value.number)
                : (0..<shape.rows).map { .vector(variable.value.row($0)) }
        }
        let count = shape.rank == 1 ? shape.count : shape.rows
        let part: Shape = shape.rank == 1 ? .scalar : .vector(shape.columns)
        return (0..<count).compactMap { place in
            (try? variable.gathered([place]).reshaped(part)).map(Value.tensor)
        }
    }
}
