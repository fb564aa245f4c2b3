import Language
import Learning

/// One rule of a game that cells can name: `gan` and `set` take it as an option, `compare` and `sweep` try values of it.
struct GameKnob: Sendable {
    /// A name that is no rule: why it cannot be set like this.
    struct Refusal: Error { let reason: String }

    /// How it is given; its default is what a new game has.
    let parameter: Parameter
    /// What it is in these rules; nil where there is no one answer.
    let read: @Sendable (Game.Rules) -> Value?
    /// Puts a value that fits `parameter` into rules.
    let write: @Sendable (Value, inout Game.Rules) throws(Refusal) -> Void

    /// Its name in cells.
    var name: String { parameter.name }

    /// The rule's value in words: `0.001`, `hinge`.
    func text(_ rules: Game.Rules) -> String {
        switch read(rules) {
        case .string(let word): word
        case .boolean(let truth): String(truth)
        case .some(let value): value.number.map { $0.significant(4) } ?? "-"
        case nil: "-"
        }
    }
}

// MARK: All of them

extension GameKnob {
    /// Every rule that can be set, in the order in which they are applied.
    static let all: [GameKnob] = [
        loss, rates("lr", "length of a step, for both", [\.generator.rate, \.discriminator.rate]),
        rates("lr_g", "of the generator alone", [\.generator.rate]),
        rates("lr_d", "of the discriminator alone", [\.discriminator.rate]), optimizer,
        beta("beta1", "Adam's memory of gradients", first: true),
        beta("beta2", "Adam's memory of their squares", first: false),
        whole("batch", 1...100_000, "real points, and made-up ones, in an update", \.settings.batch),
        word("noise", "what G turns into points; as many numbers as it has inputs", \.settings.noise),
        whole("d_steps", 1...100, "updates of D for each of G", \.settings.discriminatorSteps),
        word("order", "whether G meets the D just updated, or both move at once", \.settings.order),
        limit("clip", 1e6, "D's weights are held within plus and minus this; 0: not", \.settings.penalties.weightClip),
        number(
            "gp", 0...1e6, "weight of (|slope of D| - gp_target)² between real and fake",
            \.settings.penalties.interpolated),
        number("gp_target", 0...1e6, "the length that slope is drawn to", \.settings.penalties.interpolatedTarget),
        number("r1", 0...1e6, "weight of half the squared slope of D at real points", \.settings.penalties.r1),
        number("r2", 0...1e6, "weight of half the squared slope of D at made-up points", \.settings.penalties.r2),
        number(
            "penalty_end", 1e-9...1, "what gp, r1 and r2 have been multiplied by at decay_steps",
            \.settings.penalties.end),
        truth("spectral", "divide each layer of D by its largest singular value", \.settings.penalties.isSpectral),
        number("dropout", 0...0.99, "share of D's hidden numbers that are dropped", \.settings.dropout),
        number("smoothing", 0...0.5, "real points are labelled 1 minus this", \.settings.labelSmoothing),
        number("instance_noise", 0...1e6, "deviation of noise on all that D sees", \.settings.instanceNoise.deviation),
        whole(
            "instance_noise_steps", 0...1_000_000_000, "steps until that noise is gone; 0 keeps it",
            \.settings.instanceNoise.steps),
        limit("grad_clip", 1e12, "longer gradients are shortened to this; 0: none", \.settings.gradientLimit),
        limit(
            "ema", 0.999_999_9, "share of the old in the average of G that samples; 0: none", \.settings.averageDecay),
        word("dynamics", "what a step does with the gradients", \.settings.dynamics),
        number("consensus", 0...1e6, "weight of the squared length of both gradients", \.settings.consensus),
        whole("unroll", 0...50, "updates of D that G looks ahead", \.settings.unrolling),
        whole("pack", 1...64, "points that D judges at a time; D has so many times the inputs", \.settings.packing),
        whole(
            "minibatch", 0...100, "kernels by which D compares the points of a batch; 0: it does not",
            \.settings.minibatchKernels),
        whole("minibatch_dims", 1...20, "numbers by which each of them compares", \.settings.minibatchDims),
        number("mode_seeking", 0...1e6, "weight of making G's points move with its noise", \.settings.modeSeeking),
        whole("replay", 0...1_000_000, "past fakes that are kept; half of what D is shown are such", \.settings.replay),
        word("decay", "how learning rates fall", \.settings.schedule.kind),
        whole("decay_steps", 0...1_000_000_000, "the step at which they reach 0", \.settings.schedule.steps),
        number("decay_hold", 0...0.999_999, "the share of decay_steps before they fall", \.settings.schedule.hold),
        word("conditional", "how both are told of the classes of the data", \.settings.conditioning),
    ]

    /// The rule of this name; `lr.d` is `lr_d`.
    static func named(_ name: String) -> GameKnob? {
        let name = name.replacing(".", with: "_")
        return all.first { $0.name == name }
    }

    /// The loss, or a published game with all that belongs to it.
    private static let loss = GameKnob(
        parameter: Parameter(
            "loss", .choice(Game.Loss.allCases.map(\.rawValue) + Game.Preset.all.map(\.name)),
            default: "\"nonsaturating\"", "what both make small; `losses` lists them"),
        read: { .string($0.settings.loss.rawValue) },
        write: { value, rules in
            let name = value.string ?? ""
            if let preset = Game.Preset(named: name) { preset.apply(to: &rules.settings) }
            if let loss = Game.Loss(rawValue: name) { rules.settings.loss = loss }
        })

    private static let optimizer = GameKnob(
        parameter: Parameter(
            "optimizer", .choice(OptimiserRule.named.map(\.name)), default: "\"adam\"", "the rule of a step"),
        read: { $0.generator.rule.name == $0.discriminator.rule.name ? .string($0.generator.rule.name) : nil },
        write: { value, rules in
            guard let usual = OptimiserRule(named: value.string ?? "") else { return }
            let rule = usual.betas == nil ? usual : Game.Rules.Tempo().rule
            if rules.generator.rule.name != rule.name { rules.generator.rule = rule }
            if rules.discriminator.rule.name != rule.name { rules.discriminator.rule = rule }
        })

    private static func beta(_ name: String, _ summary: String, first: Bool) -> GameKnob {
        GameKnob(
            parameter: Parameter(name, .number(0...0.999_999_9), default: first ? "0.5" : "0.999", summary),
            read: { rules in
                rules.generator.rule.betas.map { .number(first ? $0.first : $0.second) }
            },
            write: { (value, rules) throws(Refusal) in
                for player in [\Game.Rules.generator, \.discriminator] {
                    guard let old = rules[keyPath: player].rule.betas else {
                        throw Refusal(reason: "is Adam's, and the optimizer is \(rules[keyPath: player].rule.name)")
                    }
                    let number = value.number ?? 0
                    rules[keyPath: player].rule =
                        first
                        ? .adam(beta1: number, beta2: old.second) : .adam(beta1: old.first, beta2: number)
                }
            })
    }

    // MARK: Kinds

    private typealias Place<Number> = any WritableKeyPath<Game.Rules, Number> & Sendable

    private static func number(
        _ name: String, _ range: ClosedRange<Double>, _ summary: String, _ place: Place<Double>
    ) -> GameKnob {
        GameKnob(
            parameter: Parameter(name, .number(range), default: Game.Rules()[keyPath: place].shortest, summary),
            read: { .number($0[keyPath: place]) }, write: { $1[keyPath: place] = $0.number ?? 0 })
    }

    private static func rates(_ name: String, _ summary: String, _ places: [Place<Double>]) -> GameKnob {
        GameKnob(
            parameter: Parameter(
                name, .number(Double.leastNonzeroMagnitude...1e6),
                default: name == "lr" ? Game.Rules.Tempo().rate.shortest : "", summary),
            read: { rules in
                let values = places.map { rules[keyPath: $0] }
                return values.allSatisfy { $0 == values[0] } ? .number(values[0]) : nil
            },
            write: { value, rules in for place in places { rules[keyPath: place] = value.number ?? 0 } })
    }

    private static func whole(
        _ name: String, _ range: ClosedRange<Int>, _ summary: String, _ place: Place<Int>
    ) -> GameKnob {
        GameKnob(
            parameter: Parameter(name, .integer(range), default: String(Game.Rules()[keyPath: place]), summary),
            read: { .integer($0[keyPath: place]) }, write: { $1[keyPath: place] = $0.integer ?? 0 })
    }

    /// A number of which 0 means that there is none.
    private static func limit(
        _ name: String, _ highest: Double, _ summary: String, _ place: Place<Double?>
    ) -> GameKnob {
        GameKnob(
            parameter: Parameter(name, .number(0...highest), default: "0", summary),
            read: { .number($0[keyPath: place] ?? 0) },
            write: { $1[keyPath: place] = $0.number.flatMap { $0 == 0 ? nil : $0 } })
    }

    private static func truth(_ name: String, _ summary: String, _ place: Place<Bool>) -> GameKnob {
        GameKnob(
            parameter: Parameter(name, .boolean, default: String(Game.Rules()[keyPath: place]), summary),
            read: { .boolean($0[keyPath: place]) },
            write: { if case .boolean(let truth) = $0 { $1[keyPath: place] = truth } })
    }

    private static func word<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ name: String, _ summary: String, _ place: Place<Choice>
    ) -> GameKnob {
        GameKnob(
            parameter: Parameter(
                name, .choice(Choice.allCases.map(\.rawValue)),
                default: "\"\(Game.Rules()[keyPath: place].rawValue)\"", summary),
            read: { .string($0[keyPath: place].rawValue) },
            write: { if let choice = Choice(rawValue: $0.string ?? "") { $1[keyPath: place] = choice } })
    }
}

extension [GameKnob] {
    /// The rules with all that a call gives explicitly.
    func applied(_ arguments: Arguments, to rules: Game.Rules) throws(CellError) -> Game.Rules {
        var rules = rules
        for knob in self where arguments.range(of: knob.name) != nil {
            let value = try arguments.value(knob.name)
            do throws(GameKnob.Refusal) {
                try knob.write(value, &rules)
            } catch {
                throw arguments.error(knob.name, error.reason)
            }
        }
        return rules
    }

    /// What differs between two sets of rules.
    func changes(from old: Game.Rules, to new: Game.Rules) -> [GameChange] {
        compactMap { knob in
            let (before, after) = (knob.text(old), knob.text(new))
            return before == after || knob.name == "lr" ? nil : GameChange(name: knob.name, old: before, new: after)
        }
    }
}

/// A rule that is not as it was.
struct GameChange {
    let name: String, old: String, new: String

    /// `lr_d: 0.001 -> 0.0005`
    var words: String { "\(name): \(old) -> \(new)" }
}
