/// The names that a cell takes something from, as its text says it.
///
/// What a command takes up by itself, such as the game at hand, no text says; `Context.taken` does. What a cell gives a
/// value is seen when it runs: `Context.given`.
public struct NameUse: Hashable, Sendable {
    /// Names whose values are used. `out[7]` stands here as it is written; so do the names in the body of a function.
    public private(set) var reads: Set<String> = []
    /// Names that mean something of the cell's own: what it has set before, parameters, the variable of a comprehension.
    private var hidden: Set<String> = []

    /// The names in statements. A registry tells which commands hold a cell of their own.
    public init(of statements: [Statement], registry: Registry, variables: VariableNames = []) {
        for statement in statements { note(statement, registry, variables) }
    }

    private mutating func note(_ statement: Statement, _ registry: Registry, _ variables: VariableNames) {
        switch statement.kind {
        case .expression(let value): note(value)
        case .assignment(let names, let value):
            note(value)
            hidden.formUnion(names)
        case .update(let name, _, let operand):
            note(operand)
            if !hidden.contains(name) { reads.insert(name) }
            hidden.insert(name)
        case .definition(let definition):
            for value in definition.parameters.compactMap(\.defaultValue) { note(value) }
            hiding(definition.parameters.map(\.name) + [definition.name]) { $0.note(definition.body) }
            hidden.insert(definition.name)
        case .command(let call):
            note(call, registry, variables)
            if let target = call.target { hidden.insert(target) }
        case .repetition(let count, let body):
            note(count)
            for statement in body { note(statement, registry, variables) }
        case .iteration(let names, let sequence, let body):
            note(sequence)
            hidden.formUnion(names)
            for statement in body { note(statement, registry, variables) }
        }
    }

    /// A bare word may be the name of a variable; a text may be a cell in itself.
    private mutating func note(_ call: CommandCall, _ registry: Registry, _ variables: VariableNames) {
        let parameters = registry.command(call.name)?.parameters ?? []
        let holdsCell = parameters.contains { if case .cell = $0.kind { true } else { $0.kind.holdsCommand } }
        for argument in call.arguments {
            switch argument.content {
            case .expression(let value): note(value)
            case .word(let text):
                if holdsCell, let inner = try? Parser.parse(text, registry: registry, variables: variables) {
                    for statement in inner { note(statement, registry, variables) }
                }
                if !hidden.contains(text) { reads.insert(text) }
            }
        }
    }

    private mutating func note(_ expression: Expression) {
        switch expression.kind {
        case .name(let name):
            if !hidden.contains(name) { reads.insert(name) }
        case .comprehension(let element, let variable, let sequence, let condition):
            note(sequence)
            hiding([variable]) { use in
                use.note(element)
                if let condition { use.note(condition) }
            }
        case .index(let base, let subscripts):
            if case .name("out") = base.kind, case .item(let place)? = subscripts.first,
                case .number(let number) = place.kind
            {
                reads.insert("out[\(number.shortest)]")
            }
            for child in expression.kind.children { note(child) }
        default: for child in expression.kind.children { note(child) }
        }
    }

    private mutating func hiding(_ names: [String], _ body: (inout NameUse) -> Void) {
        let outer = hidden
        hidden.formUnion(names)
        body(&self)
        hidden = outer
    }
}

extension Parameter.Kind {
    fileprivate var holdsCommand: Bool {
        if case .command = self { true } else { false }
    }
}
