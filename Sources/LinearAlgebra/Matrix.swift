import CKernels

/// A number, a vector or a matrix of `Float` or `Double`: row-major, with value semantics and NumPy's broadcasting.
///
///     let x = Matrix<Double>(rows: [[1, 2], [3, 4]])
///     try x.matmul(x.transposed)          // [[5, 11], [11, 25]]
///     try x + Matrix(vector: [10, 20])    // [[11, 22], [13, 24]]
public struct Matrix<Element: RealElement>: Hashable, Sendable {
    /// NumPy's shape.
    public let shape: Shape
    /// Row-major; as many as `shape.count`.
    public private(set) var values: [Element]

    /// - Precondition: there are `shape.count` values.
    public init(shape: Shape, values: [Element]) {
        precondition(values.count == shape.count, "\(values.count) values for the shape \(shape)")
        self.shape = shape
        self.values = values
    }

    /// A single number, of rank 0.
    public init(_ number: Element) { self.init(shape: .scalar, values: [number]) }

    /// A vector, of rank 1.
    public init(vector: [Element]) { self.init(shape: .vector(vector.count), values: vector) }

    /// - Precondition: all rows are of one length.
    public init(rows: [[Element]]) {
        self.init(shape: .matrix(rows.count, rows.first?.count ?? 0), values: Array(rows.joined()))
    }

    /// The same number everywhere.
    public init(repeating number: Element, shape: Shape) {
        self.init(shape: shape, values: Array(repeating: number, count: shape.count))
    }

    /// All zeros.
    public static func zeros(_ shape: Shape) -> Matrix { Matrix(repeating: 0, shape: shape) }
    /// All ones.
    public static func ones(_ shape: Shape) -> Matrix { Matrix(repeating: 1, shape: shape) }

    /// Ones on the diagonal of a square matrix, zeros elsewhere.
    public static func identity(_ size: Int) -> Matrix {
        var result = zeros(.matrix(size, size))
        for i in 0..<Swift.max(size, 0) { result.values[i * size + i] = 1 }
        return result
    }

    /// How many rows are stored: 1 for a number or a vector.
    public var rows: Int { shape.rows }
    /// How many columns are stored: a vector's length; 1 for a number.
    public var columns: Int { shape.columns }
    /// How many numbers there are.
    public var count: Int { shape.count }
    /// 0 for a number, 1 for a vector, 2 for a matrix.
    public var rank: Int { shape.rank }

    /// The element in a row and a column, both from 0.
    public subscript(row: Int, column: Int) -> Element {
        get { values[row * shape.columns + column] }
        set { values[row * shape.columns + column] = newValue }
    }

    /// By position in row-major order.
    public subscript(index: Int) -> Element {
        get { values[index] }
        set { values[index] = newValue }
    }

    /// One row, as an array.
    public func row(_ i: Int) -> [Element] { Array(values[i * columns..<(i + 1) * columns]) }

    /// One column, as an array.
    public func column(_ j: Int) -> [Element] { (0..<rows).map { values[$0 * columns + j] } }

    /// The number of a rank-0 matrix; the first element otherwise, NaN when there is none.
    public var number: Element { values.first ?? .nan }
}

extension Matrix {
    /// The result of one operation.
    ///
    /// - Throws: `ShapeError` when the shapes do not fit.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public static func applying(_ operation: Operation, to inputs: [Matrix]) throws(ShapeError) -> Matrix {
        let shape = try operation.shape(of: inputs.map { $0.shape })
        if case .reshape = operation { return Matrix(shape: shape, values: inputs[0].values) }
        if case .concatenate(let axis) = operation { return concatenated(inputs, axis, shape) }
        if case .soundness = operation { return soundness(inputs) }
        return evaluated(operation, inputs, shape)
    }

    private static func evaluated(_ operation: Operation, _ inputs: [Matrix], _ shape: Shape) -> Matrix {
        Matrix(shape: shape) { start in
            let first = inputs[0]
            first.withPlacement { a in
                guard inputs.count > 1 else { return run(operation, [a], Placement(start, shape)) }
                inputs[1].withPlacement { b in
                    guard inputs.count > 2 else { return run(operation, [a, b], Placement(start, shape)) }
                    inputs[2].withPlacement { c in run(operation, [a, b, c], Placement(start, shape)) }
                }
            }
        }
    }

    private static func run(_ operation: Operation, _ inputs: [Placement], _ result: Placement) {
        let calls = operation.calls(inputs, to: result, elementSize: MemoryLayout<Element>.stride)
        ck_run(Element.precision.rawValue, calls, Int64(calls.count))
    }

    /// One operand at a time: there may be very many.
    private static func concatenated(_ inputs: [Matrix], _ axis: Int, _ shape: Shape) -> Matrix {
        Matrix(shape: shape) { start in
            let alongRows = shape.rank == 2 && axis == 0
            var offset = 0
            for input in inputs {
                input.withPlacement { part in
                    var call = ck_call(ck_copy, input.rows, input.columns)
                    call.a = part.plain
                    call.out = Placement(start, shape).sliced(
                        Slice(start: alongRows ? offset : 0, count: input.rows),
                        Slice(start: alongRows ? 0 : offset, count: input.columns),
                        elementSize: MemoryLayout<Element>.stride)
                    ck_run(Element.precision.rawValue, &call, 1)
                }
                offset += alongRows ? input.rows : input.columns
            }
        }
    }

    /// One operand at a time, as above.
    private static func soundness(_ inputs: [Matrix]) -> Matrix {
        var mark = Element(0)
        for input in inputs {
            withUnsafeMutablePointer(to: &mark) { pointer in
                input.withPlacement { part in
                    var call = ck_call(checking: part, mark: Placement(pointer, .scalar))
                    ck_run(Element.precision.rawValue, &call, 1)
                }
            }
        }
        return Matrix(mark)
    }

    /// A matrix whose values are written by a kernel. `body` must write all of them.
    package init(shape: Shape, writtenBy body: (UnsafeMutableRawPointer?) -> Void) {
        self.shape = shape
        values = Array(unsafeUninitializedCapacity: shape.count) { buffer, count in
            body(UnsafeMutableRawPointer(buffer.baseAddress))
            count = shape.count
        }
    }

    /// Lends the values to a kernel, which must not write to them.
    package func withPlacement<Result>(_ body: (Placement) -> Result) -> Result {
        values.withUnsafeBufferPointer { buffer in
            body(Placement(UnsafeMutableRawPointer(mutating: buffer.baseAddress), shape))
        }
    }
}
