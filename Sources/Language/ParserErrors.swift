import Words

/// What the parser says when a cell cannot be read.
extension Parser {
    /// "expected X, found Y"; what cannot be a token at all says so itself.
    func unexpected(_ expected: String, help: String? = nil) -> CellError {
        if case .invalid(let error) = current.kind { return error }
        return CellError(
            .syntax, "expected \(expected), found \(current.kind.description)", at: current.range,
            help: help ?? habit(at: current))
    }

    /// What may stand left of `=`.
    func notAssignable(_ target: Expression) -> CellError {
        switch target.kind {
        case .index(let base, _):
            let name = if case .name(let name) = base.kind { name } else { "x" }
            return CellError(
                .syntax, "part of a value cannot be assigned: values never change", at: target.range,
                help: "make a new one: `\(name) = where(\(name) > 0, 1, \(name))`, or `concat` its parts")
        case .member:
            return CellError(
                .syntax, "a member cannot be assigned: values never change", at: target.range,
                help: "keep the new value under a name of its own")
        default:
            return CellError(
                .syntax, "only names and functions can be assigned", at: target.range,
                help: "`x = 3`, `a, b = pair`, `f(x) = x**2`; equality is `==`")
        }
    }

    /// A statement that goes on where it should have ended.
    func trailing(_ statement: Statement?) -> CellError {
        if case .invalid(let error) = current.kind { return error }
        if case .sign(let sign) = current.kind, [.rightParenthesis, .rightBracket].contains(sign) {
            return CellError(.syntax, "this `\(sign.rawValue)` closes nothing", at: current.range)
        }
        if let statement, case .expression(let expression) = statement.kind, case .name(let name) = expression.kind,
            let error = notACommand(name, at: expression.range)
        {
            return error
        }
        return unexpected("the end of the statement", help: habit(at: current) ?? "`;` or a new line goes in between")
    }

    /// A name with something after it: a command that there is not, or a function without its parentheses.
    private func notACommand(_ name: String, at range: SourceRange) -> CellError? {
        if let help = PythonHabits.statement(name) {
            return CellError(.syntax, "`\(name)` is not a word of this language", at: range, help: help)
        }
        switch current.kind {
        case .string where !current.followsBlank:
            return CellError(
                .syntax, "`\(name)` before a text means nothing", at: range.union(current.range),
                help: "texts are joined by `+`, and `str(x)` makes text of a value: `\"n = \" + str(n)`")
        case .identifier, .number, .string: break
        default: return nil
        }
        if let entry = registry.function(name) {
            return CellError(
                .syntax, "`\(name)` is a function: its arguments stand in parentheses", at: range,
                help: "write `\(registry.usage(of: entry))`")
        }
        if variables.contains(name) { return nil }
        let commands = registry.commands.map(\.name)
        return CellError(
            .name, "there is no command `\(name)`", at: range,
            help: Spelling.question(for: name, among: commands) ?? "`help topics` lists what there is")
    }

    private func habit(at token: Token) -> String? {
        switch token.kind {
        case .keyword(.if): "a choice is written `a if condition else b`"
        case .keyword(.for): "`for x in xs { ... }` begins a statement"
        case .sign(.colon): "a loop's body stands in `{ }`"
        case .sign(.assign): "equality is `==`"
        case .sign(.leftBrace): "`{ }` belongs to `repeat 10 { ... }` and `for x in xs { ... }`"
        default: nil
        }
    }
}

/// Words that people who know Python type, and what is written here instead.
enum PythonHabits {
    static func statement(_ word: String) -> String? {
        switch word {
        case "def", "lambda": "a function is written `f(x) = x**2`"
        case "import", "from": "nothing needs to be imported: write `exp(x)`, not `np.exp(x)`"
        case "while": "write `repeat 100 { ... }` or `for x in xs { ... }`"
        case "print": "a cell shows the value of an expression: write the expression alone"
        case "let", "var", "const": "a variable needs no word before it: `x = 3`"
        case "return": "a function is one expression: `f(x) = x**2`"
        case "del": "`clear x` forgets a variable"
        default: nil
        }
    }

    /// A module that is not needed here.
    static let modules: Set<String> = ["np", "numpy", "torch", "tf", "jax", "jnp", "math", "plt", "random", "scipy"]
}
