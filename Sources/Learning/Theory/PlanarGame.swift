import Autodiff
import LinearAlgebra

/// A game of two players who own one number each: small enough that all of its dynamics can be seen in the plane.
///
/// Each player goes downhill on a loss of its own; the *field* is where the two losses push: (-∂L₁/∂x, -∂L₂/∂y).
public struct PlanarGame {
    /// Which game.
    public enum Rules {
        /// min over x, max over y of strength · x y: the smallest game that plain descent cannot solve.
        case bilinear(strength: Double)
        /// A GAN whose data are a point at 0: x is θ, where the generator stands, y is ψ, the slope of D(x) = ψ x.
        case dirac(DiracGAN)
        /// Any two losses.
        case losses(PlanarLosses)
    }

    /// Which game.
    public let rules: Rules

    /// The bilinear game.
    public static func bilinear(strength: Double = 1) -> PlanarGame { PlanarGame(rules: .bilinear(strength: strength)) }

    /// The Dirac-GAN.
    public static func dirac(_ game: DiracGAN) -> PlanarGame { PlanarGame(rules: .dirac(game)) }

    /// The field at points x and y, each n x 1, made of differentiable operations.
    func velocity(
        _ x: Variable<Double>, _ y: Variable<Double>
    ) throws -> (x: Variable<Double>, y: Variable<Double>) {
        switch rules {
        case .bilinear(let strength): (y * -strength, x * strength)
        case .dirac(let game): try game.velocity(theta: x, psi: y)
        case .losses(let losses): try losses.velocity(x, y)
        }
    }

    /// The field at points in rows, n x 2.
    ///
    /// - Throws: `LearningError` when the points have not two numbers each.
    public func field(at points: Matrix<Double>) throws(LearningError) -> Matrix<Double> {
        guard points.columns == 2 else { throw .dimensionMismatch(expected: 2, got: points.columns) }
        // Losses that a person wrote need not work row by row.
        if case .losses = rules, points.rows > 1 {
            var rows: [[Double]] = []
            for row in 0..<points.rows { rows.append(try field(at: Matrix(rows: [points.row(row)])).values) }
            return Matrix(rows: rows)
        }
        return try Self.run {
            let (x, y) = try velocity(Self.column(points.column(0)), Self.column(points.column(1)))
            let rows = zip(x.value.values, y.value.values).map { [$0, $1] }
            return Matrix(shape: .matrix(points.rows, 2), values: Array(rows.joined()))
        }
    }

    /// The derivative of the field at a point, 2 x 2, by automatic differentiation.
    ///
    /// - Throws: `LearningError` where the field has none: `kink`.
    public func jacobian(at point: (x: Double, y: Double) = (0, 0)) throws(LearningError) -> Matrix<Double> {
        try fieldAndSlopes(at: point).slopes
    }

    /// The field at a point and its derivative.
    func fieldAndSlopes(
        at point: (x: Double, y: Double)
    ) throws(LearningError) -> (speed: [Double], slopes: Matrix<Double>) {
        try check(point)
        return try Self.run {
            let (x, y) = (Self.parameter(point.x), Self.parameter(point.y))
            let speed = try velocity(x, y)
            let slopes = try Self.jacobian(of: [speed.x, speed.y], [x, y])
            return ([speed.x.value.number, speed.y.value.number], slopes)
        }
    }

    /// Why the field has no derivative at the equilibrium (0, 0); nil when it has one.
    public var kink: String? {
        if case .dirac(let game) = rules, game.penalty == .gp {
            return "the penalty draws |ψ| to 1, so that the field jumps where ψ changes its sign"
        }
        return nil
    }

    func check(_ point: (x: Double, y: Double)) throws(LearningError) {
        if let kink, point.y == 0 { throw .engine("there are no eigenvalues at ψ = 0: \(kink)") }
    }

    // MARK: Closed forms

    /// The derivative of the field at the equilibrium as the paper gives it: [[p, a], [-a, -g]], from the slope a of the
    /// losses and the damping g of the penalty; nil where there is none.
    public var closedFormJacobian: Matrix<Double>? {
        switch rules {
        case .bilinear(let strength): Matrix(rows: [[0, -strength], [strength, 0]])
        case .dirac(let game): game.closedFormJacobian
        case .losses: nil
        }
    }

    // MARK: Helpers

    static func column(_ numbers: [Double]) -> Variable<Double> {
        Variable(Matrix(shape: .matrix(numbers.count, 1), values: numbers))
    }

    static func parameter(_ number: Double) -> Variable<Double> {
        .parameter(Matrix(shape: .matrix(1, 1), values: [number]))
    }

    /// The derivatives of single numbers with respect to single numbers, one row each.
    static func jacobian(of results: [Variable<Double>], _ variables: [Variable<Double>]) throws -> Matrix<Double> {
        var rows: [[Double]] = []
        for result in results {
            if !result.requiresGradient {
                rows.append(variables.map { _ in 0 })
                continue
            }
            let slopes: [Variable<Double>] = try gradients(of: result, withRespectTo: variables)
            rows.append(slopes.map(\.value.number))
        }
        return Matrix(rows: rows)
    }

    static func run<Result>(_ body: () throws -> Result) throws(LearningError) -> Result {
        do { return try body() } catch let error as LearningError { throw error } catch { throw .engine("\(error)") }
    }
}
