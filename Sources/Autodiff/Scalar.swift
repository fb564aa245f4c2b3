/// A number that knows how it was made: one node of a tape.
///
///     let tape = ScalarTape()
///     let w = tape.leaf(2, label: "w"), x = tape.leaf(3, label: "x")
///     let y = (w * x).tanh()
///     y.gradients()[w]        // 3 (1 - tanh(6)^2)
///
/// The tape is the whole engine: every operation writes one line with its value and its slopes, and the gradient is
/// one walk back over the lines.
public struct Scalar: ScalarArithmetic {
    /// Where the number is written down.
    public let tape: ScalarTape
    /// Its line.
    public let index: Int

    /// The number itself.
    public var value: Double { tape.nodes[index].value }
    /// What made it.
    public var operation: ScalarOperation { tape.nodes[index].operation }
    /// The name it was given, for drawing.
    public var label: String? { tape.labels[index] }
    /// What it was made from.
    public var parents: [Scalar] {
        let node = tape.nodes[index]
        return [node.first, node.second].prefix(node.operation.arity).map { Scalar(tape: tape, index: Int($0)) }
    }

    /// The same number under a name.
    @discardableResult
    public func labelled(_ label: String) -> Scalar {
        tape.labels[index] = label
        return self
    }

    /// The sum, as a new line of the tape.
    public static func + (a: Scalar, b: Scalar) -> Scalar { a.tape.record(.add, a, b) }
    /// The difference, as a new line of the tape.
    public static func - (a: Scalar, b: Scalar) -> Scalar { a.tape.record(.subtract, a, b) }
    /// The product, as a new line of the tape.
    public static func * (a: Scalar, b: Scalar) -> Scalar { a.tape.record(.multiply, a, b) }
    /// The quotient, as a new line of the tape.
    public static func / (a: Scalar, b: Scalar) -> Scalar { a.tape.record(.divide, a, b) }
    /// The negative.
    public static prefix func - (a: Scalar) -> Scalar { a.applied(.negate) }
    /// This number to a power.
    public func raised(to exponent: Scalar) -> Scalar { tape.record(.power, self, exponent) }
    /// e to this power.
    public func exp() -> Scalar { applied(.exp) }
    /// The natural logarithm.
    public func log() -> Scalar { applied(.log) }
    /// The square root.
    public func squareRoot() -> Scalar { applied(.squareRoot) }
    /// The sine of an angle in radians.
    public func sin() -> Scalar { applied(.sin) }
    /// The cosine of an angle in radians.
    public func cos() -> Scalar { applied(.cos) }
    /// The hyperbolic tangent.
    public func tanh() -> Scalar { applied(.tanh) }
    /// 1 / (1 + exp(-x)).
    public func sigmoid() -> Scalar { applied(.sigmoid) }
    /// log(1 + exp(x)), without overflow.
    public func softplus() -> Scalar { applied(.softplus) }
    /// max(x, 0); slope 0 at 0.
    public func relu() -> Scalar { applied(.relu) }
    /// The distance from 0; slope 0 at 0.
    public func absolute() -> Scalar { applied(.absolute) }
    /// The result of an operation with one operand.
    public func applied(_ operation: ScalarOperation) -> Scalar { tape.record(operation, self, self) }

    /// A constant on the same tape.
    public func constant(_ number: Double) -> Scalar { tape.leaf(number) }
    var plain: Double { value }

    /// The sum, as a new line of the tape.
    public static func + (a: Scalar, b: Double) -> Scalar { a + a.constant(b) }
    /// The difference, as a new line of the tape.
    public static func - (a: Scalar, b: Double) -> Scalar { a - a.constant(b) }
    /// The product, as a new line of the tape.
    public static func * (a: Scalar, b: Double) -> Scalar { a * a.constant(b) }
    /// The quotient, as a new line of the tape.
    public static func / (a: Scalar, b: Double) -> Scalar { a / a.constant(b) }
    /// The sum, as a new line of the tape.
    public static func + (a: Double, b: Scalar) -> Scalar { b.constant(a) + b }
    /// The difference, as a new line of the tape.
    public static func - (a: Double, b: Scalar) -> Scalar { b.constant(a) - b }
    /// The product, as a new line of the tape.
    public static func * (a: Double, b: Scalar) -> Scalar { b.constant(a) * b }
    /// The quotient, as a new line of the tape.
    public static func / (a: Double, b: Scalar) -> Scalar { b.constant(a) / b }
    /// This number to a power.
    public func raised(to exponent: Double) -> Scalar { raised(to: constant(exponent)) }
}

/// The lines that scalars are written on, in the order in which they were made. It only ever grows, so an earlier
/// scalar stays what it was.
public final class ScalarTape {
    struct Line {
        var value: Double
        var firstSlope: Double
        var secondSlope: Double
        var first: Int32
        var second: Int32
        var operation: ScalarOperation
    }

    // nothing is called while a line is written, so the check at run time, a fifth of the cost, finds nothing
    @exclusivity(unchecked) fileprivate(set) var nodes: ContiguousArray<Line> = []
    fileprivate(set) var labels: [Int: String] = [:]

    /// An empty tape.
    public init() {}

    /// How many scalars stand on the tape.
    public var count: Int { nodes.count }

    /// A number that was not made from others.
    public func leaf(_ value: Double, label: String? = nil) -> Scalar {
        nodes.append(Line(value: value, firstSlope: 0, secondSlope: 0, first: -1, second: -1, operation: .leaf))
        if let label { labels[nodes.count - 1] = label }
        return Scalar(tape: self, index: nodes.count - 1)
    }

    /// Makes room for a known number of scalars.
    public func reserve(_ count: Int) { nodes.reserveCapacity(count) }

    /// A scalar of another tape comes in as a constant.
    func record(_ operation: ScalarOperation, _ a: Scalar, _ b: Scalar) -> Scalar {
        guard b.tape === self else { return record(operation, a, leaf(b.value)) }
        let (x, y) = (nodes[a.index].value, nodes[b.index].value)
        let result = operation.value(x, y)
        let (first, second) = operation.slopes(x, y, result)
        nodes.append(
            Line(
                value: result, firstSlope: first, secondSlope: second, first: Int32(truncatingIfNeeded: a.index),
                second: Int32(truncatingIfNeeded: b.index), operation: operation))
        return Scalar(tape: self, index: nodes.count - 1)
    }
}
