import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct OptimiserTests {
    /// The positions after each of several steps from `start`, with these gradients, whatever the position.
    func path(_ rule: OptimiserRule, rate: Double, start: Double, gradients: [Double]) throws -> [Double] {
        var optimiser = Optimiser<Double>(rule, learningRate: rate)
        var parameters = [Matrix<Double>(vector: [start])]
        return try gradients.map { gradient in
            try optimiser.update(&parameters, gradients: [Matrix(vector: [gradient])])
            return parameters[0].values[0]
        }
    }

    func expect(_ got: [Double], _ expected: [Double]) {
        #expect(got.count == expected.count)
        for (g, e) in zip(got, expected) { #expect(isClose(g, e, 1e-12), "\(got) against \(expected)") }
    }

    @Test func gradientDescent() throws {
        try expect(path(.sgd, rate: 0.1, start: 1, gradients: [2, -1]), [0.8, 0.9])
    }

    @Test func momentum() throws {
        // v = 2, then 0.9 * 2 - 1 = 0.8, then 0.72 + 3 = 3.72.
        try expect(path(.momentum(), rate: 0.1, start: 1, gradients: [2, -1, 3]), [0.8, 0.72, 0.348])
    }

    @Test func nesterov() throws {
        // v = 2, 0.8, 3.72; steps g + 0.9 v = 3.8, -0.28, 6.348.
        try expect(path(.momentum(nesterov: true), rate: 0.1, start: 1, gradients: [2, -1, 3]), [0.62, 0.648, 0.0132])
    }

    @Test func rmsProp() throws {
        // s = 0.5 * 4 = 2, then 0.5 * 2 + 0.5 * 1 = 1.5.
        let first = 1 - 0.1 * 2 / 2.0.squareRoot()
        try expect(
            path(.rmsProp(decay: 0.5, epsilon: 0), rate: 0.1, start: 1, gradients: [2, -1]),
            [first, first + 0.1 / 1.5.squareRoot()])
    }

    @Test func adam() throws {
        // The corrected first step is η whatever the gradient. Then m = (0.9 * 0.2 - 0.1) / 0.19,
        // s = (0.999 * 0.004 + 0.001) / 0.001999.
        let second = 0.9 - 0.1 * (0.08 / 0.19) / (0.004996 / 0.001999).squareRoot()
        try expect(path(.adam(epsilon: 0), rate: 0.1, start: 1, gradients: [2, -1]), [0.9, second])
        try expect(path(.adam(epsilon: 0), rate: 0.1, start: 1, gradients: [2000]), [0.9])
    }

    @Test func epsilonKeepsAZeroGradientStill() throws {
        for (_, rule) in OptimiserRule.named {
            try expect(path(rule, rate: 0.1, start: 1, gradients: [0, 0]), [1, 1])
        }
    }

    /// Every rule by name, so that a new one cannot be left out.
    @Test(arguments: OptimiserRule.named.map(\.name)) func findsTheBottomOfABowl(name: String) throws {
        let rule = try #require(OptimiserRule(named: name))
        let curvature: [Double] = [1, 10]
        var optimiser = Optimiser<Double>(rule, learningRate: rule.usualLearningRate)
        var parameters = [Matrix<Double>(vector: [1, -1])]
        for step in 0..<1000 {
            if step == 600 { optimiser.learningRate /= 100 }
            let gradient = zip(parameters[0].values, curvature).map { $0 * $1 }
            try optimiser.update(&parameters, gradients: [Matrix(vector: gradient)])
        }
        #expect(parameters[0].values.allSatisfy { abs($0) < 1e-3 }, "\(name): \(parameters[0].values)")
        #expect(optimiser.steps == 1000)
    }

    /// Rosenbrock's banana, (1 - x)² + 10 (y - x²)², whose valley is curved and flat; the bottom is (1, 1).
    @Test(arguments: [("sgd", 0.01), ("momentum", 0.003), ("nesterov", 0.003), ("rmsprop", 0.005), ("adam", 0.02)])
    func followsTheBentValley(name: String, rate: Double) throws {
        let rule = try #require(OptimiserRule(named: name))
        var optimiser = Optimiser<Double>(rule, learningRate: rate)
        var parameters = [Matrix<Double>(vector: [-1.2, 1])]
        for step in 0..<2500 {
            if step == 2000 { optimiser.learningRate /= 10 }
            let (x, y) = (parameters[0].values[0], parameters[0].values[1])
            let gradient = [-2 * (1 - x) - 40 * x * (y - x * x), 20 * (y - x * x)]
            try optimiser.update(&parameters, gradients: [Matrix(vector: gradient)])
        }
        let (x, y) = (parameters[0].values[0], parameters[0].values[1])
        #expect(abs(x - 1) < 0.02 && abs(y - 1) < 0.04, "\(name): \(x), \(y)")
    }

    @Test func aRuleKnowsItsNameWhateverItsConstants() {
        for (name, rule) in OptimiserRule.named { #expect(rule.name == name && OptimiserRule(named: name) == rule) }
        #expect(OptimiserRule.adam(beta1: 0.5).name == "adam")
        #expect(OptimiserRule.momentum(decay: 0.5, nesterov: true).name == "nesterov")
    }

    @Test func rulesDifferFromEachOther() throws {
        let paths = try OptimiserRule.named.map { try path($0.rule, rate: 0.1, start: 1, gradients: [2, -1, 3]) }
        for i in paths.indices { for j in 0..<i { #expect(paths[i] != paths[j]) } }
    }

    @Test func eachParameterHasItsOwnMemory() throws {
        for (_, rule) in OptimiserRule.named {
            var together = Optimiser<Float>(rule, learningRate: 0.1)
            var pair = [Matrix<Float>(vector: [1]), Matrix<Float>(vector: [5, 6])]
            var alone = Optimiser<Float>(rule, learningRate: 0.1)
            var second = [Matrix<Float>(vector: [5, 6])]
            for step in 1...5 {
                let gradient = Matrix<Float>(vector: [Float(step), -1])
                try together.update(&pair, gradients: [Matrix(vector: [7]), gradient])
                try alone.update(&second, gradients: [gradient])
            }
            #expect(pair[1] == second[0])
        }
    }

    @Test func aCopyKeepsItsOwnMemory() throws {
        var first = Optimiser<Double>(.adam(), learningRate: 0.1)
        var a = [Matrix<Double>(vector: [1])]
        try first.update(&a, gradients: [Matrix(vector: [2])])
        var second = first
        var b = a
        try first.update(&a, gradients: [Matrix(vector: [3])])
        #expect(second.steps == 1 && first.steps == 2)
        try second.update(&b, gradients: [Matrix(vector: [3])])
        #expect(a == b && first == second)
    }
}
