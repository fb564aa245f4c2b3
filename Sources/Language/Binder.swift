import Autodiff
import Words

/// Something given to a function or command, before it is known what it must be.
struct Given {
    enum Content {
        case value(Value)
        case expression(Expression)
        case word(String)
    }

    /// The name before `=`, if there is one.
    var name: String?
    var content: Content
    /// Where it stands; nil when it was not written in the cell.
    var range: SourceRange?
    /// Where it stands, with its name.
    var wholeRange: SourceRange?

    /// What was written, when that is an expression.
    var expression: Expression? {
        if case .expression(let expression) = content { expression } else { nil }
    }
}

/// Binds what was given to parameters: counts, names, kinds, ranges and choices are all checked here, for functions
/// and commands alike, and nowhere else.
struct Binder {
    /// The function's or command's name.
    let callee: String
    let parameters: [Parameter]
    /// How it is written, for the help line.
    let usage: String
    /// Evaluates an expression where the call stands.
    let evaluate: (Expression) throws(CellError) -> Value

    func bind(_ given: [Given]) throws(CellError) -> Arguments {
        var arguments = Arguments(callee: callee)
        let places = try places(of: given)
        for (item, parameter) in zip(given, places) {
            let value = try value(of: item, for: parameter)
            var bound = arguments.bound[parameter.name] ?? Arguments.Bound(values: [], range: item.range)
            if let range = item.range { bound.range = bound.range?.union(range) ?? range }
            bound.values.append(value)
            bound.names.append(item.name ?? parameter.name)
            bound.expressions.append(item.expression)
            arguments.bound[parameter.name] = bound
        }
        for parameter in parameters where arguments.bound[parameter.name] == nil {
            guard let source = parameter.defaultSource else { throw missing(parameter) }
            guard !source.isEmpty else { continue }
            arguments.bound[parameter.name] = try standIn(source, for: parameter)
        }
        return arguments
    }

    // MARK: Names and places

    /// The parameter that each argument goes to.
    private func places(of given: [Given]) throws(CellError) -> [Parameter] {
        var chosen: [Parameter] = []
        var place = 0
        for item in given {
            let parameter: Parameter
            if let name = item.name {
                guard
                    let named = parameters.first(where: { $0.name == name && !$0.takesOptions })
                        ?? parameters.first(where: \.takesOptions)
                else {
                    throw Self.unknownOption(name, of: callee, parameters, at: item.wholeRange)
                }
                parameter = named
            } else {
                guard let next = parameters.positional(place) else { throw tooMany(given, at: item.range) }
                parameter = next
                place += 1
            }
            let isRepeated = chosen.contains { $0.name == parameter.name } && !parameter.takesOptions
            if isRepeated, !parameter.isVariadic || item.name != nil {
                throw CellError(
                    .value, "\(callee): `\(parameter.name)` is given twice", at: item.wholeRange,
                    help: "usage: \(usage)")
            }
            chosen.append(parameter)
        }
        return chosen
    }

    private func tooMany(_ given: [Given], at range: SourceRange?) -> CellError {
        let most = parameters.count { !$0.isSpelledBare }
        let count = given.count { $0.name == nil }
        let takes = most == 0 ? "takes no arguments" : "takes at most \(Wording.count(most, "argument"))"
        return CellError(.value, "\(callee) \(takes), not \(count)", at: range, help: "usage: \(usage)")
    }

    private func missing(_ parameter: Parameter) -> CellError {
        // Where anything may be given, what it is for says more than its kind.
        let isOpen = if case .any = parameter.kind { true } else { [.line, .text].contains(parameter.kind.reading) }
        let wanted = isOpen ? ": \(parameter.summary)" : "; it must be \(parameter.kind.description)"
        return CellError(
            .value, "\(callee): `\(parameter.name)` is missing\(wanted)",
            help: "usage: \(usage)")
    }

    /// The error for a name before `=` that no parameter has.
    static func unknownOption(
        _ name: String, of callee: String, _ parameters: [Parameter], at range: SourceRange?
    ) -> CellError {
        let names = parameters.map(\.name)
        let list =
            names.isEmpty ? "it has none" : "it has " + names.map { "`\($0)`" }.joined(separator: ", ", last: " and ")
        return CellError(
            .name, "\(callee) has no option `\(name)`", at: range,
            help: Spelling.question(for: name, among: names) ?? list)
    }

    // MARK: Values

    private func standIn(_ source: String, for parameter: Parameter) throws(CellError) -> Arguments.Bound {
        let item = Given(content: .expression(try Parser.parseExpression(source)))
        do throws(CellError) {
            return Arguments.Bound(values: [try value(of: item, for: parameter)], range: nil)
        } catch {
            throw error.moved(into: nil)
        }
    }

    private func value(of item: Given, for parameter: Parameter) throws(CellError) -> Value {
        switch item.content {
        case .word(let word): return .string(word)
        case .value(let value): return try converted(value, for: parameter, at: item.range)
        case .expression(let expression):
            let choices = parameter.kind.choices
            if case .name(let word) = expression.kind, choices.contains(word) { return .string(word) }
            if case .none = expression.kind, choices.contains("none") { return .string("none") }
            let value: Value
            do throws(CellError) {
                value = try evaluate(expression)
            } catch {
                throw misread(error, expression, for: parameter)
            }
            return try converted(value, for: parameter, at: item.range)
        }
    }

    /// A word that is no variable, where a word or a string was wanted.
    private func misread(_ error: CellError, _ expression: Expression, for parameter: Parameter) -> CellError {
        guard error.kind == .name, case .name(let word) = expression.kind else { return error }
        let choices = parameter.kind.choices
        if !choices.isEmpty {
            return CellError(
                .value, "\(callee): `\(parameter.name)` must be \(parameter.kind.description), not `\(word)`",
                at: expression.range, help: question(for: word, among: choices))
        }
        var error = error
        if case .string = parameter.kind { error.help = "text stands in quotes: `\"\(word)\"`" }
        return error
    }

    /// The words that are meant perhaps; where none is near among many, where to read of them.
    private func question(for word: String, among choices: [String]) -> String? {
        let isLong = choices.count > 8
        return Spelling.question(for: word, among: choices) ?? (isLong ? "`help \(callee)` has an example" : nil)
    }

    private func converted(_ value: Value, for parameter: Parameter, at range: SourceRange?) throws(CellError) -> Value
    {
        switch parameter.kind.convert(value) {
        case .fits(let converted): return converted
        case .wrongKind, .outOfRange:
            var help: String?
            if case .string(let word) = value { help = question(for: word, among: parameter.kind.choices) }
            let isKind = if case .wrongKind = parameter.kind.convert(value) { true } else { false }
            throw CellError(
                isKind ? .type : .value,
                "\(callee): `\(parameter.name)` must be \(parameter.kind.description), not \(value.errorDescription)",
                at: range, help: help)
        }
    }
}
