import Autodiff
import LinearAlgebra

/// An optimiser inside a recorded step: its parameters and memory are inputs of the program, which the step updates.
struct RecordedOptimiser<Element: RealElement> {
    /// The parameters, to compute and to differentiate with.
    let parameters: [Variable<Element>]
    private let recorder: Recorder<Element>
    private let rule: OptimiserRule
    /// Parameters and memory as the step finds them.
    let state: OptimiserState<Element>
    private let rate: Variable<Element>

    /// Declares the inputs, all named after `name`: "D.0" for the first parameter, "D.rate" for the learning rate.
    init(
        _ recorder: Recorder<Element>, _ name: String, _ optimiser: Optimiser<Element>,
        _ initial: [Matrix<Element>]
    ) {
        self.recorder = recorder
        rule = optimiser.rule
        let memory = optimiser.memory ?? .init(optimiser.rule, shapes: initial.map(\.shape))
        func inputs(_ kind: String, _ values: [Matrix<Element>]) -> [Variable<Element>] {
            values.enumerated().map { recorder.input("\(name).\(kind)\($0.offset)", $0.element) }
        }
        parameters = initial.enumerated().map { recorder.parameter("\(name).\($0.offset)", $0.element) }
        state = OptimiserState(
            parameters: parameters, first: inputs("first", memory.first), second: inputs("second", memory.second),
            powers: inputs("power", memory.powers))
        rate = recorder.input("\(name).rate", Matrix(Element(optimiser.learningRate)))
    }

    /// The state after a step along these gradients: from where the recorded step began, or from one that it has made on
    /// the way.
    func stepped(
        _ gradients: [Variable<Element>], from state: OptimiserState<Element>? = nil, isDifferentiated: Bool = false
    ) throws(ShapeError) -> OptimiserState<Element> {
        try rule.step(state ?? self.state, gradients: gradients, rate: rate, isDifferentiated: isDifferentiated)
    }

    /// Makes `next` what the program goes on from, if `isSound` is not 0; otherwise all stays as it is.
    func update(to next: OptimiserState<Element>, if isSound: Variable<Element>) throws(ShapeError) {
        for (old, new) in zip(state.all, next.all) {
            recorder.update(old, to: try Variable.select(isSound, new, old))
        }
    }

    /// 0 when every parameter and all that the optimiser remembers is finite, else NaN.
    static func soundness(_ next: OptimiserState<Element>) throws(ShapeError) -> Variable<Element> {
        try .applying(.soundness, to: next.all)
    }
}

extension Optimiser {
    /// The optimiser and the parameters as a program has left them after `count` more steps.
    func resumed(
        from program: Program<Element>, _ name: String, parameters: [Matrix<Element>], after count: Int
    ) -> (optimiser: Optimiser, parameters: [Matrix<Element>]) {
        var next = self
        var memory = memory ?? Memory(rule, shapes: parameters.map(\.shape))
        func read(_ kind: String, _ values: [Matrix<Element>]) -> [Matrix<Element>] {
            values.enumerated().map { program["\(name).\(kind)\($0.offset)"] ?? $0.element }
        }
        memory.first = read("first", memory.first)
        memory.second = read("second", memory.second)
        memory.powers = read("power", memory.powers)
        next.memory = memory
        next.steps += count
        return (next, read("", parameters))
    }
}
