import Foundation
import LinearAlgebra
import Testing

@testable import Probability

/// Every two-dimensional distribution, most with their default parameters.
private func planars() throws -> [any Distribution] {
    let covariance = Matrix<Double>(rows: [[2, 0.8], [0.8, 0.5]])
    return [
        try Normal2D(mean: [1, -2], covariance: covariance), RoundMixture.ring8, RoundMixture.grid25,
        RoundMixture.twoBlobs, try NoisyCurve.moons(), try NoisyCurve.circles(), try NoisyCurve.spirals(),
        try NoisyCurve.swissRoll(noise: 0.1), try NoisyCurve.pinwheel(), try NoisyCurve.sCurve(),
        try NoisyCurve.ellipse(),
        try NoisyLine(), try CellGrid.checkerboard(), try CellGrid.checkerboard(cells: 5, size: 2),
        try TextPicture(text: " #\n@.\n").distribution(),
        try Mixture([RoundMixture.twoBlobs, try Normal2D(mean: [0, 2], covariance: covariance)], weights: [2, 1]),
    ]
}

struct PlanarTests {
    private static let cells = 60

    @Test("densities integrate to one, with the stated moments, and samples fall where they say")
    func normalised() throws {
        for distribution in try planars() {
            let (points, area) = lattice(distribution)
            let mass = distribution.logDensity(ofFlat: points).map { exp($0) * area }
            try checkMoments(distribution, points, mass)
            for seed in [1, 2] as [UInt64] { checkSample(distribution, mass, seed: seed) }
        }
    }

    /// Sums over the lattice, which miss what lies outside it and, of a square, the variance within a cell.
    private func checkMoments(
        _ distribution: any Distribution, _ points: [Double], _ mass: [Double]
    ) throws {
        let tolerance = 1e-3
        var (total, mean, second) = (0.0, [0.0, 0.0], [[0.0, 0.0], [0.0, 0.0]])
        for (i, mass) in mass.enumerated() {
            total += mass
            for a in 0..<2 {
                mean[a] += mass * points[2 * i + a]
                for b in 0..<2 { second[a][b] += mass * points[2 * i + a] * points[2 * i + b] }
            }
        }
        #expect(abs(total - 1) < tolerance, "\(distribution.name): \(total)")
        let stated = try #require(distribution.mean)
        let covariance = try #require(distribution.covariance)
        for a in 0..<2 {
            #expect(abs(mean[a] - stated[a]) < 4 * tolerance, "\(distribution.name): \(mean), not \(stated)")
            for b in 0..<2 {
                let difference = abs(second[a][b] - mean[a] * mean[b] - covariance[a, b])
                #expect(difference < 4 * tolerance * (1 + abs(covariance[a, b])), "\(distribution.name)")
            }
        }
    }

    /// What the picture shows; of a density with edges its support, so that the edges fall between the cells.
    private func frame(_ distribution: any Distribution) -> [ClosedRange<Double>] {
        distribution is CellGrid ? distribution.support : distribution.plotRange
    }

    /// The middles of 60 x 60 cells over a window half as large again as the frame, and a cell's area.
    private func lattice(_ distribution: any Distribution) -> ([Double], Double) {
        let cells = PlanarTests.cells
        let ranges = frame(distribution).map { range in
            let margin = (range.upperBound - range.lowerBound) / 4
            return range.lowerBound - margin...range.upperBound + margin
        }
        let steps = ranges.map { ($0.upperBound - $0.lowerBound) / Double(cells) }
        var points: [Double] = []
        for i in 0..<cells {
            for j in 0..<cells {
                points.append(ranges[0].lowerBound + (Double(i) + 0.5) * steps[0])
                points.append(ranges[1].lowerBound + (Double(j) + 0.5) * steps[1])
            }
        }
        return (points, steps[0] * steps[1])
    }

    // A cell with expectation m holds m ± √m points; of 100 cells one strays by 4.5 √m once in a thousand runs.
    private func checkSample(_ distribution: any Distribution, _ mass: [Double], seed: UInt64) {
        let cells = PlanarTests.cells
        var random = RandomStream(seed: seed)
        let sample = distribution.sample(count: 4000, using: &random)
        #expect(sample.shape == .matrix(4000, 2))
        var expected = [Double](repeating: 0, count: 100)
        for i in 0..<cells * cells {
            expected[(i / cells) / (cells / 10) * 10 + (i % cells) / (cells / 10)] += 4000 * mass[i]
        }
        for (cell, counted) in counts(sample, like: distribution).enumerated() {
            let slack = 4.5 * expected[cell].squareRoot() + 4 + 0.04 * expected[cell]
            let difference = abs(counted - expected[cell])
            #expect(difference < slack, "\(distribution.name): \(counted) in cell \(cell), not \(expected[cell])")
        }
    }

    private func counts(_ sample: Matrix<Double>, like distribution: any Distribution) -> [Double] {
        var counts = [Double](repeating: 0, count: 100)
        let ranges = frame(distribution)
        for row in 0..<sample.rows {
            let places = (0..<2).map { axis in
                let width = ranges[axis].upperBound - ranges[axis].lowerBound
                return (sample[row, axis] - ranges[axis].lowerBound + width / 4) / (1.5 * width) * 10
            }
            guard places.allSatisfy({ $0 >= 0 && $0 < 10 }) else { continue }
            counts[Int(places[0]) * 10 + Int(places[1])] += 1
        }
        return counts
    }

    @Test("the normal distribution agrees with SciPy")
    func normal() throws {
        let covariance = Matrix<Double>(rows: [[2, 0.8], [0.8, 0.5]])
        let normal = try Normal2D(mean: [1, -2], covariance: covariance)
        #expect(abs(normal.logDensity(x: 0.3, y: -1) - -6.000662553754465) < 1e-12)
        #expect(abs(normal.logDensity(x: 10, y: 5) - -53.688162553754445) < 1e-12)
        #expect(normal.covariance == covariance)
    }

    @Test("covariances that are none are refused, and the message shows them")
    func covariances() throws {
        let tooMuch = DistributionError(
            "the covariance [[1, 2], [2, 1]] is not positive definite",
            help: "both variances above 0, and the covariance between -sd_x sd_y and sd_x sd_y")
        #expect(throws: tooMuch) { try Normal2D(mean: [0, 0], covariance: Matrix(rows: [[1, 2], [2, 1]])) }
        for rows in [
            [[1, 1], [1, 1]], [[0, 0], [0, 1]], [[-1, 0], [0, 1]], [[1, 0.5], [0.4, 1]], [[1, .nan], [.nan, 1]],
        ] {
            #expect(throws: DistributionError.self) { try Normal2D(mean: [0, 0], covariance: Matrix(rows: rows)) }
        }
        let long = #expect(throws: DistributionError.self) {
            try Normal2D(mean: [Double](repeating: 0.5, count: 123), covariance: .identity(2))
        }
        #expect(long?.message == "the mean has 123 numbers and has to have 2")
        #expect(throws: DistributionError.self) { try Normal2D(mean: [.nan, 0], covariance: .identity(2)) }
        #expect(throws: DistributionError.self) { try Normal2D(mean: [0, 0], covariance: .identity(3)) }
        // Correlation 0.9999 and variances 10¹² apart are still fine.
        _ = try Normal2D(mean: [0, 0], covariance: Matrix(rows: [[1e12, 0.9999e6], [0.9999e6, 1]]))
    }

    @Test("a noisy circle has the closed form exp(-(r² + R²) / 2σ²) I₀(rR / σ²) / 2πσ²")
    func circle() throws {
        let noise = 0.15
        let circle = try NoisyCurve.ellipse(width: 1.5, height: 1.5, noise: noise)
        for (x, y) in [(0.0, 0.0), (1.5, 0), (0.4, -0.9), (-2.5, 1), (4, 4)] {
            let r = hypot(x, y)
            // ln I₀ by the mean of exp(z cos t) over a circle, which the trapezoid rule gives exactly.
            let z = r * 1.5 / (noise * noise)
            let angles = (0..<2000).map { 2 * Double.pi * Double($0) / 2000 }
            let logBessel = SpecialFunctions.logSumExp(angles.map { z * cos($0) }) - log(2000)
            let exact = -(r * r + 2.25) / (2 * noise * noise) + logBessel - log(2 * Double.pi * noise * noise)
            #expect(abs(circle.logDensity(x: x, y: y) - exact) < 1e-8 * max(1, abs(exact)), "at \(x), \(y)")
        }
    }

    @Test("a curve that is a straight line agrees with the closed form of the line")
    func line() throws {
        let line = try NoisyLine(from: [-1, 0.5], to: [2, 1], noise: 0.07)
        let curve = try NoisyCurve(
            name: "line", curve: "line", parameters: [],
            branches: [
                NoisyCurve.Branch(
                    law: .uniform(0...1), center: (-1, 0.5), stretch: (3, 0.5), radius: (0, Double(2).squareRoot()),
                    angle: (0.25 * Double.pi, 0, 0))
            ], noise: 0.07)
        for (x, y) in [(0.0, 0.7), (-1, 0.5), (2.2, 1.1), (-1.3, 0.2)] {
            let exact = line.logDensity(x: x, y: y)
            #expect(abs(curve.logDensity(x: x, y: y) - exact) < 1e-7 * max(1, abs(exact)), "at \(x), \(y)")
        }
        // Seventy standard deviations away the nodes are too coarse for nine digits, and three are enough.
        for (x, y) in [(3.0, 3.0), (-6, 0)] {
            let exact = line.logDensity(x: x, y: y)
            #expect(abs(curve.logDensity(x: x, y: y) - exact) < 1e-3 * abs(exact), "at \(x), \(y)")
        }
        #expect(line.logDensity(x: 1e5, y: -1e5).isFinite)
    }

    @Test("the published ring and grid are there, with modes where they belong")
    func published() throws {
        let ring = try RoundMixture.ring(modes: 8, radius: 1, sd: 0.01)
        let modes = try #require(ring.modes)
        #expect(modes.count == 8)
        #expect(modes.allSatisfy { abs(hypot($0.center[0], $0.center[1]) - 1) < 1e-15 && $0.standardDeviation == 0.01 })
        #expect(modes.allSatisfy { $0.weight == 0.125 })
        let grid = try RoundMixture.grid(side: 5, spacing: 2, sd: 0.05)
        #expect(Set(grid.centers) == [-4, -2, 0, 2, 4])
        #expect(grid.modes?.count == 25)
        #expect(Mixture.bimodal.modes?.map(\.center) == [[-2], [2]])
        #expect(try NoisyCurve.moons().modes == nil)
    }

    @Test("a point inside a dark square and one inside a light one")
    func checkerboard() throws {
        let board = try CellGrid.checkerboard()
        #expect(abs(board.logDensity(x: -1.5, y: 1.5) - log(1.0 / 8)) < 1e-12)
        #expect(board.logDensity(x: -0.5, y: 1.5) == -.infinity)
        #expect(board.logDensity(x: 2.1, y: -1.5) == -.infinity)
        #expect(abs(board.logDensity(x: 2, y: -2) - log(1.0 / 8)) < 1e-12)
        #expect(try CellGrid.checkerboard(size: 1e-300).logDensity(x: 0, y: 0).isFinite)
        #expect(throws: DistributionError.self) { try CellGrid.checkerboard(size: 2 * .leastNonzeroMagnitude) }
    }

    @Test("a drawing whose cells are too small for a number has a density without a trap")
    func tinyDrawing() throws {
        let drawing = try TextPicture(text: " #\n@.\n").distribution(size: .leastNonzeroMagnitude)
        #expect(!drawing.logDensity(x: 0, y: 0).isFinite)
    }

    @Test("without noise the curves go where they should")
    func shapes() throws {
        var random = RandomStream(seed: 3)
        func points(_ curve: NoisyCurve) -> [(x: Double, y: Double)] {
            let values = curve.draw(300, using: &random)
            return (0..<300).map { (values[2 * $0], values[2 * $0 + 1]) }
        }
        let noise = 0.002
        for (x, y) in points(try .moons(noise: noise)) {
            let onUpper = abs(hypot(x, y) - 1) < 0.02 && y > -0.02
            let onLower = abs(hypot(x - 1, y - 0.5) - 1) < 0.02 && y < 0.52
            #expect(onUpper || onLower, "moons at \(x), \(y)")
        }
        for (x, y) in points(try .sCurve(noise: noise)) {
            #expect(abs(hypot(x, abs(y) - 1) - 1) < 0.02 && !(x > 0.05 && y > 0 && y < 0.95), "scurve at \(x), \(y)")
        }
        for (x, y) in points(try .ellipse(width: 3, height: 0.5, noise: noise)) {
            #expect(abs(hypot(x / 3, y / 0.5) - 1) < 0.05)
        }
        for (x, y) in points(try .swissRoll(noise: noise)) {
            let turn = hypot(x, y) / 2 * 4.5 * Double.pi
            #expect(
                hypot(2 * turn / (4.5 * Double.pi) * cos(turn) - x, 2 * turn / (4.5 * Double.pi) * sin(turn) - y) < 0.1)
        }
    }

    @Test("points have to have two coordinates")
    func dimensions() throws {
        #expect(throws: ShapeError.self) {
            try RoundMixture.ring8.logDensity(at: Matrix<Double>(rows: [[1, 2, 3]]))
        }
        #expect(try RoundMixture.ring8.logDensity(at: Matrix<Double>(vector: [2, 0])).count == 1)
        #expect(try Normal().logDensity(at: Matrix<Double>(rows: [[1, 2], [3, 4]])).count == 4)
    }

    @Test("impossible parameters are refused")
    func refused() {
        #expect(throws: DistributionError.self) { try RoundMixture.ring(modes: 0) }
        #expect(throws: DistributionError.self) { try RoundMixture.ring(sd: 0) }
        #expect(throws: DistributionError.self) { try NoisyCurve.moons(noise: 0) }
        #expect(throws: DistributionError.self) { try NoisyCurve.moons(noise: 1e-9) }
        #expect(throws: DistributionError.self) { try NoisyCurve.circles(factor: 1) }
        #expect(throws: DistributionError.self) { try NoisyCurve.spirals(arms: 0) }
        #expect(throws: DistributionError.self) { try NoisyLine(from: [1, 1], to: [1, 1]) }
        #expect(throws: DistributionError.self) { try CellGrid.checkerboard(cells: 1) }
    }

    @Test("nan and infinity are points like any other")
    func oddPoints() throws {
        for distribution in try planars() {
            let values = distribution.logDensity(ofFlat: [.nan, 0, .infinity, 0, 1e30, -1e30])
            #expect(values[0].isNaN && values[1] == -.infinity && values[2] < -1e10, "\(distribution.name)")
        }
    }

    @Test("A kernel density in the plane is the average of round bumps")
    func kernelDensity() throws {
        let points = Matrix<Double>(rows: [[0, 0], [1, 2], [3, -1], [0.5, 0.5]])
        let estimate = try RoundMixture.kernelDensity(of: points, bandwidth: 0.7)
        let expected = (0..<4).reduce(0.0) { sum, row in
            let (dx, dy) = (1 - points[row, 0], 1 - points[row, 1])
            return sum + exp(-(dx * dx + dy * dy) / 0.98) / (2 * .pi * 0.49) / 4
        }
        let density = exp(estimate.logDensity(ofFlat: [1, 1])[0])
        #expect(abs(density - expected) < 1e-12)
        // Scott's rule: the smaller deviation times n^(-1/6).
        let chosen = try RoundMixture.kernelDensity(of: points)
        let deviations = (0..<2).map { axis in
            let numbers = points.column(axis)
            let mean = numbers.reduce(0, +) / 4
            return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
        }
        #expect(abs(chosen.sd - min(deviations[0], deviations[1]) * pow(4, -1.0 / 6)) < 1e-12)
        #expect(throws: DistributionError.self) {
            try RoundMixture.kernelDensity(of: Matrix<Double>(rows: [[1, 1], [1, 1]]))
        }
        #expect(throws: DistributionError.self) { try RoundMixture.kernelDensity(of: points, bandwidth: 0) }
    }
}
