import Autodiff
import Foundation
import LinearAlgebra

/// Two losses of two numbers, each player's own: what makes any such pair a planar game.
public struct PlanarLosses {
    /// A loss as a function of the first player's number and the second one's, made of differentiable operations; all three
    /// are single numbers.
    public typealias Loss = (Variable<Double>, Variable<Double>) throws -> Variable<Double>

    /// Both losses, for those that have much of their computation in common.
    public typealias Pair = (Variable<Double>, Variable<Double>) throws -> (
        first: Variable<Double>, second: Variable<Double>
    )

    /// What each player makes small by its own number.
    let pair: Pair
    /// How far from 0 the second player's number may get, where a step holds it back.
    let limit: Double?
    /// What the two numbers are called.
    public let names: (x: String, y: String)
    /// The middle of the part of the plane that is of interest.
    public let centre: (x: Double, y: Double)

    /// Two losses; without a second one the game is zero-sum: the second player makes the first one's loss large.
    public init(
        first: @escaping Loss, second: Loss?, names: (x: String, y: String) = ("x", "y"),
        centre: (x: Double, y: Double) = (0, 0)
    ) {
        self.init(names: names, centre: centre) { x, y in
            let loss = try first(x, y)
            return (loss, try second?(x, y) ?? -loss)
        }
    }

    /// Both losses at once; see the properties.
    init(
        names: (x: String, y: String), centre: (x: Double, y: Double), limit: Double? = nil, pair: @escaping Pair
    ) {
        (self.pair, self.limit, self.names, self.centre) = (pair, limit, names, centre)
    }

    /// Minus the slope of each loss along its player's own number, at one point.
    func velocity(
        _ x: Variable<Double>, _ y: Variable<Double>
    ) throws -> (x: Variable<Double>, y: Variable<Double>) {
        // Nodes of their own: where one number was made from the other, the slope by one must not run through both.
        let x = (x.requiresGradient ? x : x.asParameter()) * 1
        let y = (y.requiresGradient ? y : y.asParameter()) * 1
        let losses = try pair(x.reshaped(.scalar), y.reshaped(.scalar))
        return (try Self.push(losses.first, x), try Self.push(losses.second, y))
    }

    /// Minus the slope of a loss along a number; 0 where it does not depend on it.
    private static func push(_ loss: Variable<Double>, _ number: Variable<Double>) throws -> Variable<Double> {
        guard loss.shape.count == 1 else {
            throw LearningError.engine("a loss has to be one number, and this one has the shape \(loss.shape)")
        }
        guard loss.requiresGradient else { return number * 0 }
        return -(try gradients(of: loss.reshaped(.scalar), withRespectTo: [number])[0])
    }
}

extension PlanarGame {
    /// A game of two losses.
    public static func losses(_ losses: PlanarLosses) -> PlanarGame { PlanarGame(rules: .losses(losses)) }

    /// What the two numbers are called.
    public var names: (x: String, y: String) {
        switch rules {
        case .bilinear: ("x", "y")
        case .dirac: ("theta", "psi")
        case .losses(let losses): losses.names
        }
    }

    /// The middle of the part of the plane that is of interest.
    public var centre: (x: Double, y: Double) {
        if case .losses(let losses) = rules { losses.centre } else { (0, 0) }
    }

    /// Places at which neither player is pushed, by Newton's method from a lattice of starts; those that touch others, such
    /// as a whole line at rest, are not found.
    public func restPoints(
        x: ClosedRange<Double>, y: ClosedRange<Double>, interrupted: () -> Bool = { false }
    ) throws(LearningError) -> [(x: Double, y: Double)] {
        let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
        var found: [(x: Double, y: Double)] = []
        let starts = 4
        for index in 0..<starts * starts {
            if interrupted() { break }
            let (column, row) = (Double(index % starts), Double(index / starts))
            let start = (
                x: x.lowerBound + width * (column + 0.53) / Double(starts),
                y: y.lowerBound + height * (row + 0.47) / Double(starts)
            )
            guard let rest = try newton(from: start, x, y), x.contains(rest.x), y.contains(rest.y),
                !found.contains(where: { hypot($0.x - rest.x, $0.y - rest.y) < 1e-4 * hypot(width, height) })
            else { continue }
            found.append(rest)
        }
        return found.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    }

    /// The place that Newton's method comes to; nil where it does not come to rest, or goes further away from where it is
    /// sought than that is wide.
    private func newton(
        from start: (x: Double, y: Double), _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    ) throws(LearningError) -> (x: Double, y: Double)? {
        let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
        let reach = hypot(width, height)
        let far = (
            x: x.lowerBound - width...x.upperBound + width, y: y.lowerBound - height...y.upperBound + height
        )
        var place = start
        for _ in 0..<30 {
            guard far.x.contains(place.x), far.y.contains(place.y) else { return nil }
            let (speed, slopes) = try fieldAndSlopes(at: place)
            guard speed.allSatisfy(\.isFinite) else { return nil }
            let determinant = slopes[0, 0] * slopes[1, 1] - slopes[0, 1] * slopes[1, 0]
            guard determinant.isFinite, abs(determinant) > 1e-12 else { return nil }
            var step = (
                x: (slopes[0, 1] * speed[1] - slopes[1, 1] * speed[0]) / determinant,
                y: (slopes[1, 0] * speed[0] - slopes[0, 0] * speed[1]) / determinant
            )
            let length = hypot(step.x, step.y)
            if length > 0.25 * reach { step = (step.x * 0.25 * reach / length, step.y * 0.25 * reach / length) }
            place = (place.x + step.x, place.y + step.y)
            // What is zero but for rounding is zero.
            if length < 1e-9 * reach {
                let tiny = 1e-12 * reach
                return (abs(place.x) < tiny ? 0 : place.x, abs(place.y) < tiny ? 0 : place.y)
            }
        }
        return nil
    }
}
