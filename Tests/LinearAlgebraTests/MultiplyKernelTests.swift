import CKernels
import Testing

@testable import LinearAlgebra

@Suite struct MultiplyKernelTests {
    static let sizes: [(Int, Int, Int)] = [
        (1, 1, 1), (1, 5, 1), (5, 1, 5), (2, 3, 4), (8, 16, 32), (7, 15, 31), (9, 17, 33), (3, 300, 2), (33, 257, 65),
        (64, 64, 64), (1, 600, 40), (40, 9, 1), (35, 513, 19), (0, 3, 2), (2, 0, 3), (2, 3, 0), (130, 70, 1),
        (70, 33, 2), (1, 80, 300), (2, 70, 131), (4, 19, 70), (300, 20, 33), (17, 40, 16), (48, 32, 32), (50, 1, 20),
        (33, 40, 1), (35, 45, 2), (5, 40, 2), (3, 1100, 2), (20, 2, 48), (9, 1, 160), (21, 2, 144), (4, 2, 32),
    ]

    static func reference(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
        var result = Matrix<Double>.zeros(.matrix(a.rows, b.columns))
        for i in 0..<a.rows {
            for j in 0..<b.columns {
                for k in 0..<a.columns { result[i, j] += a[i, k] * b[k, j] }
            }
        }
        return result
    }

    private func check<Element: RealElement>(_: Element.Type, tolerance: Double) throws {
        var random = RandomStream(seed: 3)
        for (m, k, n) in Self.sizes {
            let a: Matrix<Element> = random.normal(shape: .matrix(m, k))
            let b: Matrix<Element> = random.normal(shape: .matrix(k, n))
            let expected = Self.reference(Matrix(a), Matrix(b))
            for path in ProcessorPath.available {
                for (left, right) in [(false, false), (true, false), (false, true), (true, true)] {
                    let operation = Operation.multiply(transposingLeft: left, transposingRight: right)
                    let c = try evaluate(operation, [left ? a.transposed : a, right ? b.transposed : b], on: path)
                    let error = try (Matrix<Double>(c) - expected).map(.absolute).max()
                    #expect(
                        c.count == 0 || error <= tolerance * Double(k).squareRoot(),
                        "\(m)x\(k)x\(n) \(left) \(right) \(path)")
                }
            }
        }
    }

    @Test func everyFormAgreesWithThreeLoopsInDouble() throws { try check(Double.self, tolerance: 1e-13) }
    @Test func everyFormAgreesWithThreeLoopsInSingle() throws { try check(Float.self, tolerance: 1e-5) }

    /// A row of the result must not depend on how many rows there are, nor a column on its neighbours.
    @Test func everyElementIsSummedInTheSameOrder() throws {
        var random = RandomStream(seed: 5)
        let a: Matrix<Float> = random.normal(shape: .matrix(37, 300))
        let b: Matrix<Float> = random.normal(shape: .matrix(300, 45))
        let whole = try a.matmul(b)
        let narrow = try a.matmul(b.columns(0..<2)), single = try a.matmul(b.columns(2..<3))
        for (i, j) in [(0, 0), (8, 31), (36, 44), (33, 2)] {
            let row = try a.rows(i..<i + 1), some = try a.rows(i / 2..<i + 1)
            let first = min(j, 42)
            #expect(try row.matmul(b.columns(first..<first + 3))[0, j - first] == whole[i, j])
            #expect(try row.matmul(b.columns(0..<2)) == narrow.rows(i..<i + 1))
            #expect(try some.matmul(b.columns(0..<2)) == narrow.rows(i / 2..<i + 1))
            #expect(try row.matmul(b.columns(2..<3)) == single.rows(i..<i + 1))
        }
    }

    /// What a call makes of its sums is what operations of their own would make of the product, to the last bit.
    @Test(arguments: [ck_plain, ck_plus, ck_plus_relu, ck_times_step])
    func sumsAreFinishedAsBySeparateOperations(_ finish: Int) throws {
        var random = RandomStream(seed: 7)
        for (m, k, n) in Self.sizes where m * n > 0 {
            let a: Matrix<Float> = random.normal(shape: .matrix(m, k))
            let b: Matrix<Float> = random.normal(shape: .matrix(k, n))
            var other: Matrix<Float> = random.normal(shape: finish == ck_times_step ? .matrix(m, n) : .vector(n))
            other[0] = .nan
            other[n - 1] = -.infinity
            for path in ProcessorPath.available {
                let product = try evaluate(
                    .multiply(transposingLeft: false, transposingRight: false), [a, b], on: path)
                let expected = try Self.finished(product, finish, other, path)
                let result = try Self.multiplied(a, b, finish, other, on: path)
                let agree = zip(result, expected).allSatisfy { isIdentical(Double($0), Double($1)) }
                #expect(agree, "\(m)x\(k)x\(n) \(path)")
            }
        }
    }

    private static func finished(
        _ product: Matrix<Float>, _ finish: Int, _ other: Matrix<Float>, _ path: ProcessorPath
    ) throws -> [Float] {
        switch finish {
        case ck_plus: return try evaluate(.combine(.add), [product, other], on: path).values
        case ck_plus_relu:
            return try evaluate(.map(.relu), [evaluate(.combine(.add), [product, other], on: path)], on: path).values
        case ck_times_step:
            return try evaluate(
                .combine(.multiply), [product, evaluate(.map(.step), [other], on: path)], on: path
            ).values
        default: return product.values
        }
    }

    private static func multiplied(
        _ a: Matrix<Float>, _ b: Matrix<Float>, _ finish: Int, _ other: Matrix<Float>, on path: ProcessorPath
    ) throws -> [Float] {
        let shape = Shape.matrix(a.rows, b.columns)
        return Matrix<Float>(shape: shape) { start in
            a.withPlacement { a in
                b.withPlacement { b in
                    other.withPlacement { other in
                        let form = Operation.multiply(transposingLeft: false, transposingRight: false)
                        var call = form.calls([a, b], to: Placement(start, shape), elementSize: 4)[0]
                        call.op = Int32(finish)
                        call.c = other.repeated(to: shape)
                        ck_run_on_path(path.index, Precision.single.rawValue, &call, 1)
                    }
                }
            }
        }.values
    }

    @Test func infinitiesAndNaNStayInTheirRowsAndColumns() throws {
        var a = Matrix<Double>.ones(.matrix(3, 4)), b = Matrix<Double>.ones(.matrix(4, 5))
        a[1, 2] = .nan
        b[0, 3] = .infinity
        let c = try a.matmul(b)
        for i in 0..<3 {
            for j in 0..<5 {
                #expect(c[i, j].isNaN == (i == 1))
                #expect(c[i, j].isInfinite == (i != 1 && j == 3))
            }
        }
    }

    @Test func vectorsFollowNumPy() throws {
        let m = Matrix<Double>(rows: [[1, 2, 3], [4, 5, 6]]), v = Matrix<Double>(vector: [1, 0, -1])
        #expect(try m.matmul(v) == Matrix(vector: [-2, -2]))
        #expect(try Matrix(vector: [1, 1]).matmul(m) == Matrix(vector: [5, 7, 9]))
        #expect(try v.matmul(v) == Matrix(2))
        let error = #expect(throws: ShapeError.self) { try m.matmul(m) }
        #expect(error?.description == "the shapes [2, 3] and [2, 3] do not fit `@`: the inner lengths must be equal")
    }
}
