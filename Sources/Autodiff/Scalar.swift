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
    public var label: String? { tape.label(of: self) }
    /// What it was made from.
    public var parents: [Scalar] {
        let node = tape.nodes[index]
        return [node.first, node.second].prefix(node.operation.arity).map { Scalar(tape: tape, index: Int($0)).origin }
    }

    /// The same number under a name.
    @discardableResult
    public func labelled(_ label: String) -> Scalar {
        tape.setLabel(label, of: self)
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

    /// self + a[0] b[0] + a[1] b[1] + ..., written line by line as the operators would: what a neuron computes. Its
    /// scalars do not take and give up their hold of the tape one by one, which costs more than the arithmetic.
    public func adding(products a: ArraySlice<Scalar>, _ b: ArraySlice<Scalar>) -> Scalar {
        tape.recordSum(from: self, products: a, b)
    }

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
