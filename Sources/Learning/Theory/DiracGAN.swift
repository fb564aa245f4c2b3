import Autodiff
import LinearAlgebra
import Probability

/// The Dirac-GAN of Mescheder, Geiger and Nowozin ("Which training methods for GANs do actually converge?", 2018,
/// arXiv:1801.04406): the data are a point at 0, the generator makes a point at θ, the discriminator is D(x) = ψ x. At
/// the equilibrium both are 0; whether a game gets there depends on the loss, the penalty and the way of stepping.
///
/// The losses are those of `Game.Loss`, with D's part of the logarithmic ones doubled, so that minimax is the value
/// function itself. For least squares D says ½ + ψ x, half-way between its labels.
public struct DiracGAN: Hashable, Sendable {
    /// What holds the discriminator, or both players, back; γ is `weight`.
    public enum Penalty: String, CaseIterable, Hashable, Sendable {
        /// Nothing.
        case none
        /// γ/2 |∇D|² at the data.
        case r1
        /// γ/2 |∇D|² at the generated point.
        case r2
        /// γ/2 (|∇D| - 1)² between them, as in WGAN-GP.
        case gp
        /// γ/2 |∇D|² between them.
        case gp0
        /// Normal noise of standard deviation γ on both points.
        case instanceNoise = "instance_noise"
        /// D's weight held within ±γ after each step, as in the first WGAN.
        case clip
        /// Both players also go downhill on γ/2 |field|² (Mescheder et al. 2017, arXiv:1705.10461).
        case consensus
    }

    /// What the players make small.
    public let loss: Game.Loss
    /// What holds them back.
    public let penalty: Penalty
    /// γ.
    public let weight: Double

    /// - Throws: `LearningError` when γ is negative or not finite.
    public init(loss: Game.Loss, penalty: Penalty = .none, weight: Double = 1) throws(LearningError) {
        guard weight >= 0, weight.isFinite else {
            throw .outOfRange(name: "gamma", value: weight, allowed: "0 or more")
        }
        self.loss = loss
        self.penalty = penalty
        self.weight = weight
    }

    /// D's part of the logarithmic losses is a mean over both halves; the value function is their sum.
    private var scale: Double { [.minimax, .nonsaturating].contains(loss) ? 2 : 1 }

    func velocity(
        theta: Variable<Double>, psi: Variable<Double>
    ) throws -> (x: Variable<Double>, y: Variable<Double>) {
        // Nodes of their own: where one number was made from the other, the slope by one of them must not run through both.
        let theta = (theta.requiresGradient ? theta : theta.asParameter()) * 1
        let psi = (psi.requiresGradient ? psi : psi.asParameter()) * 1
        let plain = try losses(theta, psi)
        let x: Variable<Double> = -(try gradients(of: plain.generator, withRespectTo: [theta])[0])
        let y: Variable<Double> = -(try gradients(of: plain.discriminator, withRespectTo: [psi])[0])
        guard penalty == .consensus else { return (x, y) }
        let length = try (x.square() + y.square()).sum() * (weight / 2)
        let pull: [Variable<Double>] = try gradients(of: length, withRespectTo: [theta, psi])
        return (try x - pull[0], try y - pull[1])
    }

    /// The losses summed over the points, so that each point's gradient is its own.
    private func losses(
        _ theta: Variable<Double>, _ psi: Variable<Double>
    ) throws -> (discriminator: Variable<Double>, generator: Variable<Double>) {
        let points = Double(theta.shape.rows)
        let noise = Self.noise(penalty == .instanceNoise ? weight : 0, isPaired: loss.pairsPoints)
        let logits = Shape.matrix(theta.shape.rows * noise.real.shape.count, 1)
        let real = try (psi * noise.real + loss.undecided).reshaped(logits)
        let fake = try (psi * (theta + noise.fake) + loss.undecided).reshaped(logits)
        var discriminator = try loss.discriminator(real: real, fake: fake) * (scale * points)
        if let cost = try penaltyOfSlope(psi) { discriminator = try discriminator + cost }
        return (discriminator, try loss.generator(fake, real: real) * points)
    }

    /// What D's slope costs, by the penalties of the game itself. The slope is the same everywhere.
    private func penaltyOfSlope(_ psi: Variable<Double>) throws -> Variable<Double>? {
        let places = Variable<Double>.parameter(.zeros(psi.shape))
        let logits = try psi * places
        switch penalty {
        case .r1, .r2:
            let weights = Variable(Matrix(repeating: weight / 2, shape: psi.shape))
            return try Game.Penalties.squares([.init(points: places, logits: logits, weights: weights)])
        case .gp, .gp0:
            var penalties = Game.Penalties()
            penalties.interpolated = weight / 2
            penalties.interpolatedTarget = penalty == .gp ? 1 : 0
            return try penalties.between(places, logits) * Double(psi.shape.rows)
        case .none, .instanceNoise, .clip, .consensus: return nil
        }
    }

    /// Where instance noise moves the two points: normal quantiles, stretched so that their variance is exactly the
    /// noise's. A loss that looks at a difference of logits gets the noise of both on one side.
    private static func noise(_ deviation: Double, isPaired: Bool) -> (real: Variable<Double>, fake: Variable<Double>) {
        guard deviation > 0 else { return (row([0]), row([0])) }
        let wide = quantiles.map { $0 * deviation * (isPaired ? 2.0.squareRoot() : 1) }
        return (row(isPaired ? wide.map { _ in 0 } : wide), row(wide))
    }

    private static func row(_ numbers: [Double]) -> Variable<Double> {
        Variable(Matrix(shape: .matrix(1, numbers.count), values: numbers))
    }

    private static let quantiles: [Double] = {
        let count = 32
        let places = (0..<count).map { place -> Double in
            let share = (Double(place) + 0.5) / Double(count)
            var (low, high) = (-10.0, 10.0)
            for _ in 0..<80 {
                let middle = (low + high) / 2
                if SpecialFunctions.normalCumulative(middle) < share { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        let variance = places.reduce(0) { $0 + $1 * $1 } / Double(count)
        return places.map { $0 / variance.squareRoot() }
    }()

    // MARK: Closed forms

    /// a, how strongly each player's loss answers to the other at the equilibrium: f'(0) in the paper.
    public var slope: Double {
        switch loss {
        case .minimax, .nonsaturating, .leastsquares, .relativistic: 0.5
        case .hinge, .wasserstein: 1
        }
    }

    /// g, how strongly D is drawn back to 0; nil for a penalty without a derivative there.
    public var damping: Double? {
        switch penalty {
        case .none, .clip, .consensus: 0
        case .r1, .r2, .gp0: weight
        case .gp: nil
        case .instanceNoise: weight * weight * curvature
        }
    }

    /// What a variance of 1 on both points adds to the second derivative of D's loss: -2 f''(0) in the paper.
    private var curvature: Double {
        switch loss {
        case .minimax, .nonsaturating, .relativistic: 0.5
        case .leastsquares: 2
        case .hinge, .wasserstein: 0
        }
    }

    /// [[0, a], [-a, -g]], and with consensus (1 - γ Jᵀ) J.
    var closedFormJacobian: Matrix<Double>? {
        guard let damping else { return nil }
        let pull = penalty == .consensus ? weight * slope * slope : 0
        return Matrix(rows: [[-pull, slope], [-slope, -damping - pull]])
    }
}
