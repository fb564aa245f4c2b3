import Autodiff
import LinearAlgebra

/// Expressions: one method a kind.
extension Evaluator {
    func evaluate(_ expression: Expression) throws(CellError) -> Value {
        context.depth += 1
        defer { context.depth -= 1 }
        guard context.depth <= Evaluator.maximumDepth else {
            throw CellError(
                .value, "this takes too many steps inside each other", at: expression.range,
                help: "give parts of it names of their own")
        }
        do throws(CellError) {
            return try expression.isLeaf ? evaluateLeaf(expression) : evaluateBranch(expression)
        } catch {
            throw error.placed(at: expression.range)
        }
    }

    private func evaluateLeaf(_ expression: Expression) throws(CellError) -> Value {
        switch expression.kind {
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .boolean(let truth): .boolean(truth)
        case .name(let name): try value(named: name, at: expression.range)
        default: .nothing
        }
    }

    /// One call a case, and no more: this frame is on the stack once for every level of nesting.
    private func evaluateBranch(_ expression: Expression) throws(CellError) -> Value {
        switch expression.kind {
        case .list(let items): try evaluateList(items)
        case .tuple(let items): try evaluateTuple(items)
        case .comprehension(let element, let variable, let sequence, let condition):
            try comprehend(element, variable, sequence, condition)
        case .unary(let sign, let operand): try apply(sign, to: operand)
        case .binary(let operation, let left, let right): try combine(left, operation, right)
        case .logical(let word, let left, let right): try combine(left, word, right)
        case .comparison(let first, let links): try compare(first, links)
        case .conditional(let then, let condition, let otherwise): try choose(then, condition, otherwise)
        case .call(let callee, let arguments): try call(callee, arguments, at: expression.range)
        case .index(let base, let subscripts): try index(base, subscripts)
        case .member(let base, let name): try evaluateMember(name, of: base, at: expression.range)
        default: .nothing
        }
    }

    // MARK: Parts

    private func evaluateList(_ items: [Expression]) throws(CellError) -> Value {
        try notTooNested(Value.list(of: try items.map(evaluate)))
    }

    private func evaluateTuple(_ items: [Expression]) throws(CellError) -> Value {
        try notTooNested(.tuple(try items.map(evaluate)))
    }

    private func combine(
        _ left: Expression, _ operation: BinaryOperator, _ right: Expression
    ) throws(CellError) -> Value {
        let first = try context.onTape(try evaluate(left))
        return try Arithmetic.combine(first, operation, try context.onTape(try evaluate(right)))
    }

    private func choose(
        _ then: Expression, _ condition: Expression, _ otherwise: Expression
    ) throws(CellError) -> Value {
        try evaluate(try truth(of: condition, for: "`if`") ? then : otherwise)
    }

    // MARK: Names and members

    /// What a name stands for: a parameter, a variable, the last value, a constant or a function, in this order.
    func lookUp(_ name: String) -> Value? {
        if let local = locals[name] { return local }
        if let variable = context.state.variables[name] { return variable }
        if name == "_" { return context.state.last }
        if name == "out" { return .object(OutputsValue(outputs: context.state.outputs)) }
        if let constant = context.registry.constant(name) { return constant.value() }
        return context.registry.function(name).map(Value.builtin)
    }

    private func value(named name: String, at range: SourceRange) throws(CellError) -> Value {
        guard let value = lookUp(name) else { throw noValue(name, at: range) }
        return value
    }

    private func evaluateMember(
        _ name: String, of base: Expression, at range: SourceRange
    ) throws(CellError) -> Value {
        let value = try evaluateReceiver(base, of: name)
        guard let member = try member(name, of: value, at: range) else { throw noMember(name, of: value, at: range) }
        return member
    }

    /// What stands before the point of `base.name`.
    func evaluateReceiver(_ base: Expression, of name: String) throws(CellError) -> Value {
        if case .name(let module) = base.kind, lookUp(module) == nil, PythonHabits.modules.contains(module) {
            throw CellError(
                .name, "`\(module)` is not needed here", at: base.range, help: "write `\(name)` alone")
        }
        return try evaluate(base)
    }

    // MARK: Truth

    private func truth(of condition: Expression, for purpose: String) throws(CellError) -> Bool {
        let value = try evaluate(condition)
        guard let truth = value.boolean else { throw noTruth(value, purpose, at: condition.range) }
        return truth
    }

    private func noTruth(_ value: Value, _ purpose: String, at range: SourceRange) -> CellError {
        var help = "compare it with something: `x > 0`"
        if value.truthMatrix != nil { help = "`any(...)` holds if one place does, `all(...)` if all do" }
        return CellError(.type, "\(purpose) needs true or false, not \(value.errorDescription)", at: range, help: help)
    }

    private func combine(
        _ left: Expression, _ word: LogicalOperator, _ right: Expression
    ) throws(CellError) -> Value {
        let first = try evaluate(left)
        if case .boolean(let truth) = first, truth == (word == .or) { return first }
        guard let a = first.truthMatrix else { throw noTruth(first, "`\(word.rawValue)`", at: left.range) }
        let second = try evaluate(right)
        guard let b = second.truthMatrix else { throw noTruth(second, "`\(word.rawValue)`", at: right.range) }
        return try Arithmetic.merge(a, word == .and ? .minimum : .maximum, b)
    }

    private func compare(_ first: Expression, _ links: [ComparisonLink]) throws(CellError) -> Value {
        var left = try evaluate(first)
        var result: Value?
        for link in links {
            let right = try evaluate(link.operand)
            let step = try Arithmetic.compare(left, link.comparison, right)
            guard let a = result?.truthMatrix, let b = step.truthMatrix else {
                result = step
                left = right
                continue
            }
            result = try Arithmetic.merge(a, .minimum, b)
            left = right
        }
        return result ?? left
    }

    private func apply(_ sign: UnaryOperator, to operand: Expression) throws(CellError) -> Value {
        let value = try evaluate(operand)
        switch sign {
        case .negate: return try Arithmetic.negate(try context.onTape(value))
        case .plus: return try Arithmetic.plus(value)
        case .not:
            guard let truth = value.truthMatrix else { throw noTruth(value, "`not`", at: operand.range) }
            return Arithmetic.truth(1 - truth)
        }
    }

    // MARK: Comprehensions

    private func comprehend(
        _ element: Expression, _ variable: String, _ sequence: Expression, _ condition: Expression?
    ) throws(CellError) -> Value {
        var items: [Value] = []
        var inner = self
        for item in try members(of: sequence) {
            try stopIfInterrupted("stopped in a list of \(items.count)", at: element.range)
            inner.locals[variable] = item
            if let condition, try !inner.truth(of: condition, for: "`if`") { continue }
            items.append(try inner.evaluate(element))
        }
        return try notTooNested(Value.list(of: items))
    }

    /// Lists in lists in lists are printed and freed by recursion, so there is an end to them.
    private func notTooNested(_ value: Value) throws(CellError) -> Value {
        guard value.isNested(deeperThan: 100) else { return value }
        throw CellError(.value, "lists can be nested 100 deep, not deeper")
    }
}
