import LinearAlgebra
import Testing

@Suite struct MoveKernelTests {
    static func counting(_ shape: Shape) -> Matrix<Double> {
        Matrix(shape: shape, values: (0..<shape.count).map(Double.init))
    }

    @Test func transposesOfEverySize() throws {
        for (rows, columns) in oddShapes {
            let x = Self.counting(.matrix(rows, columns))
            for path in ProcessorPath.available {
                let y = try evaluate(.transpose, [x], on: path)
                for i in 0..<rows { #expect(y.column(i) == x.row(i)) }
            }
        }
    }

    @Test func slicesForwardsAndBackwards() throws {
        let x = Self.counting(.matrix(4, 5))
        let corner = try x.slice(rows: Slice(start: 3, step: -2, count: 2), columns: Slice(start: 1, step: 3, count: 2))
        #expect(corner == Matrix(rows: [[16, 19], [6, 9]]))
        #expect(throws: ShapeError.self) { try x.slice(rows: Slice(start: 3, count: 2), columns: .all(5)) }
        #expect(throws: ShapeError.self) { try x.slice(rows: Slice(start: 1, step: -1, count: 3), columns: .all(5)) }
        #expect(try x.slice(rows: Slice(start: 9, count: 0), columns: .all(5)).shape == .matrix(0, 5))
    }

    @Test func unsliceIsTheTransposeOfSlice() throws {
        var random = RandomStream(seed: 17)
        let rows = Slice(start: 5, step: -2, count: 3), columns = Slice(start: 0, step: 3, count: 2)
        let x: Matrix<Double> = random.normal(shape: .matrix(7, 6))
        let y: Matrix<Double> = random.normal(shape: .matrix(3, 2))
        let down = try x.slice(rows: rows, columns: columns) * y
        let up = try x * Matrix.applying(.unslice(rows: rows, columns: columns, into: x.shape), to: [y])
        #expect(abs(down.sum() - up.sum()) < 1e-12)
    }

    @Test func gatherPicksAndScatterAdds() throws {
        let x = Self.counting(.matrix(3, 2)), indices = Matrix<Double>(vector: [2, 0, 2])
        for path in ProcessorPath.available {
            let picked = try evaluate(.gather, [x, indices], on: path)
            #expect(picked == Matrix(rows: [[4, 5], [0, 1], [4, 5]]))
            let back = try evaluate(.scatterAdd(into: x.shape), [picked, indices], on: path)
            #expect(back == Matrix(rows: [[0, 1], [0, 0], [8, 10]]))
            let wild = try evaluate(.gather, [x, Matrix(vector: [.nan, -5, 1e300, .infinity])], on: path)
            #expect(wild == Matrix(rows: [[0, 1], [0, 1], [4, 5], [4, 5]]))
        }
        #expect(try x.gathered([1, 1]) == Matrix(rows: [[2, 3], [2, 3]]))
        #expect(throws: ShapeError.self) { try x.gathered([3]) }
    }

    @Test func concatenationAlongBothAxes() throws {
        let a = Matrix<Double>(rows: [[1, 2], [3, 4]]), b = Matrix<Double>(rows: [[5], [6]])
        #expect(try Matrix.concatenated([a, b], axis: 1) == Matrix(rows: [[1, 2, 5], [3, 4, 6]]))
        #expect(try Matrix.concatenated([a, a]).rows == 4)
        #expect(
            try Matrix.concatenated([Matrix<Double>(vector: [1]), Matrix(vector: [2, 3])]) == Matrix(vector: [1, 2, 3]))
        #expect(throws: ShapeError.self) { try Matrix.concatenated([a, b], axis: 0) }
    }

    @Test func whatWouldExhaustTheMemoryIsAnError() {
        let long = Matrix<Double>.zeros(.vector(20_000)), high = Matrix<Double>.zeros(.matrix(20_000, 1))
        #expect(throws: ShapeError.self) { try long + high }
        #expect(throws: ShapeError.self) { try high.matmul(high, transposingLeft: false, transposingRight: true) }
        #expect(throws: ShapeError.self) { try Matrix<Double>(0).broadcast(to: .matrix(1 << 40, 1 << 40)) }
    }

    @Test func broadcastRepeats() throws {
        let column = Matrix<Double>(rows: [[1], [2]])
        #expect(try column.broadcast(to: .matrix(2, 3)) == Matrix(rows: [[1, 1, 1], [2, 2, 2]]))
        #expect(try Matrix<Double>(7).broadcast(to: .vector(2)) == Matrix(vector: [7, 7]))
        #expect(throws: ShapeError.self) { try column.broadcast(to: .matrix(3, 3)) }
    }

    @Test func shapesPrintAndBroadcastAsInNumPy() {
        #expect("\(Shape.scalar) \(Shape.vector(3)) \(Shape.matrix(2, 3))" == "[] [3] [2, 3]")
        #expect(Shape.vector(3).broadcast(with: .matrix(2, 1)) == .matrix(2, 3))
        #expect(Shape.vector(3).broadcast(with: .scalar) == .vector(3))
        #expect(Shape.vector(3).broadcast(with: .matrix(3, 2)) == nil)
        #expect(Shape.vector(0).broadcast(with: .vector(1)) == .vector(0))
    }
}
