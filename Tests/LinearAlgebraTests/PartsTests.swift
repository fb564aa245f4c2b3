import CKernels
import Testing

@testable import LinearAlgebra

/// Calls that threads share give the same bits in parts as in one go.
@Suite struct PartsTests {
    private static func inParts<Element: RealElement>(
        _ parts: Int, _ operation: LinearAlgebra.Operation, _ inputs: [Matrix<Element>], on path: ProcessorPath
    ) throws -> Matrix<Element> {
        let shape = try operation.shape(of: inputs.map(\.shape))
        return Matrix(shape: shape) { start in
            withPlacements(of: inputs) { placements in
                let calls = operation.calls(
                    placements, to: Placement(start, shape), elementSize: MemoryLayout<Element>.stride)
                for var call in calls {
                    for part in 0..<parts {
                        ck_run_part_on_path(
                            path.index, Element.precision.rawValue, &call, Int32(part), Int32(parts))
                    }
                }
            }
        }
    }

    private func check<Element: RealElement>(_: Element.Type) throws {
        var random = RandomStream(seed: 11)
        for (m, k, n) in MultiplyKernelTests.sizes + [(200, 3, 5), (3, 5, 700), (100, 7, 100)] {
            let a: Matrix<Element> = random.normal(shape: .matrix(m, k))
            let b: Matrix<Element> = random.normal(shape: .matrix(k, n))
            for path in ProcessorPath.available {
                for (left, right) in [(false, false), (true, false), (false, true)] {
                    let form = LinearAlgebra.Operation.multiply(transposingLeft: left, transposingRight: right)
                    let inputs = [left ? a.transposed : a, right ? b.transposed : b]
                    let whole = try evaluate(form, inputs, on: path)
                    for parts in [2, 3, 5] {
                        let result = try Self.inParts(parts, form, inputs, on: path)
                        #expect(result == whole, "\(m)x\(k)x\(n) \(left) \(right) \(path), \(parts) parts")
                    }
                }
                let sums = try evaluate(.reduce(.sum, axis: 0), [a], on: path)
                #expect(try Self.inParts(3, .reduce(.sum, axis: 0), [a], on: path) == sums, "\(m)x\(k) \(path)")
            }
        }
    }

    @Test func partsGiveTheBitsOfTheWhole() throws {
        try check(Float.self)
        try check(Double.self)
    }
}
