import LinearAlgebra

/// A graph of operations as a plain value, for drawing.
public struct ComputationGraph: Hashable, Sendable {
    /// One value of the graph.
    public struct Node: Hashable, Sendable {
        /// Its position in `nodes`.
        public let id: Int
        /// The name of a parameter or of a scalar that was given one.
        public let label: String?
        /// What made it, as a person writes it (`+`, `tanh`); `nil` for what was put in.
        public let operation: String?
        /// NumPy's shape; `[]` for a number.
        public let shape: Shape
        /// The value of a number; `nil` for a vector or matrix.
        public let value: Double?
        /// The gradient of the last node in this one, where it is a number and was asked for.
        public let gradient: Double?
    }

    /// From an operand to what was made of it.
    public struct Edge: Hashable, Sendable {
        /// The operand's `id`.
        public let from: Int
        /// The result's `id`.
        public let to: Int
    }

    /// Operands before results; the differentiated number last.
    public let nodes: [Node]
    /// Edges in the order of the operands.
    public let edges: [Edge]
}

extension Scalar {
    /// The graph that this scalar was made by, with gradients.
    ///
    /// - Parameter labels: names for scalars that were given none, as the person calls them.
    public func graph(labels: [(Scalar, String)] = []) -> ComputationGraph {
        let names = Dictionary(labels.map { ($0.0.origin, $0.1) }, uniquingKeysWith: { first, _ in first })
        let gradients = gradients()
        let scalars = ancestors
        let ids = Dictionary(uniqueKeysWithValues: zip(scalars, scalars.indices))
        var edges: [ComputationGraph.Edge] = []
        let nodes = scalars.enumerated().map { id, scalar in
            edges += scalar.parents.compactMap { ids[$0] }.map { .init(from: $0, to: id) }
            let operation = scalar.operation == .leaf ? nil : scalar.operation.symbol
            return ComputationGraph.Node(
                id: id, label: scalar.label ?? names[scalar], operation: operation, shape: .scalar, value: scalar.value,
                gradient: gradients[scalar])
        }
        return ComputationGraph(nodes: nodes, edges: edges)
    }
}

extension Variable {
    /// The graph that this variable was made by, as far as it is remembered; with gradients where it is a number.
    ///
    /// - Parameter labels: names for nodes, as the person calls them.
    public func graph(labels: [(Variable, String)] = []) -> ComputationGraph {
        let order = remembered
        let ids = Dictionary(uniqueKeysWithValues: zip(order.map { $0.id }, order.indices))
        let names = Dictionary(labels.map { ($0.0.id, $0.1) }, uniquingKeysWith: { first, _ in first })
        let gradients = Dictionary(
            uniqueKeysWithValues: ((try? gradientsOfAllNodes(of: self)) ?? []).map { ($0.node.id, $0.gradient) })
        var edges: [ComputationGraph.Edge] = []
        let nodes = order.enumerated().map { id, variable in
            edges += variable.parents.compactMap { ids[$0.id] }.map { .init(from: $0, to: id) }
            return ComputationGraph.Node(
                id: id, label: names[variable.id] ?? variable.name, operation: variable.operation?.name,
                shape: variable.shape, value: variable.singleNumber, gradient: gradients[variable.id]?.singleNumber)
        }
        return ComputationGraph(nodes: nodes, edges: edges)
    }

    private var singleNumber: Double? { shape.rank == 0 ? Double(value.number) : nil }

    /// This node and its ancestors, parents first.
    private var remembered: [Variable] {
        var found: [Node<Element>] = []
        var seen: Set<ObjectIdentifier> = []
        var pending = [node]
        while let next = pending.popLast() {
            guard seen.insert(ObjectIdentifier(next)).inserted else { continue }
            found.append(next)
            pending.append(contentsOf: next.parents.reversed())
        }
        let ordered = found.enumerated().sorted { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }
        return ordered.map { Variable($0.element) }
    }
}
