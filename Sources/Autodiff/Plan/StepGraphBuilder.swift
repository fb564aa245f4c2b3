import LinearAlgebra

/// Takes down what a recorder has recorded.
struct StepGraphBuilder<Element: RealElement> {
    private(set) var graph = StepGraph()
    /// Values that are there before the first step: inputs and constants.
    private(set) var initial: [(value: Int, numbers: Matrix<Element>)] = []
    private(set) var inputs: [String: Operand] = [:]
    private(set) var outputs: [String: Operand] = [:]
    private(set) var draws: [(value: Int, isNormal: Bool)] = []
    /// Updates that are copied at the end of the step.
    private(set) var copies: [(source: Operand, input: Operand)] = []

    /// Each node as its readers see it: where a repeated operand is meant, before it is repeated.
    private var views: [ObjectIdentifier: Operand] = [:]
    /// Constants that are single numbers, by their bits.
    private var numbers: [UInt64: Int] = [:]
    /// Repeated operands that had to be written out.
    private var repeated: [ObjectIdentifier: Operand] = [:]

    init(_ recorder: Recorder<Element>) {
        let roots = recorder.outputs.map { $0.value.node } + recorder.updates.map { $0.value.node }
        let nodes = Self.order(roots)
        for input in recorder.inputs {
            addInitial(input.node)
            inputs[input.name] = view(input.node)
        }
        for draw in recorder.draws {
            let value = graph.add(count: draw.node.value.count, isLasting: true)
            views[ObjectIdentifier(draw.node)] = Operand(value: value, shape: draw.node.value.shape)
            draws.append((value, draw.isNormal))
        }
        for node in nodes where views[ObjectIdentifier(node)] == nil { add(node) }
        addOutputs(recorder)
        graph.finishProducts()
        addUpdates(recorder)
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

    private mutating func addInitial(_ node: Node<Element>) {
        let value = graph.add(count: node.value.count, isLasting: true)
        initial.append((value, node.value))
        views[ObjectIdentifier(node)] = Operand(value: value, shape: node.value.shape)
    }

    /// A constant; of single numbers, one for all that are alike.
    private mutating func addConstant(_ node: Node<Element>) {
        guard node.value.count == 1 else { return addInitial(node) }
        let bits = Double(node.value.number).bitPattern
        if let known = numbers[bits] {
            views[ObjectIdentifier(node)] = Operand(value: known, shape: node.value.shape)
        } else {
            addInitial(node)
            numbers[bits] = view(node).value
        }
    }

    private func view(_ node: Node<Element>) -> Operand {
        views[ObjectIdentifier(node)] ?? Operand(value: 0, shape: node.value.shape)
    }

    /// The node's numbers in its own shape.
    private mutating func whole(_ node: Node<Element>) -> Operand {
        let operand = view(node), shape = node.value.shape
        if operand.shape.isLaidOut(as: shape) { return Operand(value: operand.value, shape: shape) }
        if let known = repeated[ObjectIdentifier(node)] { return known }
        let written = graph.add(.other(.broadcast(shape)), [operand], shape)
        repeated[ObjectIdentifier(node)] = written
        return written
    }

    private mutating func add(_ node: Node<Element>) {
        guard node.isTraced, let operation = node.operation else { return addConstant(node) }
        views[ObjectIdentifier(node)] = result(of: operation, node)
    }

    private mutating func result(of operation: Operation, _ node: Node<Element>) -> Operand {
        let shape = node.value.shape
        switch operation {
        case .reshape:
            let parent = node.parents[0]
            if parent.value.shape.isLaidOut(as: shape) { return view(parent) }
            return Operand(value: whole(parent).value, shape: shape)
        case .broadcast: return view(node.parents[0])
        case .map(let function): return elementwise(.map(function), node)
        case .combine(let function): return elementwise(.combine(function), node)
        case .select: return elementwise(.select, node)
        case .multiply(let left, let right):
            let task = Work.Task.product(transposingLeft: left, transposingRight: right, .none)
            return graph.add(task, node.parents.map { whole($0) }, shape)
        case .soundness:
            let mark = graph.addMark()
            for operand in node.parents.map(view) {
                let check = Work(
                    task: .elementwise(.check), operands: [operand], result: mark, shape: operand.shape)
                graph.works.append(check)
            }
            return Operand(value: mark, shape: shape)
        default: return graph.add(.other(operation), node.parents.map { whole($0) }, shape)
        }
    }

    private mutating func elementwise(_ function: Elementwise, _ node: Node<Element>) -> Operand {
        let operands = node.parents.map(view)
        var shape = operands.dropFirst().reduce(operands[0].shape) { $0.broadcast(with: $1.shape) ?? $0 }
        if shape.isLaidOut(as: node.value.shape) { shape = node.value.shape }
        return graph.add(.elementwise(function), operands, shape)
    }

    /// An output that is an input's value is set aside, before the input is updated.
    private mutating func addOutputs(_ recorder: Recorder<Element>) {
        let inputValues = Set(inputs.values.map(\.value))
        for output in recorder.outputs {
            var operand = whole(output.value.node)
            if inputValues.contains(operand.value) { operand = graph.copy(operand) }
            graph.keep(operand.value)
            outputs[output.name] = operand
        }
    }

    /// All updates take place together, at the end: one that is another input's value is set aside first.
    private mutating func addUpdates(_ recorder: Recorder<Element>) {
        let inputValues = Set(inputs.values.map(\.value))
        var pending: [(source: Operand, input: Operand)] = []
        for update in recorder.updates {
            let input = view(recorder.inputs[update.input].node)
            var source = whole(update.value.node)
            if source.value == input.value { continue }
            if inputValues.contains(source.value) { source = graph.copy(source) }
            pending.append((source, input))
        }
        let sources = pending.map(\.source.value)
        var writers: Set<Int> = []
        for update in pending {
            let isShared = sources.count { $0 == update.source.value } > 1
            if !isShared, graph.alternate(update.source.value, with: update.input.value) { continue }
            if !isShared, graph.write(update.source.value, to: update.input.value, &writers) { continue }
            graph.keep(update.source.value)
            copies.append(update)
        }
    }
}
