import Foundation
import Words

/// What stands in a JSON text: RFC 8259, keys in their order.
indirect enum JSONValue {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The value of a key of an object.
    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members.first { $0.key == key }?.value } else { nil }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }

    var string: String? { if case .string(let text) = self { text } else { nil } }

    var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }

    /// A whole number that is not negative.
    var count: Int? {
        guard let number, number >= 0, number < 0x1p53, number == number.rounded() else { return nil }
        return Int(number)
    }
}

/// Reads JSON: numbers to the nearest double, and every fault with its line and column.
struct JSONReader {
    /// Where a text is no JSON, and why.
    struct Fault: Error, CustomStringConvertible {
        let line: Int, column: Int
        let problem: String
        var description: String { "line \(line), column \(column): \(problem)" }
    }

    private let bytes: [UInt8]
    private var place = 0
    private static let deepest = 64

    /// Reads a whole text.
    static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        if reader.place < bytes.count { throw reader.fault("something follows where the text should end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func fault(_ problem: String, at place: Int? = nil) -> Fault {
        let before = bytes[..<min(place ?? self.place, bytes.count)]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Fault(line: line, column: before.count - start + 1, problem: problem)
    }

    private mutating func skipBlanks() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(Fault) -> JSONValue {
        skipBlanks()
        guard depth < Self.deepest else { throw fault("brackets nest more than \(Self.deepest) deep") }
        guard let next else { throw fault("the text ends where a value should be") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: return try word()
        }
    }

    private mutating func object(_ depth: Int) throws(Fault) -> JSONValue {
        place += 1
        var members: [(key: String, value: JSONValue)] = []
        var seen: Set<String> = []
        if take("}") { return .object([]) }
        repeat {
            skipBlanks()
            let start = place
            guard next == UInt8(ascii: "\"") else { throw fault("a key in double quotes is missing") }
            let key = try string()
            guard seen.insert(key).inserted else {
                throw fault("the key \(Wording.quoted(key)) stands twice", at: start)
            }
            guard take(":") else { throw fault("a colon is missing after the key") }
            members.append((key, try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw fault("a comma or } is missing") }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(Fault) -> JSONValue {
        place += 1
        var items: [JSONValue] = []
        if take("]") { return .array([]) }
        repeat { items.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw fault("a comma or ] is missing") }
        return .array(items)
    }

    private mutating func word() throws(Fault) -> JSONValue {
        let start = place
        while let byte = next, isalnum(Int32(byte)) != 0 || byte == UInt8(ascii: "_") { place += 1 }
        let word = String(decoding: bytes[start..<place], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "": throw fault("a value is missing")
        default: throw fault("\(Wording.quoted(word)) is no JSON value", at: start)
        }
    }

    /// -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
    private mutating func number() throws(Fault) -> Double {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        let first = next
        let whole = digits()
        var isSound = whole > 0 && (first != UInt8(ascii: "0") || whole == 1)
        if next == UInt8(ascii: ".") {
            place += 1
            isSound = digits() > 0 && isSound
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            isSound = digits() > 0 && isSound
        }
        while let byte = next, isalpha(Int32(byte)) != 0 { (place, isSound) = (place + 1, false) }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard isSound, let number = Double(text) else { throw fault("\(Wording.quoted(text)) is no number", at: start) }
        guard number.isFinite else { throw fault("\(text) is too large for a number", at: start) }
        return number
    }

    private mutating func digits() -> Int {
        let start = place
        while let byte = next, isdigit(Int32(byte)) != 0 { place += 1 }
        return place - start
    }

    // MARK: Strings

    private mutating func string() throws(Fault) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault("a string is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case ..<0x20: throw fault("a string has a control character in it", at: place - 1)
            default: text.append(byte)
            }
        }
        throw fault("a string does not end")
    }

    private mutating func escape() throws(Fault) -> [UInt8] {
        guard let byte = next else { throw fault("a string does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try unicode())).utf8)
        default: throw fault("\\\(Unicode.Scalar(byte)) means nothing in a string", at: place - 2)
        }
    }

    private mutating func unicode() throws(Fault) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        let back = place
        if bytes[place...].starts(with: "\\u".utf8) {
            place += 2
            let second = try hexadecimal()
            let whole = 0x10000 + (first - 0xD800) << 10 + second &- 0xDC00
            if (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(whole) { return scalar }
            place = back
        }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        let text = String(decoding: bytes[place...].prefix(4), as: UTF8.self)
        guard text.utf8.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
            throw fault("\\u wants four hexadecimal digits")
        }
        place += 4
        return value
    }
}

/// Writes JSON.
enum JSONText {
    /// A string in quotes.
    static func string(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case "\n": written += "\\n"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    written += String(format: "\\u%04x", scalar.value)
                } else {
                    written.unicodeScalars.append(scalar)
                }
            }
        }
        return written + "\""
    }
}
