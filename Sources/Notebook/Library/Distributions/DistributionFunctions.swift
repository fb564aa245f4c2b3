import Autodiff
import Language
import LinearAlgebra
import Probability

extension Library {
    /// Distributions, and what can be asked of them.
    static func addDistributions(to registry: inout Registry) {
        registry.add(distributionsOfNumbers)
        registry.add(distributionsFromData)
        registry.add(distributionsOfPoints)
        registry.add(curves)
        registry.add([sampleFunction, densityFunction, logDensityFunction, cumulativeFunction])
        registry.add(distributionConstants)
    }

    /// An entry whose body makes a distribution.
    static func maker(
        _ name: String, _ summary: String, _ parameters: [Parameter], details: String = "", example: String,
        _ make: @escaping @Sendable (Arguments) throws -> any Distribution
    ) -> FunctionEntry {
        FunctionEntry(
            name, topic: .distributions, summary, parameters: parameters, returns: "a distribution", details: details,
            example: example
        ) { (arguments, _) in
            .object(DistributionValue(try make(arguments)))
        }
    }

    /// A number above zero.
    static func positive(_ name: String, _ value: String?, _ summary: String) -> Parameter {
        let range = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
        return Parameter(name, .number(range), default: value, summary)
    }

    private static func free(_ name: String, _ value: String?, _ summary: String) -> Parameter {
        Parameter(name, .number(nil), default: value, summary)
    }

    // MARK: One dimension

    private static let distributionsOfNumbers: [FunctionEntry] = [
        maker(
            "normal", "the bell curve",
            [free("mean", "0", "its middle"), positive("sd", "1", "its standard deviation")],
            example: "density(normal(0, 1), 0)"
        ) { try Normal(mean: $0.number("mean"), sd: $0.number("sd")) },
        maker(
            "uniform", "all numbers of an interval, evenly",
            [free("low", "0", "the lower end"), free("high", "1", "the upper end")],
            example: "sample(uniform(-1, 1), 5)"
        ) { try Uniform(low: $0.number("low"), high: $0.number("high")) },
        maker(
            "laplace", "a peak with exponential flanks",
            [free("mean", "0", "its middle"), positive("scale", "1", "the mean distance from it")],
            example: "laplace(0, 1).std"
        ) { try Laplace(mean: $0.number("mean"), scale: $0.number("scale")) },
        maker(
            "exponential", "waiting times without memory", [positive("rate", "1", "events in a unit of time")],
            example: "cdf(exponential(2), 1)"
        ) { try Exponential(rate: $0.number("rate")) },
        maker(
            "logistic", "the distribution whose cdf is the sigmoid",
            [free("mean", "0", "its middle"), positive("scale", "1", "its width")],
            example: "cdf(logistic(), [-2, 0, 2])"
        ) { try Logistic(mean: $0.number("mean"), scale: $0.number("scale")) },
        maker(
            "cauchy", "tails so heavy that there is no mean",
            [free("location", "0", "its middle"), positive("scale", "1", "half the distance of the quartiles")],
            example: "sample(cauchy(), 5)"
        ) { try Cauchy(location: $0.number("location"), scale: $0.number("scale")) },
        maker(
            "student_t", "Student's t: heavy tails, lighter the more degrees of freedom",
            [
                positive("df", nil, "degrees of freedom: 1 is cauchy, infinity is normal"),
                free("location", "0", "its middle"), positive("scale", "1", "its width"),
            ], example: "student_t(5).std"
        ) { try StudentT(degrees: $0.number("df"), location: $0.number("location"), scale: $0.number("scale")) },
        maker(
            "lognormal", "exp of a normal number",
            [free("mu", "0", "the mean of ln x"), positive("sigma", "1", "the standard deviation of ln x")],
            example: "lognormal(0, 0.5).mean"
        ) { try LogNormal(mu: $0.number("mu"), sigma: $0.number("sigma")) },
        maker(
            "beta", "shares between 0 and 1",
            [positive("a", nil, "weight towards 1"), positive("b", nil, "weight towards 0")], example: "beta(2, 5).mean"
        ) { try Beta(a: $0.number("a"), b: $0.number("b")) },
    ]

    // MARK: Made of data, or of other distributions

    private static let distributionsFromData: [FunctionEntry] = [
        FunctionEntry(
            "mixture", topic: .distributions, "one of several distributions, chosen by weight",
            parameters: [
                Parameter("distributions", .list(of: .any), "what is mixed: distributions of the same dimension"),
                Parameter("weights", .list(of: .number()), default: "", "the share of each; all alike if left out"),
            ],
            returns: "a distribution", details: "Only the ratios of the weights matter.",
            example: "mixture([normal(-2, 0.5), normal(2, 0.5)], [0.3, 0.7])"
        ) { (arguments, context) in
            var parts: [any Distribution] = []
            for value in try arguments.list("distributions") {
                parts.append(try distribution(of: value, arguments, "distributions", context))
            }
            let weights = arguments.has("weights") ? try arguments.numbers("weights") : nil
            let mixture = try arguments.placing(at: "weights") { try Mixture(parts, weights: weights) }
            return .object(DistributionValue(mixture))
        },
        maker(
            "histogram_of", "a histogram as a distribution: a bin by its share, then evenly within it",
            [Parameter("x", .tensor, "the numbers"), binsParameter], details: binsDetails,
            example: "histogram_of([1, 2, 2, 3, 3, 3], 3)"
        ) { arguments in
            try arguments.placing(at: "x") {
                try HistogramDistribution(Histogram(arguments.matrix("x").values, bins: bins(of: arguments)))
            }
        },
        maker(
            "kde", "a small bell on every number, and their average",
            [
                Parameter("x", .tensor, "the numbers; or points of the plane, shape [n, 2]"),
                Parameter(
                    "bandwidth",
                    .oneOf([
                        .number(.leastNonzeroMagnitude ... .greatestFiniteMagnitude), .choice(["silverman", "scott"]),
                    ]), default: "silverman", "the standard deviation of each bell, or the rule that chooses it"),
            ],
            details: """
                `silverman` is 0.9 min(sd, IQR / 1.34) n^(-1/5) (Silverman 1986), `scott` is 1.06 sd n^(-1/5) (Scott 1992). \
                Both suit a single bump; where there are several they smooth too much. In the plane both mean sd n^(-1/6).
                """,
            example: "kde([1.8, 2.0, 4.1, 4.4], 0.3)"
        ) { arguments in
            let points = try arguments.matrix("x")
            if points.rank == 2, points.columns == 2 {
                let bandwidth = try arguments.value("bandwidth").number
                return try arguments.placing(at: "x") {
                    try RoundMixture.kernelDensity(of: points, bandwidth: bandwidth)
                }
            }
            let bandwidth: KernelDensity.Bandwidth
            switch try arguments.value("bandwidth") {
            case .string("scott"): bandwidth = .scott
            case .string: bandwidth = .silverman
            default: bandwidth = .fixed(try arguments.number("bandwidth"))
            }
            return try arguments.placing(at: "x") {
                try KernelDensity(points.values, bandwidth: bandwidth)
            }
        },
    ]
}

// MARK: Bins, which `histogram` takes as well

extension Library {
    static let binsParameter = Parameter(
        "bins",
        .oneOf([.integer(1...1_000_000), .choice(["auto", "fd", "sturges"]), .list(of: .number())]), default: "auto",
        "how many of equal width, or a rule, or the list of their edges")

    static let binsDetails = """
        The rules: `sturges` is log2(n) + 1 bins; `fd` (Freedman and Diaconis) makes them 2 IQR n^(-1/3) wide; `auto` \
        is the finer of `fd` and of Rice's 2 n^(1/3) bins, 5 to 60 of them, and what `plot histogram` takes. A bin holds \
        its lower edge, the last one its upper edge too.
        """

    static func bins(of arguments: Arguments) throws -> Histogram.Bins {
        switch try arguments.value("bins") {
        case .string("fd"): return .freedmanDiaconis
        case .string("sturges"): return .sturges
        case .string: return .automatic
        case let value:
            if let count = value.integer { return .count(count) }
            return .edges(try arguments.numbers("bins"))
        }
    }
}
