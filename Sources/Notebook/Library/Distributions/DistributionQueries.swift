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
            Parameter(
                "label", .oneOf([.integer(0...999), .string]), default: "",
                "of a conditional game: the class that all are to be of, by its number or its name"),
        ],
        returns: "a matrix with a row for every point, shape [n, 1] or [n, 2]", example: "sample(ring8, 5)"
    ) { (arguments, context) in
        let value = try arguments.value("d")
        guard let source = try called(value, context).object(as: (any Sampleable).self) else {
            throw notADistribution(value, arguments, "d", "it cannot be sampled")
        }
        let count = try arguments.integer("n")
        guard arguments.has("label") else {
            return .matrix(try source.sample(count: count, using: &context.random))
        }
        let label = try arguments.value("label")
        guard let game = source as? GameValue else {
            throw arguments.error("label", "is for a conditional game, not for \(value.errorDescription)")
        }
        do throws(CellError) {
            return .matrix(try game.sample(count: count, label: game.label(label), using: &context.random))
        } catch {
            throw error.placed(at: arguments.range(of: "label"))
        }
    }

    private static let pointsDetails = """
        In one dimension every number of x is a point, and the result has the shape of x. In two, a row of x is a point, and \
        the result is a column [n, 1], like D(x) of a network, so that the two can be compared.
        """

    static let densityFunction = FunctionEntry(
        "density", topic: .distributions, "the probability density at points",
        parameters: [
            Parameter("d", .any, "the distribution or model"), Parameter("x", .tensor, "the points"),
        ],
        returns: "the densities", details: pointsDetails, example: "density(bimodal, [-2, 0, 2])"
    ) { (arguments, context) in
        let distribution = try distribution(of: arguments.value("d"), arguments, "d", context)
        return .tensor(try DensityGraph.logDensity(of: distribution, at: arguments.tensor("x")).exp())
    }

    static let logDensityFunction = FunctionEntry(
        "logdensity", topic: .distributions, "the natural logarithm of the density at points",
        parameters: [
            Parameter("d", .any, "the distribution or model"), Parameter("x", .tensor, "the points"),
        ],
        returns: "the logarithms; -inf where the density is zero",
        details: pointsDetails + "\n\nThat of normal distributions and their mixtures can be differentiated.",
        example: "logdensity(normal(), [-3, 0, 3])"
    ) { (arguments, context) in
        let distribution = try distribution(of: arguments.value("d"), arguments, "d", context)
        return .tensor(try DensityGraph.logDensity(of: distribution, at: arguments.tensor("x")))
    }

    static let cumulativeFunction = FunctionEntry(
        "cdf", topic: .distributions, "the probability of a number of at most x",
        parameters: [Parameter("d", .any, "a distribution of numbers"), Parameter("x", .tensor, "the numbers")],
        returns: "the probabilities, in the shape of x", example: "cdf(normal(), [-1.96, 0, 1.96])"
    ) { (arguments, context) in
        let distribution = try distribution(of: arguments.value("d"), arguments, "d", context)
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

    /// A value as a distribution: one itself, or a fitted model that has a density.
    static func distribution(
        of value: Value, _ arguments: Arguments, _ name: String, _ context: Context
    ) throws(CellError) -> any Distribution {
        let object = try called(value, context)
        if let source = object.object(as: (any HasDensity).self) { return try source.distribution }
        throw notADistribution(value, arguments, name, "it has no density")
    }

    /// `normal` without parentheses is taken as `normal()`.
    private static func called(_ value: Value, _ context: Context) throws(CellError) -> Value {
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
            return arguments.error(name, "is of kind \(object.typeName): \(complaint)", kind: .type)
        }
        return arguments.error(
            name, "must be a distribution or a fitted model, not \(value.errorDescription)", kind: .type,
            help: "such as `ring8`, `normal(0, 1)` or `kde(x, 0.2)`")
    }
}
