import LinearAlgebra

/// A step that is recorded once and then run as often as one likes, with no allocation.
///
///     let program = try Program<Float>(random: RandomStream(seed: 1)) { step in
///         let w = step.parameter("w", Matrix(vector: [0, 0]))
///         let x = step.normal(.matrix(64, 2))
///         let target = try x.matmul(Variable(Matrix(vector: [2, -1])))
///         let loss = try (x.matmul(w) - target).square().mean()
///         let slope = try gradients(of: loss, withRespectTo: [w])[0]
///         step.update(w, to: try w - slope * 0.1)
///         step.output("loss", loss)
///     }
///     try program.run(steps: 100)
///     program["w"]                // close to [2, -1]
///
/// The recorded step is a flat list of kernel calls with planned buffers. Eager evaluation makes the very same calls,
/// so both ways give the same bits.
public final class Program<Element: RealElement> {
    /// How the steps are run.
    public enum Mode: Sendable {
        /// From the recording, without allocation.
        case replayed
        /// By calling the step function every time.
        case eager
    }

    private enum Body {
        case recorded(Recording<Element>)
        case eager((Recorder<Element>) throws -> Void, EagerState)
    }

    private struct EagerState {
        var inputs: [String: Matrix<Element>]
        var outputs: [String: Matrix<Element>]
        var random: RandomStream
    }

    private var body: Body

    /// Records a step. Its inputs stand at their initial values until it is run.
    ///
    /// - Parameter threads: how many threads share a replayed step, where it is large enough; nil is `Threads.standard`.
    ///   The numbers are the same with any.
    public init(
        _ mode: Mode = .replayed, random: RandomStream = RandomStream(seed: 0), threads: Int? = nil,
        step: @escaping (Recorder<Element>) throws -> Void
    ) throws {
        let recorder = Recorder<Element>(random: random, current: [:])
        try step(recorder)
        switch mode {
        case .replayed:
            body = .recorded(Recording(recorder, random: random, threads: threads ?? Threads.standard))
        case .eager:
            let inputs = Dictionary(
                uniqueKeysWithValues: recorder.inputs.map { ($0.name, $0.node.value) })
            body = .eager(step, EagerState(inputs: inputs, outputs: [:], random: random))
        }
    }

    /// Runs steps.
    ///
    /// - Throws: what the step function throws, in eager mode only.
    public func run(steps: Int = 1) throws {
        switch body {
        case .recorded(let recording):
            for _ in 0..<max(steps, 0) { recording.run() }
        case .eager(let step, var state):
            for _ in 0..<max(steps, 0) {
                let recorder = Recorder<Element>(random: state.random, current: state.inputs)
                try step(recorder)
                state.inputs = recorder.updatedInputs
                state.random = recorder.random
                state.outputs = Dictionary(recorder.outputs.map { ($0.name, $0.value.value) }) { $1 }
            }
            body = .eager(step, state)
        }
    }

    /// The value of an input as it is now, or of an output as the last step made it; `nil` for an unknown name (in
    /// eager mode, for an output also before the first step).
    public subscript(name: String) -> Matrix<Element>? {
        switch body {
        case .recorded(let recording): recording.value(name)
        case .eager(_, let state): state.inputs[name] ?? state.outputs[name]
        }
    }

    /// The first number of an input or output, NaN for an unknown name: for losses, without allocation.
    public func number(_ name: String) -> Element {
        switch body {
        case .recorded(let recording): recording.number(name)
        case .eager: self[name]?.number ?? .nan
        }
    }

    /// Puts another value into an input.
    ///
    /// - Throws: `ShapeError` when there is no such input or its shape is another.
    public func set(_ name: String, to value: Matrix<Element>) throws(ShapeError) {
        switch body {
        case .recorded(let recording):
            try recording.set(name, to: value)
        case .eager(let step, var state):
            guard state.inputs[name]?.shape == value.shape else {
                throw ShapeError("set \(name)", [value.shape])
            }
            state.inputs[name] = value
            body = .eager(step, state)
        }
    }

    /// The stream that the steps draw from, where it stands now.
    public var random: RandomStream {
        switch body {
        case .recorded(let recording): recording.random
        case .eager(_, let state): state.random
        }
    }

    /// How many kernel calls a replayed step makes; 0 in eager mode.
    public var callCount: Int {
        if case .recorded(let recording) = body { recording.calls.count } else { 0 }
    }

    /// How many threads share a replayed step: 1 where that is not worth it, and in eager mode.
    public var threads: Int {
        if case .recorded(let recording) = body { recording.threads } else { 1 }
    }

    /// How many numbers the recording holds room for, inputs and constants included; 0 in eager mode.
    public var bufferCount: Int {
        if case .recorded(let recording) = body { recording.plan.count } else { 0 }
    }
}
