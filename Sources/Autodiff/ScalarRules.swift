/// What a ``Scalar`` can be the result of.
public enum ScalarOperation: UInt8, CaseIterable, Sendable {
    case leaf, add, subtract, multiply, divide, power
    case negate, exp, log, squareRoot, sin, cos, tanh, sigmoid, softplus, relu, absolute

    /// How many operands it has.
    public var arity: Int {
        switch self {
        case .leaf: 0
        case .add, .subtract, .multiply, .divide, .power: 2
        default: 1
        }
    }

    /// As a person writes it.
    public var symbol: String {
        switch self {
        case .leaf: ""
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .power: "**"
        case .negate: "-"
        case .squareRoot: "sqrt"
        case .absolute: "abs"
        default: "\(self)"
        }
    }
}

/// What the rules of differentiation need: plain numbers have it, and so have the nodes of a tape. That is how one
/// table serves both the numeric gradient and the gradient that can be differentiated again.
protocol ScalarArithmetic {
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
    static prefix func - (a: Self) -> Self
    func raised(to exponent: Self) -> Self
    func log() -> Self
    func sin() -> Self
    func cos() -> Self
    func sigmoid() -> Self
    /// A constant beside this number.
    func constant(_ number: Double) -> Self
    /// What decides between cases.
    var plain: Double { get }
}

extension ScalarOperation {
    /// The derivatives of y = op(a, b) in a and in b (b is a where there is only one operand).
    @inline(__always)
    func slopes<Number: ScalarArithmetic>(_ a: Number, _ b: Number, _ y: Number) -> (Number, Number) {
        let zero = a.constant(0), one = a.constant(1)
        switch self {
        case .leaf: return (zero, zero)
        case .add: return (one, one)
        case .subtract: return (one, -one)
        case .multiply: return (b, a)
        case .divide: return (one / b, -y / b)
        case .power:
            let inBase = a.plain == 0 && b.plain == 0 ? zero : b * a.raised(to: b - one)
            return (inBase, a.plain == 0 ? zero : y * a.log())
        case .negate: return (-one, zero)
        case .exp: return (y, zero)
        case .log: return (one / a, zero)
        case .squareRoot: return (a.constant(0.5) / y, zero)
        case .sin: return (a.cos(), zero)
        case .cos: return (-a.sin(), zero)
        case .tanh: return (one - y * y, zero)
        case .sigmoid: return (y * (one - y), zero)
        case .softplus: return (a.sigmoid(), zero)
        case .relu: return (a.plain > 0 ? one : zero, zero)
        case .absolute: return (a.constant(a.plain > 0 ? 1 : a.plain < 0 ? -1 : 0), zero)
        }
    }

    /// y = op(a, b).
    @inline(__always)
    func value(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .leaf: a
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .power: a.raised(to: b)
        case .negate: -a
        case .exp: a.exp()
        case .log: a.log()
        case .squareRoot: a.squareRoot()
        case .sin: a.sin()
        case .cos: a.cos()
        case .tanh: a.tanh()
        case .sigmoid: a.sigmoid()
        case .softplus: a.softplus()
        case .relu: a > 0 || a.isNaN ? a : 0
        case .absolute: abs(a)
        }
    }
}
