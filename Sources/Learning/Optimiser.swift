import Autodiff
import LinearAlgebra

/// A rule for turning gradients into steps, with what it remembers from one step to the next.
///
/// A value: copy it to keep its memory, and a step can be undone or branched by keeping the copy.
public struct Optimiser<Element: RealElement>: Hashable, Sendable {
    /// The rule and its constants.
    public let rule: OptimiserRule
    /// η, the length of a step. It may be changed between steps.
    public var learningRate: Double
    /// How many steps were taken.
    public internal(set) var steps = 0
    /// What the rule remembers of the steps taken; nil before the first.
    var memory: Memory?

    /// Numbers that are carried from step to step.
    struct Memory: Hashable, Sendable {
        /// The decaying sum of gradients (momentum) or their running mean (Adam), one a parameter.
        var first: [Matrix<Element>]
        /// The running mean of squared gradients (RMSProp, Adam), one a parameter.
        var second: [Matrix<Element>]
        /// β₁ᵗ and β₂ᵗ after t steps (Adam).
        var powers: [Matrix<Element>]

        /// Before the first step.
        init(_ rule: OptimiserRule, shapes: [Shape]) {
            first = rule.remembersMean ? shapes.map { .zeros($0) } : []
            second = rule.remembersSquare ? shapes.map { .zeros($0) } : []
            powers = rule.correctsBias ? [Matrix(1), Matrix(1)] : []
        }
    }

    /// An optimiser that has not taken a step.
    public init(_ rule: OptimiserRule = .adam(), learningRate: Double) {
        self.rule = rule
        self.learningRate = learningRate
    }

    /// Takes one step downhill: changes every parameter by its gradient, and remembers what the rule remembers.
    ///
    /// - Precondition: the same parameters at every step.
    /// - Throws: `ShapeError` unless there is one gradient for each parameter, of its shape.
    public mutating func update(
        _ parameters: inout [Matrix<Element>], gradients: [Matrix<Element>]
    ) throws(ShapeError) {
        guard parameters.map(\.shape) == gradients.map(\.shape) else {
            throw ShapeError("update", (parameters + gradients).map(\.shape), reason: "one gradient for each parameter")
        }
        let before = memory ?? Memory(rule, shapes: parameters.map(\.shape))
        let state = OptimiserState(
            parameters: parameters.map { Variable($0) }, first: before.first.map { Variable($0) },
            second: before.second.map { Variable($0) }, powers: before.powers.map { Variable($0) })
        let after = try rule.step(
            state, gradients: gradients.map { Variable($0) }, rate: Variable(Element(learningRate)))
        parameters = after.parameters.map(\.value)
        memory = Memory(after)
        steps += 1
    }
}

extension Optimiser.Memory {
    init(_ state: OptimiserState<Element>) {
        first = state.first.map(\.value)
        second = state.second.map(\.value)
        powers = state.powers.map(\.value)
    }
}

/// Parameters and what a rule remembers of them, in the middle of a computation.
struct OptimiserState<Element: RealElement> {
    var parameters: [Variable<Element>]
    var first: [Variable<Element>]
    var second: [Variable<Element>]
    var powers: [Variable<Element>]

    /// All of it in one list.
    var all: [Variable<Element>] { parameters + first + second + powers }
}

extension OptimiserRule {
    /// The state after one step, written in the engine's operations, so that a recorded step takes the very same one.
    ///
    /// - Parameter isDifferentiated: whether gradients will flow back through the step. A parameter that never had a
    ///   gradient, such as a weight behind a dead unit, has the root of 0 in its step, whose slope is infinite: the root is
    ///   then taken of the least positive number more, which changes no bit of the step.
    func step<Element: RealElement>(
        _ state: OptimiserState<Element>, gradients: [Variable<Element>], rate: Variable<Element>,
        isDifferentiated: Bool = false
    ) throws(ShapeError) -> OptimiserState<Element> {
        var next = state
        if case .adam(let beta1, let beta2, _) = self {
            next.powers = [state.powers[0] * Element(beta1), state.powers[1] * Element(beta2)]
        }
        for (index, gradient) in gradients.enumerated() {
            let change = try change(&next, index, gradient, rate, isDifferentiated)
            next.parameters[index] = try state.parameters[index] - change
        }
        return next
    }

    /// What is subtracted from one parameter; its memory is brought up to date on the way.
    private func change<Element: RealElement>(
        _ state: inout OptimiserState<Element>, _ index: Int, _ gradient: Variable<Element>, _ rate: Variable<Element>,
        _ isDifferentiated: Bool
    ) throws(ShapeError) -> Variable<Element> {
        func root(_ square: Variable<Element>) -> Variable<Element> {
            isDifferentiated ? (square + Element.leastNormalMagnitude).squareRoot() : square.squareRoot()
        }
        switch self {
        case .sgd:
            return try gradient * rate
        case .momentum(let decay, let nesterov):
            let velocity = try state.first[index] * Element(decay) + gradient
            state.first[index] = velocity
            return try nesterov ? (velocity * Element(decay) + gradient) * rate : velocity * rate
        case .rmsProp(let decay, let epsilon):
            let square = try average(state.second[index], gradient.square(), Element(decay))
            state.second[index] = square
            return try gradient * rate / (root(square) + Element(epsilon))
        case .adam(let beta1, let beta2, let epsilon):
            let mean = try average(state.first[index], gradient, Element(beta1))
            let square = try average(state.second[index], gradient.square(), Element(beta2))
            state.first[index] = mean
            state.second[index] = square
            let meanScale = try rate / (1 - state.powers[0])
            let squareScale = 1 / (1 - state.powers[1])
            return try mean * meanScale / (root(square * squareScale) + Element(epsilon))
        }
    }

    /// decay old + (1 - decay) new.
    private func average<Element: RealElement>(
        _ old: Variable<Element>, _ new: Variable<Element>, _ decay: Element
    ) throws(ShapeError) -> Variable<Element> {
        try old * decay + new * (1 - decay)
    }
}

/// The rules, with the formula of a step. g is the gradient, η the learning rate, θ the parameter.
public enum OptimiserRule: Hashable, Sendable {
    /// Gradient descent, θ ← θ - η g. On mini-batches: stochastic (Robbins & Monro 1951).
    case sgd
    /// v ← β v + g, θ ← θ - η v (Polyak 1964); with `nesterov`, θ ← θ - η (g + β v), which looks ahead (Nesterov 1983,
    /// in the form of Sutskever et al. 2013).
    case momentum(decay: Double = 0.9, nesterov: Bool = false)
    /// s ← ρ s + (1 - ρ) g², θ ← θ - η g / (√s + ε). Tieleman & Hinton (2012), lecture 6e, with ρ = 0.9;
    /// 0.99 is PyTorch's default.
    case rmsProp(decay: Double = 0.99, epsilon: Double = 1e-8)
    /// m ← β₁ m + (1 - β₁) g, s ← β₂ s + (1 - β₂) g², both divided by 1 - βᵗ since they start at 0, and
    /// θ ← θ - η m̂ / (√ŝ + ε). Kingma & Ba (2015), arXiv:1412.6980.
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)

    /// The name that a cell uses for the rule, whatever its constants.
    public var name: String {
        switch self {
        case .sgd: "sgd"
        case .momentum(_, let nesterov): nesterov ? "nesterov" : "momentum"
        case .rmsProp: "rmsprop"
        case .adam: "adam"
        }
    }

    /// The rules with their usual constants.
    private static let usual: [OptimiserRule] = [
        .adam(), .sgd, .momentum(), .momentum(nesterov: true), .rmsProp(),
    ]

    /// The rules by the name that a cell uses, with their usual constants.
    public static let named: [(name: String, rule: OptimiserRule)] = usual.map { (name: $0.name, rule: $0) }

    /// The rule with this name.
    public init?(named name: String) {
        guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
        self = found.rule
    }

    /// A learning rate that suits the rule on standardised toy data.
    public var usualLearningRate: Double {
        switch self {
        case .sgd: 0.1
        case .momentum: 0.02
        case .rmsProp, .adam: 0.01
        }
    }

    var remembersMean: Bool {
        switch self {
        case .sgd, .rmsProp: false
        case .momentum, .adam: true
        }
    }

    var remembersSquare: Bool {
        switch self {
        case .sgd, .momentum: false
        case .rmsProp, .adam: true
        }
    }

    var correctsBias: Bool {
        if case .adam = self { true } else { false }
    }
}
