/// An expression and where it stands.
///
/// Two expressions are equal when they say the same thing, wherever they stand.
public struct Expression: Hashable, Sendable {
    /// What the expression is.
    public indirect enum Kind: Hashable, Sendable {
        /// `3`, `1e-3`; never negative: `-3` is a negation.
        case number(Double)
        /// `"text"`
        case string(String)
        /// `true`, `false`
        case boolean(Bool)
        /// `none`
        case none
        /// `x`
        case name(String)
        /// `[a, b]`
        case list([Expression])
        /// `a, b` or `(a, b)`
        case tuple([Expression])
        /// `[f(x) for x in xs if x > 0]`
        case comprehension(Expression, variable: String, sequence: Expression, condition: Expression?)
        /// `-x`, `+x`, `not x`
        case unary(UnaryOperator, Expression)
        /// `x + y`
        case binary(BinaryOperator, Expression, Expression)
        /// `x and y`, `x or y`
        case logical(LogicalOperator, Expression, Expression)
        /// `a < b <= c`: holds where every neighbouring pair does.
        case comparison(Expression, [ComparisonLink])
        /// `a if c else b`
        case conditional(then: Expression, condition: Expression, otherwise: Expression)
        /// `f(x, n=2)`
        case call(Expression, [Argument])
        /// `x[1:3, 0]`
        case index(Expression, [Subscript])
        /// `x.T`
        case member(Expression, String)
    }

    /// What the expression is.
    public let kind: Kind
    /// Where it stands in its cell.
    public let range: SourceRange
    /// How many expressions are nested in it at most, itself included.
    let height: Int

    init(_ kind: Kind, at range: SourceRange) {
        self.kind = kind
        self.range = range
        height = 1 + (kind.children.map(\.height).max() ?? 0)
    }

    /// Itself and everything nested in it.
    package var parts: [Expression] { [self] + kind.children.flatMap(\.parts) }

    /// Whether nothing is nested in it.
    var isLeaf: Bool { height == 1 && !kind.isContainer }

    /// Whether both say the same, wherever they stand.
    public static func == (left: Expression, right: Expression) -> Bool { left.kind == right.kind }

    /// Feeds what the expression says, not where it stands.
    public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// Signs that stand before their operand.
public enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
    case negate = "-"
    case plus = "+"
    case not = "not"
}

/// Arithmetic signs between two operands.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case remainder = "%"
    case matmul = "@"
    case power = "**"
}

/// `and` and `or`, which look at their second operand only if they need it.
public enum LogicalOperator: String, Hashable, Sendable, CaseIterable {
    case and, or
}

/// Comparing signs.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// One step of a chain of comparisons: the sign and what stands to its right.
public struct ComparisonLink: Hashable, Sendable {
    /// The sign.
    public let comparison: ComparisonOperator
    /// What stands to its right.
    public let operand: Expression
}

/// An argument of a call: `x` or `n=2`.
public struct Argument: Hashable, Sendable {
    /// The name before `=`, if there is one.
    public let name: String?
    /// Its value.
    public let value: Expression
    /// Where the argument stands, its name included.
    public let range: SourceRange

    /// Whether both say the same, wherever they stand.
    public static func == (left: Argument, right: Argument) -> Bool {
        left.name == right.name && left.value == right.value
    }

    /// Feeds what the argument says, not where it stands.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

/// One place between the brackets of `x[ , ]`.
public enum Subscript: Hashable, Sendable {
    /// `x[i]`
    case item(Expression)
    /// `x[start:stop:step]`, each of which may be left out.
    case slice(start: Expression?, stop: Expression?, step: Expression?)

    var children: [Expression] {
        switch self {
        case .item(let item): [item]
        case .slice(let start, let stop, let step): [start, stop, step].compactMap(\.self)
        }
    }
}

extension Expression.Kind {
    /// Whether it may hold expressions, even if it does not: `[]`.
    fileprivate var isContainer: Bool {
        switch self {
        case .list, .tuple: true
        default: false
        }
    }

    /// The expressions directly inside this one.
    var children: [Expression] {
        switch self {
        case .number, .string, .boolean, .none, .name: []
        case .list(let items), .tuple(let items): items
        case .comprehension(let element, _, let sequence, let condition):
            [element, sequence] + (condition.map { [$0] } ?? [])
        case .unary(_, let operand): [operand]
        case .binary(_, let left, let right), .logical(_, let left, let right): [left, right]
        case .comparison(let first, let links): [first] + links.map(\.operand)
        case .conditional(let then, let condition, let otherwise): [then, condition, otherwise]
        case .call(let callee, let arguments): [callee] + arguments.map(\.value)
        case .index(let base, let subscripts): [base] + subscripts.flatMap(\.children)
        case .member(let base, _): [base]
        }
    }
}
