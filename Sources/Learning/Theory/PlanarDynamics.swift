import Autodiff
import Foundation
import LinearAlgebra

/// A way for two players to step along their field.
public enum PlanarDynamics: String, CaseIterable, Hashable, Sendable {
    /// Both at once: w + η v(w).
    case simultaneous
    /// The second player (D) first, the first against the second's new number.
    case alternating
    /// From where one stands, with the field of where a step would lead: w + η v(w + η v(w)) (Korpelevich 1976).
    case extragradient
    /// w + η (2 v(w) - v(w before)), the last change of the field carried on (Daskalakis et al. 2018, arXiv:1711.00141).
    case optimistic

    /// What it is, in one line.
    public var summary: String {
        switch self {
        case .simultaneous: "both players step at once"
        case .alternating: "D steps first, G against the new D"
        case .extragradient: "a trial step, and then a step with the field found there"
        case .optimistic: "twice the field, less the field before"
        }
    }

    /// Numbers that are carried from step to step: the two players', and for some what the field was before.
    var stateSize: Int { self == .optimistic ? 4 : 2 }
}

extension PlanarGame {
    /// One step of a state, made of differentiable operations.
    func updated(
        _ state: [Variable<Double>], by dynamics: PlanarDynamics, rate: Double, discriminatorSteps: Int = 1
    ) throws -> [Variable<Double>] {
        let (x, y) = (state[0], state[1])
        switch dynamics {
        case .simultaneous:
            let speed = try velocity(x, y)
            return [try x + speed.x * rate, held(try y + speed.y * rate)]
        case .alternating:
            var next = y
            for _ in 0..<discriminatorSteps { next = held(try next + velocity(x, next).y * rate) }
            return [try x + velocity(x, next).x * rate, next]
        case .extragradient:
            let first = try velocity(x, y)
            let speed = try velocity(x + first.x * rate, held(y + first.y * rate))
            return [try x + speed.x * rate, held(try y + speed.y * rate)]
        case .optimistic:
            let speed = try velocity(x, y)
            return [
                try x + (speed.x * 2 - state[2]) * rate, held(try y + (speed.y * 2 - state[3]) * rate), speed.x,
                speed.y,
            ]
        }
    }

    /// D's number as weight clipping leaves it.
    private func held(_ y: Variable<Double>) -> Variable<Double> {
        switch rules {
        case .dirac(let game) where game.penalty == .clip: return y.clipped(-game.weight, game.weight)
        case .losses(let losses): return losses.limit.map { y.clipped(-$0, $0) } ?? y
        default: return y
        }
    }

    /// Where the players come to, one row a step, the start first; it ends early where numbers are no longer finite.
    ///
    /// - Parameters:
    ///   - isAveraged: the mean of all that came before in place of each point.
    ///   - interrupted: looked at once a step; true stops.
    public func orbit(
        from start: (x: Double, y: Double), steps: Int, rate: Double, by dynamics: PlanarDynamics = .simultaneous,
        discriminatorSteps: Int = 1, isAveraged: Bool = false, interrupted: () -> Bool = { false }
    ) throws(LearningError) -> Matrix<Double> {
        try Self.run {
            var state = [start.x, start.y]
            if dynamics == .optimistic { state += try field(at: Matrix(rows: [state])).values }
            var rows = [start.x, start.y]
            var sum = rows
            for step in 0..<steps where !interrupted() {
                let next = try updated(
                    state.map { Self.column([$0]) }, by: dynamics, rate: rate, discriminatorSteps: discriminatorSteps)
                state = next.map(\.value.number)
                guard state[0].isFinite, state[1].isFinite else { break }
                sum = [sum[0] + state[0], sum[1] + state[1]]
                rows += isAveraged ? sum.map { $0 / Double(step + 2) } : [state[0], state[1]]
            }
            return Matrix(shape: .matrix(rows.count / 2, 2), values: rows)
        }
    }

    /// The eigenvalues of a step at a place of rest, by automatic differentiation: the game comes to rest there exactly
    /// when all have a modulus below 1. Without a rate those of the field: when all real parts are below 0.
    ///
    /// - Throws: `LearningError` where the field has no derivative.
    public func eigenvalues(
        rate: Double?, by dynamics: PlanarDynamics = .simultaneous, at place: (x: Double, y: Double) = (0, 0)
    ) throws(LearningError) -> [Complex] {
        guard let rate else { return Eigenvalues.of(try jacobian(at: place)) }
        try check(place)
        return try Self.run {
            // At rest the field before was 0.
            let state = [place.x, place.y, 0, 0].prefix(dynamics.stateSize).map(Self.parameter)
            return Eigenvalues.of(try Self.jacobian(of: updated(state, by: dynamics, rate: rate), state))
        }
    }

    /// The same by the formulas: μ of the field from [[p, a], [-a, -g]], and of a step 1 + ημ, 1 + ημ (1 + ημ),
    /// the roots of λ² - (1 + 2ημ) λ + ημ, or for alternating steps of λ² - t λ + d with
    /// t = 2 + η (p - g) - η² a² and d = (1 + ηp)(1 - ηg); nil where there is no derivative.
    public func closedFormEigenvalues(
        rate: Double?, by dynamics: PlanarDynamics = .simultaneous
    ) -> [Complex]? {
        guard let slopes = closedFormJacobian else { return nil }
        let field = Eigenvalues.of(slopes)
        guard let rate else { return field }
        switch dynamics {
        case .simultaneous: return Eigenvalues.sorted(field.map { Complex(1) + rate * $0 })
        case .extragradient:
            return Eigenvalues.sorted(field.map { Complex(1) + (rate * $0) * (Complex(1) + rate * $0) })
        case .optimistic:
            return Eigenvalues.sorted(
                field.flatMap { value -> [Complex] in
                    let pull = rate * value
                    let middle = 0.5 * (Complex(1) + 2 * pull)
                    return Eigenvalues.quadratic(middle: middle, squared: middle * middle - pull)
                })
        case .alternating:
            let (p, s) = (slopes[0, 0], slopes[1, 1])
            let half = 1 + (rate * (p + s) + rate * rate * slopes[0, 1] * slopes[1, 0]) / 2
            let product = (1 + rate * p) * (1 + rate * s)
            return Eigenvalues.quadratic(middle: Complex(half), squared: Complex(half * half - product))
        }
    }
}
