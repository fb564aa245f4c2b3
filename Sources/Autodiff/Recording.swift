import CKernels
import LinearAlgebra

/// A planned step with its memory: the list of kernel calls that a replay works through.
final class Recording<Element: RealElement> {
    let plan: ProgramPlan<Element>
    private(set) var calls: ContiguousArray<ck_call> = []
    /// The same calls while inputs and their next values have changed places; empty where none do.
    private var otherCalls: ContiguousArray<ck_call> = []
    /// Whether they have.
    private var hasTurned = false
    private let memory: UnsafeMutablePointer<Element>
    private let stream: UnsafeMutablePointer<ck_stream>
    /// The threads that share the calls; nil where there is only the caller's.
    private var team: OpaquePointer?
    /// What the fused calls refer to.
    private var lists: [UnsafeMutablePointer<ck_fused_list>] = []

    init(_ recorder: Recorder<Element>, random: RandomStream, threads: Int) {
        plan = ProgramPlan(recorder)
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(plan.count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        memory = bytes.bindMemory(to: Element.self, capacity: max(plan.count, 1))
        memory.initialize(repeating: 0, count: max(plan.count, 1))
        stream = .allocate(capacity: 1)
        stream.initialize(to: random.state)
        for (start, value) in plan.initial { write(value, at: start) }
        calls = list(plan.instructions)
        if plan.verdict != nil { otherCalls = list(plan.instructions.map { $0.moved(plan.partners) }) }
        if threads > 1, calls.contains(where: { withUnsafePointer(to: $0) { ck_is_shared($0) != 0 } }) {
            team = ck_team_create(Int32(clamping: threads))
        }
    }

    deinit {
        ck_team_destroy(team)
        memory.deallocate()
        stream.deallocate()
        for list in lists {
            list.pointee.steps?.deallocate()
            list.pointee.operands?.deallocate()
            list.deallocate()
        }
    }

    private func placement(_ location: (start: Int, shape: Shape)) -> Placement {
        Placement(UnsafeMutableRawPointer(memory + location.start), location.shape)
    }

    private func list(_ instructions: [Instruction]) -> ContiguousArray<ck_call> {
        var calls = ContiguousArray(
            plan.draws.map { draw in
                // random numbers first, in the order in which the step asked for them
                var call = ck_call(ck_random, op: draw.isNormal ? 1 : 0, 1, draw.count)
                call.a.data = UnsafeMutableRawPointer(stream)
                call.out.data = UnsafeMutableRawPointer(memory + draw.start)
                return call
            })
        for instruction in instructions { calls += self.calls(for: instruction) }
        return calls
    }

    private func calls(for instruction: Instruction) -> [ck_call] {
        switch instruction {
        case .operation(let operation, let operands, let result):
            return operation.calls(
                operands.map(placement), to: placement(result), elementSize: MemoryLayout<Element>.stride)
        case .product(let left, let right, let finish, let operands, let result):
            return [
                .product(
                    operands.map(placement), transposingLeft: left, transposingRight: right,
                    finish: finish.kernelOperation, to: placement(result))
            ]
        case .check(let operand, let mark):
            return [ck_call(checking: placement(operand), mark: placement((mark, .scalar)))]
        case .zero(let mark):
            var call = ck_call(ck_fill, 1, 1)
            call.out.data = UnsafeMutableRawPointer(memory + mark)
            return [call]
        case .fused(let fused): return [call(for: fused)]
        }
    }

    private func call(for fused: FusedInstruction) -> ck_call {
        let kernelSteps = fused.steps.flatMap(\.kernelSteps)
        let steps = UnsafeMutablePointer<ck_fused_step>.allocate(capacity: kernelSteps.count)
        for (index, step) in kernelSteps.enumerated() { (steps + index).initialize(to: step) }
        let operands = UnsafeMutablePointer<ck_view>.allocate(capacity: fused.views.count)
        for (index, view) in fused.views.enumerated() {
            (operands + index).initialize(
                to: ck_view(
                    data: memory + view.start, row_stride: Int64(view.rowStride),
                    column_stride: Int64(view.columnStride)))
        }
        let list = UnsafeMutablePointer<ck_fused_list>.allocate(capacity: 1)
        list.initialize(
            to: ck_fused_list(
                step_count: Int32(kernelSteps.count), operand_count: Int32(fused.views.count), steps: steps,
                operands: operands))
        lists.append(list)
        var call = ck_call(ck_fused, fused.rows, fused.columns)
        call.a.data = UnsafeMutableRawPointer(list)
        return call
    }

    func run() {
        (hasTurned ? otherCalls : calls).withUnsafeBufferPointer { buffer in
            guard let first = buffer.baseAddress else { return }
            ck_run_in_team(team, Element.precision.rawValue, first, Int64(buffer.count))
        }
        if let verdict = plan.verdict, memory[verdict] != 0 { hasTurned.toggle() }
    }

    /// Where an input or output begins now.
    private func start(_ place: ProgramPlan<Element>.Place) -> Int {
        hasTurned ? plan.partners[place.start] ?? place.start : place.start
    }

    var threads: Int { Int(ck_team_threads(team)) }

    var random: RandomStream { RandomStream(state: stream.pointee) }

    func value(_ name: String) -> Matrix<Element>? {
        guard let place = plan.places[name] else { return nil }
        let values = UnsafeBufferPointer(start: memory + start(place), count: place.shape.count)
        return Matrix(shape: place.shape, values: Array(values))
    }

    func number(_ name: String) -> Element {
        guard let place = plan.places[name], place.shape.count > 0 else { return .nan }
        return memory[start(place)]
    }

    func set(_ name: String, to value: Matrix<Element>) throws(ShapeError) {
        guard let place = plan.inputs[name], place.shape == value.shape else {
            throw ShapeError("set \(name)", [value.shape])
        }
        write(value, at: start(place))
    }

    private func write(_ value: Matrix<Element>, at start: Int) {
        value.values.withUnsafeBufferPointer { buffer in
            if let first = buffer.baseAddress {
                (memory + start).update(from: first, count: buffer.count)
            }
        }
    }
}

extension ProductFinish {
    fileprivate var kernelOperation: Int {
        switch self {
        case .none: ck_plain
        case .adding: ck_plus
        case .addingRelu: ck_plus_relu
        case .timesStep: ck_times_step
        }
    }
}

extension FusedInstruction.Step {
    fileprivate var kernelSteps: [ck_fused_step] {
        switch function {
        case .elementwise(let function):
            let (kind, operation): (Int, Int32) =
                switch function {
                case .map(let function): (ck_map, function.rawValue)
                case .combine(let function): (ck_combine, function.rawValue)
                case .select: (ck_select, 0)
                case .check: (ck_check, 0)
                }
            return [Self.entry(kind, Int(operation), result, operands)]
        case .adam:
            let mark = others.count > 2 ? others[2] : -1
            return [
                Self.entry(ck_adam, 0, result, Array(operands[0..<3])),
                Self.entry(ck_more, 0, others[0], Array(operands[3..<6])),
                Self.entry(ck_more, 0, others[1], Array(operands[6..<8])),
                Self.entry(ck_more, 0, mark, Array(operands[8..<11])),
            ]
        }
    }

    private static func entry(_ kind: Int, _ operation: Int, _ result: Int, _ operands: [Int]) -> ck_fused_step {
        func operand(_ position: Int) -> Int16 {
            position < operands.count ? Int16(operands[position]) : 0
        }
        return ck_fused_step(
            kind: Int16(kind), op: Int16(operation), out: Int16(result), a: operand(0), b: operand(1),
            c: operand(2))
    }
}
