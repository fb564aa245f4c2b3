/// Why something could not be fitted, built or asked. Data, not prose: the notebook turns it into words.
public enum LearningError: Error, Hashable, Sendable {
    /// Fewer observations than the model needs.
    case tooFewObservations(needed: Int, got: Int)
    /// An observation that is NaN or infinite, at this row and column.
    case notFinite(row: Int, column: Int)
    /// Points of one dimension given to a model of another.
    case dimensionMismatch(expected: Int, got: Int)
    /// A network with this many outputs, and targets of another width.
    case outputMismatch(network: Int, targets: Int)
    /// Two things that must be equally long are not.
    case lengthMismatch(expected: Int, got: Int)
    /// A setting outside what it may be; `name` is the setting's.
    case outOfRange(name: String, value: Double, allowed: String)
    /// A covariance that is not symmetric and positive definite, of this component.
    case notPositiveDefinite(component: Int)
    /// A class that the model does not know.
    case unknownClass(String)
    /// A label that the loss cannot use, at this row.
    case unusableLabel(row: Int, value: Double)
    /// A feature without spread in one class: no density can be fitted to it.
    case constantFeature(name: String, className: String)
    /// The engine refused an operation that the checks had let through.
    case engine(String)
}
