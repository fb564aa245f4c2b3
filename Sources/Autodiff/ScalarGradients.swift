/// The gradients of one scalar with respect to every scalar that went into it.
public struct ScalarGradients {
    /// Those of the scalars on one tape, from the line `start` on.
    struct Stretch {
        let tape: ScalarTape
        let start: Int
        var values: [Double]
    }
    var stretches: [Stretch] = []

    /// The slope of the differentiated scalar in this one; 0 where it does not depend on it.
    public subscript(scalar: Scalar) -> Double {
        let scalar = scalar.origin
        guard let stretch = stretches.first(where: { $0.tape === scalar.tape }) else { return 0 }
        let position = scalar.index - stretch.start
        return stretch.values.indices.contains(position) ? stretch.values[position] : 0
    }
}

extension Scalar {
    /// Backpropagation: one walk back over the tape, and over the earlier tapes that it came from.
    ///
    /// - Complexity: linear in the lines between the first that is needed and this one.
    public func gradients() -> ScalarGradients {
        var result = ScalarGradients()
        var pending = [(scalar: origin, gradient: 1.0)]
        while let latest = pending.max(by: { $0.scalar.tape.number < $1.scalar.tape.number })?.scalar.tape {
            let stretch = latest.walkBack(from: pending.filter { $0.scalar.tape === latest })
            pending.removeAll { $0.scalar.tape === latest }
            for (line, origin) in latest.origins where stretch.values.indices.contains(line - stretch.start) {
                pending.append((origin, stretch.values[line - stretch.start]))
            }
            result.stretches.append(stretch)
        }
        return result
    }
}

extension ScalarTape {
    /// From lines whose gradients are known back to the first that they were made from.
    fileprivate func walkBack(from seeds: [(scalar: Scalar, gradient: Double)]) -> ScalarGradients.Stretch {
        let last = seeds.reduce(0) { max($0, $1.scalar.index) }
        let start = lowestAncestor(of: seeds.reduce(last) { min($0, $1.scalar.index) }, last)
        var gradients = [Double](repeating: 0, count: last - start + 1)
        for seed in seeds { gradients[seed.scalar.index - start] += seed.gradient }
        nodes.withUnsafeBufferPointer { nodes in
            for i in stride(from: last, through: start, by: -1) {
                let node = nodes[i], gradient = gradients[i - start]
                guard gradient != 0, node.operation != .leaf else { continue }
                gradients[Int(node.first) - start] += gradient * node.firstSlope
                if node.operation.arity == 2 { gradients[Int(node.second) - start] += gradient * node.secondSlope }
            }
        }
        return ScalarGradients.Stretch(tape: self, start: start, values: gradients)
    }

    /// The first line of the tape that a walk back from `last` down to `first` and on can reach.
    private func lowestAncestor(of first: Int, _ last: Int) -> Int {
        nodes.withUnsafeBufferPointer { nodes in
            var lowest = Int32(first), i = Int32(last)
            while i >= lowest {
                let node = nodes[Int(i)]
                if node.operation != .leaf { lowest = min(lowest, node.first, node.second) }
                i -= 1
            }
            return Int(lowest)
        }
    }
}

/// The gradients of a scalar, written down as scalars themselves, so that they can be differentiated again.
///
/// - Parameter tape: where they are written; `nil`: on the scalar's own.
public func gradients(
    of result: Scalar, withRespectTo variables: [Scalar], on tape: ScalarTape? = nil
) -> [Scalar] {
    let tape = tape ?? result.tape
    var found: [Scalar: Scalar] = [result.origin: tape.leaf(1)]
    for node in result.ancestors.reversed() {
        guard let gradient = found[node], node.operation != .leaf else { continue }
        let parents = node.parents, operands = parents.map { tape.standIn(for: $0) }
        let slopes = node.operation.slopes(operands[0], operands.last ?? operands[0], tape.standIn(for: node))
        for (parent, slope) in zip(parents, [slopes.0, slopes.1]) {
            let passed = gradient * slope
            found[parent] = found[parent].map { $0 + passed } ?? passed
        }
    }
    return variables.map { found[$0.origin] ?? tape.leaf(0) }
}

extension Scalar {
    /// The scalars that this one was made from, operands before results and itself last. Those on tapes of their own, of
    /// which none is earlier, come in the order in which the formula names them.
    var ancestors: [Scalar] {
        var seen: Set<Scalar> = []
        var found: [Scalar] = []
        var pending = [origin]
        while let next = pending.popLast() {
            guard seen.insert(next).inserted else { continue }
            found.append(next)
            pending.append(contentsOf: next.parents.reversed())
        }
        return found.enumerated().sorted { a, b in
            Scalar.isEarlier(a.element, b.element)
                || !Scalar.isEarlier(b.element, a.element) && a.offset < b.offset
        }.map(\.element)
    }
}
