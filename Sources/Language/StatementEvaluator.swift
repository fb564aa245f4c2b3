/// Statements: what is shown, assigned, defined and repeated.
extension Evaluator {
    func perform(_ statement: Statement) throws(CellError) {
        try stopIfInterrupted("stopped before this", at: statement.range)
        switch statement.kind {
        case .expression(let expression): show(try evaluate(expression))
        case .assignment(let names, let value): try assign(try evaluate(value), to: names, at: value.range)
        case .update(let name, let operation, let operand):
            try update(name, operation, operand, at: statement.range)
        case .definition(let definition): set(definition.name, .function(UserFunction(definition: definition)))
        case .command(let call): try perform(call)
        case .repetition(let count, let body): try performRepetition(count, body, at: statement.range)
        case .iteration(let names, let sequence, let body):
            try performIteration(names, sequence, body, at: statement.range)
        }
    }

    // MARK: Showing and assigning

    /// Shows a value and remembers it as `_` and `out[n]`; a call without a result shows nothing.
    private func show(_ value: Value) {
        if case .nothing = value { return }
        remember(value)
        context.emit(.value(value))
    }

    /// Remembers a value as `_` and `out[n]`.
    func remember(_ value: Value) {
        context.state.last = value
        context.state.outputs[context.state.cellNumber] = value
    }

    func set(_ name: String, _ value: Value) {
        if case .scalar(let scalar) = value, scalar.label == nil { scalar.labelled(name) }
        let isNew = context.state.variables[name] == nil
        context.give(name, value)
        if isNew, context.registry.command(name) != nil {
            context.emit(
                .note("`\(name)` is also a command, which a cell `\(name)` still runs; `(\(name))` shows your variable")
            )
        }
    }

    private func assign(_ value: Value, to names: [String], at range: SourceRange) throws(CellError) {
        if case .nothing = value, names.count == 1 {
            throw CellError(.value, "there is no value here to be assigned", at: range)
        }
        guard names.count > 1 else { return set(names[0], value) }
        guard let items = value.elements else {
            throw CellError(.type, "\(value.errorDescription) cannot be taken apart", at: range)
        }
        guard items.count == names.count else {
            throw CellError(.value, "\(names.count) names for \(items.count) values", at: range)
        }
        for (name, item) in zip(names, items) { set(name, item) }
    }

    private func update(
        _ name: String, _ operation: BinaryOperator, _ operand: Expression, at range: SourceRange
    ) throws(CellError) {
        let start = range.start
        let target = Expression(.name(name), at: SourceRange(start: start, end: start + name.utf8.count))
        set(name, try evaluate(Expression(.binary(operation, target, operand), at: range)))
    }

    // MARK: Loops

    private func performRepetition(
        _ count: Expression, _ body: [Statement], at range: SourceRange
    ) throws(CellError) {
        let value = try evaluate(count)
        guard let rounds = value.integer, rounds >= 0 else {
            throw CellError(
                .value, "`repeat` needs a whole number that is not negative, not \(value.errorDescription)",
                at: count.range)
        }
        for round in 0..<rounds { try performRound(round, of: rounds, body, at: range) }
    }

    private func performIteration(
        _ names: [String], _ sequence: Expression, _ body: [Statement], at range: SourceRange
    ) throws(CellError) {
        let items = try members(of: sequence)
        for (round, item) in items.enumerated() {
            try stopIfInterrupted(progress(round, items.count), at: range)
            try assign(item, to: names, at: sequence.range)
            try performRound(round, of: items.count, body, at: range)
        }
    }

    private func performRound(
        _ round: Int, of rounds: Int, _ body: [Statement], at range: SourceRange
    ) throws(CellError) {
        try stopIfInterrupted(progress(round, rounds), at: range)
        for statement in body {
            do throws(CellError) {
                try perform(statement)
            } catch {
                guard error.kind == .interrupted else { throw error }
                throw CellError(.interrupted, progress(round, rounds), at: error.range)
            }
        }
    }

    private func progress(_ round: Int, _ rounds: Int) -> String {
        "stopped after \(round) of \(rounds) rounds; what was reached is kept"
    }

    /// The members of what `for` goes through.
    func members(of sequence: Expression) throws(CellError) -> [Value] {
        let value = try evaluate(sequence)
        if case .string(let text) = value { return text.map { .string(String($0)) } }
        guard let items = value.elements else {
            throw CellError(
                .type, "`for` goes through a list or matrix, not \(value.errorDescription)", at: sequence.range,
                help: "`for i in arange(10)` counts from 0 to 9")
        }
        return items
    }
}
