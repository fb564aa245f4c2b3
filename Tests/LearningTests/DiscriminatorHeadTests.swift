import Autodiff
import Foundation
import LinearAlgebra
import Testing

@testable import Learning

/// Minibatch discrimination and projection: what they compute, and how they come and go.
@Suite struct DiscriminatorHeadTests {
    /// A bent network with both, in double precision; its last layer listens to every kernel.
    func network(_ head: DiscriminatorHead, seed: UInt64 = 3) throws -> MLP<Double> {
        var random = RandomStream(seed: seed)
        var model = try MLP<Double>(sizes: [2, 5, 4, 1], activation: .softplus, random: &random)
            .with(head, random: &random)
        let last = model.denseCount - 2
        model.parameters[last] = random.normal(shape: model.parameters[last].shape)
        return model
    }

    /// Points, with a class beside each.
    func rows(_ count: Int, classes: Int, seed: UInt64 = 5) -> Matrix<Double> {
        var random = RandomStream(seed: seed)
        let points: Matrix<Double> = random.normal(shape: .matrix(count, 2))
        return classes == 0 ? points : points.beside((0..<count).map { $0 % classes }, of: classes)
    }

    /// Both formulas, written out number by number.
    @Test func theFormulasOfThePapers() throws {
        let head = DiscriminatorHead(kernels: 3, dims: 2, classes: 2)
        let model = try network(head)
        let rows = rows(6, classes: 2)
        let answers = try model(Variable(rows)).value
        let h = try model.hidden(2, of: Variable(rows), with: model.variables).value
        let (weights, bias, t, e) = (
            model.parameters[4], model.parameters[5], model.parameters[6], model.parameters[7]
        )
        for i in 0..<6 {
            var number = bias[0]
            for k in 0..<4 { number += h[i, k] * weights[k] }
            for b in 0..<3 {
                var nearness = 0.0
                for j in 0..<6 {
                    var distance = 0.0
                    for c in 0..<2 {
                        let difference = (0..<4).reduce(0) { $0 + (h[i, $1] - h[j, $1]) * t[$1, 2 * b + c] }
                        distance += abs(difference)
                    }
                    nearness += exp(-distance)
                }
                number += nearness / 6 * weights[4 + b]
            }
            for k in 0..<4 { number += e[i % 2, k] * h[i, k] }
            #expect(isClose(answers[i], number, 1e-12), "point \(i)")
        }
    }

    /// Slopes of a loss and of the penalties on D's slope, for every parameter, against differences.
    @Test(
        arguments: ["logits", "squares", "one-centred"], [DiscriminatorHead(kernels: 2, dims: 2), .init(classes: 2)])
    func slopesAreTrue(kind: String, head: DiscriminatorHead) throws {
        let model = try network(head)
        let rows = rows(5, classes: head.classes)
        func cost(_ parameters: [Variable<Double>]) throws -> Variable<Double> {
            let leaf = Variable.parameter(rows)
            let logits = try model.logits(of: leaf, with: parameters)
            var penalties = Game.Penalties()
            penalties.interpolated = 3
            switch kind {
            case "logits": return logits.softplus().mean()
            case "squares":
                let weights = Variable(Matrix<Double>(repeating: 0.1, shape: .matrix(5, 1)))
                return try #require(
                    try Game.Penalties.squares([.init(points: leaf, logits: logits, weights: weights)]))
            default: return try penalties.between(leaf, logits)
            }
        }
        let leaves = model.variables
        let slopes = try gradients(of: cost(leaves), withRespectTo: leaves)
        for index in leaves.indices {
            for place in 0..<leaves[index].shape.count {
                func shifted(_ by: Double) throws -> Double {
                    var parameters = model.parameters
                    parameters[index][place] += by
                    return try cost(parameters.map { .parameter($0) }).value.number
                }
                let difference = try (shifted(1e-5) - shifted(-1e-5)) / 2e-5
                #expect(
                    isClose(slopes[index].value[place], difference, 1e-6), "\(model.parameterNames[index]), \(place)")
            }
        }
    }

    @Test func newKernelsChangeNoAnswer() throws {
        var random = RandomStream(seed: 1)
        let plain = try MLP<Double>(sizes: [2, 5, 1], random: &random)
        let points = Variable(rows(7, classes: 0))
        let worn = plain.with(.init(kernels: 4), random: &random)
        #expect(worn.parameterCount == plain.parameterCount + 4 + 5 * 12)
        #expect(worn.parameterNames == ["W1", "b1", "W2", "b2", "T"])
        #expect(try worn(points).value == plain(points).value)
        #expect(worn.with(.init(kernels: 4), random: &random) == worn)
        #expect(worn.with(.init(), random: &random) == plain)
        // What stays keeps its numbers.
        let both = worn.with(.init(kernels: 4, classes: 3), random: &random)
        #expect(both.parameters[4] == worn.parameters[4] && both.parameters[2] == worn.parameters[2])
        #expect(both.with(.init(classes: 3), random: &random).parameters.last == both.parameters.last)
    }

    /// In company each point is judged as if it stood in that batch, whoever else is asked about.
    @Test func companyIsABatch() throws {
        let model = try network(.init(kernels: 3))
        let others = rows(6, classes: 0), points = rows(2, classes: 0, seed: 8)
        let judge = model.among(others)
        for row in 0..<2 {
            let point = Matrix(rows: [points.row(row)])
            let batch = try Matrix<Double>.concatenated([point, others])
            #expect(isClose(try judge(Variable(points)).value[row], try model(Variable(batch)).value[0], 1e-12))
        }
        #expect(try network(.init(classes: 2)).among(others).company == nil)
    }

    @Test func parametersMakeTheSameNetwork() throws {
        for head in [DiscriminatorHead(kernels: 3, dims: 2, classes: 2), .init(classes: 2), .init(kernels: 1)] {
            let model = try network(head).among(rows(4, classes: head.classes))
            var extras: [String: Matrix<Double>] = [:]
            for (name, matrix) in zip(head.parameterNames, model.parameters.suffix(head.parameterNames.count)) {
                extras[name] = matrix
            }
            extras["company"] = model.company
            let dense = Array(model.parameters[..<model.denseCount])
            let again = try MLP(parameters: dense, extras: extras, activation: .softplus, output: .none)
            #expect(again.parameters == model.parameters && again.company == model.company)
            #expect(again.head.hasShapes(of: model.head))
            extras["T"] = .zeros(.matrix(9, 6))
            #expect(throws: LearningError.self) {
                try MLP(parameters: dense, extras: extras, activation: .softplus, output: .none)
            }
        }
    }
}
