import LinearAlgebra
import Testing

@testable import Probability

@Suite struct RandomColumnsTests {
    /// However many points there are, they are made from the numbers that whole columns would hold, and the stream
    /// goes on where it would have.
    @Test(arguments: [0, 1, 31, 4095, 4096, 4097, 9001])
    func stretchesAreWholeColumns(_ count: Int) {
        var random = RandomStream(seed: 3)
        var same = random
        let drawn = random.drawn(count, from: [.uniform, .normalPair, .openUniform]) { columns in
            var points: [Double] = []
            for (i, number) in columns[0].enumerated() {
                points += [number, columns[1][2 * i], columns[1][2 * i + 1], columns[2][i]]
            }
            return points
        }
        let uniforms = same.uniforms(count)
        let normals = same.normals(2 * count)
        let open = same.openUniforms(count)
        var whole: [Double] = []
        for i in 0..<count { whole += [uniforms[i], normals[2 * i], normals[2 * i + 1], open[i]] }
        #expect(drawn == whole && random == same)
    }

    /// Branches of every law at once: each point is where the law and the noise of its own branch put it.
    @Test func curvesOfSeveralLaws() throws {
        let curve = try NoisyCurve(
            name: "three", curve: "three arcs", parameters: [],
            branches: [
                .init(law: .uniform(0...1), center: (10, 0), radius: (1, 0)),
                .init(law: .growing(0...1), center: (0, 10), radius: (0, 1), angle: (0, 0, 0.1)),
                .init(law: .normal(mean: 2, sd: 0.1), center: (-10, 0), radius: (0, 1)),
            ], noise: 0.01)
        var random = RandomStream(seed: 8)
        let points = curve.sample(count: 9000, using: &random)
        var squares = [0.0, 0, 0]
        var counts = [0, 0, 0]
        for i in 0..<points.rows {
            let (x, y) = (points[i, 0], points[i, 1])
            let branch = x > 5 ? 0 : x < -5 ? 2 : 1
            let center = [(10.0, 0.0), (0, 10), (-10, 0)][branch]
            squares[branch] += (x - center.0) * (x - center.0) + (y - center.1) * (y - center.1)
            counts[branch] += 1
        }
        // the mean of radius² + 2 noise²: 1, ∫ t² 2t dt = 1/2, 2² + 0.1²
        for (branch, truth) in [1, 0.5, 4.01].enumerated() {
            #expect(abs(Double(counts[branch]) - 3000) < 5 * 45)
            #expect(abs(squares[branch] / Double(counts[branch]) - truth - 0.0002) < 0.04)
        }
    }
}
