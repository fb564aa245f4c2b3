import Autodiff
import LinearAlgebra

/// A step of a game as it is written down once for a program.
struct GameStep {
    let game: Game
    let settings: Game.Settings
    let recorder: Recorder<Float>
    let lasting: GameLasting
    let discriminator: RecordedOptimiser<Float>
    let generator: RecordedOptimiser<Float>
    var reality: GameReality
    var judge: GameJudge
    /// What the terms for D's gradient are multiplied by, where that changes with time.
    let penaltyScale: Variable<Float>?
    /// Changes of lasting inputs that are made at the end of the step, if it is sound.
    var pending: [(input: Variable<Float>, next: Variable<Float>)] = []
    /// Points that G made in earlier steps, where D is shown some.
    var fakes: Variable<Float>?
    /// By how much each parameter was changed last, where the next change depends on it.
    var changes: [Game.Role: [Variable<Float>]] = [:]
    /// Who looks on; nobody but in slow motion.
    let witness: GameWitness?

    /// One player's way through a step.
    struct Course {
        var state: OptimiserState<Float>
        var loss = Variable<Float>(.nan)
        var penalty: Variable<Float>?

        init(state: OptimiserState<Float>, _ cost: DiscriminatorCost? = nil) {
            self.state = state
            if let cost { (loss, penalty) = (cost.loss, cost.penalty) }
        }
    }

    /// Declares all that lasts from step to step.
    init(
        _ game: Game, _ recorder: Recorder<Float>, _ lasting: GameLasting, pool: (points: Matrix<Float>, used: Int),
        witness: GameWitness? = nil
    ) {
        self.game = game
        self.witness = witness
        self.recorder = recorder
        self.lasting = lasting
        settings = game.settings
        let model = game.discriminator.model
        discriminator = RecordedOptimiser(recorder, "D", game.discriminator.optimiser, model.parameters)
        generator = RecordedOptimiser(recorder, "G", game.generator.optimiser, game.generator.model.parameters)
        reality = GameReality(recorder, game.data, isLabelled: game.classes > 0, pool: pool)
        let noise = settings.instanceNoise
        let blur =
            noise.deviation > 0
            ? recorder.input("blur", Matrix(Float(noise.deviation(after: game.steps)))) : nil
        let weights = settings.penalties.isSpectral ? model.weightIndices : []
        let spectra = weights.enumerated().map { number, place in
            lasting.input(
                "D.spectrum\(number)", SpectralNorm.start(for: model.parameters[place]), of: game, recorder)
        }
        judge = GameJudge(
            model: model, settings: settings, recorder: recorder, blur: blur, spectra: spectra,
            widths: (game.data.dimension, game.classes))
        let end = settings.penalties.end
        penaltyScale =
            end == 1
            ? nil : recorder.input("penalty", Matrix(Float(settings.schedule.decay(to: end, after: game.steps))))
        declareMemory()
    }

    private mutating func declareMemory() {
        if settings.replay > 0 {
            fakes = lasting.input("fakes", game.firstFakes(settings.replay), of: game, recorder)
        }
        guard settings.dynamics == .optimistic else { return }
        for (role, player) in [(Game.Role.discriminator, discriminator), (.generator, generator)] {
            changes[role] = player.parameters.enumerated().map { index, parameter in
                lasting.input(
                    "\(role.rawValue.uppercased()).change\(index)", .zeros(parameter.shape), of: game, recorder)
            }
        }
    }

    /// Writes the step: both players' updates, or those of one of them.
    mutating func write(only: Game.Role?) throws {
        witness?.begin()
        let (before, spectraBefore, fakesBefore) = (changes, judge.spectra, fakes)
        var (ofD, ofG) = (Course(state: discriminator.state), Course(state: generator.state))
        if only == nil, settings.movesTogether {
            (ofD, ofG) = try settings.dynamics == .extragradient ? lookedAhead() : together(ofD.state, ofG.state)
        } else {
            for round in 0..<(only == .generator ? 0 : settings.discriminatorSteps) {
                witness?.round = round
                ofD = try discriminatorUpdate(ofD.state)
            }
            if only != .discriminator {
                ofG = try generatorUpdate(against: settings.order == .alternating ? ofD.state : discriminator.state)
            }
        }
        for role in Game.Role.allCases {
            pending += zip(before[role] ?? [], changes[role] ?? []).map { ($0, $1) }
        }
        pending += zip(spectraBefore, judge.spectra).map { ($0, $1) }
        if let fakesBefore, let fakes { pending.append((fakesBefore, fakes)) }
        if only != .discriminator { try averageParameters(ofG.state.parameters) }
        try finish(ofD, ofG, only)
    }

    /// Takes over what the step has come to, unless something in it is no longer finite.
    private func finish(_ ofD: Course, _ ofG: Course, _ only: Game.Role?) throws {
        var parts: [(String, Variable<Float>)] = []
        if only != .generator {
            parts.append(("sound.lossD", try (ofD.loss + (ofD.penalty ?? Variable(0))) * 0))
            parts.append(("sound.D", try RecordedOptimiser.soundness(ofD.state)))
        }
        if only != .discriminator {
            parts.append(("sound.lossG", ofG.loss * 0))
            parts.append(("sound.G", try RecordedOptimiser.soundness(ofG.state)))
        }
        let isSound = try soundness(parts)
        if only != .generator { try discriminator.update(to: ofD.state, if: isSound) }
        if only != .discriminator { try generator.update(to: ofG.state, if: isSound) }
        for (input, next) in pending {
            recorder.update(input, to: try Variable.select(isSound, next.detached, input))
        }
        try reality.finish(if: isSound)
        recorder.output("lossD", ofD.loss)
        recorder.output("lossG", ofG.loss)
        recorder.output("penalty", ofD.penalty ?? Variable(0))
    }

    /// 1 when none of the parts holds an infinite number or NaN, else 0.
    private func soundness(_ parts: [(String, Variable<Float>)]) throws(ShapeError) -> Variable<Float> {
        var soundness = Variable<Float>(0)
        for (name, part) in parts {
            recorder.output(name, part)
            soundness = try soundness + part
        }
        recorder.output("soundness", soundness)
        return soundness.combined(with: 0, by: .equal)
    }

    /// The running average of G's parameters.
    private mutating func averageParameters(_ parameters: [Variable<Float>]) throws(ShapeError) {
        guard let decay = settings.averageDecay else { return }
        for (index, parameter) in parameters.enumerated() {
            let old = lasting.input("mean.\(index)", game.generator.model.parameters[index], of: game, recorder)
            pending.append((old, try old * Float(decay) + parameter.detached * Float(1 - decay)))
        }
    }
}

// MARK: Updates

extension GameStep {
    /// D's update: it judges as many real points as made-up ones.
    private mutating func discriminatorUpdate(_ state: OptimiserState<Float>) throws -> Course {
        let parameters = leaves(state)
        let drawn = try reality.batch(settings.batch)
        let real = try judge.seen(drawn)
        let (noise, made) = try made(generator.parameters, likeClassesOf: drawn)
        tell(real: real, noise: noise, made: made)
        let fake = try judge.seen(shown(made.detached))
        let cost = try discriminatorLoss(real, fake, parameters)
        tell(cost, d: parameters, g: generator.parameters)
        var course = Course(state: state, cost)
        let slopes = try limited(gradients(of: cost.total, withRespectTo: parameters))
        course.state = try moved(.discriminator, slopes, from: state)
        try judge.turnSpectra(parameters)
        return course
    }

    /// G's update: it is judged by a D that stands still, or by what that D would become in a few steps.
    private mutating func generatorUpdate(against opponent: OptimiserState<Float>) throws -> Course {
        let parameters = settings.unrolling > 0 ? try unrolled(opponent) : opponent.parameters.map(\.detached)
        var course = Course(state: generator.state)
        if settings.unrolling > 0 { witness?.see(.foreseen(settings.unrolling), .generator, in: game) }
        let cost = try generatorLoss(generator.parameters, judgedBy: parameters)
        tell(cost, d: parameters, g: generator.parameters)
        course.loss = cost.loss
        let slopes = try limited(gradients(of: course.loss, withRespectTo: generator.parameters))
        course.state = try moved(.generator, slopes, from: generator.state)
        return course
    }

    /// D after some more updates against G as it is, as differentiable functions of G's parameters (Metz et al. 2017,
    /// arXiv:1611.02163).
    private mutating func unrolled(_ opponent: OptimiserState<Float>) throws -> [Variable<Float>] {
        var state = opponent
        state.parameters = opponent.parameters.map { $0.detached.asParameter() }
        for _ in 0..<settings.unrolling {
            let drawn = try reality.batch(settings.batch)
            let real = try judge.seen(drawn)
            let fake = try judge.seen(made(generator.parameters, likeClassesOf: drawn).points)
            let cost = try discriminatorLoss(real, fake, state.parameters)
            let slopes = try gradients(of: cost.total, withRespectTo: state.parameters)
            state = try discriminator.stepped(slopes, from: state, isDifferentiated: true)
        }
        return state.parameters
    }

    /// Both at once from where both stand.
    private mutating func together(
        _ stateD: OptimiserState<Float>, _ stateG: OptimiserState<Float>
    ) throws -> (Course, Course) {
        var (ofD, ofG) = (Course(state: stateD), Course(state: stateG))
        let (slopesD, slopesG) = try field(&ofD, &ofG)
        ofD.state = try moved(.discriminator, slopesD, from: stateD)
        ofG.state = try moved(.generator, slopesG, from: stateG)
        return (ofD, ofG)
    }

    /// Extragradient (Korpelevich 1976; Gidel et al. 2019, arXiv:1802.10551): a step to look ahead, and then, from where the
    /// game stood, one along the gradients found there. Optimisers remember both gradients.
    private mutating func lookedAhead() throws -> (Course, Course) {
        witness?.isLookAhead = true
        let (aheadD, aheadG) = try together(discriminator.state, generator.state)
        witness?.isLookAhead = false
        var (ofD, ofG) = (aheadD, aheadG)
        let (slopesD, slopesG) = try field(&ofD, &ofG)
        var (fromD, fromG) = (aheadD.state, aheadG.state)
        (fromD.parameters, fromG.parameters) = (discriminator.state.parameters, generator.state.parameters)
        ofD.state = try moved(.discriminator, slopesD, from: fromD)
        ofG.state = try moved(.generator, slopesG, from: fromG)
        return (ofD, ofG)
    }

    /// The gradients of both losses where both players stand. With consensus optimisation (Mescheder et al. 2017,
    /// arXiv:1705.10461) each also descends on half the squared length of both together.
    private mutating func field(
        _ ofD: inout Course, _ ofG: inout Course
    ) throws -> (discriminator: [Variable<Float>], generator: [Variable<Float>]) {
        let (d, g) = (leaves(ofD.state), leaves(ofG.state))
        let isAttached = settings.consensus > 0
        let drawn = try reality.batch(settings.batch)
        let real = try judge.seen(drawn)
        let (noise, made) = try made(g, likeClassesOf: drawn)
        tell(real: real, noise: noise, made: made)
        let fake = try judge.seen(isAttached ? made : shown(made.detached))
        let costOfD = try discriminatorLoss(real, fake, d)
        tell(costOfD, d: d, g: g)
        let costOfG = try generatorLoss(g, judgedBy: isAttached ? d : d.map(\.detached))
        tell(costOfG, d: d, g: g)
        (ofD.loss, ofD.penalty, ofG.loss) = (costOfD.loss, costOfD.penalty, costOfG.loss)
        var slopes = try gradients(of: costOfD.total, withRespectTo: d) + gradients(of: ofG.loss, withRespectTo: g)
        try judge.turnSpectra(d)
        if isAttached {
            var length = Variable<Float>(0)
            for slope in slopes { length = try length + slope.square().sum() * Float(settings.consensus / 2) }
            let pull = try gradients(of: length, withRespectTo: d + g)
            slopes = try zip(slopes, pull).map { try $0 + $1 }
        }
        return (try limited(Array(slopes.prefix(d.count))), try limited(Array(slopes.dropFirst(d.count))))
    }

    /// A player's state after a step along these gradients.
    private mutating func moved(
        _ role: Game.Role, _ slopes: [Variable<Float>], from state: OptimiserState<Float>
    ) throws(ShapeError) -> OptimiserState<Float> {
        let player = role == .generator ? generator : discriminator
        var next = try player.stepped(slopes, from: state)
        if let earlier = changes[role] {
            // Optimistic (Daskalakis et al. 2018, arXiv:1711.00141): twice this change, less the one before.
            var made: [Variable<Float>] = []
            for index in next.parameters.indices {
                let change = try state.parameters[index] - next.parameters[index]
                next.parameters[index] = try next.parameters[index] - change + earlier[index]
                made.append(change)
            }
            changes[role] = made
        }
        if role == .discriminator { next.parameters = settings.penalties.clipped(next.parameters) }
        tell(role, slopes: slopes, from: state.parameters, to: next.parameters)
        return next
    }

    /// The parameters of a state to be differentiated for: those of the step's beginning are inputs already.
    private func leaves(_ state: OptimiserState<Float>) -> [Variable<Float>] {
        state.parameters.allSatisfy { $0.operation == nil }
            ? state.parameters : state.parameters.map { $0.asParameter() }
    }

    /// Gradients whose common length is at most the limit.
    private func limited(_ slopes: [Variable<Float>]) throws(ShapeError) -> [Variable<Float>] {
        guard let limit = settings.gradientLimit else { return slopes }
        var squares = Variable<Float>(0)
        for slope in slopes { squares = try squares + slope.square().sum() }
        let factor = (Float(limit) / (squares.squareRoot() + 1e-12)).minimum(1)
        return try slopes.map { (slope) throws(ShapeError) in try slope * factor }
    }
}
