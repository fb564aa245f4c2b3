import Autodiff
import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct MLPTests {
    @Test func parametersAreCountedLayerByLayer() throws {
        var random = RandomStream(seed: 1)
        let net = try MLP<Double>(sizes: [2, 16, 16, 1], output: .sigmoid, random: &random)
        #expect(net.layers.map(\.parameters) == [48, 272, 17])
        #expect(net.parameterCount == 337)
        #expect(net.layers.map(\.after) == ["relu", "relu", "sigmoid"])
        #expect(
            net.parameters.map(\.shape) == [
                .matrix(2, 16), .vector(16), .matrix(16, 16), .vector(16), .matrix(16, 1), .vector(1),
            ])
        #expect(net.variables.map(\.name) == ["W1", "b1", "W2", "b2", "W3", "b3"])
    }

    @Test func answersAsWrittenByHand() throws {
        var random = RandomStream(seed: 1)
        var net = try MLP<Double>(sizes: [2, 2, 1], random: &random)
        net.parameters = [
            Matrix(rows: [[1, -1], [2, 1]]), Matrix(vector: [0.5, 0]), Matrix(rows: [[3], [-2]]), Matrix(vector: [1]),
        ]
        // Hidden: relu(1 + 2 + 0.5, -1 + 1) = (3.5, 0); out: 10.5 + 1.
        let answer = try net(Variable(Matrix(rows: [[1, 1], [-1, 0]])))
        #expect(answer.value == Matrix(rows: [[11.5], [-1]]))
        // One point as a vector gives a vector.
        #expect(try net(Variable(Matrix(vector: [1, 1]))).value == Matrix(vector: [11.5]))
    }

    /// Bit for bit, whatever the batches: below one, several, and with a rest; with minibatch features only in company.
    @Test(arguments: [0, 1, 3]) func manyPointsAreAnsweredAsAFew(kernels: Int) throws {
        var random = RandomStream(seed: 4)
        let net = try MLP<Float>(sizes: [2, 24, 24, 2], activation: .leakyRelu, output: .tanh, random: &random)
            .with(DiscriminatorHead(kernels: kernels, dims: 2), random: &random)
        for count in [1, 256, 1000] {
            let x: Matrix<Float> = random.normal(shape: .matrix(count, 2))
            let company: Matrix<Float> = random.normal(shape: .matrix(20, 2))
            #expect(try net.answers(to: x) == net(Variable(x)).value)
            #expect(try net.answers(to: x, finished: false) == net.logits(of: Variable(x), with: net.variables).value)
            let judge = net.among(company)
            #expect(try judge.answers(to: x) == judge(Variable(x)).value)
        }
    }

    @Test(arguments: MLP<Double>.Output.allCases) func outputsLieWhereTheyShould(output: MLP<Double>.Output) throws {
        var random = RandomStream(seed: 2)
        let net = try MLP<Double>(sizes: [3, 8, 4], activation: .tanh, output: output, random: &random)
        let x: Matrix<Double> = random.normal(shape: .matrix(20, 3))
        let answer = try net(Variable(x * 10)).value
        switch output {
        case .none: #expect(answer.values.contains { abs($0) > 1 })
        case .sigmoid: #expect(answer.values.allSatisfy { $0 > 0 && $0 < 1 })
        case .tanh: #expect(answer.values.allSatisfy { abs($0) < 1 } && answer.values.contains { $0 < 0 })
        case .softmax:
            for row in 0..<20 { #expect(isClose(answer.row(row).reduce(0, +), 1, 1e-12)) }
        }
    }

    @Test func anotherDimensionIsRefused() throws {
        var random = RandomStream(seed: 1)
        let net = try MLP<Double>(sizes: [2, 4, 1], random: &random)
        #expect(throws: ShapeError.self) { try net(Variable(Matrix(rows: [[1, 2, 3]]))) }
        #expect(throws: LearningError.self) { try MLP<Double>(sizes: [2], random: &random) }
        #expect(throws: LearningError.self) { try MLP<Double>(sizes: [2, 0, 1], random: &random) }
    }

    @Test func precisionChangesAndBack() throws {
        var random = RandomStream(seed: 3)
        let single = try MLP<Float>(sizes: [2, 8, 1], activation: .swish, output: .sigmoid, random: &random)
        let double = MLP<Double>(single)
        #expect(MLP<Float>(double) == single)
        #expect(double.output == .sigmoid && double.activation == .swish)
    }

    /// The gradient of a whole network's loss against central differences, for every activation and objective.
    @Test(arguments: Activation.allCases, Objective.allCases)
    func gradientOfTheWholeModel(activation: Activation, objective: Objective) throws {
        var random = RandomStream(seed: 11)
        let outputs = objective == .binaryCrossEntropy ? 1 : 3
        var net = try MLP<Double>(sizes: [2, 5, 4, outputs], activation: activation, random: &random)
        // Biases off zero, so that none is at a kink.
        net.parameters = net.parameters.map { parameter in
            parameter.rank == 2 ? parameter : random.normal(shape: parameter.shape) * 0.3
        }
        let x: Matrix<Double> = random.normal(shape: .matrix(7, 2))
        var targets = Matrix<Double>.zeros(.matrix(7, outputs))
        for row in 0..<7 { targets[row, row % outputs] = row % 2 == 0 ? 1 : 0 }

        func loss(_ net: MLP<Double>, _ variables: [Variable<Double>]) throws -> Variable<Double> {
            let logits = try net.logits(of: Variable(x), with: variables)
            return try objective.perRow(net, logits: logits, targets: Variable(targets)).mean()
        }
        let variables = net.variables
        let exact = try gradients(of: loss(net, variables), withRespectTo: variables).map(\.value)
        let step = 1e-6
        for (index, parameter) in net.parameters.enumerated() {
            for position in 0..<parameter.count {
                var (above, below) = (net, net)
                above.parameters[index][position] += step
                below.parameters[index][position] -= step
                let slope =
                    try (loss(above, above.variables).value.number - loss(below, below.variables).value.number)
                    / (2 * step)
                #expect(abs(slope - exact[index][position]) < 1e-6, "\(MLP<Double>.parameterName(index))[\(position)]")
            }
        }
    }

    @Test(arguments: Activation.allCases) func activationsFollowTheirTable(activation: Activation) {
        func plain(_ x: Double) -> Double {
            switch activation {
            case .relu: return max(0, x)
            case .leakyRelu: return x > 0 ? x : Activation.leak * x
            case .tanh: return (exp(x) - exp(-x)) / (exp(x) + exp(-x))
            case .sigmoid: return 1 / (1 + exp(-x))
            case .softplus: return log(1 + exp(x))
            case .elu: return x > 0 ? x : exp(x) - 1
            case .gelu: return x * 0.5 * erfc(-x / 2.0.squareRoot())
            case .swish: return x / (1 + exp(-x))
            case .sin: return sin(x)
            case .identity: return x
            }
        }
        let x: [Double] = [-3, -0.5, 0, 0.25, 4]
        let got = activation(Variable(Matrix(vector: x))).value.values
        for (g, e) in zip(got, x.map(plain)) { #expect(isClose(g, e, 1e-12)) }
        #expect(Activation(rawValue: activation.rawValue) == activation && !activation.formula.isEmpty)
    }
}
