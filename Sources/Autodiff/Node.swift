import LinearAlgebra

/// What a ``Variable`` points to: a value and how it was made. Never changed after it was made.
///
/// `@unchecked`: `parents` is a `var` only so that `deinit` can take the graph apart without recursion.
final class Node<Element: RealElement>: @unchecked Sendable {
    let value: Matrix<Element>
    /// `nil` for a constant, a parameter or an input.
    let operation: Operation?
    private(set) var parents: [Node]
    let requiresGradient: Bool
    /// Made from an input of a program that is being recorded.
    let isTraced: Bool
    let name: String?
    /// Made from its parent for a program only: no gradient passes.
    let stopsGradient: Bool
    /// One more than the deepest parent: a node is always deeper than what it was made from.
    let depth: Int

    /// A node without parents.
    init(_ value: Matrix<Element>, requiresGradient: Bool = false, isTraced: Bool = false, name: String? = nil) {
        self.value = value
        self.requiresGradient = requiresGradient
        self.isTraced = isTraced
        self.name = name
        operation = nil
        parents = []
        stopsGradient = true
        depth = 0
    }

    /// The result of an operation. Parents are kept only if something may be asked of them later.
    init(_ value: Matrix<Element>, _ operation: Operation, _ parents: [Node]) {
        self.value = value
        self.operation = operation
        requiresGradient = parents.contains { $0.requiresGradient }
        isTraced = parents.contains { $0.isTraced }
        self.parents = requiresGradient || isTraced ? parents : []
        name = nil
        stopsGradient = false
        depth = 1 + parents.reduce(0) { max($0, $1.depth) }
    }

    /// The same value, cut off from what it was made from: a constant, or a parameter of its own. A program that is
    /// being recorded still sees where it came from.
    init(cuttingOff node: Node, requiresGradient: Bool, name: String? = nil) {
        value = node.value
        operation = node.isTraced ? .reshape(node.value.shape) : nil
        parents = node.isTraced ? [node] : []
        self.requiresGradient = requiresGradient
        isTraced = node.isTraced
        self.name = name
        stopsGradient = true
        depth = node.isTraced ? node.depth + 1 : 0
    }

    /// A chain of a million nodes must not become a million nested calls.
    deinit {
        var pending = parents
        parents = []
        while var node = pending.popLast() {
            if isKnownUniquelyReferenced(&node) {
                pending.append(contentsOf: node.parents)
                node.parents = []
            }
        }
    }
}
