import Language
import Learning
import LinearAlgebra
import Probability
import Words

extension Library {
    static let naiveBayes = FunctionEntry(
        "naive_bayes", topic: .models, "learn a class's share and, feature by feature, its densities",
        parameters: [
            Parameter("data", .any, "a table, or points in rows"),
            Parameter("labels", .any, "the table's column of labels, or a list with a label for each point"),
            Parameter("columns", .list(of: .string), default: "", "the table's columns to use as features"),
            Parameter(
                "kind", .choice(["gaussian", "histogram", "kernel"]), default: "\"gaussian\"",
                "the density of a feature within a class"),
            Parameter("bins", .integer(1...100_000), default: "12", "bins of a histogram"),
            Parameter(
                "bandwidth", .number(Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude), default: "",
                "width of a kernel; left out: Silverman's"),
        ],
        returns: "a model: predict with it, or sample from it",
        details: """
            p(class | x) is proportional to p(class) times the product of p(feature | class): within a class the \
            features are taken to be independent. Rows with a missing value are passed over. \
            `m.classes`, `m.priors`, `m.means`, `m.sds`; `m["Gentoo", "body_mass_g"]` is one density, as a distribution.
            """,
        example: "t = read(\"penguins\"); naive_bayes(t, \"species\", [\"bill_length_mm\", \"bill_depth_mm\"])"
    ) { (arguments, context) throws(CellError) in
        let kind = try densityKind(arguments)
        let table = arguments.optionalValue("data")?.object(as: (any HasTable).self)?.table
        let examples: Examples
        if let table {
            examples = try tableExamples(table, arguments, context)
        } else {
            examples = try matrixExamples(arguments)
        }
        let model = try arguments.learning(at: "data") { () throws(LearningError) in
            try NaiveBayes(
                learning: examples.points, labels: examples.labels, features: examples.features, kind: kind)
        }
        return .object(NaiveBayesValue(model: model, labelColumn: examples.labelColumn))
    }

    static let generate = FunctionEntry(
        "generate", topic: .models, "run naive Bayes backwards: make up points, and say of which class",
        parameters: [
            Parameter("m", .object("naive_bayes"), "the model"),
            Parameter("n", .integer(0...10_000_000), "how many points"),
            Parameter("class", .string, default: "", "only of this class; left out: each class by its share"),
        ],
        returns: "a tuple: the points, one a row, and the list of their classes",
        example: "m = naive_bayes([[1], [2], [7], [9]], [\"a\", \"a\", \"b\", \"b\"]); generate(m, 3)"
    ) { (arguments, context) throws(CellError) in
        let model = try arguments.object("m", as: NaiveBayesValue.self).model
        let (count, name) = (try arguments.integer("n"), try arguments.optionalString("class"))
        if let name, !model.classNames.contains(name) {
            throw arguments.error(
                "class", "names no class of this model: \"\(name)\"",
                help: Spelling.question(for: name, among: model.classNames)
                    ?? "its classes: \(model.classNames.joined(separator: ", "))")
        }
        var random = context.random
        let made = try arguments.learning(at: "n") { () throws(LearningError) in
            try model.generate(count, className: name, random: &random)
        }
        context.random = random
        return .tuple([.matrix(made.points), .list(made.classes.map { .string(model.classNames[$0]) })])
    }

    private static func densityKind(_ arguments: Arguments) throws(CellError) -> FeatureDensity.Kind {
        switch try arguments.string("kind") {
        case "histogram": .histogram(bins: try arguments.integer("bins"))
        case "kernel": .kernel(bandwidth: try arguments.optionalNumber("bandwidth"))
        default: .gaussian
        }
    }

    /// What a model learns from.
    private struct Examples {
        let points: Matrix<Double>
        let labels: [String]
        let features: [String]
        let labelColumn: String?
    }

    private static func tableExamples(
        _ table: DataTable, _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> Examples {
        let label = try arguments.string("labels")
        guard let columns = arguments.has("columns") ? try arguments.strings("columns") : nil else {
            let numeric = table.columns.filter { $0.isNumeric && $0.name != label }.map { "\"\($0.name)\"" }
            throw arguments.error(
                "columns", "has to say which columns to use",
                help: "columns of numbers: \(numeric.joined(separator: ", "))")
        }
        let cut = try TableCut(table, label: label, features: columns, at: arguments.range(of: "columns"), context)
        return Examples(points: cut.points, labels: cut.labels, features: columns, labelColumn: label)
    }

    private static func matrixExamples(_ arguments: Arguments) throws(CellError) -> Examples {
        guard let points = arguments.optionalValue("data")?.matrix else {
            throw arguments.error("data", "must be a table or points in rows", kind: .type)
        }
        let labels = try LabelList(arguments.value("labels"), arguments.range(of: "labels")).names
        let count = points.shape.rank == 2 ? points.columns : 1
        let features = (1...max(count, 1)).map { "x\($0)" }
        return Examples(points: points, labels: labels, features: features, labelColumn: nil)
    }
}

/// Features and labels cut out of a table; rows that lack one are passed over, and a note says so.
struct TableCut {
    let points: Matrix<Double>
    let labels: [String]

    init(
        _ table: DataTable, label: String, features: [String], at range: SourceRange?, _ context: Context
    ) throws(CellError) {
        do throws(DataError) {
            let complete = try table.completeRows(in: features + [label])
            let rows = table.rows(at: complete.rows)
            points = try rows.selection(of: features).matrix
            let column = try rows.column(label)
            labels = (0..<rows.rowCount).map { column.text($0) }
            if let note = complete.note { context.emit(.note(note)) }
        } catch {
            throw CellError(.value, error.message, at: range, help: error.help)
        }
    }
}

/// Labels given as a list of strings or as numbers.
struct LabelList {
    let names: [String]
    /// Whether they were given as numbers.
    let areNumbers: Bool

    init(_ value: Value, _ range: SourceRange?) throws(CellError) {
        if let numbers = value.matrix?.values {
            names = numbers.map { $0.significant(15) }
            areNumbers = true
            return
        }
        guard let texts = value.elements?.map(\.string), !texts.contains(nil) else {
            throw CellError(
                .type, "labels are a list of strings or a vector of numbers, not \(value.errorDescription)", at: range)
        }
        names = texts.compactMap { $0 }
        areNumbers = false
    }
}
