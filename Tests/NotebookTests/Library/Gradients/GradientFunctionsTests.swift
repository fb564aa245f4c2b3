import Language
import LinearAlgebra
import Testing

@testable import Notebook

@Suite struct GradientFunctionsTests {
    private let bench = Workbench()

    @Test func slopesOfParameters() throws {
        try bench.context.run("w = param(0.5); loss = (w * 3 - 1)**2")
        #expect(try bench.number("grad(loss, w)") == 3)
        try bench.context.run("x = param(3.0)")
        #expect(try bench.number("grad(grad(x**3, x), x)") == 18)
        #expect(try bench.matrix("grad(sum(param([1, 2])), param([1, 2]))").values == [0, 0])
        try bench.context.run("a = param([1, 2]); b = param(4); slopes = grad(sum(a * b), [a, b])")
        #expect(try bench.matrix("slopes[0]").values == [4, 4])
        #expect(try bench.number("slopes[1]") == 3)
        #expect(try bench.number("grad(grad(sum(a * a * b), b), a)[1]").isNaN == false)
        // Two parameters of one shape are still two.
        try bench.context.run("u = param(2.0); v = param(5.0); both = grad(u * v**2, [u, v])")
        #expect(try bench.number("value(both[0])") == 25 && bench.number("value(both[1])") == 20)
    }

    @Test func slopesOfScalars() throws {
        try bench.context.run("w = scalar(3, \"w\"); y = w * w + w")
        #expect(try bench.number("value(grad(y, w))") == 7)
        #expect(try bench.number("value(grad(grad(y, w), w))") == 2)
        #expect(try printed("grad(y, w)", in: bench) == "scalar(7)")
        #expect(try bench.matrix("value(grad(y, [w, scalar(1)]))").values == [7, 0])
    }

    @Test func valuesForget() throws {
        try bench.context.run("w = param([1, 2]); v = value(w * 2)")
        #expect(try bench.matrix("v").values == [2, 4])
        #expect(bench.error("grad(sum(v), v)")?.kind == .value)
        #expect(try bench.matrix("value([w[0], 5])").values == [1, 5])
        #expect(bench.error("value(\"a\")")?.kind == .type)
    }

    @Test func errorsSayWhatToDo() throws {
        try bench.context.run("w = param([1, 2]); c = 3")
        let vector = try #require(bench.error("grad(w * 2, w)"))
        #expect(vector.message == "grad: a slope is that of one number, and `loss` has the shape [2]")
        #expect(vector.help == "take its `sum` or `mean` first")
        let constant = try #require(bench.error("grad(sum(w) * c, c)"))
        #expect(constant.message == "grad: `x` is a plain number that does not know what was made of it")
        let mixed = try #require(bench.error("s = scalar(2); grad(s * s, w)"))
        #expect(mixed.message == "grad: `x` must be a scalar, as `loss` is, not a vector of 2 numbers")
        #expect(bench.error("backward(w)")?.kind == .shape)
    }

    @Test func theTableOfBackward() throws {
        try bench.context.run("w = scalar(3, \"w\"); e = 2 * w; d = e - 1; loss = d**2")
        let table = try #require(try bench.object("backward(loss)", as: BackwardTable.self))
        #expect(
            table.describe(width: 80) == """
                node  made by  value  gradient
                w                  3        20
                e     2 * w        6        10
                d     e - 1        5        10
                loss  d ** 2      25         1
                """)
    }

    @Test func theTableOfMatrices() throws {
        try bench.context.run("w = param([1, 2], \"w\"); loss = sum(tanh(w * 0.5))")
        let table = try #require(try bench.object("backward(loss)", as: BackwardTable.self))
        #expect(
            table.describe(width: 80) == """
                node  made by    value  gradient
                w                  [2]       [2]
                #3    w * 0.5      [2]       [2]
                #4    tanh(#3)     [2]       [2]
                loss  sum(#4)   1.2237         1
                """)
    }

    @Test func aPlainMatrixHasNoSlope() throws {
        try bench.context.run("w = param(2.0, \"w\"); y = sum(w * [1, 2])")
        let table = try #require(try bench.object("backward(y)", as: BackwardTable.self))
        #expect(
            table.describe(width: 80) == """
                node  made by  value  gradient
                w                  2         3
                #2               [2]
                #3    w * #2     [2]       [2]
                y     sum(#3)      6         1
                """)
    }

    @Test func longGraphsAreAbridged() throws {
        try bench.context.run("s = scalar(1.0); repeat 100 { s = s * 1.01 }")
        let lines = try #require(try bench.object("backward(s)", as: BackwardTable.self)).describe(width: 80)
            .split(separator: "\n")
        #expect(lines.count == 42 && lines[1] == "... 61 earlier nodes")
    }

    @Test func checking() throws {
        try bench.context.run("g(w) = w * w + w")
        let check = try #require(try bench.object("check_grad(g, 3)", as: GradientCheck.self))
        #expect(
            check.describe(width: 80) == """
                  backpropagation  finite difference
                                7                  7
                they agree
                """)
        #expect(try bench.value("check_grad(g, 3).agrees").boolean == true)
        try bench.context.run("h(v) = sum(exp(v) * [1, 2, 3])")
        #expect(try bench.matrix("check_grad(h, [0, 1, 2]).slope").count == 3)
        #expect(bench.error("check_grad(g, [1, 2])")?.kind == .type)
        #expect(bench.error("check_grad(3, 4)")?.kind == .type)
    }

    @Test func aWrongSlopeIsSeen() throws {
        try bench.context.run("odd(w) = w * value(w)")
        let check = try #require(try bench.object("check_grad(odd, 3)", as: GradientCheck.self))
        #expect(try check.member("agrees")?.boolean == false)
        #expect(check.describe(width: 80).contains("they differ by 1: one of them is wrong"))
        try bench.context.run("flat(w) = 5.0")
        #expect(try bench.value("check_grad(flat, 3).agrees").boolean == true)
    }
}
