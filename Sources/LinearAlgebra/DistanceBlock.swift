import CKernels

/// Squared distances between points, so many at a time that they stay in the processor's nearest memory, and sums of
/// functions of them. Nothing is allocated from block to block.
///
/// Points are given one coordinate after the other: `points[k][i]` is coordinate k of point i.
public struct DistanceBlock {
    /// Squared distances that are in the block.
    public private(set) var count = 0
    /// Squared distances that it has room for.
    public var capacity: Int { squares.count }

    private var squares: [Double]
    private var scratch: [Double]

    /// What fits into the first cache beside the numbers that are worked on.
    public static let usualCapacity = 2048

    /// An empty block.
    public init(capacity: Int = usualCapacity) {
        squares = [Double](repeating: 0, count: Swift.max(capacity, 1))
        scratch = squares
    }

    /// Empties it.
    public mutating func removeAll() { count = 0 }

    /// Appends the squared distances from a place to the points of a range, in their order.
    ///
    /// - Precondition: there is room for them, and the points have as many coordinates as the place.
    public mutating func append(from place: [Double], to points: [[Double]], _ range: Range<Int>) {
        precondition(count + range.count <= capacity && place.count == points.count)
        let (start, steps) = (count, range.count)
        squares.withUnsafeMutableBufferPointer { squares in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let sums = squares.baseAddress?.advanced(by: start), let spare = scratch.baseAddress else {
                    return
                }
                for (axis, line) in points.enumerated() {
                    precondition(range.upperBound <= line.count)
                    let squared = axis == 0 ? sums : spare
                    line.withUnsafeBufferPointer { line in
                        let these = line.baseAddress.map { $0 + range.lowerBound }
                        Self.combine(.subtract, steps, these, place[axis], into: squared)
                    }
                    Self.map(.square, steps, squared)
                    if axis > 0 { Self.add(steps, spare, to: sums) }
                }
            }
        }
        count += steps
    }

    /// Σ f((d² - origin) · scale) over the squared distances d² in the block.
    public mutating func sum(of function: UnaryFunction, scale: Double = 1, origin: Double = 0) -> Double {
        var result = 0.0
        squares.withUnsafeBufferPointer { squares in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let from = squares.baseAddress, let spare = scratch.baseAddress else { return }
                var last = from
                if origin != 0 {
                    Self.combine(.subtract, count, last, origin, into: spare)
                    last = UnsafePointer(spare)
                }
                if scale != 1 {
                    Self.combine(.multiply, count, last, scale, into: spare)
                    last = UnsafePointer(spare)
                }
                Self.map(function, count, last, into: spare)
                result = Self.sum(count, spare)
            }
        }
        return result
    }

    /// The squared distances, in the order in which they came.
    public var values: ArraySlice<Double> { squares[..<count] }
}

// Each of these is one call of a kernel on numbers side by side.
extension DistanceBlock {
    private static func run(_ call: inout ck_call) { ck_run(Precision.double.rawValue, &call, 1) }

    private static func line(_ start: UnsafePointer<Double>?) -> ck_view {
        ck_view(data: UnsafeMutableRawPointer(mutating: start), row_stride: 0, column_stride: 1)
    }

    /// out = a op number, which repeats.
    private static func combine(
        _ function: BinaryFunction, _ count: Int, _ a: UnsafePointer<Double>?, _ number: Double,
        into out: UnsafeMutablePointer<Double>
    ) {
        var number = number
        withUnsafeMutablePointer(to: &number) { number in
            var call = ck_call(ck_combine, op: function.rawValue, 1, count)
            call.a = line(a)
            call.b = ck_view(data: UnsafeMutableRawPointer(number), row_stride: 0, column_stride: 0)
            call.out = line(out)
            run(&call)
        }
    }

    private static func add(_ count: Int, _ a: UnsafePointer<Double>, to out: UnsafeMutablePointer<Double>) {
        var call = ck_call(ck_combine, op: BinaryFunction.add.rawValue, 1, count)
        call.a = line(out)
        call.b = line(a)
        call.out = line(out)
        run(&call)
    }

    private static func map(_ function: UnaryFunction, _ count: Int, _ numbers: UnsafeMutablePointer<Double>) {
        map(function, count, numbers, into: numbers)
    }

    private static func map(
        _ function: UnaryFunction, _ count: Int, _ a: UnsafePointer<Double>, into out: UnsafeMutablePointer<Double>
    ) {
        var call = ck_call(ck_map, op: function.rawValue, 1, count)
        call.a = line(a)
        call.out = line(out)
        run(&call)
    }

    private static func sum(_ count: Int, _ numbers: UnsafePointer<Double>) -> Double {
        var result = 0.0
        withUnsafeMutablePointer(to: &result) { result in
            var call = ck_call(ck_reduce_row, op: Reduction.sum.rawValue, 1, count)
            call.a = line(numbers)
            call.out = line(result)
            run(&call)
        }
        return result
    }
}
