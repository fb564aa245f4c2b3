import LinearAlgebra
import Testing

@Suite struct MatrixTests {
    @Test func readsAndWritesElements() {
        var m = Matrix<Double>(rows: [[1, 2], [3, 4]])
        let before = m
        m[0, 1] = 9
        #expect(m[0, 1] == 9 && m[1] == 9 && before[0, 1] == 2)
        #expect(m.row(1) == [3, 4] && m.column(0) == [1, 3])
        #expect(Matrix<Double>.identity(2) == Matrix(rows: [[1, 0], [0, 1]]))
    }

    @Test func arithmeticWithNumbersOnBothSides() {
        let x = Matrix<Double>(vector: [1, 2, 4])
        #expect((x + 1).values == [2, 3, 5] && (1 - x).values == [0, -1, -3])
        #expect((8 / x).values == [8, 4, 2] && (x / 2).values == [0.5, 1, 2])
        #expect((-x).values == [-1, -2, -4] && x.power(2).values == [1, 4, 16])
        #expect(x.clipped(1.5, 3).values == [1.5, 2, 3])
    }

    @Test func precisionsConvert() {
        let x = Matrix<Double>(vector: [0.1, 1e300, .nan])
        let single = Matrix<Float>(x)
        #expect(single[0] == 0.1 && single[1] == .infinity && single[2].isNaN && single.shape == .vector(3))
        #expect(Matrix<Double>(single)[0] == Double(Float(0.1)))
        #expect(Matrix<Double>(Matrix<Double>(7)).number == 7)
    }

    @Test func anUnknownAxisIsAnErrorThatNamesIt() {
        let error = #expect(throws: ShapeError.self) { try Matrix<Double>(vector: [1]).sum(axis: 1) }
        #expect(error?.description == "the shape [1] does not fit `sum`: there is no axis 1")
        #expect(throws: ShapeError.self) { try Matrix<Double>(vector: [1, 2]).reshaped(.matrix(3, 1)) }
    }

    @Test func theProcessorPathHasAName() {
        #expect(ProcessorPath.available.contains(ProcessorPath.chosen))
        #expect(ProcessorPath.available.first?.name == "baseline")
        #expect(ProcessorPath.chosen.description.contains(ProcessorPath.chosen.name))
    }
}
