import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games made after the rules of the diagnosis were written anew; what each comes to was written down before any of them was
/// played.
extension KnownGames {
    static let unseen = [
        farStudent, shackledG, straightOnAnSCurve, straightOnFlower, oneOfThreeSlabs, oneRowOfNine, hoppingOnSeven,
        circlingLogistic, criticsOnMoons, pairsThatCircle, boundlessOnPinwheel, squaresOfABell, towardsFive,
        wideningBell, restOnAHinge, restOnASlab,
    ]

    /// Heavy tails a long way off, and a loss that is flat where D is sure.
    static let farStudent = KnownGames(name: "far, heavy tails", state: .discriminatorWon) { variant in
        let place = pick(variant, 14, -11, 17)
        return try play(StudentT(degrees: 5, location: place, scale: 0.5), 2000 + variant) {
            ($0.generator, $0.discriminator) = ([2, 12, 1], [1, 32, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .elu)
            ($0.settings.loss, $0.settings.discriminatorSteps) = (.minimax, 4)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.006, 500)
        }
    }

    /// G makes a small cloud inside a wide ring, and its steps are next to nothing.
    static let shackledG = KnownGames(name: "shackled G", state: .discriminatorWon) { variant in
        try play(RoundMixture.ring(modes: 6, radius: pick(variant, 5, 7), sd: 0.4), 2020 + variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 48, 1])
            ($0.discriminatorActivation, $0.settings.loss) = (.gelu, .leastsquares)
            ($0.rateG, $0.rateD, $0.steps) = (1e-6, 0.004, 600)
        }
    }

    /// D is a straight line, and the data are a curve.
    static let straightOnAnSCurve = KnownGames(name: "straight D on a curve", state: .generatorWon) { variant in
        try play(NoisyCurve.sCurve(noise: 0.08), 2040 + variant) {
            ($0.generator, $0.discriminator) = ([3, 20, 2], [2, 1])
            ($0.generatorActivation, $0.settings.loss) = (.tanh, .minimax)
            $0.settings.penalties.r1 = pick(variant, 1, 1.4)
            ($0.rateG, $0.rateD, $0.steps) = (0.0008, 0.004, 1200)
        }
    }

    /// Five petals and a middle, of which a straight D sees no more than the mean.
    static let straightOnFlower = KnownGames(name: "straight D on a flower", state: .generatorWon) { variant in
        let petals = try (0..<6).map { petal in
            let (angle, far) = (1.2566370614359172 * Double(petal), petal == 5 ? 0 : 3.0)
            return try Normal2D(
                mean: [far * cos(angle), far * sin(angle)], covariance: Matrix(rows: [[0.04, 0], [0, 0.04]]))
        }
        return try play(Mixture(petals), 2060 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 18, 2], [2, 1], .adam(beta1: 0))
            $0.settings.penalties.r1 = pick(variant, 0.7, 1.1)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.006, 1200)
        }
    }

    /// One of three stretches of the line; the modes are not known.
    static let oneOfThreeSlabs = KnownGames(name: "one of three slabs", state: .modesLost) { variant in
        let slabs = try [-8.0, 0, 8].map { try Uniform(low: $0 - 1, high: $0 + 1) }
        return try play(Mixture(slabs), 2080 + variant) {
            ($0.generator, $0.discriminator, $0.settings.noise) = ([1, 1], [1, 24, 1], .uniform)
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.002, 500)
            $0.shape = { $0.place([[0.95]], [variant % 2 == 0 ? 8 : -8]) }
        }
    }

    /// G covers a row of a grid, and moves too slowly to find the others.
    static let oneRowOfNine = KnownGames(name: "one row of nine", state: .modesLost) { variant in
        let height = Float([-2, 0, 2][Int(variant % 3)])
        return try play(RoundMixture.grid(side: 3, spacing: 2, sd: 0.25), 2100 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 32, 1])
            ($0.settings.loss, $0.settings.penalties.r1) = (.leastsquares, 0.5)
            ($0.rateG, $0.rateD, $0.steps) = (1e-5, 0.003, 400)
            $0.shape = { $0.place([[1.6, 0], [0, 0.2]], [0, height]) }
        }
    }

    /// The recipe `collapse` on other data, with other networks and rates.
    static let hoppingOnSeven = KnownGames(name: "collapse on seven", state: .modesLost) { variant in
        try play(RoundMixture.ring(modes: 7, radius: 2.5, sd: 0.2), 2120 + variant) {
            ($0.generator, $0.discriminator) = ([3, 40, 40, 2], [2, 40, 40, 1])
            ($0.generatorActivation, $0.discriminatorActivation) = (.tanh, .tanh)
            ($0.rule, $0.settings.loss) = (.adam(beta1: 0.9), .minimax)
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.007, 0.009), 0.001, 1300)
        }
    }

    /// The recipe `circling` with the other loss, on other data.
    static let circlingLogistic = KnownGames(name: "circling", state: .oscillating) { variant in
        try play(Logistic(mean: pick(variant, 2, -2.4, 3), scale: 0.3), 2140 + variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 20, 1])
            ($0.discriminatorActivation, $0.rule) = (.tanh, .adam(beta1: 0.9))
            ($0.rateG, $0.rateD, $0.steps) = (pick(variant, 0.03, 0.025), 0.012, 1000 + 50 * Int(variant))
        }
    }

    /// The bilinear game on data that are no bell.
    static let criticsOnMoons = KnownGames(name: "linear critics on moons", state: .oscillating) { variant in
        try play(NoisyCurve.moons(noise: 0.1), 2160 + variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 1])
            ($0.settings.loss, $0.rule) = (.wasserstein, .sgd)
            ($0.rateG, $0.rateD, $0.steps) = (0.09, pick(variant, 0.09, 0.07), 280)
            $0.shape = { $0.place([[0.5, 0], [0, 0.4]], [Float(pick(variant, 2.5, -1.5)), -1]) }
        }
    }

    /// Straight lines on both sides, and momentum.
    static let pairsThatCircle = KnownGames(name: "linear nets, in pairs", state: .oscillating) { variant in
        let bell = try Normal2D(
            mean: [pick(variant, 2.5, -3), -1.5], covariance: Matrix(rows: [[0.2, 0], [0, 0.2]]))
        return try play(bell, 2180 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 2], [2, 1], .adam(beta1: 0.9))
            ($0.settings.loss, $0.rateG, $0.rateD, $0.steps) = (.relativistic, 0.03, 0.03, 900)
        }
    }

    /// A deep critic whose slope nothing bounds.
    static let boundlessOnPinwheel = KnownGames(name: "critic on a pinwheel", state: .diverging) { variant in
        try play(NoisyCurve.pinwheel(), 2200 + variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 24, 24, 1])
            ($0.discriminatorActivation, $0.settings.loss) = (.leakyRelu, .wasserstein)
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, pick(variant, 0.015, 0.02), 800)
        }
    }

    /// Plain descent on squares, far too fast.
    static let squaresOfABell = KnownGames(name: "exploding", state: .diverging) { variant in
        let bell = try Normal2D(mean: [2, -1], covariance: Matrix(rows: [[0.8, 0.1], [0.1, 0.5]]))
        return try play(bell, 2220 + variant) {
            ($0.generator, $0.discriminator, $0.rule) = ([2, 14, 2], [2, 14, 1], .sgd)
            ($0.settings.loss, $0.rateG, $0.rateD) = (.leastsquares, 4, pick(variant, 4, 6))
            $0.steps = 250
        }
    }

    /// The first steps towards a ring of five.
    static let towardsFive = KnownGames(name: "towards five", state: .learning) { variant in
        try play(RoundMixture.ring(modes: 5, radius: pick(variant, 3.2, 4), sd: 0.3), 2240 + variant) {
            ($0.generator, $0.discriminator) = ([2, 40, 2], [2, 40, 1])
            ($0.settings.loss, $0.settings.penalties.r1) = (.leastsquares, 0.1)
            ($0.rateG, $0.rateD, $0.steps) = (0.002, 0.004, 40 + 10 * Int(variant % 4))
        }
    }

    /// G stands in the right place, is too narrow, and widens slowly.
    static let wideningBell = KnownGames(name: "a widening bell", state: .learning) { variant in
        let bell = try Normal2D(mean: [0, 0], covariance: Matrix(rows: [[2, 0.3], [0.3, pick(variant, 2, 3)]]))
        return try play(bell, 2260 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([2, 2], [2, 32, 1], .tanh)
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 0.05)
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.004, 150)
            $0.shape = { $0.place([[0.3, 0], [0, 0.3]], [0, 0]) }
        }
    }

    /// A bell, learned from the beginning with the hinge loss.
    static let restOnAHinge = KnownGames(name: "at rest, hinge", state: .converged) { variant in
        try play(Normal(mean: pick(variant, -1.5, 0.8), sd: pick(variant, 0.9, 1.3, 1)), 2280 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 18, 1], .tanh)
            ($0.settings.loss, $0.settings.penalties.r1) = (.hinge, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.01, 3500)
        }
    }

    /// Even noise made into an even stretch.
    static let restOnASlab = KnownGames(name: "at rest on a slab", state: .converged) { variant in
        try play(Uniform(low: pick(variant, -2, 0), high: 2.5), 2300 + variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 28, 1], .tanh)
            ($0.settings.noise, $0.settings.loss, $0.settings.penalties.r1) = (.uniform, .relativistic, 1)
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.01, 3000)
        }
    }
}
