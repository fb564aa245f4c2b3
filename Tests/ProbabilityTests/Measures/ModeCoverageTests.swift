import Foundation
import LinearAlgebra
import Testing

@testable import Probability

struct ModeCoverageTests {
    private func coverage(_ rows: [[Double]], _ modes: [Mode]) throws -> ModeCoverage {
        try ModeCoverage(PointSet(Matrix(rows: rows)), modes: modes)
    }

    @Test("counted by hand: at three standard deviations, beyond, between two modes")
    func byHand() throws {
        let modes = [[0.0, 0], [10, 0], [0, 10]].map { Mode(center: $0, standardDeviation: 1, weight: 1.0 / 3) }
        let found = try coverage(
            [[0, 0], [3, 0], [3.001, 0], [10, 2.9], [5, 0], [0, 1], [100, 100], [10, 0]], modes)
        #expect(found.counts == [3, 2, 0])
        #expect(found.reached == 2 && found.missed == [2])
        #expect(found.highQualityShare == 5.0 / 8)
        let expected = 0.6 * log(0.6 * 3) + 0.4 * log(0.4 * 3)
        #expect(abs(found.reverseKullbackLeibler - expected) < 1e-12)
    }

    @Test("one mode of eight costs ln 8, none at all infinity")
    func collapse() throws {
        let modes = try #require(RoundMixture.ring8.modes)
        let all = try coverage([[2, 0], [2.1, 0]], modes)
        #expect(all.reached == 1 && abs(all.reverseKullbackLeibler - log(8)) < 1e-12)
        let none = try coverage([[0, 0]], modes)
        #expect(none.reached == 0 && none.highQualityShare == 0 && none.reverseKullbackLeibler == .infinity)
    }

    /// A point of a round normal bump is within 3 sd with probability 1 - exp(-9/2) = 0.98889, and the reverse KL of n
    /// draws over k equal modes is (k - 1) / 2n on average: the ceiling of the published table.
    @Test("the data themselves reach the published ceiling", arguments: [(8, 0.0014), (25, 0.0048)])
    func ceiling(modes count: Int, divergence: Double) throws {
        let data = try count == 8 ? RoundMixture.ring(radius: 1, sd: 0.01) : .grid(spacing: 2, sd: 0.05)
        let modes = try #require(data.modes)
        var (share, mean) = (0.0, 0.0)
        for seed: UInt64 in 1...10 {
            var random = RandomStream(seed: seed)
            let found = try ModeCoverage(PointSet(data.sample(count: 2500, using: &random)), modes: modes)
            #expect(found.reached == count)
            share += found.highQualityShare / 10
            mean += found.reverseKullbackLeibler / 10
        }
        // Four standard errors of 25 000 draws, and of the mean of ten chi-squares.
        #expect(abs(share - (1 - exp(-4.5))) < 4 * (0.0111 * 0.9889 / 25_000).squareRoot())
        #expect(abs(mean - divergence) < 4 * divergence * (2.0 / Double(count - 1) / 10).squareRoot())
    }

    @Test("modes on the line, and points that do not fit the modes")
    func line() throws {
        let modes = try #require(Mixture.bimodal.modes)
        let found = try ModeCoverage(PointSet(Matrix(vector: [-2, -3.4, -3.6, 0])), modes: modes)
        #expect(found.counts == [2, 0])
        #expect(throws: DistributionError.self) { try ModeCoverage(PointSet(Matrix(rows: [[1, 2]])), modes: modes) }
        #expect(throws: DistributionError.self) { try ModeCoverage(PointSet(Matrix(vector: [1])), modes: []) }
        #expect(throws: DistributionError.self) { try PointSet(Matrix(vector: [1, .nan])) }
        #expect(throws: DistributionError.self) { try PointSet(Matrix(vector: [])) }
    }
}
