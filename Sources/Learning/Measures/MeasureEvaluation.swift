import LinearAlgebra
import Probability

extension Measure {
    /// The stream that a game is measured with: it depends on where the game stands and changes nothing in it, so that a
    /// game that is watched plays on as if nobody looked.
    public static func stream(of game: Game) -> RandomStream {
        var copy = game.random
        var child = copy.split()
        return child.split()
    }

    /// One measure of a game as it stands; NaN when it does not apply.
    ///
    /// - Parameter reference: nil: the game's own data.
    public func evaluate(_ game: Game, against reference: MeasureReference? = nil) throws(LearningError) -> Double {
        try Measure.evaluate([self], game, against: reference)[self] ?? .nan
    }

    /// Several measures of a game as it stands, from one draw of points; those that do not apply are left out, as are those
    /// of samples that these points do not allow: where all are the same there is no distance to compare others with.
    ///
    /// - Parameters:
    ///   - reference: what it is measured against; nil: the game's own data.
    ///   - random: where noise and choices of real points come from; nil: `stream(of:)`.
    /// - Throws: `LearningError` when the points do not fit the game.
    /// - Complexity: at most 10 000 points, and 1 000 of each side where all pairs are compared: some milliseconds each.
    public static func evaluate(
        _ measures: [Measure], _ game: Game, against reference: MeasureReference? = nil, random: RandomStream? = nil
    ) throws(LearningError) -> [Measure: Double] {
        var random = random ?? stream(of: game)
        let reference: MeasureReference =
            if let reference { reference } else { try MeasureReference(game, using: &random) }
        let measures = measures.filter { $0.obstacle(in: game, against: reference) == nil }
        if measures.isEmpty { return [:] }
        let draw = try MeasureDraw(for: measures, game, reference, &random)
        var samples = SampleMeasures(measures, draw, reference.modes, random.split())
        var players = PlayerMeasures(game, draw, reference.modes, random.split())
        var values: [Measure: Double] = [:]
        for measure in measures {
            values[measure] =
                measure.subject == .samples ? try? samples.value(of: measure) : try players.value(of: measure)
        }
        return values
    }

    /// What perfect samples score: the measures of samples with a second draw from the data in the generator's place, and
    /// for the players what they come to at the equilibrium.
    ///
    /// Of data with too few points for two full draws, each half is one: the floor is then too high, or missing.
    public static func floor(
        _ measures: [Measure], _ reference: MeasureReference, random: RandomStream = RandomStream(seed: 1)
    ) -> [Measure: Double] {
        var random = random
        let draw = MeasureDraw(ofDataTwice: reference, for: measures, &random)
        var samples = SampleMeasures(measures, draw, reference.modes, random.split())
        var values: [Measure: Double] = [:]
        for measure in measures {
            switch (measure.subject, measure.direction) {
            case (.samples, _): values[measure] = try? samples.value(of: measure)
            case (.players, .target(let number)): values[measure] = number
            case (.players, _): values[measure] = 0
            }
        }
        return values
    }
}

/// Measures of generated points beside real ones; what several need is computed once.
struct SampleMeasures {
    private let draw: MeasureDraw
    private let modes: [Mode]?
    private var random: RandomStream
    private var grid: SampleGrid?
    private var coverage: ModeCoverage?
    private var neighbours: NeighbourMeasures?
    private var distances: (maximumMeanDiscrepancy: Double, energy: Double)?
    /// Whether both measures that compare all pairs are wanted.
    private let sharesPairs: Bool

    init(_ measures: [Measure], _ draw: MeasureDraw, _ modes: [Mode]?, _ random: RandomStream) {
        sharesPairs = measures.contains(.mmd) && measures.contains(.energy) && draw.real.dimension > 1
        self.draw = draw
        self.modes = modes
        self.random = random
    }

    mutating func value(of measure: Measure) throws(LearningError) -> Double {
        do throws(DistributionError) {
            switch measure {
            case .js: return try gridOfBoth().jensenShannon
            case .kl: return try gridOfBoth().kullbackLeibler
            case .modes: return Double(try modeCoverage().reached)
            case .hq: return try modeCoverage().highQualityShare
            case .rkl: return try modeCoverage().reverseKullbackLeibler
            case .precision: return try neighbourMeasures().precision
            case .recall: return try neighbourMeasures().recall
            case .density: return try neighbourMeasures().density
            case .coverage: return try neighbourMeasures().coverage
            default: return try distance(measure)
            }
        } catch { throw .engine(error.message) }
    }

    private mutating func distance(_ measure: Measure) throws(DistributionError) -> Double {
        let count = measure.samples(dimension: draw.real.dimension)
        let (real, generated) = (draw.real.prefix(count), draw.generated.prefix(count))
        switch measure {
        case .w1: return try Wasserstein.sliced(real, generated, using: &random)
        case .ks:
            return try EmpiricalCumulative(real.coordinates[0]).distance(to: .init(generated.coordinates[0]))
        case .mmd where sharesPairs: return try pairDistances(real, generated).maximumMeanDiscrepancy
        case .energy where sharesPairs: return try pairDistances(real, generated).energy
        case .mmd: return try KernelDistances.maximumMeanDiscrepancy(real, generated)
        case .energy: return try KernelDistances.energy(real, generated)
        case .logLikelihood:
            let width = try KernelLikelihood.bandwidth(for: real, modes: modes)
            return try KernelLikelihood.meanLogLikelihood(
                of: real.prefix(KernelLikelihood.mostQueries), under: generated, bandwidth: width)
        default: return .nan
        }
    }

    private mutating func pairDistances(
        _ real: PointSet, _ generated: PointSet
    ) throws(DistributionError) -> (maximumMeanDiscrepancy: Double, energy: Double) {
        if let distances { return distances }
        let found = try KernelDistances.both(real, generated)
        distances = found
        return found
    }

    private mutating func gridOfBoth() throws(DistributionError) -> SampleGrid {
        if let grid { return grid }
        let found = try SampleGrid(reference: draw.real, sample: draw.generated)
        grid = found
        return found
    }

    private mutating func modeCoverage() throws(DistributionError) -> ModeCoverage {
        if let coverage { return coverage }
        let found = try ModeCoverage(draw.generated.prefix(ModeCoverage.publishedSamples), modes: modes ?? [])
        coverage = found
        return found
    }

    private mutating func neighbourMeasures() throws(DistributionError) -> NeighbourMeasures {
        if let neighbours { return neighbours }
        let most = NeighbourMeasures.mostPoints
        let found = try NeighbourMeasures(real: draw.real.prefix(most), generated: draw.generated.prefix(most))
        neighbours = found
        return found
    }
}
