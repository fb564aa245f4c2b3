import LinearAlgebra
import Testing

@testable import Language

@Suite struct ArithmeticTests {
    /// NumPy's rule: seen from the right, lengths are equal or one of them is 1. Nil: the shapes do not fit.
    @Test(
        arguments: [
            ([], [], []), ([3], [], [3]), ([3], [3], [3]), ([3], [1], [3]), ([2, 3], [3], [2, 3]),
            ([2, 3], [2, 1], [2, 3]),
            ([2, 1], [3], [2, 3]), ([1, 3], [2, 1], [2, 3]), ([0, 3], [3], [0, 3]), ([2, 3], [], [2, 3]),
            ([2], [3], nil), ([2, 3], [2], nil), ([2, 3], [3, 2], nil), ([0], [2], nil),
        ] as [([Int], [Int], [Int]?)])
    func broadcasting(left: [Int], right: [Int], result: [Int]?) throws {
        for operation in BinaryOperator.allCases where operation != .matmul {
            for (a, b) in [(left, right), (right, left)] {
                let combined = try? Arithmetic.combine(Self.ones(a), operation, Self.ones(b))
                #expect(combined?.tensor?.shape.dimensions == result, "\(a) \(operation.rawValue) \(b)")
            }
        }
    }

    @Test(
        arguments: [
            ([2, 3], [3, 4], [2, 4]), ([3], [3, 4], [4]), ([2, 3], [3], [2]), ([3], [3], []), ([2, 3], [2, 3], nil),
            ([3], [2], nil), ([], [3], nil), ([2, 2], [], nil),
        ] as [([Int], [Int], [Int]?)])
    func matrixProducts(left: [Int], right: [Int], result: [Int]?) {
        let product = try? Arithmetic.combine(Self.ones(left), .matmul, Self.ones(right))
        #expect(product?.tensor?.shape.dimensions == result)
    }

    private static func ones(_ dimensions: [Int]) -> Value {
        switch dimensions.count {
        case 0: .number(1)
        case 1: .matrix(.ones(.vector(dimensions[0])))
        default: .matrix(.ones(.matrix(dimensions[0], dimensions[1])))
        }
    }

    @Test(arguments: [
        ("-true", "-1"), ("true + true", "2"), ("[true, false] + 1", "[2, 1]"), ("([1, 2] > 1) * 3", "[0, 3]"),
        ("[\"a\"] + [\"b\", 1]", "[\"a\", \"b\", 1]"), ("0 * inf", "nan"), ("nan == nan", "false"),
        ("[1, 2] == [1, 2]", "[true, true]"), ("-7.5 // 2, -7.5 % 2", "(-4, 0.5)"), ("2**0.5 == 2**(1 / 2)", "true"),
        ("[] + 1", "[]"), ("not []", "error"), ("\"a\" < 1", "error"), ("exp == exp", "error"), ("- \"a\"", "error"),
        ("scalar(1) + [1, 2]", "error"), ("scalar(7) // 2", "error"), ("die() + 1", "error"), ("(1, 2) + 1", "error"),
    ])
    func cornersOfArithmetic(cell: String, printed: String) {
        let output = Playground().run(cell)
        if printed == "error" { #expect(output.hasPrefix("type error")) } else { #expect(output == printed) }
    }
}
