import LinearAlgebra

/// Gives every value its stretch of the block, as the items of a plan come by in their order.
struct Layout {
    private let graph: StepGraph
    private let fusion: Fusion
    private var memory = MemoryPlan()
    private var starts: [Int: Int] = [:]
    /// The last item that reads a value; for what is read after the step, past the end.
    private var lastReader: [Int: Int] = [:]
    /// The values whose last reader is at a position.
    private var ending: [Int: Set<Int>] = [:]

    /// How many numbers the block must hold.
    var count: Int { memory.count }

    init(_ graph: StepGraph, _ fusion: Fusion) {
        self.graph = graph
        self.fusion = fusion
        for (position, item) in fusion.items.enumerated() {
            for work in Self.works(item) {
                let values = graph.works[work].operands.map(\.value) + [graph.works[work].result]
                for value in values { lastReader[value] = position }
            }
        }
        for value in graph.kept.union(graph.lasting) { lastReader[value] = .max }
        for bundle in fusion.bundles {
            let last = bundle.compactMap { lastReader[$0] }.max()
            for value in bundle { lastReader[value] = last }
        }
        for (value, position) in lastReader { ending[position, default: []].insert(value) }
        for value in graph.lasting.sorted() + graph.turns.nextValues.sorted() { reserve(value) }
    }

    private static func works(_ item: Fusion.Item) -> [Int] {
        switch item {
        case .single(let work): [work]
        case .fused(let fused): fused.sides.flatMap(\.works)
        }
    }

    func start(of value: Int) -> Int { starts[value] ?? 0 }

    func place(_ operand: Operand) -> Instruction.Place { (start(of: operand.value), operand.shape) }

    /// Room for a value; with its neighbours, where it must have some.
    private mutating func reserve(_ value: Int) {
        guard starts[value] == nil else { return }
        let together = fusion.bundleOf[value].map { fusion.bundles[$0] } ?? [value]
        var start = memory.reserve(together.reduce(0) { $0 + graph.counts[$1] })
        for value in together {
            starts[value] = start
            start += graph.counts[value]
        }
    }

    /// Gives back the room of what the item at this position was the last to read.
    private mutating func release(_ position: Int) {
        var done: Set<Int> = []
        for value in (ending[position] ?? []).sorted() {
            guard let start = starts[value] else { continue }
            guard let index = fusion.bundleOf[value] else {
                if done.insert(start).inserted { memory.release(start, graph.counts[value]) }
                continue
            }
            let bundle = fusion.bundles[index], first = starts[bundle[0]] ?? start
            if done.insert(first).inserted {
                memory.release(first, bundle.reduce(0) { $0 + graph.counts[$1] })
            }
        }
    }

    /// One work by itself.
    mutating func instruction(_ work: Work, _ position: Int) -> Instruction {
        reserve(work.result)
        defer { release(position) }
        let operands = work.operands.map(place), result = (start(of: work.result), work.shape)
        switch work.task {
        case .product(let left, let right, let finish):
            return .product(transposingLeft: left, transposingRight: right, finish, operands, result)
        case .other(let operation): return .operation(operation, operands, result)
        case .elementwise(.map(let function)): return .operation(.map(function), operands, result)
        case .elementwise(.combine(let function)): return .operation(.combine(function), operands, result)
        case .elementwise(.select): return .operation(.select, operands, result)
        case .elementwise(.check): return .check(operands[0], mark: result.0)
        }
    }

    /// Elementwise works, block by block. A work alone is an ordinary call, unless it is worth sharing among threads.
    mutating func instruction(_ fused: FusedWork, _ position: Int) -> Instruction {
        let part = fused.sides[0]
        if fused.sides.count == 1, part.works.count == 1, part.shape.count < 1 << 16 {
            reuse(part, position)
            return instruction(graph.works[part.works[0]], position)
        }
        if fused.sides.count == 1 { reuse(part, position) }
        for side in fused.sides { for value in side.values { reserve(value) } }
        defer { release(position) }
        var writer = FusedWriter(part, shape(of: fused))
        for (index, step) in part.steps.enumerated() { writer.add(step, index, place: { start(of: $0) }) }
        return .fused(writer.instruction)
    }

    /// A matrix whose operands are all matrices or numbers is one long row.
    private func shape(of fused: FusedWork) -> (rows: Int, columns: Int) {
        let part = fused.sides[0]
        if part.isPlain || part.shape.rank == 0 { return (1, fused.sides.reduce(0) { $0 + $1.shape.count }) }
        return (part.shape.rows, part.shape.columns)
    }

    /// A result may overwrite an operand that nothing reads later, neither a later item nor a later step of this one.
    private mutating func reuse(_ part: FusedPart, _ position: Int) {
        var lastStep: [Int: Int] = [:]
        var made: Set<Int> = []
        for (index, step) in part.steps.enumerated() {
            for operand in step.operands {
                switch operand {
                case .own(let value): lastStep[part.values[value]] = max(lastStep[part.values[value]] ?? 0, index)
                case .number(let value): lastStep[value] = .max
                case .spread(let spread): lastStep[spread.value] = .max
                case .inner: break
                }
            }
        }
        for (index, step) in part.steps.enumerated() {
            guard step.function != .elementwise(.check), case .own(let result)? = step.result else { continue }
            let value = part.values[result]
            guard starts[value] == nil, fusion.bundleOf[value] == nil else { continue }
            made.insert(value)
            let old = part.values.first { old in
                !made.contains(old) && starts[old] != nil && lastReader[old] == position
                    && fusion.bundleOf[old] == nil && graph.counts[old] == graph.counts[value]
                    && (lastStep[old] ?? .max) <= index
            }
            guard let old else { continue }
            starts[value] = starts[old]
            // the new value keeps the room
            ending[position]?.remove(old)
            lastReader[old] = .min
        }
    }
}

/// Puts the steps of a part into the words of the kernel.
private struct FusedWriter {
    private(set) var instruction: FusedInstruction
    private let part: FusedPart
    /// Where the result of each step is.
    private var results: [Int] = []
    private var free = Set(0..<FusedInstruction.temporaries)
    /// The last step that reads the result of a step.
    private var lastReader: [Int: Int] = [:]

    init(_ part: FusedPart, _ shape: (rows: Int, columns: Int)) {
        self.part = part
        instruction = FusedInstruction(rows: shape.rows, columns: shape.columns)
        for (index, step) in part.steps.enumerated() {
            for case .inner(let maker) in step.operands { lastReader[maker] = index }
        }
    }

    mutating func add(_ step: FusedPart.Step, _ index: Int, place: (Int) -> Int) {
        let operands = step.operands.map { operand($0, place) }
        for case .inner(let maker) in step.operands where lastReader[maker] == index { release(results[maker]) }
        let result = step.result.map { operand($0, place) } ?? takeTemporary()
        results.append(result)
        let others = step.others.map { operand($0, place) }
        instruction.steps.append(.init(function: step.function, operands: operands, result: result, others: others))
    }
}

extension FusedWriter {
    private mutating func operand(_ reference: FusedPart.Reference, _ place: (Int) -> Int) -> Int {
        switch reference {
        case .inner(let step): return results[step]
        case .own(let value):
            let rowStride = instruction.rows == 1 ? 0 : instruction.columns
            return named(.init(start: place(part.values[value]), rowStride: rowStride, columnStride: 1))
        case .number(let value): return named(.init(start: place(value), rowStride: 0, columnStride: 0))
        case .spread(let operand):
            return named(
                .init(
                    start: place(operand.value), rowStride: operand.shape.rows == 1 ? 0 : operand.shape.columns,
                    columnStride: operand.shape.columns == 1 ? 0 : 1))
        }
    }

    /// The number of an operand in memory; the same one for the same place.
    private mutating func named(_ view: FusedInstruction.View) -> Int {
        if let known = instruction.views.firstIndex(of: view) { return FusedInstruction.temporaries + known }
        instruction.views.append(view)
        return FusedInstruction.temporaries + instruction.views.count - 1
    }

    private mutating func takeTemporary() -> Int {
        let first = free.min() ?? 0
        free.remove(first)
        return first
    }

    private mutating func release(_ result: Int) {
        if result < FusedInstruction.temporaries { free.insert(result) }
    }
}
