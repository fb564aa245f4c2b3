import Autodiff
import LinearAlgebra

/// Comparing values: numbers give a boolean, matrices a mask, and a list of texts compares text by text.
extension Arithmetic {
    static func compare(_ left: Value, _ comparison: ComparisonOperator, _ right: Value) throws(CellError) -> Value {
        if case .string(let a) = left, case .string(let b) = right { return .boolean(comparison.holds(a, b)) }
        if case .boolean(let a) = left, case .boolean(let b) = right, let same = comparison.onEquality(a == b) {
            return .boolean(same)
        }
        if let a = left.comparable, let b = right.comparable { return try compare(a, comparison, b) }
        if let mask = try compareTexts(left, comparison, right) { return mask }
        guard let same = comparison.onEquality(false), !left.isOpaque, !right.isOpaque else {
            throw CellError(
                .type, "`\(comparison.rawValue)` cannot compare \(left.errorDescription) and \(right.errorDescription)")
        }
        return try compareItems(left, comparison, right) ?? .boolean(same)
    }

    private static func compare(
        _ left: Matrix<Double>, _ comparison: ComparisonOperator, _ right: Matrix<Double>
    ) throws(CellError) -> Value {
        try requireRoom(left.shape, nil, right.shape)
        do throws(ShapeError) {
            return truth(try left.combined(with: right, by: comparison.function))
        } catch {
            throw CellError(
                .shape, "the shapes \(left.shape) and \(right.shape) do not fit `\(comparison.rawValue)`",
                help: "seen from the right, lengths must be equal, or one of them 1")
        }
    }

    /// A list of texts with a text or with as many texts: a mask.
    private static func compareTexts(
        _ left: Value, _ comparison: ComparisonOperator, _ right: Value
    ) throws(CellError) -> Value? {
        let pairs: [(String, String)]
        switch (left.texts, right.texts, left.string, right.string) {
        case (let a?, let b?, _, _):
            guard a.count == b.count else {
                throw CellError(
                    .shape, "a list of \(a.count) and a list of \(b.count) do not fit `\(comparison.rawValue)`")
            }
            pairs = Array(zip(a, b))
        case (let a?, nil, _, let b?): pairs = a.map { ($0, b) }
        case (nil, let b?, let a?, _): pairs = b.map { (a, $0) }
        default: return nil
        }
        return .mask(Matrix(vector: pairs.map { comparison.holds($0, $1) ? 1 : 0 }))
    }

    /// Tuples and mixed lists are equal when their members are.
    private static func compareItems(
        _ left: Value, _ comparison: ComparisonOperator, _ right: Value
    ) throws(CellError) -> Value? {
        let items: ([Value], [Value])
        switch (left, right) {
        case (.tuple(let a), .tuple(let b)), (.list(let a), .list(let b)): items = (a, b)
        default: return nil
        }
        guard items.0.count == items.1.count else { return comparison.onEquality(false).map(Value.boolean) }
        for (a, b) in zip(items.0, items.1) {
            let same = try compare(a, .equal, b).truthMatrix
            if same?.values.contains(0) == true { return comparison.onEquality(false).map(Value.boolean) }
        }
        return comparison.onEquality(true).map(Value.boolean)
    }
}

extension Value {
    /// The numbers that are compared; a scalar's value counts as a number.
    fileprivate var comparable: Matrix<Double>? {
        if case .scalar(let scalar) = self { return Matrix(scalar.value) }
        return matrix
    }

    /// The texts of a list that holds nothing else.
    fileprivate var texts: [String]? {
        guard case .list(let items) = self else { return nil }
        let texts = items.compactMap(\.string)
        return texts.count == items.count ? texts : nil
    }

    /// Whether it is never known if two of them are the same.
    fileprivate var isOpaque: Bool {
        switch self {
        case .object, .function, .builtin: true
        default: false
        }
    }
}

extension ComparisonOperator {
    fileprivate var function: BinaryFunction {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        }
    }

    fileprivate func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }

    /// For `==` and `!=`, what they say when their sides are the same or not; nil for the others.
    fileprivate func onEquality(_ same: Bool) -> Bool? {
        switch self {
        case .equal: same
        case .notEqual: !same
        default: nil
        }
    }
}
