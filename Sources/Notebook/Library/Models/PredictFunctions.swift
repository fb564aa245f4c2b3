import Language
import Learning
import LinearAlgebra

extension Library {
    private static let modelParameter = Parameter("m", .any, "a network, naive Bayes or a mixture")

    static let predict = FunctionEntry(
        "predict", topic: .models, "what a model calls each point: the most probable class",
        parameters: [modelParameter, Parameter("x", .any, "points in rows, or a table for naive Bayes")],
        returns: "a list of class names, or a vector of class numbers; of a network trained on values, the values",
        details: "One output: 1 where the probability is above a half. A mixture: the number of the component.",
        example: "m = naive_bayes([[1], [2], [7], [9]], [\"a\", \"a\", \"b\", \"b\"]); predict(m, [0, 5, 10])"
    ) { (arguments, context) throws(CellError) in
        let judge = try Judge(arguments)
        let points = try judge.points(arguments, context)
        if let network = judge.value as? NetworkValue, network.objective == .squaredError {
            return try network.call([.matrix(points)], in: context)
        }
        let chosen = try judge.choices(points, at: arguments.range(of: "x"))
        guard let names = judge.names else { return .vector(chosen.map(Double.init)) }
        return .list(chosen.map { .string(names[$0]) })
    }

    static let predictProbabilities = FunctionEntry(
        "predict_proba", topic: .models, "how probable a model holds each class to be, point by point",
        parameters: [modelParameter, Parameter("x", .any, "points in rows, or a table for naive Bayes")],
        returns: "a vector of probabilities of \"real\" for one output, otherwise a matrix, a class a column",
        example: "D = mlp(2, 8, 1); predict_proba(D, sample(moons, 3))"
    ) { (arguments, context) throws(CellError) in
        let judge = try Judge(arguments)
        let table = try judge.probabilities(at: judge.points(arguments, context), at: arguments.range(of: "x"))
        return table.columns == 1 ? .vector(table.values) : .matrix(table)
    }

    static let accuracy = FunctionEntry(
        "accuracy", topic: .models, "the share of points that a model calls by their right class",
        parameters: [
            modelParameter, Parameter("x", .any, "points in rows, or a table for naive Bayes"),
            Parameter("labels", .any, default: "", "the right classes; left out for a table that has them"),
        ],
        returns: "a number from 0 to 1",
        example:
            "m = naive_bayes([[1], [2], [7], [9]], [\"a\", \"a\", \"b\", \"b\"]); accuracy(m, [0, 8], [\"a\", \"b\"])"
    ) { (arguments, context) throws(CellError) in
        .number(try confusionMatrix(arguments, context).accuracy)
    }

    static let confusion = FunctionEntry(
        "confusion", topic: .models, "how often each true class was called each class",
        parameters: [
            modelParameter, Parameter("x", .any, "points in rows, or a table for naive Bayes"),
            Parameter("labels", .any, default: "", "the right classes; left out for a table that has them"),
        ],
        returns: "a table, true classes in rows; `.matrix` has its numbers",
        example:
            "m = naive_bayes([[1], [2], [7], [9]], [\"a\", \"a\", \"b\", \"b\"]); confusion(m, [0, 8], [\"a\", \"b\"])"
    ) { (arguments, context) throws(CellError) in
        .object(ConfusionValue(confusion: try confusionMatrix(arguments, context)))
    }

    private static func confusionMatrix(
        _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> ConfusionMatrix {
        let judge = try Judge(arguments)
        let (points, labels) = try judge.examples(arguments, context)
        if points.rowCount != labels.count {
            throw LearningError.lengthMismatch(expected: points.rowCount, got: labels.count).words
                .placed(at: arguments.range(of: "labels"))
        }
        let names = judge.names ?? judge.numbers
        let called = try judge.choices(points, at: arguments.range(of: "x")).map { names[$0] }
        if let stranger = labels.first(where: { !names.contains($0) }) {
            throw CellError(
                .value, "\(arguments.callee): the model knows no class \"\(stranger)\"",
                at: arguments.range(of: "labels"), help: "its classes: \(names.joined(separator: ", "))")
        }
        return try arguments.learning(at: "labels") { () throws(LearningError) in
            try ConfusionMatrix(classes: names, actual: labels, predicted: called)
        }
    }
}

/// A model that gives probabilities, and how to put points to it.
private struct Judge {
    let value: any Judges

    init(_ arguments: Arguments) throws(CellError) {
        guard let value = arguments.optionalValue("m")?.object(as: (any Judges).self) else {
            throw arguments.error(
                "m", "must be a model, not \(try arguments.value("m").errorDescription)", kind: .type,
                help: "made by mlp, neuron, naive_bayes or gmm")
        }
        self.value = value
    }

    /// The names of the classes; nil where they are only numbers.
    var names: [String]? {
        if let network = value as? NetworkValue { return network.classNames }
        return value is MixtureValue ? nil : value.outcomeNames
    }

    /// The numbers of the classes as text.
    var numbers: [String] { value.outcomeNames.count == 1 ? ["0", "1"] : value.outcomeNames.indices.map(String.init) }

    func probabilities(at points: Matrix<Double>, at range: SourceRange?) throws(CellError) -> Matrix<Double> {
        do { return try value.probabilities(at: points) } catch { throw error.placed(at: range) }
    }

    /// The most probable class of each point.
    func choices(_ points: Matrix<Double>, at range: SourceRange?) throws(CellError) -> [Int] {
        let table = try probabilities(at: points, at: range)
        if table.columns == 1 { return table.values.map { $0 > 0.5 ? 1 : 0 } }
        return (0..<table.rows).map { row in
            (0..<table.columns).reduce(0) { table[row, $1] > table[row, $0] ? $1 : $0 }
        }
    }

    /// The points of the argument `x`.
    func points(_ arguments: Arguments, _ context: Context) throws(CellError) -> Matrix<Double> {
        guard let table = arguments.optionalValue("x")?.object(as: (any HasTable).self)?.table else {
            guard let points = arguments.optionalValue("x")?.matrix else {
                throw arguments.error("x", "must be points in rows or a table", kind: .type)
            }
            return points
        }
        guard let model = (value as? NaiveBayesValue)?.model else {
            throw arguments.error("x", "must be points in rows", kind: .type, help: "matrix(table, \"column\", ...)")
        }
        do {
            let cut = try table.selection(of: model.features)
            if let note = cut.note { context.emit(.note(note)) }
            return cut.matrix
        } catch {
            throw CellError(.value, error.message, at: arguments.range(of: "x"), help: error.help)
        }
    }

    /// Points and their right classes, from a table or from two arguments.
    func examples(_ arguments: Arguments, _ context: Context) throws(CellError) -> (Matrix<Double>, [String]) {
        if arguments.has("labels") {
            let labels = try LabelList(arguments.value("labels"), arguments.range(of: "labels"))
            return (try points(arguments, context), labels.names)
        }
        let model = value as? NaiveBayesValue
        guard let table = arguments.optionalValue("x")?.object(as: (any HasTable).self)?.table,
            let label = model?.labelColumn, let features = model?.model.features
        else {
            throw CellError(
                .value, "\(arguments.callee): the right classes are missing", help: "\(arguments.callee)(m, x, labels)")
        }
        let cut = try TableCut(table, label: label, features: features, at: arguments.range(of: "x"), context)
        return (cut.points, cut.labels)
    }
}

extension Matrix {
    /// The number of points: rows of a matrix, numbers of a vector.
    fileprivate var rowCount: Int { shape.rank == 2 ? rows : count }
}
