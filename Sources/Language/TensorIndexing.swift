import Autodiff
import LinearAlgebra

/// Takes parts of a vector or matrix as NumPy does. What is taken stays differentiable.
struct TensorIndexing {
    private let variable: Variable<Double>

    init(_ variable: Variable<Double>) { self.variable = variable }

    func select(_ indices: [(Value, SourceRange?)]) throws(CellError) -> Variable<Double> {
        if let whole = try selectByWholeMask(indices) { return whole }
        let shape = variable.shape
        let used = indices.count { if case .nothing = $0.0 { false } else { true } }
        guard used <= shape.rank else {
            throw CellError(
                shape.rank == 0 ? .type : .shape,
                shape.rank == 0
                    ? "a number cannot be indexed" : "\(used) indices are too many for the shape \(shape)",
                at: indices.last?.1)
        }
        var axes: [AxisIndex] = []
        var axis = 0
        for (value, range) in indices {
            let count = axis < shape.dimensions.count ? shape.dimensions[axis] : 0
            let index = try AxisIndex(value, count: count, axis: shape.rank == 1 ? nil : axis, at: range)
            axes.append(index)
            if case .newAxis = index { continue }
            axis += 1
        }
        while axis < shape.rank {
            axes.append(.slice(.all(shape.dimensions[axis])))
            axis += 1
        }
        do throws(ShapeError) {
            return try take(axes)
        } catch {
            throw CellError(.shape, error.description, at: indices.first?.1)
        }
    }

    /// A mask of the matrix's own shape takes its elements as a vector.
    private func selectByWholeMask(_ indices: [(Value, SourceRange?)]) throws(CellError) -> Variable<Double>? {
        guard indices.count == 1, let mask = indices[0].0.truthMatrix, mask.rank == 2 else { return nil }
        guard mask.shape == variable.shape else {
            throw CellError(
                .shape, "a mask of shape \(mask.shape) does not fit the shape \(variable.shape)", at: indices[0].1)
        }
        let places = mask.values.indices.filter { mask.values[$0] != 0 }
        do throws(ShapeError) {
            return try flat(variable).gathered(places)
        } catch {
            throw CellError(.shape, error.description, at: indices[0].1)
        }
    }

    // MARK: Taking

    private func take(_ axes: [AxisIndex]) throws(ShapeError) -> Variable<Double> {
        let real = axes.filter { if case .newAxis = $0 { false } else { true } }
        if real.count == 2, case .many(let rows) = real[0], case .many(let columns) = real[1] {
            return try takePairs(rows, columns)
        }
        var result = variable
        if real.count == 2 {
            result = try takeColumns(real[1], of: try takeRows(real[0], of: result))
        } else if let only = real.first {
            result = try takeColumns(only, of: result)
        }
        return try result.reshaped(try shape(after: axes, result.shape))
    }

    /// Two lists of places go side by side: the elements at (row, column), as a vector.
    private func takePairs(_ rows: [Int], _ columns: [Int]) throws(ShapeError) -> Variable<Double> {
        guard rows.count == columns.count || rows.count == 1 || columns.count == 1 else {
            throw ShapeError("[ , ]", [.vector(rows.count), .vector(columns.count)])
        }
        let count = rows.count == 1 ? columns.count : rows.count
        let places = (0..<count).map { place in
            rows[rows.count == 1 ? 0 : place] * variable.shape.columns + columns[columns.count == 1 ? 0 : place]
        }
        return try flat(variable).gathered(places)
    }

    private func takeRows(_ index: AxisIndex, of matrix: Variable<Double>) throws(ShapeError) -> Variable<Double> {
        switch index {
        case .one(let place): try matrix.slice(rows: .one(place), columns: .all(matrix.shape.columns))
        case .slice(let slice): try matrix.slice(rows: slice, columns: .all(matrix.shape.columns))
        case .many(let places): try matrix.gathered(places)
        case .newAxis: matrix
        }
    }

    /// Of a vector: elements.
    private func takeColumns(_ index: AxisIndex, of matrix: Variable<Double>) throws(ShapeError) -> Variable<Double> {
        switch index {
        case .one(let place): try matrix.slice(rows: .all(matrix.shape.rows), columns: .one(place))
        case .slice(let slice): try matrix.slice(rows: .all(matrix.shape.rows), columns: slice)
        case .many(let places):
            matrix.shape.rank == 2
                ? try matrix.transposed.gathered(places).transposed : try matrix.gathered(places)
        case .newAxis: matrix
        }
    }

    private func shape(after axes: [AxisIndex], _ taken: Shape) throws(ShapeError) -> Shape {
        var lengths = taken.dimensions
        var result: [Int] = []
        for axis in axes {
            switch axis {
            case .newAxis: result.append(1)
            case .one: lengths.removeFirst()
            case .slice, .many: result.append(lengths.removeFirst())
            }
        }
        switch result.count {
        case 0: return .scalar
        case 1: return .vector(result[0])
        case 2: return .matrix(result[0], result[1])
        default: throw ShapeError("[ , ]", [variable.shape], reason: "a matrix has two axes, not \(result.count)")
        }
    }

    private func flat(_ variable: Variable<Double>) throws(ShapeError) -> Variable<Double> {
        try variable.reshaped(.vector(variable.shape.count))
    }
}
