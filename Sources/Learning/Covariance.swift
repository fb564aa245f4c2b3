import Foundation

/// A symmetric positive definite d x d matrix with its Cholesky factor, Σ = L Lᵀ.
///
/// The factor gives all that a normal distribution asks of its covariance without inverting it: the determinant is the
/// square of the product of L's diagonal, the Mahalanobis distance a forward substitution, a draw `mean + L z`.
public struct Covariance: Hashable, Sendable {
    /// The number of rows and of columns.
    public let dimension: Int
    /// Σ, row-major.
    public let values: [Double]
    /// L, row-major; zero above the diagonal.
    package let factor: [Double]
    /// log det Σ.
    package let logDeterminant: Double

    /// Factors Σ; nil when it is not positive definite (a variance of zero, for one), or not finite.
    ///
    /// Only the lower triangle is read.
    public init?(_ values: [Double], dimension: Int) {
        guard values.count == dimension * dimension, dimension > 0 else { return nil }
        var lower = [Double](repeating: 0, count: values.count)
        var logDeterminant = 0.0
        for i in 0..<dimension {
            for j in 0...i {
                var rest = values[i * dimension + j]
                for k in 0..<j { rest -= lower[i * dimension + k] * lower[j * dimension + k] }
                if i == j {
                    guard rest > 0, rest.isFinite else { return nil }
                    lower[i * dimension + i] = rest.squareRoot()
                    logDeterminant += log(rest)
                } else {
                    lower[i * dimension + j] = rest / lower[j * dimension + j]
                }
            }
        }
        self.dimension = dimension
        self.values = values
        self.factor = lower
        self.logDeterminant = logDeterminant
    }

    /// Independent axes with these variances; what is not positive is taken as the smallest normal number.
    package init(diagonal variances: [Double]) {
        let d = variances.count
        let safe = variances.map { max($0, .leastNormalMagnitude) }
        dimension = d
        values = (0..<d * d).map { $0 / d == $0 % d ? safe[$0 / d] : 0 }
        factor = (0..<d * d).map { $0 / d == $0 % d ? safe[$0 / d].squareRoot() : 0 }
        logDeterminant = safe.reduce(0) { $0 + log($1) }
    }

    /// (x - μ)ᵀ Σ⁻¹ (x - μ), the squared distance measured in standard deviations.
    ///
    /// The point's numbers begin at `first` of `point`.
    package func squaredDistance(from mean: [Double], to point: [Double], at first: Int = 0) -> Double {
        if dimension == 1 {
            let z = (point[first] - mean[0]) / factor[0]
            return z * z
        }
        if dimension == 2 {
            let z0 = (point[first] - mean[0]) / factor[0]
            let z1 = (point[first + 1] - mean[1] - factor[2] * z0) / factor[3]
            return z0 * z0 + z1 * z1
        }
        var z = [Double](repeating: 0, count: dimension)
        var total = 0.0
        for i in 0..<dimension {
            var rest = point[first + i] - mean[i]
            for k in 0..<i { rest -= factor[i * dimension + k] * z[k] }
            z[i] = rest / factor[i * dimension + i]
            total += z[i] * z[i]
        }
        return total
    }

    /// Whether the spread in every direction is more than rounding leaves of nothing: a component that sits on one point,
    /// or on a line, ends with a tiny variance that is not quite 0. `length` is the resolution of the coordinates.
    package func isWider(than length: Double) -> Bool {
        (0..<dimension).allSatisfy { i in
            let pivot = factor[i * dimension + i] * factor[i * dimension + i]
            return pivot > max(length * length, 64 * Double.ulpOfOne * values[i * dimension + i])
        }
    }
}

/// The eigenvalues (in no particular order) and eigenvectors (columns) of a symmetric matrix, by
/// Jacobi's rotations: each rotation makes one off-diagonal pair zero, and sweeps converge quadratically.
package func symmetricEigen(_ matrix: [Double], dimension n: Int) -> (values: [Double], vectors: [Double]) {
    var a = matrix
    var v = (0..<n * n).map { $0 / n == $0 % n ? 1.0 : 0.0 }
    for _ in 0..<60 {
        var offDiagonal = 0.0
        for p in 0..<n { for q in 0..<n where q != p { offDiagonal += a[p * n + q] * a[p * n + q] } }
        let diagonal = (0..<n).reduce(0.0) { $0 + a[$1 * n + $1] * a[$1 * n + $1] }
        if offDiagonal <= 1e-32 * diagonal || offDiagonal == 0 { break }
        for p in 0..<n { for q in p + 1..<max(n, p + 1) { rotate(&a, &v, p, q, n) } }
    }
    return ((0..<n).map { a[$0 * n + $0] }, v)
}

/// One Jacobi rotation in the plane of axes p and q.
private func rotate(_ a: inout [Double], _ v: inout [Double], _ p: Int, _ q: Int, _ n: Int) {
    let offDiagonal = a[p * n + q]
    if offDiagonal == 0 { return }
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * offDiagonal)
    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<n {
        let (x, y) = (a[k * n + p], a[k * n + q])
        (a[k * n + p], a[k * n + q]) = (c * x - s * y, s * x + c * y)
    }
    for k in 0..<n {
        let (x, y) = (a[p * n + k], a[q * n + k])
        (a[p * n + k], a[q * n + k]) = (c * x - s * y, s * x + c * y)
        let (i, j) = (v[k * n + p], v[k * n + q])
        (v[k * n + p], v[k * n + q]) = (c * i - s * j, s * i + c * j)
    }
}

/// A symmetric matrix like this one, but whose eigenvalues are all at least `floor`: eigenvalues below it are lifted
/// to it. Among all covariances with that bound it is the one under which data with covariance `matrix` are most likely,
/// so that an EM step with it still never lowers the likelihood.
///
/// - Returns: the matrix, and whether anything was lifted.
package func liftingEigenvalues(
    of matrix: [Double], dimension n: Int, to floor: Double
) -> (values: [Double], lifted: Bool) {
    let (values, vectors) = symmetricEigen(matrix, dimension: n)
    guard floor > 0, values.contains(where: { $0 < floor }) else { return (matrix, false) }
    let lifted = values.map { max($0, floor) }
    var result = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
        for j in 0..<n {
            for k in 0..<n { result[i * n + j] += vectors[i * n + k] * lifted[k] * vectors[j * n + k] }
        }
    }
    return (result, true)
}
