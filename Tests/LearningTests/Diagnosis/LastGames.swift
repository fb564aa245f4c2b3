import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games that were made after the last change of the rules, and told apart by them once; `fresh` had been seen by then.
extension KnownGames {
    static let last = [
        sureOfTwo, sureInThePlane, straightOnSixteen, straightOnFour, hoppingOnSix, oneBlobOfThree, runningRound,
        criticsOfMeans, boundlessOnBumps, explodingInThePlane, towardsTwo, towardsTheGrid, restOnAWideBell, restOnARing,
    ]

    static let sureOfTwo = KnownGames(name: "far bumps", state: .discriminatorWon) { variant in
        let place = pick(variant, 9, -10, 12)
        let bumps = try Mixture([Normal(mean: place, sd: 0.4), Normal(mean: place * 1.3, sd: 0.4)])
        return try play(bumps, 600 + variant) {
            ($0.generator, $0.discriminator) = ([1, 10, 1], [1, 40, 1])
            $0.settings.loss = .minimax
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.01, 450)
        }
    }

    static let sureInThePlane = KnownGames(name: "far bell in the plane", state: .discriminatorWon) { variant in
        let bell = try Normal2D(
            mean: [pick(variant, 9, -8), 7], covariance: Matrix(rows: [[0.3, 0.1], [0.1, 0.3]]))
        return try play(bell, 620 + variant) {
            ($0.generator, $0.discriminator) = ([2, 12, 2], [2, 32, 1])
            ($0.settings.loss, $0.settings.discriminatorSteps) = (.minimax, 2)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.01, 400)
        }
    }

    static let straightOnSixteen = KnownGames(name: "straight D on sixteen", state: .generatorWon) { variant in
        try play(RoundMixture.grid(side: 4, spacing: pick(variant, 1.5, 2), sd: 0.1), 640 + variant) {
            ($0.generator, $0.discriminator) = ([2, 20, 2], [2, 1])
            $0.settings.penalties.r1 = pick(variant, 0.6, 0.9, 1.2)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.006, 1000)
        }
    }

    static let straightOnFour = KnownGames(name: "straight D on four", state: .generatorWon) { variant in
        try play(RoundMixture.ring(modes: 4, radius: pick(variant, 2.5, 3), sd: 0.25), 660 + variant) {
            ($0.generator, $0.discriminator) = ([2, 10, 2], [2, 1])
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.005, 1200)
        }
    }

    static let hoppingOnSix = KnownGames(name: "collapse on six", state: .modesLost) { variant in
        try play(RoundMixture.ring(modes: 6, radius: 2, sd: 0.15), 680 + variant) {
            ($0.generator, $0.discriminator) = ([2, 40, 40, 2], [2, 32, 32, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss) = (.adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.008, 0.0095), 0.001, 1400)
        }
    }

    static let oneBlobOfThree = KnownGames(name: "one blob of three", state: .modesLost) { variant in
        let side: Float = variant % 2 == 0 ? 6 : -6
        return try play(RoundMixture.blobs(count: 3, distance: 6, sd: 0.4), 700 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 20, 1])
            $0.settings.penalties.r1 = 0.8
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.003, 500)
            $0.shape = { $0.place([[0.4, 0], [0, 0.4]], [side, 0]) }
        }
    }

    static let runningRound = KnownGames(name: "circling", state: .oscillating) { variant in
        try play(Normal(mean: pick(variant, -2.2, 1.7, 2.6), sd: 0.4), 720 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 12, 1])
            ($0.discriminatorActivation, $0.rule, $0.settings.loss) = (.tanh, .adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.02, 0.03), 0.01, 1200 + 100 * Int(variant % 3))
        }
    }

    static let criticsOfMeans = KnownGames(name: "linear critics", state: .oscillating) { variant in
        try play(Normal(mean: pick(variant, -2.5, 3.5, 1.5), sd: 0.6), 740 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 1])
            ($0.settings.loss, $0.rule) = (.wasserstein, .sgd)
            ($0.rateG, $0.rateD, $0.steps) = (0.12, 0.12, 250)
            $0.shape = { $0.place([[0.6]], [0]) }
        }
    }

    static let boundlessOnBumps = KnownGames(name: "critic on bumps", state: .diverging) { variant in
        try play(Mixture([Normal(mean: -2, sd: 0.5), Normal(mean: 3, sd: 0.5)]), 760 + variant) {
            ($0.generator, $0.discriminator) = ([1, 10, 1], [1, 24, 1])
            $0.settings.loss = .wasserstein
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.03, 0.04), 900)
        }
    }

    static let explodingInThePlane = KnownGames(name: "exploding", state: .diverging) { variant in
        try play(RoundMixture.blobs(count: 3, distance: 3, sd: 0.4), 780 + variant) {
            ($0.generator, $0.discriminator) = ([2, 10, 2], [2, 10, 1])
            ($0.settings.loss, $0.rule) = (.leastsquares, .sgd)
            ($0.rateG, $0.rateD, $0.steps) = (5, pick(variant, 5, 7), 300)
        }
    }

    static let towardsTwo = KnownGames(name: "towards a far bell", state: .learning) { variant in
        try play(Normal(mean: pick(variant, -5, 4.5, 6), sd: 0.9), 800 + variant) {
            ($0.generator, $0.discriminator) = ([1, 16, 1], [1, 20, 1])
            $0.settings.penalties.r1 = 0.15
            ($0.rateG, $0.rateD, $0.steps) = (0.0015, 0.004, 70 + 10 * Int(variant % 3))
        }
    }

    static let towardsTheGrid = KnownGames(name: "towards nine", state: .learning) { variant in
        try play(RoundMixture.grid(side: 3, spacing: pick(variant, 2.5, 3), sd: 0.3), 820 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            $0.settings.penalties.r1 = 0.1
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.002, 50 + 20 * Int(variant % 2))
        }
    }

    static let restOnAWideBell = KnownGames(name: "at rest on the line", state: .converged) { variant in
        try play(Normal(mean: pick(variant, -0.5, 1.2), sd: 1.5), 840 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 20, 1], .tanh)
            ($0.settings.loss, $0.settings.penalties.r1) = (.minimax, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.005, 0.01, 3000)
        }
    }

    static let restOnARing = KnownGames(name: "at rest in the plane", state: .converged) { variant in
        let bell = try Normal2D(
            mean: [pick(variant, -1, 1), 0.5], covariance: Matrix(rows: [[0.8, 0.2], [0.2, 0.6]]))
        return try play(bell, 860 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([2, 2], [2, 20, 1], .tanh)
            $0.settings.penalties.r1 = 1.5
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.01, 3000)
        }
    }
}
