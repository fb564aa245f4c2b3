import Language
import LinearAlgebra
import Probability

extension Library {
    static let histogram = FunctionEntry(
        "histogram", topic: .data, "count numbers in bins",
        parameters: [Parameter("x", .tensor, "the numbers"), binsParameter],
        returns: "the counts, and the edges of the bins", details: binsDetails,
        example: "counts, edges = histogram([1, 2, 2, 3, 3, 3], 3); counts"
    ) { (arguments, _) in
        let histogram = try arguments.placing(at: "x") {
            try Histogram(arguments.matrix("x").values, bins: bins(of: arguments))
        }
        return .tuple([.vector(histogram.counts.map { Double($0) }), .vector(histogram.edges)])
    }

    static let kolmogorovSmirnov = FunctionEntry(
        "ks", topic: .data,
        "the largest distance between the cdf of a sample and that of a distribution or another sample",
        parameters: [
            Parameter("x", .tensor, "the sample"),
            Parameter("other", .any, "a distribution of numbers, or a second sample"),
        ],
        returns: "Kolmogorov and Smirnov's statistic, between 0 and 1",
        details: "A sample of n from the distribution itself exceeds 1.36 / sqrt(n) once in twenty times.",
        example: "ks(sample(normal(), 100), normal())"
    ) { (arguments, context) in
        let sample = try cumulative("x", arguments)
        let other = try arguments.value("other")
        if other.matrix != nil { return .number(sample.distance(to: try cumulative("other", arguments))) }
        let distribution = try distribution(of: other, arguments, "other", context)
        guard distribution.cumulative(at: 0) != nil else {
            throw arguments.error(
                "other", "must be a distribution of numbers with a known cdf; \(distribution.name) has none")
        }
        return .number(sample.distance { distribution.cumulative(at: $0) ?? .nan })
    }

    /// The cdf of numbers: of points in rows there is none that could be ordered.
    private static func cumulative(_ name: String, _ arguments: Arguments) throws -> EmpiricalCumulative {
        let numbers = try arguments.matrix(name)
        guard numbers.rank < 2 || min(numbers.rows, numbers.columns) < 2 else {
            throw arguments.error(
                name, "has points of \(numbers.columns) numbers, and the statistic takes numbers", kind: .shape,
                help: "one column, such as x[:, 0]; `energy` and `mmd` take points of the plane")
        }
        return try arguments.placing(at: name) { try EmpiricalCumulative(numbers.values) }
    }
}
