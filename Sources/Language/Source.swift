/// A part of the text of a cell, in UTF-8 offsets: from `start` up to but not including `end`.
public struct SourceRange: Hashable, Sendable {
    /// Where the part begins.
    public var start: Int
    /// Where the part has ended.
    public var end: Int

    /// The part from `start` up to but not including `end`.
    public init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    /// The smallest part that holds both.
    public func union(_ other: SourceRange) -> SourceRange {
        SourceRange(start: min(start, other.start), end: max(end, other.end))
    }
}

/// The text of a cell, seen as Unicode scalars that know their UTF-8 offsets.
struct Source: Sendable {
    let text: String
    private let scalars: [Unicode.Scalar]
    private let offsets: [Int]

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
        var offset = 0
        offsets =
            scalars.map { scalar in
                defer { offset += UTF8.width(scalar) }
                return offset
            } + [text.utf8.count]
    }

    /// How many Unicode scalars there are.
    var count: Int { scalars.count }

    /// The scalar at a position, or nil beyond either end.
    subscript(position: Int) -> Unicode.Scalar? {
        scalars.indices.contains(position) ? scalars[position] : nil
    }

    /// The UTF-8 offset at which the scalar at `position` begins.
    func offset(of position: Int) -> Int {
        offsets[min(max(position, 0), scalars.count)]
    }

    /// The position of the scalar that begins at, or else first after, a UTF-8 offset.
    func position(ofOffset offset: Int) -> Int {
        var low = 0
        var high = scalars.count
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The text between two positions.
    func text(from start: Int, to end: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[min(start, count)..<min(max(start, end), count)])
        return String(view)
    }

    /// The text of a range.
    func text(of range: SourceRange) -> String {
        text(from: position(ofOffset: range.start), to: position(ofOffset: range.end))
    }

    /// The range between two positions.
    func range(from start: Int, to end: Int) -> SourceRange {
        SourceRange(start: offset(of: start), end: offset(of: end))
    }
}
