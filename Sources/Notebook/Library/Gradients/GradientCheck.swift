import Autodiff
import Language
import LinearAlgebra

/// What `check_grad` shows: slopes by backpropagation beside slopes by finite differences.
struct GradientCheck: ObjectValue {
    /// By backpropagation and by finite differences, place by place.
    let pairs: [(slope: Double, difference: Double)]

    /// Beyond this, relative to the slope's size (or 1), one of the two is wrong.
    static let tolerance = 1e-6

    var typeName: String { "gradient check" }
    var memberNames: [String] { ["slope", "difference", "error", "agrees"] }

    func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "slope": pairs.count == 1 ? .number(pairs[0].slope) : .vector(pairs.map(\.slope))
        case "difference": pairs.count == 1 ? .number(pairs[0].difference) : .vector(pairs.map(\.difference))
        case "error": .number(worst)
        case "agrees": .boolean(worst <= Self.tolerance)
        default: nil
        }
    }

    /// The largest distance, relative to the slope where that is more than 1. NaN counts as infinite.
    private var worst: Double {
        pairs.reduce(0) { worst, pair in
            let error = abs(pair.slope - pair.difference) / max(1, abs(pair.slope))
            return error.isNaN ? .infinity : max(worst, error)
        }
    }

    func describe(width: Int) -> String {
        let shown = pairs.prefix(10).enumerated().map { place, pair in
            [pairs.count == 1 ? "" : "x[\(place)]", pair.slope.significant(8), pair.difference.significant(8)]
        }
        var lines = TextTable.lines([["", "backpropagation", "finite difference"]] + shown)
        if pairs.count > 10 { lines.append("... \(pairs.count - 10) more") }
        lines.append(
            worst <= Self.tolerance
                ? "they agree" : "they differ by \(worst.significant(2)): one of them is wrong, or there is a kink here"
        )
        return lines.joined(separator: "\n")
    }

    static let entry = FunctionEntry(
        "check_grad", topic: .gradients, "compares a function's slope by backpropagation with finite differences",
        parameters: [
            Parameter("f", .function, "a function of one argument that gives a number"),
            .numbers("x", "where: a number, vector or matrix of at most 1000 numbers"),
        ],
        returns: "both slopes; members slope, difference, error, agrees",
        details:
            "The finite difference is (f(x + h) - f(x - h)) / (2 h), with h near 1e-5, for each number of x in turn.",
        example: "f(x) = x**3 + sin(x); check_grad(f, 2)"
    ) { (arguments, context) throws(CellError) in
        let f = try arguments.function("f"), x = try arguments.matrix("x")
        guard x.count <= 1000, x.count > 0 else { throw arguments.error("x", "must hold from 1 to 1000 numbers") }
        let parameter = Variable.parameter(x)
        let slopes = try slope(of: result(f, parameter, arguments, context), parameter, arguments)
        var pairs: [(slope: Double, difference: Double)] = []
        for place in 0..<x.count {
            guard !context.checkInterrupt() else { throw CellError(.interrupted, "stopped in check_grad") }
            pairs.append((slopes[place], try difference(f, x, place, arguments, context)))
        }
        return .object(GradientCheck(pairs: pairs))
    }

    private static func difference(
        _ f: Value, _ x: Matrix<Double>, _ place: Int, _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> Double {
        let step = 1e-5 * max(1, abs(x[place]))
        var above = x, below = x
        above[place] += step
        below[place] -= step
        let (high, low) = (
            try result(f, Variable(above), arguments, context), try result(f, Variable(below), arguments, context)
        )
        return (high.value.number - low.value.number) / (above[place] - below[place])
    }

    private static func result(_ f: Value, _ x: Variable<Double>, _ arguments: Arguments, _ context: Context)
        throws(CellError) -> Variable<Double>
    {
        let value = try context.call(f, [.tensor(x)])
        guard let result = value.tensor, result.shape.count == 1 else {
            throw arguments.error("f", "must give a number, and gives \(value.errorDescription)", kind: .type)
        }
        return result
    }

    /// Zeros where the result does not depend on x.
    private static func slope(of result: Variable<Double>, _ x: Variable<Double>, _ arguments: Arguments)
        throws(CellError) -> Matrix<Double>
    {
        do throws(GradientError) {
            return try gradients(of: result, withRespectTo: [x])[0].value
        } catch {
            throw arguments.error("f", "has no slope: \(error)")
        }
    }
}
