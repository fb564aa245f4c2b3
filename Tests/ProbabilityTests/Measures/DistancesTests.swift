import Foundation
import LinearAlgebra
import Testing

@testable import Probability

struct DistancesTests {
    private func points(_ count: Int, _ dimension: Int, shift: Double = 0, _ random: inout RandomStream) throws
        -> PointSet
    {
        let values = random.normals(count * dimension)
        let moved = values.enumerated().map { $0.offset % dimension == 0 ? $0.element + shift : $0.element }
        return try PointSet(Matrix(shape: .matrix(count, dimension), values: moved))
    }

    @Test("Wasserstein's distance by hand, with as many numbers and with fewer, in any order")
    func wassersteinByHand() throws {
        #expect(try Wasserstein.line([3, 1, 2], [6, 4, 5]) == 3)
        #expect(try Wasserstein.line([0, 1], [0]) == 0.5)
        // SciPy's example: wasserstein_distance([0, 1, 3], [5, 6, 8]) = 5.
        #expect(abs(try Wasserstein.line([0, 1, 3], [5, 6, 8]) - 5) < 1e-12)
        #expect(abs(try Wasserstein.line([0, 0, 1, 4], [2, 2]) - 1.75) < 1e-12)
        #expect(try Wasserstein.line([2, 2], [2]) == 0)
        #expect(throws: DistributionError.self) { try Wasserstein.line([], [1]) }
    }

    /// Between N(0, 1) and N(m, 1) it is m; between N(0, 1) and N(0, s²) it is |s - 1| √(2/π).
    @Test("closed forms on the line", arguments: [1, 2, 3] as [UInt64])
    func wassersteinOfNormals(seed: UInt64) throws {
        var random = RandomStream(seed: seed)
        let (a, b) = (random.normals(50_000), random.normals(40_000))
        #expect(abs(try Wasserstein.line(a, b.map { $0 + 2 }) - 2) < 0.03)
        #expect(abs(try Wasserstein.line(a, b.map { $0 * 3 }) - 2 * sqrt(2 / .pi)) < 0.04)
    }

    @Test("moving a sample by v costs 2|v|/π sliced; directions change little, the seed nothing but them")
    func sliced() throws {
        var random = RandomStream(seed: 9)
        let here = try points(500, 2, &random)
        let there = try PointSet(
            Matrix(shape: .matrix(500, 2), values: here.matrix.values.enumerated().map { $1 + ($0 % 2 == 0 ? 3 : 4) }))
        let distances = try (1...5).map { seed in
            var stream = RandomStream(seed: UInt64(seed))
            return try Wasserstein.sliced(here, there, using: &stream)
        }
        for distance in distances { #expect(abs(distance - 10 / Double.pi) < 0.01, "\(distance)") }
        var (one, same) = (RandomStream(seed: 3), RandomStream(seed: 3))
        #expect(try Wasserstein.sliced(here, there, using: &one) == Wasserstein.sliced(here, there, using: &same))
        #expect(try Wasserstein.sliced(here, here, using: &one) == 0)
        let line = try PointSet(Matrix(vector: [1, 2]))
        #expect(try Wasserstein.sliced(line, PointSet(Matrix(vector: [2, 3])), using: &one) == 1)
    }

    /// E k(x, y) for x ~ N(0, 1)ᵈ and y ~ N(m, 1)ᵈ is (s² / (s² + 2))^(d/2) exp(-|m|² / (2 (s² + 2))).
    @Test("the kernel discrepancy of two normal distributions, over seeds", arguments: [1, 2])
    func discrepancy(dimension: Int) throws {
        let (shift, width) = (1.5, 0.8)
        let factor = pow(width * width / (width * width + 2), Double(dimension) / 2)
        let exact = 2 * factor * (1 - exp(-shift * shift / (2 * (width * width + 2))))
        var (apart, alike) = (0.0, 0.0)
        for seed: UInt64 in 1...8 {
            var random = RandomStream(seed: seed)
            let a = try points(400, dimension, &random), b = try points(300, dimension, shift: shift, &random)
            let c = try points(300, dimension, &random)
            apart += try KernelDistances.maximumMeanDiscrepancy(a, b, bandwidth: width) / 8
            alike += try KernelDistances.maximumMeanDiscrepancy(a, c, bandwidth: width) / 8
        }
        #expect(abs(apart - exact) < 0.02, "\(apart) for \(exact)")
        #expect(abs(alike) < 0.004, "\(alike)")
    }

    /// With so many points that their pairs take several blocks, and with the distances computed once for both.
    @Test("the same as all pairs give, apart and both at once", arguments: [1, 2, 3])
    func allPairs(dimension: Int) throws {
        var random = RandomStream(seed: 11)
        let a = try points(151, dimension, &random), b = try points(97, dimension, shift: 1, &random)
        func apart(_ x: [Double], _ y: [Double]) -> Double {
            zip(x, y).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        func distances(_ x: PointSet, _ y: PointSet) -> [Double] {
            (0..<x.count).flatMap { i in (0..<y.count).map { j in apart(x.point(i), y.point(j)) } }
        }
        func mean(_ x: PointSet, _ y: PointSet, pairs: Int, _ f: (Double) -> Double) -> Double {
            distances(x, y).reduce(0) { $0 + f($1) } / Double(pairs)
        }
        let width = KernelDistances.medianDistance(a, b)
        let kernel = { (d: Double) in exp(-d * d / (2 * width * width)) }
        // Every point with itself adds 1 to a sum over all pairs within a sample.
        let within = mean(a, a, pairs: 151 * 150, kernel) - 1.0 / 150 + mean(b, b, pairs: 97 * 96, kernel) - 1.0 / 96
        let discrepancy = within - 2 * mean(a, b, pairs: 151 * 97, kernel)
        let inside = mean(a, a, pairs: 151 * 151) { $0 } + mean(b, b, pairs: 97 * 97) { $0 }
        let energy = 2 * mean(a, b, pairs: 151 * 97) { $0 } - inside
        let both = try KernelDistances.both(a, b)
        #expect(abs(both.maximumMeanDiscrepancy - discrepancy) < 1e-12 && abs(both.energy - energy) < 1e-12)
        #expect(try both.maximumMeanDiscrepancy == KernelDistances.maximumMeanDiscrepancy(a, b))
        #expect(try both.energy == KernelDistances.energy(a, b))
        let ofA = distances(a, a).enumerated().filter { $0.offset / 151 < $0.offset % 151 }.map(\.element)
        let ofB = distances(b, b).enumerated().filter { $0.offset / 97 < $0.offset % 97 }.map(\.element)
        let all = ofA + ofB + distances(a, b)
        let median = Spread.quantile(0.5, all.map { $0 * $0 }.sorted()).squareRoot()
        #expect(abs(width - median) < 1e-12)
    }

    @Test("the discrepancy by hand, and the median of distances")
    func discrepancyByHand() throws {
        let a = try PointSet(Matrix(vector: [0, 1])), b = try PointSet(Matrix(vector: [0, 2]))
        let kernel = { (d: Double) in exp(-0.5 * d * d) }
        let expected = kernel(1) + kernel(2) - 2 * (1 + kernel(2) + kernel(1) + kernel(1)) / 4
        #expect(abs(try KernelDistances.maximumMeanDiscrepancy(a, b, bandwidth: 1) - expected) < 1e-12)
        // Distances 1; 0, 2, 1, 1; 2.
        #expect(abs(KernelDistances.medianDistance(a, b) - 1) < 1e-12)
        let same = try PointSet(Matrix(vector: [1, 1]))
        #expect(throws: DistributionError.self) { try KernelDistances.maximumMeanDiscrepancy(same, same) }
        let one = try PointSet(Matrix(vector: [1]))
        #expect(throws: DistributionError.self) { try KernelDistances.maximumMeanDiscrepancy(one, a) }
    }

    @Test("energy distance: by hand, the same by pairs and by steps, 0 only for equal samples")
    func energy() throws {
        let a = try PointSet(Matrix(vector: [0, 1])), b = try PointSet(Matrix(vector: [0, 3]))
        // 2 (0 + 3 + 1 + 2) / 4 - (0 + 1 + 1 + 0) / 4 - (0 + 3 + 3 + 0) / 4 = 3 - 0.5 - 1.5
        #expect(abs(try KernelDistances.energy(a, b) - 1) < 1e-12)
        #expect(try KernelDistances.energy(a, a) == 0)
        var random = RandomStream(seed: 2)
        let (x, y) = (random.normals(70), random.normals(50))
        let flat = try KernelDistances.energy(PointSet(Matrix(vector: x)), PointSet(Matrix(vector: y)))
        let inPlane = try KernelDistances.energy(
            PointSet(Matrix(rows: x.map { [$0, 1] })), PointSet(Matrix(rows: y.map { [$0, 1] })))
        #expect(abs(flat - inPlane) < 1e-12)
    }

    /// X - Y is N(m, 2), and E|X - Y| by the folded normal √2 (√(2/π) exp(-m²/4) + (m/√2) erf(m/2)).
    @Test("energy distance of normal distributions")
    func energyOfNormals() throws {
        var random = RandomStream(seed: 5)
        let (m, n) = (2.0, 20_000)
        let x = try PointSet(Matrix(vector: random.normals(n)))
        let y = try PointSet(Matrix(vector: random.normals(n).map { $0 + m }))
        let across = sqrt(2) * (sqrt(2 / .pi) * exp(-m * m / 4) + m / sqrt(2) * erf(m / 2))
        let exact = 2 * across - 2 * sqrt(2) * sqrt(2 / .pi)
        #expect(abs(try KernelDistances.energy(x, y) - exact) < 0.05)
    }
}
