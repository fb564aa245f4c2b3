import Autodiff
import Language
import LinearAlgebra
import Probability

extension Library {
    static let sampleFunction = FunctionEntry(
        "sample", topic: .distributions, "draw points from a distribution or a fitted model",
        parameters: [
            Parameter("d", .any, "the distribution or model"),
            Parameter("n", .integer(0...20_000_000), default: "1", "how many points"),
        ],
        returns: "a matrix with a row for every point, shape [n, 1] or [n, 2]", example: "sample(ring8, 5)"
    ) { (arguments, context) in
        let source: any Sampleable = try object(arguments, "d", context, "it cannot be sampled")
        return .matrix(try source.sample(try arguments.integer("n"), using: &context.random))
    }

    private static let pointsDetails = """
        In one dimension every number of x is a point, and the result has the shape of x. In two, a row of x is a point, and \
        the result is a vector with one number for each.
        """

    static let densityFunction = FunctionEntry(
        "density", topic: .distributions, "the probability density at points",
        parameters: [
            Parameter("d", .any, "the distribution or model"), Parameter("x", .tensor, "the points"),
        ],
        returns: "the densities", details: pointsDetails, example: "density(bimodal, [-2, 0, 2])"
    ) { (arguments, context) in
        let source: any HasDensity = try object(arguments, "d", context, "it has no density")
        return .tensor(try source.logDensity(at: try arguments.tensor("x")).exp())
    }

    static let logDensityFunction = FunctionEntry(
        "logdensity", topic: .distributions, "the natural logarithm of the density at points",
        parameters: [
            Parameter("d", .any, "the distribution or model"), Parameter("x", .tensor, "the points"),
        ],
        returns: "the logarithms; -inf where the density is zero",
        details: pointsDetails + "\n\nThat of normal distributions and their mixtures can be differentiated.",
        example: "sum(logdensity(normal(), sample(normal(), 100)))"
    ) { (arguments, context) in
        let source: any HasDensity = try object(arguments, "d", context, "it has no density")
        return .tensor(try source.logDensity(at: try arguments.tensor("x")))
    }

    static let cumulativeFunction = FunctionEntry(
        "cdf", topic: .distributions, "the probability of a number of at most x",
        parameters: [Parameter("d", .any, "a distribution of numbers"), Parameter("x", .tensor, "the numbers")],
        returns: "the probabilities, in the shape of x", example: "cdf(normal(), [-1.96, 0, 1.96])"
    ) { (arguments, context) in
        let distribution = try holder(arguments.value("d"), arguments, "d", context).distribution
        let points = try arguments.matrix("x")
        var values: [Double] = []
        for x in points.values {
            guard let value = distribution.cumulative(at: x) else {
                throw arguments.error(
                    "d", "must be a distribution of numbers with a known cdf; \(distribution.name) has none")
            }
            values.append(value)
        }
        return .matrix(Matrix(shape: points.shape, values: values))
    }

    /// An argument as an object with a certain ability, and an error that helps where it has not.
    private static func object<T>(
        _ arguments: Arguments, _ name: String, _ context: Context, _ complaint: String
    ) throws -> T {
        let value = try arguments.value(name)
        if let found = (try called(value, context)).object(as: T.self) { return found }
        throw notADistribution(value, arguments, name, complaint)
    }

    /// A value as a distribution in one or two dimensions.
    static func holder(
        _ value: Value, _ arguments: Arguments, _ name: String, _ context: Context
    ) throws -> any DistributionHolder {
        if let found = (try called(value, context)).object(as: (any DistributionHolder).self) { return found }
        throw notADistribution(value, arguments, name, "it is no distribution in one or two dimensions")
    }

    /// `normal` without parentheses is taken as `normal()`.
    private static func called(_ value: Value, _ context: Context) throws -> Value {
        guard case .builtin(let entry) = value, entry.topic == .distributions,
            entry.parameters.allSatisfy({ !$0.isRequired })
        else { return value }
        return try context.call(value, [])
    }

    private static func notADistribution(
        _ value: Value, _ arguments: Arguments, _ name: String, _ complaint: String
    ) -> CellError {
        if case .builtin(let entry) = value, entry.topic == .distributions {
            return arguments.error(
                name, "is the function `\(entry.name)`, not a distribution", kind: .type,
                help: "give its parameters: `\(entry.example)`")
        }
        if case .object(let object) = value {
            return arguments.error(name, "is \(object.typeName): \(complaint)", kind: .type)
        }
        return arguments.error(
            name, "must be a distribution or a fitted model, not \(value.errorDescription)", kind: .type,
            help: "such as `ring8`, `normal(0, 1)` or `kde(x, 0.2)`")
    }
}
