import Autodiff
import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct GameDataTests {
    /// Batches as a recorded step draws them.
    func batches(_ data: Game.Data, of size: Int, count: Int) throws -> [Matrix<Float>] {
        var random = RandomStream(seed: 5)
        let pool = data.sample(size * 2 * count, using: &random)
        let program = try Program<Float>(random: RandomStream(seed: 6)) { recorder in
            var reality = GameReality(recorder, data, pool: (pool, 0))
            recorder.output("first", try reality.batch(size))
            recorder.output("second", try reality.batch(size))
            try reality.finish(if: Variable(1))
        }
        return try (0..<count).flatMap { _ in
            try program.run()
            return try [#require(program["first"]), #require(program["second"])]
        }
    }

    @Test func bumpsAreDrawnWhereTheyStand() throws {
        let ring = try RoundMixture.ring(modes: 8, radius: 2, sd: 0.1)
        let drawn = try batches(Game.Data(ring), of: 4000, count: 2)
        #expect(Set(drawn).count == 4)
        var counts = [Int](repeating: 0, count: 8)
        var squares = 0.0
        for points in drawn {
            for row in 0..<points.rows {
                let distances = (0..<8).map { mode in
                    let (x, y) = (
                        Double(points[row, 0]) - ring.centers[2 * mode],
                        Double(points[row, 1]) - ring.centers[2 * mode + 1]
                    )
                    return x * x + y * y
                }
                let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
                counts[nearest] += 1
                squares += distances[nearest]
            }
        }
        // 16 000 points: 2 000 a mode with a deviation of 42; 2 sd² = 0.02 with a deviation of 0.00016.
        #expect(counts.allSatisfy { abs($0 - 2000) < 210 }, "\(counts)")
        #expect(abs(squares / 16_000 - 0.02) < 0.0008)
    }

    @Test func unequalBumpsKeepTheirWidths() throws {
        let mixture = try Mixture([Normal(mean: -5, sd: 0.1), Normal(mean: 5, sd: 1)])
        let data = Game.Data(mixture)
        guard case .bumps = data.source else {
            Issue.record("no bumps")
            return
        }
        let points = try batches(data, of: 4000, count: 1)[0].values.map(Double.init)
        let (left, right) = (points.filter { $0 < 0 }, points.filter { $0 > 0 })
        func deviation(_ x: [Double], _ mean: Double) -> Double {
            (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()
        }
        #expect(abs(left.count - 2000) < 160)
        #expect(abs(deviation(left, -5) - 0.1) < 0.01 && abs(deviation(right, 5) - 1) < 0.1)
    }

    @Test func unequalWeightsAndOtherShapesComeFromAPool() throws {
        let unequal = try Mixture([Normal(mean: 0, sd: 1), Normal(mean: 1, sd: 1)], weights: [1, 2])
        for distribution in [unequal as any Distribution, try Uniform()] {
            guard case .draws = Game.Data(distribution).source else {
                Issue.record("\(distribution.name)")
                return
            }
        }
    }

    /// Every point of a pool is used once, in the order in which it was drawn.
    @Test func aPoolIsUsedUp() throws {
        let data = Game.Data(try Uniform())
        var random = RandomStream(seed: 5)
        let pool = data.sample(600, using: &random)
        let drawn = try batches(data, of: 100, count: 3)
        #expect(drawn.flatMap(\.values) == pool.values)
    }

    /// Batches so large that the third step needs a new pool: in one go, in parts, eagerly, all the same.
    @Test func aNewPoolFollowsWithoutASeam() throws {
        let settings = Game.Settings(batch: 6000)
        var whole = try TestGames.plane(seed: 3, Square(), settings)
        var (parts, eager) = (whole, whole)
        _ = try whole.play(6, recordEvery: 1)
        for count in [2, 1, 3] { _ = try parts.play(count, recordEvery: 1) }
        _ = try eager.play(6, mode: .eager, recordEvery: 1)
        #expect(whole == parts && whole == eager)
        #expect(whole.pool.used == 12_000)
    }

    /// Uniform on a square: a distribution in the plane that is no mixture of bumps.
    private struct Square: Distribution {
        let name = "square", dimension = 2, formula = "1"
        let parameters: [DistributionParameter] = []
        let mean: [Double]? = [0.5, 0.5]
        let covariance: Matrix<Double>? = nil
        let support = [0.0...1, 0...1], plotRange = [0.0...1, 0...1]
        func sample(count: Int, using random: inout RandomStream) -> Matrix<Double> {
            random.uniform(shape: .matrix(count, 2))
        }
        func logDensity(ofFlat points: [Double]) -> [Double] { points.map { _ in 0 } }
    }

    @Test func aFiniteSampleGivesItsRows() throws {
        let data = try Game.Data(points: Matrix(rows: [[1, 2], [3, 4], [5, 6]]))
        let points = try batches(data, of: 50, count: 1)[0]
        let rows = Set((0..<50).map { points.row($0) })
        #expect(rows == [[1, 2], [3, 4], [5, 6]])
        #expect(data.distribution == nil && data.dimension == 2)
        #expect(throws: LearningError.tooFewObservations(needed: 1, got: 0)) {
            try Game.Data(points: Matrix(shape: .matrix(0, 2), values: []))
        }
    }
}
