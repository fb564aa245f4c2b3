import Autodiff
import LinearAlgebra

/// How to train.
public struct TrainingSettings: Hashable, Sendable {
    /// How many steps.
    public var steps: Int
    /// Rows a step looks at, of each part; nil takes all of up to 512 and 128 of more.
    public var batch: Int?
    /// The rule of a step.
    public var rule: OptimiserRule
    /// The length of a step; nil chooses the rule's usual one.
    public var learningRate: Double?

    /// Settings, each with its usual value.
    public init(
        steps: Int = 1000, batch: Int? = nil, rule: OptimiserRule = .adam(), learningRate: Double? = nil
    ) {
        self.steps = steps
        self.batch = batch
        self.rule = rule
        self.learningRate = learningRate
    }

    /// The rows of each part that a step looks at.
    package func batchSize(for set: TrainingSet) -> Int {
        let largest = set.parts.map(\.count).max() ?? 1
        return batch ?? (largest <= 512 ? largest : 128)
    }
}

/// A loss and, where there are classes, the share of right answers.
public struct Score: Hashable, Sendable {
    /// The mean loss, in nats for the cross-entropies.
    public let loss: Double
    /// The share of right answers, every part counting alike; nil where targets are values.
    public let accuracy: Double?

    /// A score.
    public init(loss: Double, accuracy: Double?) {
        self.loss = loss
        self.accuracy = accuracy
    }
}

/// How training came to its end.
public enum TrainingOutcome: Hashable, Sendable {
    /// All steps were taken.
    case finished
    /// Stopped from outside.
    case interrupted
    /// A number became infinite or NaN; the parameters are those before that step.
    case diverged(Culprit)

    /// What was the first to be no longer finite.
    public enum Culprit: Hashable, Sendable {
        /// The numbers of this layer, from 1.
        case layer(Int)
        /// The loss.
        case loss
        /// The gradient of this parameter (W1, b1, ...).
        case gradient(String)
        /// The parameters after the step, which was too long, or what the optimiser remembers of it.
        case step
    }
}

/// What training gave.
public struct Training: Hashable, Sendable {
    /// A network and the memory of its optimiser: all that a training goes on from.
    public struct Position: Hashable, Sendable {
        /// The network.
        public let model: MLP<Float>
        /// Its optimiser.
        public let optimiser: Optimiser<Float>

        /// A network and what its optimiser remembers.
        public init(model: MLP<Float>, optimiser: Optimiser<Float>) {
            self.model = model
            self.optimiser = optimiser
        }
    }

    /// The network that was reached.
    public let model: MLP<Float>
    /// The optimiser with its memory, to go on from here.
    public let optimiser: Optimiser<Float>
    /// The score on all rows before and after.
    public let before: Score, after: Score
    /// The score of the batch at recorded steps, counted from 1.
    public let history: [(step: Int, score: Score)]
    /// Steps taken.
    public let steps: Int
    /// How it ended.
    public let outcome: TrainingOutcome

    /// Equal in all that was reached.
    public static func == (left: Training, right: Training) -> Bool {
        left.model == right.model && left.optimiser == right.optimiser && left.steps == right.steps
            && left.outcome == right.outcome && left.before == right.before && left.after == right.after
            && left.history.elementsEqual(right.history) { $0.step == $1.step && $0.score == $1.score }
    }

    /// Feeds what was reached.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(model)
        hasher.combine(steps)
    }
}
