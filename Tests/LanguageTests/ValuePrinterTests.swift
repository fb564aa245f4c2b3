import LinearAlgebra
import Testing

@testable import Language

@Suite struct ValuePrinterTests {
    @Test(arguments: [
        ("1 / 3", "0.333333"), ("2", "2"), ("1e-9 / 3", "3.33333e-10"), ("123456789", "123456789"),
        ("1234.56789", "1234.57"), ("nan", "nan"), ("-inf", "-inf"), ("0.1 + 0.2", "0.3"),
        ("[1 / 3, 20, -0.5]", "[0.333, 20.000, -0.500]"),
        ("[1, 2, 3]", "[1, 2, 3]"),
        ("[[1, 20], [300, 4]]", "[[  1, 20],\n [300,  4]]\nshape [2, 2]"),
        ("[[0.5, nan], [inf, -1.25]]", "[[0.50,   nan],\n [ inf, -1.25]]\nshape [2, 2]"),
        ("[1e-8, 1]", "[0.0, 1.0]"),
        ("[1e-8, 2e-8]", "[1.000e-08, 2.000e-08]"),
        ("[1e12, 0.5]", "[1.000e+12, 5.000e-01]"),
        ("[1, 2] > 1", "[false, true]"),
        ("\"a\\\"b\"", "\"a\\\"b\""),
        ("[\"a\", \"b\"]", "[\"a\", \"b\"]"),
        ("([[1, 2], [3, 4]], 5)", "([[1, 2],\n  [3, 4]],\n 5)"),
        ("arange(100)", "[0, 1, 2, 3, ..., 96, 97, 98, 99]\nshape [100]"),
    ])
    func atThePrompt(cell: String, printed: String) {
        #expect(Playground().run(cell, style: .prompt(width: 60)) == printed)
    }

    @Test func largeMatricesAreAbridgedAtThePrompt() {
        let text = Playground().run("arange(1000)[:, none] + arange(50)", style: .prompt(width: 80))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 10 && lines[4] == " ...," && lines.last == "shape [1000, 50]")
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines[0] == "[[  0,    1,    2,    3, ...,   46,   47,   48,   49],")
    }

    @Test func batchStyleReadsBack() throws {
        var random = RandomStream(seed: 3)
        for shape in [Shape.scalar, .vector(7), .vector(300), .matrix(3, 4), .matrix(20, 30), .vector(0)] {
            let matrix: Matrix<Double> = random.normal(shape: shape).map { $0 * $0 * $0 * 1e3 }
            let text = ValuePrinter(style: .batch).text(.matrix(matrix))
            let value = try Evaluator.value(of: text, in: Playground().context)
            #expect(value.matrix == matrix)
            #expect(shape.rank == 2 || text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }

    @Test(arguments: [
        "[\"a\", 1]", "(1, \"b\")", "(1,)", "[1, 2] > 1", "true", "[(1, 2), (3,)]", "f(x, y=2) = x**y", "scalar(2)",
    ])
    func otherKindsReadBackInBatch(cell: String) {
        let playground = Playground()
        let name = cell.hasPrefix("f(") ? "\nf" : ""
        let printed = playground.run(cell + name)
        #expect(Playground().run(printed + name) == printed)
    }

    @Test func aThousandNumbersAreWholeAndMoreAreNot() {
        #expect(!Playground().run("arange(1000)").contains("..."))
        #expect(Playground().run("arange(1001)") == "[0, 1, 2, 3, ..., 997, 998, 999, 1000]")
        #expect(Playground().run("arange(501)[:, none] * [1, 2]").split(separator: "\n").count == 9)
        #expect(Playground().run("arange(500)[:, none] * [1, 2]").split(separator: "\n").count == 500)
    }

    @Test func objectsDescribeThemselves() {
        #expect(Playground().run("die(), [die(2)]") == "(a die of 6 sides, [a die of 2 sides])")
    }
}
