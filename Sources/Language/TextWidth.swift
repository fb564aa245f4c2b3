/// How many columns text takes in a terminal.
public enum TextWidth {
    /// The columns of a string without control characters: 2 for a wide letter (汉) or an emoji, 0 for a mark that
    /// stands on the letter before.
    public static func columns(of text: String) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    /// As much of the beginning of a text as takes at most so many columns.
    static func prefix(of text: String, columns limit: Int) -> String {
        var used = 0
        return String(
            text.prefix { letter in
                used += columns(of: letter)
                return used <= limit
            })
    }

    /// As much of the end of a text as takes at most so many columns.
    static func suffix(of text: String, columns limit: Int) -> String {
        String(prefix(of: String(text.reversed()), columns: limit).reversed())
    }

    /// The columns of one letter with its marks.
    static func columns(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.properties.generalCategory == .nonspacingMark || first.value == 0x200B { return 0 }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The blocks of East Asian wide and fullwidth letters (Unicode's EastAsianWidth W and F, by block).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1B000...0x1B2FF, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]

    /// Text set in lines of at most `width` columns, broken between words; a longer word stands alone. Blanks within a
    /// line stay as they are.
    /// - Parameter used: the columns of the first line that are taken already.
    public static func wrapped(_ text: String, width: Int, after used: Int = 0) -> [String] {
        var lines: [String] = []
        var line = ""
        var room = width - used
        var blanks = 0
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            guard !word.isEmpty else {
                blanks += 1
                continue
            }
            let fits = columns(of: line) + (line.isEmpty ? 0 : 1 + blanks) + columns(of: String(word)) <= room
            if fits || (line.isEmpty && room == width) {
                line += (line.isEmpty ? "" : String(repeating: " ", count: 1 + blanks)) + word
            } else {
                lines.append(line)
                line = String(word)
                room = width
            }
            blanks = 0
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// The text with blanks after it, up to `width` columns.
    public static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(of: text)))
    }
}

extension TextWidth {
    /// Wrapped text, its first line moved right by `indent` and the others by `further` (or the same).
    public static func wrapped(_ text: String, width: Int, indent: Int, further: Int? = nil) -> [String] {
        let rest = further ?? indent
        return wrapped(text, width: max(10, width - max(indent, rest))).enumerated().map { place, line in
            String(repeating: " ", count: place == 0 ? indent : rest) + line
        }
    }

    /// Two columns, the left one indented by two and at most `widest` columns wide, the right one wrapped. What is too
    /// long for the left column stands on a line of its own.
    public static func table(_ rows: [(left: String, right: String)], width: Int, widest: Int) -> [String] {
        let longest = rows.map { columns(of: $0.left) }.max() ?? 0
        let column = min(longest, widest, max(6, width / 2 - 4)) + 4
        return rows.flatMap { left, right in
            let lines = wrapped(right, width: width, indent: column)
            guard columns(of: left) + 4 <= column, let first = lines.first else { return ["  " + left] + lines }
            return [padded("  " + left, to: column) + first.dropFirst(column)] + lines.dropFirst()
        }
    }
}
