import LinearAlgebra
import Testing

@testable import Learning

@Suite struct CovarianceTests {
    /// A random symmetric positive definite matrix, A Aᵀ + 0.1 I.
    func random(_ n: Int, _ stream: inout RandomStream) -> [Double] {
        let a = (0..<n * n).map { _ in stream.normal() }
        return (0..<n * n).map { index in
            let (i, j) = (index / n, index % n)
            return (0..<n).reduce(i == j ? 0.1 : 0) { $0 + a[i * n + $1] * a[j * n + $1] }
        }
    }

    @Test(arguments: 1...5) func factorMultipliesBack(n: Int) throws {
        var stream = RandomStream(seed: UInt64(n))
        let matrix = random(n, &stream)
        let factor = try #require(Covariance(matrix, dimension: n)).factor
        for i in 0..<n {
            for j in 0..<n {
                let product = (0..<n).reduce(0.0) { $0 + factor[i * n + $1] * factor[j * n + $1] }
                #expect(isClose(product, matrix[i * n + j], 1e-12))
            }
        }
    }

    @Test(arguments: 1...5) func eigenvectorsRebuildTheMatrix(n: Int) {
        var stream = RandomStream(seed: UInt64(n))
        let matrix = random(n, &stream)
        let (values, vectors) = symmetricEigen(matrix, dimension: n)
        for i in 0..<n {
            for j in 0..<n {
                let product = (0..<n).reduce(0.0) { $0 + vectors[i * n + $1] * values[$1] * vectors[j * n + $1] }
                #expect(isClose(product, matrix[i * n + j], 1e-12))
            }
        }
    }

    @Test func liftingRaisesOnlyWhatIsTooSmall() {
        // Eigenvalues 3 and 1 along the diagonals of the plane.
        let matrix = [2.0, 1, 1, 2]
        #expect(liftingEigenvalues(of: matrix, dimension: 2, to: 0.5) == (matrix, false))
        let (lifted, changed) = liftingEigenvalues(of: matrix, dimension: 2, to: 2)
        #expect(changed)
        for (got, expected) in zip(lifted, [2.5, 0.5, 0.5, 2.5]) { #expect(isClose(got, expected, 1e-13)) }
    }
}
