import Autodiff
import Language
import LinearAlgebra

/// Functions of two or three numbers, applied element by element with broadcasting, and products.
enum NumberPairs {
    static let all = [minimum, maximum, clip, `where`, dot]

    private static let minimum = FunctionEntry(
        "minimum", topic: .numbers, "the smaller of two, element by element",
        parameters: [.numbers("a"), .numbers("b")], returns: "a value of the common shape",
        example: "minimum([1, 5, 3], 2)"
    ) { arguments, _ in .tensor(try arguments.tensor("a").minimum(arguments.tensor("b"))) }

    private static let maximum = FunctionEntry(
        "maximum", topic: .numbers, "the larger of two, element by element",
        parameters: [.numbers("a"), .numbers("b")], returns: "a value of the common shape",
        example: "maximum([1, 5, 3], 2)"
    ) { arguments, _ in .tensor(try arguments.tensor("a").maximum(arguments.tensor("b"))) }

    private static let clip = FunctionEntry(
        "clip", topic: .numbers, "held between two bounds",
        parameters: [
            .numbers(), Parameter("low", .number(), "the lower bound"), Parameter("high", .number(), "the upper bound"),
        ],
        returns: "a value of the same shape", details: "The slope is 1 between the bounds and 0 outside.",
        example: "clip([-2, 0.5, 7], 0, 1)"
    ) { (arguments, _) throws(CellError) in
        let low = try arguments.number("low"), high = try arguments.number("high")
        guard low <= high else { throw arguments.error("high", "is below `low`") }
        return .tensor(try arguments.tensor("x").clipped(low, high))
    }

    private static let `where` = FunctionEntry(
        "where", topic: .numbers, "a where a condition holds, b elsewhere",
        parameters: [
            .numbers("condition", "a mask, such as `x > 0`"), .numbers("a", "what to take where it holds"),
            .numbers("b", "what to take elsewhere"),
        ],
        returns: "a value of the common shape", example: "x = [-1, 2, -3]; where(x > 0, x, 0)"
    ) { arguments, _ in
        .tensor(
            try .select(arguments.tensor("condition"), arguments.tensor("a"), arguments.tensor("b")))
    }

    private static let dot = FunctionEntry(
        "dot", topic: .numbers, "the sum of products of two vectors; for matrices the same as `@`",
        parameters: [.numbers("a"), .numbers("b")], returns: "a number, vector or matrix",
        example: "dot([1, 2, 3], [4, 5, 6])"
    ) { arguments, _ in
        let a = try arguments.tensor("a"), b = try arguments.tensor("b")
        return .tensor(a.shape.rank == 0 || b.shape.rank == 0 ? try a * b : try a.matmul(b))
    }
}
