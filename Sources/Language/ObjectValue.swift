import Words

/// Models, distributions, tables, figures: immutable values that the language is handed.
public protocol ObjectValue {
    /// The kind in one lower-case word: "distribution", "mlp", "table", "figure".
    var typeName: String { get }
    /// What the prompt prints: plain text, perhaps many lines, none longer than `width` where that can be.
    func describe(width: Int) -> String
    /// The same, and which of its words were measured: the time that something took.
    func measuredDescription(width: Int) -> MeasuredText
    /// The value of `object.name`; nil when there is no such member.
    func member(_ name: String) throws(CellError) -> Value?
    /// The names that `member` knows, for completion and "did you mean".
    var memberNames: [String] { get }
    /// The value of `object(a, b)`.
    func call(_ arguments: [Value], in context: Context) throws(CellError) -> Value
    /// The value of `object[i, j]`. A slice comes as a `SliceValue`.
    func index(_ indices: [Value], in context: Context) throws(CellError) -> Value
}

extension ObjectValue {
    /// Nothing in it was measured.
    public func measuredDescription(width: Int) -> MeasuredText { MeasuredText(describe(width: width)) }

    /// No members.
    public func member(_ name: String) throws(CellError) -> Value? { nil }

    /// No members.
    public var memberNames: [String] { [] }

    /// Fails: most objects are not callable.
    public func call(_ arguments: [Value], in context: Context) throws(CellError) -> Value {
        throw CellError(.type, "\(typeName.withArticle) cannot be called")
    }

    /// Fails: most objects cannot be indexed.
    public func index(_ indices: [Value], in context: Context) throws(CellError) -> Value {
        throw CellError(.type, "\(typeName.withArticle) cannot be indexed")
    }
}

/// `start:stop:step` between the brackets of an object.
public struct SliceValue: ObjectValue, Hashable, Sendable {
    /// The first place, nil for the natural end.
    public let start: Int?
    /// The place before which it stops, nil for the natural end.
    public let stop: Int?
    /// How far apart the places are; never 0.
    public let step: Int

    /// "slice"
    public var typeName: String { "slice" }

    /// The slice as it is written.
    public func describe(width: Int) -> String {
        "\(start.map(String.init) ?? ""):\(stop.map(String.init) ?? "")\(step == 1 ? "" : ":\(step)")"
    }

    /// The places that the slice takes from a row of `count`, as Python counts them.
    public func positions(in count: Int) -> [Int] {
        func clamp(_ place: Int, _ low: Int, _ high: Int) -> Int {
            min(max(place < 0 ? place + count : place, low), high)
        }
        if step > 0 {
            let first = clamp(start ?? 0, 0, count)
            let end = clamp(stop ?? count, 0, count)
            return Array(stride(from: first, to: end, by: step))
        }
        let first = start.map { clamp($0, -1, count - 1) } ?? count - 1
        let end = stop.map { clamp($0, -1, count - 1) } ?? -1
        return Array(stride(from: first, to: end, by: step))
    }
}
