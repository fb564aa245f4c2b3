import Foundation
import LinearAlgebra
import Testing

@testable import Probability

struct SampleGridTests {
    private func normal(_ count: Int, at center: Double, seed: UInt64) throws -> PointSet {
        var random = RandomStream(seed: seed)
        return try PointSet(Matrix(vector: random.normals(count).map { $0 + center }))
    }

    @Test("cells counted by hand: the central 99 percent and a margin, all else in one more cell")
    func byHand() throws {
        let reference = try PointSet(Matrix(vector: (0...200).map(Double.init)))
        let grid = try SampleGrid(
            reference: reference, sample: PointSet(Matrix(vector: [100, 500, -20, -500])), cells: 3)
        // Quantiles 1 and 199, margin 19.8: from -18.8 to 218.8.
        #expect(abs(grid.box[0].lowerBound + 18.8) < 1e-9 && abs(grid.box[0].upperBound - 218.8) < 1e-9)
        #expect(abs(grid.cellSize[0] - 79.2) < 1e-9)
        #expect(grid.reference == [61, 79, 61, 0])
        #expect(grid.sample == [0, 1, 0, 3])
    }

    @Test("the reference is counted whole, whatever it is compared with")
    func referenceIsUndamaged() throws {
        var random = RandomStream(seed: 4)
        let ring = try PointSet(RoundMixture.ring8.sample(count: 3000, using: &random))
        let far = try PointSet(Matrix(rows: [[50, 50]]))
        let grids = [try SampleGrid(reference: ring, sample: ring), try SampleGrid(reference: ring, sample: far)]
        #expect(grids[0].reference == grids[1].reference && grids[0].reference.reduce(0, +) == 3000)
        #expect(grids[0].jensenShannon == 0 && grids[0].kullbackLeibler == 0)
        #expect(abs(grids[1].jensenShannon - log(2)) < 1e-12)
        #expect(grids[1].kullbackLeibler > 1 && grids[1].kullbackLeibler.isFinite)
    }

    /// KL(N(0,1) ‖ N(1,1)) = 1/2; JS of the two by numerical integration.
    @Test("normal distributions a standard deviation apart", arguments: [1, 2, 3] as [UInt64])
    func normals(seed: UInt64) throws {
        let grid = try SampleGrid(
            reference: normal(200_000, at: 0, seed: seed), sample: normal(200_000, at: 1, seed: seed + 100), cells: 60)
        let density = { (x: Double, center: Double) in exp(-0.5 * (x - center) * (x - center)) / sqrt(2 * .pi) }
        let exact = stride(from: -10.0, to: 11, by: 0.001).reduce(0.0) { sum, x in
            let (p, q) = (density(x, 0), density(x, 1))
            return sum + 0.0005 * (p * log(2 * p / (p + q)) + q * log(2 * q / (p + q)))
        }
        #expect(abs(grid.jensenShannon - exact) < 0.003, "\(grid.jensenShannon) for \(exact)")
        #expect(abs(grid.kullbackLeibler - 0.5) < 0.015, "\(grid.kullbackLeibler)")
    }

    @Test("in the plane, a shift along one axis costs what it costs on the line")
    func plane() throws {
        var random = RandomStream(seed: 7)
        func points(_ center: Double) throws -> PointSet {
            let numbers = random.normals(400_000)
            let values = numbers.enumerated().map { $0.offset % 2 == 0 ? $0.element + center : $0.element }
            return try PointSet(Matrix(shape: .matrix(200_000, 2), values: values))
        }
        let grid = try SampleGrid(reference: points(0), sample: points(1))
        #expect(abs(grid.jensenShannon - 0.1114) < 0.006, "\(grid.jensenShannon)")
    }

    @Test("constant data, a grid of three dimensions, too many cells")
    func awkward() throws {
        let same = try PointSet(Matrix(vector: [3, 3, 3]))
        #expect(try SampleGrid(reference: same, sample: same).jensenShannon == 0)
        let solid = try PointSet(Matrix(rows: [[1, 2, 3]]))
        #expect(throws: DistributionError.self) { try SampleGrid(reference: solid, sample: solid) }
        #expect(throws: DistributionError.self) { try SampleGrid(reference: same, sample: solid) }
        #expect(throws: DistributionError.self) { try SampleGrid(reference: same, sample: same, cells: 100_000) }
    }
}
