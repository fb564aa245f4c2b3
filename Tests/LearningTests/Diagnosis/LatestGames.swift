import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games made after `unmet` had been met, and two thresholds moved for it; what each comes to was written down before any was
/// played.
extension KnownGames {
    static let latest = [
        farAndSkewed, shackledInAGap, straightOnARoll, straightOnUnevenBumps, oneOfTwoSlabs, threeOfNine,
        hoppingOnSixteen, circlingTails, criticsInSmallBatches, linesOnASlab, boundlessOnARoll, squaresOfBlobs,
        towardsALine, towardsTen, restAsAnAverage, restOfSquares,
    ]

    static let farAndSkewed = KnownGames(name: "far and skewed", state: .discriminatorWon) { variant in
        try play(LogNormal(mu: pick(variant, 2.8, 3.1), sigma: 0.1), 3000 + variant) {
            ($0.generator, $0.discriminator, $0.settings.noise) = ([2, 14, 1], [1, 20, 20, 1], .uniform)
            ($0.discriminatorActivation, $0.settings.loss) = (.swish, .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.006, 500)
        }
    }

    /// Between the modes of a wide grid.
    static let shackledInAGap = KnownGames(name: "shackled in a gap", state: .discriminatorWon) { variant in
        try play(RoundMixture.grid(side: 3, spacing: 5, sd: 0.3), 3020 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 2], [2, 40, 1], .hinge)
            ($0.rateG, $0.rateD, $0.steps) = (1e-6, 0.006, 800)
            $0.shape = { $0.place([[0.3, 0], [0, 0.3]], [2.5, variant % 2 == 0 ? 2.5 : -2.5]) }
        }
    }

    static let straightOnARoll = KnownGames(name: "straight D on a roll", state: .generatorWon) { variant in
        try play(NoisyCurve.swissRoll(), 3040 + variant) {
            ($0.generator, $0.discriminator, $0.generatorActivation) = ([2, 16, 2], [2, 1], .tanh)
            $0.settings.penalties.r1 = pick(variant, 1.2, 0.9)
            ($0.rateG, $0.rateD, $0.steps) = (4e-4, 0.004, 1500)
        }
    }

    static let straightOnUnevenBumps = KnownGames(name: "straight D, uneven bumps", state: .generatorWon) { variant in
        let bumps = try [-3.0, 6].map { try Normal(mean: $0, sd: 0.4) }
        return try play(Mixture(bumps, weights: [0.7, 0.3]), 3060 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 12, 1], [1, 1], .hinge)
            $0.settings.penalties.r1 = pick(variant, 0.8, 0.5)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.005, 1100)
        }
    }

    /// Modes are not known.
    static let oneOfTwoSlabs = KnownGames(name: "one of two slabs", state: .modesLost) { variant in
        let slabs = try [-6.0, 4].map { try Uniform(low: $0, high: $0 + 2) }
        return try play(Mixture(slabs), 3080 + variant) {
            ($0.generator, $0.discriminator, $0.settings.noise) = ([1, 1], [1, 20, 1], .uniform)
            ($0.settings.loss, $0.settings.penalties.r1) = (.leastsquares, 0.5)
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.003, 500)
            $0.shape = { $0.place([[0.9]], [variant % 2 == 0 ? 5 : -5]) }
        }
    }

    /// A cloud along a stretch of the ring.
    static let threeOfNine = KnownGames(name: "three of nine", state: .modesLost) { variant in
        try play(RoundMixture.ring(modes: 9, radius: 3, sd: 0.3), 3100 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 2], [2, 28, 1], .relativistic)
            $0.settings.penalties.r1 = 0.5
            ($0.rateG, $0.rateD, $0.steps) = (1e-5, 0.003, 500)
            $0.shape = { $0.place([[0.3, 0], [0, 1]], [2.6, 0]) }
        }
    }

    static let hoppingOnSixteen = KnownGames(name: "collapse on sixteen", state: .modesLost) { variant in
        try play(RoundMixture.grid(side: 4, spacing: 1, sd: 0.07), 3120 + variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 32, 2], [2, 32, 32, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss, $0.settings.batch) = (.adam(beta1: 0.9), .minimax, 96)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.008, 0.009), 0.001, 1400)
        }
    }

    static let circlingTails = KnownGames(name: "circling, heavy tails", state: .oscillating) { variant in
        try play(StudentT(degrees: 5, location: pick(variant, 1.8, -2.3), scale: 0.4), 3140 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 12, 1])
            ($0.discriminatorActivation, $0.rule, $0.settings.loss) = (.tanh, .adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (0.02, pick(variant, 0.01, 0.012, 0.009), 1300)
        }
    }

    static let criticsInSmallBatches = KnownGames(name: "critics, small batches", state: .oscillating) { variant in
        try play(roundBell(pick(variant, 2, -2), 2, 0.25), 3160 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 2], [2, 1], .sgd)
            ($0.settings.loss, $0.settings.batch) = (.wasserstein, 32)
            ($0.rateG, $0.rateD, $0.steps) = (0.06, 0.12, 260)
            $0.shape = { $0.place([[0.5, 0], [0, 0.5]], [0, 0]) }
        }
    }

    static let linesOnASlab = KnownGames(name: "linear nets on a slab", state: .oscillating) { variant in
        let place = pick(variant, 2, -4)
        return try play(Uniform(low: place, high: place + 1.5), 3180 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([1, 1], [1, 1], .adam(beta1: 0.9))
            ($0.rateG, $0.rateD, $0.steps) = (0.04, 0.04, 700)
        }
    }

    static let boundlessOnARoll = KnownGames(name: "critic on a roll", state: .diverging) { variant in
        try play(NoisyCurve.swissRoll(), 3200 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 18, 2], [2, 40, 1], .wasserstein)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.025, 0.02), 900)
        }
    }

    static let squaresOfBlobs = KnownGames(name: "exploding blobs", state: .diverging) { variant in
        try play(RoundMixture.blobs(count: 4, distance: 3, sd: 0.4), 3220 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 12, 2], [2, 16, 1], .sgd)
            ($0.settings.loss, $0.rateG, $0.rateD) = (.leastsquares, pick(variant, 3, 5), 6)
            $0.steps = 200
        }
    }

    static let towardsALine = KnownGames(name: "towards a line", state: .learning) { variant in
        try play(NoisyLine(from: [3, 2], to: [6, pick(variant, 5, 0)], noise: 0.3), 3240 + variant) {
            ($0.generator, $0.discriminator) = ([2, 20, 2], [2, 28, 1])
            $0.settings.penalties.r1 = 0.2
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.004, 60 + 20 * Int(variant % 3))
        }
    }

    static let towardsTen = KnownGames(name: "towards ten", state: .learning) { variant in
        try play(RoundMixture.ring(modes: 10, radius: pick(variant, 4, 5), sd: 0.3), 3260 + variant) {
            ($0.generator, $0.discriminator) = ([4, 32, 32, 2], [2, 32, 32, 1])
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 0.2)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.002, 50 + 20 * Int(variant % 3))
        }
    }

    static let restAsAnAverage = KnownGames(name: "at rest, an average", state: .converged) { variant in
        let bell = try Normal2D(
            mean: [-0.5, pick(variant, 1, 0)], covariance: Matrix(rows: [[0.7, 0.3], [0.3, 0.6]]))
        return try play(bell, 3280 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([2, 2], [2, 24, 1], .tanh)
            ($0.settings.averageDecay, $0.settings.penalties.r1) = (0.99, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.01, 3000)
        }
    }

    static let restOfSquares = KnownGames(name: "at rest, squares", state: .converged) { variant in
        try play(Normal(mean: pick(variant, 0.5, -1.2), sd: pick(variant, 0.6, 0.9, 1.1)), 3300 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 22, 1], .tanh)
            ($0.rule, $0.settings.loss, $0.settings.penalties.r1) = (.adam(beta1: 0), .leastsquares, 0.5)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.01, 3000)
        }
    }
}
