import Autodiff
import Foundation
import Language
import LinearAlgebra

/// What `backward` shows: every node that a number was made from, from the first to the last.
struct BackwardTable: ObjectValue {
    let graph: ComputationGraph

    var typeName: String { "slopes" }

    private static let longest = 40

    func describe(width: Int) -> String {
        let shown = graph.nodes.filter { !isPlain($0) }
        let listed = shown.suffix(Self.longest)
        let names = ["node"] + listed.map(name)
        let longestName = names.map(\.count).max() ?? 0
        let starts = zip(names, ["made by"] + listed.map(origin)).map { name, origin in
            name.padding(toLength: longestName + 2, withPad: " ", startingAt: 0) + origin
        }
        let numbers = [["value", "gradient"]] + listed.map { [value(of: $0), slope(of: $0)] }
        var lines = TextTable.lines(zip(starts, numbers).map { [$0] + $1 })
        if shown.count > Self.longest { lines.insert("... \(shown.count - Self.longest) earlier nodes", at: 1) }
        return lines.joined(separator: "\n")
    }

    /// A number that was written in the cell: it has no row of its own.
    private func isPlain(_ node: ComputationGraph.Node) -> Bool {
        node.operation == nil && node.label == nil && node.value != nil
    }

    private func name(_ node: ComputationGraph.Node) -> String { node.label ?? "#\(node.id + 1)" }

    /// As it appears in what was made from it.
    private func mention(of node: ComputationGraph.Node) -> String {
        isPlain(node) ? (node.value ?? .nan).significant(6) : name(node)
    }

    private func origin(_ node: ComputationGraph.Node) -> String {
        guard let operation = node.operation else { return "" }
        let operands = graph.edges.filter { $0.to == node.id }.map { mention(of: graph.nodes[$0.from]) }
        let isWord = operation.first?.isLetter ?? false
        if !isWord, operands.count == 2 { return operands.joined(separator: " \(operation) ") }
        return isWord ? "\(operation)(\(operands.joined(separator: ", ")))" : operation + operands.joined()
    }

    private func value(of node: ComputationGraph.Node) -> String {
        node.value.map { $0.significant(5) } ?? "\(node.shape)"
    }

    private func slope(of node: ComputationGraph.Node) -> String {
        // a matrix that stands in the cell was not asked for its slope
        if node.operation == nil, node.label == nil { return "" }
        return node.gradient.map { $0.significant(5) } ?? "\(node.shape)"
    }
}
