/// A function of one number, applied to every element.
public enum UnaryFunction: Int32, CaseIterable, Sendable {
    case identity, negate, absolute, sign
    /// 1 where x > 0, else 0.
    case step
    case reciprocal, square, squareRoot
    case exp, expm1, log, log1p, log2, log10, sin, cos, tan, tanh
    case sigmoid, softplus, relu, erf
    case floor, ceil
    /// To the nearest integer, halves to the even one.
    case round
    case isNaN, atan
}

/// A function of two numbers, applied with broadcasting. Comparisons give 1 or 0.
public enum BinaryFunction: Int32, CaseIterable, Sendable {
    case add, subtract, multiply, divide, power, maximum, minimum
    /// NumPy's `%` and `//`: the remainder has the divisor's sign.
    case remainder, floorDivide
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// As a person writes it.
    public var symbol: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .power: "**"
        case .maximum: "maximum"
        case .minimum: "minimum"
        case .remainder: "%"
        case .floorDivide: "//"
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}

/// Many numbers to one, over all elements or along an axis. NaN anywhere makes NaN, as in NumPy.
public enum Reduction: Int32, CaseIterable, Sendable {
    case sum, largest, smallest
    /// Where the first extreme element is, as a number. The first NaN counts as the extreme.
    case indexOfLargest, indexOfSmallest
}

/// A run of equally spaced positions along one axis: `start`, `start + step`, ... , `count` of them.
public struct Slice: Hashable, Sendable {
    /// The first position.
    public let start: Int
    /// The distance from one position to the next; negative runs backwards.
    public let step: Int
    /// How many positions there are.
    public let count: Int

    /// Positions from a start, at equal steps.
    public init(start: Int, step: Int = 1, count: Int) {
        self.start = start
        self.step = step
        self.count = max(count, 0)
    }

    /// Every position of an axis of this length.
    public static func all(_ count: Int) -> Slice { Slice(start: 0, count: count) }
    /// A single position.
    public static func one(_ index: Int) -> Slice { Slice(start: index, count: 1) }
    /// The positions of a range.
    public init(_ range: Range<Int>) { self.init(start: range.lowerBound, count: range.count) }

    func fits(_ length: Int) -> Bool {
        guard count > 0 else { return true }
        let last = start + step * (count - 1)
        return start >= 0 && start < length && last >= 0 && last < length
    }
}

/// Everything that is done to whole matrices: the vocabulary that ``Matrix`` computes with, that the differentiable
/// variables record, and that a recorded program replays.
public enum Operation: Hashable, Sendable {
    case map(UnaryFunction)
    case combine(BinaryFunction)
    /// (condition, a, b): a where the condition is not 0, else b.
    case select
    /// The product of two matrices (rank 2), either of them taken transposed.
    case multiply(transposingLeft: Bool, transposingRight: Bool)
    case reduce(Reduction, axis: Int?)
    case transpose
    case reshape(Shape)
    case broadcast(Shape)
    /// Rows and columns picked out; the rank stays.
    case slice(rows: Slice, columns: Slice)
    /// Zeros of a shape, with the operand put where ``slice(rows:columns:)`` would take it from.
    case unslice(rows: Slice, columns: Slice, into: Shape)
    /// (matrix, indices): the rows, or a vector's elements, at the indices. An index outside is taken to the nearest end.
    case gather
    /// (values, indices): zeros of a shape, with each row of the values added at its index.
    case scatterAdd(into: Shape)
    /// Any number of operands, one after the other along an axis.
    case concatenate(axis: Int)
    /// Running sums along an axis, from the end backwards when reversed.
    case cumulate(axis: Int, reversed: Bool)
    /// Any number of operands of any shapes: 0 when all their numbers are finite, else NaN. Has no slope.
    case soundness

    /// A short name for error messages and for drawing graphs.
    public var name: String {
        switch self {
        case .map(let function): "\(function)"
        case .combine(let function): function.symbol
        case .select: "where"
        case .multiply: "@"
        case .reduce(let reduction, _): "\(reduction)"
        case .transpose: "transpose"
        case .reshape: "reshape"
        case .broadcast: "broadcast"
        case .slice: "slice"
        case .unslice: "unslice"
        case .gather: "gather"
        case .scatterAdd: "scatter"
        case .concatenate: "concat"
        case .cumulate: "cumsum"
        case .soundness: "soundness"
        }
    }
}
