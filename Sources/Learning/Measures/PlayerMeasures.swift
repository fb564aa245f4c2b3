import Autodiff
import Foundation
import LinearAlgebra
import Probability

/// Measures of the two networks at one moment.
struct PlayerMeasures {
    private let game: Game
    private let draw: MeasureDraw
    private let modes: [Mode]?
    private let random: RandomStream
    private var gradients: (discriminator: Double, generator: Double)?

    init(_ game: Game, _ draw: MeasureDraw, _ modes: [Mode]?, _ random: RandomStream) {
        self.game = game
        self.draw = draw
        self.modes = modes
        self.random = random
    }

    mutating func value(of measure: Measure) throws(LearningError) -> Double {
        let count = measure.samples(dimension: draw.real.dimension)
        let (real, generated) = (draw.real.prefix(count), draw.generated.prefix(count))
        let middle = game.settings.loss.undecided
        switch measure {
        case .accuracyReal: return try share(of: game.logits(on: real)) { $0 > middle }
        case .accuracyFake: return try share(of: game.logits(on: generated)) { $0 < middle }
        case .discriminatorOptimality: return try distanceFromOptimum(real, generated)
        case .discriminatorGradient: return try gradientLengths(real).discriminator
        case .generatorGradient: return try gradientLengths(real).generator
        case .exploitability: return try Exploitability(of: game, real: real, random: random).gap
        default: return .nan
        }
    }

    /// Both at once: they come of one pass.
    private mutating func gradientLengths(
        _ real: PointSet
    ) throws(LearningError) -> (discriminator: Double, generator: Double) {
        if let gradients { return gradients }
        let found = try game.gradientLengths(real, random)
        gradients = found
        return found
    }

    /// A verdict on the fence counts half.
    private func share(of logits: [Double], _ isRight: (Double) -> Bool) -> Double {
        logits.reduce(0) { $0 + (isRight($1) ? 1 : $1 == game.settings.loss.undecided ? 0.5 : 0) }
            / Double(logits.count)
    }

    /// The mean over real and generated points of |D - p / (p + q)|, both densities estimated from other points than those
    /// where they are asked, and smoothed alike: then they agree where the game has reached its equilibrium.
    private func distanceFromOptimum(_ real: PointSet, _ generated: PointSet) throws(LearningError) -> Double {
        do {
            let asked = 250
            let split = min(2000, real.count / 2)
            let width = try KernelLikelihood.bandwidth(for: real.prefix(split), modes: modes)
            let p = try KernelLikelihood.density(real.prefix(split), bandwidth: width)
            let q = try KernelLikelihood.density(generated.prefix(split), bandwidth: width)
            var sum = 0.0, count = 0.0
            for points in [real.dropFirst(split).prefix(asked), generated.dropFirst(split).prefix(asked)] {
                let flat = points.matrix.values
                let (logP, logQ) = (p.logDensity(ofFlat: flat), q.logDensity(ofFlat: flat))
                for (logit, logs) in zip(try game.logits(on: points), zip(logP, logQ)) {
                    sum += abs(game.settings.loss.probability(logit) - 1 / (1 + exp(logs.1 - logs.0)))
                    count += 1
                }
            }
            return sum / count
        } catch let error as DistributionError { throw .engine(error.message) } catch { throw .engine("\(error)") }
    }
}

extension Game.Loss {
    /// Whether D, trained to its best, says p / (p + q).
    var estimatesProbability: Bool { hasLabels }

    /// What a logit says of the probability that a point is real; squares make D say it outright.
    fileprivate func probability(_ logit: Double) -> Double {
        self == .leastsquares ? min(max(logit, 0), 1) : 1 / (1 + exp(-logit))
    }
}

extension Game {
    /// D's logits on points; where it judges several at a time, on so many after each other, and a rest is left out.
    func logits(on points: PointSet) throws(LearningError) -> [Double] {
        do {
            if classes > 0, settings.packing == 1 {
                return try logits(of: Matrix<Float>(points.matrix)).values.map(Double.init)
            }
            let model = judgeOfBatches
            let answers = try logits(
                ofRows: Variable(Matrix<Float>(points.matrix)), by: model,
                with: model.parameters.map { Variable($0) })
            return answers.value.values.map(Double.init)
        } catch { throw .engine("\(error)") }
    }

    /// D's loss and G's on some real points and made-up ones, and the parameters of D and of G that they depend on.
    private func losses(
        _ real: PointSet, _ random: RandomStream
    ) throws -> (Variable<Float>, Variable<Float>, [Variable<Float>], [Variable<Float>]) {
        var random = random
        let (noise, labels) = latent(real.count, using: &random)
        let ofD = discriminator.model.variables, ofG = generator.model.variables
        var made = try generator.model.finished(generator.model.logits(of: Variable(noise), with: ofG))
        if classes > 0 { made = try .concatenated([made, Variable(Matrix.classes(labels, of: classes))], axis: 1) }
        let rows = classes > 0 ? realRows(real.count, using: &random) : Matrix<Float>(real.matrix)
        let fake = try logits(ofRows: made, by: discriminator.model, with: ofD)
        let real = try logits(ofRows: Variable(rows), by: discriminator.model, with: ofD)
        return (
            try settings.loss.discriminator(real: real, fake: fake), try settings.loss.generator(fake, real: real), ofD,
            ofG
        )
    }

    /// The losses of both, without their gradients.
    func lossValues(
        _ real: PointSet, _ random: RandomStream
    ) throws(LearningError) -> (discriminator: Double, generator: Double) {
        do {
            let (lossD, lossG, _, _) = try losses(real, random)
            return (Double(lossD.value.number), Double(lossG.value.number))
        } catch { throw .engine("\(error)") }
    }

    /// The Euclidean lengths of the gradients of each player's loss with respect to its own parameters.
    func gradientLengths(
        _ real: PointSet, _ random: RandomStream
    ) throws(LearningError) -> (discriminator: Double, generator: Double) {
        do {
            let (lossD, lossG, ofD, ofG) = try losses(real, random)
            let slopesOfD: [Variable<Float>] = try gradients(of: lossD, withRespectTo: ofD)
            let slopesOfG: [Variable<Float>] = try gradients(of: lossG, withRespectTo: ofG)
            return (Self.length(slopesOfD), Self.length(slopesOfG))
        } catch { throw .engine("\(error)") }
    }

    private static func length(_ arrow: [Variable<Float>]) -> Double {
        var sum = 0.0
        for part in arrow { for number in part.value.values { sum += Double(number) * Double(number) } }
        return sum.squareRoot()
    }
}

/// How much each player would gain if the other stood still: the duality gap, by training a copy of each for a while
/// (Grnarova et al. 2019, arXiv:1811.05512). 0 at an equilibrium.
public struct Exploitability: Hashable, Sendable {
    /// What D's loss falls by, what G's loss falls by.
    public let discriminatorGain: Double, generatorGain: Double

    /// Steps that each copy is trained.
    public static let usualSteps = 200
    /// The copies learn by Adam with this rate, whatever the game has come to.
    static let rate = 0.002

    /// The gains together.
    public var gap: Double { discriminatorGain + generatorGain }

    init(
        of game: Game, real: PointSet, steps: Int = usualSteps, random: RandomStream
    ) throws(LearningError) {
        let before = try game.lossValues(real, random)
        func after(_ freezesGenerator: Bool) throws(LearningError) -> (discriminator: Double, generator: Double) {
            var copy = game
            let active = Optimiser<Float>(.adam(beta1: 0.5), learningRate: Self.rate)
            let still = Optimiser<Float>(.sgd, learningRate: 0)
            copy.generator = .init(model: game.generator.model, optimiser: freezesGenerator ? still : active)
            copy.discriminator = .init(model: game.discriminator.model, optimiser: freezesGenerator ? active : still)
            copy.random = random
            _ = try copy.play(steps, recordEvery: steps)
            return try copy.lossValues(real, random)
        }
        discriminatorGain = max(before.discriminator - (try after(true).discriminator), 0)
        generatorGain = max(before.generator - (try after(false).generator), 0)
    }
}
