import Autodiff
import LinearAlgebra

/// What a body is handed: values by parameter name, already counted, converted and checked.
///
/// Every accessor throws only if the body asks for something that its own parameters do not promise.
public struct Arguments {
    /// A value that was given or is a default.
    struct Bound {
        /// One value; for a variadic parameter, all of them.
        var values: [Value]
        /// Where it stands in the cell; nil for a default.
        var range: SourceRange?
        /// The name before `=` of each value; the parameter's own where none was written.
        var names: [String] = []
        /// How each value was written, where it was written as an expression.
        var expressions: [Expression?] = []
    }

    /// The function's or command's name, for messages.
    public let callee: String
    var bound: [String: Bound] = [:]

    /// Whether a value was given or is there by default.
    public func has(_ name: String) -> Bool { bound[name] != nil }

    /// Where the argument stands in the cell; nil for a default.
    public func range(of name: String) -> SourceRange? { bound[name]?.range }

    /// How the values of an argument are written in the cell, one text for each of `rest(name)`: `kde(x, 0.2)`. Pictures
    /// name their curves by it.
    public func sources(of name: String) -> [String] {
        bound[name]?.expressions.map { $0.map { SourcePrinter.text(of: $0) } ?? "" } ?? []
    }

    /// The value, whatever it is.
    public func value(_ name: String) throws(CellError) -> Value {
        guard let value = bound[name]?.values.first else { throw missing(name, "a value") }
        return value
    }

    /// The value, or nil if the argument was left out.
    public func optionalValue(_ name: String) -> Value? { bound[name]?.values.first }

    /// All values of a variadic parameter; none if nothing was given.
    public func rest(_ name: String) -> [Value] { bound[name]?.values ?? [] }

    /// The options that a parameter of `takesOptions` was handed, in order.
    public func options(_ name: String) -> [(name: String, value: Value)] {
        guard let bound = bound[name] else { return [] }
        return zip(bound.names, bound.values).map { (name: $0, value: $1) }
    }

    // MARK: Numbers

    /// A number.
    public func number(_ name: String) throws(CellError) -> Double { try need(name, "a number", \.number) }

    /// A number, or nil if it was left out.
    public func optionalNumber(_ name: String) throws(CellError) -> Double? {
        has(name) ? try number(name) : nil
    }

    /// A whole number.
    public func integer(_ name: String) throws(CellError) -> Int { try need(name, "a whole number", \.integer) }

    /// A whole number, or nil if it was left out.
    public func optionalInteger(_ name: String) throws(CellError) -> Int? {
        has(name) ? try integer(name) : nil
    }

    /// `true` or `false`.
    public func boolean(_ name: String) throws(CellError) -> Bool {
        try need(name, "true or false") { if case .boolean(let truth) = $0 { truth } else { nil } }
    }

    /// A number, vector or matrix that can be differentiated.
    public func tensor(_ name: String) throws(CellError) -> Variable<Double> {
        try need(name, "a matrix", \.tensor)
    }

    /// A number, vector or matrix that can be differentiated, or nil if it was left out.
    public func optionalTensor(_ name: String) throws(CellError) -> Variable<Double>? {
        has(name) ? try tensor(name) : nil
    }

    /// The numbers of a number, vector or matrix, without their gradient.
    public func matrix(_ name: String) throws(CellError) -> Matrix<Double> { try tensor(name).value }

    /// All values of a variadic parameter, or of a list, as numbers.
    public func numbers(_ name: String) throws(CellError) -> [Double] { try each(name, "a number", \.number) }

    /// All values of a variadic parameter, or of a list, as whole numbers.
    public func integers(_ name: String) throws(CellError) -> [Int] { try each(name, "a whole number", \.integer) }

    // MARK: Text

    /// A string, a chosen word, a bare word, a file name, a variable's name or a statement's text.
    public func string(_ name: String) throws(CellError) -> String { try need(name, "a string", \.string) }

    /// Text, or nil if it was left out.
    public func optionalString(_ name: String) throws(CellError) -> String? {
        has(name) ? try string(name) : nil
    }

    /// All values of a variadic parameter, or of a list, as strings.
    public func strings(_ name: String) throws(CellError) -> [String] { try each(name, "a string", \.string) }

    // MARK: Lists, functions, objects

    /// The members of a list, of a tuple, of a vector (numbers) or of a matrix (rows).
    public func list(_ name: String) throws(CellError) -> [Value] {
        try need(name, "a list", \.elements)
    }

    /// Something that can be called, by `context.call`.
    public func function(_ name: String) throws(CellError) -> Value {
        try need(name, "a function") { $0.isCallable ? $0 : nil }
    }

    /// An object of a Swift type.
    public func object<T>(_ name: String, as type: T.Type) throws(CellError) -> T {
        try need(name, "another kind of value") { $0.object(as: type) }
    }

    /// An error that names the callee and the parameter: "plot histogram: `bins` must be ...", placed at the argument.
    public func error(_ name: String, _ problem: String, kind: CellError.Kind = .value, help: String? = nil)
        -> CellError
    {
        CellError(kind, "\(callee): `\(name)` \(problem)", at: range(of: name), help: help)
    }

    // MARK: Conversion

    private func need<T>(_ name: String, _ what: String, _ convert: (Value) -> T?) throws(CellError) -> T {
        let value = try value(name)
        guard let converted = convert(value) else {
            throw error(name, "must be \(what), not \(value.errorDescription)", kind: .type)
        }
        return converted
    }

    private func each<T>(_ name: String, _ what: String, _ convert: (Value) -> T?) throws(CellError) -> [T] {
        guard let values = bound[name]?.values else { throw missing(name, what) }
        let isOneList = values.count == 1 && convert(values[0]) == nil
        let items = isOneList ? values[0].elements ?? values : values
        var converted: [T] = []
        for item in items {
            guard let one = convert(item) else {
                throw error(name, "must hold \(what), not \(item.errorDescription)", kind: .type)
            }
            converted.append(one)
        }
        return converted
    }

    private func missing(_ name: String, _ what: String) -> CellError {
        CellError(.value, "\(callee): `\(name)` needs \(what)")
    }
}

extension Value {
    /// The object, when this is one of a Swift type.
    public func object<T>(as type: T.Type) -> T? {
        if case .object(let object) = self { object as? T } else { nil }
    }
}
