import Language

extension Session {
    /// What an expression is worth in a state, evaluated silently; nil if it fails or is worth nothing.
    /// Neither the state nor the session changes.
    package func probe(_ expression: String, in state: State) -> Value? {
        try? value(of: expression, in: state)
    }

    /// What an expression is worth in a state, evaluated silently, or why it has no value.
    package func value(of expression: String, in state: State) throws(CellError) -> Value {
        let context = Context(registry: registry, state: state, interrupted: configuration.interrupted)
        return try Evaluator.value(of: expression, in: context)
    }

    /// The state after a cell that is not recorded, or nil if it fails; `output` is handed what it shows.
    @discardableResult
    func silently(_ source: String, in state: State, output: @escaping (Output) -> Void = { _ in }) -> State? {
        let context = Context(
            registry: registry, state: state, output: output, interrupted: configuration.interrupted)
        do throws(CellError) {
            try Evaluator.run(source, in: context)
            return context.state
        } catch {
            return nil
        }
    }

    /// Whether a condition holds in a state. One that fails does not hold.
    package func holds(_ condition: String, in state: State) -> Bool {
        if case .boolean(let truth)? = probe(condition, in: state) { truth } else { false }
    }

    /// Whether a cell only looks: shows values or pictures, asks for help.
    func onlyLooks(_ source: String) -> Bool {
        everyStatement(of: source) { statement in
            if case .expression = statement { return true }
            guard case .command(let call) = statement, call.target == nil, let entry = registry.command(call.name)
            else { return false }
            return entry.onlyAsks || entry.topic == .plots
        }
    }

    /// Whether a cell does nothing but give values to names, and show values.
    func onlyGivesValues(_ source: String) -> Bool {
        everyStatement(of: source) { statement in
            switch statement {
            case .assignment, .update, .definition, .expression: true
            case .command, .repetition, .iteration: false
            }
        }
    }

    /// The names that a condition is about: variables and functions.
    func names(in condition: String) -> Set<String> {
        guard let statements = try? Evaluator.parse(condition, in: context) else { return [] }
        return NameUse(of: statements, registry: registry).reads
    }

    /// Whether a cell only asks something of the session or the lesson, so that it is no part of a notebook, even if it
    /// fails.
    func onlyAsks(_ source: String) -> Bool {
        everyStatement(of: source) { statement in
            guard case .command(let call) = statement else { return false }
            return call.target == nil && registry.command(call.name)?.onlyAsks ?? false && !writesValue(statement)
        }
    }

    /// Whether a cell takes the output of another one by its number.
    func usesOutputs(_ cell: RecordedCell) -> Bool {
        let statements = (try? Evaluator.parse(cell.source, in: context)) ?? []
        return NameUse(of: statements, registry: registry, variables: VariableNames(context.state.variables)).reads
            .contains("out")
    }

    /// `export sample(G, 100) to FILE` draws random numbers: what writes a value to a file is a part of the notebook.
    private func writesValue(_ statement: Statement.Kind) -> Bool {
        if case .command(let call) = statement { call.arguments.contains { $0.name == "to" } } else { false }
    }

    private func everyStatement(of source: String, _ holds: (Statement.Kind) -> Bool) -> Bool {
        let statements = try? Evaluator.parse(source, in: context)
        return statements?.allSatisfy { holds($0.kind) } ?? false
    }
}
