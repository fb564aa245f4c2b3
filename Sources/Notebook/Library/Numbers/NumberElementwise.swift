import Autodiff
import Language
import LinearAlgebra

/// Functions of one number, applied to every element; those that the scalar engine knows take its scalars too.
enum NumberElementwise {
    static let all: [FunctionEntry] = known.map(entry) + others

    private struct Known: Sendable {
        let name: String
        let summary: String
        let example: String
        let function: UnaryFunction
        var scalar: ScalarOperation?
        var details = ""
    }

    private static let known: [Known] = [
        Known(
            name: "abs", summary: "the distance from 0", example: "abs([-2, 0, 3])", function: .absolute,
            scalar: .absolute),
        Known(
            name: "sqrt", summary: "the square root", example: "sqrt(2)", function: .squareRoot, scalar: .squareRoot,
            details: "Of a negative number it is `nan`."),
        Known(name: "exp", summary: "e to the power x", example: "exp([0, 1, -1])", function: .exp, scalar: .exp),
        Known(
            name: "log", summary: "the natural logarithm", example: "log([1, e, 10])", function: .log, scalar: .log,
            details: "Of 0 it is `-inf`, of a negative number `nan`."),
        Known(name: "log10", summary: "the logarithm to base 10", example: "log10(1000)", function: .log10),
        Known(name: "log2", summary: "the logarithm to base 2", example: "log2(1024)", function: .log2),
        Known(
            name: "log1p", summary: "log(1 + x), exact where x is near 0", example: "log1p(1e-10)", function: .log1p),
        Known(
            name: "expm1", summary: "exp(x) - 1, exact where x is near 0", example: "expm1(1e-10)", function: .expm1),
        Known(
            name: "sin", summary: "the sine of an angle in radians", example: "sin(pi / 2)", function: .sin,
            scalar: .sin),
        Known(
            name: "cos", summary: "the cosine of an angle in radians", example: "cos(0)", function: .cos, scalar: .cos),
        Known(name: "tan", summary: "the tangent of an angle in radians", example: "tan(pi / 4)", function: .tan),
        Known(name: "arctan", summary: "the angle whose tangent is x", example: "4 * arctan(1)", function: .atan),
        Known(
            name: "tanh", summary: "the hyperbolic tangent: from -1 to 1", example: "tanh([-1, 0, 1])",
            function: .tanh, scalar: .tanh, details: "tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))"),
        Known(
            name: "sigmoid", summary: "turns any number into a probability: 1 / (1 + exp(-x))",
            example: "sigmoid([-2, 0, 2])", function: .sigmoid, scalar: .sigmoid),
        Known(
            name: "softplus", summary: "a smooth relu: log(1 + exp(x))", example: "softplus([-1, 0, 1])",
            function: .softplus, scalar: .softplus,
            details: "`softplus(-x)` is `-log(sigmoid(x))`, without overflow: the loss of a detective who says `x`."),
        Known(
            name: "relu", summary: "x where it is positive, else 0", example: "relu([-1, 0, 2])", function: .relu,
            scalar: .relu),
        Known(
            name: "erf",
            summary: "the error function: normal(0, 1) lies within x of 0 with probability erf(x / sqrt(2))",
            example: "erf(1 / sqrt(2))", function: .erf),
        Known(name: "floor", summary: "the next whole number below", example: "floor([1.7, -1.2])", function: .floor),
        Known(name: "ceil", summary: "the next whole number above", example: "ceil([1.2, -1.7])", function: .ceil),
        Known(name: "sign", summary: "1, 0 or -1", example: "sign([-3, 0, 5])", function: .sign),
        Known(name: "square", summary: "x times x", example: "square([1, 2, 3])", function: .square),
    ]

    private static func entry(_ known: Known) -> FunctionEntry {
        let kind: Parameter.Kind = known.scalar == nil ? .tensor : .oneOf([.tensor, .scalar])
        return FunctionEntry(
            known.name, topic: .numbers, known.summary,
            parameters: [
                Parameter("x", kind, "a number, vector or matrix\(known.scalar == nil ? "" : ", or a scalar")")
            ],
            returns: "a value of the same shape", details: known.details, example: known.example
        ) { (arguments, context) throws(CellError) in
            if let operation = known.scalar, case .scalar(let scalar) = try arguments.value("x") {
                return .scalar(try context.onTape(scalar).applied(operation))
            }
            return .tensor(try arguments.tensor("x").map(known.function))
        }
    }

    private static let others = [
        FunctionEntry(
            "leaky_relu", topic: .numbers, "x where it is positive, a small part of it elsewhere",
            parameters: [.numbers(), Parameter("slope", .number(0...1), default: "0.2", "the part that is kept")],
            returns: "a value of the same shape", example: "leaky_relu([-1, 0, 2])"
        ) { (arguments, _) throws(CellError) in
            .tensor(try arguments.tensor("x").leakyRelu(slope: try arguments.number("slope")))
        },
        FunctionEntry(
            "elu", topic: .numbers, "x where it is positive, alpha (exp(x) - 1) elsewhere",
            parameters: [.numbers(), Parameter("alpha", .number(0...1e6), default: "1", "how low it goes")],
            returns: "a value of the same shape", example: "elu([-1, 0, 2])"
        ) { (arguments, _) throws(CellError) in
            .tensor(try arguments.tensor("x").elu(alpha: try arguments.number("alpha")))
        },
        FunctionEntry(
            "gelu", topic: .numbers, "x times the probability that normal(0, 1) is below x", parameters: [.numbers()],
            returns: "a value of the same shape", example: "gelu([-1, 0, 2])"
        ) { (arguments, _) throws(CellError) in .tensor(try arguments.tensor("x").gelu()) },
        FunctionEntry(
            "swish", topic: .numbers, "x times sigmoid(x)", parameters: [.numbers()],
            returns: "a value of the same shape", example: "swish([-1, 0, 2])"
        ) { (arguments, _) throws(CellError) in .tensor(try arguments.tensor("x").swish()) },
        FunctionEntry(
            "round", topic: .numbers, "to the nearest whole number, or to so many digits after the point",
            parameters: [
                .numbers(), Parameter("digits", .integer(-15...15), default: "0", "how many digits after the point"),
            ],
            returns: "a value of the same shape", details: "Halves go to the even neighbour: `round(2.5)` is 2.",
            example: "round([3.14159, 2.71828], 2)"
        ) { (arguments, _) throws(CellError) in
            let x = try arguments.tensor("x"), digits = try arguments.integer("digits")
            // dividing by a power of ten, rather than multiplying by its inverse, gives the nearest decimal
            let scale = (0..<digits.magnitude).reduce(1.0) { product, _ in product * 10 }
            return .tensor(digits < 0 ? (x / scale).map(.round) * scale : (x * scale).map(.round) / scale)
        },
        FunctionEntry(
            "isnan", topic: .numbers, "whether each is `nan`, which marks what is missing", parameters: [.numbers()],
            returns: "true or false; for a vector or matrix, a mask", example: "isnan([1, nan, 3])"
        ) { (arguments, _) throws(CellError) in
            let found = try arguments.matrix("x").map(.isNaN)
            return found.rank == 0 ? .boolean(found.number != 0) : .mask(found)
        },
    ]
}
