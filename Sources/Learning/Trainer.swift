import Autodiff
import LinearAlgebra

extension MLP where Element == Float {
    /// Trains the network: draws a batch, takes the gradient of its loss, steps, again and again.
    ///
    /// The same seed gives the same network. A step in which anything becomes infinite or NaN is not taken, and ends the
    /// training at the parameters before it.
    ///
    /// - Parameters:
    ///   - interrupted: looked at once a step; true stops and keeps what was reached.
    ///   - progress: told after recorded steps how far it is.
    /// - Throws: `LearningError` when the network and the data do not fit, or a setting is out of range.
    public func trained(
        on data: TrainingSet, settings: TrainingSettings = TrainingSettings(), random: RandomStream,
        interrupted: () -> Bool = { false }, progress: (_ step: Int, _ score: Score) -> Void = { _, _ in }
    ) throws(LearningError) -> Training {
        try check(data, settings)
        var loop = TrainingLoop(self, data, settings, random)
        let before = try score(on: data)
        var outcome = TrainingOutcome.finished
        let every = max(1, settings.steps / 1000)
        while loop.steps < settings.steps {
            if interrupted() {
                outcome = .interrupted
                break
            }
            if let culprit = try loop.step(recorded: loop.steps % every == 0 || loop.steps + 1 == settings.steps) {
                outcome = .diverged(culprit)
                break
            }
            if let last = loop.history.last, last.step == loop.steps { progress(last.step, last.score) }
        }
        return Training(
            model: loop.model, optimiser: loop.optimiser, before: before, after: try loop.model.score(on: data),
            history: loop.history, steps: loop.steps, outcome: outcome)
    }

    /// The mean loss and the accuracy on all rows, a few thousand rows at a time.
    public func score(on data: TrainingSet) throws(LearningError) -> Score {
        try check(data)
        var (loss, right) = (0.0, 0.0)
        for part in data.parts {
            let share = 1 / Double(part.count * data.parts.count)
            for start in stride(from: 0, to: part.count, by: 4096) {
                let rows = start..<min(start + 4096, part.count)
                let answer = try evaluate(part.inputs.rows(rows), part.targets.rows(rows), data.objective)
                loss += share * answer.losses.values.reduce(0) { $0 + Double($1) }
                right += share * Double(data.objective.countRight(answer.logits, part.targets.rows(rows)))
            }
        }
        return Score(loss: loss, accuracy: data.objective == .squaredError ? nil : right)
    }

    /// Logits and the loss of each row, without gradients.
    private func evaluate(
        _ inputs: Matrix<Float>, _ targets: Matrix<Float>, _ objective: Objective
    ) throws(LearningError) -> (logits: Matrix<Float>, losses: Matrix<Float>) {
        do {
            let logits = try logits(of: Variable(inputs), with: parameters.map { Variable($0) })
            let losses = try objective.perRow(self, logits: logits, targets: Variable(targets))
            return (logits.value, losses.value)
        } catch {
            throw .shapes(error)
        }
    }

    /// Checks that the network takes these points and answers with these targets' number of columns.
    private func check(_ data: TrainingSet, _ settings: TrainingSettings? = nil) throws(LearningError) {
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

/// The state of a training between two steps.
private struct TrainingLoop {
    private(set) var model: MLP<Float>
    private(set) var optimiser: Optimiser<Float>
    private(set) var history: [(step: Int, score: Score)] = []
    private(set) var steps = 0
    private var sampler: BatchSampler
    private let objective: Objective

    init(_ model: MLP<Float>, _ data: TrainingSet, _ settings: TrainingSettings, _ random: RandomStream) {
        self.model = model
        objective = data.objective
        let rate = settings.learningRate ?? settings.rule.usualLearningRate
        optimiser = Optimiser(settings.rule, learningRate: rate)
        sampler = BatchSampler(data, size: settings.batchSize(for: data), random: random)
    }

    /// Takes one step, unless something in it is not finite: then nothing changes and the culprit is returned.
    mutating func step(recorded: Bool) throws(LearningError) -> TrainingOutcome.Culprit? {
        let batch = sampler.next()
        let pass = try TrainingPass(model, batch, objective)
        if let culprit = pass.culprit { return culprit }
        var (next, moved) = (model, optimiser)
        moved.update(&next.parameters, gradients: pass.gradients)
        if let bad = next.parameters.firstIndex(where: { !$0.isFinite }) {
            return .parameter(MLP<Float>.parameterName(bad))
        }
        (model, optimiser) = (next, moved)
        steps += 1
        if recorded { history.append((steps, pass.score(batch, objective))) }
        return nil
    }
}

/// One batch forwards and backwards.
private struct TrainingPass {
    let loss: Float
    let logits: Matrix<Float>
    let gradients: [Matrix<Float>]
    /// What was the first to be no longer finite.
    let culprit: TrainingOutcome.Culprit?

    init(_ model: MLP<Float>, _ batch: Batch, _ objective: Objective) throws(LearningError) {
        do {
            let variables = model.variables
            let signal = try model.logits(of: Variable(batch.inputs), with: variables)
            let losses = try objective.perRow(model, logits: signal, targets: Variable(batch.targets))
            let mean = try (losses * Variable(batch.weights)).sum()
            loss = mean.value.number
            logits = signal.value
            guard loss.isFinite else {
                gradients = []
                culprit = try Self.firstBadLayer(model, batch) ?? .loss
                return
            }
            gradients = try Autodiff.gradients(of: mean, withRespectTo: variables).map(\.value)
            culprit = gradients.firstIndex { !$0.isFinite }.map { .gradient(MLP<Float>.parameterName($0)) }
        } catch {
            throw .shapes(error)
        }
    }

    func score(_ batch: Batch, _ objective: Objective) -> Score {
        guard objective != .squaredError else { return Score(loss: Double(loss), accuracy: nil) }
        let right = objective.isRight(logits, batch.targets)
        let accuracy = zip(right, batch.weights.values).reduce(0.0) { $0 + ($1.0 ? Double($1.1) : 0) }
        return Score(loss: Double(loss), accuracy: accuracy)
    }

    /// The first layer whose numbers are not all finite.
    private static func firstBadLayer(
        _ model: MLP<Float>, _ batch: Batch
    ) throws(ShapeError) -> TrainingOutcome.Culprit? {
        var signal = Variable(batch.inputs)
        for layer in 0..<model.sizes.count - 1 {
            let (weights, bias) = (Variable(model.parameters[2 * layer]), Variable(model.parameters[2 * layer + 1]))
            signal = try signal.matmul(weights) + bias
            if !signal.value.isFinite { return .layer(layer + 1) }
            if layer < model.sizes.count - 2 { signal = model.activation(signal) }
        }
        return nil
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

    /// How many rows are called what the targets say.
    package func countRight(_ logits: Matrix<Float>, _ targets: Matrix<Float>) -> Int {
        isRight(logits, targets).count { $0 }
    }
}

extension Matrix<Float> {
    /// A stretch of rows.
    fileprivate func rows(_ range: Range<Int>) -> Matrix<Float> {
        if range.count == rows { return self }
        return Matrix(
            shape: .matrix(range.count, columns),
            values: Array(values[range.lowerBound * columns..<range.upperBound * columns]))
    }
}

extension LearningError {
    /// A mismatch of shapes in the engine, which the checks before it should have caught.
    static func shapes(_ error: any Error) -> LearningError { .engine("\(error)") }
}
