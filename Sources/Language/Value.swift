import Autodiff
import LinearAlgebra
import Words

/// What an expression is worth.
public enum Value {
    /// A number (rank 0), a vector or a matrix. It can be differentiated.
    case tensor(Variable<Double>)
    /// Ones and zeros from comparing matrices. A comparison of numbers gives `boolean`.
    case mask(Matrix<Double>)
    /// A node of the scalar engine; arithmetic with plain numbers turns those into nodes.
    case scalar(Scalar)
    /// `true` or `false`.
    case boolean(Bool)
    /// Text.
    case string(String)
    /// Values in brackets that are not all plain numbers.
    case list([Value])
    /// Values in parentheses; what functions with several results give back.
    case tuple([Value])
    /// A function written in a cell.
    case function(UserFunction)
    /// A function of the registry.
    indirect case builtin(FunctionEntry)
    /// A model, distribution, table, figure...
    case object(any ObjectValue)
    /// What a cell without a result is worth.
    case nothing
}

extension Value {
    /// A plain number.
    public static func number(_ number: Double) -> Value { .tensor(Variable(Matrix(number))) }

    /// A whole number.
    public static func integer(_ number: Int) -> Value { .number(Double(number)) }

    /// A plain vector.
    public static func vector(_ numbers: [Double]) -> Value { .tensor(Variable(Matrix(vector: numbers))) }

    /// A plain matrix, vector or number.
    public static func matrix(_ matrix: Matrix<Double>) -> Value { .tensor(Variable(matrix)) }

    /// The number, when this is a plain or differentiable number.
    public var number: Double? {
        guard case .tensor(let variable) = self, variable.shape.rank == 0 else { return nil }
        return variable.value.values.first
    }

    /// The whole number, when this is one.
    public var integer: Int? {
        guard let number, number == number.rounded(), number.magnitude < 9e15 else { return nil }
        return Int(number)
    }

    /// The text, when this is a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// Whether this can be called.
    public var isCallable: Bool {
        switch self {
        case .function, .builtin, .object: true
        default: false
        }
    }

    /// The kind of the value in one word: "number", "vector", "matrix", "mask", "string"; an object's `typeName`.
    public var typeName: String {
        switch self {
        case .tensor(let variable): ["number", "vector", "matrix"][min(variable.shape.rank, 2)]
        case .mask: "mask"
        case .scalar: "scalar"
        case .boolean: "boolean"
        case .string: "string"
        case .list: "list"
        case .tuple: "tuple"
        case .function, .builtin: "function"
        case .object(let object): object.typeName
        case .nothing: "nothing"
        }
    }

    /// The value as an error names it: "3", "a matrix of shape [2, 3]", "the string \"abc\"", "a table".
    public var errorDescription: String {
        switch self {
        case .tensor(let variable):
            switch variable.shape.rank {
            case 0: (number ?? 0).significant(6)
            case 1: "a vector of \(Wording.count(variable.shape.count, "number"))"
            default: "a matrix of shape \(variable.shape)"
            }
        case .boolean(let truth): String(truth)
        case .string(let text): "the string \"\(text.count > 24 ? text.prefix(20) + "…" : text[...])\""
        case .list(let items): "a list of " + Value.members(items)
        case .tuple(let items): "a tuple of " + Value.members(items)
        case .function(let function): "the function `\(function.name)`"
        case .builtin(let entry): "the function `\(entry.name)`"
        case .nothing: "nothing"
        default: typeName.withArticle
        }
    }

    /// How many there are, and of what, where they are all alike: "344 strings", "3 values".
    private static func members(_ items: [Value]) -> String {
        let kinds = Set(items.map(\.typeName))
        return Wording.count(items.count, kinds.count == 1 ? kinds.first ?? "value" : "value")
    }
}

/// A function written in a cell: `f(x, y=2) = x * y`.
///
/// The names in its body other than its parameters are looked up when it is called.
public struct UserFunction: Hashable, Sendable {
    /// What it was named when it was written.
    public var name: String { definition.name }
    /// Its parameters' names, in order.
    public var parameterNames: [String] { definition.parameters.map(\.name) }
    /// How many parameters must be given.
    public var requiredCount: Int { definition.parameters.count { $0.defaultValue == nil } }
    /// The function as one would write it again.
    public var source: String { SourcePrinter.text(of: definition) }

    let definition: Definition
}
