/// The gradients of one scalar with respect to every scalar that went into it.
public struct ScalarGradients {
    let tape: ScalarTape
    let start: Int
    let values: [Double]

    /// The slope of the differentiated scalar in this one; 0 where it does not depend on it.
    public subscript(scalar: Scalar) -> Double {
        let position = scalar.index - start
        return scalar.tape === tape && values.indices.contains(position) ? values[position] : 0
    }
}

extension Scalar {
    /// Backpropagation: one walk back over the tape.
    ///
    /// - Complexity: linear in the lines between the first that is needed and this one.
    public func gradients() -> ScalarGradients {
        let start = lowestAncestor
        var gradients = [Double](repeating: 0, count: index - start + 1)
        gradients[index - start] = 1
        tape.nodes.withUnsafeBufferPointer { nodes in
            for i in stride(from: index, through: start, by: -1) {
                let node = nodes[i], gradient = gradients[i - start]
                guard gradient != 0, node.operation != .leaf else { continue }
                gradients[Int(node.first) - start] += gradient * node.firstSlope
                if node.operation.arity == 2 { gradients[Int(node.second) - start] += gradient * node.secondSlope }
            }
        }
        return ScalarGradients(tape: tape, start: start, values: gradients)
    }

    /// The first line of the tape that a walk back can reach.
    private var lowestAncestor: Int {
        tape.nodes.withUnsafeBufferPointer { nodes in
            var lowest = Int32(truncatingIfNeeded: index), i = lowest
            while i >= lowest {
                let node = nodes[Int(i)]
                if node.operation != .leaf { lowest = min(lowest, node.first, node.second) }
                i -= 1
            }
            return Int(lowest)
        }
    }
}

/// The gradients of a scalar, written on the tape themselves, so that they can be differentiated again.
public func gradients(of result: Scalar, withRespectTo variables: [Scalar]) -> [Scalar] {
    let tape = result.tape
    var found: [Int: Scalar] = [result.index: tape.leaf(1)]
    for index in result.ancestors.sorted(by: >) {
        let node = Scalar(tape: tape, index: index)
        guard let gradient = found[index], node.operation != .leaf else { continue }
        let parents = node.parents
        let slopes = node.operation.slopes(parents[0], parents.last ?? parents[0], node)
        for (parent, slope) in zip(parents, [slopes.0, slopes.1]) {
            let passed = gradient * slope
            found[parent.index] = found[parent.index].map { $0 + passed } ?? passed
        }
    }
    return variables.map { $0.tape === tape ? found[$0.index] ?? tape.leaf(0) : tape.leaf(0) }
}

extension Scalar {
    /// The lines that this scalar was made from, itself included.
    var ancestors: Set<Int> {
        var seen: Set<Int> = []
        var pending = [index]
        while let next = pending.popLast() {
            guard seen.insert(next).inserted else { continue }
            pending.append(contentsOf: Scalar(tape: tape, index: next).parents.map(\.index))
        }
        return seen
    }
}
