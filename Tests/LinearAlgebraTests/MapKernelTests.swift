import Foundation
import LinearAlgebra
import Testing

/// Every function of one number against the C library, on every processor path, in both precisions.
@Suite struct MapKernelTests {
    static let special: [Double] = [
        0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0x1p-1030,
        2.2250738585072014e-308, 1.7976931348623157e308,
        -1.7976931348623157e308, 1, -1, 0.5, -0.5, 2, -2, 1e-20, -1e-20, 1e-8, -1e-8, 88.72, 88.73, -87.3, -88, -103.9,
        -104.1, 1e6, 999_999.9, -1_000_001, 1e22, 709.78, 709.79, -708.4, -745.1, -745.2, 20, -20, 37, -37, 300, -300,
        1.5, 2.5, -2.5, 1e10,
    ]

    static func samples() -> [Double] {
        var random = RandomStream(seed: 7)
        let wide = (0..<400).map { _ in random.normal() * Foundation.exp(random.normal() * 4) }
        let tiny = (0..<60).map { _ in random.normal() * 1e-6 }
        return special + wide + tiny
    }

    /// The function in plain double precision, and how many ulps the kernel may be away in single and double.
    static func reference(_ function: UnaryFunction) -> ((Double) -> Double, UInt64) {
        switch function {
        case .identity: ({ $0 }, 0)
        case .negate: ({ -$0 }, 0)
        case .absolute: ({ abs($0) }, 0)
        case .sign: ({ $0.isNaN ? $0 : $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, 0)
        case .step: ({ $0.isNaN ? $0 : $0 > 0 ? 1 : 0 }, 0)
        case .reciprocal: ({ 1 / $0 }, 0)
        case .square: ({ $0 * $0 }, 0)
        case .squareRoot: ({ $0.squareRoot() }, 0)
        case .exp: (Foundation.exp, 1)
        case .expm1: (Foundation.expm1, 2)
        case .log: (Foundation.log, 1)
        case .log1p: (Foundation.log1p, 2)
        case .log2: (Foundation.log2, 1)
        case .log10: (Foundation.log10, 2)
        case .sin: (Foundation.sin, 2)
        case .cos: (Foundation.cos, 2)
        case .tan: (Foundation.tan, 2)
        case .tanh: (Foundation.tanh, 2)
        case .sigmoid: ({ $0 < 0 ? Foundation.exp($0) / (1 + Foundation.exp($0)) : 1 / (1 + Foundation.exp(-$0)) }, 2)
        case .softplus: ({ max($0, 0) + Foundation.log1p(Foundation.exp(-abs($0))) + ($0.isNaN ? .nan : 0) }, 2)
        case .relu: ({ $0.isNaN ? $0 : $0 < 0 ? 0 : $0 }, 0)
        case .erf: (Foundation.erf, 2)
        case .floor: (Foundation.floor, 0)
        case .ceil: (Foundation.ceil, 0)
        case .round: ({ $0.rounded(.toNearestOrEven) }, 0)
        case .isNaN: ({ $0.isNaN ? 1 : 0 }, 0)
        case .atan: (Foundation.atan, 2)
        }
    }

    @Test(arguments: UnaryFunction.allCases)
    func agreesWithTheLibraryInDouble(_ function: UnaryFunction) throws {
        let x = Matrix<Double>(vector: Self.samples())
        let (reference, allowed) = Self.reference(function)
        for path in ProcessorPath.available {
            let y = try evaluate(.map(function), [x], on: path)
            for i in 0..<x.count {
                let expected = reference(x[i])
                #expect(
                    distanceInUlps(y[i], expected) <= allowed,
                    "\(function)(\(x[i])) = \(y[i]), not \(expected), \(path)")
            }
        }
    }

    @Test(arguments: UnaryFunction.allCases)
    func agreesWithTheLibraryInSingle(_ function: UnaryFunction) throws {
        let x = Matrix<Float>(vector: Self.samples().map(Float.init))
        let (reference, allowed) = Self.reference(function)
        for path in ProcessorPath.available {
            let y = try evaluate(.map(function), [x], on: path)
            for i in 0..<x.count {
                let expected = Float(reference(Double(x[i])))
                #expect(
                    distanceInUlps(y[i], expected) <= max(allowed, 1) - (allowed == 0 ? 1 : 0),
                    "\(function)(\(x[i])) = \(y[i]), not \(expected), \(path)")
            }
        }
    }

    /// What a number becomes must not depend on its neighbours or its place in the array.
    @Test func theLastNumbersOfAnArrayAreLikeTheOthers() throws {
        let all = Matrix<Float>(vector: Self.samples().map(Float.init))
        for path in ProcessorPath.available {
            for function in UnaryFunction.allCases {
                let together = try evaluate(.map(function), [all], on: path)
                for start in [0, 3, 17, 50] {
                    let part = Matrix<Float>(vector: Array(all.values[start..<start + 13]))
                    let alone = try evaluate(.map(function), [part], on: path)
                    for i in 0..<13 { #expect(isIdentical(Double(alone[i]), Double(together[start + i]))) }
                }
            }
        }
    }

    @Test func signedZerosStay() throws {
        let functions: [UnaryFunction] = [.tanh, .expm1, .log1p, .sin, .tan, .atan, .squareRoot, .erf, .identity]
        for path in ProcessorPath.available {
            for function in functions {
                let double = try evaluate(.map(function), [Matrix<Double>(vector: [0, -0.0])], on: path)
                let single = try evaluate(.map(function), [Matrix<Float>(vector: [0, -0.0])], on: path)
                #expect(double.values.map(\.sign) == [.plus, .minus], "\(function) on \(path)")
                #expect(single.values.map(\.sign) == [.plus, .minus], "\(function) on \(path)")
            }
        }
    }
}
