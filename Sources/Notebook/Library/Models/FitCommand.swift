import Foundation
import Language
import Learning
import LinearAlgebra
import Words

extension Library {
    static let fit = CommandEntry(
        "fit", topic: .models, "train a network, and put the trained one in its place",
        parameters: [
            Parameter("model", .name, "the variable that holds the network"),
            Parameter("x", .tensor, default: "", "points in rows"),
            Parameter("y", .any, default: "", "what to say of each: 0 or 1, a class number or name, or values"),
            Parameter("real", .tensor, default: "", "for a discriminator: real points, to be called 1"),
            Parameter("fake", .tensor, default: "", "for a discriminator: made-up points, to be called 0"),
            Parameter("steps", .integer(0...1_000_000_000), default: "1000", "how many steps"),
            Parameter(
                "lr", .number(Double.leastNonzeroMagnitude...1e6), default: "",
                "length of a step; left out: 0.01 for adam and rmsprop, 0.1 for sgd, 0.02 with momentum"),
            Parameter("optimizer", .choice(OptimiserRule.named.map(\.name)), default: "\"adam\"", "the rule of a step"),
            Parameter(
                "batch", .integer(1...1_000_000), default: "",
                "points a step looks at, of each sample; left out: all of up to 512, otherwise 128"),
            Parameter(
                "loss", .choice(Objective.allCases.map(\.rawValue)), default: "",
                "binary or classes (cross-entropy), squares (mean squared error); left out: as suits y and the outputs"),
            Parameter("quiet", .boolean, default: "false", "say nothing of how it went, for training in a loop"),
        ],
        details: """
            `fit D real=real fake=fake` trains a discriminator to tell real points from made-up ones; both samples \
            count alike, however large they are. `fit M x, y` trains a classifier or a curve. Ctrl-C keeps what was \
            reached. If a number becomes infinite or NaN, training stops before that step and says what went first. \
            `M.history` has the losses.

            Training again goes on from where the network was, with a new optimizer: the averages that adam, momentum \
            and rmsprop keep of earlier gradients begin empty, so ten times 100 steps go another way than 1000 steps \
            at once. In a game, `train` goes on with the same optimizers.
            """,
        example: "D = mlp(1, 8, 1); fit D real=sample(bimodal, 200) fake=sample(normal(), 200) steps=50"
    ) { (arguments, context) throws(CellError) in
        let name = try arguments.string("model")
        let before = try networkToFit(name, arguments, context)
        let (data, classNames) = try trainingSet(for: before, arguments)
        warnOfLargeNumbers(data, context)
        let settings = try trainingSettings(arguments)
        let training = try arguments.learning(at: arguments.has("x") ? "x" : "real") { () throws(LearningError) in
            try train(before, on: data, settings, context)
        }
        let losses = before.history + training.history.map(\.score.loss)
        let trained = NetworkValue(
            MLP<Double>(training.model), steps: before.steps + training.steps, history: losses,
            classNames: classNames, objective: data.objective)
        context.give(name, .object(trained))
        report(training, settings, name, isQuiet: try arguments.boolean("quiet"), context)
    }

    private static func networkToFit(
        _ name: String, _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> NetworkValue {
        let range = arguments.range(of: "model")
        guard let value = context.state.variables[name] else {
            let known = context.state.variables.filter { $0.value.object(as: NetworkValue.self) != nil }.map(\.key)
            throw CellError(
                .name, "fit: there is no variable `\(name)`", at: range,
                help: Spelling.question(for: name, among: known) ?? "make a network first: \(name) = mlp(2, 16, 1)")
        }
        if let network = value.object(as: NetworkValue.self) { return network }
        let fitted = value.typeName == "gmm" || value.typeName == "naive_bayes"
        throw CellError(
            .type, "fit: `\(name)` is \(value.errorDescription), not a network", at: range,
            help: fitted ? "it was fitted when it was made" : "mlp and neuron make networks")
    }

    private static func trainingSettings(_ arguments: Arguments) throws(CellError) -> TrainingSettings {
        TrainingSettings(
            steps: try arguments.integer("steps"), batch: try arguments.optionalInteger("batch"),
            rule: OptimiserRule(named: try arguments.string("optimizer")) ?? .adam(),
            learningRate: try arguments.optionalNumber("lr"))
    }

    private static func train(
        _ network: NetworkValue, on data: TrainingSet, _ settings: TrainingSettings, _ context: Context
    ) throws(LearningError) -> Training {
        let stream = context.random.split()
        var shown = 0
        return try MLP<Float>(network.model).trained(
            on: data, settings: settings, random: stream, interrupted: context.checkInterrupt
        ) { step, score in
            let percent = 100 * step / max(settings.steps, 1)
            guard percent > shown else { return }
            shown = percent
            let text = "step \(step) of \(settings.steps), loss \(score.loss.significant(4))"
            context.emit(.progress(fraction: Double(step) / Double(settings.steps), text))
        }
    }

    /// Networks learn poorly from columns of large numbers, and the person may not know.
    private static func warnOfLargeNumbers(_ data: TrainingSet, _ context: Context) {
        let inputs = data.parts.map(\.inputs)
        for column in 0..<data.inputs {
            let largest = inputs.map { $0.column(column).reduce(0) { max($0, abs($1)) } }.max() ?? 0
            guard largest > 50 else { continue }
            let text = Double(largest).significant(4)
            context.emit(
                .note(
                    "column \(column) holds numbers up to \(text); networks learn better from standardised columns: "
                        + "(x - mean(x, axis=0)) / std(x, axis=0)"))
            return
        }
    }

    /// One line: how far it came, the loss from where to where, the accuracy. What went wrong is said in any case.
    private static func report(
        _ training: Training, _ settings: TrainingSettings, _ name: String, isQuiet: Bool, _ context: Context
    ) {
        let count = Wording.count(training.steps, "step")
        var line = "\(count): loss \(training.before.loss.significant(4)) -> \(training.after.loss.significant(4))"
        if let accuracy = training.after.accuracy { line += ", accuracy \((100 * accuracy).significant(3)) %" }
        switch training.outcome {
        case .finished: if !isQuiet { context.emit(.text(line)) }
        case .interrupted:
            context.emit(.text("stopped after \(training.steps) of \(settings.steps) steps; \(line)"))
        case .diverged(let culprit):
            context.emit(.text(line))
            let rate = training.optimiser.learningRate
            context.emit(
                .warning(
                    "step \(training.steps + 1) was not taken: \(culprit.words) would not be finite. `\(name)` is as it "
                        + "was before; try a smaller step, lr=\((rate / 10).shortest)"))
        }
    }
}

extension TrainingOutcome.Culprit {
    /// What was the first to be no longer finite, in words.
    fileprivate var words: String {
        switch self {
        case .layer(let number): "the numbers of layer \(number)"
        case .loss: "the loss"
        case .gradient(let name): "the gradient of \(name)"
        case .step: "the parameters after it or the optimizer's memory"
        }
    }
}
