import Language

/// A stretch of text that looks the same all along.
struct Run: Equatable {
    var text: String
    var roles: [Role]
}

/// Breaks styled text into lines: at blanks, never wider than asked unless one word alone is.
struct TextFlow {
    let theme: Theme

    /// The lines of `runs`, each at most `width` columns wide; a newline in a run breaks the line.
    func lines(_ runs: [Run], width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in Self.split(runs) {
            lines += wrap(Self.words(paragraph, widest: max(8, width)), width: max(8, width))
        }
        return lines
    }

    private typealias Word = [Run]

    /// One list of runs for each line that the author wanted.
    private static func split(_ runs: [Run]) -> [[Run]] {
        var paragraphs: [[Run]] = [[]]
        for run in runs {
            for (index, part) in run.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { paragraphs.append([]) }
                if !part.isEmpty { paragraphs[paragraphs.count - 1].append(Run(text: String(part), roles: run.roles)) }
            }
        }
        return paragraphs
    }

    /// Words between blanks; one word may have several looks. A blank keeps the look that it has on both sides.
    /// Code is one word where it fits on a line, its blanks included: a command that is broken cannot be typed from sight.
    private static func words(_ runs: [Run], widest: Int) -> [(blank: [Role], word: Word)] {
        var words: [(blank: [Role], word: Word)] = []
        var current: Word = []
        var blank: [Role] = []
        for run in runs {
            for (index, part) in parts(of: run, widest: widest).enumerated() {
                if index > 0, !current.isEmpty {
                    words.append((blank, current))
                    current = []
                    blank = part.isEmpty ? [] : run.roles
                }
                if !part.isEmpty { current.append(Run(text: String(part), roles: run.roles)) }
            }
        }
        if !current.isEmpty { words.append((blank, current)) }
        return words
    }

    /// The text cut at its blanks, but for those in code and between a number and its unit.
    private static func parts(of run: Run, widest: Int) -> [String] {
        if run.roles.contains(.code), DisplayWidth.of(run.text) <= widest { return [run.text] }
        return TextWidth.words(of: run.text, widest: widest)
    }

    private func wrap(_ words: [(blank: [Role], word: Word)], width: Int) -> [String] {
        var lines: [[Run]] = [[]]
        var used = 0
        for (blank, word) in words {
            let size = word.reduce(0) { $0 + DisplayWidth.of($1.text) }
            if used > 0, used + 1 + size > width {
                lines.append([])
                used = 0
            }
            if used > 0 { lines[lines.count - 1].append(Run(text: " ", roles: blank)) }
            lines[lines.count - 1] += word
            used += size + (used > 0 ? 1 : 0)
        }
        return lines.map(paint)
    }

    /// Joins neighbours that look alike, so that each look begins and ends once in a line.
    private func paint(_ runs: [Run]) -> String {
        var joined: [Run] = []
        for run in runs {
            if let last = joined.last, last.roles == run.roles {
                joined[joined.count - 1].text += run.text
            } else {
                joined.append(run)
            }
        }
        return joined.map { theme.paint($0.text, $0.roles) }.joined()
    }
}
