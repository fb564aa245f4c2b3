import Autodiff
import Language
import Learning
import LinearAlgebra
import Probability

/// Log-densities as graphs of matrices, for points that carry gradients.
enum DensityGraph {
    /// The log-density at points. In one dimension every number is a point and the shape is kept; otherwise a row is a
    /// point, n points give a column [n, 1], as a network's verdict on them does, and a vector is one point. Where the points can be differentiated, so can
    /// the result, as often as one likes, if the distribution is normal or a mixture of normal ones.
    /// - Throws: `CellError` for other distributions of such points, `ShapeError` for points of another dimension.
    static func logDensity(of distribution: any Distribution, at points: Variable<Double>) throws -> Variable<Double> {
        if points.requiresGradient { return try graph(of: distribution, at: points) }
        let values = try distribution.logDensity(at: points.value)
        return Variable(Matrix(shape: shape(distribution, points.shape), values: values))
    }

    private static func shape(_ distribution: any Distribution, _ points: Shape) -> Shape {
        if distribution.dimension == 1 { return points }
        return points.rank < 2 ? .scalar : .matrix(points.rows, 1)
    }

    private static func graph(of distribution: any Distribution, at points: Variable<Double>) throws -> Variable<Double>
    {
        guard let parts = normals(distribution) else {
            throw CellError(
                .value, "the density of \(distribution.name) cannot be differentiated here",
                help: "that of normal distributions and of their mixtures can")
        }
        let dimension = distribution.dimension
        guard dimension == 1 || points.shape.columns == dimension else {
            throw ShapeError("density", [points.shape], reason: "a point here has \(dimension) coordinates")
        }
        let rows = points.shape.count / dimension
        let flat = try points.reshaped(.matrix(rows, dimension))
        var terms: [Variable<Double>] = []
        for part in parts { terms.append(try part.logDensity(at: flat)) }
        let total = try logSum(terms)
        return try total.reshaped(shape(distribution, points.shape))
    }

    /// ln Σ exp of columns, the largest subtracted first, itself without a gradient.
    private static func logSum(_ terms: [Variable<Double>]) throws(ShapeError) -> Variable<Double> {
        guard terms.count > 1 else { return terms[0] }
        let table = try Variable.concatenated(terms, axis: 1)
        let largest = try table.detached.max(axis: 1, keepingAxis: true).detached
        return try (table - largest).exp().sum(axis: 1, keepingAxis: true).log() + largest
    }

    /// ln w + ln N(x; mean, covariance), the covariance by its inverse Cholesky factor.
    private struct Part {
        var logWeight: Double
        let mean: [Double]
        let inverseFactor: Matrix<Double>
        let logDeterminant: Double

        init(logWeight: Double, mean: [Double], covariance: Matrix<Double>) {
            self.logWeight = logWeight
            self.mean = mean
            let a = covariance[0, 0].squareRoot()
            guard mean.count == 2 else {
                inverseFactor = Matrix(rows: [[1 / a]])
                logDeterminant = Matrix(a).map(.log).number
                return
            }
            let b = covariance[1, 0] / a
            let c = (covariance[1, 1] - b * b).squareRoot()
            // z = L⁻¹ (x - m); with points as rows, z = (x - m) L⁻ᵀ.
            inverseFactor = Matrix(rows: [[1 / a, -b / (a * c)], [0, 1 / c]])
            logDeterminant = Matrix(a).map(.log).number + Matrix(c).map(.log).number
        }

        /// A column, shape [n, 1].
        func logDensity(at points: Variable<Double>) throws(ShapeError) -> Variable<Double> {
            let centered = try points - Variable(Matrix(vector: mean))
            let whitened = try centered.matmul(Variable(inverseFactor))
            let distance = try whitened.square().sum(axis: 1, keepingAxis: true)
            let logRootTwoPi = 0.9189385332046727
            return distance * -0.5 + (logWeight - logDeterminant - Double(mean.count) * logRootTwoPi)
        }
    }

    private static func normals(_ distribution: any Distribution) -> [Part]? {
        switch distribution {
        case let normal as Normal:
            let variance = normal.scale * normal.scale
            return [Part(logWeight: 0, mean: [normal.center], covariance: Matrix(rows: [[variance]]))]
        case let normal as Normal2D:
            return normal.covariance.map { [Part(logWeight: 0, mean: normal.center, covariance: $0)] }
        case let round as RoundMixture:
            let variance = round.sd * round.sd
            return round.modes?.map { mode in
                Part(
                    logWeight: Matrix(mode.weight).map(.log).number, mean: mode.center,
                    covariance: Matrix(rows: [[variance, 0], [0, variance]]))
            }
        case let fitted as GaussianMixture where fitted.dimension <= 2:
            return fitted.components.map { part in
                let side = part.mean.count
                let covariance = Matrix(shape: .matrix(side, side), values: part.covariance.values)
                return Part(
                    logWeight: Matrix(part.weight).map(.log).number, mean: part.mean, covariance: covariance)
            }
        case let mixture as Mixture:
            var parts: [Part] = []
            for (weight, component) in zip(mixture.weights, mixture.components) where weight > 0 {
                guard let own = normals(component) else { return nil }
                parts += own.map { part in
                    var part = part
                    part.logWeight += Matrix(weight).map(.log).number
                    return part
                }
            }
            return parts
        default: return nil
        }
    }
}
