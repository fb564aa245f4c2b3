import CKernels

@testable import LinearAlgebra

/// One operation on one processor path.
func evaluate<Element: RealElement>(
    _ operation: Operation, _ inputs: [Matrix<Element>], on path: ProcessorPath
) throws -> Matrix<Element> {
    let shape = try operation.shape(of: inputs.map(\.shape))
    return Matrix(shape: shape) { start in
        withPlacements(of: inputs) { placements in
            let calls = operation.calls(
                placements, to: Placement(start, shape), elementSize: MemoryLayout<Element>.stride)
            ck_run_on_path(path.index, Element.precision.rawValue, calls, Int64(calls.count))
        }
    }
}

/// All inputs at once, lent to a kernel.
func withPlacements<Element: RealElement>(
    of inputs: [Matrix<Element>], _ known: [Placement] = [], _ body: ([Placement]) -> Void
) {
    guard inputs.count > known.count else { return body(known) }
    inputs[known.count].withPlacement { withPlacements(of: inputs, known + [$0], body) }
}

/// How many representable numbers lie between two; 0 for two NaNs, huge for a NaN and a number.
func distanceInUlps(_ a: Float, _ b: Float) -> UInt64 {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
    func ordered(_ x: Float) -> Int64 { x.sign == .minus ? -Int64(x.magnitude.bitPattern) : Int64(x.bitPattern) }
    return (ordered(a) - ordered(b)).magnitude
}

func distanceInUlps(_ a: Double, _ b: Double) -> UInt64 {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
    func ordered(_ x: Double) -> Int64 { x.sign == .minus ? -Int64(x.magnitude.bitPattern) : Int64(x.bitPattern) }
    let (difference, overflow) = ordered(a).subtractingReportingOverflow(ordered(b))
    return overflow ? .max : difference.magnitude
}

/// Equal, or both NaN; the signs of zeros count.
func isIdentical(_ a: Double, _ b: Double) -> Bool { a.isNaN && b.isNaN || a.bitPattern == b.bitPattern }

/// Shapes that fall in and between the blocks of the kernels.
let oddShapes: [(Int, Int)] = [
    (1, 1), (1, 7), (7, 1), (3, 5), (8, 16), (9, 17), (16, 33), (31, 64), (1, 100), (65, 2), (40, 31), (17, 129),
]
