import Language
import LinearAlgebra
import Testing

@testable import Notebook

@Suite struct GenerativeModelsTests {
    @Test func aMixtureIsATableOfItsComponents() throws {
        let cells = ModelCells()
        guard case .object(let mixture) = try cells.value("gmm(x, 2)") else {
            Issue.record("no object")
            return
        }
        let lines = mixture.describe(width: 80).split(separator: "\n").map(String.init)
        #expect(lines[0] == "mixture of 2 Gaussians on the line, 80 points")
        #expect(lines[1].split(separator: " ") == ["component", "weight", "mean", "sd"])
        #expect(lines.count == 5 && lines[4].hasSuffix("converged"))
        let means = try cells.numbers("probe.means")
        #expect(abs(means[0]) < 0.3 && abs(means[1] - 3) < 0.3)
        #expect(try cells.value("gmm(X, 3).means").matrix?.shape == .matrix(3, 2))
    }

    @Test func oneStepAtATimeArrivesWhereGmmArrives() throws {
        let cells = ModelCells()
        try cells.run("m = gmm(x, 2, steps=0)")
        #expect(try cells.numbers("m.history").count == 1)
        for _ in 0..<40 { try cells.run("m = em_step(m, x)") }
        let history = try cells.numbers("m.history")
        #expect(history.count == 41 && zip(history, history.dropFirst()).allSatisfy { $1 >= $0 - 1e-9 })
        let best = try cells.number("gmm(x, 2).loglikelihood")
        #expect(abs(history[40] - best) < 1e-3)
    }

    @Test func meansByHandAreTheStart() throws {
        let cells = ModelCells()
        #expect(try cells.numbers("gmm(x, means=[-1, 5], steps=0).means") == [-1, 5])
    }

    @Test func collapseIsShownWhenItIsAskedFor() throws {
        let cells = ModelCells()
        let shown = try cells.run("v = [1, 2, 3, 4, 5, 6, 30]; m = gmm(v, 2, floor=0, means=[3, 30])")
        #expect(try cells.value("m.collapsed").boolean == true)
        #expect(ModelCells.warnings(shown).first?.contains("no upper limit") == true)
        #expect(try cells.value("gmm(x, 2).collapsed").boolean == false)
    }

    @Test func criteriaAndResponsibilities() throws {
        let cells = ModelCells()
        #expect(try cells.number("bic(gmm(x, 2), x)") < cells.number("bic(gmm(x, 1), x)"))
        #expect(try cells.number("aic(gmm(x, 2), x)") < cells.number("aic(gmm(x, 1), x)"))
        let shares = try #require(try cells.value("responsibilities(gmm(x, 2), x)").matrix)
        #expect(shares.shape == .matrix(80, 2))
        #expect((0..<80).allSatisfy { abs(shares.row($0).reduce(0, +) - 1) < 1e-12 })
    }

    @Test func naiveBayesFromATable() throws {
        let cells = ModelCells()
        let shown = try cells.run("m = naive_bayes(table, \"side\", [\"u\", \"v\"])")
        #expect(ModelCells.notes(shown).count == 1)
        #expect(try cells.strings("m.classes") == ["left", "right"])
        #expect(try cells.number("accuracy(m, table)") > 0.97)
        #expect(try cells.strings("predict(m, [[0, 0], [3, 0]])") == ["left", "right"])
        guard case .object(let table) = try cells.value("confusion(m, table)") else { return }
        #expect(table.describe(width: 80).hasPrefix("is \\ called  left  right\nleft"))
    }

    @Test(arguments: ["gaussian", "histogram", "kernel"]) func naiveBayesOfEveryKind(kind: String) throws {
        let cells = ModelCells()
        try cells.run("m = naive_bayes(X, names, kind=\(kind))")
        #expect(try cells.number("accuracy(m, X, names)") > 0.95)
        let verdict = try #require(try cells.value("predict_proba(m, X)").matrix)
        #expect(verdict.shape == .matrix(80, 2))
    }

    @Test func aDensityOfNaiveBayesIsADistribution() throws {
        let cells = ModelCells()
        try cells.run("m = naive_bayes(table, \"side\", [\"u\", \"v\"]); d = m[\"right\", \"u\"]")
        #expect(try cells.number("d.mean") == cells.number("m.means[1, 0]"))
        #expect(try cells.number("d.std") == cells.number("m.sds[1, 0]"))
        #expect(try cells.failure("m[\"rigth\", \"u\"]").help == "did you mean `right`?")
        #expect(try cells.failure("m[0]").message.contains("a class and a feature"))
    }

    @Test func naiveBayesBackwards() throws {
        let cells = ModelCells()
        try cells.run("m = naive_bayes(X, names); points, classes = generate(m, 50, class=\"right\")")
        #expect(try cells.value("points").matrix?.shape == .matrix(50, 2))
        #expect(try Set(cells.strings("classes")) == ["right"])
        #expect(try cells.strings("predict(m, points)").filter { $0 == "right" }.count > 45)
    }

    @Test(arguments: [
        ("gmm([1, 2], 3)", "this needs 3 different points or more; there are 2"),
        ("gmm(holes, 2)", "row 1, column 0"),
        ("gmm(x, 2, floor=-1)", "floor"),
        ("em_step(gmm(x, 2), X)", "points of one number"),
        ("bic(3, x)", "gmm"),
        ("naive_bayes(table, \"side\")", "which columns"),
        ("naive_bayes(table, \"sid\", [\"u\"])", "no column"),
        ("naive_bayes(table, \"side\", [\"side\"])", "is not a number"),
        ("naive_bayes(X, [\"a\"])", "80 points and 1 label"),
        ("naive_bayes([[1], [1], [2], [3]], [\"a\", \"a\", \"b\", \"b\"])", "does not vary"),
        ("generate(naive_bayes(X, names), 5, class=\"lefd\")", "names no class"),
        ("predict(gmm(X, 2), table)", "points in rows"),
    ]) func whatDoesNotFitIsSaid(cell: String, part: String) throws {
        let error = try ModelCells().failure(cell)
        #expect(error.message.contains(part), "\(error.message)")
    }
}
