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
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return first.value == 0xAD ? 1 : 0
        default: break
        }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The blocks of East Asian wide and fullwidth letters (Unicode's EastAsianWidth W and F, by block).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1B000...0x1B2FF, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]

    /// Longer lines than this are hard to read, however wide the terminal.
    static let widest = 100

    /// Text set in lines of at most `width` columns, and never more than 100, broken between words; a longer word stands
    /// alone. Blanks within a line stay as they are, and so do code between backquotes and a number with its unit, where they fit.
    /// - Parameter used: the columns of the first line that are taken already.
    public static func wrapped(_ text: String, width: Int, after used: Int = 0) -> [String] {
        let width = min(width, widest)
        var lines: [String] = []
        var line = ""
        var taken = used
        var blanks = 0
        for word in words(of: text, widest: width) {
            guard !word.isEmpty else {
                blanks += 1
                continue
            }
            let size = columns(of: word)
            let gap = line.isEmpty ? 0 : 1 + blanks
            if taken + gap + size <= width || (line.isEmpty && taken == 0) {
                line += String(repeating: " ", count: gap) + word
                taken += gap + size
            } else {
                lines.append(line)
                (line, taken) = (word, size)
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
        let (rest, width) = (further ?? indent, min(width, widest))
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

// MARK: - Words

extension TextWidth {
    /// The text cut at single blanks into what stays on one line: words, code between backquotes, and a number with the
    /// unit behind it. What would be wider than `widest` is cut at its blanks after all; two blanks in a row have an
    /// empty word between them.
    public static func words(of text: String, widest: Int) -> [String] {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        var words: [String] = []
        var index = 0
        while index < parts.count {
            let end = endOfWord(parts, from: index)
            let word = parts[index..<end].joined(separator: " ")
            let fits = end == index + 1 || columns(of: word) <= widest
            words += fits ? [word] : Array(parts[index..<end])
            index = end
        }
        return words
    }

    /// The index behind the last part that belongs with the one at `start`.
    private static func endOfWord(_ parts: [String], from start: Int) -> Int {
        if isOdd(parts[start]) {
            // A backquote that is never closed is a sign like any other.
            return parts[(start + 1)...].firstIndex(where: isOdd).map { $0 + 1 } ?? start + 1
        }
        let isPair = start + 1 < parts.count && isNumber(parts[start]) && isUnit(parts[start + 1])
        return isPair ? start + 2 : start + 1
    }

    private static func isOdd(_ part: String) -> Bool { part.utf8.count { $0 == UInt8(ascii: "`") } % 2 == 1 }

    private static func isNumber(_ part: String) -> Bool {
        guard part.last?.isNumber ?? false else { return false }
        return part.allSatisfy { $0.isNumber || "+-\u{2212}.,_/(<>=≤≥±~≈".contains($0) }
    }

    private static func isUnit(_ part: String) -> Bool {
        let unit = part.prefix { !".,;:!?)".contains($0) }
        return units.contains(String(unit))
    }

    private static let units: Set<String> = [
        "%", "‰", "°", "°C", "ns", "µs", "μs", "us", "ms", "s", "min", "h", "B", "kB", "MB", "GB", "KiB", "MiB", "GiB",
        "Hz",
        "kHz", "MHz", "GHz", "px", "pt", "mm", "cm", "m", "km", "g", "kg", "MFLOP", "GFLOP", "GFLOP/s",
    ]
}
