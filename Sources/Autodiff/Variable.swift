import LinearAlgebra

/// A node of a graph of matrices: its value, and how it was made. Immutable, with value semantics.
///
///     let w = Variable.parameter(Matrix(0.5), name: "w")
///     let loss = try (w * 3 - 1).square()
///     try gradients(of: loss, withRespectTo: [w])[0].value    // 3
///
/// A variable that no parameter went into is a constant and remembers nothing. Gradients are variables too, made of
/// the same operations, so they can be differentiated again.
public struct Variable<Element: RealElement>: Sendable {
    let node: Node<Element>

    init(_ node: Node<Element>) { self.node = node }

    /// A constant.
    public init(_ constant: Matrix<Element>) { self.init(Node(constant)) }

    /// A constant number, of rank 0.
    public init(_ number: Element) { self.init(Matrix(number)) }

    /// A variable that gradients can be taken with respect to.
    public static func parameter(_ value: Matrix<Element>, name: String? = nil) -> Variable {
        Variable(Node(value, requiresGradient: true, name: name))
    }

    /// The numbers.
    public var value: Matrix<Element> { node.value }
    /// NumPy's shape of the value.
    public var shape: Shape { node.value.shape }
    /// Whether a parameter went into it.
    public var requiresGradient: Bool { node.requiresGradient }
    /// What made it; `nil` for a parameter, an input or a constant.
    public var operation: Operation? { node.operation }
    /// What it was made from; empty where that is not remembered.
    public var parents: [Variable] { node.parents.map(Variable.init) }
    /// The name that a parameter was given.
    public var name: String? { node.name }

    /// The same value as a constant.
    public var detached: Variable {
        node.requiresGradient ? Variable(Node(cuttingOff: node, requiresGradient: false)) : self
    }

    /// The same value as a new parameter: gradients stop here, and can be taken with respect to it.
    public func asParameter(name: String? = nil) -> Variable {
        Variable(Node(cuttingOff: node, requiresGradient: true, name: name))
    }

    /// Tells nodes apart for as long as the variable lives.
    public var id: ObjectIdentifier { ObjectIdentifier(node) }

    /// The result of one operation.
    ///
    /// - Throws: `ShapeError` when the shapes do not fit.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public static func applying(_ operation: Operation, to inputs: [Variable]) throws(ShapeError) -> Variable {
        let value = try Matrix.applying(operation, to: inputs.map { $0.value })
        return Variable(Node(value, operation, inputs.map { $0.node }))
    }

    /// An operation that takes operands of any shape, or of shapes that are known to fit.
    func applied(_ operation: Operation, _ others: Variable...) -> Variable {
        do {
            return try Variable.applying(operation, to: [self] + others)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}
