/// What can be measured of a game: how near the generator's samples are to the data, and how the two players stand.
///
/// The raw values are the names that cells use; `meaning` says what each is.
public enum Measure: String, CaseIterable, Hashable, Sendable {
    case js, kl, w1, ks, mmd, energy
    case modes, hq, rkl
    case precision, recall, density, coverage
    case logLikelihood = "loglik"
    case accuracyReal = "accuracy_real"
    case accuracyFake = "accuracy_fake"
    case discriminatorOptimality = "d_optimality"
    case discriminatorGradient = "grad_d"
    case generatorGradient = "grad_g"
    case exploitability

    /// Which way a measure goes as the game gets better.
    public enum Direction: Hashable, Sendable {
        /// Lower is better.
        case lower
        /// Higher is better.
        case higher
        /// The nearer to this number the better.
        case target(Double)
    }

    /// What a measure looks at.
    public enum Subject: Hashable, Sendable {
        /// Points of the generator beside points of the data: what perfect samples would score can be measured.
        case samples
        /// The networks.
        case players
    }

    /// What it looks at.
    public var subject: Subject {
        switch self {
        case .accuracyReal, .accuracyFake, .discriminatorOptimality, .discriminatorGradient, .generatorGradient,
            .exploitability:
            .players
        default: .samples
        }
    }

    /// Which way it goes as the game gets better.
    public var direction: Direction {
        switch self {
        case .modes, .hq, .recall, .coverage, .precision, .logLikelihood: .higher
        case .density: .target(1)
        case .accuracyReal, .accuracyFake: .target(0.5)
        default: .lower
        }
    }

    /// What the number says, in one line.
    public var meaning: String {
        switch self {
        case .js: "Jensen-Shannon divergence on a grid, in nats: 0 alike, 0.693 disjoint"
        case .kl: "Kullback-Leibler divergence of the samples from the data on a grid, in nats"
        case .w1: "Wasserstein-1 distance: how far probability must be carried (in the plane sliced)"
        case .ks: "Kolmogorov-Smirnov: the largest gap between the two cdfs"
        case .mmd: "maximum mean discrepancy squared, normal kernel; about 0 when alike"
        case .energy: "energy distance: 0 only when alike"
        case .modes: "modes with at least one sample within 3 standard deviations"
        case .hq: "share of samples within 3 standard deviations of a mode"
        case .rkl: "reverse KL of the samples' shares of the modes: 0 when every mode gets its due"
        case .precision: "share of samples that lie among the data"
        case .recall: "share of the data that lies among the samples"
        case .density: "how densely the data surround the samples; 1 for perfect ones"
        case .coverage: "share of real points with a sample nearby"
        case .logLikelihood: "mean log density of the data under a kernel estimate of the samples"
        case .accuracyReal: "share of real points that D calls real; 0.5 when it can only guess"
        case .accuracyFake: "share of samples that D calls made-up; 0.5 when it can only guess"
        case .discriminatorOptimality: "mean |D - D*|, D* = p/(p + q) being the best answer to this G"
        case .discriminatorGradient: "length of the gradient of D's loss"
        case .generatorGradient: "length of the gradient of G's loss"
        case .exploitability: "what D and G would gain by \(Exploitability.usualSteps) steps alone (duality gap)"
        }
    }

    /// What the data must be for the measure to say anything, in words; empty where any data will do.
    public var needs: String {
        switch self {
        case .ks: "data on the line"
        case .modes, .hq, .rkl: "a distribution with modes"
        case .js, .kl, .density, .logLikelihood, .discriminatorOptimality: "data on the line or in the plane"
        default: ""
        }
    }

    /// Points that the generator makes for it. Those that compare all pairs make do with fewer.
    public func samples(dimension: Int) -> Int {
        switch self {
        case .js, .kl, .ks: 10_000
        case .w1, .energy: dimension == 1 ? 10_000 : self == .w1 ? 2500 : 1000
        case .modes, .hq, .rkl: 2500
        case .mmd, .precision, .recall, .density, .coverage: 1000
        case .logLikelihood: 2000
        case .accuracyReal, .accuracyFake: 2000
        case .discriminatorOptimality: 2500
        case .discriminatorGradient, .generatorGradient, .exploitability: 1000
        }
    }

    /// Why it does not apply to a game over such data; nil when it does.
    public func obstacle(in game: Game, against reference: MeasureReference) -> String? {
        let dimension = reference.dimension
        switch self {
        case .ks where dimension != 1: return "it takes numbers, and these points have \(dimension) coordinates"
        case .js, .kl, .logLikelihood, .discriminatorOptimality:
            if dimension > 2 { return "it takes points of one or two numbers, and these have \(dimension)" }
        case .modes, .hq, .rkl:
            if reference.modes == nil { return "the data have no known modes" }
        case .precision, .recall, .density, .coverage:
            if reference.points.count < 20 { return "it needs 20 real points or more" }
        default: break
        }
        let loss = game.settings.loss
        switch self {
        case .discriminatorOptimality where !loss.estimatesProbability:
            return "with the \(loss.rawValue) loss D's best answer is not p / (p + q)"
        case .accuracyReal, .accuracyFake:
            // Nothing ties these scores to a fixed point: only their differences mean something.
            if [.wasserstein, .relativistic].contains(loss) {
                return "with the \(loss.rawValue) loss D scores points and calls none of them real or made-up"
            }
        default: break
        }
        return nil
    }
}
