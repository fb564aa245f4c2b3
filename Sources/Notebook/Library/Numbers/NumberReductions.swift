import Autodiff
import Language
import LinearAlgebra

/// One number from many, or one along each row or column; all of these can be differentiated.
enum NumberReductions {
    static let all = [sum, mean, std, variance, min, max, argmin, argmax, norm, any, every]

    private static let sum = FunctionEntry(
        "sum", topic: .numbers, "the sum", parameters: [summable, .axis],
        returns: "a number; with an axis, a vector", details: "Of a mask it counts where it holds.",
        example: "sum([[1, 2], [3, 4]], axis=0)"
    ) { arguments, context in
        if let scalars = arguments.scalars("x", on: context.state.tape), let first = scalars.first {
            return .scalar(scalars.dropFirst().reduce(first, +))
        }
        return .tensor(try reduce(arguments, .sum))
    }

    private static let mean = FunctionEntry(
        "mean", topic: .numbers, "the arithmetic mean: the sum divided by how many there are",
        parameters: [summable, .axis], returns: "a number; with an axis, a vector",
        details: "Of a mask it is the share of places where it holds: `mean(x > 0)`.",
        example: "x = [1, 2, 6]; mean(x), mean(x > 1)"
    ) { arguments, context in
        if let scalars = arguments.scalars("x", on: context.state.tape), let first = scalars.first {
            return .scalar(scalars.dropFirst().reduce(first, +) / Double(scalars.count))
        }
        let x = try arguments.someNumbers()
        guard let axis = try arguments.axis(of: x.shape) else { return .tensor(x.mean()) }
        return .tensor(try x.mean(axis: axis))
    }

    private static let variance = FunctionEntry(
        "var", topic: .numbers, "the variance: the mean squared distance from the mean",
        parameters: [.numbers(), .axis, ddof], returns: "a number; with an axis, a vector",
        example: "var([1, 2, 3, 4])"
    ) { arguments, _ in .tensor(try variance(arguments)) }

    private static let std = FunctionEntry(
        "std", topic: .numbers, "the standard deviation: the square root of the variance",
        parameters: [.numbers(), .axis, ddof], returns: "a number; with an axis, a vector",
        example: "std([[1, 10], [3, 30]], axis=0)"
    ) { arguments, _ in .tensor(try variance(arguments).squareRoot()) }

    private static let min = FunctionEntry(
        "min", topic: .numbers, "the smallest", parameters: [.numbers(), .axis],
        returns: "a number; with an axis, a vector", details: "For the smaller of two values see `minimum`.",
        example: "min([3, 1, 2])"
    ) { arguments, _ in .tensor(try reduce(arguments, .smallest, needsSome: true)) }

    private static let max = FunctionEntry(
        "max", topic: .numbers, "the largest", parameters: [.numbers(), .axis],
        returns: "a number; with an axis, a vector", details: "For the larger of two values see `maximum`.",
        example: "max([[1, 5], [4, 2]], axis=1)"
    ) { arguments, _ in .tensor(try reduce(arguments, .largest, needsSome: true)) }

    private static let argmin = FunctionEntry(
        "argmin", topic: .numbers, "where the smallest is, counted from 0", parameters: [.numbers(), .axis],
        returns: "a whole number; with an axis, a vector", example: "argmin([3, 1, 2])"
    ) { arguments, _ in .tensor(try reduce(arguments, .indexOfSmallest, needsSome: true)) }

    private static let argmax = FunctionEntry(
        "argmax", topic: .numbers, "where the largest is, counted from 0", parameters: [.numbers(), .axis],
        returns: "a whole number; with an axis, a vector", example: "argmax([[1, 5], [4, 2]], axis=1)"
    ) { arguments, _ in .tensor(try reduce(arguments, .indexOfLargest, needsSome: true)) }

    private static let norm = FunctionEntry(
        "norm", topic: .numbers, "the length: the square root of the sum of squares",
        parameters: [.numbers(), .axis], returns: "a number; with an axis, a vector", example: "norm([3, 4])"
    ) { arguments, _ in
        let x = try arguments.tensor("x").square()
        guard let axis = try arguments.axis(of: x.shape) else { return .tensor(x.sum().squareRoot()) }
        return .tensor(try x.sum(axis: axis).squareRoot())
    }

    private static let any = FunctionEntry(
        "any", topic: .numbers, "whether a condition holds anywhere",
        parameters: [.numbers("x", "a mask, such as `x > 0`")], returns: "true or false", example: "any([1, 2, 3] > 2)"
    ) { (arguments, _) throws(CellError) in .boolean(try arguments.matrix("x").values.contains { $0 != 0 }) }

    private static let every = FunctionEntry(
        "all", topic: .numbers, "whether a condition holds everywhere",
        parameters: [.numbers("x", "a mask, such as `x > 0`")], returns: "true or false", example: "all([1, 2, 3] > 2)"
    ) { (arguments, _) throws(CellError) in .boolean(try arguments.matrix("x").values.allSatisfy { $0 != 0 }) }

    private static let summable = Parameter(
        "x", .oneOf([.tensor, .list(of: .scalar)]), "a vector or matrix, or a list of scalars")

    private static let ddof = Parameter(
        "ddof", .integer(0...1), default: "0", "1 divides by one less than there are, as for a sample")

    private static func reduce(
        _ arguments: Arguments, _ reduction: Reduction, needsSome: Bool = false
    ) throws -> Variable<Double> {
        let x = try needsSome ? arguments.someNumbers() : arguments.tensor("x")
        return try .applying(.reduce(reduction, axis: arguments.axis(of: x.shape)), to: [x])
    }

    private static func variance(_ arguments: Arguments) throws -> Variable<Double> {
        let x = try arguments.someNumbers(), ddof = try arguments.integer("ddof")
        let axis = try arguments.axis(of: x.shape)
        let centred = try x - (axis.map { try x.mean(axis: $0, keepingAxis: true) } ?? x.mean())
        let sums = try axis.map { try centred.square().sum(axis: $0) } ?? centred.square().sum()
        let count = x.shape.count / Swift.max(sums.shape.count, 1)
        guard count > ddof else { throw arguments.error("x", "must hold two numbers or more for ddof=1") }
        return sums / Double(count - ddof)
    }
}

extension Arguments {
    /// The members of a list in which at least one is a scalar of the scalar engine; numbers become constants beside it.
    func scalars(_ name: String, on tape: ScalarTape) -> [Scalar]? {
        guard case .list(let items)? = optionalValue(name),
            items.contains(where: { if case .scalar = $0 { true } else { false } })
        else { return nil }
        return items.compactMap { item in
            if case .scalar(let scalar) = item { tape.standIn(for: scalar) } else { item.number.map { tape.leaf($0) } }
        }
    }
}
