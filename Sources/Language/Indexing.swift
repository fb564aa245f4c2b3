import Autodiff
import LinearAlgebra
import Words

/// `x[1:3, 0]`: what stands between the brackets, and what is taken from lists, tuples, strings and objects.
/// Matrices are taken apart in `TensorIndexing.swift`.
extension Evaluator {
    func index(_ base: Expression, _ subscripts: [Subscript]) throws(CellError) -> Value {
        let base = try evaluate(base)
        var indices: [(Value, SourceRange?)] = []
        for place in subscripts { indices.append(try evaluate(place)) }
        if indices.count == 1, case .tuple(let items) = indices[0].0 {
            let range = indices[0].1
            indices = items.map { ($0, range) }
        }
        if case .object(let object) = base { return try index(object, indices.map(\.0)) }
        if case .scalar = base { throw CellError(.type, "a scalar cannot be indexed") }
        if case .list(let items) = base, base.tensor == nil || indices.count == 1 {
            return try indexItems(items, indices)
        }
        if case .mask(let mask) = base {
            return Arithmetic.truth(try TensorIndexing(Variable(mask)).select(indices).value)
        }
        if let variable = base.tensor { return .tensor(try TensorIndexing(variable).select(indices)) }
        return try indexSequence(base, indices)
    }

    private func evaluate(_ place: Subscript) throws(CellError) -> (Value, SourceRange?) {
        switch place {
        case .item(let item): return (try evaluate(item), item.range)
        case .slice(let start, let stop, let step):
            let whole = place.children.first.map { first in
                place.children.reduce(first.range) { $0.union($1.range) }
            }
            let stride = try wholeNumber(step) ?? 1
            guard stride != 0 else { throw CellError(.value, "a slice's step cannot be 0", at: step?.range) }
            let slice = SliceValue(start: try wholeNumber(start), stop: try wholeNumber(stop), step: stride)
            return (.object(slice), whole)
        }
    }

    private func wholeNumber(_ expression: Expression?) throws(CellError) -> Int? {
        guard let expression else { return nil }
        let value = try evaluate(expression)
        if case .nothing = value { return nil }
        guard let number = value.integer else {
            throw CellError(
                .type, "a slice goes between whole numbers, not \(value.errorDescription)", at: expression.range)
        }
        return number
    }

    private func index(_ object: any ObjectValue, _ indices: [Value]) throws(CellError) -> Value {
        do {
            return try object.index(indices, in: context)
        } catch {
            throw CellError(error, in: object.typeName)
        }
    }

    private func indexItems(_ items: [Value], _ indices: [(Value, SourceRange?)]) throws(CellError) -> Value {
        guard indices.count == 1 else {
            throw CellError(.value, "a list takes one index, not \(indices.count)", at: indices[1].1)
        }
        let (index, range) = indices[0]
        switch try AxisIndex(index, count: items.count, axis: nil, at: range) {
        case .one(let place): return items[place]
        case .slice(let slice): return Value.list(of: slice.positions.map { items[$0] })
        case .many(let places): return Value.list(of: places.map { items[$0] })
        case .newAxis: throw CellError(.type, "a list takes a whole number or a slice", at: range)
        }
    }

    private func indexSequence(_ base: Value, _ indices: [(Value, SourceRange?)]) throws(CellError) -> Value {
        switch base {
        case .tuple(let items):
            let taken = try indexItems(items, indices)
            if case .object = indices[0].0, let parts = taken.elements { return .tuple(parts) }
            return taken
        case .string(let text):
            let taken = try indexItems(text.map { .string(String($0)) }, indices)
            return .string(taken.string ?? (taken.elements ?? []).compactMap(\.string).joined())
        default: throw CellError(.type, "\(base.errorDescription) cannot be indexed")
        }
    }
}

/// What one index takes from one axis.
enum AxisIndex {
    /// One place; the axis goes.
    case one(Int)
    /// Places at equal steps; the axis stays.
    case slice(Slice)
    /// Places in any order; the axis stays.
    case many([Int])
    /// `none`: an axis of length 1 comes in.
    case newAxis

    /// - Parameter axis: which axis, for messages; nil where there is only one.
    init(_ value: Value, count: Int, axis: Int?, at range: SourceRange?) throws(CellError) {
        if case .nothing = value {
            self = .newAxis
        } else if let slice = value.object(as: SliceValue.self) {
            let places = slice.positions(in: count)
            self = .slice(Slice(start: places.first ?? 0, step: slice.step, count: places.count))
        } else if let truth = value.truthMatrix {
            guard truth.rank == 1, truth.count == count else {
                throw CellError(
                    .shape, "a mask of shape \(truth.shape) does not fit \(Self.axisText(axis, count))", at: range)
            }
            self = .many(truth.values.indices.filter { truth.values[$0] != 0 })
        } else if let number = value.number {
            guard let place = Int(exactly: number) else {
                throw CellError(.type, "an index is a whole number, not \(value.errorDescription)", at: range)
            }
            self = .one(try Self.checked(place, count, axis, range))
        } else if let places = value.tensor?.value, places.rank == 1 {
            var checked: [Int] = []
            for number in places.values {
                guard let place = Int(exactly: number) else {
                    throw CellError(.type, "an index is a whole number, not \(number.significant(6))", at: range)
                }
                checked.append(try Self.checked(place, count, axis, range))
            }
            self = .many(checked)
        } else {
            throw CellError(
                .type, "\(value.errorDescription) cannot be an index", at: range,
                help: "an index is a whole number, a slice `1:3`, a mask `x > 0` or a list of whole numbers")
        }
    }

    private static func checked(
        _ place: Int, _ count: Int, _ axis: Int?, _ range: SourceRange?
    ) throws(CellError) -> Int {
        guard place >= -count, place < count else {
            let ends = count == 0 ? "" : ": 0 to \(count - 1), or -1 to \(-count) from the end"
            throw CellError(.value, "there is no place \(place) in \(axisText(axis, count))\(ends)", at: range)
        }
        return place < 0 ? place + count : place
    }

    private static func axisText(_ axis: Int?, _ count: Int) -> String {
        let places = Wording.count(count, "place")
        return axis.map { ["the rows", "the columns"][min($0, 1)] + " (\(count))" } ?? "\(places)"
    }
}

extension Slice {
    var positions: [Int] { (0..<count).map { start + $0 * step } }
}
