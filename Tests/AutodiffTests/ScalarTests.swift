import Autodiff
import Foundation
import LinearAlgebra
import Testing

@Suite struct ScalarTests {
    @Test func theExampleOfTheDocumentation() {
        let tape = ScalarTape()
        let w = tape.leaf(2, label: "w"), x = tape.leaf(3, label: "x")
        let y = (w * x).tanh()
        #expect(y.value == Foundation.tanh(6))
        #expect(y.gradients()[w] == 3 * (1 - Foundation.tanh(6) * Foundation.tanh(6)))
        #expect(w.label == "w" && y.label == nil && y.operation == .tanh)
    }

    /// A number used twice gets both contributions.
    @Test func aDiamond() {
        let tape = ScalarTape()
        let a = tape.leaf(3)
        let b = a + a
        let gradients = (b * a).gradients()
        #expect(gradients[a] == 12 && gradients[b] == 3)
        #expect(gradients[tape.leaf(1)] == 0)
    }

    /// Random expressions through both engines.
    @Test(arguments: 1...40)
    func agreesWithTheMatrixEngine(_ seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed))
        let tape = ScalarTape()
        let numbers = (0..<4).map { _ in random.normal() }
        let leaves = numbers.map { tape.leaf($0) }
        let parameters = numbers.map { Variable<Double>.parameter(Matrix($0)) }
        var scalars = leaves, variables = parameters
        for _ in 0..<25 {
            let i = random.integer(below: scalars.count), j = random.integer(below: scalars.count)
            let (scalar, variable) = try Self.step(
                random.integer(below: 15), (scalars[i], scalars[j]), (variables[i], variables[j]))
            scalars.append(scalar)
            variables.append(variable)
        }
        let result = scalars[4...].dropFirst().reduce(scalars[4], +)
        let same = try variables[4...].dropFirst().reduce(variables[4]) { try $0 + $1 }
        let slopes = try Autodiff.gradients(of: same, withRespectTo: parameters)
        let numeric = result.gradients()
        let symbolic = Autodiff.gradients(of: result, withRespectTo: leaves)
        for i in 0..<4 {
            let expected = slopes[i].value.number
            #expect(abs(numeric[leaves[i]] - expected) <= 1e-9 * max(1, abs(expected)))
            #expect(abs(symbolic[i].value - expected) <= 1e-9 * max(1, abs(expected)))
        }
        try compareSecondDerivatives(symbolic, leaves, slopes, parameters)
    }

    private func compareSecondDerivatives(
        _ scalars: [Scalar], _ leaves: [Scalar], _ variables: [Variable<Double>], _ parameters: [Variable<Double>]
    ) throws {
        for (scalar, variable) in zip(scalars, variables) where variable.requiresGradient {
            let numeric = scalar.gradients()
            let expected = try Autodiff.gradients(of: variable, withRespectTo: parameters)
            for (leaf, second) in zip(leaves, expected) {
                #expect(abs(numeric[leaf] - second.value.number) <= 1e-8 * max(1, abs(second.value.number)))
            }
        }
    }

    static func step(_ kind: Int, _ s: (Scalar, Scalar), _ v: (Variable<Double>, Variable<Double>)) throws
        -> (Scalar, Variable<Double>)
    {
        switch kind {
        case 0: (s.0 + s.1, try v.0 + v.1)
        case 1: (s.0 - s.1, try v.0 - v.1)
        case 2: (s.0.tanh() * s.1, try v.0.tanh() * v.1)
        case 3: (s.0 / (s.1 * s.1 + 1.0), try v.0 / (try v.1 * v.1 + 1))
        case 4: (-s.0, -v.0)
        case 5: (s.0.tanh().exp(), v.0.tanh().exp())
        case 6: ((s.0 * s.0 + 1.0).log(), (try v.0 * v.0 + 1).log())
        case 7: (s.0.tanh(), v.0.tanh())
        case 8: (s.0.sigmoid(), v.0.sigmoid())
        case 9: (s.0.relu(), v.0.relu())
        case 10: (s.0.sin(), v.0.sin())
        case 11: (s.0.cos(), v.0.cos())
        case 12: ((s.0 * s.0 + 0.5).squareRoot(), (try v.0 * v.0 + 0.5).squareRoot())
        case 13: (s.0.softplus(), v.0.softplus())
        default: ((s.0.absolute() + 0.5).raised(to: s.1.tanh()), try (v.0.absolute() + 0.5).power(v.1.tanh()))
        }
    }

    @Test func numbersOnEitherSide() {
        let tape = ScalarTape()
        let x = tape.leaf(4)
        #expect((1 + x).value == 5 && (1 - x).value == -3 && (2 * x).value == 8 && (2 / x).value == 0.5)
        #expect((x + 1).value == 5 && (x - 1).value == 3 && (x * 2).value == 8 && (x / 2).value == 2)
        #expect(x.raised(to: 2).value == 16 && x.raised(to: 2).gradients()[x] == 8)
    }

    /// d/da d/db a^b = a^(b-1) (1 + b log a), in either order: 1/a at b = 0.
    @Test func mixedSecondDerivativesOfPowersAtExponentZero() {
        let tape = ScalarTape()
        let a = tape.leaf(2), b = tape.leaf(0), zero = tape.leaf(0)
        let slopes = Autodiff.gradients(of: a.raised(to: b), withRespectTo: [a, b])
        #expect(slopes[0].value == 0 && abs(slopes[1].value - Foundation.log(2)) < 1e-15)
        #expect(abs(slopes[0].gradients()[b] - 0.5) < 1e-15)
        #expect(abs(slopes[1].gradients()[a] - 0.5) < 1e-15)
        #expect(zero.raised(to: b).gradients()[zero] == 0)
    }

    @Test func aScalarOfAnotherTapeIsAConstant() {
        let x = ScalarTape().leaf(2), y = ScalarTape().leaf(3)
        let product = x * y
        #expect(product.value == 6 && product.gradients()[x] == 3 && product.gradients()[y] == 0)
    }

    /// What stays on an earlier tape, and what is computed from it on a later one.
    @Test func aScalarOfAnEarlierTapeIsRemembered() {
        let first = ScalarTape()
        let x = first.leaf(2, label: "x")
        let y = x * x
        let second = ScalarTape(after: first)
        let third = ScalarTape(after: second)
        let loss =
            third.standIn(for: second.standIn(for: x).tanh()) + third.standIn(for: y)
            * third.standIn(for: x)
        let bent: Double = Foundation.tanh(2)
        let slope = 1 - bent * bent + 12
        #expect(first.count == 2 && loss.tape === third)
        #expect(abs(loss.gradients()[x] - slope) < 1e-14 && loss.gradients()[y] == 2)
        #expect(loss.gradients()[third.standIn(for: x)] == loss.gradients()[x])
        let symbolic = Autodiff.gradients(of: loss, withRespectTo: [x, y])
        #expect(
            abs(symbolic[0].value - slope) < 1e-14 && symbolic[1].value == 2 && symbolic[0].tape === third
        )
        let curvature = 2 * bent * (bent * bent - 1) + 12
        #expect(abs(symbolic[0].gradients()[x] - curvature) < 1e-13)
        let graph = loss.graph()
        #expect(
            graph.nodes.map(\.operation) == [nil, "*", "tanh", "*", "+"]
                && graph.nodes.first?.label == "x")
        #expect(first.count == 2, "what is asked of later tapes leaves the earlier ones as they are")
    }

    @Test func theLaterTapeIsWrittenOn() {
        let first = ScalarTape()
        let second = ScalarTape(after: first)
        let x = first.leaf(3)
        let y = second.leaf(4)
        for product in [x * y, y * x] {
            #expect(product.tape === second && product.gradients()[x] == 4 && product.gradients()[y] == 3)
        }
        #expect(first.count == 1)
    }

    /// A long descent from a few lasting scalars leaves nothing behind but its result.
    @Test func aTapeEndsWithTheLastScalarThatNeedsIt() {
        var latest = ScalarTape()
        var w = ScalarTape().leaf(5)
        weak var halfway: ScalarTape?
        for step in 0..<100 {
            latest = ScalarTape(after: latest)
            if step == 50 { halfway = latest }
            let x = latest.standIn(for: w)
            let slope = Autodiff.gradients(of: (x - 1) * (x - 1), withRespectTo: [w], on: latest)[0]
            w = ScalarTape().leaf((x - slope * 0.1).value)
        }
        #expect(abs(w.value - 1) < 1e-8 && halfway == nil)
    }

    @Test func aNeuronIsWrittenAsItsOperators() {
        let tape = ScalarTape()
        let a = [1.0, 2, 3].map { tape.leaf($0) }
        let b = [4.0, 5, 6].map { tape.leaf($0) }
        let bias = tape.leaf(7)
        let before = tape.count
        let sum = bias.adding(products: a[...], b[1...])
        #expect(sum.value == 7 + 5 + 12 && tape.count == before + 4 && sum.operation == .add)
        #expect(sum.gradients()[a[1]] == 6 && sum.gradients()[b[1]] == 1 && sum.gradients()[b[0]] == 0)
        let other = ScalarTape().leaf(2)
        #expect(
            bias.adding(products: [other], a[...]).value == 9 && bias.adding(products: [], []).value == 7)
    }

    /// A walk back looks only at the stretch of the tape that it needs.
    @Test func descentOnOneTape() {
        let tape = ScalarTape()
        var w = 5.0
        for _ in 0..<50_000 {
            let x = tape.leaf(w)
            w -= 0.1 * ((x - 1) * (x - 1)).gradients()[x]
        }
        #expect(abs(w - 1) < 1e-12)
    }

    @Test func theGraphForDrawing() {
        let tape = ScalarTape()
        let w = tape.leaf(2, label: "w"), x = tape.leaf(3, label: "x")
        _ = w + x
        let graph = (w * x + 1.0).tanh().graph()
        #expect(graph.nodes.map(\.operation) == [nil, nil, "*", nil, "+", "tanh"])
        #expect(graph.nodes.map(\.label).prefix(2) == ["w", "x"])
        #expect(graph.edges.map { [$0.from, $0.to] } == [[0, 2], [1, 2], [2, 4], [3, 4], [4, 5]])
        #expect(graph.nodes.last?.gradient == 1 && graph.nodes[2].value == 6)
    }

    @Test func theGraphOfMatrices() throws {
        let w = Variable<Double>.parameter(Matrix(vector: [1, 2]), name: "w")
        let loss = (w * 3).sum()
        let graph = loss.graph(labels: [(loss, "loss")])
        #expect(graph.nodes.map(\.operation) == [nil, nil, "*", "sum"])
        #expect(graph.nodes.compactMap(\.label) == ["w", "loss"] && graph.nodes.last?.value == 9)
        #expect(graph.edges.count == 3 && graph.nodes[0].shape == .vector(2))
    }
}

@Suite struct ScalarOrderTests {
    @Test func scalarsOnTapesOfTheirOwnAreListedAsTheFormulaNamesThem() {
        for _ in 0..<20 {
            let leaves = (0..<6).map { ScalarTape().leaf(Double($0), label: "x\($0)") }
            let tape = ScalarTape(after: ScalarTape())
            let sum = leaves.dropFirst().reduce(tape.standIn(for: leaves[0])) { $0 + $1 }
            #expect(sum.graph().nodes.compactMap(\.label) == (0..<6).map { "x\($0)" })
        }
    }
}
