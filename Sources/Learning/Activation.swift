import Autodiff
import LinearAlgebra

/// The activation function between two layers; without one, layers on layers are still one affine map.
public enum Activation: String, CaseIterable, Hashable, Sendable {
    /// max(0, x). Nair & Hinton (2010).
    case relu
    /// x above 0, a fifth of it below, as in DCGAN (Maas et al. 2013; Radford et al. 2016).
    case leakyRelu = "leaky_relu"
    /// tanh x, from -1 to 1.
    case tanh
    /// 1 / (1 + exp(-x)), from 0 to 1.
    case sigmoid
    /// log(1 + exp x), a rounded ReLU (Dugas et al. 2001).
    case softplus
    /// x above 0, exp(x) - 1 below (Clevert et al. 2016, arXiv:1511.07289).
    case elu
    /// x Φ(x), with Φ the normal distribution function (Hendrycks & Gimpel 2016, arXiv:1606.08415).
    case gelu
    /// x sigmoid(x) (Ramachandran et al. 2017, arXiv:1710.05941).
    case swish
    /// sin x (Sitzmann et al. 2020, arXiv:2006.09661).
    case sin
    /// x: none.
    case identity

    /// The slope of `leakyRelu` below 0.
    public static let leak = 0.2

    /// The function of one number, as it is written.
    public var formula: String {
        switch self {
        case .relu: "max(0, x)"
        case .leakyRelu: "max(x, 0.2 x)"
        case .tanh: "tanh(x)"
        case .sigmoid: "1 / (1 + exp(-x))"
        case .softplus: "log(1 + exp(x))"
        case .elu: "x if x > 0 else exp(x) - 1"
        case .gelu: "x Φ(x)"
        case .swish: "x / (1 + exp(-x))"
        case .sin: "sin(x)"
        case .identity: "x"
        }
    }

    /// The rule for drawing weights that suits it: He's where half of the signal is dropped, Glorot's elsewhere.
    public var usualInitialiser: Initialiser {
        switch self {
        case .relu, .leakyRelu, .elu, .gelu, .swish, .softplus: .he
        case .tanh, .sigmoid, .sin, .identity: .glorot
        }
    }

    /// Applies it to every element.
    public func callAsFunction<Element: RealElement>(_ x: Variable<Element>) -> Variable<Element> {
        switch self {
        case .relu: x.relu()
        case .leakyRelu: x.leakyRelu(slope: Element(Self.leak))
        case .tanh: x.tanh()
        case .sigmoid: x.sigmoid()
        case .softplus: x.softplus()
        case .elu: x.elu()
        case .gelu: x.gelu()
        case .swish: x.swish()
        case .sin: x.sin()
        case .identity: x
        }
    }
}
