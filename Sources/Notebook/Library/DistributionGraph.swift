import Autodiff
import Language
import LinearAlgebra
import Probability

/// Log-densities as graphs of matrices, for points that carry gradients.
enum DensityGraph {
    /// The log-density of a normal distribution or of a mixture of such, as an expression that can be differentiated as
    /// often as one likes.
    /// - Throws: `CellError` for other distributions, `ShapeError` for points of another dimension.
    static func logDensity(of distribution: any Distribution, at points: Variable<Double>) throws -> Variable<Double> {
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
        return try total.reshaped(
            dimension == 1 ? points.shape : points.shape.rank < 2 ? .scalar : .vector(rows))
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
