import Autodiff
import LinearAlgebra

/// What a network is trained to make small. Each takes the last layer's numbers as they are (logits) and gives one loss a
/// row, a column of n numbers.
public enum Objective: String, CaseIterable, Hashable, Sendable {
    /// log(1 + exp z) - y z, for one logit z and a label y in [0, 1]: the same as -y log p - (1 - y) log(1 - p) with
    /// p = sigmoid(z), but without a logarithm of 0 when p is rounded to 0 or 1. Guessing costs ln 2 = 0.693.
    case binaryCrossEntropy = "binary"
    /// log Σⱼ exp zⱼ - Σⱼ yⱼ zⱼ, for k logits and a row y of shares (one-hot for a class): -log softmax(z) at the class.
    /// Guessing costs ln k.
    case crossEntropy = "classes"
    /// The mean over the outputs of (f - y)².
    case squaredError = "squares"

    /// The loss of each row: logits and targets n x k, the result n x 1.
    ///
    /// - Throws: `ShapeError` when the shapes differ.
    public func perRow<Element: RealElement>(
        _ model: MLP<Element>, logits: Variable<Element>, targets: Variable<Element>
    ) throws(ShapeError) -> Variable<Element> {
        switch self {
        case .binaryCrossEntropy:
            return try logits.softplus() - logits * targets
        case .crossEntropy:
            return try logSumExp(logits) - (logits * targets).sum(axis: 1, keepingAxis: true)
        case .squaredError:
            let error = try model.finished(logits) - targets
            return try (error * error).mean(axis: 1, keepingAxis: true)
        }
    }
}

/// log Σⱼ exp zⱼ of every row, n x 1, with the row's largest taken out first so that nothing overflows.
func logSumExp<Element: RealElement>(_ rows: Variable<Element>) throws(ShapeError) -> Variable<Element> {
    let largest = try rows.detached.max(axis: 1, keepingAxis: true)
    return try (rows - largest).exp().sum(axis: 1, keepingAxis: true).log() + largest
}

/// exp zᵢ / Σⱼ exp zⱼ of every row (or of a vector).
package func softmax<Element: RealElement>(_ logits: Variable<Element>) throws(ShapeError) -> Variable<Element> {
    let axis = logits.shape.rank == 2 ? 1 : 0
    let largest = try logits.detached.max(axis: axis, keepingAxis: true)
    let powers = try (logits - largest).exp()
    return try powers / powers.sum(axis: axis, keepingAxis: true)
}

/// The discriminator's loss, the mean over both halves of what it costs to call them wrongly:
///
///     ½ mean log(1 + exp(-D(real))) + ½ mean log(1 + exp(D(fake)))
///
/// with D's logits. It is binary cross-entropy with as many real points as made-up ones, whatever the sizes of the two
/// samples; knowing nothing costs ln 2 = 0.693, and -2 times it is the value function V(D, G) of Goodfellow et al. (2014).
public func discriminatorLoss<Element: RealElement>(
    realLogits: Variable<Element>, fakeLogits: Variable<Element>
) throws(ShapeError) -> Variable<Element> {
    let real = (-realLogits).softplus().mean()
    let fake = fakeLogits.softplus().mean()
    return try (real + fake) * Element(0.5)
}
