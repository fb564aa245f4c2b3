import Autodiff
import LinearAlgebra

extension Game {
    /// This game with all numbers of the players held still but one of each: a game of two numbers, on points and noise
    /// that stay the same, in double precision.
    ///
    /// The losses are those of a step with the terms that the rules add: R1, R2 and the penalty between points,
    /// differentiated as in a step, label smoothing, instance noise as strong as it is now, spectral normalisation,
    /// packing, minibatch features, mode seeking. Steps hold D's number within a weight clip. What `planarLeavesOut` names
    /// is left out.
    ///
    /// - Parameters:
    ///   - generator: which of G's numbers moves, counted through W1 row by row, b1, W2, ...; nil: the last, a bias of its
    ///     output.
    ///   - discriminator: which of D's; nil: the first, a weight of its input.
    ///   - count: points of each sort.
    /// - Throws: `LearningError.outOfRange` for a number that there is not.
    public func planar(
        generator: Int? = nil, discriminator: Int? = nil, count: Int = 512
    ) throws(LearningError) -> PlanarGame {
        let slice: PlanarSlice
        do {
            slice = try PlanarSlice(of: self, generator: generator, discriminator: discriminator, count: count)
        } catch let error as LearningError { throw error } catch { throw .engine("\(error)") }
        return .losses(
            PlanarLosses(
                names: ("G: \(slice.ofG.name)", "D: \(slice.ofD.name)"), centre: (slice.ofG.value, slice.ofD.value),
                limit: settings.penalties.weightClip, pair: slice.losses))
    }

    /// The rules that are no part of two losses on points that stay the same, by the names that cells use; empty when the
    /// planar game leaves out nothing.
    public var planarLeavesOut: [String] {
        [
            ("consensus", settings.consensus > 0), ("dropout", settings.dropout > 0), ("replay", settings.replay > 0),
            ("unroll", settings.unrolling > 0), ("grad_clip", settings.gradientLimit != nil),
        ].filter(\.1).map(\.0)
    }
}

/// The losses of a game as functions of one number of each player.
private struct PlanarSlice {
    let ofG: MovingParameter, ofD: MovingParameter
    private let game: Game
    private let maker: MLP<Double>, judge: MLP<Double>
    /// What G's layers before its moving number answer to the noise; the same for other noise, where modes are sought, and
    /// how far apart the two are on average.
    private let signal: Variable<Double>
    private let other: (signal: Variable<Double>, distance: Double)?
    /// The classes beside made-up points.
    private let classes: Variable<Double>?
    /// Real points as D sees them, and what it sees added to made-up ones.
    private let real: Variable<Double>
    private let blur: Variable<Double>?
    /// Where between two points their slope is penalised.
    private let share: Variable<Double>
    private let mask: Variable<Double>?
    private let spectra: [Variable<Double>]

    private var settings: Game.Settings { game.settings }

    init(of game: Game, generator: Int?, discriminator: Int?, count: Int) throws {
        self.game = game
        let settings = game.settings
        let (maker, judge) = (MLP<Double>(game.generator.model), MLP<Double>(game.discriminator.model))
        (self.maker, self.judge) = (maker, judge)
        let ofG = try MovingParameter(of: maker, at: generator ?? maker.parameterCount - 1, "g")
        self.ofG = ofG
        ofD = try MovingParameter(of: judge, at: discriminator ?? 0, "d")
        // Batches stay whole where D compares their points.
        let count = max(count - (settings.minibatchKernels > 0 ? count % settings.batch : 0), settings.batch)
        var random = RandomStream(seed: 1)
        let points = Matrix<Double>(game.realRows(count, using: &random))
        let (input, labels) = game.latent(count, using: &random)
        let still = try ofG.parameters(with: Variable(Matrix(ofG.value)))
        func signal(of input: Matrix<Float>) throws -> Variable<Double> {
            try maker.hidden(ofG.layersBefore, of: Variable(Matrix<Double>(input)), with: still).detached
        }
        self.signal = try signal(of: input)
        if settings.modeSeeking > 0 {
            let noise = settings.noise.draw(.matrix(count, game.noiseWidth), &random)
            let second = game.classes > 0 ? noise.beside(labels, of: game.classes) : noise
            let apart = try (input.columns(0..<game.noiseWidth) - noise).map(.absolute).mean()
            other = (try signal(of: second), Double(apart))
        } else {
            other = nil
        }
        classes = game.classes > 0 ? Variable(Matrix.classes(labels, of: game.classes)) : nil
        let deviation = settings.instanceNoise.deviation(after: game.steps)
        func noise() -> Matrix<Double>? {
            if deviation == 0 { return nil }
            let noise: Matrix<Double> = random.normal(shape: .matrix(count, game.data.dimension))
            return (noise * deviation).beside([Int](repeating: -1, count: count), of: game.classes)
        }
        let widths = (game.data.dimension, game.classes)
        real = try settings.packed(Variable(noise().map { (blur) throws in try points + blur } ?? points), widths)
        blur = noise().map { Variable($0) }
        share = Variable(random.uniform(shape: .matrix(real.shape.rows, 1)))
        mask =
            try game.classes == 0
            ? nil
            : settings.packed(
                Variable(
                    Matrix.ones(.matrix(settings.packing, widths.0)).beside(
                        [Int](repeating: -1, count: settings.packing), of: widths.1)), widths)
        spectra = game.spectra.map { Variable(Matrix<Double>($0)) }
    }

    /// G's loss and D's.
    func losses(
        _ x: Variable<Double>, _ y: Variable<Double>
    ) throws -> (first: Variable<Double>, second: Variable<Double>) {
        let points = try made(signal, x)
        let seen = try self.seen(points)
        let parameters = try judging(y)
        func logits(_ rows: Variable<Double>) throws -> Variable<Double> {
            try game.logits(ofPacks: rows, by: judge, with: parameters)
        }
        let real = settings.penalties.r1 > 0 ? self.real.asParameter() : self.real
        let (ofReal, ofFake) = (try logits(real), try logits(seen))
        var first = try settings.loss.generator(ofFake, real: settings.loss.pairsPoints ? ofReal : nil)
        if let other {
            let apart = try (points - made(other.signal, x)).absolute().mean() / other.distance
            first = try first + settings.modeSeeking / (apart + 1e-5)
        }
        var second = try settings.loss.discriminator(real: ofReal, fake: ofFake, smoothing: settings.labelSmoothing)
        let penalties = try penalties((real, ofReal), (seen, ofFake), logits)
        let scale = settings.schedule.decay(to: settings.penalties.end, after: game.steps)
        for penalty in penalties { second = try second + penalty * scale }
        return (first, second)
    }

    /// What the slopes of D cost.
    private func penalties(
        _ real: (points: Variable<Double>, logits: Variable<Double>),
        _ fake: (points: Variable<Double>, logits: Variable<Double>),
        _ logits: (Variable<Double>) throws -> Variable<Double>
    ) throws -> [Variable<Double>] {
        let rules = settings.penalties
        var groups: [Game.Penalties.Group<Double>] = []
        for (side, gamma) in [(real, rules.r1), (fake, rules.r2)] where gamma > 0 {
            let rows = side.points.shape.rows
            let weights = Variable(Matrix(repeating: gamma / 2 / Double(rows), shape: .matrix(rows, 1)))
            groups.append(.init(points: side.points, logits: side.logits, weights: weights, mask: mask))
        }
        var penalties = try Game.Penalties.squares(groups).map { [$0] } ?? []
        if rules.interpolated > 0 {
            let between = try real.points + (fake.points - real.points) * share
            penalties.append(try rules.between(between, logits(between), mask: mask))
        }
        return penalties
    }

    /// Points that G makes with its number at x.
    private func made(_ signal: Variable<Double>, _ x: Variable<Double>) throws -> Variable<Double> {
        let parameters = try ofG.parameters(with: x)
        let last = try maker.hidden(maker.sizes.count - 2, after: ofG.layersBefore, signal, with: parameters)
        return try maker.finished(maker.answer(last, nil, with: parameters))
    }

    /// Made-up points as D sees them.
    private func seen(_ points: Variable<Double>) throws -> Variable<Double> {
        var rows = points
        if let classes { rows = try .concatenated([rows, classes], axis: 1) }
        if let blur { rows = try rows + blur }
        return try settings.packed(rows, (game.data.dimension, game.classes))
    }

    /// D's parameters with its number at y, as it judges with them: divided by their norms where the game does so. The
    /// directions that they stretch most are found anew for each y.
    private func judging(_ y: Variable<Double>) throws -> [Variable<Double>] {
        let parameters = try ofD.parameters(with: y)
        guard settings.penalties.isSpectral else { return parameters }
        let (still, places) = (parameters.map(\.detached), judge.weightIndices)
        var spectra = spectra
        for _ in 0..<50 { spectra = try SpectralNorm.normalised(still, at: places, spectra).spectra }
        return try SpectralNorm.normalised(parameters, at: places, spectra).parameters
    }
}
