/// The names nearest to what somebody typed, for "did you mean".
package enum NearNames {
    /// The candidates that a slip of the fingers could have turned into `name`, nearest first, at most `limit`.
    ///
    /// Near means: at most a third of the letters inserted, deleted, exchanged or swapped with a neighbour,
    /// upper and lower case counting as the same; or one name begins with the other.
    package static func of(_ name: String, among candidates: [String], limit: Int = 3) -> [String] {
        let wanted = Array(name.lowercased())
        var found: [(distance: Int, name: String)] = []
        for candidate in candidates {
            let letters = Array(candidate.lowercased())
            let distance = editDistance(wanted, letters)
            let allowed = max(1, max(wanted.count, letters.count) / 3)
            let isStart = wanted.count >= 2 && (letters.starts(with: wanted) || wanted.starts(with: letters))
            if distance <= allowed || (isStart && !letters.isEmpty) {
                found.append((min(distance, allowed + 1), candidate))
            }
        }
        found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return found.prefix(limit).map(\.name)
    }

    /// Insertions, deletions, exchanges and swaps of neighbours that turn `a` into `b` (optimal string alignment).
    static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var current = [i + 1] + Array(repeating: 0, count: b.count)
            for j in 0..<b.count {
                let exchange = last[j] + (a[i] == b[j] ? 0 : 1)
                current[j + 1] = min(last[j + 1] + 1, current[j] + 1, exchange)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    current[j + 1] = min(current[j + 1], beforeLast[j - 1] + 1)
                }
            }
            (beforeLast, last) = (last, current)
        }
        return last[b.count]
    }
}

/// Lists for people.
package enum Wording {
    /// `a`, `a and b`, `a, b and c`, `a, b, c, d, e and 12 more`.
    package static func list(_ items: [String], limit: Int = 5) -> String {
        guard items.count > 1 else { return items.first ?? "" }
        if items.count > limit {
            return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
        }
        return items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
    }

    /// `line 5`, `lines 5 and 273`.
    package static func lines(_ lines: [Int]) -> String {
        (lines.count == 1 ? "line " : "lines ") + list(lines.map(String.init))
    }

    /// `1 row`, `2 rows`.
    package static func count(_ n: Int, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }

    /// Text from a file, in quotes, without control characters, cut to a readable length.
    package static func quoted(_ text: String) -> String {
        var visible = ""
        for (position, scalar) in text.unicodeScalars.enumerated() {
            if position == 40 { return "\"\(visible)…\"" }
            visible.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return "\"\(visible)\""
    }
}
