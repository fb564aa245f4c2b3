import Language
import LinearAlgebra
import Probability

extension Library {
    /// Measures: of games, and of any samples.
    static func addMeasures(to registry: inout Registry) {
        registry.add(MeasureFunctions.all)
        registry.add(MeasureCommands.all)
    }
}

/// How far two samples are apart, and how well one covers the modes of a distribution.
enum MeasureFunctions {
    static let all = [
        wasserstein, discrepancy, energy, modes, neighbours, likelihood,
        divergence(
            "kl", "Kullback and Leibler's divergence Σ p ln(p / q)", of: \.kullbackLeibler, Divergence.kullbackLeibler),
        divergence("js", "Jensen and Shannon's divergence", of: \.jensenShannon, Divergence.jensenShannon),
    ]

    /// Draws that stand for a distribution, a model or a game.
    private static let draws = 10_000

    private static func sample(_ name: String, _ summary: String) -> Parameter {
        Parameter(name, .any, summary + ": points in rows, or what can be sampled")
    }

    // MARK: Distances

    private static let wasserstein = FunctionEntry(
        "w1", topic: .data,
        "Wasserstein's distance: how far probability must be carried to turn one sample into the other",
        parameters: [sample("a", "a sample"), sample("b", "another")],
        returns: "a number in the units of the samples, 0 when they are alike",
        details: """
            On the line it is exact: the area between the two cdfs. In the plane it is sliced, the mean over \
            \(Wasserstein.usualDirections) directions of the distance between the projections (Rabin et al. 2011): \
            moving a sample by v costs 2|v|/pi. A distribution, model or game stands for \(draws) draws.
            """,
        example: "w1([0, 1, 3], [5, 6, 8])"
    ) { (arguments, context) in
        var random = context.random
        let (a, b) = try pair(arguments, context, &random, "a", "b")
        return .number(try Wasserstein.sliced(a, b, using: &random))
    }

    private static let discrepancy = FunctionEntry(
        "mmd", topic: .data, "the squared maximum mean discrepancy of two samples",
        parameters: [
            sample("a", "a sample"), sample("b", "another"),
            Parameter(
                "bandwidth", .number(.leastNonzeroMagnitude ... .infinity), default: "",
                "of the normal kernel; left out: the median distance"),
        ],
        returns: "a number of about 0 when they are alike, at most 2; it may be a little below 0",
        details: """
            Gretton et al. (2012), without bias. All pairs are compared, of at most \(KernelDistances.mostPoints) random \
            points of each.
            """,
        example: "mmd(sample(ring8, 500), sample(normal2d(), 500))"
    ) { (arguments, context) in
        var random = context.random
        let (a, b) = try pair(arguments, context, &random, "a", "b", atMost: KernelDistances.mostPoints)
        let width = try arguments.optionalNumber("bandwidth")
        return .number(try KernelDistances.maximumMeanDiscrepancy(a, b, bandwidth: width))
    }

    private static let energy = FunctionEntry(
        "energy", topic: .data, "the energy distance of two samples",
        parameters: [sample("a", "a sample"), sample("b", "another")],
        returns: "2 E|a - b| - E|a - a'| - E|b - b'|, 0 only when they are alike",
        details: """
            Székely and Rizzo (2013); SciPy's `energy_distance` is its square root. In the plane all pairs are compared, of \
            at most \(KernelDistances.mostPoints) random points of each.
            """,
        example: "energy([0, 1], [0, 3])"
    ) { (arguments, context) in
        var random = context.random
        let (a, b) = try pair(arguments, context, &random, "a", "b")
        let most = a.dimension == 1 ? Int.max : KernelDistances.mostPoints
        return .number(
            try KernelDistances.energy(
                reduced(a, to: most, "a", context, &random), reduced(b, to: most, "b", context, &random)))
    }

    private static func divergence(
        _ name: String, _ summary: String, of grid: KeyPath<SampleGrid, Double> & Sendable,
        _ measure: @escaping @Sendable ([Double], [Double]) throws(DistributionError) -> Double
    ) -> FunctionEntry {
        FunctionEntry(
            name, topic: .data, summary,
            parameters: [
                Parameter("p", .any, "a vector of counts or probabilities, or a sample in rows"),
                Parameter("q", .any, "the same over the same bins, or another sample"),
                Parameter("cells", .integer(1...1000), default: "", "of samples: cells along an axis of the grid"),
            ],
            returns: "a number, in nats; 0 if they are alike",
            details: """
                Vectors are counts or probabilities over the same bins. Points in rows, such as `sample` gives, and \
                distributions, models and games are samples: both are counted on a grid over the central 99 percent of \
                p, a tenth wider on each side, with \(SampleGrid.usualCells(dimension: 1)) cells on the line and \
                \(SampleGrid.usualCells(dimension: 2)) along each axis of the plane, and one more cell for all that lies \
                outside. For kl of samples every cell starts with half a point.
                """,
            example: "\(name)([0.1, 0.4, 0.5], [0.3, 0.3, 0.4]), \(name)(sample(ring8, 5000), sample(ring8, 5000))"
        ) { (arguments, context) in
            if let p = try arguments.value("p").matrix, p.rank < 2 {
                return .number(try measure(p.values, arguments.matrix("q").values))
            }
            var random = context.random
            let (p, q) = try pair(arguments, context, &random, "p", "q")
            let found = try SampleGrid(reference: p, sample: q, cells: arguments.optionalInteger("cells"))
            return .number(found[keyPath: grid])
        }
    }

    // MARK: Modes

    private static let modes = FunctionEntry(
        "modes", topic: .data, "how well a sample covers the modes of a distribution, as in the published tables",
        parameters: [
            sample("x", "the sample"),
            Parameter("d", .any, "a distribution with modes, such as `ring8` or a `mixture`"),
        ],
        returns: "the modes reached, the share of samples of high quality, the reverse KL",
        details: """
            A sample is of high quality within 3 standard deviations of its nearest mode; a mode is reached when it has \
            such a sample; the reverse KL compares the high-quality samples' shares of the modes with their weights. The \
            published tables (PacGAN, arXiv:1712.04086) look at 2500 samples. `.reached`, `.hq`, `.rkl`, `.counts`, \
            `.missed`.
            """,
        example: "modes(sample(ring8, 2500), ring8)"
    ) { (arguments, context) in
        var random = context.random
        let points = try samplePoints(arguments, "x", context, &random, draws: ModeCoverage.publishedSamples)
        let distribution = try distribution(of: arguments.value("d"), arguments, "d", context)
        guard let modes = distribution.modes else {
            throw arguments.error(
                "d", "has no modes that are known: it is \(distribution.name)",
                help: "such as `ring8`, `grid25`, `bimodal` or `mixture(...)` of normal distributions")
        }
        return .object(ModeCoverageValue(coverage: try ModeCoverage(points, modes: modes)))
    }

    // MARK: Neighbours

    private static let neighbours = FunctionEntry(
        "prdc", topic: .data, "fidelity and variety of a sample: precision, recall, density, coverage",
        parameters: [
            sample("real", "the data"), sample("fake", "the sample"),
            Parameter("k", .integer(1...100), default: "5", "which nearest neighbour the balls reach"),
        ],
        returns: "precision, recall, density and coverage",
        details: """
            Round every point lies a ball that reaches its k-th nearest neighbour in its own sample. Precision: the share \
            of fakes in a real point's ball; recall: the share of real points in a fake's ball (Kynkäänniemi et al. 2019). \
            Density: in how many real points' balls a fake lies, over k; coverage: the share of real points with a fake in \
            their ball (Naeem et al. 2020). At most \(NeighbourMeasures.mostPoints) random points of each are compared.
            """,
        example: "precision, recall, density, coverage = prdc(ring8, sample(ring8, 1000)); coverage"
    ) { (arguments, context) in
        var random = context.random
        let (real, fake) = try pair(
            arguments, context, &random, "real", "fake", atMost: NeighbourMeasures.mostPoints)
        let found = try NeighbourMeasures(real: real, generated: fake, neighbours: arguments.integer("k"))
        return .tuple([found.precision, found.recall, found.density, found.coverage].map(Value.number))
    }

    private static let likelihood = FunctionEntry(
        "loglik", topic: .data, "the mean log density of data under a kernel estimate of a sample",
        parameters: [
            sample("x", "the data"), sample("samples", "what the density is estimated from"),
            Parameter(
                "bandwidth", .number(.leastNonzeroMagnitude...1e300), default: "",
                "of the bumps; left out: half of Scott's rule"),
        ],
        returns: "a number, in nats; higher is better",
        details: """
            Parzen's window, as in Goodfellow et al. (2014). At most \(KernelLikelihood.mostQueries) random points of the \
            data and \(KernelLikelihood.mostBumps) of the sample are taken.
            """,
        example: "loglik(bimodal, sample(bimodal, 1000), bandwidth=0.2)"
    ) { (arguments, context) in
        var random = context.random
        let (x, samples) = try pair(arguments, context, &random, "x", "samples")
        let data = reduced(x, to: KernelLikelihood.mostQueries, "x", context, &random)
        let bumps = reduced(samples, to: KernelLikelihood.mostBumps, "samples", context, &random)
        let width = try arguments.optionalNumber("bandwidth") ?? KernelLikelihood.bandwidth(for: data)
        return .number(try KernelLikelihood.meanLogLikelihood(of: data, under: bumps, bandwidth: width))
    }

    // MARK: Samples

    /// Two samples of points of one kind. `random` is a copy: measuring does not move the session's chance.
    private static func pair(
        _ arguments: Arguments, _ context: Context, _ random: inout RandomStream, _ first: String, _ second: String,
        atMost most: Int = .max
    ) throws -> (PointSet, PointSet) {
        let a = try samplePoints(arguments, first, context, &random)
        let b = try samplePoints(arguments, second, context, &random)
        guard a.dimension == b.dimension else {
            throw arguments.error(
                second, "has points of \(b.dimension) and `\(first)` points of \(a.dimension) numbers", kind: .shape)
        }
        return (
            reduced(a, to: most, first, context, &random), reduced(b, to: most, second, context, &random)
        )
    }

    /// Points as they are, or draws of what can be sampled.
    private static func samplePoints(
        _ arguments: Arguments, _ name: String, _ context: Context, _ random: inout RandomStream, draws: Int = draws
    ) throws -> PointSet {
        let value = try arguments.value(name)
        if let points = value.matrix { return try arguments.placing(at: name) { try PointSet(points) } }
        let source = try sampleable(value, arguments, name, context)
        return try PointSet(source.sample(count: draws, using: &random))
    }

    /// So many of the points at random, with a remark.
    private static func reduced(
        _ points: PointSet, to most: Int, _ name: String, _ context: Context, _ random: inout RandomStream
    ) -> PointSet {
        guard points.count > most else { return points }
        context.emit(.note("`\(name)` has \(points.count) points; \(most) of them are taken at random"))
        return points.shuffled(most, using: &random)
    }

    private static func sampleable(
        _ value: Value, _ arguments: Arguments, _ name: String, _ context: Context
    ) throws -> any Sampleable {
        if let source = value.object(as: (any Sampleable).self) { return source }
        return DistributionValue(try Library.distribution(of: value, arguments, name, context))
    }

    private static func distribution(
        of value: Value, _ arguments: Arguments, _ name: String, _ context: Context
    ) throws -> any Distribution {
        try Library.distribution(of: value, arguments, name, context)
    }
}

/// How a sample covers modes, as cells see it.
struct ModeCoverageValue: ObjectValue {
    let coverage: ModeCoverage

    var typeName: String { "coverage" }

    func describe(width: Int) -> String {
        let share = (100 * coverage.highQualityShare).significant(3)
        var lines = [
            "\(coverage.reached) of \(coverage.counts.count) modes, \(share) % of high quality, reverse KL "
                + coverage.reverseKullbackLeibler.significant(3)
        ]
        let missed = coverage.missed
        if !missed.isEmpty, missed.count <= 12 {
            lines.append("not reached: modes " + missed.map(String.init).joined(separator: ", ") + " (from 0)")
        }
        return lines.joined(separator: "\n")
    }

    var memberNames: [String] { ["reached", "hq", "rkl", "counts", "missed"] }

    func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "reached": .integer(coverage.reached)
        case "hq": .number(coverage.highQualityShare)
        case "rkl": .number(coverage.reverseKullbackLeibler)
        case "counts": .vector(coverage.counts.map(Double.init))
        case "missed": .vector(coverage.missed.map(Double.init))
        default: nil
        }
    }
}
