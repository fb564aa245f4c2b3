import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games made after `unseen` had been met, of yet other sorts; what each comes to was written down before any was played.
extension KnownGames {
    static let unmet = [
        farAndPacked, shackledOnTheLine, straightOnCircles, sleepingD, oneOfTwoLines, theHeaviestOfThree, hoppingAbout,
        circlingInThePlane, unevenCritics, circlingSlab, boundlessOnALine, squaresWithMomentum, towardsCircles,
        slowSlide, restWithAnExtraStep, restOptimistic,
    ]

    /// D sees two points at a time.
    static let farAndPacked = KnownGames(name: "far, in packs", state: .discriminatorWon) { variant in
        let side = pick(variant, -9, 10)
        let bells = try [0.0, 1.5, 3].map { try roundBell(side, 5 + $0, 0.4) }
        return try play(Mixture(bells), 2400 + variant) {
            ($0.generator, $0.discriminator) = ([2, 14, 2], [4, 32, 1])
            ($0.settings.loss, $0.settings.packing, $0.settings.discriminatorSteps) = (.minimax, 2, 2)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.008, 450)
        }
    }

    /// G stays where it begins, between two bumps.
    static let shackledOnTheLine = KnownGames(name: "shackled G, line", state: .discriminatorWon) { variant in
        let place = pick(variant, 6, 8, 7)
        let bumps = try [-place, place].map { try Normal(mean: $0, sd: 0.5) }
        return try play(Mixture(bumps), 2420 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([1, 1], [1, 24, 24, 1], .rmsProp())
            ($0.rateG, $0.rateD, $0.steps) = (1e-6, 0.003, 700)
            $0.shape = { $0.place([[0.7]], [0.3]) }
        }
    }

    /// A straight D sees of two rings only where their middle is.
    static let straightOnCircles = KnownGames(name: "straight D on circles", state: .generatorWon) { variant in
        try play(NoisyCurve.circles(), 2440 + variant) {
            ($0.generator, $0.discriminator) = ([2, 24, 24, 2], [2, 1])
            ($0.settings.penalties.r1, $0.settings.averageDecay) = (pick(variant, 0.8, 1.2), 0.99)
            ($0.rateG, $0.rateD, $0.steps) = (5e-4, 0.004, 1300)
        }
    }

    /// D says 0 of everything and does not learn.
    static let sleepingD = KnownGames(name: "a D that sleeps", state: .generatorWon) { variant in
        try play(NoisyCurve.pinwheel(), 2460 + variant) {
            ($0.generator, $0.discriminator) = ([3, 16, 2], [2, 16, 1])
            $0.settings.labelSmoothing = 0.1
            ($0.rateG, $0.rateD, $0.steps) = (0.002, 1e-12, 300)
            $0.shape = { game in
                var model = game.discriminator.model
                model.parameters = model.parameters.map { .zeros($0.shape) }
                game.discriminator = .init(model: model, optimiser: game.discriminator.optimiser)
            }
        }
    }

    /// Modes are not known; half of the data is never made.
    static let oneOfTwoLines = KnownGames(name: "one of two lines", state: .modesLost) { variant in
        let lines = try [4.0, -4].map { try NoisyLine(from: [-3, $0], to: [3, $0], noise: 0.3) }
        return try play(Mixture(lines), 2480 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 32, 1])
            $0.settings.penalties.r1 = 0.6
            ($0.rateG, $0.rateD, $0.steps) = (1e-5, 0.003, 500)
            $0.shape = { $0.place([[1.6, 0], [0, 0.25]], [0, variant % 2 == 0 ? 4 : -4]) }
        }
    }

    /// G sits on the mode that has most of the data.
    static let theHeaviestOfThree = KnownGames(name: "the heaviest of three", state: .modesLost) { variant in
        let bells = try [(0.0, 0.0), (5, pick(variant, 2, -2)), (-4, 3)].map { try roundBell($0.0, $0.1, 0.3) }
        return try play(Mixture(bells, weights: [0.6, 0.2, 0.2]), 2500 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 28, 1])
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 0.5)
            ($0.rateG, $0.rateD, $0.steps) = (1e-5, 0.003, 600)
            $0.shape = { $0.place([[0.5, 0], [0, 0.5]], [0, 0]) }
        }
    }

    /// The recipe `collapse` on modes that lie in no order.
    static let hoppingAbout = KnownGames(name: "collapse, no order", state: .modesLost) { variant in
        let bells = try [(2.0, 0.5), (-1, 2), (0.3, -2.2), (-2.4, -0.6), (1.2, 2.6), (2.6, -1.8)].map {
            try roundBell($0.0, $0.1, 0.02)
        }
        return try play(Mixture(bells), 2520 + variant) {
            ($0.generator, $0.discriminator) = ([2, 36, 36, 2], [2, 36, 36, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss) = (.adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.007, 0.008), 0.001, 1600)
        }
    }

    /// The recipe `circling` with one dimension more.
    static let circlingInThePlane = KnownGames(name: "circling in the plane", state: .oscillating) { variant in
        try play(roundBell(pick(variant, 1.5, -2), 1, 0.3), 2540 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 16, 1])
            ($0.discriminatorActivation, $0.rule, $0.settings.loss) = (.tanh, .adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (0.025, 0.012, 1200 + 50 * Int(variant))
        }
    }

    /// The bilinear game with a fast G and a slow D.
    static let unevenCritics = KnownGames(name: "linear critics, uneven", state: .oscillating) { variant in
        try play(StudentT(degrees: 6, location: pick(variant, 2.5, -2, 3), scale: 0.4), 2560 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([1, 1], [1, 1], .sgd)
            ($0.settings.loss, $0.settings.batch) = (.wasserstein, 64)
            ($0.rateG, $0.rateD, $0.steps) = (0.15, 0.05, 300)
            $0.shape = { $0.place([[0.5]], [0]) }
        }
    }

    /// A deeper D, and data with edges.
    static let circlingSlab = KnownGames(name: "circling, slab", state: .oscillating) { variant in
        let place = pick(variant, 1.5, -3, 2)
        return try play(Uniform(low: place, high: place + 1.2), 2580 + variant) {
            ($0.generator, $0.discriminator, $0.settings.noise) = ([1, 1], [1, 8, 8, 1], .uniform)
            ($0.discriminatorActivation, $0.rule) = (.tanh, .adam(beta1: 0.9))
            ($0.rateG, $0.rateD, $0.steps) = (0.02, 0.01, 1200)
        }
    }

    /// A critic whose slope nothing bounds, with another rule for its steps.
    static let boundlessOnALine = KnownGames(name: "critic on a line", state: .diverging) { variant in
        try play(NoisyLine(noise: 0.15), 2600 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 14, 2], [2, 32, 1], .rmsProp())
            ($0.discriminatorActivation, $0.settings.loss) = (.elu, .wasserstein)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.02, 0.03), 900)
        }
    }

    /// Long steps that also remember where they came from.
    static let squaresWithMomentum = KnownGames(name: "exploding, momentum", state: .diverging) { variant in
        try play(Laplace(mean: pick(variant, 2, -3), scale: 0.6), 2620 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([1, 10, 1], [1, 10, 1], .momentum())
            ($0.settings.loss, $0.rateG, $0.rateD, $0.steps) = (.leastsquares, 2, 2, 250)
        }
    }

    /// The first steps towards two rings.
    static let towardsCircles = KnownGames(name: "towards circles", state: .learning) { variant in
        try play(NoisyCurve.circles(), 2640 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            ($0.settings.loss, $0.settings.penalties.r1, $0.settings.penalties.r2) = (.relativistic, 0.1, 0.1)
            ($0.rateG, $0.rateD, $0.steps) = (8e-4, 0.002, 50 + 20 * Int(variant % 3))
        }
    }

    /// D knows every sample, and G comes all the same, a little nearer at every step.
    static let slowSlide = KnownGames(name: "a slow slide", state: .learning) { variant in
        try play(Normal(mean: pick(variant, 3, -3.5), sd: 0.8), 2660 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 24, 1])
            ($0.settings.loss, $0.settings.penalties.interpolated) = (.wasserstein, 1)
            ($0.settings.discriminatorSteps, $0.rateG, $0.rateD, $0.steps) = (3, 0.001, 0.004, 300)
        }
    }

    /// A bell in the plane, each looking a step ahead.
    static let restWithAnExtraStep = KnownGames(name: "at rest, extragradient", state: .converged) { variant in
        try play(roundBell(0.5, pick(variant, 1, -1), 0.5), 2680 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([2, 2], [2, 20, 1], .tanh)
            ($0.settings.dynamics, $0.settings.penalties.r1) = (.extragradient, 0.8)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.008, 3000)
        }
    }

    /// Nearly a bell, so that a stretched and moved bell is nearly right.
    static let restOptimistic = KnownGames(name: "at rest, optimistic", state: .converged) { variant in
        try play(Logistic(mean: pick(variant, -1, 1.2), scale: 0.5), 2700 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 20, 1], .tanh)
            ($0.settings.dynamics, $0.settings.penalties.r1) = (.optimistic, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.008, 3000)
        }
    }

    static func roundBell(_ x: Double, _ y: Double, _ variance: Double) throws -> Normal2D {
        try Normal2D(mean: [x, y], covariance: Matrix(rows: [[variance, 0], [0, variance]]))
    }
}
