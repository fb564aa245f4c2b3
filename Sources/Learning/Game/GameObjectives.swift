import Autodiff
import LinearAlgebra

/// What D makes small, and how it came about.
struct DiscriminatorCost {
    /// Points as D saw them, a (packed) row each.
    let real: Variable<Float>, fake: Variable<Float>
    /// D's numbers for both, the real ones first: 2n x 1.
    let logits: Variable<Float>
    /// The loss, what the penalties add, and both together.
    let loss: Variable<Float>, penalty: Variable<Float>?, total: Variable<Float>
}

/// What G makes small, and how it came about.
struct GeneratorCost {
    /// Noise, what G made of it, and that as D saw it.
    let noise: Variable<Float>, points: Variable<Float>, seen: Variable<Float>
    /// D's numbers for it, n x 1.
    let logits: Variable<Float>
    /// The real points that they are compared with, and D's numbers for these, where the loss pairs points.
    let real: (points: Variable<Float>, logits: Variable<Float>)?
    /// The loss.
    let loss: Variable<Float>
}

/// What both players make small in a step, and the points that it is computed from.
extension GameStep {
    // MARK: D

    /// D's loss, what the penalties add, and both together.
    func discriminatorLoss(
        _ real: Variable<Float>, _ fake: Variable<Float>, _ parameters: [Variable<Float>]
    ) throws -> DiscriminatorCost {
        let groups = try judged(real, fake, parameters)
        let logits = try groups.count == 1 ? groups[0].logits : Variable.concatenated(groups.map(\.logits), axis: 0)
        let loss = try settings.loss.discriminator(logits, smoothing: settings.labelSmoothing)
        var penalty = try penalty(groups, real, fake, parameters)
        if let penaltyScale { penalty = try penalty.map { (penalty) throws(ShapeError) in try penalty * penaltyScale } }
        let total = try penalty.map { (penalty) throws(ShapeError) in try loss + penalty } ?? loss
        return DiscriminatorCost(real: real, fake: fake, logits: logits, loss: loss, penalty: penalty, total: total)
    }

    /// Both halves of the batch in one pass, the real ones first; in two where only one of them has to answer for D's
    /// gradient, or where D compares the points of a batch.
    private func judged(
        _ real: Variable<Float>, _ fake: Variable<Float>, _ parameters: [Variable<Float>]
    ) throws(ShapeError) -> [Game.Penalties.Group<Float>] {
        let (r1, r2) = (settings.penalties.r1, settings.penalties.r2)
        let rows = real.shape.rows
        func weights(_ gammas: [Double]) -> Variable<Float>? {
            if gammas.allSatisfy({ $0 == 0 }) { return nil }
            let values = gammas.flatMap { [Float](repeating: Float($0 / 2 / Double(rows)), count: rows) }
            return Variable(Matrix(shape: .matrix(values.count, 1), values: values))
        }
        func group(
            _ points: Variable<Float>, _ weights: Variable<Float>?
        ) throws(ShapeError) -> Game.Penalties.Group<Float> {
            let points = weights == nil ? points : points.asParameter()
            let logits = try judge.logits(of: points, with: parameters)
            return Game.Penalties.Group(points: points, logits: logits, weights: weights, mask: judge.mask)
        }
        // Points are compared with those of their own sort only (Salimans et al. 2016).
        if (r1 > 0) == (r2 > 0), settings.minibatchKernels == 0 {
            return [try group(.concatenated([real, fake], axis: 0), weights([r1, r2]))]
        }
        return [try group(real, weights([r1])), try group(fake, weights([r2]))]
    }

    /// All that is added to D's loss, nil for nothing.
    private func penalty(
        _ groups: [Game.Penalties.Group<Float>], _ real: Variable<Float>, _ fake: Variable<Float>,
        _ parameters: [Variable<Float>]
    ) throws -> Variable<Float>? {
        let squares = try Game.Penalties.squares(groups)
        guard settings.penalties.interpolated > 0 else { return squares }
        let share = recorder.uniform(.matrix(real.shape.rows, 1))
        let points = try (real + (fake - real) * share).asParameter()
        let logits = try judge.logits(of: points, with: parameters)
        let between = try settings.penalties.between(points, logits, mask: judge.mask)
        return try squares.map { (squares) throws(ShapeError) in try squares + between } ?? between
    }

    // MARK: G

    /// G's loss, as a D with these parameters judges what it makes.
    mutating func generatorLoss(
        _ parameters: [Variable<Float>], judgedBy opponent: [Variable<Float>]
    ) throws -> GeneratorCost {
        // Partners are of one class, so that here the real ones are drawn first.
        let partners = game.classes > 0 && settings.loss.pairsPoints ? try reality.batch(settings.batch) : nil
        let (noise, points) = try made(parameters, likeClassesOf: partners)
        let seen = try judge.seen(points)
        let logits = try judge.logits(of: seen, with: opponent)
        var real: (points: Variable<Float>, logits: Variable<Float>)?
        if settings.loss.pairsPoints {
            let points = try judge.seen(partners ?? drawn())
            real = (points, try judge.logits(of: points, with: opponent))
        }
        var loss = try settings.loss.generator(logits, real: real?.logits)
        if settings.modeSeeking > 0 {
            let (otherNoise, other) = try made(parameters, likeClassesOf: points)
            // Their classes are the same, and no part of the distance.
            let share = Float(points.shape.columns) / Float(game.data.dimension)
            let apart = try (points - other).absolute().mean() * share
            let ratio = try apart / (noise - otherNoise).absolute().mean()
            loss = try loss + Float(settings.modeSeeking) / (ratio + 1e-5)
        }
        return GeneratorCost(noise: noise, points: points, seen: seen, logits: logits, real: real, loss: loss)
    }

    // MARK: Points

    /// A batch of real points.
    private mutating func drawn() throws(ShapeError) -> Variable<Float> { try reality.batch(settings.batch) }

    /// A batch of made-up points, and the fresh noise that they are made of. Where the players are told of classes, these
    /// stand beside the points: those of other rows, or fresh ones.
    func made(
        _ parameters: [Variable<Float>], likeClassesOf rows: Variable<Float>? = nil
    ) throws(ShapeError) -> (noise: Variable<Float>, points: Variable<Float>) {
        let model = game.generator.model
        let noise = settings.noise.draw(.matrix(settings.batch, game.noiseWidth), recorder)
        guard let fresh = try classes(of: rows) else {
            return (noise, try model.finished(model.logits(of: noise, with: parameters)))
        }
        let input = try Variable.concatenated([noise, fresh], axis: 1)
        let points = try model.finished(model.logits(of: input, with: parameters))
        return (noise, try .concatenated([points, fresh], axis: 1))
    }

    /// The classes beside given rows, or fresh ones; nil where the players are not told.
    private func classes(of rows: Variable<Float>?) throws(ShapeError) -> Variable<Float>? {
        if let rows { return try judge.classes(of: rows) }
        return try reality.labels(settings.batch)
    }

    /// The made-up points that D is shown: half of them from earlier steps, where those are kept (Shrivastava et al. 2017,
    /// arXiv:1612.07828). The newest push out the oldest.
    mutating func shown(_ points: Variable<Float>) throws(ShapeError) -> Variable<Float> {
        guard let kept = fakes else { return points }
        let (half, count) = (settings.batch / 2, kept.shape.rows)
        let old = try kept.gathered(recorder.indices(half, below: count))
        fakes = try .concatenated([points.rows(0..<half), kept.rows(0..<count - half)], axis: 0)
        return try .concatenated([points.rows(half..<settings.batch), old], axis: 0)
    }
}

extension Game {
    /// What G makes before it has learned anything more, to begin a history of fakes with.
    func firstFakes(_ count: Int) -> Matrix<Float> {
        var random = random
        var own = random.split()
        let (input, labels) = latent(count, using: &own)
        let points = (try? generator.model(Variable(input)).value) ?? .zeros(.matrix(count, generator.model.outputs))
        return classes > 0 ? points.beside(labels, of: classes) : points
    }
}
