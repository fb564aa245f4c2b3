/// Strings, and signs that people type or paste but that cells do not have.
extension Lexer {
    mutating func string(quote: Unicode.Scalar) -> Token.Kind {
        let start = position
        var text = String.UnicodeScalarView()
        advance()
        while let scalar = source[position], !scalar.isLineEnd {
            advance()
            if scalar == quote { return .string(String(text)) }
            if scalar != "\\" {
                text.append(scalar)
            } else if let escaped = escape() {
                text.append(escaped)
            } else {
                return badEscape(quote: quote)
            }
        }
        return .invalid(
            CellError(
                .syntax, "this string never ends", at: source.range(from: start, to: position),
                help: "close it with \(quote) on the same line"))
    }

    /// What follows a backslash: `\n`, `\t`, `\\`, `\'`, `\"`, or `\u{...}` with a hexadecimal number.
    private mutating func escape() -> Unicode.Scalar? {
        guard let scalar = source[position] else { return nil }
        advance()
        switch scalar {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "\\", "'", "\"": return scalar
        case "u" where source[position] == "{":
            advance()
            let digits = take { $0.properties.isASCIIHexDigit }
            guard source[position] == "}", let number = UInt32(digits, radix: 16) else { return nil }
            advance()
            return Unicode.Scalar(number)
        default: return nil
        }
    }

    /// Reports the escape, having read to the end of the string so that the rest makes sense.
    private mutating func badEscape(quote: Unicode.Scalar) -> Token.Kind {
        let at = max(position - 2, 0)
        let range = source.range(from: at, to: position)
        _ = take { $0 != quote && !$0.isLineEnd }
        if source[position] == quote { advance() }
        return .invalid(
            CellError(
                .syntax, "`\(source.text(of: range))` means nothing in a string", at: range,
                help: "a backslash itself is written `\\\\`"))
    }

    /// A sign that is not one of ours.
    mutating func stranger() -> Token.Kind {
        let start = position
        let scalar = source[position] ?? " "
        advance()
        let range = source.range(from: start, to: position)
        let shown = scalar.properties.isWhitespace || scalar.value < 32 ? "U+" + hex(scalar) : String(scalar)
        return .invalid(
            CellError(.syntax, "`\(shown)` has no meaning here", at: range, help: Lexer.replacement(for: scalar)))
    }

    private func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// What to type in place of a sign that comes from another language, a word processor or a web page.
    static func replacement(for scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\u{2212}", "\u{2013}", "\u{2014}": "minus is typed `-`"
        case "\u{D7}", "\u{B7}", "\u{22C5}": "a product is typed `*`"
        case "\u{F7}": "a quotient is typed `/`"
        case "\u{2264}": "type `<=`"
        case "\u{2265}": "type `>=`"
        case "\u{2260}", "!": "`x != y` says unequal, `not` says no"
        case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "`": "strings stand in plain quotes: 'text' or \"text\""
        case "^": "a power is written `**`: `x**2`"
        case "&": "write `and`; it works on whole matrices too"
        case "|": "write `or`; it works on whole matrices too"
        case "~": "write `not`; it works on whole matrices too"
        case "\\": "inside brackets a line may be broken anywhere, without a sign"
        case "$": "a cell holds expressions and commands, not those of a shell"
        default: nil
        }
    }
}
