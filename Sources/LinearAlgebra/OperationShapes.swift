extension Operation {
    /// The shape of the result.
    ///
    /// - Throws: `ShapeError` with the operation and the operands' shapes when these do not fit.
    public func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard let result = inferred(inputs) else { throw ShapeError(name, inputs, reason: requirement) }
        guard result.count <= Shape.largestCount else {
            throw ShapeError(
                name, inputs, reason: "\(result) would be \(result.count) numbers, more than \(Shape.largestCount)")
        }
        return result
    }

    private func inferred(_ inputs: [Shape]) -> Shape? {
        switch self {
        case .combine, .select: return Self.common(inputs, count: self == .select ? 3 : 2)
        case .multiply(let left, let right): return Self.product(inputs, left, right)
        case .gather: return Self.gathered(inputs)
        case .scatterAdd(let into): return Self.scattered(inputs, into)
        case .concatenate(let axis): return Self.concatenated(inputs, axis)
        case .soundness: return .scalar
        default: return inputs.count == 1 ? inferred(inputs[0]) : nil
        }
    }

    private func inferred(_ input: Shape) -> Shape? {
        switch self {
        case .map: return input
        case .reduce(_, let axis): return input.reduced(axis: axis)
        case .transpose: return input.transposed
        case .reshape(let shape): return shape.count == input.count ? shape : nil
        case .broadcast(let shape): return input.broadcast(with: shape) == shape ? shape : nil
        case .slice(let rows, let columns):
            guard rows.fits(input.rows), columns.fits(input.columns) else { return nil }
            return Self.resized(input, rows.count, columns.count)
        case .unslice(let rows, let columns, let shape):
            let fits = rows.fits(shape.rows) && columns.fits(shape.columns)
            return fits && input.rows == rows.count && input.columns == columns.count ? shape : nil
        case .cumulate(let axis, _): return axis >= 0 && axis < input.rank ? input : nil
        default: return nil
        }
    }

    private static func common(_ inputs: [Shape], count: Int) -> Shape? {
        guard inputs.count == count, var result = inputs.first else { return nil }
        for shape in inputs.dropFirst() {
            guard let next = result.broadcast(with: shape) else { return nil }
            result = next
        }
        return result
    }

    private static func product(_ inputs: [Shape], _ transposingLeft: Bool, _ transposingRight: Bool) -> Shape? {
        guard inputs.count == 2, inputs[0].rank == 2, inputs[1].rank == 2 else { return nil }
        let left = transposingLeft ? inputs[0].transposed : inputs[0]
        let right = transposingRight ? inputs[1].transposed : inputs[1]
        return left.columns == right.rows ? .matrix(left.rows, right.columns) : nil
    }

    private static func gathered(_ inputs: [Shape]) -> Shape? {
        guard inputs.count == 2, inputs[1].rank == 1 else { return nil }
        let count = inputs[1].count
        switch inputs[0].rank {
        case 1: return inputs[0].count > 0 || count == 0 ? .vector(count) : nil
        case 2: return inputs[0].rows > 0 || count == 0 ? .matrix(count, inputs[0].columns) : nil
        default: return nil
        }
    }

    private static func scattered(_ inputs: [Shape], _ into: Shape) -> Shape? {
        guard inputs.count == 2, inputs[1].rank == 1, inputs[0].rank == into.rank else { return nil }
        switch into.rank {
        case 1: return inputs[0].count == inputs[1].count ? into : nil
        case 2: return inputs[0].rows == inputs[1].count && inputs[0].columns == into.columns ? into : nil
        default: return nil
        }
    }

    private static func concatenated(_ inputs: [Shape], _ axis: Int) -> Shape? {
        guard let first = inputs.first, first.rank > axis, axis >= 0 else { return nil }
        guard inputs.allSatisfy({ $0.rank == first.rank }) else { return nil }
        if first.rank == 1 { return .vector(inputs.reduce(0) { $0 + $1.columns }) }
        if axis == 0 {
            guard inputs.allSatisfy({ $0.columns == first.columns }) else { return nil }
            return .matrix(inputs.reduce(0) { $0 + $1.rows }, first.columns)
        }
        guard inputs.allSatisfy({ $0.rows == first.rows }) else { return nil }
        return .matrix(first.rows, inputs.reduce(0) { $0 + $1.columns })
    }

    private static func resized(_ shape: Shape, _ rows: Int, _ columns: Int) -> Shape {
        switch shape.rank {
        case 0: .scalar
        case 1: .vector(columns)
        default: .matrix(rows, columns)
        }
    }

    private var requirement: String? {
        switch self {
        case .combine, .select: "axes must be equal, or 1"
        case .multiply: "the left one's columns must be as many as the right one's rows"
        case .reduce(_, let axis): axis.map { "there is no axis \($0)" }
        case .cumulate(let axis, _): "there is no axis \(axis)"
        case .reshape(let shape): "\(shape) holds \(shape.count) numbers"
        case .broadcast(let shape): "it cannot be repeated to \(shape)"
        case .slice: "the slice lies outside"
        case .gather: "it picks rows by a vector of indices"
        case .concatenate(let axis): "all axes but axis \(axis) must be equal"
        default: nil
        }
    }
}
