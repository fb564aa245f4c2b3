/// Finds the name that was meant.
public enum Spelling {
    /// The candidates closest to a misspelt name, best first, at most `limit`.
    ///
    /// A third of the letters may be wrong, but at least one and at most three; a difference of capitals alone
    /// always counts as close. With `beginnings`, so does a candidate of which the name is a beginning, or the other way
    /// round, after all others: long names of columns and files are often cut short.
    public static func suggestions(
        for name: String, among candidates: [String], limit: Int = 3, beginnings: Bool = false
    ) -> [String] {
        let wanted = name.lowercased()
        let allowed = min(3, max(1, name.count / 3))
        let scored: [(String, Int)] = Set(candidates).compactMap { candidate in
            guard candidate != name, !candidate.isEmpty else { return nil }
            let other = candidate.lowercased()
            if abs(other.count - wanted.count) <= allowed {
                let distance = distance(wanted, other)
                // A name of one letter with that letter wrong is another name.
                if distance <= allowed, distance < wanted.count { return (candidate, distance) }
            }
            guard beginnings, wanted.count >= 2, other.hasPrefix(wanted) || wanted.hasPrefix(other) else { return nil }
            return (candidate, allowed + 1)
        }
        return scored.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(limit).map(\.0)
    }

    /// "did you mean `a`, `b` or `c`?", or nil when nothing is close.
    public static func question(for name: String, among candidates: [String]) -> String? {
        let close = suggestions(for: name, among: candidates)
        guard !close.isEmpty else { return nil }
        return "did you mean " + close.map { "`\($0)`" }.joined(separator: ", ", last: " or ") + "?"
    }

    /// How many letters must be added, dropped, changed or swapped with their neighbour to turn one word into the
    /// other (the restricted Damerau-Levenshtein distance).
    ///
    /// O(n m) time for words of n and m letters.
    public static func distance(_ first: String, _ second: String) -> Int {
        let a = Array(first)
        let b = Array(second)
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}

extension [String] {
    /// "a, b or c"
    public func joined(separator: String, last: String) -> String {
        guard let end = self.last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: separator) + last + end
    }
}

extension String {
    /// "a table", "an mlp"
    public var withArticle: String {
        let sounds: Set<Character> = ["a", "e", "i", "o", "u"]
        let startsWithVowel = first.map { sounds.contains(Character($0.lowercased())) } ?? false
        return (startsWithVowel || hasPrefix("mlp") ? "an " : "a ") + self
    }
}
