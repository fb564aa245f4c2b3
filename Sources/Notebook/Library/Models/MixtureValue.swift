import Language
import Learning
import LinearAlgebra
import Probability
import Words

/// A Gaussian mixture fitted to points, as cells see it.
public struct MixtureValue: ObjectValue, Sampleable, HasDensity, Judges {
    /// The mixture and how its fit went.
    public let fit: MixtureFit

    /// "gmm"
    public var typeName: String { "gmm" }
    var mixture: GaussianMixture { fit.mixture }

    /// The components, the log-likelihood, and how the fit ended.
    public func describe(width: Int) -> String {
        let count = mixture.components.count
        let kind = mixture.dimension == 1 ? "on the line" : "in \(mixture.dimension) dimensions"
        let heading = "mixture of \(Wording.count(count, "Gaussian")) \(kind), \(fit.observations) points"
        let steps = "\(Wording.count(fit.steps, "step")) of EM"
        let ending = "log-likelihood \(fit.logLikelihood.significant(6)) after \(steps)\(outcome)"
        return ([heading] + TextTable.lines(rows) + [ending] + collapses).joined(separator: "\n")
    }

    private var rows: [[String]] {
        let d = mixture.dimension
        func names(_ word: String) -> [String] { d == 1 ? [word] : (1...d).map { "\(word) \($0)" } }
        var rows = [["component", "weight"] + names("mean") + names("sd") + (d == 2 ? ["corr"] : [])]
        for (index, component) in mixture.components.enumerated() {
            let deviations = component.standardDeviations
            var numbers = [component.weight] + component.mean + deviations
            if d == 2 { numbers.append(component.covariance.values[1] / (deviations[0] * deviations[1])) }
            rows.append([String(index)] + numbers.map { $0.significant(4) })
        }
        return rows
    }

    private var outcome: String {
        switch fit.outcome {
        case .converged: ", converged"
        case .outOfSteps: ""
        case .collapsed: ", then collapsed"
        case .interrupted: ", interrupted"
        }
    }

    /// What has to be said about components that sit on a few points.
    var collapses: [String] {
        if case .collapsed(let component, let mean) = fit.outcome {
            let place = mean.map { $0.significant(6) }.joined(separator: ", ")
            return [
                "component \(component) was shrinking onto the point \(place): the likelihood has no upper limit there"
            ]
        }
        return fit.floored.map { "component \($0) sits on the floor: it describes a few points and nothing else" }
    }

    /// The names of its members.
    public var memberNames: [String] {
        [
            "weights", "means", "sds", "covs", "k", "loglikelihood", "history", "steps", "floor", "collapsed", "mean",
            "std",
            "cov", "dimension", "formula",
        ]
    }

    /// On the line `means` and `sds` are vectors; in d dimensions matrices, a component a row.
    public func member(_ name: String) throws(CellError) -> Value? {
        let components = mixture.components
        switch name {
        case "weights": return .vector(components.map(\.weight))
        case "means": return rowsOrVector(components.map(\.mean))
        case "sds": return rowsOrVector(components.map(\.standardDeviations))
        case "covs": return .list(components.map { .matrix(square($0.covariance.values)) })
        case "k": return .integer(components.count)
        case "loglikelihood": return .number(fit.logLikelihood)
        case "history": return .vector(fit.history)
        case "steps": return .integer(fit.steps)
        case "floor": return .number(fit.floor)
        case "collapsed": return .boolean(fit.hasCollapsed)
        case "mean": return numberOrVector(mixture.mean ?? [])
        case "std": return numberOrVector(mixture.standardDeviation ?? [])
        case "cov": return mixture.covariance.map { mixture.dimension == 1 ? .number($0.number) : .matrix($0) }
        case "dimension": return .integer(mixture.dimension)
        case "formula": return .string(mixture.formula)
        default: return nil
        }
    }

    private func rowsOrVector(_ rows: [[Double]]) -> Value {
        mixture.dimension == 1 ? .vector(rows.map { $0[0] }) : .matrix(Matrix(rows: rows))
    }

    private func numberOrVector(_ numbers: [Double]) -> Value {
        numbers.count == 1 ? .number(numbers[0]) : .vector(numbers)
    }

    private func square(_ values: [Double]) -> Matrix<Double> {
        Matrix(shape: .matrix(mixture.dimension, mixture.dimension), values: values)
    }

    // MARK: Promises

    /// The mixture is the distribution.
    public var distribution: any Distribution { mixture }

    /// Independent draws, one a row.
    public func sample(count: Int, using random: inout RandomStream) throws(CellError) -> Matrix<Double> {
        mixture.sample(count: count, using: &random)
    }

    /// The numbers of a point.
    public var dimension: Int { mixture.dimension }
    /// The numbers of the components.
    public var outcomeNames: [String] { mixture.components.indices.map(String.init) }

    /// The responsibilities: which component made each point.
    public func probabilities(at points: Matrix<Double>) throws(CellError) -> Matrix<Double> {
        do { return try mixture.responsibilities(of: points) } catch { throw error.words }
    }
}
