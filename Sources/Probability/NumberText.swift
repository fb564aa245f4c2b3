import Foundation

/// Reads numbers from bytes, as exactly as `strtod` and several times faster for the common short ones.
enum NumberText {
    /// What a cell holds.
    enum Reading: Equatable {
        case number(Double)
        /// A number too large for `Double`.
        case tooLarge
        case missing
        case text
    }

    /// Empty cells, and the words that R, pandas, SQL and spreadsheets write for "not known".
    private static let missingWords: Set<String> = [
        "NA", "N/A", "#N/A", "n/a", "na", "NaN", "nan", "NAN", "-nan", "null", "NULL", "None", "?", ".", "-",
    ]

    /// Reads `bytes[start..<end]`, blanks at both ends ignored.
    static func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading {
        var first = start
        var last = end
        while first < last, isBlank(bytes[first]) { first += 1 }
        while last > first, isBlank(bytes[last - 1]) { last -= 1 }
        if first == last { return .missing }
        switch decimal(bytes, first, last) {
        case .exact(let value): return .number(value)
        case .hard: return slow(bytes, first, last)
        case .none: break
        }
        if last - first <= 4, missingWords.contains(string(bytes, first, last)) { return .missing }
        return .text
    }

    /// Reads text that is no longer bytes of a file.
    static func read(_ text: String) -> Reading {
        let bytes = Array(text.utf8)
        return read(bytes.span, 0, bytes.count)
    }

    /// The bytes as text.
    static func string(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
        bytes.extracting(start..<end).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private enum Decimal {
        case exact(Double)
        case hard
        case none
    }

    private static let powersOfTen: [Double] = (0...22).map { pow(10, Double($0)) }

    /// `[+-]digits[.digits][(e|E)[+-]digits]`. Up to 15 digits and a power of ten up to 22 need one rounding only
    /// (Clinger, "How to read floating point numbers accurately", 1990), so that the result is exact.
    private static func decimal(_ bytes: Span<UInt8>, _ first: Int, _ last: Int) -> Decimal {
        var i = first
        let isNegative = bytes[i] == UInt8(ascii: "-")
        if isNegative || bytes[i] == UInt8(ascii: "+") { i += 1 }
        var mantissa: UInt64 = 0
        var digits = 0
        var significant = 0
        var exponent = 0
        var afterPoint = false
        while i < last {
            let byte = bytes[i]
            if byte == UInt8(ascii: "."), !afterPoint {
                afterPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits += 1
                if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
                if significant <= 15 { mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0")) }
                if afterPoint { exponent -= 1 }
            } else {
                break
            }
            i += 1
        }
        guard digits > 0 else { return .none }
        if i < last {
            guard let power = exponentPart(bytes, i, last) else { return .none }
            exponent += power
        }
        if significant > 15 || exponent < -22 || exponent > 22 { return mantissa == 0 ? .exact(0) : .hard }
        let magnitude = Double(mantissa)
        let value = exponent < 0 ? magnitude / powersOfTen[-exponent] : magnitude * powersOfTen[exponent]
        return .exact(isNegative ? -value : value)
    }

    /// The power of ten after `e`, or `nil` when this is none.
    private static func exponentPart(_ bytes: Span<UInt8>, _ start: Int, _ last: Int) -> Int? {
        guard bytes[start] | 0x20 == UInt8(ascii: "e") else { return nil }
        var i = start + 1
        var isNegative = false
        if i < last, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            isNegative = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        guard i < last else { return nil }
        var power = 0
        while i < last {
            guard bytes[i] >= UInt8(ascii: "0"), bytes[i] <= UInt8(ascii: "9") else { return nil }
            power = min(power * 10 + Int(bytes[i] - UInt8(ascii: "0")), 100_000)
            i += 1
        }
        return isNegative ? -power : power
    }

    /// Long mantissas and large exponents.
    private static func slow(_ bytes: Span<UInt8>, _ first: Int, _ last: Int) -> Reading {
        guard let value = Double(string(bytes, first, last)) else { return .text }
        return value.isFinite ? .number(value) : .tooLarge
    }
}
