import LinearAlgebra
import Testing

@testable import Probability

@Suite struct LabelledDistributionTests {
    static let all: [any LabelledDistribution] =
        [RoundMixture.ring8, Mixture.claw]
        + [try? NoisyCurve.moons(), try? NoisyCurve.spirals(arms: 3)].compactMap { $0 }

    /// The parts' shares sum to 1, labels are as frequent as them, and all parts together are the distribution: the mean of
    /// points drawn part by part is its mean.
    @Test(arguments: all.indices) func thePartsMakeTheWhole(index: Int) throws {
        let distribution = Self.all[index]
        var random = RandomStream(seed: 5)
        #expect(abs(distribution.parts.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        let count = 20_000
        let (points, labels) = distribution.labelledSample(count: count, using: &random)
        for (number, part) in distribution.parts.enumerated() {
            let share = Double(labels.count { $0 == number }) / Double(count)
            #expect(abs(share - part.share) < 0.015, "part \(number)")
        }
        let (mean, deviation) = (try #require(distribution.mean), try #require(distribution.standardDeviation))
        for axis in 0..<distribution.dimension {
            let own = points.column(axis).reduce(0, +) / Double(count)
            #expect(abs(own - mean[axis]) < 0.03 * deviation[axis], "axis \(axis)")
        }
    }

    @Test func pointsOfAPartAreNearIt() throws {
        var random = RandomStream(seed: 6)
        let (points, labels) = RoundMixture.ring8.labelledSample(count: 500, using: &random)
        let modes = try #require(RoundMixture.ring8.modes)
        for row in 0..<500 {
            let center = modes[labels[row]].center
            #expect(abs(points[row, 0] - center[0]) < 1.2 && abs(points[row, 1] - center[1]) < 1.2)
        }
        let moons = try NoisyCurve.moons(noise: 0.01)
        let upper = moons.sample(count: 200, ofPart: 0, using: &random)
        #expect(upper.column(1).allSatisfy { $0 > -0.1 })
        #expect(try NoisyCurve.sCurve().parts.isEmpty && NoisyCurve.swissRoll().parts.isEmpty)
    }
}
