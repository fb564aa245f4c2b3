import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games with other data, seeds and settings than `all` and `heldOut`, made after the rules of the diagnosis. These rules
/// told 119 of 126 apart; two were changed since.
extension KnownGames {
    static let fresh = [
        farTwoHidden, farFive, straightOnGrid, straightOnBumps, hoppingOnGrid, oneOfTwoBlobs, wideCircles,
        planarCritics, boundlessOnRing, explodingOnBumps, towardsABell, towardsSix, restOnTheLine, restInPairs,
    ]

    static let farTwoHidden = KnownGames(name: "far bell, deep D", state: .discriminatorWon) { variant in
        try play(Normal(mean: pick(variant, 9, -7, 11), sd: 0.8), 300 + variant) {
            ($0.generator, $0.discriminator) = ([1, 12, 1], [1, 24, 24, 1])
            ($0.settings.loss, $0.settings.discriminatorSteps) = (.minimax, 3)
            ($0.rateG, $0.rateD, $0.steps) = (2e-4, 0.008, 500)
        }
    }

    static let farFive = KnownGames(name: "far ring of five", state: .discriminatorWon) { variant in
        try play(RoundMixture.ring(modes: 5, radius: pick(variant, 10, 12), sd: 0.4), 320 + variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 32, 1])
            $0.settings.loss = .minimax
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.008, 500)
        }
    }

    static let straightOnGrid = KnownGames(name: "straight D on a grid", state: .generatorWon) { variant in
        try play(RoundMixture.grid(side: 3, spacing: pick(variant, 2, 2.5), sd: 0.15), 340 + variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 1])
            $0.settings.penalties.r1 = 0.8
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.005, 1000)
        }
    }

    static let straightOnBumps = KnownGames(name: "straight D on two bumps", state: .generatorWon) { variant in
        let place = pick(variant, 4, 4.5)
        return try play(Mixture([Normal(mean: -place, sd: 0.4), Normal(mean: place, sd: 0.4)]), 360 + variant) {
            ($0.generator, $0.discriminator) = ([1, 12, 1], [1, 1])
            $0.settings.penalties.r1 = 0.6
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.006, 1000)
        }
    }

    static let hoppingOnGrid = KnownGames(name: "collapse on the grid", state: .modesLost) { variant in
        try play(RoundMixture.grid25, 380 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss) = (.adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.008, 0.009, 0.01), 0.001, 1500)
        }
    }

    static let oneOfTwoBlobs = KnownGames(name: "one of two blobs", state: .modesLost) { variant in
        let side: Float = variant % 2 == 0 ? 4 : -4
        return try play(RoundMixture.blobs(count: 2, distance: 8, sd: 0.5), 400 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 24, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.002, 500)
            $0.shape = { $0.place([[0.5, 0], [0, 0.5]], [side, 0]) }
        }
    }

    static let wideCircles = KnownGames(name: "circling", state: .oscillating) { variant in
        try play(Normal(mean: pick(variant, 2.2, -1.8, 2.8), sd: 0.6), 420 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 24, 1])
            ($0.discriminatorActivation, $0.rule, $0.settings.loss) = (.tanh, .adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (0.025, 0.012, 1100 + 100 * Int(variant % 4))
        }
    }

    static let planarCritics = KnownGames(name: "linear critics in the plane", state: .oscillating) { variant in
        let bell = try Normal2D(
            mean: [pick(variant, 2, -2.5, 3), -1], covariance: Matrix(rows: [[0.3, 0.1], [0.1, 0.2]]))
        return try play(bell, 440 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 1])
            ($0.settings.loss, $0.rule) = (.wasserstein, .sgd)
            ($0.rateG, $0.rateD, $0.steps) = (0.08, 0.08, 300)
            $0.shape = { $0.place([[0.5, 0], [0, 0.5]], [0, 0]) }
        }
    }

    static let boundlessOnRing = KnownGames(name: "critic on a ring", state: .diverging) { variant in
        try play(RoundMixture.ring(modes: 6), 460 + variant) {
            ($0.generator, $0.discriminator) = ([2, 12, 2], [2, 32, 1])
            $0.settings.loss = .wasserstein
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.025, 0.035), 900)
        }
    }

    static let explodingOnBumps = KnownGames(name: "exploding on bumps", state: .diverging) { variant in
        try play(Mixture([Normal(mean: -2, sd: 0.5), Normal(mean: 2, sd: 0.5)]), 480 + variant) {
            ($0.generator, $0.discriminator) = ([1, 8, 1], [1, 8, 1])
            ($0.settings.loss, $0.rule) = (.leastsquares, .sgd)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 6, 4), 6, 300)
        }
    }

    static let towardsABell = KnownGames(name: "towards a bell", state: .learning) { variant in
        let bell = try Normal2D(
            mean: [pick(variant, 4, -4, 5), -3], covariance: Matrix(rows: [[0.5, 0], [0, 0.6]]))
        return try play(bell, 500 + variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 24, 1])
            $0.settings.penalties.r1 = 0.2
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.004, 60 + 20 * Int(variant % 3))
        }
    }

    static let towardsSix = KnownGames(name: "towards a ring of six", state: .learning) { variant in
        try play(RoundMixture.ring(modes: 6, radius: pick(variant, 3.5, 4), sd: 0.3), 520 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 2], [2, 32, 1])
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 0.1)
            ($0.rateG, $0.rateD, $0.steps) = (0.002, 0.004, 40 + 10 * Int(variant % 4))
        }
    }

    static let restOnTheLine = KnownGames(name: "at rest on the line", state: .converged) { variant in
        try play(Normal(mean: pick(variant, 0.5, -1, 1.5), sd: 1.2), 540 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 24, 1], .tanh)
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (0.004, 0.01, 3000)
        }
    }

    static let restInPairs = KnownGames(name: "at rest, relativistic", state: .converged) { variant in
        let bell = try Normal2D(
            mean: [0.5, pick(variant, -1, 1)], covariance: Matrix(rows: [[0.6, -0.2], [-0.2, 0.5]]))
        return try play(bell, 560 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([2, 2], [2, 24, 1], .tanh)
            ($0.settings.loss, $0.settings.penalties.r1) = (.relativistic, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.008, 3000)
        }
    }
}
