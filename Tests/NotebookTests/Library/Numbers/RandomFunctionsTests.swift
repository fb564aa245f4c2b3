import Language
import LinearAlgebra
import Testing

@testable import Notebook

@Suite struct RandomFunctionsTests {
    private let bench = Workbench()

    @Test func shapes() throws {
        #expect(try bench.matrix("rand(3)").shape == .vector(3))
        #expect(try bench.matrix("randn(2, 3)").shape == .matrix(2, 3))
        #expect(try bench.matrix("randn([4, 1])").shape == .matrix(4, 1))
        #expect(try bench.matrix("randint(5, size=[2, 2])").shape == .matrix(2, 2))
        let one = try bench.number("rand()")
        #expect(one >= 0 && one < 1)
        #expect(try bench.number("randn()").isFinite)
    }

    @Test func moments() throws {
        #expect(abs(try bench.number("mean(rand(20000))") - 0.5) < 0.02)
        #expect(abs(try bench.number("std(randn(20000))") - 1) < 0.03)
        #expect(abs(try bench.number("mean(randint(1, 7, 20000))") - 3.5) < 0.06)
        #expect(try bench.matrix("unique(randint(1, 7, 500))").values == [1, 2, 3, 4, 5, 6])
    }

    @Test func theSeedBringsTheNumbersBack() throws {
        try bench.context.run("seed 7")
        let first = try bench.matrix("randn(4)"), second = try bench.matrix("randn(4)")
        try bench.context.run("seed 7")
        #expect(try bench.matrix("randn(4)") == first)
        #expect(first != second)
        #expect(bench.error("seed -1")?.kind == .value)
    }

    @Test func choosing() throws {
        #expect(try bench.matrix("choice([[1, 2], [3, 4]], 5)").shape == .matrix(5, 2))
        #expect(try bench.matrix("choice([[1, 2], [1, 2]])").values == [1, 2])
        #expect(try bench.matrix("sort(choice([5, 6, 7], 3, replace=false))").values == [5, 6, 7])
        #expect(try bench.matrix("choice(3, 50, p=[0, 1, 0])").values.allSatisfy { $0 == 1 })
        #expect(try bench.matrix("sort(choice(3, 2, replace=false, p=[1, 0, 5]))").values == [0, 2])
        let share = try bench.number("mean(choice([0, 1], 20000, p=[1, 3]))")
        #expect(abs(share - 0.75) < 0.02)
        #expect(try bench.value("choice([\"heads\", \"tails\"])").string?.isEmpty == false)
        #expect(try bench.value("choice([\"a\", \"b\"], 4)").elements?.count == 4)
        #expect(
            bench.error("choice([1, 2], 3, replace=false)")?.message
                == "choice: `n` is 3, and without replacement there are only 2")
        #expect(bench.error("choice([1, 2], 3, p=[1])")?.kind == .shape)
        #expect(bench.error("choice([1, 2], 3, p=[0, 0])")?.message == "choice: `p` must have a positive, finite sum")
        #expect(bench.error("choice([])")?.message == "choice: `x` has no members to choose from")
        #expect(bench.error("randint(0)")?.message == "randint: `low` leaves nothing to choose from")
        #expect(bench.error("randint(5, 5)")?.message == "randint: `high` leaves nothing to choose from")
    }

    @Test func permutations() throws {
        #expect(try bench.matrix("sort(permutation(6))").values == [0, 1, 2, 3, 4, 5])
        #expect(try bench.matrix("sort(permutation([5, 3, 9]))").values == [3, 5, 9])
        #expect(try bench.value("permutation([\"a\", \"b\"])").elements?.count == 2)
    }

    /// A failed cell must not have moved the stream: the evaluator puts the state back, since the stream is a value.
    @Test func drawingMovesTheStreamOn() throws {
        let before = bench.context.random
        _ = try bench.value("rand(3)")
        #expect(bench.context.random != before)
    }
}
