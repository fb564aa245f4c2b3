import LinearAlgebra

/// Why a gradient cannot be given.
public enum GradientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The loss is no single number.
    case notANumber(Shape)
    /// The variable at this position of the list is a constant.
    case constant(position: Int)

    /// In words, for the person who asked.
    public var description: String {
        switch self {
        case .notANumber(let shape):
            "a gradient is taken of one number, and this has the shape \(shape): take its sum or its mean"
        case .constant:
            "a gradient is taken with respect to a parameter, and this is a constant: make it with `param`"
        }
    }
}

/// The gradients of a number, made of the same operations as the number itself, so that they can be differentiated
/// again.
///
///     let x = Variable.parameter(Matrix(3.0))
///     let slope = try gradients(of: x.power(3), withRespectTo: [x])[0]    // 27
///     try gradients(of: slope, withRespectTo: [x])[0]                     // 18
///
/// - Returns: one gradient for each variable, of its shape; zeros where the loss does not depend on it.
/// - Throws: `GradientError` when the loss is not a single number or a variable is a constant.
/// - Complexity: linear in the nodes between the variables and the loss.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func gradients<Element: RealElement>(
    of loss: Variable<Element>, withRespectTo variables: [Variable<Element>]
) throws(GradientError) -> [Variable<Element>] {
    guard loss.shape.count == 1 else { throw .notANumber(loss.shape) }
    if let position = variables.firstIndex(where: { !$0.requiresGradient }) { throw .constant(position: position) }
    let sweep = BackwardSweep(from: loss, to: variables)
    return variables.map { sweep.gradient(of: $0.node) ?? Variable(.zeros($0.shape)) }
}

/// The gradients of a number with respect to every node that a parameter went into, by `Variable.id`.
public func gradientsOfAllNodes<Element: RealElement>(of loss: Variable<Element>) throws(GradientError)
    -> [(node: Variable<Element>, gradient: Variable<Element>)]
{
    guard loss.shape.count == 1 else { throw .notANumber(loss.shape) }
    let sweep = BackwardSweep(from: loss, to: nil)
    return sweep.order.map { node in
        (Variable(node), sweep.gradient(of: node) ?? Variable(.zeros(node.value.shape)))
    }
}

/// One pass from the loss back to the variables.
private struct BackwardSweep<Element: RealElement> {
    /// The nodes that the loss was made from and that lead to a variable, parents first.
    private(set) var order: [Node<Element>] = []
    private var gradients: [ObjectIdentifier: Variable<Element>] = [:]

    /// With `nil` for the variables: every node that requires a gradient.
    init(from loss: Variable<Element>, to variables: [Variable<Element>]?) {
        order = Self.relevant(Self.ancestors(of: loss.node, notBelow: variables), variables)
        gradients[ObjectIdentifier(loss.node)] = Variable(.ones(loss.shape))
        let wanted = Set(order.map { ObjectIdentifier($0) })
        for node in order.reversed() { pass(node, to: wanted) }
    }

    func gradient(of node: Node<Element>) -> Variable<Element>? { gradients[ObjectIdentifier(node)] }

    private mutating func pass(_ node: Node<Element>, to wanted: Set<ObjectIdentifier>) {
        guard !node.stopsGradient, let operation = node.operation, let gradient = gradients[ObjectIdentifier(node)]
        else { return }
        let pullback = Pullback(inputs: node.parents.map(Variable.init), output: Variable(node), gradient: gradient)
        for (position, parent) in node.parents.enumerated() where wanted.contains(ObjectIdentifier(parent)) {
            guard let passed = operation.pullback(pullback, to: position)?.summed(to: parent.value.shape) else {
                continue
            }
            let id = ObjectIdentifier(parent)
            gradients[id] = gradients[id].map { $0.plus(passed) } ?? passed
        }
    }

    /// All nodes that require gradients, parents first. A node made before every variable cannot depend on one.
    private static func ancestors(of loss: Node<Element>, notBelow variables: [Variable<Element>]?) -> [Node<Element>] {
        let lowest = variables?.map { $0.node.depth }.min() ?? 0
        var found: [Node<Element>] = []
        var seen: Set<ObjectIdentifier> = []
        var pending = [loss]
        while let node = pending.popLast() {
            guard node.requiresGradient, node.depth >= lowest, seen.insert(ObjectIdentifier(node)).inserted else {
                continue
            }
            found.append(node)
            if !node.stopsGradient { pending.append(contentsOf: node.parents) }
        }
        let numbered = found.enumerated().sorted { ($0.element.depth, $1.offset) < ($1.element.depth, $0.offset) }
        return numbered.map { $0.element }
    }

    private static func relevant(_ nodes: [Node<Element>], _ variables: [Variable<Element>]?) -> [Node<Element>] {
        guard let variables else { return nodes }
        var leads = Set(variables.map { $0.id })
        return nodes.filter { node in
            let isRelevant =
                leads.contains(ObjectIdentifier(node))
                || !node.stopsGradient && node.parents.contains { leads.contains(ObjectIdentifier($0)) }
            if isRelevant { leads.insert(ObjectIdentifier(node)) }
            return isRelevant
        }
    }
}
