import Foundation

/// Compares what a cell printed with what its document says.
package enum OutputComparison {
    /// The difference as lines that begin with ` `, `-` (expected) or `+` (printed); nil if there is none.
    ///
    /// A line `...` stands for any number of lines. Numbers agree that differ by one unit of the last digit shown.
    package static func difference(expected: String, printed: String) -> String? {
        let (wanted, got) = (lines(expected), lines(printed))
        if matches(wanted[...], got[...]) { return nil }
        let changes = got.difference(from: wanted, by: sameLine)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        return merged(wanted, got, removed, inserted).joined(separator: "\n")
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.prefix(line.count - line.reversed().prefix(while: \.isWhitespace).count)
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    private static func matches(_ wanted: ArraySlice<Substring>, _ got: ArraySlice<Substring>) -> Bool {
        var (wanted, got) = (wanted, got)
        var retry: (ArraySlice<Substring>, ArraySlice<Substring>)?
        while !wanted.isEmpty || !got.isEmpty {
            if wanted.first == "..." {
                wanted = wanted.dropFirst()
                retry = (wanted, got)
            } else if let one = wanted.first, let other = got.first, sameLine(one, other) {
                (wanted, got) = (wanted.dropFirst(), got.dropFirst())
            } else if let last = retry, !last.1.isEmpty {
                (wanted, got) = (last.0, last.1.dropFirst())
                retry = (wanted, got)
            } else {
                return false
            }
        }
        return true
    }

    private static func merged(
        _ wanted: [Substring], _ got: [Substring], _ removed: Set<Int>, _ inserted: Set<Int>
    ) -> [String] {
        var lines: [String] = []
        var (i, j) = (0, 0)
        while i < wanted.count || j < got.count {
            if i < wanted.count, removed.contains(i) {
                lines.append("-" + wanted[i])
                i += 1
            } else if j < got.count, inserted.contains(j) {
                lines.append("+" + got[j])
                j += 1
            } else {
                lines.append(" " + (j < got.count ? got[j] : wanted[i]))
                (i, j) = (i + 1, j + 1)
            }
        }
        return lines
    }

    private static func sameLine(_ one: Substring, _ other: Substring) -> Bool {
        if one == other { return true }
        let (a, b) = (words(one), words(other))
        return a.count == b.count && zip(a, b).allSatisfy(sameWord)
    }

    private static func words(_ line: Substring) -> [Substring] {
        line.split(whereSeparator: { $0.isWhitespace || "[](),=".contains($0) })
    }

    private static func sameWord(_ one: Substring, _ other: Substring) -> Bool {
        if one == other { return true }
        guard let a = Double(one), let b = Double(other), a.isFinite, b.isFinite else { return false }
        return abs(a - b) <= 1.001 * max(lastDigit(of: one), lastDigit(of: other))
    }

    /// The worth of one unit in the last digit: 0.01 for 3.14, 1e-5 for 2.5e-4.
    private static func lastDigit(of number: Substring) -> Double {
        let parts = number.lowercased().split(separator: "e")
        let exponent = parts.count > 1 ? Double(parts[1]) ?? 0 : 0
        let decimals = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard decimals.count > 1 || parts.count > 1 else { return 0 }
        return pow(10, exponent - Double(decimals.count > 1 ? decimals[1].count : 0))
    }
}
