/// Lists for people.
public enum Wording {
    /// `a`, `a and b`, `a, b and c`, `a, b, c, d, e and 12 more`.
    public static func list(_ items: [String], limit: Int = 5) -> String {
        guard items.count > 1 else { return items.first ?? "" }
        if items.count > limit {
            return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
        }
        return items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
    }

    /// `line 5`, `lines 5 and 273`.
    public static func lines(_ lines: [Int]) -> String {
        (lines.count == 1 ? "line " : "lines ") + list(lines.map(String.init))
    }

    /// `1 row`, `2 rows`.
    public static func count(_ n: Int, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }

    /// Text from a file, in quotes, without control characters, cut to a readable length.
    public static func quoted(_ text: String) -> String {
        var visible = ""
        for (position, scalar) in text.unicodeScalars.enumerated() {
            if position == 40 { return "\"\(visible)…\"" }
            visible.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return "\"\(visible)\""
    }
}
