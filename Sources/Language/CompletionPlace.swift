/// What the text before the cursor is about: which word is being typed, and what may stand there.
struct CompletionPlace {
    /// What may stand there.
    enum Expectation {
        /// The beginning of a statement.
        case statement
        /// Any value.
        case value
        /// A member of the value that these names lead to: `["m"]` for `m.`, `["m", "layers"]` for `m.layers.`
        case member(of: [String])
        /// An argument of a function of this name, by place or by name.
        case argument(function: String)
        /// The value of a named argument.
        case option(callee: String, isCommand: Bool, name: String)
        /// An argument of a command, at a place among those without a name.
        case commandArgument(CommandEntry, place: Int)
        /// A file name that stands without quotes.
        case file
        /// The inside of a string, which goes to an argument; nil where nothing is known of its use.
        case quoted(QuotedArgument?)
        /// Nothing that could be guessed: inside a comment or a number.
        case nothing
    }

    /// What a string is given to.
    struct QuotedArgument {
        let callee: String
        let parameter: Parameter
        /// Whether it stands in a list that the parameter takes.
        let isListed: Bool
    }

    let expectation: Expectation
    /// The quote that has been opened and not closed.
    let quote: Character?
    /// The word being typed.
    let range: SourceRange
    let prefix: String
    /// The statement up to the word.
    let statement: String

    /// Whether nothing stands before the word but `name =`.
    var isRightOfAssignment: Bool {
        let words = statement.split(separator: " ")
        return words.count == 2 && words[1] == "="
    }

    init(_ text: String, registry: Registry, variables: VariableNames) {
        let scan = CompletionScan(text)
        statement = scan.statement
        prefix = scan.prefix
        range = scan.prefixRange
        quote = scan.quote
        expectation = scan.expectation(registry, variables)
    }
}

/// The tokens before the cursor.
private struct CompletionScan {
    let source: Source
    /// The tokens of the statement that the cursor is in, without the word being typed.
    private(set) var tokens: [Token] = []
    /// For each open bracket, the index in `tokens` of the token that opens it.
    private var open: [Int] = []
    private(set) var prefix = ""
    private(set) var prefixRange: SourceRange
    private(set) var quote: Character?
    private var isInsideComment = false

    init(_ text: String) {
        source = Source(text)
        let end = text.utf8.count
        prefixRange = SourceRange(start: end, end: end)
        var lexer = Lexer(text)
        var token = lexer.next()
        var lastEnd = 0
        while token.kind != .end {
            add(token)
            lastEnd = token.range.end
            token = lexer.next()
        }
        isInsideComment = source.text(of: SourceRange(start: lastEnd, end: end)).contains("#")
        splitOffPrefix(end)
    }

    private mutating func add(_ token: Token) {
        switch token.kind {
        case .newline, .sign(.semicolon), .sign(.leftBrace), .sign(.rightBrace):
            tokens = []
            open = []
            return
        case .sign(.leftParenthesis), .sign(.leftBracket): open.append(tokens.count)
        case .sign(.rightParenthesis), .sign(.rightBracket): _ = open.popLast()
        default: break
        }
        tokens.append(token)
    }

    private mutating func splitOffPrefix(_ end: Int) {
        guard let last = tokens.last, last.range.end == end else { return }
        switch last.kind {
        case .identifier, .keyword:
            tokens.removeLast()
            prefixRange = last.range
        case .invalid:
            guard let first = source.text(of: last.range).first, first == "\"" || first == "'" else { break }
            tokens.removeLast()
            quote = first
            prefixRange = SourceRange(start: last.range.start + 1, end: end)
        default: break
        }
        prefix = source.text(of: prefixRange)
    }

    /// The statement up to the word being typed.
    var statement: String {
        guard let first = tokens.first else { return "" }
        return source.text(of: SourceRange(start: first.range.start, end: prefixRange.start))
    }

    // MARK: What is expected

    func expectation(_ registry: Registry, _ variables: VariableNames) -> CompletionPlace.Expectation {
        if isInsideComment { return .nothing }
        if case .number = tokens.last?.kind, tokens.last?.range.end == prefixRange.start { return .nothing }
        if quote != nil { return .quoted(quotedArgument(registry, variables)) }
        if let last = tokens.last, last.kind == .sign(.dot) {
            return memberPath().map(CompletionPlace.Expectation.member) ?? .nothing
        }
        if let opening = open.last { return insideBracket(opening) }
        return outsideBrackets(registry, variables)
    }

    /// The names before the point, `["m", "layers"]` for `m.layers.`.
    private func memberPath() -> [String]? {
        var names: [String] = []
        var place = tokens.count - 1
        while place >= 1, tokens[place].kind == .sign(.dot), case .identifier(let name) = tokens[place - 1].kind {
            names.insert(name, at: 0)
            place -= 2
        }
        return names.isEmpty || (place >= 0 && tokens[place].kind == .sign(.dot)) ? nil : names
    }

    private func insideBracket(_ opening: Int) -> CompletionPlace.Expectation {
        guard let name = functionName(opening) else { return .value }
        if let option = optionBeforeCursor { return .option(callee: name, isCommand: false, name: option) }
        let last = tokens.count - 1
        let isStart = last == opening || tokens[last].kind == .sign(.comma)
        return isStart ? .argument(function: name) : .value
    }

    /// The name before an opening parenthesis.
    private func functionName(_ opening: Int) -> String? {
        guard tokens[opening].kind == .sign(.leftParenthesis), opening > 0, !tokens[opening].followsBlank,
            case .identifier(let name) = tokens[opening - 1].kind
        else { return nil }
        return name
    }

    /// `bins` when the cursor stands behind `bins=`.
    private var optionBeforeCursor: String? {
        guard tokens.count >= 2, tokens[tokens.count - 1].kind == .sign(.assign),
            case .identifier(let name) = tokens[tokens.count - 2].kind
        else { return nil }
        return name
    }

    private func outsideBrackets(_ registry: Registry, _ variables: VariableNames) -> CompletionPlace.Expectation {
        if tokens.isEmpty || (words.count == tokens.count && isCommandNameSoFar(words, registry)) { return .statement }
        guard let entry = registry.command(beginning: words) else { return .value }
        let count = entry.name.split(separator: " ").count
        if count < tokens.count, tokens[count].kind == .sign(.assign) { return .value }
        if let option = optionBeforeCursor { return .option(callee: entry.name, isCommand: true, name: option) }
        if case .identifier(let name)? = tokens.last?.kind, let option = entry.parameters.bareOption(name) {
            if case .path = option.kind { return .file }
            return .option(callee: entry.name, isCommand: true, name: name)
        }
        return .commandArgument(entry, place: argumentsBefore(registry, variables))
    }

    /// The names that the statement begins with.
    private var words: [String] {
        tokens.prefix { if case .identifier = $0.kind { true } else { false } }.map { source.text(of: $0.range) }
    }

    /// Whether the words are the beginning of a command's longer name: `plot` of `plot histogram`.
    private func isCommandNameSoFar(_ words: [String], _ registry: Registry) -> Bool {
        let start = words.joined(separator: " ") + " "
        return registry.commands.contains { $0.name.hasPrefix(start) && $0.name.hasPrefix(start + prefix) }
    }

    /// How many arguments without a name stand before the word at the cursor, `old-` being a part of that word.
    private func argumentsBefore(_ registry: Registry, _ variables: VariableNames) -> Int {
        let whole = statement.reversed().drop { !$0.isWhitespace && $0 != "," }
        let text = String(whole.drop { $0 == "," || $0.isWhitespace }.reversed())
        var parser = Parser(text, registry: registry, variables: variables)
        do throws(CellError) {
            return try parser.command()?.arguments.count { $0.name == nil } ?? 0
        } catch {
            return 0
        }
    }

    // MARK: Strings

    /// What the string that begins at the cursor is given to, perhaps in a list.
    private func quotedArgument(
        _ registry: Registry, _ variables: VariableNames
    ) -> CompletionPlace.QuotedArgument? {
        var around = open
        var start = tokens.count
        let list = around.last.flatMap { isList($0) ? $0 : nil }
        if let list {
            start = list
            around.removeLast()
        }
        let parameters: [Parameter]
        let callee: String
        let place: Int
        if let opening = around.last {
            guard let name = functionName(opening), let entry = registry.function(name) else { return nil }
            (callee, parameters) = (name, entry.parameters)
            place = placesBefore(start, in: opening)
        } else {
            guard let entry = registry.command(beginning: words) else { return nil }
            (callee, parameters) = (entry.name, entry.parameters)
            place = argumentsBefore(registry, variables)
        }
        guard let parameter = parameter(among: parameters, place, before: start, isInside: !around.isEmpty)
        else { return nil }
        return CompletionPlace.QuotedArgument(callee: callee, parameter: parameter, isListed: list != nil)
    }

    /// The parameter that takes a value which begins behind the token before `start`; nil inside an expression.
    private func parameter(
        among parameters: [Parameter], _ place: Int, before start: Int, isInside: Bool
    ) -> Parameter? {
        guard start > 0 else { return nil }
        switch tokens[start - 1].kind {
        case .sign(.assign):
            guard start > 1, case .identifier(let name) = tokens[start - 2].kind else { return nil }
            return parameters.first { $0.name == name }
        case .identifier(let name) where !isInside && parameters.bareOption(name) != nil:
            return parameters.bareOption(name)
        case .sign(.comma), .sign(.leftParenthesis): return parameters.positional(place)
        default: return isInside ? nil : parameters.positional(place)
        }
    }

    /// Whether a bracket opens a list rather than an index.
    private func isList(_ opening: Int) -> Bool {
        guard tokens[opening].kind == .sign(.leftBracket), opening > 0 else { return false }
        switch tokens[opening - 1].kind {
        case .sign(.comma), .sign(.leftParenthesis), .sign(.assign): return true
        default: return false
        }
    }

    /// How many arguments of a call go by their place before a token of it; in `x.f(` there is one in front.
    private func placesBefore(_ end: Int, in opening: Int) -> Int {
        var places = opening > 1 && tokens[opening - 2].kind == .sign(.dot) ? 1 : 0
        var depth = 0
        for token in tokens[(opening + 1)..<end] {
            switch token.kind {
            case .sign(.leftParenthesis), .sign(.leftBracket): depth += 1
            case .sign(.rightParenthesis), .sign(.rightBracket): depth -= 1
            case .sign(.comma) where depth == 0: places += 1
            case .sign(.assign) where depth == 0: places -= 1
            default: break
            }
        }
        return places
    }
}
