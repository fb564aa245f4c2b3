import Foundation
import LinearAlgebra

/// How the weights of a layer are drawn before training. Biases start at 0.
///
/// With n inputs and m outputs a layer multiplies the variance of what passes through it by n times the variance of its
/// weights; each rule picks the variance that keeps signals, or gradients, or both, from growing or fading.
public enum Initialiser: Hashable, Sendable {
    /// Normal, variance 2 / n: for ReLU, which drops half of the signal. He et al. (2015), arXiv:1502.01852.
    case he
    /// Uniform, variance 2 / n: `he` with a bound, ±√(6 / n).
    case heUniform
    /// Uniform, variance 2 / (n + m), ±√(6 / (n + m)): for tanh. Glorot & Bengio (2010), "Understanding the difficulty of
    /// training deep feedforward neural networks".
    case glorot
    /// Normal, variance 2 / (n + m).
    case glorotNormal
    /// Normal, variance 1 / n. LeCun et al. (1998), "Efficient BackProp".
    case lecun
    /// All zero. Hidden neurons that start alike stay alike, which is worth seeing once.
    case zeros
    /// Normal with this standard deviation, whatever the layer's size.
    case normal(Double)

    /// The rules by the name a cell uses; `normal` stands for a standard deviation of 0.02, as in DCGAN (Radford et al.
    /// 2016, arXiv:1511.06434).
    public static let named: [(name: String, initialiser: Initialiser)] = [
        ("he", .he), ("he_uniform", .heUniform), ("glorot", .glorot), ("glorot_normal", .glorotNormal),
        ("lecun", .lecun), ("zeros", .zeros), ("normal", .normal(0.02)),
    ]

    /// The rule with this name.
    public init?(named name: String) {
        guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
        self = found.initialiser
    }

    /// Draws the weights of a layer, `inputs` x `outputs`.
    public func weights<Element: RealElement>(
        inputs: Int, outputs: Int, random: inout RandomStream
    ) -> Matrix<Element> {
        let shape = Shape.matrix(inputs, outputs)
        switch self {
        case .he: return normal(shape, variance: 2 / Double(inputs), &random)
        case .heUniform: return uniform(shape, variance: 2 / Double(inputs), &random)
        case .glorot: return uniform(shape, variance: 2 / Double(inputs + outputs), &random)
        case .glorotNormal: return normal(shape, variance: 2 / Double(inputs + outputs), &random)
        case .lecun: return normal(shape, variance: 1 / Double(inputs), &random)
        case .zeros: return Matrix(repeating: 0, shape: shape)
        case .normal(let deviation): return normal(shape, variance: deviation * deviation, &random)
        }
    }

    private func normal<Element: RealElement>(
        _ shape: Shape, variance: Double, _ random: inout RandomStream
    ) -> Matrix<Element> {
        random.normal(shape: shape) * Element(variance.squareRoot())
    }

    /// Uniform on ±√(3 variance).
    private func uniform<Element: RealElement>(
        _ shape: Shape, variance: Double, _ random: inout RandomStream
    ) -> Matrix<Element> {
        let bound = Element((3 * variance).squareRoot())
        return random.uniform(shape: shape) * (2 * bound) - bound
    }
}
