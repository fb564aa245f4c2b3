import Autodiff
import Language
import Learning
import LinearAlgebra

extension Library {
    /// Networks, naive Bayes, mixtures: making them, fitting them, asking them.
    static func addModels(to registry: inout Registry) {
        registry.add([mlp, neuron, loss])
        registry.add([naiveBayes, generate])
        registry.add([gmm, emStep, responsibilities, criterion("bic"), criterion("aic")])
        registry.add([predict, predictProbabilities, accuracy, confusion])
        registry.add([fit])
    }

    static let activations = Activation.allCases.map(\.rawValue)
    static let outputs = MLP<Double>.Output.allCases.map(\.rawValue)
    private static let initialisers = Initialiser.named.map(\.name)

    private static let mlp = FunctionEntry(
        "mlp", topic: .models, "a multilayer perceptron with freshly drawn weights",
        parameters: [
            Parameter(
                "sizes", .oneOf([.integer(1...4096), .list(of: .integer(1...4096))]), variadic: true,
                "numbers in, neurons of each hidden layer, numbers out"),
            Parameter(
                "activation", .choice(activations), default: "\"relu\"",
                "the activation function after every hidden layer"),
            Parameter("output", .choice(outputs), default: "\"none\"", "what is done to the last layer's numbers"),
            Parameter(
                "init", .choice(initialisers), default: "",
                "how weights are drawn; left out: he or glorot, as suits the activation"),
        ],
        returns: "a network: call it with points, one a row",
        details: """
            A discriminator is best left with output="none": `loss` and `fit` take its numbers as logits, and \
            `predict_proba` turns them into probabilities. A generator's output is a point. \
            `m.parameters` is the list W1, b1, W2, ...; gradients can be taken for them: \
            `grad(loss(D, real, fake), D.parameters)`.
            """,
        example: "G = mlp(2, 16, 16, 2); G([[0, 1], [2, 3]])"
    ) { (arguments, context) throws(CellError) in
        let sizes = try arguments.integers("sizes")
        if sizes.count < 2 {
            throw arguments.error(
                "sizes", "needs two numbers or more: numbers in, ..., numbers out", help: "mlp(2, 16, 1)")
        }
        return try network(sizes, arguments, context)
    }

    private static let neuron = FunctionEntry(
        "neuron", topic: .models, "a single neuron, sigmoid(w x + b): logistic regression",
        parameters: [
            Parameter("inputs", .integer(1...4096), default: "1", "the numbers of a point"),
            Parameter("output", .choice(outputs), default: "\"sigmoid\"", "what is done to w x + b"),
            Parameter("init", .choice(initialisers), default: "\"zeros\"", "how w is drawn"),
        ],
        returns: "a network of one neuron",
        example: "D = neuron(2); D([[0, 0], [1, 2]])"
    ) { (arguments, context) throws(CellError) in
        try network([try arguments.integer("inputs"), 1], arguments, context)
    }

    private static func network(
        _ sizes: [Int], _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> Value {
        let activation = try arguments.optionalString("activation").flatMap { Activation(rawValue: $0) }
        let output = MLP<Double>.Output(rawValue: try arguments.string("output"))
        let rule = try arguments.optionalString("init").flatMap { Initialiser(named: $0) }
        var random = context.random
        // Drawn in single precision, in which networks are trained, so that nothing is lost on the way there and back.
        let model = try arguments.learning(at: "sizes") { () throws(LearningError) in
            try MLP<Float>(
                sizes: sizes, activation: activation ?? .relu,
                output: output.flatMap { .init(rawValue: $0.rawValue) } ?? .none, initialiser: rule, random: &random)
        }
        context.random = random
        return .object(NetworkValue(MLP<Double>(model)))
    }

    private static let loss = FunctionEntry(
        "loss", topic: .models, "what it costs a discriminator to tell real points from made-up ones",
        parameters: [
            Parameter("D", .object("mlp"), "a network with one output"),
            Parameter("real", .tensor, "real points, one a row"),
            Parameter("fake", .tensor, "made-up points, one a row"),
        ],
        returns: "a number that can be differentiated",
        details: """
            The mean over both halves: mean(softplus(-D(real))) / 2 + mean(softplus(D(fake))) / 2, with D's numbers \
            before any sigmoid (logits). Knowing nothing costs ln 2 = 0.693; calling everything right and being sure \
            of it costs nothing. Goodfellow's value V(D, G) is -2 times this.
            """,
        example: "D = mlp(1, 8, 1); loss(D, sample(normal(2), 50), sample(normal(), 50))"
    ) { (arguments, _) throws(CellError) in
        let network = try arguments.object("D", as: NetworkValue.self)
        if network.model.outputs != 1 || network.model.output == .tanh || network.model.output == .softmax {
            throw arguments.error("D", "has to have one output that is a logit or goes through a sigmoid", kind: .shape)
        }
        let real = try network.differentiableLogits(of: arguments.tensor("real"), arguments.range(of: "real"))
        let fake = try network.differentiableLogits(of: arguments.tensor("fake"), arguments.range(of: "fake"))
        do {
            return .tensor(try discriminatorLoss(realLogits: real, fakeLogits: fake))
        } catch {
            throw CellError(.shape, "loss: \(error)")
        }
    }
}

extension NetworkValue {
    /// The logits of points, in a graph that leads back to the network's parameters and to the points.
    func differentiableLogits(
        of x: Variable<Double>, _ range: SourceRange?
    ) throws(CellError) -> Variable<Double> {
        do {
            let rows = model.inputs == 1 && x.shape.rank < 2 ? try x.reshaped(.matrix(x.shape.count, 1)) : x
            return try model.logits(of: rows, with: variables)
        } catch {
            throw misfit(x.shape).placed(at: range)
        }
    }
}
