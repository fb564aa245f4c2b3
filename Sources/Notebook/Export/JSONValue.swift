import Foundation

/// What stands in a JSON text. Foundation reads it, numbers to the nearest double.
indirect enum JSONValue: Decodable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Where a text is no JSON, and why.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a whole text.
    init(reading bytes: [UInt8]) throws(Fault) {
        let data = Data(bytes)
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw Self.fault(of: data)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let items = try? container.decode([JSONValue].self) {
            self = .array(items)
        } else if let members = try? container.decode([String: JSONValue].self) {
            self = .object(members)
        } else {
            self = container.decodeNil() ? .null : .boolean(try container.decode(Bool.self))
        }
    }

    /// The line and column of a fault. On Linux `JSONDecoder` does not say where it is; `JSONSerialization` does, but it
    /// rounds the last bit of every fifth number, so it is not what reads a sound text.
    private static func fault(of data: Data) -> Fault {
        let reason: String
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            reason = "it is no JSON: a number or a string in it cannot be read"
        } catch {
            reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "it is no JSON"
        }
        let words = reason.firstMatch(of: /^(.*?)(?: around character (\d+))?\.?$/)
        let problem = words.map { String($0.1) } ?? reason
        let end = words?.2.flatMap { Int($0) } ?? data.count
        let before = data.prefix(end)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
        return Fault(
            description: "line \(line), column \(column): \(problem.prefix(1).lowercased() + problem.dropFirst())")
    }

    /// The value of a key of an object.
    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
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
