import LinearAlgebra
import Testing

@Suite struct ReduceKernelTests {
    static func reference(_ reduction: Reduction, _ numbers: [Double]) -> Double {
        switch reduction {
        case .sum: return numbers.reduce(0, +)
        case .largest: return numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? -.infinity
        case .smallest: return numbers.contains(where: \.isNaN) ? .nan : numbers.min() ?? .infinity
        case .indexOfLargest:
            let best = numbers.firstIndex(where: \.isNaN) ?? numbers.firstIndex(of: numbers.max() ?? 0)
            return Double(best ?? 0)
        case .indexOfSmallest:
            let best = numbers.firstIndex(where: \.isNaN) ?? numbers.firstIndex(of: numbers.min() ?? 0)
            return Double(best ?? 0)
        }
    }

    private func check(_ reduction: Reduction, _ x: Matrix<Double>) throws {
        for path in ProcessorPath.available {
            let rows = try evaluate(.reduce(reduction, axis: 1), [x], on: path)
            let columns = try evaluate(.reduce(reduction, axis: 0), [x], on: path)
            let all = try evaluate(.reduce(reduction, axis: nil), [x], on: path)
            #expect(rows.shape == .vector(x.rows) && columns.shape == .vector(x.columns) && all.shape == .scalar)
            for i in 0..<x.rows { expectClose(rows[i], Self.reference(reduction, x.row(i))) }
            for j in 0..<x.columns { expectClose(columns[j], Self.reference(reduction, x.column(j))) }
            expectClose(all.number, Self.reference(reduction, x.values))
        }
    }

    private func expectClose(_ a: Double, _ b: Double) {
        #expect(a == b || a.isNaN && b.isNaN || abs(a - b) <= 1e-12 * max(1, abs(b)))
    }

    @Test(arguments: Reduction.allCases)
    func agreesWithPlainCode(_ reduction: Reduction) throws {
        var random = RandomStream(seed: 13)
        for (rows, columns) in oddShapes { try check(reduction, random.normal(shape: .matrix(rows, columns))) }
    }

    @Test(arguments: Reduction.allCases)
    func specialValues(_ reduction: Reduction) throws {
        try check(reduction, Matrix(rows: [[1, .nan, 3], [.infinity, 2, -1], [-.infinity, 5, 5], [2, 2, 2]]))
    }

    @Test func nothingAtAll() {
        let none = Matrix<Double>(vector: [])
        #expect(none.sum() == 0 && none.max() == -.infinity && none.min() == .infinity)
        #expect(none.argmax() == nil && none.mean().isNaN && none.quantile(0.5).isNaN)
    }

    @Test func aMillionSmallNumbersInSinglePrecision() throws {
        let x = Matrix<Float>(repeating: 0.1, shape: .matrix(1_000_000, 1))
        #expect(abs(x.sum() - 100_000) < 0.2)
        #expect(try abs(x.sum(axis: 0).number - 100_000) < 0.2)
    }

    @Test func runningSums() throws {
        let x = Matrix<Double>(rows: [[1, 2, 3], [4, 5, 6]])
        #expect(try x.cumulated(axis: 1) == Matrix(rows: [[1, 3, 6], [4, 9, 15]]))
        #expect(try x.cumulated(axis: 0) == Matrix(rows: [[1, 2, 3], [5, 7, 9]]))
        #expect(
            try Matrix.applying(.cumulate(axis: 0, reversed: true), to: [x]) == Matrix(rows: [[5, 7, 9], [4, 5, 6]]))
    }

    @Test func momentsAndQuantiles() throws {
        let x = Matrix<Double>(vector: [4, 1, 3, 2])
        #expect(x.mean() == 2.5 && x.variance() == 1.25 && x.variance(correction: 1) == 5.0 / 3)
        #expect(x.quantiles([0, 0.25, 0.5, 1]) == [1, 1.75, 2.5, 4])
        #expect(x.sorted().values == [1, 2, 3, 4] && x.sortingPermutation() == [1, 3, 2, 0])
        let m = Matrix<Double>(rows: [[1, 2], [3, 6]])
        #expect(try m.variance(axis: 0) == Matrix(vector: [1, 4]))
        #expect(try m.mean(axis: 1) == Matrix(vector: [1.5, 4.5]))
    }
}
