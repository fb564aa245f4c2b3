import LinearAlgebra

/// What can be measured of a game: how near the generator's samples are to the data, and how the two players stand.
///
/// The raw values are the names that cells use; `meaning(modes:)` says what each is.
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

    /// What the number says, in a few words.
    /// - Parameter count: how many modes the data have, where that is known.
    public func meaning(modes count: Int? = nil) -> String {
        switch self {
        case .js: "Jensen-Shannon, grid; 0 to 0.693"
        case .kl: "Kullback-Leibler, grid"
        case .w1: "how far probability is carried"
        case .ks: "largest gap between the cdfs"
        case .mmd: "maximum mean discrepancy squared"
        case .energy: "energy distance"
        case .modes: "modes reached" + (count.map { ", of \($0)" } ?? "")
        case .hq: "samples within 3 sd of a mode"
        case .rkl: "uneven shares of the modes"
        case .precision: "samples that lie among the data"
        case .recall: "data that lie among the samples"
        case .density: "how data crowd round the samples"
        case .coverage: "data with a sample nearby"
        case .logLikelihood: "data's log density under samples"
        case .accuracyReal: "real points that D calls real"
        case .accuracyFake: "samples that D calls made-up"
        case .discriminatorOptimality: "mean |D - p/(p+q)|"
        case .discriminatorGradient: "length of D's gradient"
        case .generatorGradient: "length of G's gradient"
        case .exploitability: "what D or G gain playing alone"
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

    /// Why it does not apply to a game; nil when it does.
    public func obstacle(in game: Game) -> String? {
        packing(of: game)
            ?? obstacle(
                of: game.settings.loss, dimension: game.data.dimension,
                hasModes: game.data.distribution?.modes?.isEmpty == false, points: game.data.points?.rows ?? .max,
                isFlat: game.data.points.map(Self.isFlat) ?? false)
    }

    /// Why it does not apply to a game that is measured against such data; nil when it does.
    public func obstacle(in game: Game, against reference: MeasureReference) -> String? {
        packing(of: game) ?? classes(of: game, reference)
            ?? obstacle(
                of: game.settings.loss, dimension: reference.dimension, hasModes: reference.modes != nil,
                points: reference.points.count, isFlat: reference.points.coordinates.contains(where: Self.isFlat))
    }

    /// Whether some number is the same in all points: no bump then has a width that would suit it.
    private static func isFlat(_ points: Matrix<Float>) -> Bool {
        (0..<points.columns).contains { isFlat(points.column($0)) }
    }

    private static func isFlat<Number: Equatable>(_ line: [Number]) -> Bool { line.allSatisfy { $0 == line[0] } }

    /// A D that is told of classes judges a point together with its own.
    private func classes(of game: Game, _ reference: MeasureReference) -> String? {
        guard game.classes > 0, reference.labels == nil else { return nil }
        return [.accuracyReal, .discriminatorOptimality].contains(self)
            ? "D judges points together with their classes, and those of these real points are not known" : nil
    }

    /// A D that judges several points at a time says nothing of a single one.
    private func packing(of game: Game) -> String? {
        let count = game.settings.packing
        if game.settings.minibatchKernels > 0, self == .discriminatorOptimality {
            return "D judges points by their batches too, so its best answer is not p / (p + q)"
        }
        return subject == .players && count > 1 ? "D judges \(count) points at a time" : nil
    }

    private func obstacle(
        of loss: Game.Loss, dimension: Int, hasModes: Bool, points: Int, isFlat: Bool
    ) -> String? {
        let needsWidth = [.logLikelihood, .discriminatorOptimality].contains(self)
        if needsWidth, isFlat, !hasModes { return "a number that is the same in all real points has no density" }
        return switch self {
        case .ks: dimension == 1 ? nil : "it takes numbers, and these points have \(dimension) coordinates"
        case .js, .kl, .logLikelihood:
            dimension <= 2 ? nil : Self.fewNumbers(dimension)
        case .modes, .hq, .rkl: hasModes ? nil : "the data have no known modes"
        case .precision, .recall, .density, .coverage: points >= 20 ? nil : "20 real points or more are needed"
        case .discriminatorOptimality:
            if !loss.estimatesProbability {
                "with the \(loss.rawValue) loss D's best answer is not p / (p + q)"
            } else {
                dimension <= 2 ? nil : Self.fewNumbers(dimension)
            }
        case .accuracyReal, .accuracyFake:
            // Nothing ties such scores to a fixed point: only their differences mean something.
            [.wasserstein, .relativistic].contains(loss)
                ? "with the \(loss.rawValue) loss D scores points and calls none of them real or made-up" : nil
        case .w1, .mmd, .energy, .discriminatorGradient, .generatorGradient, .exploitability: nil
        }
    }

    private static func fewNumbers(_ dimension: Int) -> String {
        "only for points of one or two numbers, and these have \(dimension)"
    }
}
