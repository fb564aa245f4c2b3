import Foundation
import LinearAlgebra

/// A number of the complex plane.
public struct Complex: Hashable, Sendable {
    /// Its two parts.
    public var real: Double, imaginary: Double

    /// A number with these parts.
    public init(_ real: Double, _ imaginary: Double = 0) {
        self.real = real
        self.imaginary = imaginary
    }

    /// Its distance from 0.
    public var modulus: Double { hypot(real, imaginary) }

    /// The root with the larger real part.
    var squareRoot: Complex {
        let length = modulus
        let real = ((length + self.real) / 2).squareRoot()
        if real == 0 { return Complex(0, length.squareRoot()) }
        return Complex(real, imaginary / (2 * real))
    }

    static func + (a: Complex, b: Complex) -> Complex { Complex(a.real + b.real, a.imaginary + b.imaginary) }
    static func - (a: Complex, b: Complex) -> Complex { Complex(a.real - b.real, a.imaginary - b.imaginary) }
    static func * (a: Complex, b: Complex) -> Complex {
        Complex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
    }
    static func * (a: Double, b: Complex) -> Complex { Complex(a * b.real, a * b.imaginary) }
    static func / (a: Complex, b: Complex) -> Complex {
        let square = b.real * b.real + b.imaginary * b.imaginary
        let product = a * Complex(b.real, -b.imaginary)
        return Complex(product.real / square, product.imaginary / square)
    }
}

/// The eigenvalues of small real matrices.
public enum Eigenvalues {
    /// The eigenvalues of a square matrix, the largest real part first, and of a pair the one above the axis.
    ///
    /// For two rows by the formula; for more as the roots of the characteristic polynomial, which is good to about 1e-10
    /// where they lie apart, and to the root of that where they meet.
    public static func of(_ matrix: Matrix<Double>) -> [Complex] {
        if matrix.rows == 2 {
            let (a, b, c, d) = (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1])
            return quadratic(middle: Complex((a + d) / 2), squared: Complex((a - d) * (a - d) / 4 + b * c))
        }
        return sorted(roots(of: characteristic(matrix)))
    }

    /// middle ± √squared.
    static func quadratic(middle: Complex, squared: Complex) -> [Complex] {
        let root = squared.squareRoot
        return sorted([middle + root, middle - root])
    }

    static func sorted(_ numbers: [Complex]) -> [Complex] {
        numbers.sorted { a, b in
            abs(a.real - b.real) > 1e-11 * max(a.modulus, b.modulus, 1)
                ? a.real > b.real : a.imaginary > b.imaginary
        }
    }

    /// The coefficients of det(λ - A), from λⁿ down (Faddeev and Le Verrier).
    private static func characteristic(_ matrix: Matrix<Double>) -> [Double] {
        let n = matrix.rows
        var coefficients = [1.0]
        var power = Matrix<Double>.zeros(.matrix(n, n))
        for k in 1...n {
            var next = product(matrix, power)
            for i in 0..<n { next[i, i] += coefficients[k - 1] }
            power = next
            let traced = product(matrix, power)
            coefficients.append(-(0..<n).reduce(0.0) { $0 + traced[$1, $1] } / Double(k))
        }
        return coefficients
    }

    private static func product(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
        var result = Matrix<Double>.zeros(.matrix(a.rows, b.columns))
        for i in 0..<a.rows {
            for j in 0..<b.columns { result[i, j] = (0..<a.columns).reduce(0.0) { $0 + a[i, $1] * b[$1, j] } }
        }
        return result
    }

    /// All roots of a polynomial at once (Weierstrass, Durand and Kerner).
    private static func roots(of coefficients: [Double]) -> [Complex] {
        let degree = coefficients.count - 1
        let size = 1 + (coefficients.dropFirst().map { abs($0) }.max() ?? 0)
        var roots = (0..<degree).map { place in
            let angle = 2 * Double.pi * (Double(place) + 0.3) / Double(degree)
            return Complex(0.6 * size * cos(angle), 0.6 * size * sin(angle))
        }
        for _ in 0..<500 {
            var largest = 0.0
            for i in roots.indices {
                var value = Complex(1), others = Complex(1)
                for coefficient in coefficients.dropFirst() { value = value * roots[i] + Complex(coefficient) }
                for j in roots.indices where j != i { others = others * (roots[i] - roots[j]) }
                if others.modulus == 0 { others = Complex(1e-30) }
                let step = value / others
                roots[i] = roots[i] - step
                largest = max(largest, step.modulus)
            }
            if largest < 1e-15 * size { break }
        }
        return roots
    }
}
