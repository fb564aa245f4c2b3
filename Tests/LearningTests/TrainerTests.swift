import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct TrainerTests {
    /// Two interleaved half-circles with noise, labelled 0 and 1.
    func moons(_ n: Int, _ random: inout RandomStream) -> (points: Matrix<Double>, labels: [Int]) {
        var (rows, labels) = ([[Double]](), [Int]())
        for i in 0..<n {
            let angle = Double.pi * random.uniform()
            let (x, y) = i % 2 == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
            rows.append([x + 0.1 * random.normal(), y + 0.1 * random.normal()])
            labels.append(i % 2)
        }
        return (Matrix(rows: rows), labels)
    }

    @Test func learnsTheMoons() throws {
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let (points, labels) = moons(400, &random)
            let net = try MLP<Float>(sizes: [2, 16, 16, 1], activation: .tanh, random: &random)
            let data = try TrainingSet(inputs: points, labels: labels, classes: 1)
            let training = try net.trained(
                on: data, settings: TrainingSettings(steps: 400, batch: 64, learningRate: 0.02), random: random)
            let (fresh, truth) = moons(400, &random)
            let held = try training.model.score(on: TrainingSet(inputs: fresh, labels: truth, classes: 1))
            // Noise of 0.1 leaves about one point in 500 on the wrong side.
            #expect(try #require(held.accuracy) > 0.97, "seed \(seed)")
            #expect(training.after.loss < 0.15 && training.before.loss > 0.4)
            #expect(training.outcome == .finished && training.steps == 400)
        }
    }

    @Test func learnsThreeClasses() throws {
        var random = RandomStream(seed: 5)
        let centres = [[0.0, 2], [2, -1], [-2, -1]]
        let labels = (0..<240).map { $0 % 3 }
        let points = labels.map { [centres[$0][0] + 0.5 * random.normal(), centres[$0][1] + 0.5 * random.normal()] }
        let net = try MLP<Float>(sizes: [2, 3], random: &random)
        let data = try TrainingSet(inputs: Matrix(rows: points), labels: labels, classes: 3)
        let training = try net.trained(
            on: data, settings: TrainingSettings(steps: 300, learningRate: 0.05), random: random)
        #expect(try #require(training.after.accuracy) > 0.97)
    }

    @Test func fitsACurve() throws {
        var random = RandomStream(seed: 6)
        let x = (0..<64).map { -3 + 6 * Double($0) / 63 }
        let net = try MLP<Float>(sizes: [1, 32, 1], activation: .tanh, random: &random)
        let data = try TrainingSet(
            inputs: Matrix(vector: x), targets: Matrix(vector: x.map { sin($0) }), objective: .squaredError)
        let training = try net.trained(
            on: data, settings: TrainingSettings(steps: 1500, learningRate: 0.01), random: random)
        #expect(training.after.loss < 0.003)
        #expect(training.after.accuracy == nil)
    }

    /// One neuron is logistic regression: its optimum is where the mean residual and the mean residual times x vanish.
    @Test func oneNeuronFindsTheLikeliestLine() throws {
        var random = RandomStream(seed: 7)
        let x = (0..<200).map { _ in 2 * random.normal() }
        let labels = x.map { random.uniform() < 1 / (1 + exp(-(1.5 * $0 - 0.5))) ? 1 : 0 }
        let net = try MLP<Float>(sizes: [1, 1], output: .sigmoid, random: &random)
        let data = try TrainingSet(inputs: Matrix(vector: x), labels: labels, classes: 1)
        let training = try net.trained(
            on: data, settings: TrainingSettings(steps: 1500, rule: .sgd, learningRate: 0.5), random: random)
        let (w, b) = (Double(training.model.parameters[0][0]), Double(training.model.parameters[1][0]))
        let residuals = zip(x, labels).map { Double($1) - 1 / (1 + exp(-(w * $0 + b))) }
        #expect(abs(residuals.reduce(0, +) / 200) < 1e-4)
        #expect(abs(zip(residuals, x).reduce(0) { $0 + $1.0 * $1.1 } / 200) < 1e-4)
    }

    @Test func aDiscriminatorLearnsTheRatio() throws {
        // Real N(1, 1), made up N(-1, 1): the best logit is log p/q = 2 x, the loss there ln 2 - JS.
        var random = RandomStream(seed: 8)
        let real = (0..<3000).map { _ in 1 + random.normal() }
        let fake = (0..<1500).map { _ in -1 + random.normal() }
        let net = try MLP<Float>(sizes: [1, 1], random: &random)
        let data = try TrainingSet(real: Matrix(vector: real), fake: Matrix(vector: fake))
        let training = try net.trained(
            on: data, settings: TrainingSettings(steps: 1500, batch: 256, learningRate: 0.01), random: random)
        #expect(abs(training.model.parameters[0][0] - 2) < 0.25)
        #expect(abs(training.model.parameters[1][0]) < 0.25)
    }

    @Test func sameSeedSameNetwork() throws {
        var random = RandomStream(seed: 9)
        let (points, labels) = moons(300, &random)
        let net = try MLP<Float>(sizes: [2, 8, 1], random: &random)
        let data = try TrainingSet(inputs: points, labels: labels, classes: 1)
        let settings = TrainingSettings(steps: 30, batch: 32)
        let first = try net.trained(on: data, settings: settings, random: RandomStream(seed: 1))
        let again = try net.trained(on: data, settings: settings, random: RandomStream(seed: 1))
        let other = try net.trained(on: data, settings: settings, random: RandomStream(seed: 2))
        #expect(first == again)
        #expect(first.model != other.model)
    }

    @Test func interruptKeepsWhatWasReached() throws {
        var random = RandomStream(seed: 10)
        let (points, labels) = moons(100, &random)
        let net = try MLP<Float>(sizes: [2, 8, 1], random: &random)
        let data = try TrainingSet(inputs: points, labels: labels, classes: 1)
        var looks = 0
        let stopped = try net.trained(
            on: data, settings: TrainingSettings(steps: 1_000_000_000), random: RandomStream(seed: 1),
            interrupted: {
                looks += 1
                return looks > 25
            })
        let asked = try net.trained(on: data, settings: TrainingSettings(steps: 25), random: RandomStream(seed: 1))
        #expect(stopped.outcome == .interrupted && stopped.steps == 25)
        #expect(stopped.model == asked.model)
    }

    @Test func stopsBeforeNumbersAreLost() throws {
        var random = RandomStream(seed: 11)
        let (points, labels) = moons(100, &random)
        let net = try MLP<Float>(sizes: [2, 8, 8, 1], random: &random)
        let data = try TrainingSet(
            inputs: points, targets: Matrix(vector: labels.map(Double.init)), objective: .squaredError)
        let training = try net.trained(
            on: data, settings: TrainingSettings(steps: 1000, rule: .sgd, learningRate: 1000), random: random)
        guard case .diverged = training.outcome else {
            Issue.record("ended as \(training.outcome)")
            return
        }
        #expect(training.steps < 1000)
        #expect(training.model.parameters.allSatisfy { $0.isFinite })
        #expect(training.history.allSatisfy { $0.score.loss.isFinite })
    }

    @Test func theFirstLayerThatOverflowsIsNamed() throws {
        var random = RandomStream(seed: 12)
        var net = try MLP<Float>(sizes: [1, 2, 2, 1], activation: .identity, random: &random)
        net.parameters[2] = Matrix(repeating: 1e38, shape: .matrix(2, 2))
        net.parameters[0] = Matrix(repeating: 10, shape: .matrix(1, 2))
        let data = try TrainingSet(inputs: Matrix(vector: [5, 6]), labels: [0, 1], classes: 1)
        let training = try net.trained(on: data, random: random)
        #expect(training.outcome == .diverged(.layer(2)))
        #expect(training.steps == 0 && training.model == net)
    }

    @Test func historyIsThinnedAndEndsAtTheLastStep() throws {
        var random = RandomStream(seed: 13)
        let net = try MLP<Float>(sizes: [1, 1], random: &random)
        let data = try TrainingSet(real: Matrix(vector: [1, 2]), fake: Matrix(vector: [0, -1]))
        var heard: [Int] = []
        let training = try net.trained(
            on: data, settings: TrainingSettings(steps: 3500), random: random,
            progress: { step, _ in heard.append(step) })
        #expect(training.history.count <= 1200 && training.history.last?.step == 3500)
        #expect(heard == training.history.map(\.step))
    }

    /// Squares of gradients beyond single precision would leave the parameters finite, and the memory of them not.
    @Test(arguments: ["rmsprop", "adam"]) func anInfiniteMemoryIsNotKept(name: String) throws {
        let rule = try #require(OptimiserRule(named: name))
        var random = RandomStream(seed: 3)
        let net = try MLP<Float>(sizes: [1, 4, 1], activation: .identity, random: &random)
        let data = try TrainingSet(
            inputs: Matrix(vector: [1000, 2000]), targets: Matrix(vector: [1e18, 1e18]), objective: .squaredError)
        let training = try net.trained(on: data, settings: TrainingSettings(steps: 5, rule: rule), random: random)
        #expect(training.outcome == .diverged(.step) && training.steps == 0)
        #expect(training.model == net)
    }

    @Test func everyRowIsSeenOnceAnEpoch() throws {
        let data = try TrainingSet(
            inputs: Matrix(vector: (0..<10).map(Double.init)), targets: Matrix(vector: (0..<10).map(Double.init)),
            objective: .squaredError)
        var sampler = BatchSampler(data, size: 5, random: RandomStream(seed: 1))
        for _ in 0..<3 {
            let epoch = sampler.next() + sampler.next()
            #expect(epoch.sorted() == Array(0..<10))
        }
        #expect(!sampler.takesAll && sampler.rows == 5)
    }

    @Test func partsCountAlike() throws {
        let data = try TrainingSet(real: Matrix(vector: [1, 2, 3, 4, 5]), fake: Matrix(vector: [0]))
        var sampler = BatchSampler(data, size: 4, random: RandomStream(seed: 1))
        let rows = sampler.next()
        #expect(sampler.weights.values == [0.125, 0.125, 0.125, 0.125, 0.5])
        #expect(rows.map { sampler.targets[$0, 0] } == [1, 1, 1, 1, 0])
        #expect(rows.prefix(4).allSatisfy { sampler.inputs[$0, 0] >= 1 } && sampler.inputs[rows[4], 0] == 0)
    }

    /// The recorded step and the step computed anew give the same bits, for every rule, objective and kind of batch.
    @Test(arguments: OptimiserRule.named.map(\.name), [8, 1000]) func replayIsEager(name: String, batch: Int) throws {
        let rule = try #require(OptimiserRule(named: name))
        var random = RandomStream(seed: 14)
        let (points, labels) = moons(50, &random)
        for (outputs, activation) in [(1, Activation.relu), (2, .gelu), (3, .tanh)] {
            let net = try MLP<Float>(sizes: [2, 7, 5, outputs], activation: activation, random: &random)
            let data =
                outputs == 3
                ? try TrainingSet(
                    inputs: points, targets: random.normal(shape: .matrix(50, 3)), objective: .squaredError)
                : try TrainingSet(inputs: points, labels: labels, classes: outputs)
            let settings = TrainingSettings(steps: 8, batch: batch, rule: rule)
            let replayed = try net.trained(on: data, settings: settings, mode: .replayed, random: random)
            let eager = try net.trained(on: data, settings: settings, mode: .eager, random: random)
            #expect(replayed == eager)
            #expect(replayed.model != net && replayed.steps == 8)
        }
    }

    /// Training in two halves with the optimiser handed on is training in one go.
    @Test func goesOnWhereItWas() throws {
        var random = RandomStream(seed: 15)
        let (points, labels) = moons(60, &random)
        let data = try TrainingSet(inputs: points, labels: labels, classes: 1)
        let net = try MLP<Float>(sizes: [2, 6, 1], random: &random)
        let whole = try net.trained(on: data, settings: TrainingSettings(steps: 30), random: random)
        let half = try net.trained(on: data, settings: TrainingSettings(steps: 15), random: random)
        let rest = try half.model.trained(
            on: data, settings: TrainingSettings(steps: 15), optimiser: half.optimiser, random: random)
        #expect(rest.model == whole.model && rest.optimiser == whole.optimiser)
    }

    @Test func whatDoesNotFitIsNamed() throws {
        var random = RandomStream(seed: 1)
        let net = try MLP<Float>(sizes: [2, 4, 1], random: &random)
        let line = try TrainingSet(real: Matrix(vector: [1, 2]), fake: Matrix(vector: [0]))
        #expect(throws: LearningError.dimensionMismatch(expected: 2, got: 1)) {
            try net.trained(on: line, random: random)
        }
        let classes = try TrainingSet(inputs: Matrix(rows: [[1, 2], [3, 4]]), labels: [0, 2], classes: 3)
        #expect(throws: LearningError.outputMismatch(network: 1, targets: 3)) {
            try net.trained(on: classes, random: random)
        }
        #expect(throws: LearningError.unusableLabel(row: 1, value: 2)) {
            try TrainingSet(inputs: Matrix(vector: [1, 2]), labels: [0, 2], classes: 2)
        }
        #expect(throws: LearningError.dimensionMismatch(expected: 1, got: 2)) {
            try TrainingSet(real: Matrix(vector: [1]), fake: Matrix(rows: [[1, 2]]))
        }
        #expect(throws: LearningError.notFinite(row: 1, column: 0)) {
            try TrainingSet(real: Matrix(vector: [1, .nan]), fake: Matrix(vector: [1]))
        }
        let plane = try TrainingSet(real: Matrix(rows: [[1, 2]]), fake: Matrix(rows: [[1, 2]]))
        #expect(throws: LearningError.self) {
            try net.trained(on: plane, settings: TrainingSettings(batch: 0), random: random)
        }
        #expect(throws: LearningError.self) {
            try net.trained(on: plane, settings: TrainingSettings(learningRate: -1), random: random)
        }
    }
}
