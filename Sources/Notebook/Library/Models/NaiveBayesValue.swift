import Language
import Learning
import LinearAlgebra
import Probability
import Words

/// A naive Bayes model, as cells see it.
public struct NaiveBayesValue: ObjectValue, Sampleable, HasDensity, Judges {
    /// The model.
    public let model: NaiveBayes
    /// The column of labels that it was learned from; nil when labels were given as a list.
    let labelColumn: String?

    /// "naive_bayes"
    public var typeName: String { "naive_bayes" }

    /// The classes with their priors, and the mean and spread of every feature in them.
    public func describe(width: Int) -> String {
        let rows = model.classes.reduce(0) { $0 + $1.count }
        let heading = "naive Bayes (\(kindName)), \(model.classes.count) classes, learned from \(rows) rows"
        var table = [["class", "rows", "prior"] + model.features]
        for known in model.classes {
            let densities = known.densities.map { density in
                let deviation = (density.variance ?? .nan).squareRoot()
                return "\((density.expectation ?? .nan).significant(4)) ± \(deviation.significant(3))"
            }
            table.append([known.name, String(known.count), known.prior.significant(3)] + densities)
        }
        return ([heading] + TextTable.lines(table)).joined(separator: "\n")
    }

    private var kindName: String {
        switch model.kind {
        case .gaussian: "gaussian"
        case .histogram(let bins): "histogram of \(bins) bins"
        case .kernel(nil): "kernel"
        case .kernel(let bandwidth?): "kernel of bandwidth \(bandwidth.significant(4))"
        }
    }

    /// The names of its members.
    public var memberNames: [String] {
        ["classes", "priors", "features", "means", "sds", "kind", "dimension", "formula"]
    }

    /// `means` and `sds` are matrices, a class a row and a feature a column.
    public func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "classes": .list(model.classNames.map { .string($0) })
        case "priors": .vector(model.classes.map(\.prior))
        case "features": .list(model.features.map { .string($0) })
        case "means": .matrix(Matrix(rows: model.classes.map { $0.densities.map { $0.expectation ?? .nan } }))
        case "sds":
            .matrix(Matrix(rows: model.classes.map { $0.densities.map { ($0.variance ?? .nan).squareRoot() } }))
        case "kind": .string(kindName)
        case "dimension": .integer(model.dimension)
        case "formula": .string(model.formula)
        default: nil
        }
    }

    /// `m["Gentoo", "body_mass_g"]`: the density of a feature within a class, as a distribution.
    public func index(_ indices: [Value], in context: Context) throws(CellError) -> Value {
        let names = indices.compactMap(\.string)
        guard names.count == 2, indices.count == 2 else {
            throw CellError(.type, "naive Bayes is indexed by a class and a feature", help: "m[\"class\", \"feature\"]")
        }
        guard let known = model.classes.first(where: { $0.name == names[0] }) else {
            throw missing("class", names[0], model.classNames)
        }
        guard let feature = model.features.firstIndex(of: names[1]) else {
            throw missing("feature", names[1], model.features)
        }
        return .object(DistributionValue(known.densities[feature]))
    }

    private func missing(_ what: String, _ name: String, _ known: [String]) -> CellError {
        let list = known.map { "\"\($0)\"" }.joined(separator: ", ")
        return CellError(
            .name, "the model has no \(what) \"\(name)\"",
            help: Spelling.question(for: name, among: known) ?? "it has \(list)")
    }

    // MARK: Promises

    /// Run backwards it is a distribution of points.
    public var distribution: any Distribution { model }

    /// Made-up points, one a row: a class by its prior, then every feature by itself.
    public func sample(count: Int, using random: inout RandomStream) throws(CellError) -> Matrix<Double> {
        model.sample(count: count, using: &random)
    }

    /// The numbers of a point.
    public var dimension: Int { model.dimension }
    /// The classes.
    public var outcomeNames: [String] { model.classNames }

    /// p(class | point).
    public func probabilities(at points: Matrix<Double>) throws(CellError) -> Matrix<Double> {
        do { return try model.probabilities(of: points) } catch { throw error.words }
    }
}
