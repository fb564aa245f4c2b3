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
        let (real, generated) = (draw.realOnes.prefix(count), draw.generatedOnes.prefix(count))
        let middle = game.settings.loss.undecided
        switch measure {
        case .accuracyReal: return try share(of: logits(on: real)) { $0 > middle }
        case .accuracyFake: return try share(of: logits(on: generated)) { $0 < middle }
        case .discriminatorOptimality: return try distanceFromOptimum(real, generated)
        case .discriminatorGradient: return try gradientLengths(real.points).discriminator
        case .generatorGradient: return try gradientLengths(real.points).generator
        case .exploitability: return try Exploitability(of: game, real: real.points, random: random).gap
        default: return .nan
        }
    }

    private func logits(on ones: LabelledPoints) throws(LearningError) -> [Double] {
        try game.logits(on: ones.points, of: ones.labels)
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

    // MARK: The distance from the best D

    /// The mean over real and generated points of |D - p / (p + q)|.
    ///
    /// Where D is told of classes, p and q are the densities of the points of one class: G is asked for classes as often as
    /// the data have them, so that their shares cancel. Classes with too few points to say are passed over.
    private func distanceFromOptimum(
        _ real: LabelledPoints, _ generated: LabelledPoints
    ) throws(LearningError) -> Double {
        let half = min(2000, real.points.count / 2)
        guard game.classes > 0 else {
            let all = Halves(real.points, generated.points, at: half)
            return Self.mean(try distancesFromOptimum(all, of: nil, width: width(for: all.real.first)))
        }
        // That of the modes is one for all, as each class is one of them or several.
        let common = modes == nil ? nil : try width(for: real.points.prefix(half))
        var distances: [Double] = []
        for label in 0..<game.classes {
            guard let real = real.points(of: label), let generated = generated.points(of: label) else { continue }
            let split = min(real.count, generated.count) / 2
            guard split >= Self.fewestOfClass else { continue }
            let own = Halves(real, generated, at: split)
            // A class whose points have a number in common has no density.
            guard let width = common ?? (try? width(for: own.real.first)) else { continue }
            distances += try distancesFromOptimum(own, of: label, width: width)
        }
        return Self.mean(distances)
    }

    /// Points of a class from which a density can be estimated.
    private static let fewestOfClass = 10

    private static func mean(_ numbers: [Double]) -> Double {
        numbers.isEmpty ? .nan : numbers.reduce(0, +) / Double(numbers.count)
    }

    private func width(for points: PointSet) throws(LearningError) -> Double {
        do { return try KernelLikelihood.bandwidth(for: points, modes: modes) } catch { throw .engine(error.message) }
    }

    /// Points from which densities are estimated, and others where they are asked.
    private struct Halves {
        let real: (first: PointSet, rest: PointSet)
        let generated: (first: PointSet, rest: PointSet)
        /// Points of either sort where the densities are asked, at most.
        static let asked = 250

        init(_ real: PointSet, _ generated: PointSet, at split: Int) {
            self.real = (real.prefix(split), real.dropFirst(split).prefix(Self.asked))
            self.generated = (generated.prefix(split), generated.dropFirst(split).prefix(Self.asked))
        }
    }

    /// |D - p / (p + q)| where the densities are asked, both smoothed alike: then they agree where the game has reached its
    /// equilibrium.
    private func distancesFromOptimum(
        _ points: Halves, of label: Int?, width: Double
    ) throws(LearningError) -> [Double] {
        do {
            let p = try KernelLikelihood.density(points.real.first, bandwidth: width)
            let q = try KernelLikelihood.density(points.generated.first, bandwidth: width)
            var distances: [Double] = []
            for rest in [points.real.rest, points.generated.rest] {
                let flat = rest.matrix.values
                let (logP, logQ) = (p.logDensity(ofFlat: flat), q.logDensity(ofFlat: flat))
                let labels = label.map { [Int](repeating: $0, count: rest.count) }
                for (logit, logs) in zip(try game.logits(on: rest, of: labels), zip(logP, logQ)) {
                    distances.append(abs(game.settings.loss.probability(logit) - 1 / (1 + exp(logs.1 - logs.0))))
                }
            }
            return distances
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
    ///
    /// - Parameter labels: the classes of the points, for a D that is told of them; nil: of each the one that suits it best.
    func logits(on points: PointSet, of labels: [Int]? = nil) throws(LearningError) -> [Double] {
        do {
            var rows = Matrix<Float>(points.matrix)
            if classes > 0, settings.packing == 1, labels == nil {
                return try logits(of: rows).values.map(Double.init)
            }
            if let labels, classes > 0 { rows = rows.beside(labels, of: classes) }
            let model = judgeOfBatches
            let answers = try logits(ofRows: Variable(rows), by: model, with: model.parameters.map { Variable($0) })
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
