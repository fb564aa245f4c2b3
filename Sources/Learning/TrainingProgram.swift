import Autodiff
import LinearAlgebra

/// One training step of a network as a program: rows of the data in, parameters and optimiser's memory on.
struct TrainingProgram {
    private let program: Program<Float>
    private let start: Training.Position
    private let takesAll: Bool

    /// Records the step.
    ///
    /// - Throws: `ShapeError` or `GradientError`, which the checks before it rule out.
    init(
        _ mode: Program<Float>.Mode, _ start: Training.Position, _ sampler: BatchSampler, _ objective: Objective,
        threads: Int? = nil
    ) throws {
        self.start = start
        takesAll = sampler.takesAll
        program = try Program(mode, threads: threads) { recorder in
            let optimiser = RecordedOptimiser(recorder, "net", start.optimiser, start.model.parameters)
            var (inputs, targets) = (Variable(sampler.inputs), Variable(sampler.targets))
            if !sampler.takesAll {
                let rows = recorder.input("rows", .zeros(.vector(sampler.rows)))
                inputs = try recorder.input("inputs", sampler.inputs).gathered(rows)
                targets = try recorder.input("targets", sampler.targets).gathered(rows)
            }
            let logits = try start.model.logits(of: inputs, with: optimiser.parameters)
            let losses = try objective.perRow(start.model, logits: logits, targets: targets)
            let loss = try (losses * Variable(sampler.weights)).sum()
            let slopes = try gradients(of: loss, withRespectTo: optimiser.parameters)
            let next = try optimiser.stepped(slopes)
            let soundness = try RecordedOptimiser.soundness(next) + loss * 0
            try optimiser.update(to: next, if: soundness.combined(with: 0, by: .equal))
            recorder.output("loss", loss)
            recorder.output("logits", logits)
            recorder.output("soundness", soundness)
        }
    }

    /// Takes a step on these rows, unless anything would no longer be finite: then nothing changes.
    ///
    /// - Returns: whether the step was taken.
    func step(_ rows: [Int]) throws -> Bool {
        if !takesAll { try program.set("rows", to: Matrix(vector: rows.map { Float($0) })) }
        try program.run()
        return program.number("soundness") == 0
    }

    /// The loss of the last step's batch, before the step.
    var loss: Float { program.number("loss") }
    /// The logits of the last step's batch, before the step.
    var logits: Matrix<Float> { program["logits"] ?? .zeros(.scalar) }

    /// Where the program has come to after so many steps.
    func position(after steps: Int) -> Training.Position {
        let (optimiser, parameters) = start.optimiser.resumed(
            from: program, "net", parameters: start.model.parameters, after: steps)
        var model = start.model
        model.parameters = parameters
        return Training.Position(model: model, optimiser: optimiser)
    }
}
