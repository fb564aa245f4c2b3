import Autodiff
import LinearAlgebra

extension MLP where Element == Float {
    /// Trains the network: draws a batch, takes the gradient of its loss, steps, again and again.
    ///
    /// The same seed gives the same network. A step in which anything becomes infinite or NaN is not taken, and ends the
    /// training at the parameters before it.
    ///
    /// - Parameters:
    ///   - optimiser: one to go on with; nil starts afresh.
    ///   - mode: whether the step is recorded and replayed, or computed anew each time; both give the same bits.
    ///   - interrupted: looked at once a step; true stops and keeps what was reached.
    ///   - progress: told after recorded steps how far it is.
    /// - Throws: `LearningError` when the network and the data do not fit, or a setting is out of range.
    public func trained(
        on data: TrainingSet, settings: TrainingSettings = TrainingSettings(), optimiser: Optimiser<Float>? = nil,
        mode: Program<Float>.Mode = .replayed, random: RandomStream, interrupted: () -> Bool = { false },
        progress: (_ step: Int, _ score: Score) -> Void = { _, _ in }
    ) throws(LearningError) -> Training {
        try check(data, settings)
        let rate = settings.learningRate ?? settings.rule.usualLearningRate
        let start = Training.Position(
            model: self, optimiser: optimiser ?? Optimiser(settings.rule, learningRate: rate))
        var sampler = BatchSampler(data, size: settings.batchSize(for: data), random: random)
        let program: TrainingProgram
        do { program = try TrainingProgram(mode, start, sampler, data.objective) } catch { throw .engine("\(error)") }
        var (steps, outcome) = (0, TrainingOutcome.finished)
        var history: [(step: Int, score: Score)] = []
        let every = max(1, settings.steps / 1000)
        while steps < settings.steps {
            if interrupted() {
                outcome = .interrupted
                break
            }
            let rows = sampler.next()
            guard try program.take(rows) else {
                let model = program.position(after: steps).model
                outcome = .diverged(try model.culprit(in: sampler, rows, data.objective))
                break
            }
            steps += 1
            if (steps - 1) % every == 0 || steps == settings.steps {
                let score = data.objective.score(program.loss, program.logits, sampler, rows)
                history.append((steps, score))
                progress(steps, score)
            }
        }
        let reached = program.position(after: steps)
        return Training(
            model: reached.model, optimiser: reached.optimiser, before: try score(on: data),
            after: try reached.model.score(on: data), history: history, steps: steps, outcome: outcome)
    }

    /// Checks that the network takes these points and answers with these targets' number of columns.
    fileprivate func check(_ data: TrainingSet, _ settings: TrainingSettings? = nil) throws(LearningError) {
        if data.inputs != inputs { throw .dimensionMismatch(expected: inputs, got: data.inputs) }
        if data.outputs != outputs { throw .outputMismatch(network: outputs, targets: data.outputs) }
        guard let settings else { return }
        if settings.steps < 0 {
            throw .outOfRange(name: "steps", value: Double(settings.steps), allowed: "0 or more")
        }
        if let batch = settings.batch, batch < 1 {
            throw .outOfRange(name: "batch", value: Double(batch), allowed: "1 or more")
        }
        if let rate = settings.learningRate, !(rate > 0 && rate.isFinite) {
            throw .outOfRange(name: "lr", value: rate, allowed: "more than 0")
        }
    }
}

extension TrainingProgram {
    /// A step; what the engine says against it as a `LearningError`.
    fileprivate func take(_ rows: [Int]) throws(LearningError) -> Bool {
        do { return try step(rows) } catch { throw .engine("\(error)") }
    }
}

// MARK: Scores

extension MLP where Element == Float {
    /// The mean loss and the accuracy on all rows, a few thousand rows at a time.
    public func score(on data: TrainingSet) throws(LearningError) -> Score {
        try check(data)
        var (loss, right) = (0.0, 0.0)
        for part in data.parts {
            let share = 1 / Double(part.count * data.parts.count)
            for start in stride(from: 0, to: part.count, by: 4096) {
                let rows = start..<min(start + 4096, part.count)
                do {
                    let (inputs, targets) = (try part.inputs.rows(rows), try part.targets.rows(rows))
                    let logits = try logits(of: Variable(inputs), with: parameters.map { Variable($0) })
                    let losses = try data.objective.perRow(self, logits: logits, targets: Variable(targets))
                    loss += share * losses.value.values.reduce(0) { $0 + Double($1) }
                    right += share * Double(data.objective.isRight(logits.value, targets).count { $0 })
                } catch {
                    throw .engine("\(error)")
                }
            }
        }
        return Score(loss: loss, accuracy: data.objective == .squaredError ? nil : right)
    }

    /// What is the first to be no longer finite in a step on these rows.
    fileprivate func culprit(
        in sampler: BatchSampler, _ rows: [Int], _ objective: Objective
    ) throws(LearningError) -> TrainingOutcome.Culprit {
        do {
            let parameters = variables
            let inputs = try sampler.inputs.gathered(rows)
            if let layer = try firstBadLayer(Variable(inputs), parameters) { return .layer(layer) }
            let logits = try logits(of: Variable(inputs), with: parameters)
            let targets = Variable(try sampler.targets.gathered(rows))
            let losses = try objective.perRow(self, logits: logits, targets: targets)
            let loss = try (losses * Variable(sampler.weights)).sum()
            if !loss.value.isFinite { return .loss }
            let slopes = try gradients(of: loss, withRespectTo: parameters)
            let bad = slopes.firstIndex { !$0.value.isFinite }
            return bad.map { .gradient(Self.parameterName($0)) } ?? .step
        } catch {
            throw .engine("\(error)")
        }
    }

    /// The first layer, counted from 1, whose numbers are not all finite.
    func firstBadLayer(_ x: Variable<Float>, _ parameters: [Variable<Float>]) throws(ShapeError) -> Int? {
        var (signal, classes) = try parted(x)
        for layer in 0..<sizes.count - 2 {
            signal = try signal.matmul(parameters[2 * layer]) + parameters[2 * layer + 1]
            if !signal.value.isFinite { return layer + 1 }
            signal = activation(signal)
        }
        return try answer(signal, classes, with: parameters).value.isFinite ? nil : sizes.count - 1
    }
}

extension Objective {
    /// For each row, whether the logits call it what the targets say.
    package func isRight(_ logits: Matrix<Float>, _ targets: Matrix<Float>) -> [Bool] {
        (0..<logits.rows).map { row in
            if logits.columns == 1 { return (logits[row, 0] > 0) == (targets[row, 0] > 0.5) }
            let (answer, truth) = (logits.row(row), targets.row(row))
            return answer.firstIndex(of: answer.max() ?? 0) == truth.firstIndex(of: truth.max() ?? 0)
        }
    }

    /// The score of a batch.
    fileprivate func score(_ loss: Float, _ logits: Matrix<Float>, _ sampler: BatchSampler, _ rows: [Int]) -> Score {
        guard self != .squaredError, let targets = try? sampler.targets.gathered(rows) else {
            return Score(loss: Double(loss), accuracy: nil)
        }
        let right = zip(isRight(logits, targets), sampler.weights.values)
        return Score(loss: Double(loss), accuracy: right.reduce(0.0) { $0 + ($1.0 ? Double($1.1) : 0) })
    }
}
