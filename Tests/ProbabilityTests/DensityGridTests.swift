import Foundation
import LinearAlgebra
import Testing

@testable import Probability

@Suite struct DensityGridTests {
    /// Row after row, the densities are those that are asked one by one; of many bumps, of a few, and of no bumps.
    @Test func asAskedOneByOne() throws {
        var random = RandomStream(seed: 3)
        let points: Matrix<Double> = random.normal(shape: .matrix(700, 2))
        let all: [any Distribution] = [
            try RoundMixture.kernelDensity(of: points, bandwidth: 0.1), RoundMixture.ring8,
            try Normal2D(mean: [0, 1], covariance: Matrix(rows: [[1, 0.3], [0.3, 2]])),
        ]
        let (x, y) = ([-2, -0.5, 0, 1.25, 2.5], [-3, 0.1, 40])
        for distribution in all {
            let found = distribution.densities(atX: x, y: y)
            #expect(found.count == 15)
            for (row, y) in y.enumerated() {
                for (column, x) in x.enumerated() {
                    let one = exp(distribution.logDensity(ofFlat: [x, y])[0])
                    #expect(
                        abs(found[row * 5 + column] - one) < 1e-12 * max(one, 1e-200), "\(distribution.name) \(x) \(y)")
                }
            }
        }
    }
}
