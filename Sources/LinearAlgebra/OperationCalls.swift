import CKernels

/// Where the numbers of an operand or a result lie.
package struct Placement {
    package var start: UnsafeMutableRawPointer?
    package var shape: Shape

    package init(_ start: UnsafeMutableRawPointer?, _ shape: Shape) {
        self.start = start
        self.shape = shape
    }

    /// As a plain matrix.
    var plain: ck_view { ck_view(data: start, row_stride: Int64(shape.columns), column_stride: 1) }

    /// Repeated to the shape of a result.
    func repeated(to result: Shape) -> ck_view {
        if shape.count == 1 { return ck_view(data: start, row_stride: 0, column_stride: 0) }
        return ck_view(
            data: start, row_stride: shape.rows == 1 && result.rows > 1 ? 0 : Int64(shape.columns),
            column_stride: shape.columns == 1 && result.columns > 1 ? 0 : 1)
    }

    var transposed: ck_view { ck_view(data: start, row_stride: 1, column_stride: Int64(shape.columns)) }

    func sliced(_ rows: Slice, _ columns: Slice, elementSize: Int) -> ck_view {
        let offset = (rows.start * shape.columns + columns.start) * elementSize
        let isEmpty = rows.count == 0 || columns.count == 0
        return ck_view(
            data: isEmpty ? start : start?.advanced(by: offset), row_stride: Int64(rows.step * shape.columns),
            column_stride: Int64(columns.step))
    }
}

extension ck_call {
    package init(_ kind: Int, op: Int32 = 0, _ rows: Int, _ columns: Int) {
        self.init()
        self.kind = Int32(kind)
        self.op = op
        self.rows = Int64(rows)
        self.columns = Int64(columns)
    }
}

extension ck_call {
    /// The product of the first two inputs, either of them taken transposed.
    ///
    /// - Parameter finish: what becomes of each sum, with the third input.
    package static func product(
        _ inputs: [Placement], transposingLeft: Bool, transposingRight: Bool, finish: Int = ck_plain,
        to result: Placement
    ) -> ck_call {
        var call = ck_call(ck_multiply, op: Int32(finish), result.shape.rows, result.shape.columns)
        call.a = transposingLeft ? inputs[0].transposed : inputs[0].plain
        call.b = transposingRight ? inputs[1].transposed : inputs[1].plain
        if inputs.count > 2 { call.c = inputs[2].repeated(to: result.shape) }
        call.depth = Int64(transposingLeft ? inputs[0].shape.rows : inputs[0].shape.columns)
        call.out = result.plain
        return call
    }

    /// Marks with NaN that a number of the input is not finite.
    package init(checking input: Placement, mark: Placement) {
        self.init(ck_check, 1, input.shape.count)
        a = input.plain
        out = mark.plain
    }
}

extension Operation {
    /// The kernel calls that compute this operation. The shapes must have been accepted by ``shape(of:)``.
    ///
    /// Eager evaluation and recorded programs both get their calls here, which is why they agree bit for bit.
    package func calls(_ inputs: [Placement], to result: Placement, elementSize: Int) -> [ck_call] {
        switch self {
        case .unslice(let rows, let columns, _):
            var copy = ck_call(ck_copy, rows.count, columns.count)
            copy.a = inputs[0].plain
            copy.out = result.sliced(rows, columns, elementSize: elementSize)
            return [Self.zeros(result), copy]
        case .concatenate(let axis):
            return Self.concatenation(inputs, axis, to: result, elementSize: elementSize)
        case .soundness:
            return [Self.zeros(result)] + inputs.map { ck_call(checking: $0, mark: result) }
        default:
            return [call(inputs, to: result, elementSize: elementSize)]
        }
    }

    private func call(_ inputs: [Placement], to result: Placement, elementSize: Int) -> ck_call {
        let shape = result.shape
        var call = ck_call(ck_copy, shape.rows, shape.columns)
        call.out = result.plain
        call.a = inputs[0].plain
        switch self {
        case .map(let function):
            call = ck_call(ck_map, op: function.rawValue, 1, shape.count)
            call.out = result.plain
            call.a = inputs[0].plain
        case .combine(let function):
            call.set(ck_combine, function.rawValue)
            call.a = inputs[0].repeated(to: shape)
            call.b = inputs[1].repeated(to: shape)
        case .select:
            call.set(ck_select)
            call.a = inputs[0].repeated(to: shape)
            call.b = inputs[1].repeated(to: shape)
            call.c = inputs[2].repeated(to: shape)
        case .multiply(let left, let right):
            call = .product(inputs, transposingLeft: left, transposingRight: right, to: result)
        case .reduce(let reduction, let axis):
            call = Self.reduction(reduction, axis, inputs[0], result)
        case .transpose:
            call.a = inputs[0].shape.rank == 2 ? inputs[0].transposed : inputs[0].plain
        case .broadcast:
            call.a = inputs[0].repeated(to: shape)
        case .slice(let rows, let columns):
            call.a = inputs[0].sliced(rows, columns, elementSize: elementSize)
        case .gather, .scatterAdd:
            call = Self.indexing(self == .gather, inputs, result)
        case .cumulate(let axis, let reversed):
            call = Self.running(axis, reversed, inputs[0], result)
        case .reshape, .unslice, .concatenate, .soundness:
            call = ck_call(ck_map, op: UnaryFunction.identity.rawValue, 1, shape.count)
            call.out = result.plain
            call.a = inputs[0].plain
        }
        return call
    }

    private static func zeros(_ result: Placement) -> ck_call {
        var call = ck_call(ck_fill, result.shape.rows, result.shape.columns)
        call.out = result.plain
        return call
    }

    private static func reduction(_ reduction: Reduction, _ axis: Int?, _ input: Placement, _ result: Placement)
        -> ck_call
    {
        let shape = input.shape
        var call: ck_call
        if shape.rank == 2, axis == 0 {
            call = ck_call(ck_reduce_column, op: reduction.rawValue, shape.rows, shape.columns)
        } else if shape.rank == 2, axis == 1 {
            call = ck_call(ck_reduce_row, op: reduction.rawValue, shape.rows, shape.columns)
        } else {
            call = ck_call(ck_reduce_row, op: reduction.rawValue, 1, shape.count)
        }
        call.a = input.plain
        call.out = result.plain
        return call
    }

    private static func indexing(_ gathers: Bool, _ inputs: [Placement], _ result: Placement) -> ck_call {
        let whole = gathers ? inputs[0].shape : result.shape
        let few = gathers ? result.shape : inputs[0].shape
        let isVector = whole.rank == 1
        let (wholeRows, fewRows) = isVector ? (whole.count, few.count) : (whole.rows, few.rows)
        var call = ck_call(
            gathers ? ck_gather : ck_scatter_add, gathers ? fewRows : wholeRows, isVector ? 1 : whole.columns)
        call.depth = Int64(gathers ? wholeRows : fewRows)
        call.a = inputs[0].plain
        call.b = inputs[1].plain
        call.out = result.plain
        return call
    }

    private static func running(_ axis: Int, _ reversed: Bool, _ input: Placement, _ result: Placement) -> ck_call {
        let shape = input.shape
        let downwards = shape.rank == 2 && axis == 0
        let (lines, length) = downwards ? (shape.columns, shape.rows) : (shape.rows, shape.columns)
        var call = ck_call(ck_cumulate, op: reversed ? 1 : 0, lines, length)
        call.a = downwards ? input.transposed : input.plain
        call.out = downwards ? result.transposed : result.plain
        return call
    }

    private static func concatenation(_ inputs: [Placement], _ axis: Int, to result: Placement, elementSize: Int)
        -> [ck_call]
    {
        var start = 0
        return inputs.map { input in
            let alongRows = result.shape.rank == 2 && axis == 0
            let rows = Slice(start: alongRows ? start : 0, count: input.shape.rows)
            let columns = Slice(start: alongRows ? 0 : start, count: input.shape.columns)
            start += alongRows ? input.shape.rows : input.shape.columns
            var call = ck_call(ck_copy, input.shape.rows, input.shape.columns)
            call.a = input.plain
            call.out = result.sliced(rows, columns, elementSize: elementSize)
            return call
        }
    }
}

extension ck_call {
    fileprivate mutating func set(_ kind: Int, _ op: Int32 = 0) {
        self.kind = Int32(kind)
        self.op = op
    }
}
