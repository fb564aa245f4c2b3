/// Turns statements and expressions back into text: what it prints, the parser reads as the same.
public enum SourcePrinter {
    /// A cell of these statements, one a line.
    public static func text(of statements: [Statement]) -> String {
        statements.map(text).joined(separator: "\n")
    }

    /// A statement.
    public static func text(of statement: Statement) -> String {
        switch statement.kind {
        case .expression(let expression): expressions(expression)
        case .assignment(let names, let value):
            names.joined(separator: ", ") + " = " + expressions(value)
        case .update(let name, let operation, let value): "\(name) \(operation.rawValue)= \(expressions(value))"
        case .definition(let definition): text(of: definition)
        case .command(let call): text(of: call)
        case .repetition(let count, let body): "repeat \(text(of: count)) \(block(body))"
        case .iteration(let names, let sequence, let body):
            "for \(names.joined(separator: ", ")) in \(expressions(sequence)) \(block(body))"
        }
    }

    /// A function's definition: `f(x, y=2) = x * y`.
    public static func text(of definition: Definition) -> String {
        let parameters = definition.parameters.map { parameter in
            parameter.name + (parameter.defaultValue.map { "=" + text(of: $0) } ?? "")
        }
        return "\(definition.name)(\(parameters.joined(separator: ", "))) = \(expressions(definition.body))"
    }

    /// A command with its arguments.
    public static func text(of call: CommandCall) -> String {
        let arguments = call.arguments.map { argument in
            let content =
                switch argument.content {
                case .expression(let expression): text(of: expression)
                case .word(let word): self.word(word)
                }
            return (argument.name.map { $0 + "=" } ?? "") + content
        }
        let spelled = arguments.isEmpty ? call.name : "\(call.name) \(arguments.joined(separator: ", "))"
        return call.target.map { "\($0) = \(spelled)" } ?? spelled
    }

    /// An expression, with no more brackets than it needs.
    public static func text(of expression: Expression) -> String { text(of: expression, in: .choice) }

    /// A string in quotes, with what cannot stand in quotes escaped.
    public static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": quoted += "\\\\"
            case "\"": quoted += "\\\""
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    // MARK: Parts

    private static func block(_ body: [Statement]) -> String {
        "{ " + body.map(text).joined(separator: "; ") + " }"
    }

    private static func word(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) }
        return isPlain ? word : quoted(word)
    }

    /// Where a tuple needs no parentheses.
    private static func expressions(_ expression: Expression) -> String {
        guard case .tuple(let items) = expression.kind, items.count > 1 else { return text(of: expression) }
        return items.map { text(of: $0) }.joined(separator: ", ")
    }

    private static func text(of expression: Expression, in context: Binding) -> String {
        let plain = plainText(of: expression.kind)
        return expression.kind.binding < context ? "(\(plain))" : plain
    }

    private static func plainText(of kind: Expression.Kind) -> String {
        switch kind {
        case .number(let number): number.shortest
        case .string(let text): quoted(text)
        case .boolean(let truth): String(truth)
        case .none: "none"
        case .name(let name): name
        case .list(let items): "[\(items.map { text(of: $0) }.joined(separator: ", "))]"
        case .tuple(let items): "(\(items.map { text(of: $0) + "," }.joined(separator: " ").tupleEnd(items.count)))"
        case .comprehension(let element, let variable, let sequence, let condition):
            "[\(text(of: element)) for \(variable) in \(text(of: sequence, in: .or))"
                + (condition.map { " if " + text(of: $0, in: .or) } ?? "") + "]"
        case .unary(.not, let operand): "not " + text(of: operand, in: .not)
        case .unary(let sign, let operand): sign.rawValue + text(of: operand, in: .sign)
        case .binary(let operation, let left, let right): binary(operation, left, right)
        case .logical(let word, let left, let right):
            "\(text(of: left, in: word.binding)) \(word.rawValue) \(text(of: right, in: word.binding.tighter))"
        case .comparison(let first, let links):
            text(of: first, in: .sum)
                + links.map { " \($0.comparison.rawValue) " + text(of: $0.operand, in: .sum) }.joined()
        case .conditional(let then, let condition, let otherwise):
            "\(text(of: then, in: .or)) if \(text(of: condition, in: .or)) else \(text(of: otherwise))"
        case .call(let callee, let arguments): text(of: callee, in: .postfix) + "(\(list(arguments)))"
        case .index(let base, let subscripts):
            text(of: base, in: .postfix) + "[\(subscripts.map(text).joined(separator: ", "))]"
        case .member(let base, let name): memberBase(base) + "." + name
        }
    }

    private static func binary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) -> String {
        if operation == .power {
            return text(of: left, in: .postfix) + "**" + text(of: right, in: .sign)
        }
        let binding = operation.binding
        return "\(text(of: left, in: binding)) \(operation.rawValue) \(text(of: right, in: binding.tighter))"
    }

    /// `(3).T`: a point after digits would belong to the number.
    private static func memberBase(_ base: Expression) -> String {
        if case .number = base.kind { return "(\(text(of: base)))" }
        return text(of: base, in: .postfix)
    }

    private static func list(_ arguments: [Argument]) -> String {
        arguments.map { ($0.name.map { $0 + "=" } ?? "") + text(of: $0.value) }.joined(separator: ", ")
    }

    private static func text(_ place: Subscript) -> String {
        switch place {
        case .item(let item): return text(of: item)
        case .slice(let start, let stop, let step):
            let ends = (start.map { text(of: $0) } ?? "") + ":" + (stop.map { text(of: $0) } ?? "")
            return ends + (step.map { ":" + text(of: $0) } ?? "")
        }
    }
}

/// How tightly an expression holds together; it needs brackets where a tighter one is wanted.
private enum Binding: Int, Comparable {
    case choice, or, and, not, comparison, sum, product, sign, power, postfix

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }

    var tighter: Binding { Binding(rawValue: rawValue + 1) ?? self }
}

extension Expression.Kind {
    fileprivate var binding: Binding {
        switch self {
        case .conditional: .choice
        case .logical(let word, _, _): word.binding
        case .unary(.not, _): .not
        case .comparison: .comparison
        case .binary(let operation, _, _): operation.binding
        case .unary: .sign
        default: .postfix
        }
    }
}

extension LogicalOperator {
    fileprivate var binding: Binding { self == .or ? .or : .and }
}

extension BinaryOperator {
    fileprivate var binding: Binding {
        switch self {
        case .add, .subtract: .sum
        case .multiply, .divide, .floorDivide, .remainder, .matmul: .product
        case .power: .power
        }
    }
}

extension String {
    /// `(a, b)` has no comma after its last item, `(a,)` has one.
    fileprivate func tupleEnd(_ count: Int) -> String { count > 1 ? String(dropLast()) : self }
}
