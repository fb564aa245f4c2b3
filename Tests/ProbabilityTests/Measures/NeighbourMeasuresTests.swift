import Foundation
import LinearAlgebra
import Testing

@testable import Probability

struct NeighbourMeasuresTests {
    private func points(_ numbers: [Double]) throws -> PointSet { try PointSet(Matrix(vector: numbers)) }

    /// k = 1. Real balls: 0 reaches 1, 1 reaches 1, 3 reaches 2. Generated: 0.5 reaches 0.1, 0.6 reaches 0.1, 9 reaches 8.4.
    @Test("counted by hand")
    func byHand() throws {
        let found = try NeighbourMeasures(real: points([0, 1, 3]), generated: points([0.5, 0.6, 9]), neighbours: 1)
        #expect(found.precision == 2.0 / 3)
        // 1 and 3 are less than 8.4 from 9; 0 is 9 away, and further than 0.1 from the other two.
        #expect(found.recall == 2.0 / 3)
        // The balls of 0 and 1 hold 0.5 and 0.6; that of 3 holds none.
        #expect(found.density == 4.0 / 3)
        #expect(found.coverage == 2.0 / 3)
    }

    /// The definitions, pair by pair; on a lattice many distances are equal, and "nearer than" must stay strict.
    @Test("the same as all pairs give, in any dimension, with equal distances too", arguments: [1, 2, 3])
    func byAllPairs(dimension: Int) throws {
        var random = RandomStream(seed: 8)
        for isLattice in [false, true] {
            func draw(_ count: Int, _ scale: Double) -> [[Double]] {
                (0..<count).map { _ in
                    (0..<dimension).map { _ in
                        isLattice ? Double(random.integer(below: 9)) * scale : random.normal() * scale
                    }
                }
            }
            let (real, made, k) = (draw(90, 1), draw(70, 1.5), 4)
            func apart(_ a: [Double], _ b: [Double]) -> Double {
                zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            }
            func reach(_ points: [[Double]]) -> [Double] {
                points.indices.map { i in
                    points.indices.filter { $0 != i }.map { apart(points[i], points[$0]) }.sorted()[k - 1]
                }
            }
            let (ofReal, ofMade) = (reach(real), reach(made))
            let counts = zip(real, ofReal).map { point, limit in made.count { apart(point, $0) < limit } }
            let precise = made.count { point in zip(real, ofReal).contains { apart($0, point) < $1 } }
            let recalled = real.count { point in zip(made, ofMade).contains { apart($0, point) < $1 } }
            let found = try NeighbourMeasures(
                real: PointSet(Matrix(rows: real)), generated: PointSet(Matrix(rows: made)), neighbours: k)
            #expect(found.precision == Double(precise) / 70 && found.recall == Double(recalled) / 90)
            #expect(found.density == Double(counts.reduce(0, +)) / Double(k * 70))
            #expect(found.coverage == Double(counts.count { $0 > 0 }) / 90)
        }
    }

    @Test("a perfect sample: density 1 and the coverage of Naeem's lemma, over seeds")
    func perfect() throws {
        var (density, coverage) = (0.0, 0.0)
        for seed: UInt64 in 1...6 {
            var random = RandomStream(seed: seed)
            let real = try PointSet(RoundMixture.ring8.sample(count: 600, using: &random))
            let generated = try PointSet(RoundMixture.ring8.sample(count: 600, using: &random))
            let found = try NeighbourMeasures(real: real, generated: generated)
            density += found.density / 6
            coverage += found.coverage / 6
        }
        let expected = NeighbourMeasures.expectedCoverage(points: 600)
        #expect(abs(expected - 0.9694) < 1e-3)
        #expect(abs(density - 1) < 0.05, "\(density)")
        #expect(abs(coverage - expected) < 0.015, "\(coverage) for \(expected)")
    }

    @Test("lost modes cost recall and coverage, noise costs precision and density")
    func failures() throws {
        var random = RandomStream(seed: 3)
        let real = try PointSet(RoundMixture.ring8.sample(count: 800, using: &random))
        let ring = RoundMixture.ring8.sample(count: 4000, using: &random)
        let half = try PointSet(
            Matrix(rows: (0..<4000).map { ring.row($0) }.filter { $0[1] > 0.5 }.prefix(800).map { $0 }))
        let collapsed = try NeighbourMeasures(real: real, generated: half)
        #expect(collapsed.recall < 0.6 && collapsed.coverage < 0.6 && collapsed.precision > 0.9)
        let cloud = try PointSet(Matrix(shape: .matrix(800, 2), values: random.normals(1600).map { $0 * 3 }))
        let noisy = try NeighbourMeasures(real: real, generated: cloud)
        #expect(noisy.precision < 0.4 && noisy.density < 0.4)
    }

    @Test("too few points for so many neighbours")
    func tooFew() throws {
        let five = try points([1, 2, 3, 4, 5])
        #expect(throws: DistributionError.self) { try NeighbourMeasures(real: five, generated: five) }
        #expect(throws: DistributionError.self) { try NeighbourMeasures(real: five, generated: five, neighbours: 0) }
        #expect(try NeighbourMeasures(real: five, generated: five, neighbours: 4).precision == 1)
    }

    /// The mean log-density of N(0, 1) under an estimate of bandwidth h from many of its own points is near that under
    /// N(0, 1 + h²): -½ ln(2π (1 + h²)) - ½ / (1 + h²).
    @Test("likelihood under a kernel estimate, on the line and in the plane", arguments: [1, 2])
    func likelihood(dimension: Int) throws {
        let width = 0.3
        let spread = 1 + width * width
        let exact = Double(dimension) * (-0.5 * log(2 * .pi * spread) - 0.5 / spread)
        var random = RandomStream(seed: 8)
        func draw(_ count: Int) throws -> PointSet {
            try PointSet(Matrix(shape: .matrix(count, dimension), values: random.normals(count * dimension)))
        }
        let found = try KernelLikelihood.meanLogLikelihood(of: draw(1500), under: draw(3000), bandwidth: width)
        #expect(abs(found - exact) < 0.1, "\(found) for \(exact)")
        let single = try PointSet(Matrix(shape: .matrix(1, dimension), values: Array(repeating: 1.0, count: dimension)))
        let atIt = try KernelLikelihood.meanLogLikelihood(of: single, under: single, bandwidth: width)
        #expect(abs(atIt + Double(dimension) * log(width * sqrt(2 * .pi))) < 1e-12)
    }

    @Test("the bandwidth knows the modes when it is told of them")
    func bandwidth() throws {
        var random = RandomStream(seed: 1)
        let ring = try RoundMixture.ring(radius: 1, sd: 0.01)
        let sample = try PointSet(ring.sample(count: 1600, using: &random))
        let told = try KernelLikelihood.bandwidth(for: sample, modes: ring.modes)
        #expect(abs(told - 0.01 * pow(200, -1.0 / 6)) < 1e-12)
        #expect(try KernelLikelihood.bandwidth(for: sample) > 5 * told)
        #expect(throws: DistributionError.self) { try KernelLikelihood.bandwidth(for: points([2, 2])) }
    }

    /// Of many bumps only the near ones are summed: the same as all of them, near the points, far away, and beyond what is
    /// finite.
    @Test("a kernel estimate is the sum of all its bumps")
    func allBumps() throws {
        var random = RandomStream(seed: 12)
        let (count, width) = (700, 0.05)
        let places = random.normals(2 * count)
        let asked = random.normals(60) + [9, -30, 1e4, 1e4]
        let inPlane = try RoundMixture.kernelDensity(
            of: Matrix(shape: .matrix(count, 2), values: places), bandwidth: width)
        for (i, value) in inPlane.logDensity(ofFlat: asked).enumerated() {
            let exponents = (0..<count).map { bump in
                let (dx, dy) = (asked[2 * i] - places[2 * bump], asked[2 * i + 1] - places[2 * bump + 1])
                return -(dx * dx + dy * dy) / (2 * width * width)
            }
            let exact = logSum(exponents) - log(Double(count) * 2 * .pi * width * width)
            #expect(abs(value - exact) < 1e-12 * max(abs(exact), 1), "\(value) for \(exact)")
            #expect(abs(value - inPlane.logDensity(x: asked[2 * i], y: asked[2 * i + 1])) < 1e-12 * max(abs(exact), 1))
        }
        let onLine = try KernelDensity(places, bandwidth: .fixed(width))
        for (x, value) in zip(asked, onLine.logDensity(ofFlat: asked)) {
            let exact =
                logSum(places.map { -(x - $0) * (x - $0) / (2 * width * width) })
                - log(Double(2 * count) * width * sqrt(2 * .pi))
            #expect(abs(value - exact) < 1e-12 * max(abs(exact), 1), "\(value) for \(exact)")
        }
        let odd = onLine.logDensity(ofFlat: [.nan, 0, .infinity])
        #expect(odd[0].isNaN && odd[1].isFinite && odd[2] == -.infinity)
    }

    private func logSum(_ exponents: [Double]) -> Double {
        let most = exponents.max() ?? 0
        return most + log(exponents.reduce(0) { $0 + exp($1 - most) })
    }
}
