import LinearAlgebra

/// A recorded step before it has memory: which operations, in which order, with their operands and results in which
/// stretch of the block.
struct ProgramPlan<Element: RealElement> {
    struct Instruction {
        let operation: Operation
        let operands: [(start: Int, shape: Shape)]
        let result: (start: Int, shape: Shape)
    }

    private(set) var instructions: [Instruction] = []
    /// Values that are there before the first step: inputs and constants.
    private(set) var initial: [(start: Int, value: Matrix<Element>)] = []
    private(set) var inputs: [String: (start: Int, shape: Shape)] = [:]
    private(set) var outputs: [String: (start: Int, shape: Shape)] = [:]
    private(set) var draws: [(start: Int, count: Int, isNormal: Bool)] = []

    private var memory = MemoryPlan()
    private var places: [ObjectIdentifier: Int] = [:]
    /// How many reads of a stretch are still to come.
    private var remainingUses: [Int: Int] = [:]
    /// How often each node is read in all.
    private var usesOfNode: [ObjectIdentifier: Int] = [:]

    /// How many numbers the block must hold.
    var count: Int { memory.count }

    init(_ recorder: Recorder<Element>) {
        let roots = recorder.outputs.map { $0.value.node } + recorder.updates.map { $0.value.node }
        let nodes = Self.order(roots)
        placeLasting(recorder, nodes)
        countUses(nodes, roots)
        for node in nodes where places[ObjectIdentifier(node)] == nil { place(node) }
        for output in recorder.outputs { outputs[output.name] = lasting(location(output.value.node)) }
        addUpdates(recorder)
    }

    private func location(_ node: Node<Element>) -> (start: Int, shape: Shape) {
        (places[ObjectIdentifier(node)] ?? 0, node.value.shape)
    }

    /// All nodes that the roots were made from, operands first.
    private static func order(_ roots: [Node<Element>]) -> [Node<Element>] {
        var found: [Node<Element>] = []
        var seen: Set<ObjectIdentifier> = []
        var pending = Array(roots.reversed())
        while let node = pending.popLast() {
            guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
            found.append(node)
            if node.isTraced { pending.append(contentsOf: node.parents.reversed()) }
        }
        let ordered = found.enumerated().sorted { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }
        return ordered.map { $0.element }
    }

    /// Inputs, constants and random numbers keep their places for good.
    private mutating func placeLasting(_ recorder: Recorder<Element>, _ nodes: [Node<Element>]) {
        for input in recorder.inputs {
            placeInitial(input.node)
            inputs[input.name] = location(input.node)
        }
        for draw in recorder.draws {
            let start = memory.reserve(draw.node.value.count)
            places[ObjectIdentifier(draw.node)] = start
            draws.append((start, draw.node.value.count, draw.isNormal))
        }
        for node in nodes where !node.isTraced { placeInitial(node) }
    }

    private mutating func placeInitial(_ node: Node<Element>) {
        let start = memory.reserve(node.value.count)
        places[ObjectIdentifier(node)] = start
        initial.append((start, node.value))
    }

    /// How often each value is read. What lasts, and what the step leaves behind, is read once more than it is.
    private mutating func countUses(_ nodes: [Node<Element>], _ roots: [Node<Element>]) {
        var uses: [ObjectIdentifier: Int] = [:]
        for node in nodes where node.isTraced {
            for parent in node.parents { uses[ObjectIdentifier(parent), default: 0] += 1 }
        }
        for root in roots { uses[ObjectIdentifier(root), default: 0] += 1 }
        usesOfNode = uses
        for start in places.values { remainingUses[start] = .max / 2 }
    }

    private mutating func place(_ node: Node<Element>) {
        guard let operation = node.operation else { return }
        let id = ObjectIdentifier(node), operands = node.parents.map(location)
        if case .reshape = operation {
            // another view of the same numbers
            places[id] = operands[0].start
            remainingUses[operands[0].start, default: 0] += (usesOfNode[id] ?? 0) - 1
            return
        }
        let start = inPlace(operation, node, operands) ?? memory.reserve(node.value.count)
        places[id] = start
        instructions.append(Instruction(operation: operation, operands: operands, result: (start, node.value.shape)))
        for operand in operands { use(operand, keeping: start) }
        remainingUses[start] = usesOfNode[id] ?? 0
    }

    /// An elementwise result may overwrite an operand of its own shape that nobody reads again.
    private func inPlace(_ operation: Operation, _ node: Node<Element>, _ operands: [(start: Int, shape: Shape)])
        -> Int?
    {
        switch operation {
        case .map, .combine: break
        default: return nil
        }
        let shape = node.value.shape
        return operands.first { operand in
            let readHere = operands.filter { $0.start == operand.start }
            return remainingUses[operand.start] == readHere.count
                && readHere.allSatisfy { $0.shape.rows == shape.rows && $0.shape.columns == shape.columns }
        }?.start
    }

    private mutating func use(_ operand: (start: Int, shape: Shape), keeping result: Int) {
        let left = (remainingUses[operand.start] ?? 1) - 1
        remainingUses[operand.start] = left
        if left == 0, operand.start != result { memory.release(operand.start, operand.shape.count) }
    }

    /// An output that is an input's value is set aside, before the input is updated.
    private mutating func lasting(_ source: (start: Int, shape: Shape)) -> (start: Int, shape: Shape) {
        guard inputs.values.contains(where: { $0.start == source.start }) else { return source }
        return setAside(source)
    }

    private mutating func setAside(_ source: (start: Int, shape: Shape)) -> (start: Int, shape: Shape) {
        let aside = (start: memory.reserve(source.shape.count), shape: source.shape)
        instructions.append(Instruction(operation: .map(.identity), operands: [source], result: aside))
        return aside
    }

    /// Updates come last and all together: one that is another input's value is set aside first.
    private mutating func addUpdates(_ recorder: Recorder<Element>) {
        let inputStarts = Set(inputs.values.map { $0.start })
        var copies: [Instruction] = []
        for update in recorder.updates {
            let target = location(recorder.inputs[update.input].node)
            var source = location(update.value.node)
            if inputStarts.contains(source.start), source.start != target.start {
                source = setAside(source)
            }
            if source.start != target.start {
                copies.append(Instruction(operation: .map(.identity), operands: [source], result: target))
            }
        }
        instructions += copies
    }
}
