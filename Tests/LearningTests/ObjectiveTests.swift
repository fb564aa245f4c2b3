import Autodiff
import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct ObjectiveTests {
    func rows(_ objective: Objective, logits: [[Double]], targets: [[Double]]) throws -> [Double] {
        var random = RandomStream(seed: 1)
        let net = try MLP<Double>(sizes: [1, logits[0].count], random: &random)
        return try objective.perRow(
            net, logits: Variable(Matrix(rows: logits)), targets: Variable(Matrix(rows: targets))
        ).value.values
    }

    @Test func binaryIsMinusTheLogarithmOfTheProbability() throws {
        let z = 1.3
        let p = 1 / (1 + exp(-z))
        let got = try rows(.binaryCrossEntropy, logits: [[z], [z], [0]], targets: [[1], [0], [1]])
        for (g, e) in zip(got, [-log(p), -log(1 - p), log(2)]) { #expect(isClose(g, e, 1e-13)) }
    }

    @Test func farLogitsCostWhatTheyShould() throws {
        #expect(
            try rows(.binaryCrossEntropy, logits: [[1000], [1000], [-1000]], targets: [[0], [1], [1]]) == [
                1000, 0, 1000,
            ])
        let classes = try rows(.crossEntropy, logits: [[1000, 0], [1000, 0]], targets: [[1, 0], [0, 1]])
        #expect(classes == [0, 1000])
    }

    @Test func classesAreMinusTheLogarithmOfTheShare() throws {
        let z = [0.2, -1.0, 2.0]
        let total = z.reduce(0) { $0 + exp($1) }
        let got = try rows(.crossEntropy, logits: [z, [5, 5, 5]], targets: [[0, 0, 1], [1, 0, 0]])
        #expect(isClose(got[0], -log(exp(2.0) / total), 1e-13))
        #expect(isClose(got[1], log(3), 1e-13))
    }

    @Test func squaresAreAveragedOverTheOutputs() throws {
        #expect(try rows(.squaredError, logits: [[1, 5]], targets: [[0, 2]]) == [5])
    }

    @Test func guessingCostsLogTwo() throws {
        let zero = Variable(Matrix<Double>.zeros(.matrix(5, 1)))
        let few = Variable(Matrix<Double>.zeros(.matrix(2, 1)))
        #expect(isClose(try discriminatorLoss(realLogits: zero, fakeLogits: few).value.number, log(2), 1e-15))
    }

    @Test func bothHalvesCountAlike() throws {
        // All real points called right without doubt, all fakes called real with odds of e to 1.
        let real = Variable(Matrix<Double>(rows: [[50]]))
        let fake = Variable(Matrix<Double>(rows: [[1], [1], [1], [1]]))
        let loss = try discriminatorLoss(realLogits: real, fakeLogits: fake).value.number
        #expect(isClose(loss, 0.5 * log(1 + exp(1.0)), 1e-12))
    }

    /// Goodfellow et al. (2014), theorem 1: for D* = p / (p + q), whose logit is log(p / q), V = -log 4 + 2 JS(p, q);
    /// the loss is -V / 2.
    @Test func theBestLossKnowsTheDivergence() throws {
        // Two points, p = (0.8, 0.2), q = (0.3, 0.7), as samples in those proportions.
        let (p, q) = ([0.8, 0.2], [0.3, 0.7])
        func best(_ index: Int) -> Double { log(p[index] / q[index]) }
        let real = (0..<10).map { [best($0 < 8 ? 0 : 1)] }
        let fake = (0..<10).map { [best($0 < 3 ? 0 : 1)] }
        let loss = try discriminatorLoss(
            realLogits: Variable(Matrix(rows: real)), fakeLogits: Variable(Matrix(rows: fake))
        ).value.number
        let middle = zip(p, q).map { ($0 + $1) / 2 }
        let divergence = [p, q].reduce(0.0) { total, r in
            total + 0.5 * zip(r, middle).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
        }
        #expect(isClose(loss, log(2) - divergence, 1e-12))
    }
}
