import Autodiff
import Language
import LinearAlgebra

/// Vectors and matrices out of nothing.
enum NumberBuilders {
    /// More numbers than this in one value are refused.
    static let largest = Shape.largestCount

    static let all = [zeros, ones, full, eye, arange, range, linspace]

    private static let zeros = FunctionEntry(
        "zeros", topic: .numbers, "all zeros", parameters: [.shape()], returns: "a vector or matrix",
        example: "zeros(2, 3)"
    ) { (arguments, _) throws(CellError) in .matrix(.zeros(try arguments.shape())) }

    private static let ones = FunctionEntry(
        "ones", topic: .numbers, "all ones", parameters: [.shape()], returns: "a vector or matrix", example: "ones(3)"
    ) { (arguments, _) throws(CellError) in .matrix(.ones(try arguments.shape())) }

    private static let full = FunctionEntry(
        "full", topic: .numbers, "the same number everywhere",
        parameters: [
            Parameter(
                "shape", .oneOf([.integer(0...largest), .list(of: .integer(0...largest))]),
                "how many, or `[rows, columns]`"),
            Parameter("value", .number(), "the number"),
        ],
        returns: "a vector or matrix", example: "full([2, 2], 7)"
    ) { (arguments, _) throws(CellError) in
        .matrix(Matrix(repeating: try arguments.number("value"), shape: try arguments.shape()))
    }

    private static let eye = FunctionEntry(
        "eye", topic: .numbers, "ones on the diagonal, zeros elsewhere",
        parameters: [Parameter("n", .integer(0...7000), "how many rows and columns")], returns: "a square matrix",
        example: "eye(3)"
    ) { (arguments, _) throws(CellError) in .matrix(.identity(try arguments.integer("n"))) }

    private static let arange = FunctionEntry(
        "arange", topic: .numbers, "numbers at equal steps, the end left out", parameters: steps,
        returns: "a vector", details: "`arange(4)` is 0, 1, 2, 3; `arange(1, 2, 0.25)` is 1, 1.25, 1.5, 1.75.",
        example: "arange(2, 10, 3)"
    ) { (arguments, _) throws(CellError) in .vector(try stepped(arguments)) }

    private static let range = FunctionEntry(
        "range", topic: .numbers, "whole numbers in a row, the end left out: the same as `arange`", parameters: steps,
        returns: "a vector", example: "[k**2 for k in range(1, 5)]"
    ) { (arguments, _) throws(CellError) in .vector(try stepped(arguments)) }

    private static let linspace = FunctionEntry(
        "linspace", topic: .numbers, "so many numbers at equal distances, both ends included",
        parameters: [
            Parameter("start", .number(), "the first"), Parameter("stop", .number(), "the last"),
            Parameter("n", .integer(0...largest), default: "50", "how many"),
        ],
        returns: "a vector", example: "linspace(0, 1, 5)"
    ) { (arguments, _) throws(CellError) in
        let start = try arguments.number("start"), stop = try arguments.number("stop")
        let count = try arguments.integer("n")
        guard count > 1 else { return .vector(count == 1 ? [start] : []) }
        let step = (stop - start) / Double(count - 1)
        return .vector((0..<count).map { $0 == count - 1 ? stop : start + Double($0) * step })
    }

    private static let steps = [
        Parameter("start", .number(), "the first; alone, it is the end, and the first is 0"),
        Parameter("stop", .number(), default: "", "the end, which is left out"),
        Parameter("step", .number(), default: "1", "the distance from one to the next; negative runs down"),
    ]

    private static func stepped(_ arguments: Arguments) throws(CellError) -> [Double] {
        let first = try arguments.number("start"), step = try arguments.number("step")
        let stop = try arguments.optionalNumber("stop")
        guard step != 0, step.isFinite else { throw arguments.error("step", "must not be \(step.shortest)") }
        let start = stop == nil ? 0 : first
        let count = (((stop ?? first) - start) / step).rounded(.up)
        guard count <= Double(largest) else {
            throw CellError(.value, "\(arguments.callee): that is more than \(largest) numbers")
        }
        guard count > 0 else { return [] }
        return (0..<Int(count)).map { start + Double($0) * step }
    }
}
