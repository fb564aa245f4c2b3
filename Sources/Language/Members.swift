import Autodiff
import LinearAlgebra
import Words

/// Members of values, and what is said about names that nothing has.
extension Evaluator {
    /// The value of `value.name`; nil when there is no such member.
    func member(_ name: String, of value: Value, at range: SourceRange) throws(CellError) -> Value? {
        if case .object(let object) = value {
            do {
                return try object.member(name)
            } catch {
                throw CellError(error, in: object.typeName).placed(at: range)
            }
        }
        if case .scalar(let scalar) = value { return scalar.member(name) }
        guard let variable = value.tensor else { return nil }
        switch name {
        case "T":
            if case .mask(let mask) = value { return .mask(mask.transposed) }
            return .tensor(variable.transposed)
        case "shape": return .tuple(variable.shape.dimensions.map(Value.integer))
        case "size": return .integer(variable.shape.count)
        default: return nil
        }
    }

    /// The names of a value's members.
    static func memberNames(of value: Value) -> [String] {
        switch value {
        case .object(let object): object.memberNames
        case .scalar: Scalar.memberNames
        default: value.tensor == nil ? [] : ["T", "shape", "size"]
        }
    }

    func noMember(_ name: String, of value: Value, at range: SourceRange) -> CellError {
        let names = Evaluator.memberNames(of: value)
        var help = Spelling.question(for: name, among: names)
        if help == nil, context.registry.function(name) != nil { help = "write `\(name)(x)`" }
        if help == nil, !names.isEmpty {
            help = "it has " + names.map { "`\($0)`" }.joined(separator: ", ", last: " and ")
        }
        return CellError(.name, "\(value.errorDescription) has no member `\(name)`", at: range, help: help)
    }

    func noValue(_ name: String, at range: SourceRange) -> CellError {
        if name == "_" { return CellError(.name, "nothing has been shown yet, so `_` is empty", at: range) }
        if context.registry.beginsCommand(name) {
            return CellError(
                .name, "`\(name)` is a command, not a value", at: range,
                help: "a command begins its statement, without parentheses: `\(commandUsage(name))`")
        }
        return CellError(.name, "there is no `\(name)`", at: range, help: suggestion(for: name, calling: false))
    }

    func noFunction(_ name: String, at range: SourceRange) -> CellError {
        if context.registry.beginsCommand(name) || name == "_" { return noValue(name, at: range) }
        if let help = PythonHabits.statement(name) {
            return CellError(.name, "there is no function `\(name)`", at: range, help: help)
        }
        return CellError(.name, "there is no function `\(name)`", at: range, help: suggestion(for: name, calling: true))
    }

    /// How the command is written; if its name has more words, those commands that begin so.
    private func commandUsage(_ name: String) -> String {
        if let entry = context.registry.command(name) { return context.registry.usage(of: entry) }
        let longer = context.registry.commands.map(\.name).filter { $0.hasPrefix(name + " ") }
        return longer.count == 1 ? longer[0] : "\(name) ..."
    }

    private func suggestion(for name: String, calling: Bool) -> String? {
        let variables = context.state.variables.merging(locals.map { ($0.key, $0.value) }) { $1 }
            .filter { !calling || $0.value.isCallable }.map(\.key)
        let functions = context.registry.functions.map(\.name)
        let others = calling ? [] : context.registry.constants.map(\.name) + context.registry.commands.map(\.name)
        return Spelling.question(for: name, among: variables + functions + others)
    }
}

/// `out`: the values of earlier cells.
struct OutputsValue: ObjectValue {
    let outputs: CellOutputs

    var typeName: String { "outputs" }

    func describe(width: Int) -> String {
        outputs.isEmpty
            ? "no cell has shown a value yet"
            : "values of the cells " + outputs.numbers.map(String.init).joined(separator: ", ")
    }

    func index(_ indices: [Value], in context: Context) throws(CellError) -> Value {
        guard indices.count == 1, let number = indices[0].integer else {
            throw CellError(.type, "`out` takes the number of a cell", help: "`out[7]` is the value of cell 7")
        }
        guard let value = outputs[number] else {
            throw CellError(.value, "cell \(number) has shown no value", help: describe(width: 80))
        }
        return value
    }
}
