import Language

/// How many columns of a terminal a text takes: East Asian characters and emoji take two, combining marks none.
public enum DisplayWidth {
    /// The columns of `text`, which holds no newline; escape sequences count nothing.
    public static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return pieces(text).reduce(0) { $0 + $1.width }
    }

    /// `text` with blanks behind it up to `width` columns.
    public static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// `text` cut to `width` columns, the last one an ellipsis if anything is missing.
    public static func truncated(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var kept = ""
        var used = 0
        var isStyled = false
        for piece in pieces(text) {
            if piece.width > 0 && used + piece.width > width - 1 { break }
            isStyled = isStyled || piece.text.hasPrefix("\u{1B}")
            kept += piece.text
            used += piece.width
        }
        return kept + "…" + (isStyled ? "\u{1B}[0m" : "")
    }

    /// The text in characters and whole escape sequences, each with its width.
    private static func pieces(_ text: String) -> [(text: String, width: Int)] {
        var pieces: [(text: String, width: Int)] = []
        var escape: String?
        for character in text {
            if let begun = escape {
                let sequence = begun + String(character)
                let isOver = character.isLetter && sequence.count > 2 || character == "m"
                escape = isOver ? nil : sequence
                if isOver { pieces.append((sequence, 0)) }
            } else if character == "\u{1B}" {
                escape = "\u{1B}"
            } else {
                pieces.append((String(character), width(of: character)))
            }
        }
        if let escape { pieces.append((escape, 0)) }
        return pieces
    }

    private static func width(of character: Character) -> Int {
        if let ascii = character.asciiValue { return ascii >= 0x20 && ascii < 0x7F ? 1 : 0 }
        return TextWidth.columns(of: String(character))
    }
}
