/// A number as a learner types it for an answer: `0.05`, `0,05`, `1/20`, `5 %`, `5 minutes`.
package struct Guess: Hashable, Sendable {
    /// The number, as it stands before its unit.
    package let value: Double
    /// The unit in small letters, "%" for per cent, empty if there is none.
    package let unit: String

    /// Reads an answer; nil if the input is something else, such as a cell.
    package init?(_ input: String) {
        let number = /[+-]?(?:[0-9][0-9_]*(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?/
        let text = input.trimmed.replacing("\u{2212}", with: "-")
        guard let first = text.prefixMatch(of: number), var value = Self.double(first.0) else { return nil }
        var rest = text[first.range.upperBound...].drop(while: \.isWhitespace)
        if rest.first == "/" {
            let divisor = rest.dropFirst().drop(while: \.isWhitespace)
            guard let second = divisor.prefixMatch(of: number), let below = Self.double(second.0), below != 0 else {
                return nil
            }
            value /= below
            rest = divisor[second.range.upperBound...].drop(while: \.isWhitespace)
        }
        guard value.isFinite, let unit = Self.unit(rest, after: first.0) else { return nil }
        (self.value, self.unit) = (value, unit)
    }

    private static func double(_ text: Substring) -> Double? {
        Double(text.replacing("_", with: "").replacing(",", with: "."))
    }

    /// A sign or words; nil for what goes on like an expression.
    private static func unit(_ text: Substring, after number: Substring) -> String? {
        let unit = text.lowercased()
        if ["%", "percent", "per cent"].contains(unit) { return "%" }
        guard unit.allSatisfy({ $0.isLetter || $0 == " " || $0 == "°" || $0 == "." }) else { return nil }
        // `0x10` is a number of another kind.
        return number == "0" && unit.hasPrefix("x") ? nil : unit
    }

    /// What was meant, counted in the unit of the question, the likeliest first: a share may be typed where per cent are
    /// asked for, and per cent where a share is. None if it is another unit.
    package func values(in wanted: String) -> [Double] {
        let wanted = wanted.lowercased()
        switch (unit, wanted) {
        case ("", "%"): return [value, 100 * value]
        case ("%", "%"): return [value]
        case ("%", ""): return [value / 100]
        case ("", _), (_, ""): return [value]
        default: return Self.isSame(unit, wanted) ? [value] : []
        }
    }

    /// The same unit, perhaps in the plural, or shortened.
    private static func isSame(_ typed: String, _ wanted: String) -> Bool {
        func bare(_ unit: String) -> String { String(unit.prefix { $0 != "." }.trimmingSuffix("s")) }
        let (short, long) = (bare(typed), bare(wanted))
        return !short.isEmpty && (long.hasPrefix(short) || short == long)
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ ending: String) -> String {
        hasSuffix(ending) ? String(dropLast(ending.count)) : String(self)
    }
}
