import Autodiff
import Language
import LinearAlgebra

/// What a value is, how much of it there is, and what it is as another kind of value.
enum NumberQueries {
    static let all = [len, shape, unique, count, float, int, str]

    private static let len = FunctionEntry(
        "len", topic: .numbers, "how many: elements of a vector or list, rows of a matrix or table, letters of a text",
        parameters: [Parameter("x", .any, "a vector, matrix, list, text or table")], returns: "a whole number",
        example: "len([4, 5, 6])"
    ) { (arguments, _) throws(CellError) in
        let value = try arguments.value("x")
        if let text = value.string { return .integer(text.count) }
        if case .object(let object) = value, let table = object as? any HasTable {
            return .integer(table.table.rowCount)
        }
        if case .list(let items) = value { return .integer(items.count) }
        if let matrix = value.matrix, matrix.rank > 0 {
            return .integer(matrix.rank == 1 ? matrix.count : matrix.rows)
        }
        guard let elements = value.elements else {
            throw arguments.error("x", "has no length: it is \(value.errorDescription)", kind: .type)
        }
        return .integer(elements.count)
    }

    private static let shape = FunctionEntry(
        "shape", topic: .numbers, "the lengths of the axes", parameters: [.numbers()],
        returns: "a tuple: `()` for a number, `(n,)` for a vector, `(rows, columns)` for a matrix",
        example: "shape([[1, 2, 3], [4, 5, 6]])"
    ) { (arguments, _) throws(CellError) in
        .tuple(try arguments.tensor("x").shape.dimensions.map(Value.integer))
    }

    private static let unique = FunctionEntry(
        "unique", topic: .numbers, "every different value once, in order",
        parameters: [Parameter("x", .oneOf([.tensor, .list(of: .string)]), "numbers, or a list of texts")],
        returns: "a vector, or a list of texts", example: "unique([3, 1, 3, 2, 1])"
    ) { (arguments, _) throws(CellError) in
        guard let x = try arguments.value("x").matrix else {
            return .list(Set(try arguments.strings("x")).sorted().map(Value.string))
        }
        let sorted = x.sorted().values
        return .vector(sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] })
    }

    private static let count = FunctionEntry(
        "count", topic: .numbers, "how often a condition holds, or a value occurs",
        parameters: [
            Parameter("x", .oneOf([.tensor, .list(of: .string)]), "a mask such as `x > 0`; or numbers or texts"),
            Parameter("value", .oneOf([.number(), .string]), default: "", "what to look for"),
        ],
        returns: "a whole number", example: "x = [3, 1, 3]; count(x > 2), count(x, 1)"
    ) { (arguments, _) throws(CellError) in
        let x = try arguments.value("x"), wanted = arguments.optionalValue("value")
        guard let matrix = x.matrix else {
            let texts = try arguments.strings("x")
            return .integer(wanted == nil ? texts.count : texts.count { $0 == wanted?.string })
        }
        guard let wanted else { return .integer(matrix.values.count { $0 != 0 }) }
        return .integer(matrix.values.count { $0 == wanted.number })
    }

    private static let float = FunctionEntry(
        "float", topic: .numbers, "a number from a text, from true or false, or from a scalar",
        parameters: [Parameter("x", .oneOf([.string, .tensor, .scalar]), "a text such as \"1e-3\", or a value")],
        returns: "a number", example: "float(\"2.5\") + 1"
    ) { (arguments, _) throws(CellError) in try number(arguments) }

    private static let int = FunctionEntry(
        "int", topic: .numbers, "a whole number: what is after the point is dropped",
        parameters: [Parameter("x", .oneOf([.string, .tensor, .scalar]), "a text such as \"12\", or a value")],
        returns: "a whole number; of a vector or matrix, whole numbers", example: "int(3.9), int(-3.9)"
    ) { (arguments, _) throws(CellError) in
        guard let variable = try number(arguments).matrix else { return .nothing }
        return .matrix(try truncated(variable, arguments))
    }

    private static let str = FunctionEntry(
        "str", topic: .numbers, "a value as text",
        parameters: [
            Parameter("x", .any, "any value"),
            Parameter("digits", .integer(1...17), default: "", "for a number: at most so many significant digits"),
        ],
        returns: "a text", example: "\"pi is about \" + str(pi, 3)"
    ) { (arguments, _) throws(CellError) in
        let value = try arguments.value("x")
        if let text = value.string { return .string(text) }
        if let digits = try arguments.optionalInteger("digits"), let number = value.number {
            return .string(number.significant(digits))
        }
        return .string(ValuePrinter(style: .batch).text(value))
    }

    private static func number(_ arguments: Arguments) throws(CellError) -> Value {
        let value = try arguments.value("x")
        if case .scalar(let scalar) = value { return .number(scalar.value) }
        guard let text = value.string else { return .tensor(try arguments.tensor("x").detached) }
        let trimmed = text.split(separator: " ").joined(separator: " ")
        guard let number = Double(trimmed) else {
            throw arguments.error("x", "is no number: \(value.errorDescription)")
        }
        return .number(number)
    }

    private static func truncated(_ x: Matrix<Double>, _ arguments: Arguments) throws(CellError) -> Matrix<Double> {
        guard x.isFinite else { throw arguments.error("x", "is infinite or `nan`, and has no whole part") }
        return x.map { $0.rounded(.towardZero) + 0 }
    }
}
