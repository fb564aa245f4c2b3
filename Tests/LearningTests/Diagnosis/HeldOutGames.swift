import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games that no rule of the diagnosis was fitted to: other data, other sizes, other settings and other seeds than
/// `KnownGames`. What they come to is known from how they are made.
extension KnownGames {
    static let heldOut = [
        surePastHope, blindD, straightOnRing, hopping, twoOfThree, runningPast, boundlessPlane, explodingSteps,
        onItsWay, halfWayRing, settledOnTheLine, settledInThePlane,
    ]

    static func pick(_ variant: UInt64, _ values: Double...) -> Double {
        values[Int(variant) % values.count]
    }

    /// The recipe `vanishing` with other means and spreads.
    static let surePastHope = KnownGames(name: "vanishing", state: .discriminatorWon) { variant in
        let mean = pick(variant, 5, -5.5, 6.5, 7, -8)
        return try play(Normal(mean: mean, sd: pick(variant, 0.4, 0.5, 0.6)), 50 + variant) {
            ($0.generator, $0.discriminator) = ([1, 16, 1], [1, 32, 1])
            $0.generatorActivation = .tanh
            ($0.settings.loss, $0.settings.noise, $0.settings.discriminatorSteps) = (.minimax, .uniform, 5)
            ($0.rateG, $0.rateD, $0.steps) = (3e-4, 0.01, 600 + 100 * Int(variant % 4))
        }
    }

    /// D is a straight line: it sees no more than where the middle is.
    static let blindD = KnownGames(name: "straight D on blobs", state: .generatorWon) { variant in
        try play(RoundMixture.blobs(count: 2, distance: pick(variant, 4, 5, 6), sd: 0.3), 60 + variant) {
            ($0.generator, $0.discriminator) = ([2, 12, 2], [2, 1])
            $0.settings.penalties.r1 = pick(variant, 0.5, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.004, 1000)
        }
    }

    /// The same on a ring.
    static let straightOnRing = KnownGames(name: "straight D on a ring", state: .generatorWon) { variant in
        try play(RoundMixture.ring(modes: 6, radius: pick(variant, 2, 2.5), sd: 0.1), 70 + variant) {
            ($0.generator, $0.discriminator) = ([2, 12, 2], [2, 1])
            $0.settings.penalties.r1 = pick(variant, 0.7, 1.5)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.006, 1100)
        }
    }

    /// The recipe `collapse` with other rates.
    static let hopping = KnownGames(name: "collapse", state: .modesLost) { variant in
        try play(RoundMixture.ring8, 80 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss) = (.adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.007, 0.008, 0.009), 0.001, 1500)
        }
    }

    /// G begins between two of three bumps.
    static let twoOfThree = KnownGames(name: "two of three bumps", state: .modesLost) { variant in
        let sign = variant % 2 == 0 ? 1.0 : -1
        let bumps = try [-6, 6, 18].map { try Normal(mean: sign * $0, sd: 0.6) }
        return try play(Mixture(bumps), 90 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 24, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.002, 500)
            $0.shape = { $0.place([[0.55]], [Float(sign * (variant % 3 == 0 ? 18 : 6))]) }
        }
    }

    /// The recipe `circling` with other means and rates.
    static let runningPast = KnownGames(name: "circling", state: .oscillating) { variant in
        try play(Normal(mean: pick(variant, 1.5, -2.5, 3), sd: 0.5), 110 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 16, 1])
            ($0.discriminatorActivation, $0.rule, $0.settings.loss) = (.tanh, .adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (0.02, pick(variant, 0.01, 0.008), 1000 + 100 * Int(variant % 5))
        }
    }

    /// Nothing bounds the slope of a critic in the plane.
    static let boundlessPlane = KnownGames(name: "critic in the plane", state: .diverging) { variant in
        try play(RoundMixture.blobs(), 120 + variant) {
            ($0.generator, $0.discriminator) = ([2, 12, 2], [2, 24, 1])
            $0.settings.loss = .wasserstein
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.02, 0.03), 900)
        }
    }

    /// Steps of hundreds.
    static let explodingSteps = KnownGames(name: "exploding", state: .diverging) { variant in
        try play(RoundMixture.ring8, 130 + variant) {
            ($0.generator, $0.discriminator) = ([2, 8, 2], [2, 8, 1])
            ($0.settings.loss, $0.rule) = (.leastsquares, .sgd)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 3, 8), pick(variant, 8, 3), 300)
        }
    }

    /// A bell that is still far away.
    static let onItsWay = KnownGames(name: "on its way", state: .learning) { variant in
        try play(Normal(mean: pick(variant, 3, -4.5, 5.5), sd: 0.8), 140 + variant) {
            ($0.generator, $0.discriminator) = ([1, 12, 1], [1, 24, 1])
            $0.settings.penalties.r1 = 0.2
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.004, 60 + 20 * Int(variant % 3))
        }
    }

    /// A ring that a small rate has not yet reached.
    static let halfWayRing = KnownGames(name: "half way to a ring", state: .learning) { variant in
        try play(RoundMixture.ring(modes: 8, radius: pick(variant, 3, 3.5), sd: 0.3), 150 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            $0.settings.penalties.r1 = 0.1
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.002, 40 + 20 * Int(variant % 3))
        }
    }

    /// The recipe `circling` with the rule that mends it.
    static let settledOnTheLine = KnownGames(name: "mended circling", state: .converged) { variant in
        try play(Normal(mean: pick(variant, 1.5, -2.5, 2), sd: 0.5), 160 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 16, 1])
            ($0.discriminatorActivation, $0.rule, $0.settings.loss) = (.tanh, .adam(beta1: 0.5), .minimax)
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (0.01, 0.01, 3000)
        }
    }

    /// A bell in the plane, learned from the beginning.
    static let settledInThePlane = KnownGames(name: "learned bell", state: .converged) { variant in
        try play(
            Normal2D(mean: [1, pick(variant, -1, 0, 2)], covariance: Matrix(rows: [[0.5, 0.2], [0.2, 0.4]])),
            170 + variant
        ) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 24, 1])
            ($0.discriminatorActivation, $0.rule) = (.tanh, .adam(beta1: 0.5))
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.01, 3000)
        }
    }
}

extension KnownGames {
    /// The first game that most people make: it jitters about the ring, and the samples are not yet like the data.
    static func plainRing(_ variant: UInt64) throws -> Game {
        try play(RoundMixture.ring8, 200 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            ($0.rateG, $0.rateD, $0.steps) = (0.002, 0.002, 2500)
        }
    }
}
