import Foundation
import LinearAlgebra

/// A mixture fitted to points by EM, and how the fit went.
public struct MixtureFit: Hashable, Sendable {
    /// How a run of EM came to its end.
    public enum Outcome: Hashable, Sendable {
        /// A step gained less than the tolerance.
        case converged
        /// The limit on steps was reached first.
        case outOfSteps
        /// This component shrank onto a point; the mixture is the last one before the likelihood became infinite.
        case collapsed(component: Int, mean: [Double])
        /// Stopped from outside; the mixture is the one that was reached.
        case interrupted
    }

    /// What was fitted.
    public let mixture: GaussianMixture
    /// The log-likelihood of the points before the first step and after every step.
    public let history: [Double]
    /// How the run ended.
    public let outcome: Outcome
    /// The smallest variance that was allowed in any direction.
    public let floor: Double
    /// The components that stand on that floor now: they sit on a few points and describe nothing else.
    public let floored: [Int]
    /// How many points it was fitted to.
    public let observations: Int

    /// The number of EM steps taken.
    public var steps: Int { max(history.count - 1, 0) }
    /// The log-likelihood reached.
    public var logLikelihood: Double { history.last ?? -.infinity }
    /// Whether a component shrank onto a point, held by the floor or not.
    public var hasCollapsed: Bool {
        if case .collapsed = outcome { return true }
        return !floored.isEmpty
    }

    /// A fit, put together.
    public init(
        mixture: GaussianMixture, history: [Double], outcome: Outcome, floor: Double, floored: [Int], observations: Int
    ) {
        self.mixture = mixture
        self.history = history
        self.outcome = outcome
        self.floor = floor
        self.floored = floored
        self.observations = observations
    }
}

/// How to fit a mixture.
public struct MixtureSettings: Hashable, Sendable {
    /// The limit on EM steps of a run.
    public var steps: Int
    /// A run has converged when a step gains less than this, in nats a point.
    public var tolerance: Double
    /// The smallest variance in any direction, in the data's units squared. Nil chooses a millionth of the smallest
    /// variance of the data's columns; 0 lets a component collapse, so that it can be seen.
    public var floor: Double?
    /// How many runs from different starts; the best is kept.
    public var restarts: Int

    /// Settings, each with its usual value.
    public init(steps: Int = 500, tolerance: Double = 1e-8, floor: Double? = nil, restarts: Int = 20) {
        self.steps = steps
        self.tolerance = tolerance
        self.floor = floor
        self.restarts = restarts
    }
}

extension GaussianMixture {
    /// Fits k components to the points (rows, or the numbers of a vector) by EM from several starts.
    ///
    /// Half of the starts are k-means++'s, half are points drawn at random. Each is run for a few steps, and the best of
    /// them to the end (Biernacki, Celeux & Govaert 2003). The best is the one with the highest likelihood among those in
    /// which no component collapsed: a collapsed component raises the likelihood without describing the data. If every
    /// run collapsed, the best of them is returned and says so.
    ///
    /// - Parameter interrupted: looked at once a step; true stops and keeps what was reached.
    public static func fit(
        _ points: Matrix<Double>, components k: Int, settings: MixtureSettings = MixtureSettings(),
        random: inout RandomStream, interrupted: () -> Bool = { false }
    ) throws(LearningError) -> MixtureFit {
        if settings.restarts < 1 {
            throw .outOfRange(name: "restarts", value: Double(settings.restarts), allowed: "1 or more")
        }
        var short = settings
        short.steps = settings.restarts == 1 ? settings.steps : min(settings.steps, 40)
        var runs: [MixtureFit] = []
        for run in 0..<settings.restarts {
            let start = try seeded(
                points, components: k, spread: run % 2 == 0, floor: settings.floor, random: &random)
            runs.append(try start.fitted(to: points, settings: short, interrupted: interrupted))
            if runs[run].outcome == .interrupted { break }
        }
        runs.sort { $0.isBetter(than: $1) }
        for index in runs.indices.prefix(4) where short.steps < settings.steps {
            runs[index] = try runs[index].continued(on: points, settings: settings, interrupted: interrupted)
        }
        guard let best = runs.min(by: { $0.isBetter(than: $1) }) else { throw .tooFewObservations(needed: k, got: 0) }
        return best.inOrder
    }

    /// Runs EM from this mixture.
    public func fitted(
        to points: Matrix<Double>, settings: MixtureSettings = MixtureSettings(), interrupted: () -> Bool = { false }
    ) throws(LearningError) -> MixtureFit {
        let data = try Observations(points, dimension: dimension)
        if data.count == 0 { throw .tooFewObservations(needed: 1, got: 0) }
        let floor = try settings.floor(for: data)
        var (current, history, floored) = (self, [Double](), [Int]())
        var outcome = MixtureFit.Outcome.outOfSteps
        run: for _ in 0..<max(settings.steps, 0) {
            if interrupted() {
                outcome = .interrupted
                break
            }
            let step: Step
            do throws(Collapse) { step = try current.step(on: data, floor: floor) } catch {
                outcome = .collapsed(component: error.component, mean: error.mean)
                break run
            }
            history.append(step.logLikelihoodBefore)
            (current, floored) = (step.mixture, step.floored)
            if history.count > 1,
                history[history.count - 1] - history[history.count - 2]
                    < settings.tolerance * Double(data.count)
            {
                outcome = .converged
                break
            }
        }
        history.append(current.logLikelihood(of: data))
        return MixtureFit(
            mixture: current, history: history, outcome: outcome, floor: floor, floored: floored,
            observations: data.count)
    }

    /// Σᵢ log p(xᵢ).
    package func logLikelihood(of data: Observations) -> Double {
        logDensity(ofFlat: data.values).reduce(0, +)
    }
}

extension MixtureFit {
    /// The same fit with its components in the order of their means, so that two fits can be laid side by side.
    fileprivate var inOrder: MixtureFit {
        let components = mixture.components
        let order = components.indices.sorted { components[$0].mean.lexicographicallyPrecedes(components[$1].mean) }
        var outcome = outcome
        if case .collapsed(let component, let mean) = outcome {
            outcome = .collapsed(component: order.firstIndex(of: component) ?? component, mean: mean)
        }
        return MixtureFit(
            mixture: GaussianMixture(trusted: order.map { components[$0] }, dimension: mixture.dimension),
            history: history, outcome: outcome, floor: floor,
            floored: order.indices.filter { floored.contains(order[$0]) },
            observations: observations)
    }

    /// Run on to the end, unless it has come to one.
    fileprivate func continued(
        on points: Matrix<Double>, settings: MixtureSettings, interrupted: () -> Bool
    ) throws(LearningError) -> MixtureFit {
        guard outcome == .outOfSteps else { return self }
        var rest = settings
        rest.steps -= steps
        let run = try mixture.fitted(to: points, settings: rest, interrupted: interrupted)
        return MixtureFit(
            mixture: run.mixture, history: history.dropLast() + run.history, outcome: run.outcome, floor: floor,
            floored: run.floored, observations: observations)
    }

    /// No collapse beats collapse; then the higher likelihood wins.
    fileprivate func isBetter(than other: MixtureFit) -> Bool {
        if hasCollapsed != other.hasCollapsed { return !hasCollapsed }
        return logLikelihood > other.logLikelihood
    }
}

extension MixtureSettings {
    /// The floor to use on these data.
    package func floor(for data: Observations) throws(LearningError) -> Double {
        if let floor {
            guard floor >= 0, floor.isFinite else {
                throw .outOfRange(name: "floor", value: floor, allowed: "0 or more")
            }
            return floor
        }
        let covariance = data.covariance
        let smallest = (0..<data.dimension).map { covariance[$0 * data.dimension + $0] }.min() ?? 0
        return max(1e-6 * smallest, .leastNormalMagnitude.squareRoot())
    }
}
