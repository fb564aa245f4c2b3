/// Cuts the text of a cell into tokens, one at a time, as the parser asks for them.
///
/// Copying a lexer copies its place, which is how the parser looks ahead and how it turns back to read a bare word.
/// A lexer never fails: what it cannot read becomes an `invalid` token.
struct Lexer: Sendable {
    let source: Source
    private(set) var position = 0
    /// The brackets that are open, innermost last. Lines may be broken freely inside `(` and `[`.
    private(set) var open: [Sign] = []

    init(_ text: String) {
        source = Source(text)
    }

    /// The next token; at the end of the text, `end` for ever.
    mutating func next() -> Token {
        let before = position
        skipBlanks()
        let start = position
        let kind = scan()
        return Token(
            kind: kind, range: source.range(from: start, to: position), followsBlank: start > before || start == 0)
    }

    // MARK: Kinds of tokens

    private mutating func scan() -> Token.Kind {
        guard let scalar = source[position] else { return .end }
        if scalar.isLineEnd { return lineEnd() }
        if scalar.isDigit || (scalar == "." && source[position + 1]?.isDigit == true) { return number() }
        if scalar.isNameStart { return word() }
        if scalar == "\"" || scalar == "'" { return string(quote: scalar) }
        return sign() ?? stranger()
    }

    private mutating func lineEnd() -> Token.Kind {
        if source[position] == "\r", source[position + 1] == "\n" { position += 1 }
        position += 1
        return .newline
    }

    private mutating func word() -> Token.Kind {
        let name = take { $0.isNameContinue }
        return Keyword(spelling: name).map(Token.Kind.keyword) ?? .identifier(name)
    }

    private mutating func number() -> Token.Kind {
        let start = position
        _ = take { $0.isDigit || $0 == "_" }
        if source[position] == "." {
            position += 1
            _ = take { $0.isDigit || $0 == "_" }
        }
        takeExponent()
        let digits = source.text(from: start, to: position)
        let range = source.range(from: start, to: position)
        if let next = source[position], next.isNameStart {
            let name = take { $0.isNameContinue }
            return .invalid(
                CellError(
                    .syntax, "`\(digits)\(name)` is neither a number nor a name",
                    at: source.range(from: start, to: position), help: "a product is written `\(digits) * \(name)`"))
        }
        guard let value = Double(digits.filter { $0 != "_" }), !digits.hasSuffix("_") else {
            return .invalid(CellError(.syntax, "`\(digits)` is not a number", at: range))
        }
        guard value.isFinite else {
            return .invalid(
                CellError(
                    .syntax, "`\(digits)` is too large for a number", at: range, help: "infinity is written `inf`"))
        }
        return .number(value)
    }

    private mutating func takeExponent() {
        guard source[position] == "e" || source[position] == "E" else { return }
        let signed = source[position + 1] == "-" || source[position + 1] == "+"
        let first = position + (signed ? 2 : 1)
        guard source[first]?.isDigit == true else { return }
        position = first
        _ = take { $0.isDigit }
    }

    private mutating func sign() -> Token.Kind? {
        for sign in Sign.allCases where matches(sign.rawValue) {
            position += sign.rawValue.unicodeScalars.count
            track(sign)
            return .sign(sign)
        }
        return nil
    }

    /// Opens and closes brackets as they go by; a closing one that fits nothing is left to the parser to report.
    private mutating func track(_ sign: Sign) {
        if sign.closing != nil {
            open.append(sign)
        } else if let last = open.last, last.closing == sign {
            open.removeLast()
        }
    }

    private func matches(_ spelling: String) -> Bool {
        spelling.unicodeScalars.enumerated().allSatisfy { source[position + $0.offset] == $0.element }
    }

    // MARK: Blanks and words

    private mutating func skipBlanks() {
        while let scalar = source[position] {
            if scalar == "#" {
                _ = take { !$0.isLineEnd }
            } else if scalar.isBlank || (scalar.isLineEnd && joinsLines) {
                position += 1
            } else {
                return
            }
        }
    }

    /// Whether the end of a line counts for nothing here.
    private var joinsLines: Bool { open.last == .leftParenthesis || open.last == .leftBracket }

    /// Takes scalars while they fit.
    mutating func take(while fits: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while let scalar = source[position], fits(scalar) { position += 1 }
        return source.text(from: start, to: position)
    }

    /// Skips the blanks on this line, then takes a bare word: everything up to a blank, a line's end, `,`, `;` or `#`
    /// after a blank.
    mutating func bareWord() -> (text: String, range: SourceRange) {
        _ = take { $0.isBlank }
        let start = position
        let text = take { !$0.isBlank && !$0.isLineEnd && $0 != "," && $0 != ";" }
        return (text, source.range(from: start, to: position))
    }

    /// What is left of the line, whatever it is, without the blanks around it.
    mutating func restOfLine() -> (text: String, range: SourceRange) {
        _ = take { $0.isBlank }
        let start = position
        _ = take { !$0.isLineEnd }
        var end = position
        while end > start, source[end - 1]?.isBlank ?? false { end -= 1 }
        let range = source.range(from: start, to: end)
        return (source.text(of: range), range)
    }

    /// Whether a blank, a line's end or the end of the cell stands at a UTF-8 offset.
    func isBlank(atOffset offset: Int) -> Bool {
        guard let scalar = source[source.position(ofOffset: offset)] else { return true }
        return scalar.isBlank || scalar.isLineEnd
    }

    mutating func advance(by count: Int = 1) { position += count }
}

extension Unicode.Scalar {
    var isLineEnd: Bool { self == "\n" || self == "\r" }
    /// Space, tab, the no-break space that web pages paste, and the byte order mark.
    var isBlank: Bool { self == " " || self == "\t" || self == "\u{A0}" || self == "\u{FEFF}" }
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isNameStart: Bool { self == "_" || properties.isXIDStart }
    /// Letters, digits, `_` and subscript digits (`x₁`).
    var isNameContinue: Bool { self == "_" || properties.isXIDContinue || ("\u{2080}"..."\u{2089}").contains(self) }
}
