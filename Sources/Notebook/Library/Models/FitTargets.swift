import Language
import Learning
import LinearAlgebra

extension Library {
    /// What the arguments of `fit` give to learn from, and the names of the classes if they have names.
    static func trainingSet(
        for network: NetworkValue, _ arguments: Arguments
    ) throws(CellError) -> (TrainingSet, classNames: [String]?) {
        switch (arguments.has("real"), arguments.has("fake"), arguments.has("x"), arguments.has("y")) {
        case (true, true, false, false): return (try discriminatorSet(for: network, arguments), network.classNames)
        case (false, false, true, true): return try labelledSet(for: network, arguments)
        default:
            throw CellError(
                .value, "fit needs two samples, or points and what to say of them",
                help: "fit D real=real fake=fake, or fit M x, y")
        }
    }

    private static func discriminatorSet(
        for network: NetworkValue, _ arguments: Arguments
    ) throws(CellError) -> TrainingSet {
        if network.model.outputs != 1 {
            throw CellError(
                .shape, "fit: a discriminator has one output; this network has \(network.model.outputs)",
                at: arguments.range(of: "model"), help: "mlp(\(network.model.inputs), 16, 1)")
        }
        try checkOutput(network, .binaryCrossEntropy, arguments)
        let (real, fake) = (try arguments.matrix("real"), try arguments.matrix("fake"))
        for (points, name) in [(real, "real"), (fake, "fake")] {
            try checkPoints(points, for: network, at: name, arguments)
        }
        return try arguments.learning(at: "real") { () throws(LearningError) in
            try TrainingSet(real: real, fake: fake)
        }
    }

    private static func labelledSet(
        for network: NetworkValue, _ arguments: Arguments
    ) throws(CellError) -> (TrainingSet, classNames: [String]?) {
        let points = try arguments.matrix("x")
        try checkPoints(points, for: network, at: "x", arguments)
        let y = try arguments.value("y")
        guard let values = y.matrix else {
            let (labels, names) = try namedClasses(y, network, arguments)
            try checkOutput(network, names.count == 2 ? .binaryCrossEntropy : .crossEntropy, arguments)
            return (
                try arguments.learning(at: "y") { () throws(LearningError) in
                    try TrainingSet(inputs: points, labels: labels, classes: network.model.outputs)
                }, names
            )
        }
        let objective =
            try arguments.optionalString("loss").flatMap { Objective(rawValue: $0) } ?? usualObjective(network, values)
        try checkOutput(network, objective, arguments)
        let data = try arguments.learning(at: "y") { () throws(LearningError) in
            guard objective == .crossEntropy, values.shape.rank < 2 else {
                if objective == .binaryCrossEntropy,
                    let bad = values.values.firstIndex(where: { !(0...1).contains($0) })
                {
                    throw .unusableLabel(row: bad, value: values[bad])
                }
                return try TrainingSet(inputs: points, targets: values, objective: objective)
            }
            var labels: [Int] = []
            for (row, value) in values.values.enumerated() {
                guard let label = Int(exactly: value) else { throw .unusableLabel(row: row, value: value) }
                labels.append(label)
            }
            return try TrainingSet(inputs: points, labels: labels, classes: network.model.outputs)
        }
        return (data, nil)
    }

    /// Zeros and ones for one output: yes or no. Class numbers for several. Anything else: values.
    private static func usualObjective(_ network: NetworkValue, _ values: Matrix<Double>) -> Objective {
        let outputs = network.model.outputs
        let isBent = network.model.output == .tanh
        if outputs == 1 {
            return !isBent && values.values.allSatisfy { $0 == 0 || $0 == 1 } ? .binaryCrossEntropy : .squaredError
        }
        let areClasses = values.shape.rank < 2 && values.values.allSatisfy { $0 == $0.rounded() }
        return areClasses && !isBent ? .crossEntropy : .squaredError
    }

    /// Class numbers for labels that are names, in the order in which they appear.
    private static func namedClasses(
        _ y: Value, _ network: NetworkValue, _ arguments: Arguments
    ) throws(CellError) -> (labels: [Int], names: [String]) {
        let texts = try LabelList(y, arguments.range(of: "y")).names
        var names = network.classNames ?? []
        for text in texts where !names.contains(text) { names.append(text) }
        let room = max(network.model.outputs, 2)
        if names.count != room {
            throw CellError(
                .shape, "fit: the labels name \(names.count) classes, and the network has room for \(room)",
                at: arguments.range(of: "y"), help: "one output for two classes, otherwise one output a class")
        }
        return (texts.map { names.firstIndex(of: $0) ?? 0 }, names)
    }

    /// The losses work on logits: an output that is bent in another way would be bent twice.
    private static func checkOutput(
        _ network: NetworkValue, _ objective: Objective, _ arguments: Arguments
    ) throws(CellError) {
        let fits: [MLP<Double>.Output]
        switch objective {
        case .binaryCrossEntropy: fits = [.none, .sigmoid]
        case .crossEntropy: fits = [.none, .softmax]
        case .squaredError: return
        }
        if fits.contains(network.model.output) { return }
        throw CellError(
            .value,
            "fit: the \(objective.rawValue) loss cannot train a network with output=\"\(network.model.output.rawValue)\"",
            at: arguments.range(of: "model"),
            help: "make it with \(fits.map { "output=\"\($0.rawValue)\"" }.joined(separator: " or "))")
    }

    private static func checkPoints(
        _ points: Matrix<Double>, for network: NetworkValue, at name: String, _ arguments: Arguments
    ) throws(CellError) {
        let columns = points.shape.rank == 2 ? points.columns : 1
        if columns != network.model.inputs {
            throw arguments.error(
                name,
                "has \(columns == 1 ? "points of one number" : "points of \(columns) numbers"); the network takes "
                    + "\(network.model.inputs == 1 ? "one" : String(network.model.inputs))", kind: .shape)
        }
        if points.count == 0 { throw arguments.error(name, "holds no points", kind: .shape) }
    }
}
