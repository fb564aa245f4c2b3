import LinearAlgebra

extension Game {
    /// All that can be changed about a game while it is played: the settings, and how each player learns.
    public struct Rules: Hashable, Sendable {
        /// How one player learns.
        public struct Tempo: Hashable, Sendable {
            /// The rule of its optimiser.
            public var rule: OptimiserRule
            /// The length of its steps.
            public var rate: Double

            /// Adam as games use it, unless told otherwise.
            public init(rule: OptimiserRule = .adam(beta1: 0.5), rate: Double = 0.001) {
                self.rule = rule
                self.rate = rate
            }
        }

        /// The rules of a step.
        public var settings: Settings
        /// How G learns, how D learns.
        public var generator: Tempo, discriminator: Tempo

        /// Rules, each with its usual value.
        public init(settings: Settings = Settings(), generator: Tempo = Tempo(), discriminator: Tempo = Tempo()) {
            self.settings = settings
            self.generator = generator
            self.discriminator = discriminator
        }
    }

    /// The rules as they are.
    public var rules: Rules {
        func tempo(_ player: Player) -> Rules.Tempo {
            Rules.Tempo(rule: player.optimiser.rule, rate: player.optimiser.learningRate)
        }
        return Rules(settings: settings, generator: tempo(generator), discriminator: tempo(discriminator))
    }

    /// A game by these rules that is about to begin.
    ///
    /// - Throws: `LearningError` when the networks and the data do not fit together, or a setting is out of range.
    public init(
        generator: MLP<Float>, discriminator: MLP<Float>, data: Data, rules: Rules, random: RandomStream
    ) throws(LearningError) {
        func player(_ model: MLP<Float>, _ tempo: Rules.Tempo) -> Player {
            Player(model: model, optimiser: Optimiser(tempo.rule, learningRate: tempo.rate))
        }
        try self.init(
            generator: player(generator, rules.generator), discriminator: player(discriminator, rules.discriminator),
            data: data, settings: rules.settings, random: random)
    }

    /// Plays on by other rules. The networks stay; an optimiser keeps what it remembers if the new rule remembers the same.
    ///
    /// - Throws: `LearningError.outOfRange`; the game is then as it was.
    public mutating func change(to rules: Rules) throws(LearningError) {
        try Self.check(generator.model, discriminator.model, data, rules.settings)
        for (name, tempo) in [("lr_g", rules.generator), ("lr_d", rules.discriminator)]
        where !(tempo.rate > 0 && tempo.rate.isFinite) {
            throw .outOfRange(name: name, value: tempo.rate, allowed: "more than 0")
        }
        settings = rules.settings
        memory = memory.filter { settings.keeps($0.key) }
        generator = Player(model: generator.model, optimiser: generator.optimiser.changed(to: rules.generator))
        discriminator = Player(
            model: discriminator.model, optimiser: discriminator.optimiser.changed(to: rules.discriminator))
        var random = random
        random = random.split()
        discriminator = discriminator.with(settings.head(for: data), random: random.split())
    }
}

extension Game.Settings {
    /// Whether something that lasts from step to step is still of use.
    fileprivate func keeps(_ name: String) -> Bool {
        if name.hasPrefix("mean.") { return averageDecay != nil }
        if name.contains(".change") { return dynamics == .optimistic }
        if name.contains(".spectrum") { return penalties.isSpectral }
        return name == "fakes" && replay > 0
    }
}

extension Training.Position {
    /// The player with another head. Where that has other parameters, its optimiser begins anew: Adam would take steps that
    /// are far too long along slopes of which it has no memory, if it believed to be long at work.
    func with(_ head: DiscriminatorHead, random: RandomStream) -> Self {
        var random = random
        let next = model.with(head, random: &random)
        if next.parameters.map(\.shape) == model.parameters.map(\.shape) {
            return Self(model: next, optimiser: optimiser)
        }
        return Self(model: next, optimiser: Optimiser(optimiser.rule, learningRate: optimiser.learningRate))
    }
}

extension Optimiser {
    /// The optimiser with another rule and rate.
    fileprivate func changed(to tempo: Game.Rules.Tempo) -> Optimiser {
        var next = Optimiser(tempo.rule, learningRate: tempo.rate)
        next.steps = steps
        if rule.remembersTheSame(as: tempo.rule) { next.memory = memory }
        return next
    }
}

extension OptimiserRule {
    /// Whether what one rule remembers is of use to the other.
    public func remembersTheSame(as other: OptimiserRule) -> Bool { name == other.name }

    /// Adam's decays; nil for other rules.
    public var betas: (first: Double, second: Double)? {
        if case .adam(let first, let second, _) = self { (first, second) } else { nil }
    }
}

extension Game {
    /// A published game: a loss with what belongs to it, by one name.
    public struct Preset: Hashable, Sendable {
        /// What cells call it.
        public let name: String
        /// What it is, in one line.
        public let summary: String
        /// Where it comes from.
        public let source: String
        private let loss: Loss
        private let penalties: Penalties
        private let discriminatorSteps: Int

        /// All presets.
        public static let all: [Preset] = [
            Preset(
                name: "wgan", summary: "wasserstein with clip=0.01 and d_steps=5", source: Loss.wasserstein.source,
                loss: .wasserstein, penalties: .with { $0.weightClip = 0.01 }, discriminatorSteps: 5),
            Preset(
                name: "wgan-gp", summary: "wasserstein with gp=10 and d_steps=5",
                source: "Gulrajani et al. 2017, arXiv:1704.00028", loss: .wasserstein,
                penalties: .with { $0.interpolated = 10 }, discriminatorSteps: 5),
            Preset(
                name: "r3gan", summary: "relativistic with r1=0.1 and r2=0.1",
                source: "Huang et al. 2024, arXiv:2501.05441", loss: .relativistic,
                penalties: .with { ($0.r1, $0.r2) = (0.1, 0.1) }, discriminatorSteps: 1),
        ]

        /// The preset of this name.
        public init?(named name: String) {
            guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
            self = found
        }

        private init(
            name: String, summary: String, source: String, loss: Loss, penalties: Penalties, discriminatorSteps: Int
        ) {
            self.name = name
            self.summary = summary
            self.source = source
            self.loss = loss
            self.penalties = penalties
            self.discriminatorSteps = discriminatorSteps
        }

        /// Puts the loss and what belongs to it into settings.
        public func apply(to settings: inout Settings) {
            settings.loss = loss
            settings.penalties = penalties
            settings.discriminatorSteps = discriminatorSteps
        }
    }
}

extension Game.Penalties {
    /// Penalties with some changes.
    static func with(_ change: (inout Self) -> Void) -> Self {
        var penalties = Self()
        change(&penalties)
        return penalties
    }
}
