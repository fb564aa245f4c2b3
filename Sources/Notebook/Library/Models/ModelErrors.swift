import Language
import Learning
import LinearAlgebra
import Probability

extension LearningError {
    /// The error in words, with what to do about it.
    var words: CellError {
        switch self {
        case .tooFewObservations(let needed, let got):
            if needed == 1, got == 0 { return CellError(.value, "there are no points") }
            return CellError(.value, "this needs \(needed) different points or more; there \(Self.are(got))")
        case .notFinite(let row, let column):
            return CellError(
                .value, "row \(row), column \(column) is not a finite number",
                help: "leave out what is missing or infinite first")
        case .dimensionMismatch(let expected, let got):
            return CellError(
                .shape, "points of \(Self.numbers(expected)) are expected here; these have \(Self.numbers(got))",
                help: expected > 1 ? "one point a row, \(expected) columns" : nil)
        case .outputMismatch(let network, let targets):
            return CellError(
                .shape, "the network has \(Self.outputs(network)), and there \(Self.targets(targets)) for each point",
                help: "the last size of `mlp` is the number of outputs: one for yes or no, one a class, one a value")
        case .lengthMismatch(let expected, let got):
            return CellError(
                .shape,
                "there \(Self.are(expected)) \(expected == 1 ? "point" : "points") and \(got) labels or targets",
                help: "one for each point")
        case .outOfRange(let name, let value, let allowed):
            return CellError(.value, "`\(name)` is \(value.significant(6)); it has to be \(allowed)")
        case .notPositiveDefinite(let component):
            return CellError(.value, "the covariance of component \(component) is not positive definite")
        case .unknownClass(let name):
            return CellError(.value, "the model knows no class \"\(name)\"")
        case .unusableLabel(let row, let value):
            return CellError(
                .value, "the label of row \(row) is \(value.significant(6)), which is no class of this network",
                help: "with one output labels are 0 or 1, with k outputs 0 to k - 1")
        case .constantFeature(let name, let className):
            return CellError(
                .value, "`\(name)` does not vary within the class \"\(className)\", so no density can be fitted to it",
                help: "leave the column out, or use kind=\"histogram\"")
        case .engine(let message):
            return CellError(.shape, message)
        }
    }

    private static func are(_ count: Int) -> String { count == 1 ? "is 1" : "are \(count)" }
    private static func numbers(_ count: Int) -> String { count == 1 ? "one number" : "\(count) numbers" }
    private static func outputs(_ count: Int) -> String { count == 1 ? "one output" : "\(count) outputs" }
    private static func targets(_ count: Int) -> String { count == 1 ? "is one target" : "are \(count) targets" }
}

extension Arguments {
    /// Runs what may fail with a `LearningError`, and puts its words at this argument.
    func learning<Result>(
        at name: String, _ body: () throws(LearningError) -> Result
    ) throws(CellError) -> Result {
        do { return try body() } catch {
            var words = error.words
            words.message = "\(callee): \(words.message)"
            throw words.placed(at: range(of: name))
        }
    }
}
