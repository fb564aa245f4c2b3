import LinearAlgebra
import Words

/// Calls of functions, of callable objects and of commands.
extension Evaluator {
    func perform(_ call: CommandCall) throws(CellError) {
        guard let entry = context.registry.command(call.name) else {
            throw CellError(.name, "there is no command `\(call.name)`", at: call.nameRange)
        }
        let given = call.arguments.map { argument in
            let content: Given.Content =
                switch argument.content {
                case .expression(let expression): .expression(expression)
                case .word(let word): .word(word)
                }
            return Given(
                name: argument.name, content: content, range: argument.range, wholeRange: argument.wholeRange)
        }
        let usage = context.registry.usage(of: entry)
        let binder = Binder(callee: entry.name, parameters: entry.parameters, usage: usage, evaluate: evaluate)
        context.result = nil
        do {
            try entry.body(try binder.bind(given), context)
        } catch {
            throw meantLonger(CellError(error, in: entry.name).placed(at: call.nameRange), call)
        }
        keepResult(of: call)
    }

    /// What a command gave goes to its variable, or is remembered as the value of a cell is.
    private func keepResult(of call: CommandCall) {
        guard let value = context.result else {
            if let target = call.target { context.emit(.note("`\(target)` was given no value")) }
            return
        }
        context.result = nil
        if let target = call.target { return set(target, value) }
        remember(value)
        context.given.insert("_")
    }

    /// An error about the first word after `plot` may come of a slip in `plot scatter`.
    private func meantLonger(_ error: CellError, _ call: CommandCall) -> CellError {
        guard error.kind == .name, case .expression(let first)? = call.arguments.first?.content,
            case .name(let word) = first.kind, error.range == first.range
        else { return error }
        let longer = context.registry.commands.map(\.name).filter { $0.hasPrefix(call.name + " ") }
        let words = longer.map { String($0.dropFirst(call.name.count + 1)) }
        guard let close = Spelling.suggestions(for: word, among: words).first else { return error }
        var error = error
        error.help = "did you mean `\(call.name) \(close)`?"
        return error
    }

    /// `f(x, n=2)`. `x.mean()` is `mean(x)` where `x` has no member `mean` of its own.
    func call(_ callee: Expression, _ arguments: [Argument], at range: SourceRange) throws(CellError) -> Value {
        let given = arguments.map {
            Given(name: $0.name, content: .expression($0.value), range: $0.value.range, wholeRange: $0.range)
        }
        if case .member(let base, let name) = callee.kind {
            let receiver = try evaluateReceiver(base, of: name)
            if let method = try member(name, of: receiver, at: callee.range) {
                return try call(method, given, at: range)
            }
            guard let entry = context.registry.function(name) else {
                throw noMember(name, of: receiver, at: callee.range)
            }
            let first = Given(content: .value(receiver), range: base.range, wholeRange: base.range)
            return try call(.builtin(entry), [first] + given, at: range)
        }
        if case .name(let name) = callee.kind {
            guard let function = lookUpCalled(name) else { throw noFunction(name, at: callee.range) }
            return try call(function, given, at: range)
        }
        return try call(try evaluate(callee), given, at: range)
    }

    /// What a name stands for when it is called. A number cannot be called, so a variable `loss` leaves the function
    /// `loss(...)` within reach; and `moons` is a distribution, but `moons(noise=0.2)` makes another.
    private func lookUpCalled(_ name: String) -> Value? {
        let own = locals[name] ?? context.state.variables[name]
        if own?.isCallable != true, let entry = context.registry.function(name) { return .builtin(entry) }
        return lookUp(name)
    }

    func call(_ callee: Value, _ given: [Given], at range: SourceRange?) throws(CellError) -> Value {
        switch callee {
        case .builtin(let entry): return try call(entry, given, at: range)
        case .function(let function): return try call(function, given, at: range)
        case .object(let object): return try call(object, given, at: range)
        default: throw CellError(.type, "\(callee.errorDescription) cannot be called", at: range)
        }
    }

    private func call(_ entry: FunctionEntry, _ given: [Given], at range: SourceRange?) throws(CellError) -> Value {
        let usage = context.registry.usage(of: entry)
        let binder = Binder(callee: entry.name, parameters: entry.parameters, usage: usage, evaluate: evaluate)
        do {
            return try entry.body(try binder.bind(given), context)
        } catch {
            throw CellError(error, in: entry.name).placed(at: range)
        }
    }

    private func call(
        _ object: any ObjectValue, _ given: [Given], at range: SourceRange?
    ) throws(CellError) -> Value {
        if let named = given.first(where: { $0.name != nil }) {
            throw CellError(.type, "\(object.typeName.withArticle) takes no named arguments", at: named.wholeRange)
        }
        do {
            return try object.call(try given.map(value), in: context)
        } catch {
            throw CellError(error, in: object.typeName).placed(at: range)
        }
    }

    private func value(of given: Given) throws(CellError) -> Value {
        switch given.content {
        case .value(let value): value
        case .expression(let expression): try evaluate(expression)
        case .word(let word): .string(word)
        }
    }

    // MARK: Functions written in cells

    private func call(_ function: UserFunction, _ given: [Given], at range: SourceRange?) throws(CellError) -> Value {
        try stopIfInterrupted("stopped in `\(function.name)`", at: range)
        var inner = Evaluator(context: context, locals: try bind(given, to: function, at: range))
        context.callDepth += 1
        defer { context.callDepth -= 1 }
        guard context.callDepth <= Evaluator.maximumCallDepth else {
            throw .endlessCalls(of: function.name, limit: Evaluator.maximumCallDepth, at: range)
        }
        do throws(CellError) {
            try inner.fillDefaults(of: function)
            return try inner.evaluate(function.definition.body)
        } catch {
            throw error.raised(in: function.name, at: range)
        }
    }

    private func bind(
        _ given: [Given], to function: UserFunction, at range: SourceRange?
    ) throws(CellError) -> [String: Value] {
        let names = function.parameterNames
        var bound: [String: Value] = [:]
        var place = 0
        for item in given {
            let name: String
            if let wanted = item.name {
                guard names.contains(wanted) else {
                    throw CellError(
                        .name, "`\(function.name)` has no parameter `\(wanted)`", at: item.wholeRange,
                        help: Spelling.question(for: wanted, among: names) ?? function.source)
                }
                name = wanted
            } else {
                guard place < names.count else { throw wrongCount(given.count, function, at: range) }
                name = names[place]
                place += 1
            }
            guard bound[name] == nil else {
                throw CellError(.value, "`\(name)` is given twice", at: item.wholeRange, help: function.source)
            }
            bound[name] = try value(of: item)
        }
        let isComplete = function.definition.parameters.allSatisfy { $0.defaultValue != nil || bound[$0.name] != nil }
        guard isComplete else { throw wrongCount(given.count, function, at: range) }
        return bound
    }

    /// Defaults are evaluated when they are needed, and may use the parameters before them.
    private mutating func fillDefaults(of function: UserFunction) throws(CellError) {
        for parameter in function.definition.parameters where locals[parameter.name] == nil {
            if let value = parameter.defaultValue { locals[parameter.name] = try evaluate(value) }
        }
    }

    private func wrongCount(_ count: Int, _ function: UserFunction, at range: SourceRange?) -> CellError {
        let least = function.requiredCount
        let most = function.parameterNames.count
        let wanted = least == most ? "\(most)" : "\(least) to \(most)"
        return CellError(
            .value, "`\(function.name)` takes \(wanted)\(most == 1 ? " argument" : " arguments"), not \(count)",
            at: range,
            help: function.source)
    }
}

extension CellError {
    /// Any error as one that a cell can show.
    init(_ error: any Error, in callee: String) {
        switch error {
        case let error as CellError: self = error
        case let error as any ExplainedError: self = error.explanation
        case let error as ShapeError: self = CellError(.shape, error.description)
        default: self = CellError(.value, "\(callee): \(error)")
        }
    }
}
