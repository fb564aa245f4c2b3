/// The grammar of expressions, loosest first:
///
///     expressions  = expression { "," expression } [ "," ]          a tuple, if there is a comma
///     expression   = disjunction [ "if" disjunction "else" expression ]
///     disjunction  = conjunction { "or" conjunction }
///     conjunction  = negation { "and" negation }
///     negation     = "not" negation | comparison
///     comparison   = arithmetic { ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) arithmetic }
///     arithmetic   = signed { ( "+" | "-" | "*" | "/" | "//" | "%" | "@" ) signed }      by precedence
///     signed       = ( "-" | "+" ) signed | power
///     power        = postfix [ "**" signed ]
///     postfix      = primary { "(" arguments ")" | "[" subscripts "]" | "." name }
///     primary      = number | string | "true" | "false" | "none" | name | "(" expressions ")" | list
///     list         = "[" [ expression { "," expression } [ "," ] ] "]"
///                  | "[" expression "for" name "in" disjunction [ "if" disjunction ] "]"
extension Parser {
    mutating func expressions() throws(CellError) -> Expression {
        let start = current.range.start
        let first = try expression()
        guard current.kind == .sign(.comma) else { return first }
        var items = [first]
        while take(.comma), beginsExpression { items.append(try expression()) }
        return try node(.tuple(items), from: start)
    }

    mutating func expression() throws(CellError) -> Expression {
        try descend()
        defer { ascend() }
        let start = current.range.start
        let then = try disjunction()
        guard take(.if) else { return then }
        let condition = try disjunction()
        guard take(.else) else { throw unexpected("`else`", help: "a choice is written `a if condition else b`") }
        let otherwise = try expression()
        return try node(.conditional(then: then, condition: condition, otherwise: otherwise), from: start)
    }

    mutating func disjunction() throws(CellError) -> Expression {
        let start = current.range.start
        var left = try conjunction()
        while take(.or) {
            let right = try conjunction()
            left = try node(.logical(.or, left, right), from: start)
        }
        return left
    }

    private mutating func conjunction() throws(CellError) -> Expression {
        let start = current.range.start
        var left = try negation()
        while take(.and) {
            let right = try negation()
            left = try node(.logical(.and, left, right), from: start)
        }
        return left
    }

    private mutating func negation() throws(CellError) -> Expression {
        let start = current.range.start
        guard take(.not) else { return try comparison() }
        try descend()
        defer { ascend() }
        let operand = try negation()
        return try node(.unary(.not, operand), from: start)
    }

    private mutating func comparison() throws(CellError) -> Expression {
        let start = current.range.start
        let first = try arithmetic(above: 0)
        var links: [ComparisonLink] = []
        while case .sign(let sign) = current.kind, let comparison = ComparisonOperator(rawValue: sign.rawValue) {
            advance()
            links.append(ComparisonLink(comparison: comparison, operand: try arithmetic(above: 0)))
        }
        return links.isEmpty ? first : try node(.comparison(first, links), from: start)
    }

    /// Operators that bind more tightly than `precedence`: Pratt's loop.
    private mutating func arithmetic(above precedence: Int) throws(CellError) -> Expression {
        let start = current.range.start
        var left = try signed()
        while let (operation, binding) = arithmeticOperator, binding > precedence {
            advance()
            let right = try arithmetic(above: binding)
            left = try node(.binary(operation, left, right), from: start)
        }
        return left
    }

    /// The operator that comes next and how tightly it binds; nil where it begins the next argument of a command.
    private var arithmeticOperator: (BinaryOperator, Int)? {
        guard case .sign(let sign) = current.kind, let operation = BinaryOperator(rawValue: sign.rawValue),
            operation != .power, !beginsNextArgument
        else { return nil }
        return (operation, operation.precedence)
    }

    /// `plot x -y` has two arguments; `plot x - y` and `plot x-y` have one.
    private var beginsNextArgument: Bool {
        guard blanksSeparate, current.followsBlank else { return false }
        switch current.kind {
        case .sign(.plus), .sign(.minus): return !lexerBeforeCurrent.isBlank(atOffset: current.range.end)
        case .sign(.leftParenthesis), .sign(.leftBracket): return true
        default: return false
        }
    }

    private mutating func signed() throws(CellError) -> Expression {
        let start = current.range.start
        let sign: UnaryOperator
        if take(.minus) { sign = .negate } else if take(.plus) { sign = .plus } else { return try power() }
        try descend()
        defer { ascend() }
        let operand = try signed()
        return try node(.unary(sign, operand), from: start)
    }

    private mutating func power() throws(CellError) -> Expression {
        let start = current.range.start
        let base = try postfix()
        guard take(.power) else { return base }
        try descend()
        defer { ascend() }
        let exponent = try signed()
        return try node(.binary(.power, base, exponent), from: start)
    }

    private mutating func postfix() throws(CellError) -> Expression {
        let start = current.range.start
        var base = try primary()
        while !beginsNextArgument {
            switch current.kind {
            case .sign(.leftParenthesis):
                let arguments = try arguments()
                base = try node(.call(base, arguments), from: start)
            case .sign(.leftBracket):
                let subscripts = try subscripts()
                base = try node(.index(base, subscripts), from: start)
            case .sign(.dot):
                advance()
                let member = try name(for: "the member")
                base = try node(.member(base, member), from: start)
            default: return base
            }
        }
        return base
    }

    private mutating func arguments() throws(CellError) -> [Argument] {
        try bracketed(by: .rightParenthesis) { (parser) throws(CellError) in
            let start = parser.current.range.start
            var name: String?
            if case .identifier(let word) = parser.current.kind, parser.following.kind == .sign(.assign) {
                parser.advance()
                parser.advance()
                name = word
            }
            let value = try parser.expression()
            return Argument(name: name, value: value, range: SourceRange(start: start, end: parser.previousEnd))
        }
    }

    private mutating func subscripts() throws(CellError) -> [Subscript] {
        let start = current.range.start
        let subscripts = try bracketed(by: .rightBracket) { (parser) throws(CellError) in try parser.place() }
        guard !subscripts.isEmpty else {
            throw CellError(
                .syntax, "there is no index between the brackets",
                at: SourceRange(start: start, end: previousEnd), help: "`x[0]` is the first, `x[-1]` the last")
        }
        return subscripts
    }

    private mutating func place() throws(CellError) -> Subscript {
        let start = current.kind == .sign(.colon) ? nil : try expression()
        guard take(.colon) else {
            if let start { return .item(start) }
            throw unexpected("an index")
        }
        let stop = beginsExpression ? try expression() : nil
        let step = take(.colon) && beginsExpression ? try expression() : nil
        return .slice(start: start, stop: stop, step: step)
    }

    private mutating func primary() throws(CellError) -> Expression {
        let start = current.range.start
        let kind: Expression.Kind
        switch current.kind {
        case .number(let number): kind = .number(number)
        case .string(let text): kind = .string(text)
        case .keyword(.true): kind = .boolean(true)
        case .keyword(.false): kind = .boolean(false)
        case .keyword(.none): kind = .none
        case .identifier(let name): kind = .name(name)
        case .sign(.leftParenthesis): return try parenthesis()
        case .sign(.leftBracket): return try list()
        default: throw unexpected("an expression")
        }
        advance()
        return try node(kind, from: start)
    }

    private mutating func parenthesis() throws(CellError) -> Expression {
        let start = current.range.start
        var hasComma = false
        let items = try bracketed(by: .rightParenthesis, sawComma: &hasComma) { (parser) throws(CellError) in
            try parser.expression()
        }
        if let only = items.first, items.count == 1, !hasComma { return only }
        return try node(.tuple(items), from: start)
    }

    private mutating func list() throws(CellError) -> Expression {
        let start = current.range.start
        var comprehension: Expression.Kind?
        let items = try bracketed(by: .rightBracket) { (parser) throws(CellError) in
            let item = try parser.expression()
            guard parser.take(.for) else { return item }
            let variable = try parser.name(for: "the members of the list")
            guard parser.take(.in) else { throw parser.unexpected("`in`", help: "`[f(x) for x in xs]`") }
            let sequence = try parser.disjunction()
            let condition = parser.take(.if) ? try parser.disjunction() : nil
            comprehension = .comprehension(item, variable: variable, sequence: sequence, condition: condition)
            return item
        }
        if let comprehension {
            guard items.count == 1 else { throw CellError(.syntax, "`for` describes a whole list", at: items[0].range) }
            return try node(comprehension, from: start)
        }
        return try node(.list(items), from: start)
    }

    // MARK: Brackets

    private mutating func bracketed<Item>(
        by closing: Sign, _ item: (inout Parser) throws(CellError) -> Item
    ) throws(CellError) -> [Item] {
        var hasComma = false
        return try bracketed(by: closing, sawComma: &hasComma, item)
    }

    /// Items with commas between them, and perhaps one after the last, up to the closing bracket. Inside, blanks
    /// and lines' ends separate nothing.
    private mutating func bracketed<Item>(
        by closing: Sign, sawComma: inout Bool, _ item: (inout Parser) throws(CellError) -> Item
    ) throws(CellError) -> [Item] {
        let opening = current.range
        let outer = blanksSeparate
        blanksSeparate = false
        defer { blanksSeparate = outer }
        advance()
        var items: [Item] = []
        while current.kind != .sign(closing), current.kind != .end {
            items.append(try item(&self))
            guard take(.comma) else { break }
            sawComma = true
        }
        try close(closing, openedAt: opening)
        return items
    }

    /// Whether an expression can begin here.
    var beginsExpression: Bool {
        switch current.kind {
        case .number, .string, .identifier, .invalid, .keyword(.true), .keyword(.false), .keyword(.none),
            .keyword(.not), .sign(.minus), .sign(.plus), .sign(.leftParenthesis), .sign(.leftBracket):
            true
        default: false
        }
    }
}

extension BinaryOperator {
    /// How tightly the operator binds; a larger number binds more tightly.
    var precedence: Int {
        switch self {
        case .add, .subtract: 1
        case .multiply, .divide, .floorDivide, .remainder, .matmul: 2
        case .power: 4
        }
    }
}
