import Foundation
import LinearAlgebra
import Testing

@Suite struct CombineKernelTests {
    static func reference(_ function: BinaryFunction, _ a: Double, _ b: Double) -> Double {
        func truth(_ holds: Bool) -> Double { holds ? 1 : 0 }
        switch function {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .power: return b == 2 ? a * a : Foundation.pow(a, b)
        case .maximum: return a.isNaN || b.isNaN ? .nan : a > b ? a : b
        case .minimum: return a.isNaN || b.isNaN ? .nan : a < b ? a : b
        case .remainder:
            let r = fmod(a, b)
            if r == 0 { return copysign(0, b) }
            return (r < 0) != (b < 0) ? r + b : r
        case .floorDivide: return b == 0 ? a / b : floor(a / b)
        case .equal: return truth(a == b)
        case .notEqual: return truth(a != b)
        case .less: return truth(a < b)
        case .lessOrEqual: return truth(a <= b)
        case .greater: return truth(a > b)
        case .greaterOrEqual: return truth(a >= b)
        }
    }

    /// The number that broadcasting puts at a position.
    static func at(_ m: Matrix<Double>, _ i: Int, _ j: Int) -> Double {
        m[m.rows == 1 ? 0 : i, m.columns == 1 ? 0 : j]
    }

    static func operands(_ rows: Int, _ columns: Int, _ random: inout RandomStream) -> [Matrix<Double>] {
        let shapes: [Shape] = [
            .matrix(rows, columns), .matrix(1, columns), .matrix(rows, 1), .scalar, .vector(columns), .matrix(1, 1),
        ]
        return shapes.map { shape in
            let numbers = (0..<shape.count).map { _ in (random.normal() * 4).rounded() / 2 }
            return Matrix(shape: shape, values: numbers)
        }
    }

    @Test(arguments: BinaryFunction.allCases)
    func agreesWithPlainCodeUnderBroadcasting(_ function: BinaryFunction) throws {
        var random = RandomStream(seed: 11)
        for (rows, columns) in oddShapes.prefix(9) {
            let all = Self.operands(rows, columns, &random)
            for a in all {
                for b in all {
                    try compare(function, a, b)
                }
            }
        }
    }

    private func compare(_ function: BinaryFunction, _ a: Matrix<Double>, _ b: Matrix<Double>) throws {
        for path in ProcessorPath.available {
            let y = try evaluate(.combine(function), [a, b], on: path)
            #expect(y.shape == a.shape.broadcast(with: b.shape))
            var wrong = 0
            for i in 0..<y.rows {
                for j in 0..<y.columns {
                    let expected = Self.reference(function, Self.at(a, i, j), Self.at(b, i, j))
                    if !(y[i, j] == expected || y[i, j].isNaN && expected.isNaN) { wrong += 1 }
                }
            }
            #expect(wrong == 0, "\(function) of \(a.shape) and \(b.shape) on \(path)")
        }
    }

    @Test(arguments: BinaryFunction.allCases)
    func specialValues(_ function: BinaryFunction) throws {
        let values: [Double] = [0, -0.0, 1, -1, 0.5, -2, 3, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1e308]
        let a = Matrix<Double>(vector: values.flatMap { x in values.map { _ in x } })
        let b = Matrix<Double>(vector: values.flatMap { _ in values })
        for path in ProcessorPath.available {
            let y = try evaluate(.combine(function), [a, b], on: path)
            for i in 0..<a.count where function != .floorDivide || isOrdinary(a[i]) && isOrdinary(b[i]) {
                let expected = Self.reference(function, a[i], b[i])
                #expect(
                    y[i] == expected || y[i].isNaN && expected.isNaN,
                    "\(function)(\(a[i]), \(b[i])) = \(y[i]) on \(path)")
            }
        }
    }

    /// Where the plain floor of a quotient is a fair reference.
    private func isOrdinary(_ x: Double) -> Bool { x.isNaN || x.isZero || x.isNormal }

    @Test func floorDivisionIsExactWhereTheQuotientWouldRoundUp() throws {
        let a = Matrix<Double>(vector: [1, 0.3, 7, -7, 7, -7]), b = Matrix<Double>(vector: [0.1, 0.1, 2, 2, -2, -2])
        #expect(try a.combined(with: b, by: .floorDivide).values == [9, 2, 3, -4, -4, 3])
    }

    @Test func selectTakesEachSide() throws {
        let condition = Matrix<Double>(rows: [[1, 0], [0, 2]])
        for path in ProcessorPath.available {
            let y = try evaluate(.select, [condition, Matrix(vector: [10, 20]), Matrix(-1)], on: path)
            #expect(y == Matrix(rows: [[10, -1], [-1, 20]]))
        }
    }

    @Test func shapesThatDoNotFitAreAnError() {
        let a = Matrix<Double>.zeros(.matrix(2, 3)), b = Matrix<Double>.zeros(.vector(4))
        #expect(throws: ShapeError("+", [.matrix(2, 3), .vector(4)], reason: "axes must be equal, or 1")) { try a + b }
    }
}
