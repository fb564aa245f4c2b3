import Foundation

extension Game {
    /// The rules of a game: all but the networks and their optimisers.
    public struct Settings: Hashable, Sendable {
        /// What both make small.
        public var loss: Loss
        /// Where noise comes from.
        public var noise: Noise
        /// Real points, and made-up ones, that an update looks at.
        public var batch: Int
        /// Updates of D for each one of G.
        public var discriminatorSteps = 1
        /// Whether G meets the D that has just been updated.
        public var order = Order.alternating
        /// What is added to D's loss.
        public var penalties = Penalties()
        /// Real points are labelled 1 minus this (Salimans et al. 2016, arXiv:1606.03498).
        public var labelSmoothing = 0.0
        /// Normal noise on all that D sees (Arjovsky & Bottou 2017, arXiv:1701.04862; Sønderby et al. 2017,
        /// arXiv:1610.04490).
        public var instanceNoise = InstanceNoise()
        /// The gradient of each player is shortened to this length where it is longer (Pascanu et al. 2013).
        public var gradientLimit: Double?
        /// The share of the old in the running average of G's parameters that samples are made with; nil for none.
        public var averageDecay: Double?
        /// How both learning rates change with time.
        public var schedule = Schedule()
        /// What a step does with the gradients.
        public var dynamics = Dynamics.plain
        /// γ of consensus optimisation: each player also descends on γ/2 times the squared length of both gradients
        /// (Mescheder et al. 2017, arXiv:1705.10461).
        public var consensus = 0.0
        /// Updates of D that G looks ahead (Metz et al. 2017, arXiv:1611.02163).
        public var unrolling = 0
        /// Points that D judges at a time (Lin et al. 2018, arXiv:1712.04086); D has so many times the inputs.
        public var packing = 1
        /// What is added to G's loss is this, divided by how far its points move with its noise (Mao et al. 2019,
        /// arXiv:1903.05628).
        public var modeSeeking = 0.0
        /// Made-up points of earlier steps that are kept; half of what D is shown is picked from them.
        public var replay = 0
        /// The probability with which each number of D's hidden layers is dropped.
        public var dropout = 0.0
        /// Kernels by which D compares the points of a batch, and the numbers by which each of them does (Salimans et al.
        /// 2016, section 3.2); 0 kernels: D judges each point by itself.
        public var minibatchKernels = 0
        /// See `minibatchKernels`.
        public var minibatchDims = 3
        /// How both are told of classes.
        public var conditioning = Conditioning.none

        /// Rules, each with its usual value.
        public init(loss: Loss = .nonsaturating, noise: Noise = .normal, batch: Int = 128) {
            self.loss = loss
            self.noise = noise
            self.batch = batch
        }
    }

    /// Which D an update of G is computed against.
    public enum Order: String, CaseIterable, Hashable, Sendable {
        /// The one that the step has just made.
        case alternating
        /// The one before the step: both move at once.
        case simultaneous
    }

    /// What a step does with the gradients.
    public enum Dynamics: String, CaseIterable, Hashable, Sendable {
        /// Each optimiser follows its own.
        case plain
        /// Both look a step ahead and follow the gradients that they find there.
        case extragradient
        /// Each change counts twice, and the one before is taken back.
        case optimistic
    }

    /// Where noise comes from: as many numbers a point as G has inputs.
    public enum Noise: String, CaseIterable, Hashable, Sendable {
        /// Standard normal.
        case normal
        /// Uniform on [-1, 1).
        case uniform
    }

    /// What is added to D's loss, or done to its weights, so that its slope stays bounded.
    public struct Penalties: Hashable, Sendable {
        /// D's parameters are held within plus and minus this after each update (Arjovsky et al. 2017).
        public var weightClip: Double?
        /// λ of λ mean (|∇D| - target)², at points drawn between pairs of a real and a made-up one (Gulrajani et al. 2017,
        /// arXiv:1704.00028).
        public var interpolated = 0.0
        /// The length that a gradient between the two is drawn to: 1, or 0 (Thanh-Tung et al. 2019, arXiv:1902.03984).
        public var interpolatedTarget = 1.0
        /// γ of γ/2 mean |∇D|² at real points (Mescheder et al. 2018, arXiv:1801.04406).
        public var r1 = 0.0
        /// γ of γ/2 mean |∇D|² at made-up points.
        public var r2 = 0.0

        /// What the terms for D's gradient are multiplied by at the end of the schedule, falling by equal ratios on the way;
        /// 1 keeps them. Penalties hold a game together while modes are found, and then blur what D can tell.
        public var end = 1.0
        /// Whether the weights of each layer of D are divided by their largest singular value.
        public var isSpectral = false

        /// None at all.
        public init() {}

        /// Whether D's loss has a term for the gradient of D.
        public var lookAtGradients: Bool { interpolated > 0 || r1 > 0 || r2 > 0 }
    }

    /// Normal noise on real and made-up points alike, before D sees them.
    public struct InstanceNoise: Hashable, Sendable {
        /// Its standard deviation at the beginning.
        public var deviation = 0.0
        /// Steps until it is gone, falling in a straight line; 0 keeps it.
        public var steps = 0

        /// No noise.
        public init() {}

        /// Noise of this deviation that is gone after so many steps.
        public init(deviation: Double, steps: Int = 0) {
            self.deviation = deviation
            self.steps = steps
        }

        /// The standard deviation after so many steps.
        public func deviation(after step: Int) -> Double {
            steps > 0 ? deviation * max(0, 1 - Double(step) / Double(steps)) : deviation
        }
    }

    /// How learning rates change with time: full length for a while, and then down to nothing.
    public struct Schedule: Hashable, Sendable {
        /// The way down.
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            /// None: full length for ever.
            case constant
            /// A straight line.
            case linear
            /// Half a wave of the cosine (Loshchilov & Hutter 2017, arXiv:1608.03983).
            case cosine
        }

        /// The way down.
        public var kind: Kind
        /// The step at which the rates reach 0.
        public var steps: Int
        /// The share of these steps for which they stay at full length.
        public var hold: Double

        /// A way down; the usual one is none.
        public init(_ kind: Kind = .constant, steps: Int = 0, hold: Double = 0) {
            self.kind = kind
            self.steps = steps
            self.hold = hold
        }

        /// What a quantity that ends at this share of its beginning is multiplied by after so many steps.
        public func decay(to end: Double, after step: Int) -> Double {
            pow(end, min(Double(step) / Double(max(steps, 1)), 1))
        }

        /// What the rates are multiplied by after so many steps.
        public func factor(after step: Int) -> Double {
            if kind == .constant { return 1 }
            let progress = Double(step) / Double(max(steps, 1))
            let way = min(max((progress - hold) / max(1 - hold, 1e-12), 0), 1)
            return kind == .linear ? 1 - way : (1 + cos(.pi * way)) / 2
        }
    }
}

extension Game.Settings {
    /// Whether both players move at once from where both stand.
    var movesTogether: Bool { dynamics == .extragradient || consensus > 0 }

    /// Real points that a step uses, at most.
    var realPointsPerStep: Int {
        let rounds = dynamics == .extragradient ? 2 : 1
        return batch * (rounds * (discriminatorSteps + (loss.pairsPoints ? 1 : 0)) + unrolling)
    }

    /// Checks that every number is one that can be played with; names are those that cells use.
    ///
    /// - Throws: `LearningError.outOfRange`.
    func check() throws(LearningError) {
        func check(_ name: String, _ value: Double, _ allowed: String, _ isFine: Bool) throws(LearningError) {
            if !isFine { throw .outOfRange(name: name, value: value, allowed: allowed) }
        }
        try check("batch", Double(batch), "1 or more", batch >= 1)
        try check("d_steps", Double(discriminatorSteps), "from 1 to 100", (1...100).contains(discriminatorSteps))
        let weights: [(String, Double)] = [
            ("gp", penalties.interpolated), ("gp_target", penalties.interpolatedTarget), ("r1", penalties.r1),
            ("r2", penalties.r2), ("instance_noise", instanceNoise.deviation), ("consensus", consensus),
            ("mode_seeking", modeSeeking),
        ]
        for (name, weight) in weights { try check(name, weight, "0 or more", weight >= 0 && weight.isFinite) }
        for (name, limit) in [("clip", penalties.weightClip), ("grad_clip", gradientLimit)] {
            if let limit { try check(name, limit, "more than 0", limit > 0 && limit.isFinite) }
        }
        try check("smoothing", labelSmoothing, "from 0 up to 0.5", (0...0.5).contains(labelSmoothing))
        if let averageDecay { try check("ema", averageDecay, "from 0 to below 1", (0..<1).contains(averageDecay)) }
        try check("decay_hold", schedule.hold, "from 0 to below 1", (0..<1).contains(schedule.hold))
        try check("dropout", dropout, "from 0 to below 1", (0..<1).contains(dropout))
        try check("unroll", Double(unrolling), "from 0 to 50", (0...50).contains(unrolling))
        // Who looks ahead, and who is shown what, is told apart only where one player moves at a time.
        let both = "with extragradient or consensus, where both move at once"
        try check("unroll", Double(unrolling), "0 \(both)", unrolling == 0 || !movesTogether)
        try check("replay", Double(replay), "0 with consensus", replay == 0 || consensus == 0)
        try check("pack", Double(packing), "a divisor of batch", packing >= 1 && batch % max(packing, 1) == 0)
        try check("minibatch", Double(minibatchKernels), "from 0 to 100", (0...100).contains(minibatchKernels))
        try check("minibatch_dims", Double(minibatchDims), "from 1 to 20", (1...20).contains(minibatchDims))
        let leastReplay = max(batch / 2, 1)
        try check(
            "replay", Double(replay), "0, or \(leastReplay) and more: half a batch",
            replay == 0 || replay >= leastReplay)
        try check(
            "d_steps", Double(discriminatorSteps), "1 \(both)",
            discriminatorSteps == 1 || !movesTogether)
        try check("penalty_end", penalties.end, "above 0, up to 1", penalties.end > 0 && penalties.end <= 1)
        let needsEnd = schedule.kind != .constant || penalties.end != 1
        try check(
            "decay_steps", Double(schedule.steps), "1 or more, the step at which decay and penalty_end end",
            !needsEnd || schedule.steps >= 1)
    }
}
