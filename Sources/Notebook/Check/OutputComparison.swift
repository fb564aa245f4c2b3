import Foundation
import Language

/// How far two numbers may lie apart and still agree.
public enum NumberTolerance: Hashable, Sendable {
    /// One unit of the last digit that is shown.
    case lastDigit
    /// So much of the larger number's size, and of 1 for smaller ones.
    case relative(Double)

    func allows(_ a: Double, _ b: Double, written one: Substring, _ other: Substring) -> Bool {
        switch self {
        case .lastDigit: abs(a - b) <= 1.001 * max(Self.lastDigit(of: one), Self.lastDigit(of: other))
        case .relative(let share): abs(a - b) <= share * max(1, abs(a), abs(b))
        }
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

/// Compares what a cell printed with what its document says.
package enum OutputComparison {
    /// The difference as lines that begin with ` `, `-` (expected) or `+` (printed); nil if there is none.
    ///
    /// A line `...` stands for any number of lines. Numbers agree within the tolerance, and words that were measured
    /// agree with all words.
    ///
    /// - Parameter context: how many lines to keep round every difference; nil for all.
    package static func difference(
        expected: MeasuredText, printed: MeasuredText, tolerance: NumberTolerance = .lastDigit, context: Int? = nil
    ) -> String? {
        if expected.text == printed.text { return nil }
        let (wanted, got) = (lines(expected), lines(printed))
        let same = { (one: Line, other: Line) in sameLine(one, other, tolerance) }
        if matches(wanted[...], got[...], same) { return nil }
        let (removed, inserted) = changes(wanted, got, same)
        let lines = merged(wanted, got, removed, inserted)
        return (context.map { nearChanges(lines, $0) } ?? lines).joined(separator: "\n")
    }

    /// The difference of two texts that hold nothing measured.
    package static func difference(expected: String, printed: String) -> String? {
        difference(expected: MeasuredText(expected), printed: MeasuredText(printed))
    }

    /// A line, and its place in the text that tells which of its words were measured.
    private struct Line {
        let text: Substring
        let number: Int
        let varying: VaryingWords

        var isMeasured: Bool { varying.isIn(line: number) }
        func isMeasured(_ word: Int) -> Bool { varying.contains(word: word, line: number) }
    }

    /// The lines that are gone and those that are new. What is the same at both ends is passed over first; of much that is
    /// otherwise, all is taken for new, since finding the least difference would take time and memory without end.
    private static func changes(
        _ wanted: [Line], _ got: [Line], _ same: (Line, Line) -> Bool
    ) -> (removed: Set<Int>, inserted: Set<Int>) {
        let start = zip(wanted, got).prefix { same($0, $1) }.count
        let most = min(wanted.count, got.count) - start
        let end = zip(wanted.reversed(), got.reversed()).prefix(most).prefix { same($0, $1) }.count
        let (old, new) = (wanted[start..<wanted.count - end], got[start..<got.count - end])
        // Myers' algorithm takes time and memory as the square of what differs, also where one side is empty.
        guard old.count + new.count <= 4000 else { return (Set(old.indices), Set(new.indices)) }
        var (removed, inserted) = (Set<Int>(), Set<Int>())
        for change in Array(new).difference(from: Array(old), by: same) {
            switch change {
            case .remove(let offset, _, _): removed.insert(start + offset)
            case .insert(let offset, _, _): inserted.insert(start + offset)
            }
        }
        return (removed, inserted)
    }

    private static func nearChanges(_ lines: [String], _ distance: Int) -> [String] {
        let changed = lines.indices.filter { !lines[$0].hasPrefix(" ") }
        let near = Set(changed.flatMap { max($0 - distance, 0)...min($0 + distance, lines.count - 1) })
        return near.sorted().map { lines[$0] }
    }

    private static func lines(_ whole: MeasuredText) -> [Line] {
        let parts = whole.text.split(separator: "\n", omittingEmptySubsequences: false)
        var lines = parts.enumerated().map { number, line in
            let text = line.prefix(line.count - line.reversed().prefix(while: \.isWhitespace).count)
            return Line(text: text, number: number, varying: whole.varying)
        }
        while lines.last?.text.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    private static func matches(
        _ wanted: ArraySlice<Line>, _ got: ArraySlice<Line>, _ same: (Line, Line) -> Bool
    ) -> Bool {
        var (wanted, got) = (wanted, got)
        var retry: (ArraySlice<Line>, ArraySlice<Line>)?
        while !wanted.isEmpty || !got.isEmpty {
            if wanted.first?.text == "..." {
                wanted = wanted.dropFirst()
                retry = (wanted, got)
            } else if let one = wanted.first, let other = got.first, same(one, other) {
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
        _ wanted: [Line], _ got: [Line], _ removed: Set<Int>, _ inserted: Set<Int>
    ) -> [String] {
        var lines: [String] = []
        var (i, j) = (0, 0)
        while i < wanted.count || j < got.count {
            if i < wanted.count, removed.contains(i) {
                lines.append("-" + wanted[i].text)
                i += 1
            } else if j < got.count, inserted.contains(j) {
                lines.append("+" + got[j].text)
                j += 1
            } else {
                lines.append(" " + (j < got.count ? got[j] : wanted[i]).text)
                (i, j) = (i + 1, j + 1)
            }
        }
        return lines
    }

    private static func sameLine(_ one: Line, _ other: Line, _ tolerance: NumberTolerance) -> Bool {
        if one.text == other.text { return true }
        guard one.isMeasured || other.isMeasured else { return sameText(one.text, other.text, tolerance) }
        let (a, b) = (VaryingWords.words(of: one.text), VaryingWords.words(of: other.text))
        return a.count == b.count
            && a.indices.allSatisfy {
                one.isMeasured($0) || other.isMeasured($0) || sameText(a[$0], b[$0], tolerance)
            }
    }

    /// Word by word, so that long lines that differ early are told apart at once.
    private static func sameText(_ one: Substring, _ other: Substring, _ tolerance: NumberTolerance) -> Bool {
        if one == other { return true }
        var (rest, otherRest) = (one.unicodeScalars, other.unicodeScalars)
        while true {
            switch (nextWord(&rest), nextWord(&otherRest)) {
            case (nil, nil): return true
            case (let a?, let b?) where sameWord(a, b, tolerance): continue
            default: return false
            }
        }
    }

    private static func nextWord(_ rest: inout Substring.UnicodeScalarView) -> Substring? {
        let isBetween = { (scalar: Unicode.Scalar) in
            switch scalar {
            case "[", "]", "(", ")", ",", "=": true
            default: scalar.properties.isWhitespace
            }
        }
        rest = rest.drop(while: isBetween)
        let word = rest.prefix { !isBetween($0) }
        rest = rest[word.endIndex...]
        return word.isEmpty ? nil : Substring(word)
    }

    private static func sameWord(_ one: Substring, _ other: Substring, _ tolerance: NumberTolerance) -> Bool {
        if one == other { return true }
        guard let a = Double(one), let b = Double(other), a.isFinite, b.isFinite else { return false }
        return tolerance.allows(a, b, written: one, other)
    }
}
