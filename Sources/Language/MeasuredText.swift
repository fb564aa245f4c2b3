/// A text in which some words were measured, such as times and memory: they differ from run to run though nothing else
/// does, and whoever compares two runs passes over them.
public struct MeasuredText: Hashable, Sendable {
    /// The text.
    public private(set) var text: String
    /// Which of its words were measured.
    public private(set) var varying: VaryingWords
    /// Whether it is a remark on what was done, rather than what was asked for.
    public let isRemark: Bool

    /// A text, and which of its words were measured.
    public init(_ text: String, varying: VaryingWords = VaryingWords(), isRemark: Bool = false) {
        (self.text, self.varying, self.isRemark) = (text, varying, isRemark)
    }

    /// "took 1.23 ms." from its three parts, the second of which was measured.
    public init(_ opening: String, measured: String, _ ending: String = "", isRemark: Bool = false) {
        text = opening + measured + ending
        self.isRemark = isRemark
        let lines = opening.split(separator: "\n", omittingEmptySubsequences: false)
        let last = lines.last ?? ""
        let endsInWord = !(last.last?.isWhitespace ?? true)
        let first = VaryingWords.words(of: last).count - (endsInWord ? 1 : 0)
        varying = VaryingWords()
        varying.insert(first..<first + max(1, VaryingWords.words(of: measured).count), ofLine: lines.count - 1)
    }

    /// Adds the lines of another text below these.
    public mutating func append(_ other: MeasuredText) {
        let count = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        text += "\n" + other.text
        varying.add(other.varying, below: count)
    }

    /// The words that are the same in every run, whatever the blanks between them.
    public var constant: String {
        guard !varying.isEmpty else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { line, text in
            let words = VaryingWords.words(of: text).enumerated()
            return words.filter { !varying.contains(word: $0.offset, line: line) }.map(\.element).joined(separator: " ")
        }.joined(separator: "\n")
    }
}

/// Places of words in a text, by line and word, both from 0: words are what stands between blanks.
public struct VaryingWords: Hashable, Sendable {
    private var words: [Int: Set<Int>] = [:]

    /// None.
    public init() {}

    /// Whether there are none.
    public var isEmpty: Bool { words.isEmpty }

    /// Whether a line has some.
    public func isIn(line: Int) -> Bool { words[line] != nil }

    /// Whether a word is one of them.
    public func contains(word: Int, line: Int) -> Bool { words[line]?.contains(word) ?? false }

    /// Adds words of a line.
    public mutating func insert(_ places: Range<Int>, ofLine line: Int) {
        guard !places.isEmpty else { return }
        words[line, default: []].formUnion(places)
    }

    /// Adds those of a text that begins so many lines below.
    mutating func add(_ other: VaryingWords, below count: Int) {
        for (line, places) in other.words { words[line + count, default: []].formUnion(places) }
    }

    /// The words of a line.
    public static func words(of line: some StringProtocol) -> [Substring] {
        Substring(line).split(whereSeparator: \.isWhitespace)
    }
}

extension VaryingWords: LosslessStringConvertible {
    /// "1:2-3,5-9:6": words 2 and 3 of line 1, word 6 of lines 5 to 9, all counted from 1.
    public var description: String {
        var parts: [(lines: ClosedRange<Int>, words: Set<Int>)] = []
        for (line, places) in words.sorted(by: { $0.key < $1.key }) {
            if let last = parts.last, last.words == places, last.lines.upperBound == line - 1 {
                parts[parts.count - 1].lines = last.lines.lowerBound...line
            } else {
                parts.append((line...line, places))
            }
        }
        return parts.flatMap { part in
            Self.stretches(of: part.words).map { "\(Self.spelled(part.lines)):\(Self.spelled($0))" }
        }.joined(separator: ",")
    }

    /// What a description says; nil if it is none.
    public init?(_ description: String) {
        for part in description.split(separator: ",", omittingEmptySubsequences: false) {
            let ranges = part.split(separator: ":", omittingEmptySubsequences: false).map(Self.range)
            guard ranges.count == 2, let lines = ranges[0], let places = ranges[1], lines.count <= 100_000 else {
                return nil
            }
            for line in lines { insert(places.lowerBound..<places.upperBound + 1, ofLine: line) }
        }
    }

    private static func spelled(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound + 1)" : "\(range.lowerBound + 1)-\(range.upperBound + 1)"
    }

    private static func range(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first > 0, last >= first,
            last <= 1_000_000
        else { return nil }
        return first - 1...last - 1
    }

    private static func stretches(of places: Set<Int>) -> [ClosedRange<Int>] {
        var stretches: [ClosedRange<Int>] = []
        for place in places.sorted() {
            if let last = stretches.last, last.upperBound == place - 1 {
                stretches[stretches.count - 1] = last.lowerBound...place
            } else {
                stretches.append(place...place)
            }
        }
        return stretches
    }
}
