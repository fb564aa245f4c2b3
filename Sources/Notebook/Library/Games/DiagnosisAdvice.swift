import Foundation
import Language
import Learning
import Words

/// The settings of a game that may mend what a diagnosis found.
///
/// Their order is measured: games that had failed were played on under each setting alone, over five seeds, as many steps as
/// before. G running from mode to mode (the recipe `collapse`): `lr_g` mended 1 of 5, `beta1=0` 1, `d_steps=5`, R1, other
/// losses none; `lr_g`, `beta1=0` and `d_steps=5` together 5 of 5, on the grid too. Circles (the recipe `circling`): `r1=1` and
/// `beta1=0` 5 of 5, `lr` a quarter as long 3, `r1=0.1` 1, averages, extragradient, optimistic steps none; without momentum
/// (critics that are lines, plain descent) R1, extragradient and optimistic steps 5 of 5, averages 1. Jitter round a ring: an
/// average of a tenth of the steps brought js furthest down. D that has won (the recipe `vanishing`): `loss=nonsaturating`,
/// `r1=0.1`, noise of half the gap 5 of 5; a D four times slower, or a faster G, none.
struct DiagnosisAdvice {
    private let diagnosis: Diagnosis
    private let evidence: GameEvidence
    private let game: Game
    private let options: [String]

    /// - Parameter options: the names of the settings that a game can have.
    init(_ diagnosis: Diagnosis, _ game: Game, options: [String]) {
        self.diagnosis = diagnosis
        evidence = diagnosis.evidence
        self.game = game
        self.options = options
    }

    /// Modes are lost because G runs from one to the other.
    var isWandering: Bool { diagnosis.state == .modesLost && evidence.wanders }

    /// A heading, and a line a setting; none where nothing is the matter.
    var lines: [String] {
        let remedies = remedies
        let settings = remedies.map { "  \($0.name)=\($0.value)" }
        let width = settings.map(\.count).max() ?? 0
        let advice = zip(settings, remedies).map { setting, remedy in
            TextWidth.padded(setting, to: width) + "  " + remedy.reason
        }
        let heading = isWandering ? "settings that may help, best together:" : "settings that may help:"
        return advice.isEmpty ? [] : [heading] + advice + largerD
    }

    /// What no setting mends: a D that is too small, or one straight line.
    private var largerD: [String] {
        let sizes = game.discriminator.model.sizes
        guard diagnosis.state == .generatorWon else { return [] }
        guard sizes.count == 2 else { return ["a larger D may be needed too"] }
        return [
            "but D has no hidden layer, and can tell little more than the means apart:",
            "a game with D = mlp(\(sizes[0]), 32, 1) may go better",
        ]
    }

    /// A setting of a game, and why.
    struct Remedy: Hashable {
        let name: String
        let value: String
        let reason: String

        init(_ name: String, _ value: String, _ reason: String) {
            self.name = name
            self.value = value
            self.reason = reason
        }
    }

    /// The settings most likely to help, the best first; none that is set already.
    var remedies: [Remedy] {
        let found: [Remedy?] =
            switch diagnosis.state {
            case .unplayed, .learning, .converged: []
            case .discriminatorWon:
                [
                    game.settings.loss == .minimax
                        ? Remedy("loss", "nonsaturating", "steep where D is sure") : nil,
                    r1(0.1, "D's slope at the data is held back"),
                    game.settings.instanceNoise.deviation > 0
                        ? nil : Remedy("instance_noise", "\(noise)", "half the gap: data and samples overlap again"),
                    rate("lr_d", rateD / 4, "a slower D"),
                ]
            case .generatorWon:
                [
                    penalties.r1 > 0
                        ? rate("r1", penalties.r1 / 10, "D is held back less") : nil,
                    rate("lr_d", max(4 * rateD, 2 * rateG), "a faster D"),
                    Remedy("d_steps", "\(game.settings.discriminatorSteps + 2)", "D moves more often"),
                ]
            case .modesLost: isWandering ? ofWandering : ofLostModes
            case .oscillating: ofCircles
            case .diverging:
                [
                    game.settings.loss == .wasserstein && penalties == Game.Penalties()
                        ? Remedy("gp", "1", "without a bound on its slope this D has no best answer") : nil,
                    rate("lr", min(rateD, rateG) / 10, "shorter steps"), r1(0.1, "D's slope is held back"),
                ]
            case .stalled:
                [
                    rate("lr", 3 * max(rateD, rateG), "longer steps"), r1(0.1, "D's slope at the data is held back"),
                    Remedy("d_steps", "\(game.settings.discriminatorSteps + 1)", "D moves more often"),
                ]
            }
        return Array(found.compactMap { $0 }.filter { options.contains($0.name) }.prefix(3))
    }

    /// G runs from mode to mode: it must meet a D that knows where it is now.
    private var ofWandering: [Remedy?] {
        [
            rate("lr_g", min(rateG, rateD) / 2, "G does not run to one mode before D notices"),
            lessMomentum("momentum carries G past what D says now"),
            game.settings.discriminatorSteps < 5 ? Remedy("d_steps", "5", "D keeps up with G") : nil,
            r1(0.1, "D's slope at the data is held back"),
        ]
    }

    /// Always the same modes are missing.
    private var ofLostModes: [Remedy?] {
        [
            rateG < rateD / 4 ? rate("lr_g", rateD, "a G so slow does not get from mode to mode") : nil,
            r1(0.1, "D's slope at the data is held back"),
            penalties.r2 > 0 ? nil : Remedy("r2", "0.1", "and D's slope at the samples"),
            game.settings.loss == .relativistic
                ? nil : Remedy("loss", "relativistic", "each sample is judged beside a real point"),
            game.settings.discriminatorSteps < 5 ? Remedy("d_steps", "5", "D moves more often") : nil,
        ]
    }

    /// Circles close round the data are cut across by an average; wide ones have to be damped first.
    private var ofCircles: [Remedy?] {
        let average = game.settings.averageDecay == nil ? Remedy("ema", memory, "averages come to rest") : nil
        let isNarrow = (evidence.looks.map(\.distance).max() ?? 0) < 0.3
        return [
            isNarrow ? average : nil, r1(1, "D's slope at the data is held back, which damps"),
            lessMomentum("momentum drives the circles"),
            game.generator.optimiser.rule == .sgd && game.settings.dynamics == .plain
                ? Remedy("dynamics", "extragradient", "each looks a step ahead") : nil,
            rate("lr", min(rateD, rateG) / 4, "shorter steps make narrower circles"),
        ]
    }

    private var penalties: Game.Penalties { game.settings.penalties }
    private var rateD: Double { game.discriminator.optimiser.learningRate }
    private var rateG: Double { game.generator.optimiser.learningRate }

    private func rate(_ name: String, _ value: Double, _ reason: String) -> Remedy {
        Remedy(name, value.significant(2), reason)
    }

    /// R1 of this weight, where it is weaker.
    private func r1(_ weight: Double, _ reason: String) -> Remedy? {
        penalties.r1 < weight ? Remedy("r1", weight.significant(2), reason) : nil
    }

    private func lessMomentum(_ reason: String) -> Remedy? {
        guard case .adam(let beta1, _, _) = game.generator.optimiser.rule, beta1 > 0 else { return nil }
        return Remedy("beta1", "0", reason)
    }

    /// An average that remembers a tenth of the steps played: with a longer memory it would still hold the beginning.
    private var memory: String {
        let steps = min(max(Double(game.steps) / 10, 2), 1000)
        // Rounded down: rounded up, 0.9975 would remember a quarter more.
        return ((1000 * (1 - 1 / steps) + 1e-9).rounded(.down) / 1000).significant(3)
    }

    /// Half of the gap between the samples and the data, so that both lie under the noise. Sliced, a shift in the plane is told
    /// as 2/π of its length.
    private var noise: String {
        let along = game.data.dimension == 2 ? Double.pi / 2 : 1
        let gap = (evidence.looks.last?.distance ?? 0.2) * evidence.spread * along
        return max(gap / 2, 0.01).significant(2)
    }
}
