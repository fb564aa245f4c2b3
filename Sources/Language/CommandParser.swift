/// Commands: a registered name, then arguments separated by blanks or commas, options `name=value`, and `to FILE`.
///
/// The registry's parameters guide the parser: a word, a file name, a variable's name or a whole statement is taken as
/// it stands; everything else is an expression.
extension Parser {
    /// `name?` asks for help; so does `plot histogram?`.
    mutating func help() throws(CellError) -> CommandCall? {
        var ahead = self
        var words: [(String, SourceRange)] = []
        let isPrefix = ahead.take(.question)
        while let word = ahead.current.kind.word, words.count < max(registry.longestCommand, 1) {
            words.append((word, ahead.current.range))
            ahead.advance()
        }
        guard let first = words.first, let last = words.last, isPrefix || ahead.take(.question), ahead.isAtStatementEnd
        else { return nil }
        self = ahead
        let arguments = words.map { word, range in
            CommandCall.Argument(name: nil, content: .word(word), range: range, wholeRange: range)
        }
        return CommandCall(name: "help", nameRange: first.1.union(last.1), arguments: arguments)
    }

    mutating func command() throws(CellError) -> CommandCall? {
        guard let (entry, afterName) = commandAhead() else { return nil }
        let start = current.range.start
        self = afterName
        let nameRange = SourceRange(start: start, end: previousEnd)
        let outer = blanksSeparate
        blanksSeparate = true
        defer { blanksSeparate = outer }
        return CommandCall(name: entry.name, nameRange: nameRange, arguments: try commandArguments(entry))
    }

    /// A command that gives a value, where `name =` stands before it.
    mutating func command(givingTo target: String) throws(CellError) -> CommandCall? {
        guard case .identifier(let word) = current.kind, !variables.contains(word), let (entry, _) = commandAhead(),
            !entry.returns.isEmpty, var call = try command()
        else { return nil }
        call.target = target
        return call
    }

    /// The command that begins here and the parser after its name; nil when this is an expression or assignment.
    private func commandAhead() -> (CommandEntry, Parser)? {
        var words: [String] = []
        var after: [Parser] = []
        var ahead = self
        while case .identifier(let word) = ahead.current.kind, words.count < registry.longestCommand,
            words.isEmpty || ahead.current.followsBlank
        {
            ahead.advance()
            // `plot density(x)` draws a value: only blanks come after a command's name.
            if !words.isEmpty, ahead.continuesValue { break }
            words.append(word)
            after.append(ahead)
        }
        guard let entry = registry.command(beginning: words) else { return nil }
        let count = entry.name.split(separator: " ").count
        let rest = after[count - 1]
        return rest.continuesExpression(named: words[0], isOneWord: count == 1) ? nil : (entry, rest)
    }

    /// Whether a bracket or a point follows without a blank, as after the name of a value.
    private var continuesValue: Bool {
        switch current.kind {
        case .sign(.leftParenthesis), .sign(.leftBracket), .sign(.dot): !current.followsBlank
        default: false
        }
    }

    /// Whether what follows a command's name makes it an ordinary name after all.
    private func continuesExpression(named name: String, isOneWord: Bool) -> Bool {
        guard isOneWord else { return false }
        switch current.kind {
        case .sign(.assign), .sign(.comma): return true
        case .sign(let sign) where sign.updateOperator != nil: return true
        case .sign(.leftParenthesis), .sign(.leftBracket), .sign(.dot): return continuesValue
        case .sign(let sign)
        where BinaryOperator(rawValue: sign.rawValue) != nil || ComparisonOperator(rawValue: sign.rawValue) != nil:
            return variables.contains(name)
                && lexerBeforeCurrent.isBlank(atOffset: current.range.end)
                    == current.followsBlank
        case .keyword(.and), .keyword(.or), .keyword(.if): return variables.contains(name)
        default: return false
        }
    }

    private mutating func commandArguments(_ entry: CommandEntry) throws(CellError) -> [CommandCall.Argument] {
        var arguments: [CommandCall.Argument] = []
        var place = 0
        while !isAtStatementEnd || (isBeforeText && entry.parameters.positional(place)?.kind.reading == .text) {
            let parameter = entry.parameters.positional(place)
            let takesRest = [.cell, .line, .text].contains(parameter?.kind.reading)
            if !takesRest, let option = try commandOption(entry) {
                arguments.append(option)
            } else {
                place += 1
                let start = current.range.start
                let (content, range) = try commandContent(parameter?.kind, of: entry)
                arguments.append(
                    CommandCall.Argument(
                        name: nil, content: content, range: range,
                        wholeRange: SourceRange(start: start, end: previousEnd)))
            }
            if take(.comma), isAtStatementEnd { throw unexpected("another argument") }
        }
        return arguments
    }

    /// `name=value` or `to FILE`, if that comes next. `lr.d=value` is read as `lr_d=value` where there is such an option.
    private mutating func commandOption(_ entry: CommandEntry) throws(CellError) -> CommandCall.Argument? {
        guard let (name, range, afterName) = optionName(entry) else { return nil }
        let isNamed = afterName.current.kind == .sign(.assign)
        guard isNamed || entry.parameters.bareOption(name) != nil else { return nil }
        guard let parameter = entry.parameters.first(where: { $0.name == name }) else {
            throw Binder.unknownOption(name, of: entry.name, entry.parameters, at: range)
        }
        self = afterName
        if isNamed { advance() }
        let (content, valueRange) = try commandContent(parameter.kind, of: entry)
        return CommandCall.Argument(
            name: name, content: content, range: valueRange, wholeRange: range.union(valueRange))
    }

    /// The name that comes next, where it stands, and the parser after it.
    private func optionName(_ entry: CommandEntry) -> (String, SourceRange, after: Parser)? {
        guard case .identifier(let first) = current.kind else { return nil }
        var ahead = self
        ahead.advance()
        guard ahead.current.kind == .sign(.dot), case .identifier(let second) = ahead.following.kind else {
            return (first, current.range, ahead)
        }
        var behind = ahead
        behind.advance()
        let range = current.range.union(behind.current.range)
        behind.advance()
        let name = "\(first)_\(second)"
        let isOption = behind.current.kind == .sign(.assign) && entry.parameters.contains { $0.name == name }
        return isOption ? (name, range, behind) : (first, current.range, ahead)
    }

    /// What is given to a parameter of a kind; nil for one argument too many, which the binder will refuse.
    private mutating func commandContent(
        _ kind: Parameter.Kind?, of entry: CommandEntry
    ) throws(CellError) -> (CommandCall.Argument.Content, SourceRange) {
        switch kind?.reading ?? .expression {
        case .expression: return try argumentExpression()
        case .word: return try bareWord("a word")
        case .path: return try bareWord("a file name")
        case .wordOrExpression where kind?.isFileOrValue ?? false:
            return isFollowedByOption(of: entry) ? try argumentExpression() : try bareWord("a file name")
        case .wordOrExpression: return isBareWord ? try bareWord("a word") : try argumentExpression()
        case .name:
            let range = current.range
            return (.word(try name(for: "a variable")), range)
        case .command(let word):
            let range = try commandRange(upToOptionOf: entry)
            return (.word("\(word) \(lexerBeforeCurrent.source.text(of: range))"), range)
        case .cell:
            blanksSeparate = false
            defer { blanksSeparate = true }
            let range = try statement().range
            return (.word(lexerBeforeCurrent.source.text(of: range)), range)
        case .line:
            let start = current.range.start
            while !isAtStatementEnd { advance() }
            let range = SourceRange(start: start, end: previousEnd)
            return (.word(lexerBeforeCurrent.source.text(of: range)), range)
        case .text:
            var lexer = lexerBeforeCurrent
            let (text, range) = lexer.restOfLine()
            resume(lexer, after: range.end)
            return (.word(text), range)
        }
    }

    /// Whether the line goes on, if only with what is no part of a cell.
    private var isBeforeText: Bool {
        var lexer = lexerBeforeCurrent
        return !lexer.restOfLine().text.isEmpty
    }

    /// Everything up to an option of the outer command that is spelled without a sign, or to the end of the statement.
    private mutating func commandRange(upToOptionOf entry: CommandEntry) throws(CellError) -> SourceRange {
        let start = current.range
        var depth = 0
        while current.kind != .end, depth > 0 || !isAtStatementEnd {
            switch current.kind {
            case .identifier(let name) where depth == 0 && entry.parameters.bareOption(name) != nil:
                return start.range(upTo: previousEnd)
            case .sign(.leftParenthesis), .sign(.leftBracket): depth += 1
            case .sign(.rightParenthesis), .sign(.rightBracket): depth -= 1
            case .invalid(let error): throw error
            default: break
            }
            advance()
        }
        return start.range(upTo: previousEnd)
    }

    /// Whether an option that is spelled without a sign stands in the rest of the statement: `to` of `G to weights.json`.
    private func isFollowedByOption(of entry: CommandEntry) -> Bool {
        var ahead = self
        guard (try? ahead.commandRange(upToOptionOf: entry)) != nil, case .identifier(let name) = ahead.current.kind
        else { return false }
        return entry.parameters.bareOption(name) != nil
    }

    private mutating func argumentExpression() throws(CellError) -> (CommandCall.Argument.Content, SourceRange) {
        let value = try expression()
        return (.expression(value), value.range)
    }

    /// A quoted string, or everything up to the next blank or comma.
    private mutating func bareWord(_ what: String) throws(CellError) -> (CommandCall.Argument.Content, SourceRange) {
        let range = current.range
        if case .string(let text) = current.kind {
            advance()
            return (.word(text), range)
        }
        if case .invalid(let error) = current.kind,
            ["\"", "'"].contains(lexerBeforeCurrent.source.text(of: range).first)
        {
            throw error
        }
        var lexer = lexerBeforeCurrent
        let (word, wordRange) = lexer.bareWord()
        guard !word.isEmpty, !isAtStatementEnd else { throw unexpected(what) }
        resume(lexer, after: wordRange.end)
        return (.word(word), wordRange)
    }

    /// Where either fits: whether this is a word to be taken literally, not a variable, number or larger expression.
    private var isBareWord: Bool {
        var lexer = lexerBeforeCurrent
        let (word, range) = lexer.bareWord()
        switch current.kind {
        case .identifier(let name): return !variables.contains(name) && !word.contains { "([=".contains($0) }
        case .number: return range != current.range && !word.contains { "([*/+)".contains($0) }
        case .keyword(.true), .keyword(.false), .keyword(.none), .keyword(.not): return false
        case .string, .sign(.leftParenthesis), .sign(.leftBracket), .sign(.minus), .sign(.plus): return false
        default: return true
        }
    }
}

extension SourceRange {
    fileprivate func range(upTo end: Int) -> SourceRange { SourceRange(start: start, end: max(end, start)) }
}

extension [Parameter] {
    /// The option of this name, if it is one that is spelled without a sign.
    func bareOption(_ name: String) -> Parameter? { first { $0.name == name && $0.isSpelledBare } }

    /// The parameter that takes the argument at a place, counted among those without a name.
    func positional(_ place: Int) -> Parameter? {
        var left = place
        for parameter in self where !parameter.isSpelledBare && !parameter.takesOptions {
            if parameter.isVariadic || left == 0 { return parameter }
            left -= 1
        }
        return nil
    }
}
