import CKernels
import LinearAlgebra

/// A planned step with its memory: the list of kernel calls that a replay works through.
final class Recording<Element: RealElement> {
    let plan: ProgramPlan<Element>
    private(set) var calls: ContiguousArray<ck_call> = []
    private let memory: UnsafeMutablePointer<Element>
    private let stream: UnsafeMutablePointer<ck_stream>

    init(_ recorder: Recorder<Element>, random: RandomStream) {
        plan = ProgramPlan(recorder)
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(plan.count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        memory = bytes.bindMemory(to: Element.self, capacity: max(plan.count, 1))
        memory.initialize(repeating: 0, count: max(plan.count, 1))
        stream = .allocate(capacity: 1)
        stream.initialize(to: random.state)
        for (start, value) in plan.initial { write(value, at: start) }
        addDraws()
        for instruction in plan.instructions {
            calls += instruction.operation.calls(
                instruction.operands.map(placement), to: placement(instruction.result),
                elementSize: MemoryLayout<Element>.stride)
        }
    }

    deinit {
        memory.deallocate()
        stream.deallocate()
    }

    private func placement(_ location: (start: Int, shape: Shape)) -> Placement {
        Placement(UnsafeMutableRawPointer(memory + location.start), location.shape)
    }

    /// Random numbers first, in the order in which the step asked for them.
    private func addDraws() {
        for draw in plan.draws {
            var call = ck_call(ck_random, op: draw.isNormal ? 1 : 0, 1, draw.count)
            call.a.data = UnsafeMutableRawPointer(stream)
            call.out.data = UnsafeMutableRawPointer(memory + draw.start)
            calls.append(call)
        }
    }

    func run() {
        calls.withUnsafeBufferPointer { buffer in
            if let first = buffer.baseAddress { ck_run(Element.precision.rawValue, first, Int64(buffer.count)) }
        }
    }

    var random: RandomStream { RandomStream(state: stream.pointee) }

    private func location(_ name: String) -> (start: Int, shape: Shape)? { plan.inputs[name] ?? plan.outputs[name] }

    func value(_ name: String) -> Matrix<Element>? {
        guard let (start, shape) = location(name) else { return nil }
        let values = UnsafeBufferPointer(start: memory + start, count: shape.count)
        return Matrix(shape: shape, values: Array(values))
    }

    func number(_ name: String) -> Element {
        guard let (start, shape) = location(name), shape.count > 0 else { return .nan }
        return memory[start]
    }

    func set(_ name: String, to value: Matrix<Element>) throws(ShapeError) {
        guard let (start, shape) = plan.inputs[name], shape == value.shape else {
            throw ShapeError("set \(name)", [value.shape])
        }
        write(value, at: start)
    }

    private func write(_ value: Matrix<Element>, at start: Int) {
        value.values.withUnsafeBufferPointer { buffer in
            if let first = buffer.baseAddress { (memory + start).update(from: first, count: buffer.count) }
        }
    }
}
