/// A value of a computation: what `Figure.graph` is made of.
public struct GraphNode: Hashable, Sendable {
    /// Its name or the operation that made it: "w", "tanh".
    public var title: String
    /// Lines beneath, such as "value 0.88" and "grad 0.23".
    public var details: [String]
    /// The nodes that it was made from, by their places in the list.
    public var inputs: [Int]
    /// The colour of its box.
    public var role: Role

    /// A node.
    public init(title: String, details: [String] = [], inputs: [Int] = [], role: Role = .neutral) {
        self.title = title
        self.details = details
        self.inputs = inputs
        self.role = role
    }
}

/// Gives the nodes of a computation their places: inputs on the left, the result on the right, few crossings.
///
/// After Sugiyama, Tagawa and Toda (1981): layers by longest path, empty places where an edge crosses a layer, the order
/// in a layer by the mean of the neighbours', swept to and fro.
public enum GraphLayout {
    /// A drawing of the nodes. Inputs that name no node, or the node itself or a later cycle, are left out.
    public static func drawing(of nodes: [GraphNode]) -> GraphDrawing {
        var layout = Layout(nodes)
        layout.order()
        let rows = layout.rows()
        let boxes = nodes.indices.map { index in
            GraphDrawing.Box(
                lines: [nodes[index].title] + nodes[index].details, column: layout.column[index],
                row: rows[index] ?? 0, role: nodes[index].role)
        }
        let edges = layout.chains.map { chain in
            GraphDrawing.Edge(
                from: chain[0], to: chain[chain.count - 1],
                passes: chain.dropFirst().dropLast().map { rows[$0] ?? 0 })
        }
        return GraphDrawing(boxes: boxes, edges: edges)
    }
}

private struct Layout {
    /// The layer of each node, and of each empty place after them.
    private(set) var column: [Int]
    /// The way of each edge: from a node over empty places to a node.
    private(set) var chains: [[Int]] = []
    private var layers: [[Int]] = []

    init(_ nodes: [GraphNode]) {
        let inputs = Self.withoutCycles(nodes)
        column = Self.columns(inputs)
        for (node, sources) in inputs.enumerated() {
            for source in sources {
                var chain = [source]
                for layer in (column[source] + 1)..<max(column[node], column[source] + 1) where layer < column[node] {
                    chain.append(column.count)
                    column.append(layer)
                }
                chains.append(chain + [node])
            }
        }
        layers = Array(repeating: [], count: (column.max() ?? 0) + 1)
        for (place, layer) in column.enumerated() { layers[layer].append(place) }
    }

    /// Inputs that name no node, or that lead back to their node, are dropped. One given twice is an arrow for each time.
    private static func withoutCycles(_ nodes: [GraphNode]) -> [[Int]] {
        var state = Array(repeating: 0, count: nodes.count)
        var inputs = nodes.map { node in
            node.inputs.reduce(into: [Int]()) { if nodes.indices.contains($1) { $0.append($1) } }
        }
        for root in nodes.indices where state[root] == 0 {
            var stack: [(node: Int, next: Int)] = [(root, 0)]
            state[root] = 1
            while let top = stack.last {
                guard top.next < inputs[top.node].count else {
                    state[top.node] = 2
                    stack.removeLast()
                    continue
                }
                let input = inputs[top.node][top.next]
                if state[input] == 1 {
                    inputs[top.node].remove(at: top.next)
                    continue
                }
                stack[stack.count - 1].next += 1
                if state[input] == 0 {
                    state[input] = 1
                    stack.append((input, 0))
                }
            }
        }
        return inputs
    }

    /// The longest way from an input; then inputs are drawn up to just before their first use.
    private static func columns(_ inputs: [[Int]]) -> [Int] {
        var column = Array(repeating: 0, count: inputs.count)
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for (node, sources) in inputs.enumerated() {
                let least = (sources.map { column[$0] }.max() ?? -1) + 1
                if least > column[node] {
                    column[node] = least
                    hasChanged = true
                }
            }
        }
        for node in inputs.indices where inputs[node].isEmpty {
            let uses = inputs.indices.filter { inputs[$0].contains(node) }.map { column[$0] }
            column[node] = max((uses.min() ?? 1) - 1, 0)
        }
        return column
    }

    /// Sweeps until the order is settled.
    mutating func order() {
        for sweep in 0..<8 {
            let isForward = sweep % 2 == 0
            let indices = isForward ? Array(layers.indices) : layers.indices.reversed()
            for index in indices { sort(index, towardsPrevious: isForward) }
        }
    }

    private mutating func sort(_ layer: Int, towardsPrevious: Bool) {
        var place: [Int: Double] = [:]
        for members in layers {
            for (index, member) in members.enumerated() {
                place[member] = Double(index) - Double(members.count) / 2
            }
        }
        func mean(_ member: Int) -> Double {
            let neighbours = neighbours(of: member, previous: towardsPrevious)
            guard !neighbours.isEmpty else { return place[member] ?? 0 }
            return neighbours.compactMap { place[$0] }.reduce(0, +) / Double(neighbours.count)
        }
        let keyed = layers[layer].enumerated().map { (member: $0.element, key: mean($0.element), index: $0.offset) }
        layers[layer] = keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.member)
    }

    private func neighbours(of member: Int, previous: Bool) -> [Int] {
        chains.flatMap { chain in
            chain.indices.dropLast().compactMap { index in
                if previous {
                    chain[index + 1] == member ? chain[index] : nil
                } else {
                    chain[index] == member ? chain[index + 1] : nil
                }
            }
        }
    }

    /// The row of every place. Layers begin centred; then each place moves towards its neighbours, to and fro, as far as
    /// the order and a distance of one row let it.
    func rows() -> [Int: Double] {
        var row: [Int: Double] = [:]
        let tallest = layers.map(\.count).max() ?? 1
        for members in layers {
            let offset = Double(tallest - members.count) / 2
            for (index, member) in members.enumerated() { row[member] = offset + Double(index) }
        }
        for sweep in 0..<6 {
            for members in sweep % 2 == 0 ? Array(layers.reversed()) : layers {
                let wanted = members.map { member in
                    let near = (neighbours(of: member, previous: true) + neighbours(of: member, previous: false))
                        .compactMap { row[$0] }
                    return near.isEmpty ? row[member] ?? 0 : near.reduce(0, +) / Double(near.count)
                }
                for (member, place) in zip(members, Self.spread(wanted)) { row[member] = place }
            }
        }
        let top = row.values.min() ?? 0
        return row.mapValues { ((($0 - top) * 4).rounded()) / 4 }
    }

    /// The places nearest to the wanted ones that keep their order a row apart: the mean of pushing down and pushing up.
    private static func spread(_ wanted: [Double]) -> [Double] {
        var down = wanted
        for index in down.indices.dropFirst() { down[index] = max(down[index], down[index - 1] + 1) }
        var up = wanted
        for index in up.indices.dropLast().reversed() { up[index] = min(up[index], up[index + 1] - 1) }
        return zip(down, up).map { ($0 + $1) / 2 }
    }
}
