import Autodiff
import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct GameLossTests {
    let real = [0.3, -2, 1.7], fake = [-0.4, 0.9, 3]

    func column(_ values: [Double]) -> Variable<Double> {
        Variable(Matrix(shape: .matrix(values.count, 1), values: values))
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// The losses as their papers write them, with probabilities where they do.
    func published(_ loss: Game.Loss) -> (discriminator: Double, generator: Double) {
        let (p, q) = (real.map(sigmoid), fake.map(sigmoid))
        let value = mean(p.map { log($0) }) + mean(q.map { log(1 - $0) })
        return switch loss {
        case .minimax: (-value / 2, mean(q.map { log(1 - $0) }))
        case .nonsaturating: (-value / 2, -mean(q.map { log($0) }))
        case .leastsquares:
            (
                (mean(real.map { ($0 - 1) * ($0 - 1) }) + mean(fake.map { $0 * $0 })) / 2,
                mean(fake.map { ($0 - 1) * ($0 - 1) }) / 2
            )
        case .hinge: (mean(real.map { max(0, 1 - $0) }) + mean(fake.map { max(0, 1 + $0) }), -mean(fake))
        case .wasserstein: (mean(fake) - mean(real), -mean(fake))
        case .relativistic:
            (
                -mean(zip(real, fake).map { log(sigmoid($0 - $1)) }),
                -mean(zip(real, fake).map { log(sigmoid($1 - $0)) })
            )
        }
    }

    @Test(arguments: Game.Loss.allCases) func bothPartsAreThePapers(loss: Game.Loss) throws {
        let (d, g) = published(loss)
        #expect(try isClose(loss.discriminator(real: column(real), fake: column(fake)).value.number, d, 1e-13))
        #expect(try isClose(loss.generator(column(fake), real: column(real)).value.number, g, 1e-13))
    }

    @Test(arguments: Game.Loss.allCases) func theCurvesAreTheTermsOfTheMeans(loss: Game.Loss) throws {
        for logit in [-40.0, -1.2, 0, 0.5, 3, 40] {
            let (point, zero) = (column([logit]), column([loss == .relativistic ? 0 : logit]))
            let both = try loss.discriminator(real: point, fake: zero).value.number
            let apart = loss.costOfReal(logit) + (loss == .relativistic ? 0 : loss.costOfFake(logit))
            #expect(isClose(both, apart, 1e-12), "\(logit)")
            #expect(try isClose(loss.generator(point).value.number, loss.costToGenerator(logit), 1e-12), "\(logit)")
        }
    }

    /// A D that is undecided cannot do better on two crowds that are the same.
    @Test(arguments: Game.Loss.allCases) func chanceIsWhereEqualCrowdsLeaveD(loss: Game.Loss) throws {
        func cost(_ logit: Double) -> Double { loss.costOfReal(logit) + loss.costOfFake(logit) }
        for step in [-0.1, 0.1] { #expect(cost(loss.undecided) <= cost(loss.undecided + step) + 1e-15) }
        let known: [Game.Loss: (Double, Double)] = [
            .minimax: (log(2), -log(2)), .nonsaturating: (log(2), log(2)), .leastsquares: (0.25, 0.125),
            .hinge: (2, 0), .wasserstein: (0, 0), .relativistic: (log(2), log(2)),
        ]
        let (d, g) = try #require(known[loss])
        #expect(isClose(loss.discriminatorAtChance, d, 1e-15) && isClose(loss.generatorAtChance, g, 1e-15))
    }

    @Test func smoothedLabelsAreTheirCrossEntropy() throws {
        let (p, q) = (real.map(sigmoid), fake.map(sigmoid))
        let expected = (mean(p.map { -0.9 * log($0) - 0.1 * log(1 - $0) }) - mean(q.map { log(1 - $0) })) / 2
        let loss = try Game.Loss.nonsaturating.discriminator(
            real: column(real), fake: column(fake), smoothing: 0.1)
        #expect(isClose(loss.value.number, expected, 1e-13))
    }

    @Test(arguments: Game.Loss.allCases) func everyLossSaysWhatItIs(loss: Game.Loss) {
        for text in [loss.summary, loss.discriminatorFormula, loss.generatorFormula, loss.source] {
            #expect(!text.isEmpty && !text.hasSuffix("."))
        }
        #expect(loss.source.contains("arXiv"))
    }
}
