import Foundation
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
    public private(set) var steps = 0
    /// The running mean of gradients (momentum, Adam), one a parameter; empty before the first step.
    package private(set) var first: [[Element]] = []
    /// The running mean of squared gradients (RMSProp, Adam).
    package private(set) var second: [[Element]] = []

    /// An optimiser that has not taken a step.
    public init(_ rule: OptimiserRule = .adam(), learningRate: Double) {
        self.rule = rule
        self.learningRate = learningRate
    }

    /// Takes one step downhill: changes every parameter by its gradient, and remembers what the rule remembers.
    ///
    /// - Precondition: one gradient for each parameter, of its shape, and the same parameters at every step.
    public mutating func update(_ parameters: inout [Matrix<Element>], gradients: [Matrix<Element>]) {
        precondition(parameters.count == gradients.count, "one gradient for each parameter")
        if first.isEmpty, rule.remembersMean { first = gradients.map { .init(repeating: 0, count: $0.count) } }
        if second.isEmpty, rule.remembersSquare { second = gradients.map { .init(repeating: 0, count: $0.count) } }
        steps += 1
        for index in parameters.indices {
            let values = stepped(parameters[index].values, gradients[index].values, index)
            parameters[index] = Matrix(shape: parameters[index].shape, values: values)
        }
    }

    /// One parameter after the step.
    private mutating func stepped(_ parameter: [Element], _ gradient: [Element], _ index: Int) -> [Element] {
        precondition(parameter.count == gradient.count, "a gradient has its parameter's shape")
        let rate = Element(learningRate)
        var result = parameter
        switch rule {
        case .sgd:
            for i in result.indices { result[i] -= rate * gradient[i] }
        case .momentum(let decay, let nesterov):
            let beta = Element(decay)
            for i in result.indices {
                let velocity = beta * first[index][i] + gradient[i]
                first[index][i] = velocity
                result[i] -= rate * (nesterov ? gradient[i] + beta * velocity : velocity)
            }
        case .rmsProp(let decay, let epsilon):
            let (rho, tiny) = (Element(decay), Element(epsilon))
            for i in result.indices {
                let square = rho * second[index][i] + (1 - rho) * gradient[i] * gradient[i]
                second[index][i] = square
                result[i] -= rate * gradient[i] / (square.squareRoot() + tiny)
            }
        case .adam(let beta1, let beta2, let epsilon):
            let (b1, b2, tiny) = (Element(beta1), Element(beta2), Element(epsilon))
            let meanScale = Element(1 / (1 - pow(beta1, Double(steps))))
            let squareScale = Element(1 / (1 - pow(beta2, Double(steps))))
            for i in result.indices {
                let mean = b1 * first[index][i] + (1 - b1) * gradient[i]
                let square = b2 * second[index][i] + (1 - b2) * gradient[i] * gradient[i]
                first[index][i] = mean
                second[index][i] = square
                result[i] -= rate * (mean * meanScale) / ((square * squareScale).squareRoot() + tiny)
            }
        }
        return result
    }
}

/// The rules, with the formula of a step. g is the gradient, η the learning rate, θ the parameter.
public enum OptimiserRule: Hashable, Sendable {
    /// Gradient descent, θ ← θ - η g. On mini-batches: stochastic (Robbins & Monro 1951).
    case sgd
    /// v ← β v + g, θ ← θ - η v (Polyak 1964); with `nesterov`, θ ← θ - η (g + β v), which looks ahead (Nesterov 1983,
    /// in the form of Sutskever et al. 2013).
    case momentum(decay: Double = 0.9, nesterov: Bool = false)
    /// s ← ρ s + (1 - ρ) g², θ ← θ - η g / (√s + ε). Tieleman & Hinton (2012), lecture 6e.
    case rmsProp(decay: Double = 0.99, epsilon: Double = 1e-8)
    /// m ← β₁ m + (1 - β₁) g, s ← β₂ s + (1 - β₂) g², both divided by 1 - βᵗ since they start at 0, and
    /// θ ← θ - η m̂ / (√ŝ + ε). Kingma & Ba (2015), arXiv:1412.6980.
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)

    /// The rules by the name that a cell uses, with their usual constants.
    public static let named: [(name: String, rule: OptimiserRule)] = [
        ("adam", .adam()), ("sgd", .sgd), ("momentum", .momentum()), ("nesterov", .momentum(nesterov: true)),
        ("rmsprop", .rmsProp()),
    ]

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

    fileprivate var remembersMean: Bool {
        switch self {
        case .sgd, .rmsProp: false
        case .momentum, .adam: true
        }
    }

    fileprivate var remembersSquare: Bool {
        switch self {
        case .sgd, .momentum: false
        case .rmsProp, .adam: true
        }
    }
}
