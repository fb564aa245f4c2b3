import LinearAlgebra
import Testing

@testable import Learning

@Suite struct InitialiserTests {
    /// n inputs, m outputs, the variance that the paper asks for.
    static let table: [(String, Double)] = [
        ("he", 0.01), ("he_uniform", 0.01), ("glorot", 2.0 / 300), ("glorot_normal", 2.0 / 300), ("lecun", 0.005),
        ("zeros", 0), ("normal", 0.0004),
    ]

    @Test(arguments: table) func variances(name: String, expected: Double) throws {
        let rule = try #require(Initialiser(named: name))
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let weights: Matrix<Double> = rule.weights(inputs: 200, outputs: 100, random: &random)
            #expect(weights.shape == .matrix(200, 100))
            let mean = weights.values.reduce(0, +) / 20_000
            let variance = weights.values.reduce(0) { $0 + $1 * $1 } / 20_000
            // Five standard errors of the mean and of the variance of 20 000 numbers.
            #expect(abs(mean) <= 5 * (expected / 20_000).squareRoot())
            #expect(abs(variance - expected) <= 0.05 * expected)
        }
    }

    @Test func uniformRulesKeepTheirBound() {
        var random = RandomStream(seed: 1)
        let glorot: Matrix<Double> = Initialiser.glorot.weights(inputs: 4, outputs: 2, random: &random)
        #expect(glorot.values.allSatisfy { abs($0) <= 1 })
        let he: Matrix<Double> = Initialiser.heUniform.weights(inputs: 6, outputs: 100, random: &random)
        #expect(he.values.allSatisfy { abs($0) <= 1 } && he.values.contains { abs($0) > 0.9 })
    }

    @Test func everyRuleHasAName() {
        #expect(Initialiser(named: "xavier") == nil)
        for (name, rule) in Initialiser.named { #expect(Initialiser(named: name) == rule) }
    }
}
