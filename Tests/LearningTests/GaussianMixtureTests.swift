import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct GaussianMixtureTests {
    /// Two normals on the line.
    func pair(_ means: (Double, Double), _ variances: (Double, Double), _ weight: Double = 0.5) throws
        -> GaussianMixture
    {
        try GaussianMixture(components: [
            .init(weight: weight, mean: [means.0], covariance: Covariance(diagonal: [variances.0])),
            .init(weight: 1 - weight, mean: [means.1], covariance: Covariance(diagonal: [variances.1])),
        ])
    }

    @Test func densityIsTheWeightedSum() throws {
        let mixture = try pair((0, 3), (1, 4), 0.25)
        for x in [-2.0, 0, 1.5, 7] {
            let expected =
                0.25 * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
                + 0.75 * exp(-(x - 3) * (x - 3) / 8) / (8 * Double.pi).squareRoot()
            let got = try mixture.logDensities(of: Matrix(vector: [x]))[0]
            #expect(isClose(exp(got), expected, 1e-14))
        }
    }

    @Test func farPointsKeepAFiniteLogDensity() throws {
        let mixture = try pair((0, 3), (1, 4))
        let far = try mixture.logDensities(of: Matrix(vector: [1e4]))[0]
        #expect(far.isFinite && far < -1e6)
        let shares = try mixture.responsibilities(of: Matrix(vector: [-1e4]))
        #expect(isClose(shares.values.reduce(0, +), 1, 1e-12))
    }

    @Test func tiltedDensityMatchesTheFormula() throws {
        // Σ = [[2, 0.6], [0.6, 1]]: det 1.64, inverse [[1, -0.6], [-0.6, 2]] / 1.64.
        let covariance = try #require(Covariance([2, 0.6, 0.6, 1], dimension: 2))
        let mixture = try GaussianMixture(components: [.init(weight: 1, mean: [1, -1], covariance: covariance)])
        let (u, v) = (0.7, -1.3)
        let distance = (u * u - 2 * 0.6 * u * v + 2 * v * v) / 1.64
        let expected = -0.5 * (distance + log(1.64)) - log(2 * Double.pi)
        let got = try mixture.logDensities(of: Matrix(rows: [[1 + u, -1 + v]]))[0]
        #expect(isClose(got, expected, 1e-13))
    }

    @Test func everyDimensionUsesTheSameDistance() throws {
        // Block-diagonal in three dimensions: the sum of the distances of the blocks.
        let three = try #require(Covariance([2, 0.6, 0, 0.6, 1, 0, 0, 0, 4], dimension: 3))
        let two = try #require(Covariance([2, 0.6, 0.6, 1], dimension: 2))
        let whole = three.squaredDistance(from: [0, 0, 0], to: [0.3, -2, 5])
        #expect(isClose(whole, two.squaredDistance(from: [0, 0], to: [0.3, -2]) + 25.0 / 4, 1e-13))
    }

    @Test func responsibilitiesAreBayesRule() throws {
        let mixture = try pair((0, 2), (1, 1), 0.5)
        // Half way between equal components both answer alike; log-odds grow by 2 per unit.
        let shares = try mixture.responsibilities(of: Matrix(vector: [1, 2]))
        #expect(isClose(shares[0, 0], 0.5, 1e-14))
        #expect(isClose(log(shares[1, 1] / shares[1, 0]), 2, 1e-12))
    }

    @Test func drawsHaveTheMomentsOfTheMixture() throws {
        let covariance = try #require(Covariance([2, 0.6, 0.6, 1], dimension: 2))
        let mixture = try GaussianMixture(components: [
            .init(weight: 0.3, mean: [4, 0], covariance: covariance),
            .init(weight: 0.7, mean: [0, 2], covariance: covariance),
        ])
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let points = mixture.sample(count: 20_000, using: &random)
            let data = try Observations(points)
            // Var x = 2 + 0.21 * 16 = 5.36; cov = 0.6 - 0.21 * 8 = -1.08; var y = 1 + 0.21 * 4 = 1.84. Margins: five
            // standard errors.
            #expect(isClose(data.mean[0], 1.2, 0.09) && isClose(data.mean[1], 1.4, 0.05))
            #expect(isClose(data.covariance[0], 5.36, 0.05))
            #expect(isClose(data.covariance[1], -1.08, 0.12))
            #expect(isClose(data.covariance[3], 1.84, 0.05))
        }
    }

    @Test func criteriaCountTheParameters() throws {
        let one = try pair((0, 3), (1, 4))
        #expect(one.freeParameters == 5)
        let points = Matrix<Double>(vector: [0, 1, 2, 3])
        let likelihood = try one.logLikelihood(of: points)
        #expect(isClose(try one.bic(of: points), 5 * log(4) - 2 * likelihood, 1e-13))
        #expect(isClose(try one.aic(of: points), 10 - 2 * likelihood, 1e-13))
        let plane = try #require(Covariance([1, 0, 0, 1], dimension: 2))
        let four = try GaussianMixture(
            components: (0..<4).map { .init(weight: 1, mean: [Double($0), 0], covariance: plane) })
        #expect(four.freeParameters == 3 + 4 * 5)
    }

    @Test func whatDoesNotFitIsNamed() throws {
        let mixture = try pair((0, 3), (1, 4))
        #expect(throws: LearningError.dimensionMismatch(expected: 1, got: 2)) {
            try mixture.logDensities(of: Matrix(rows: [[1, 2]]))
        }
        #expect(throws: LearningError.notFinite(row: 1, column: 0)) {
            try mixture.logDensities(of: Matrix(vector: [1, .nan]))
        }
        #expect(throws: LearningError.self) { try GaussianMixture(components: []) }
        #expect(Covariance([1, 2, 2, 1], dimension: 2) == nil)
        #expect(Covariance([0], dimension: 1) == nil)
    }
}
