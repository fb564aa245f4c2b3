import Foundation
import LinearAlgebra
import Probability

@testable import Learning

/// Games that end in a known way, in many variants: what a diagnosis must say of each is known from how it was made.
struct KnownGames {
    let name: String
    let state: Diagnosis.State
    let make: @Sendable (_ variant: UInt64) throws -> Game

    static let all = [
        farMinimax, farPlane, dullCritic, dullCriticOnMoons, oneModeOfTwo, someModesOfRing, critics, linearNets,
        boundlessCritic, hugeSteps, early, earlyRing, done, doneTwoBumps,
    ]

    /// Settings of a game and how long it is played.
    struct Plan {
        var generator = [1, 8, 1]
        var discriminator = [1, 16, 1]
        var generatorActivation = Activation.relu
        var discriminatorActivation = Activation.relu
        var settings = Game.Settings()
        var rule = OptimiserRule.adam(beta1: 0.5)
        var rateG = 0.002
        var rateD = 0.002
        var steps = 400
        var shape: (inout Game) -> Void = { _ in }
    }

    static func play(_ data: any Distribution, _ variant: UInt64, _ change: (inout Plan) -> Void) throws -> Game {
        var plan = Plan()
        change(&plan)
        var random = RandomStream(seed: 1000 + variant)
        let generator = try MLP<Float>(
            sizes: plan.generator, activation: plan.generatorActivation, random: &random)
        let discriminator = try MLP<Float>(
            sizes: plan.discriminator, activation: plan.discriminatorActivation, random: &random)
        var game = try Game(
            generator: .init(model: generator, optimiser: Optimiser(plan.rule, learningRate: plan.rateG)),
            discriminator: .init(model: discriminator, optimiser: Optimiser(plan.rule, learningRate: plan.rateD)),
            data: .init(data), settings: plan.settings, random: random.split())
        plan.shape(&game)
        _ = try game.play(plan.steps)
        return game
    }

    private static func part(_ variant: UInt64, _ values: Double...) -> Double { values[Int(variant) % values.count] }

    // MARK: D wins

    /// Data far from the first samples, a fast D, a slow G and the loss that is flat where D is sure.
    static let farMinimax = KnownGames(name: "far data, minimax", state: .discriminatorWon) { variant in
        try play(Normal(mean: part(variant, 6, -8, 10, 12), sd: 0.3), variant) {
            $0.settings.loss = .minimax
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.01, 300 + 50 * Int(variant % 5))
        }
    }

    static let farPlane = KnownGames(name: "far ring, minimax", state: .discriminatorWon) { variant in
        try play(RoundMixture.ring(modes: 4, radius: part(variant, 8, 10, 14), sd: 0.3), variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 24, 1])
            $0.settings.loss = .minimax
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, 0.01, 400)
        }
    }

    // MARK: G wins

    /// A D without a hidden layer, held back: once the means agree it sees no difference.
    static let dullCritic = KnownGames(name: "linear D on the ring", state: .generatorWon) { variant in
        try play(RoundMixture.ring(modes: 8, radius: part(variant, 2, 3), sd: 0.1), variant) {
            ($0.generator, $0.discriminator) = ([2, 16, 2], [2, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.005, 900)
        }
    }

    static let dullCriticOnMoons = KnownGames(name: "linear D on two bumps", state: .generatorWon) { variant in
        try play(Mixture([Normal(mean: -3, sd: 0.2), Normal(mean: 3, sd: 0.2)]), variant) {
            ($0.generator, $0.discriminator) = ([1, 8, 1], [1, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (0.001, 0.005, 900)
        }
    }

    // MARK: Modes are lost

    /// G begins inside one of two bumps that are far apart, and a smooth D draws it no further.
    static let oneModeOfTwo = KnownGames(name: "one of two bumps", state: .modesLost) { variant in
        try play(Mixture([Normal(mean: -6, sd: 0.5), Normal(mean: 6, sd: 0.5)]), variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 16, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (2e-5, 0.002, 500)
            $0.shape = { $0.place([[0.5]], [variant % 2 == 0 ? 6 : -6]) }
        }
    }

    /// G makes a blob that covers some of the modes of a ring, and moves too slowly to find the others.
    static let someModesOfRing = KnownGames(name: "some modes of a ring", state: .modesLost) { variant in
        let angle = Double(variant) * 0.7853981633974483
        return try play(RoundMixture.ring(modes: 8, radius: 2, sd: 0.2), variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 24, 1])
            $0.settings.penalties.r1 = 0.5
            ($0.rateG, $0.rateD, $0.steps) = (1e-5, 0.002, 400)
            $0.shape = { $0.place([[0.18, 0], [0, 0.18]], [Float(2 * cos(angle)), Float(2 * sin(angle))]) }
        }
    }

    // MARK: It circles

    /// The bilinear game: a G that shifts, a D with a slope, the Wasserstein loss.
    static let critics = KnownGames(name: "linear critics", state: .oscillating) { variant in
        try play(Normal(mean: part(variant, 2, -3, 4), sd: 0.5), variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 1])
            $0.settings.loss = .wasserstein
            $0.rule = .sgd
            ($0.rateG, $0.rateD, $0.steps) = (0.1, 0.1, 300)
            $0.shape = { $0.place([[0.5]], [0]) }
        }
    }

    /// A D that can only say left or right, and momentum on both sides.
    static let linearNets = KnownGames(name: "linear nets, Adam", state: .oscillating) { variant in
        try play(Normal(mean: part(variant, 3, -4), sd: 0.3), variant) {
            ($0.generator, $0.discriminator) = ([1, 1], [1, 1])
            ($0.rateG, $0.rateD, $0.steps) = (0.05, 0.05, 800)
            $0.shape = { $0.place([[0.3]], [0]) }
        }
    }

    // MARK: It flies apart

    /// A critic whose slope nothing bounds.
    static let boundlessCritic = KnownGames(name: "critic without a bound", state: .diverging) { variant in
        try play(Normal(mean: 3, sd: 0.5), variant) {
            ($0.generator, $0.discriminator) = ([1, 8, 1], [1, 16, 1])
            $0.settings.loss = .wasserstein
            ($0.rateG, $0.rateD, $0.steps) = (1e-4, part(variant, 0.02, 0.05), 800)
        }
    }

    /// Steps so long that numbers overflow.
    static let hugeSteps = KnownGames(name: "huge steps", state: .diverging) { variant in
        try play(Normal(mean: 3, sd: 0.5), variant) {
            ($0.generator, $0.discriminator) = ([1, 8, 1], [1, 8, 1])
            $0.settings.loss = part(variant, 0, 1) == 0 ? .leastsquares : .wasserstein
            $0.rule = .sgd
            ($0.rateG, $0.rateD, $0.steps) = (5, 5, 400)
        }
    }

    // MARK: It learns, it has learnt

    static let early = KnownGames(name: "early, on the line", state: .learning) { variant in
        try play(Normal(mean: part(variant, 4, -5, 6), sd: 1), variant) {
            $0.settings.penalties.r1 = 0.1
            ($0.rateG, $0.rateD, $0.steps) = (0.002, 0.004, 80)
        }
    }

    static let earlyRing = KnownGames(name: "early, on the ring", state: .learning) { variant in
        try play(RoundMixture.ring(modes: 8, radius: 4, sd: 0.4), variant) {
            ($0.generator, $0.discriminator) = ([2, 32, 2], [2, 32, 1])
            $0.settings.penalties.r1 = 0.05
            ($0.rateG, $0.rateD, $0.steps) = (0.003, 0.006, 40 + 10 * Int(variant % 4))
        }
    }

    static let done = KnownGames(name: "converged, on the line", state: .converged) { variant in
        try play(Normal(mean: part(variant, 1, -2, 2), sd: part(variant, 1, 0.7)), variant) {
            ($0.generator, $0.discriminator, $0.discriminatorActivation) = ([1, 1], [1, 16, 1], .tanh)
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (0.005, 0.01, 3000)
        }
    }

    /// G is the answer already, D is fresh.
    static let doneTwoBumps = KnownGames(name: "converged, in the plane", state: .converged) { variant in
        try play(Normal2D(mean: [1, -1], covariance: Matrix(rows: [[0.49, 0], [0, 0.49]])), variant) {
            ($0.generator, $0.discriminator) = ([2, 2], [2, 16, 1])
            $0.settings.penalties.r1 = 1
            ($0.rateG, $0.rateD, $0.steps) = (5e-4, 0.002, 400)
            $0.shape = { $0.place([[0.7, 0], [0, 0.7]], [1, -1]) }
        }
    }
}

extension Game {
    /// Makes the generator the linear map z A + b.
    mutating func place(_ weights: [[Float]], _ bias: [Float]) {
        var model = generator.model
        model.parameters = [Matrix(rows: weights), Matrix(vector: bias)]
        generator = .init(model: model, optimiser: generator.optimiser)
    }
}
