import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games made after `latest` had been met, and D's loss was looked at for it; what each comes to was written down before any was
/// played.
extension KnownGames {
    static let newest = [
        farInACorner, shackledBesideALine, straightOnUnevenBells, straightOnThreeSlabs, oneMoonOfTwo, fourOfTen,
        hoppingOnFive, circlingNarrow, criticsOnALine, linesInThePlane, boundlessOnSpirals, squaresOfARing,
        towardsACorner, towardsFour, restOnALine, restInPlaneAndHinge,
    ]

    static let farInACorner = KnownGames(name: "far in a corner", state: .discriminatorWon) { variant in
        try play(roundBell(pick(variant, 12, -10), -9, 0.6), 4000 + variant) {
            ($0.generator, $0.discriminator) = ([3, 16, 2], [2, 20, 20, 1])
            ($0.discriminatorActivation, $0.settings.loss) = (.leakyRelu, .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.005, 400 + 20 * Int(variant))
        }
    }

    static let shackledBesideALine = KnownGames(name: "shackled beside a line", state: .discriminatorWon) { variant in
        try play(NoisyLine(from: [-3, 4], to: [3, pick(variant, 4, 6)], noise: 0.3), 4020 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 2], [2, 24, 1], .relativistic)
            ($0.rateG, $0.rateD, $0.steps) = (1e-6, 0.004, 500)
            $0.shape = { $0.place([[0.6, 0], [0, 0.6]], [0, 0]) }
        }
    }

    static let straightOnUnevenBells = KnownGames(name: "straight D, uneven bells", state: .generatorWon) { variant in
        let bells = try [(-2.0, 1.0), (4, pick(variant, -2, -3)), (3, 4)].map { try roundBell($0.0, $0.1, 0.1) }
        return try play(Mixture(bells, weights: [0.6, 0.2, 0.2]), 4040 + variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (6e-4, 0.005, 1300)
        }
    }

    static let straightOnThreeSlabs = KnownGames(name: "straight D, three slabs", state: .generatorWon) { variant in
        let slabs = try [-5.0, 0, pick(variant, 5, 7)].map { try Uniform(low: $0, high: $0 + 1) }
        return try play(Mixture(slabs), 4060 + variant) {
            ($0.generator, $0.discriminator, $0.settings.noise) = ([1, 14, 1], [1, 1], .uniform)
            ($0.settings.loss, $0.settings.penalties.r1) = (.minimax, 0.8)
            ($0.rateG, $0.rateD, $0.steps) = (8e-4, 0.005, 1200)
        }
    }

    /// Where one moon is thickest; modes are not known.
    static let oneMoonOfTwo = KnownGames(name: "part of a moon", state: .modesLost) { variant in
        try play(NoisyCurve.moons(noise: 0.15), 4080 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 2], [2, 30, 1], .leastsquares)
            $0.settings.penalties.r1 = 0.4
            ($0.rateG, $0.rateD, $0.steps) = (1e-5, 0.004, 600)
            $0.shape = { $0.place([[0.3, 0], [0, 0.1]], variant % 2 == 0 ? [0, 0.95] : [1, -0.45]) }
        }
    }

    static let fourOfTen = KnownGames(name: "four of ten", state: .modesLost) { variant in
        let bumps = try (0..<10).map { try Normal(mean: 2.5 * Double($0), sd: 0.4) }
        return try play(Mixture(bumps), 4100 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([1, 1], [1, 32, 1], .hinge)
            $0.settings.penalties.r1 = 0.5
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.003, 600)
            $0.shape = { $0.place([[2]], [variant % 2 == 0 ? 3.75 : 18.75]) }
        }
    }

    static let hoppingOnFive = KnownGames(name: "collapse on five", state: .modesLost) { variant in
        try play(RoundMixture.ring(modes: 5, radius: 2.2, sd: 0.15), 4120 + variant) {
            ($0.generator, $0.discriminator) = ([4, 36, 36, 2], [2, 28, 28, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss) = (.adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.0075, 0.0085), 0.001, 1500)
        }
    }

    static let circlingNarrow = KnownGames(name: "circling, narrow", state: .oscillating) { variant in
        try play(Normal(mean: pick(variant, 1.2, -1.8, 2.5), sd: 0.35), 4140 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 14, 1])
            ($0.discriminatorActivation, $0.rule) = (.tanh, .adam(beta1: 0.9))
            ($0.rateG, $0.rateD, $0.steps) = (0.022, 0.011, 1150)
        }
    }

    static let criticsOnALine = KnownGames(name: "linear critics on a line", state: .oscillating) { variant in
        try play(NoisyLine(noise: 0.4), 4160 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 2], [2, 1], .sgd)
            ($0.settings.loss, $0.rateG, $0.rateD, $0.steps) = (.wasserstein, 0.1, 0.06, 300)
            $0.shape = { $0.place([[1, 0], [0, 0.5]], [Float(pick(variant, 2.5, -3)), 1.5]) }
        }
    }

    static let linesInThePlane = KnownGames(name: "linear nets in the plane", state: .oscillating) { variant in
        try play(roundBell(-2, pick(variant, 2, -1.5), 0.15), 4180 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 2], [2, 1], .adam(beta1: 0.9))
            ($0.settings.loss, $0.rateG, $0.rateD, $0.steps) = (.minimax, 0.04, 0.03, 800)
        }
    }

    static let boundlessOnSpirals = KnownGames(name: "critic on spirals", state: .diverging) { variant in
        try play(NoisyCurve.spirals(), 4200 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([2, 12, 2], [2, 28, 1], .wasserstein)
            $0.settings.discriminatorSteps = 2
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.02, 0.03), 700)
        }
    }

    static let squaresOfARing = KnownGames(name: "exploding ring", state: .diverging) { variant in
        try play(RoundMixture.ring(modes: 5, radius: 2, sd: 0.2), 4220 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 16, 2], [2, 12, 1], .sgd)
            ($0.settings.loss, $0.rateG, $0.rateD) = (.leastsquares, 6, pick(variant, 4, 7))
            $0.steps = 250
        }
    }

    static let towardsACorner = KnownGames(name: "towards a corner", state: .learning) { variant in
        try play(roundBell(pick(variant, -4, 3), pick(variant, 3, 4), 0.6), 4240 + variant) {
            ($0.generator, $0.discriminator, $0.settings.loss) = ([3, 16, 2], [2, 20, 1], .relativistic)
            $0.settings.penalties.r1 = 0.2
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.004, 60 + 20 * Int(variant % 3))
        }
    }

    static let towardsFour = KnownGames(name: "towards four", state: .learning) { variant in
        try play(RoundMixture.ring(modes: 4, radius: pick(variant, 3, 3.6), sd: 0.4), 4260 + variant) {
            ($0.generator, $0.discriminator) = ([2, 36, 2], [2, 36, 1])
            $0.settings.penalties.r1 = 0.15
            ($0.rateG, $0.rateD, $0.steps) = (0.002, 0.004, 40 + 10 * Int(variant % 4))
        }
    }

    static let restOnALine = KnownGames(name: "at rest on the line", state: .converged) { variant in
        try play(Normal(mean: pick(variant, 1.5, -0.8), sd: 0.8), 4280 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 26, 1], .tanh)
            ($0.settings.averageDecay, $0.settings.loss, $0.settings.penalties.r1) = (0.98, .minimax, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.004, 0.01, 3000)
        }
    }

    static let restInPlaneAndHinge = KnownGames(name: "at rest in the plane", state: .converged) { variant in
        try play(roundBell(pick(variant, 0.8, -0.6), -0.4, 0.55), 4300 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([2, 2], [2, 26, 1], .tanh)
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.009, 3200)
        }
    }
}
