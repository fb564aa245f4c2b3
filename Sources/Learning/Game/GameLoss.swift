import Autodiff
import Foundation
import LinearAlgebra

extension Game {
    /// What the two make small. Each part is a mean of a function of D's logits: r of those of real points and f of those
    /// of made-up ones for D, g of those of made-up ones for G.
    public enum Loss: String, CaseIterable, Hashable, Sendable {
        /// The game as it was defined: G takes the other side of D's own loss. Where D is sure, its slope is flat.
        case minimax
        /// The same loss of D; G makes what D calls real likely, with a steep slope where D is sure.
        case nonsaturating
        /// Squares to the labels 1 and 0 in place of logarithms: a point far on the right side still has a slope.
        case leastsquares
        /// D stops caring for points that are beyond the margin ±1.
        case hinge
        /// The difference of the means of a D whose slope is bounded: the distance that earth has to be carried.
        case wasserstein
        /// Each made-up point is judged against a real one: what counts is the difference of their logits.
        case relativistic
    }
}

// MARK: What people read

extension Game.Loss {
    /// What it is, in one line.
    public var summary: String {
        switch self {
        case .minimax: "the game as it was defined; G's slope is flat where D is sure"
        case .nonsaturating: "G makes the odds of being called real large; a steep slope where D is sure"
        case .leastsquares: "squares to the labels 1 and 0 in place of logarithms"
        case .hinge: "D stops caring for points beyond the margin"
        case .wasserstein: "the earth mover's distance; needs a bound on D's slope (clip, gp)"
        case .relativistic: "a made-up point is judged against a real one"
        }
    }

    /// D's part as it is written, D(x) being a logit and σ the sigmoid.
    public var discriminatorFormula: String {
        switch self {
        case .minimax, .nonsaturating: "-½ mean log σ(D(x)) - ½ mean log(1 - σ(D(G(z))))"
        case .leastsquares: "½ mean (D(x) - 1)² + ½ mean D(G(z))²"
        case .hinge: "mean max(0, 1 - D(x)) + mean max(0, 1 + D(G(z)))"
        case .wasserstein: "mean D(G(z)) - mean D(x)"
        case .relativistic: "-mean log σ(D(x) - D(G(z)))"
        }
    }

    /// G's part as it is written.
    public var generatorFormula: String {
        switch self {
        case .minimax: "mean log(1 - σ(D(G(z))))"
        case .nonsaturating: "-mean log σ(D(G(z)))"
        case .leastsquares: "½ mean (D(G(z)) - 1)²"
        case .hinge, .wasserstein: "-mean D(G(z))"
        case .relativistic: "-mean log σ(D(G(z)) - D(x))"
        }
    }

    /// Where it comes from.
    public var source: String {
        switch self {
        case .minimax, .nonsaturating: "Goodfellow et al. 2014, arXiv:1406.2661"
        case .leastsquares: "Mao et al. 2017, arXiv:1611.04076"
        case .hinge: "Lim & Ye 2017, arXiv:1705.02894"
        case .wasserstein: "Arjovsky et al. 2017, arXiv:1701.07875"
        case .relativistic: "Jolicoeur-Martineau 2018, arXiv:1807.00734; Huang et al. 2024, arXiv:2501.05441"
        }
    }
}

// MARK: Of one logit

extension Game.Loss {
    /// r: what a real point with this logit costs D. For `relativistic` its made-up partner has the logit 0.
    public func costOfReal(_ logit: Double) -> Double {
        switch self {
        case .minimax, .nonsaturating: Self.softplus(-logit) / 2
        case .leastsquares: (logit - 1) * (logit - 1) / 2
        case .hinge: max(0, 1 - logit)
        case .wasserstein: -logit
        case .relativistic: Self.softplus(-logit)
        }
    }

    /// The same where real points are labelled 1 - smoothing; that changes only losses with labels.
    public func costOfReal(_ logit: Double, smoothing: Double) -> Double {
        switch self {
        case .minimax, .nonsaturating: (1 - smoothing) * costOfReal(logit) + smoothing * costOfFake(logit)
        case .leastsquares: (logit - 1 + smoothing) * (logit - 1 + smoothing) / 2
        default: costOfReal(logit)
        }
    }

    /// f: what a made-up point with this logit costs D. For `relativistic` its real partner has the logit 0.
    public func costOfFake(_ logit: Double) -> Double {
        switch self {
        case .minimax, .nonsaturating: Self.softplus(logit) / 2
        case .leastsquares: logit * logit / 2
        case .hinge: max(0, 1 + logit)
        case .wasserstein: logit
        case .relativistic: Self.softplus(logit)
        }
    }

    /// g: what a made-up point with this logit costs G. For `relativistic` its real partner has the logit 0.
    public func costToGenerator(_ logit: Double) -> Double {
        switch self {
        case .minimax: -Self.softplus(logit)
        case .nonsaturating, .relativistic: Self.softplus(-logit)
        case .leastsquares: (logit - 1) * (logit - 1) / 2
        case .hinge, .wasserstein: -logit
        }
    }

    /// The logit of a D that cannot tell: half-way between the labels for `leastsquares`, 0 for all others.
    public var undecided: Double { self == .leastsquares ? 0.5 : 0 }

    /// D's loss when it cannot tell any point from any other.
    public var discriminatorAtChance: Double {
        self == .relativistic ? costOfReal(0) : costOfReal(undecided) + costOfFake(undecided)
    }

    /// G's loss then.
    public var generatorAtChance: Double { costToGenerator(undecided) }

    /// log(1 + exp x) without overflow.
    private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}

// MARK: Of batches

extension Game.Loss {
    /// Whether label smoothing means something: the loss has labels.
    public var hasLabels: Bool { [.minimax, .nonsaturating, .leastsquares].contains(self) }

    /// Whether G's part looks at real points too.
    public var pairsPoints: Bool { self == .relativistic }

    /// D's loss from its logits, n x 1 of real points and n x 1 of made-up ones.
    public func discriminator<Element: RealElement>(
        real: Variable<Element>, fake: Variable<Element>, smoothing: Double = 0
    ) throws(ShapeError) -> Variable<Element> {
        try discriminator(.concatenated([real, fake], axis: 0), smoothing: smoothing)
    }

    /// D's loss from its logits of both halves of a batch, 2n x 1, the real ones first.
    ///
    /// - Parameter smoothing: real points are labelled 1 - smoothing (Salimans et al. 2016, one-sided); it changes only
    ///   losses with labels.
    func discriminator<Element: RealElement>(
        _ logits: Variable<Element>, smoothing: Double
    ) throws(ShapeError) -> Variable<Element> {
        let half = logits.shape.rows / 2
        func column(_ real: Double, _ fake: Double) -> Variable<Element> {
            let values = [Element](repeating: Element(real), count: half)
            return Variable(
                Matrix(
                    shape: .matrix(2 * half, 1), values: values + [Element](repeating: Element(fake), count: half)))
        }
        switch self {
        case .minimax, .nonsaturating:
            // softplus(-logit) for the real half and softplus(logit) for the other, in one pass.
            if smoothing == 0 { return try (logits * column(-1, 1)).softplus().mean() }
            return try (logits.softplus() - logits * column(1 - smoothing, 0)).mean()
        case .leastsquares: return try (logits - column(1 - smoothing, 0)).square().mean()
        case .hinge: return try (logits * column(-1, 1) + 1).relu().mean() * 2
        case .wasserstein: return try (logits * column(-1, 1)).mean() * 2
        case .relativistic: return try (logits.rows(half..<2 * half) - logits.rows(0..<half)).softplus().mean()
        }
    }

    /// G's loss from D's logits, n x 1.
    ///
    /// - Parameter real: the logits of as many real points, for a loss that pairs points; taken as 0 where they are absent.
    public func generator<Element: RealElement>(
        _ fake: Variable<Element>, real: Variable<Element>? = nil
    ) throws(ShapeError) -> Variable<Element> {
        switch self {
        case .minimax: -fake.softplus().mean()
        case .nonsaturating: (-fake).softplus().mean()
        case .leastsquares: (fake - 1).square().mean() * Element(0.5)
        case .hinge, .wasserstein: -fake.mean()
        case .relativistic: try ((real ?? fake * 0) - fake).softplus().mean()
        }
    }
}
