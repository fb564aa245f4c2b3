import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct NetworkFunctionsTests {
    @Test func aNetworkIsATableOfItsLayers() throws {
        let cells = ModelCells()
        guard case .object(let net) = try cells.value("mlp(2, 16, 1, output=sigmoid)") else {
            Issue.record("no object")
            return
        }
        #expect(
            net.describe(width: 80) == """
                mlp 2-16-1, untrained
                layer  in  out     then  parameters
                1       2   16     relu          48
                2      16    1  sigmoid          17
                total                            65
                """)
        #expect(try cells.numbers("mlp(2, 16, 1).sizes") == [2, 16, 1])
        #expect(try cells.value("mlp([3, 4, 2]).parameters").elements?.count == 4)
    }

    @Test func pointsGoThroughInTheirShape() throws {
        let cells = ModelCells()
        #expect(try cells.value("mlp(2, 4, 3)(X)").matrix?.shape == .matrix(80, 3))
        #expect(try cells.value("mlp(1, 4, 1)(x)").matrix?.shape == .vector(80))
        #expect(try cells.value("mlp(1, 4, 1)(0.5)").matrix?.shape == .scalar)
        #expect(try cells.value("mlp(2, 4, 1)([1, 2])").matrix?.shape == .vector(1))
        let error = try cells.failure("mlp(2, 4, 1)([1, 2, 3])")
        #expect(error.kind == .shape && error.message.contains("points of 2 numbers"))
    }

    @Test func aNeuronSaysAProbability() throws {
        let cells = ModelCells()
        // It begins knowing nothing.
        #expect(try cells.numbers("neuron(1)(x)").allSatisfy { $0 == 0.5 })
        #expect(try cells.numbers("neuron(1, init=normal)(x)").allSatisfy { $0 > 0 && $0 < 1 && $0 != 0.5 })
        #expect(try cells.numbers("predict_proba(neuron(2), X)").count == 80)
    }

    @Test func sameSeedSameNetwork() throws {
        let (a, b) = (ModelCells(seed: 3), ModelCells(seed: 3))
        #expect(try a.numbers("mlp(2, 4, 1)(X)") == b.numbers("mlp(2, 4, 1)(X)"))
        #expect(try a.numbers("mlp(2, 4, 1)(X)") == b.numbers("mlp(2, 4, 1)(X)"))
    }

    @Test func trainingCanBeQuiet() throws {
        let cells = ModelCells()
        try cells.run("D = neuron(1)")
        let shown = try cells.run("fit D real=real fake=fake steps=5 quiet=true")
        #expect(ModelCells.text(shown).isEmpty)
        #expect(try cells.number("D.steps") == 5)
    }

    @Test func fittingADiscriminatorLowersItsLoss() throws {
        let cells = ModelCells()
        try cells.run("D = mlp(1, 8, 1)")
        let before = try cells.number("loss(D, real, fake)")
        let shown = try cells.run("fit D real=real fake=fake steps=200")
        let after = try cells.number("loss(D, real, fake)")
        // N(2, 1) against N(0, 1): the best loss is about 0.36.
        #expect(after < 0.45 && before > after)
        let line = try #require(ModelCells.text(shown).first)
        #expect(line.hasPrefix("200 steps: loss ") && line.contains(" -> ") && line.contains("accuracy"))
        let fractions: [Double] = shown.compactMap { if case .progress(let f, _) = $0 { f } else { nil } }
        #expect(fractions.last == 1 && fractions == fractions.sorted() && fractions.count <= 100)
        #expect(try cells.numbers("D.history").count == 200 && cells.number("D.steps") == 200)
        // Training on: the steps add up.
        try cells.run("fit D real=real fake=fake steps=10")
        #expect(try cells.number("D.steps") == 210)
    }

    @Test func theLossIsTheMeanOverBothHalves() throws {
        let cells = ModelCells()
        try cells.run("D = neuron(1, init=glorot); p = D(real); q = D(fake)")
        let (p, q) = (try cells.numbers("p"), try cells.numbers("q"))
        let expected =
            -0.5 * p.reduce(0) { $0 + log($1) } / 60 - 0.5 * q.reduce(0) { $0 + log(1 - $1) } / 40
        #expect(abs(try cells.number("loss(D, real, fake)") - expected) < 1e-9)
    }

    @Test func classesByNumberAndByName() throws {
        let cells = ModelCells()
        try cells.run("M = mlp(2, 8, 1); fit M X, y steps=150")
        #expect(try cells.number("accuracy(M, X, y)") > 0.97)
        #expect(try Set(cells.numbers("predict(M, X)")) == [0, 1])
        try cells.run("N = mlp(2, 8, 2); fit N X, names steps=150")
        #expect(try cells.strings("N.classes") == ["left", "right"])
        #expect(try cells.strings("predict(N, [[0, 0], [3, 0]])") == ["left", "right"])
        #expect(try cells.number("accuracy(N, X, names)") > 0.97)
        #expect(try cells.number("confusion(N, X, names).total") == 80)
    }

    @Test func curvesAreFittedBySquares() throws {
        let cells = ModelCells()
        try cells.run(
            "t = [-1, -0.5, 0, 0.5, 1]; M = mlp(1, 16, 1, activation=tanh); fit M t, [1, 0.25, 0, 0.25, 1] steps=800")
        let fitted = try cells.numbers("predict(M, t)")
        for (got, expected) in zip(fitted, [1, 0.25, 0, 0.25, 1]) { #expect(abs(got - expected) < 0.05) }
    }

    @Test(arguments: ["sgd", "momentum", "nesterov", "rmsprop", "adam"]) func everyOptimiserLearns(name: String) throws
    {
        let cells = ModelCells()
        try cells.run("M = neuron(2); fit M X, y steps=300 optimizer=\(name)")
        #expect(try cells.number("accuracy(M, X, y)") > 0.95)
    }

    @Test func interruptKeepsWhatWasReached() throws {
        let cells = ModelCells()
        try cells.run("D = mlp(1, 8, 1)")
        cells.interrupt(after: 40)
        let shown = try cells.run("fit D real=real fake=fake steps=1000000000")
        let line = try #require(ModelCells.text(shown).first)
        let steps = try #require(cells.context.state.variables["D"]?.object(as: NetworkValue.self)?.steps)
        #expect((20...40).contains(steps))
        #expect(line.hasPrefix("stopped after \(steps) of 1000000000 steps; \(steps) steps: loss"))
    }

    @Test func lostNumbersAreSaid() throws {
        let cells = ModelCells()
        let shown = try cells.run("M = mlp(2, 8, 8, 1); fit M X, y loss=squares optimizer=sgd lr=100000")
        let warning = try #require(ModelCells.warnings(shown).first)
        #expect(warning.contains("was not taken") && warning.contains("lr=10000"))
        #expect(try cells.numbers("M(X)").allSatisfy(\.isFinite))
    }

    @Test func largeColumnsAreRemarked() throws {
        let cells = ModelCells()
        let shown = try cells.run("D = neuron(1); fit D real=real * 100 fake=fake steps=1")
        #expect(ModelCells.notes(shown).contains { $0.contains("standardised") })
    }

    @Test(arguments: [
        ("fit D real=real", "fit needs two samples"),
        ("fit Q real=real fake=fake", "no variable `Q`"),
        ("fit x real=real fake=fake", "not a network"),
        ("fit D real=X fake=X", "points of 2 numbers"),
        ("fit D x, y steps=-1", "steps"),
        ("fit D x, y batch=0", "batch"),
        ("fit D x, [1, 0]", "80 points and 2 labels"),
        ("fit D x, names loss=\"hinge\"", "loss"),
        ("fit T real=real fake=fake", "output=\"tanh\""),
        ("fit W real=X fake=X", "one output"),
        ("fit W X, y + 2", "label of row 0"),
        ("mlp(2)", "two numbers or more"),
        ("mlp(2, 0, 1)", "from 1"),
        ("loss(W, X, X)", "one output"),
        ("accuracy(D, x)", "right classes are missing"),
        ("accuracy(D, x, [0, 1])", "80 points and 2"),
        ("predict(3, x)", "must be a model"),
    ]) func whatDoesNotFitIsSaid(cell: String, part: String) throws {
        let cells = ModelCells()
        try cells.run("D = mlp(1, 4, 1); T = mlp(1, 4, 1, output=tanh); W = mlp(2, 4, 2)")
        let error = try cells.failure(cell)
        #expect(error.message.contains(part), "\(error.message)")
    }
}
