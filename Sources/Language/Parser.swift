/// Turns the text of a cell into statements. A recursive-descent parser whose methods carry the grammar's names:
///
///     cell         = { statement ( ";" | line end ) }
///     statement    = repetition | iteration | command | help | assignment | definition | expressions
///     repetition   = "repeat" expression block
///     iteration    = "for" names "in" expression block
///     block        = "{" { statement ( ";" | line end ) } "}"
///     assignment   = names "=" expressions | name "=" command | name ( "+=" | "-=" | ... ) expression
///     definition   = name "(" name [ "=" expression ] { "," ... } ")" "=" expression
///     help         = name "?"
///
/// `ExpressionParser.swift` holds expressions, `CommandParser.swift` commands.
struct Parser {
    /// How deep brackets, signs and blocks may be nested.
    static let maximumDepth = 100
    /// How high the tree of an expression may grow; a sum of many terms is as high as it is long.
    static let maximumHeight = 500

    let registry: Registry
    /// The variables known so far, which tell `plot * 2` from a command.
    var variables: VariableNames
    /// The token to be read next.
    var current: Token
    /// Where the token read last ended.
    var previousEnd = 0
    /// The lexer as it was before `current`, to read the same place in another way.
    var lexerBeforeCurrent: Lexer
    /// Whether blanks separate arguments here: in a command, outside brackets.
    var blanksSeparate = false
    private var lexer: Lexer
    private var depth = 0

    init(_ text: String, registry: Registry, variables: VariableNames) {
        self.registry = registry
        self.variables = variables
        lexer = Lexer(text)
        lexerBeforeCurrent = lexer
        current = lexer.next()
    }

    /// Parses the text of a cell.
    static func parse(
        _ text: String, registry: Registry, variables: VariableNames = []
    ) throws(CellError) -> [Statement] {
        var parser = Parser(text, registry: registry, variables: variables)
        return try parser.cell()
    }

    /// Parses a single expression, such as the default of a parameter.
    static func parseExpression(_ text: String) throws(CellError) -> Expression {
        var parser = Parser(text, registry: Registry(), variables: [])
        let expression = try parser.expressions()
        if parser.current.kind != .end { throw parser.unexpected("the end") }
        return expression
    }

    /// Whether the text wants more lines: a bracket or block is open at its end.
    static func isIncomplete(_ text: String, registry: Registry, variables: VariableNames = []) -> Bool {
        var parser = Parser(text, registry: registry, variables: variables)
        do throws(CellError) {
            _ = try parser.cell()
            return false
        } catch {
            return parser.current.kind == .end && !parser.lexer.open.isEmpty
        }
    }

    // MARK: Grammar

    mutating func cell() throws(CellError) -> [Statement] {
        let statements = try statements()
        guard current.kind == .end else { throw unexpected("a statement") }
        return statements
    }

    private mutating func statements() throws(CellError) -> [Statement] {
        var statements: [Statement] = []
        while true {
            while current.kind == .newline || current.kind == .sign(.semicolon) { advance() }
            if current.kind == .end || current.kind == .sign(.rightBrace) { return statements }
            statements.append(try statement())
            guard isAtStatementEnd else { throw trailing(statements.last) }
        }
    }

    mutating func statement() throws(CellError) -> Statement {
        try descend()
        defer { depth -= 1 }
        let start = current.range.start
        let kind: Statement.Kind =
            if let help = try help() {
                .command(help)
            } else if case .keyword(.repeat) = current.kind {
                try repetition()
            } else if case .keyword(.for) = current.kind {
                try iteration()
            } else if let command = try command() {
                .command(command)
            } else {
                try assignmentOrExpression()
            }
        return Statement(kind: kind, range: SourceRange(start: start, end: previousEnd))
    }

    private mutating func repetition() throws(CellError) -> Statement.Kind {
        advance()
        let count = try expression()
        return .repetition(count, try block())
    }

    private mutating func iteration() throws(CellError) -> Statement.Kind {
        advance()
        var names = [try name(for: "the loop's variable")]
        while take(.comma) { names.append(try name(for: "the loop's variable")) }
        guard take(.in) else { throw unexpected("`in`", help: "`for x in xs { ... }`") }
        let sequence = try expressions()
        variables.formUnion(names)
        return .iteration(names, sequence, try block())
    }

    private mutating func block() throws(CellError) -> [Statement] {
        let opening = current.range
        guard take(.leftBrace) else { throw unexpected("`{`", help: "a loop's body stands in `{ }`") }
        let body = try statements()
        try close(.rightBrace, openedAt: opening)
        return body
    }

    private mutating func assignmentOrExpression() throws(CellError) -> Statement.Kind {
        let target = try expressions()
        if case .sign(let sign) = current.kind, let operation = sign.updateOperator {
            return try update(target, operation)
        }
        let sign = current.range
        guard take(.assign) else { return .expression(target) }
        let kind = try assignment(to: target)
        if current.kind == .sign(.assign) {
            throw CellError(
                .syntax, "one statement assigns once", at: current.range.union(sign),
                help: "write `a = 3; b = a`; equality is `==`")
        }
        return kind
    }

    private mutating func update(_ target: Expression, _ operation: BinaryOperator) throws(CellError) -> Statement.Kind
    {
        guard case .name(let name) = target.kind else { throw notAssignable(target) }
        advance()
        return .update(name, operation, try expressions())
    }

    private mutating func assignment(to target: Expression) throws(CellError) -> Statement.Kind {
        switch target.kind {
        case .name(let name):
            if let call = try command(givingTo: name) {
                variables.insert(name)
                return .command(call)
            }
            let value = try expressions()
            variables.insert(name)
            return .assignment([name], value)
        case .tuple(let items), .list(let items):
            let names = try items.map { (item) throws(CellError) in try self.assignableName(item) }
            guard names.count > 1 else { throw notAssignable(target) }
            try requireUnique(names, items.map(\.range))
            let value = try expressions()
            variables.formUnion(names)
            return .assignment(names, value)
        case .call(let callee, let arguments):
            guard case .name(let name) = callee.kind else { throw notAssignable(target) }
            let parameters = try parameters(arguments)
            let body = try expressions()
            variables.insert(name)
            return .definition(Definition(name: name, parameters: parameters, body: body))
        default: throw notAssignable(target)
        }
    }

    private func assignableName(_ target: Expression) throws(CellError) -> String {
        guard case .name(let name) = target.kind else { throw notAssignable(target) }
        return name
    }

    /// The parameters of a definition, which has been read as a call: `f(x, y=2)`.
    private func parameters(_ arguments: [Argument]) throws(CellError) -> [Definition.Parameter] {
        var parameters: [Definition.Parameter] = []
        for argument in arguments {
            if let name = argument.name {
                parameters.append(Definition.Parameter(name: name, defaultValue: argument.value))
            } else if case .name(let name) = argument.value.kind {
                parameters.append(Definition.Parameter(name: name, defaultValue: nil))
            } else {
                throw CellError(
                    .syntax, "a parameter is a name", at: argument.range,
                    help: "a function is written `f(x, y=2) = x * y`; equality is `==`")
            }
        }
        try requireUnique(parameters.map(\.name), arguments.map(\.range))
        return parameters
    }

    private func requireUnique(_ names: [String], _ ranges: [SourceRange]) throws(CellError) {
        for (place, name) in names.enumerated() where names[..<place].contains(name) {
            throw CellError(.syntax, "`\(name)` stands here twice", at: ranges[place])
        }
    }

    // MARK: Tokens

    /// Goes on to the next token.
    mutating func advance() {
        previousEnd = current.range.end
        lexerBeforeCurrent = lexer
        current = lexer.next()
    }

    /// Goes on with the text after `lexer`, which has been moved on by hand to `end`.
    mutating func resume(_ lexer: Lexer, after end: Int) {
        self.lexer = lexer
        previousEnd = end
        lexerBeforeCurrent = lexer
        current = self.lexer.next()
    }

    /// The token after the current one.
    var following: Token {
        var copy = lexer
        return copy.next()
    }

    /// Reads a sign if it comes next.
    mutating func take(_ sign: Sign) -> Bool {
        guard current.kind == .sign(sign) else { return false }
        advance()
        return true
    }

    /// Reads a keyword if it comes next.
    mutating func take(_ keyword: Keyword) -> Bool {
        guard current.kind == .keyword(keyword) else { return false }
        advance()
        return true
    }

    /// Reads a name.
    mutating func name(for purpose: String) throws(CellError) -> String {
        guard case .identifier(let name) = current.kind else { throw unexpected("a name for \(purpose)") }
        advance()
        return name
    }

    /// Reads the bracket that closes the one at `opening`.
    mutating func close(_ sign: Sign, openedAt opening: SourceRange) throws(CellError) {
        guard !take(sign) else { return }
        guard current.kind == .end else { throw unexpected("`\(sign.rawValue)`") }
        throw CellError(
            .syntax, "this bracket is never closed", at: opening, help: "its other half is `\(sign.rawValue)`")
    }

    var isAtStatementEnd: Bool {
        switch current.kind {
        case .newline, .end, .sign(.semicolon), .sign(.rightBrace): true
        default: false
        }
    }

    // MARK: Limits

    /// Goes one level deeper; the caller goes back with `ascend`.
    mutating func descend() throws(CellError) {
        depth += 1
        guard depth <= Parser.maximumDepth else { throw tooDeep(current.range) }
    }

    mutating func ascend() { depth -= 1 }

    /// Makes an expression that begins at `start` and ends with the token read last.
    func node(_ kind: Expression.Kind, from start: Int) throws(CellError) -> Expression {
        let expression = Expression(kind, at: SourceRange(start: start, end: previousEnd))
        guard expression.height <= Parser.maximumHeight else { throw tooDeep(expression.range) }
        return expression
    }

    private func tooDeep(_ range: SourceRange) -> CellError {
        CellError(
            .syntax, "this is nested too deeply to be evaluated", at: range,
            help: "give a part of it a name first, or write a list and `sum` it")
    }
}

extension Sign {
    /// For `+=` and its like, the operator that is applied.
    var updateOperator: BinaryOperator? {
        switch self {
        case .plusAssign: .add
        case .minusAssign: .subtract
        case .timesAssign: .multiply
        case .divideAssign: .divide
        case .floorAssign: .floorDivide
        case .remainderAssign: .remainder
        case .matmulAssign: .matmul
        case .powerAssign: .power
        default: nil
        }
    }
}
