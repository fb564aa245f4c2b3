import Language
import Words
import Yams

/// Reads the keys of one YAML mapping, and notes everything that is wrong with it, line by line.
///
/// Nothing is thrown: a reader of a lesson wants all faults at once.
struct KeyReader {
    /// What the mapping at the beginning of a file is called in messages.
    static let frontMatter = "the front matter"
    /// What the mapping is called in messages: "the front matter", "this exercise".
    let subject: String
    /// The file's name, and how many of its lines come before the YAML's first.
    let file: String
    let linesBefore: Int
    /// The line to name for a key that is missing.
    let line: Int
    private(set) var problems: [LessonError] = []
    /// Whether there are keys to read at all; if not, nothing else is said to be missing.
    private var isReadable = true
    private var values: [String: Node] = [:]
    private var keyLines: [String: Int] = [:]

    /// Reads a mapping; `known` are the keys that it may have, in the order in which to list them.
    init(yaml: String, subject: String, file: String, line: Int, linesBefore: Int, known: [String]) {
        self.subject = subject
        self.file = file
        self.line = line
        self.linesBefore = linesBefore
        do {
            let root = try Yams.compose(yaml: yaml)
            guard let mapping = root?.mapping else {
                isReadable = false
                note(line, "\(subject) has no keys", help: "Write lines of `key: value`; the keys are \(list(known)).")
                return
            }
            read(mapping, known: known)
        } catch let error as YamlError {
            isReadable = false
            note(error)
        } catch {
            isReadable = false
            note(line, "\(subject) is not YAML: \(error)", help: "Write lines of `key: value`.")
        }
    }

    private init(_ mapping: Node.Mapping, line: Int, in parent: KeyReader, subject: String, known: [String]) {
        (self.subject, file, linesBefore, self.line) = (subject, parent.file, parent.linesBefore, line)
        read(mapping, known: known)
    }

    private mutating func read(_ mapping: Node.Mapping, known: [String]) {
        for (key, value) in mapping {
            let name = key.string ?? ""
            let keyLine = place(of: key)
            guard known.contains(name) else {
                let help = Spelling.suggestions(for: name, among: known).first.map { "Did you mean `\($0)`? " } ?? ""
                note(keyLine, "\(subject) has an unknown key `\(name)`", help: help + "The keys are \(list(known)).")
                continue
            }
            values[name] = value
            keyLines[name] = keyLine
        }
    }
}

// MARK: - Values

extension KeyReader {
    /// Whether the key is there.
    func has(_ key: String) -> Bool { values[key] != nil }

    /// The line of a key, or of the whole mapping if it is missing.
    func line(of key: String) -> Int { keyLines[key] ?? line }

    /// A text that must be there and not be empty.
    mutating func text(_ key: String) -> String? {
        guard let node = required(key) else { return nil }
        return text(of: node, key)
    }

    /// A text that may be left out.
    mutating func optionalText(_ key: String) -> String? {
        values[key].flatMap { text(of: $0, key) }
    }

    /// Prose that must be there.
    mutating func prose(_ key: String) -> [Block]? { text(key).map(Markdown.blocks) }

    /// Prose that may be left out.
    mutating func optionalProse(_ key: String) -> [Block]? { optionalText(key).map(Markdown.blocks) }

    /// Code that must be there.
    mutating func code(_ key: String) -> SourceText? {
        guard let node = required(key), let text = text(of: node, key) else { return nil }
        return code(text, node)
    }

    /// Code that may be left out.
    mutating func optionalCode(_ key: String) -> SourceText? {
        has(key) ? code(key) : nil
    }

    /// A whole number in a range.
    mutating func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil) -> Int? {
        guard let node = fallback == nil ? required(key) : values[key] else { return fallback }
        guard let number = node.int, range.contains(number) else {
            let wanted =
                range.upperBound == .max
                ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
            note(line(of: key), "`\(key)` of \(subject) is \(shown(node))", help: "Write a whole number, \(wanted).")
            return fallback
        }
        return number
    }

    /// A number greater than 0.
    mutating func positive(_ key: String) -> Double? {
        guard let node = required(key) else { return nil }
        guard let number = node.float, number > 0, number.isFinite else {
            note(line(of: key), "`\(key)` of \(subject) is \(shown(node))", help: "Write a number greater than 0.")
            return nil
        }
        return number
    }

    /// Whole numbers; none if the key is left out.
    mutating func integers(_ key: String) -> [Int] {
        guard let node = values[key] else { return [] }
        guard let nodes = node.sequence, case let numbers = nodes.compactMap(\.int), numbers.count == nodes.count else {
            note(
                line(of: key), "`\(key)` of \(subject) is \(shown(node))",
                help: "Write a list of numbers, such as [1, 2].")
            return []
        }
        return numbers
    }

    /// Texts; none if the key is left out and may be.
    mutating func texts(_ key: String, atLeast least: Int) -> [(text: String, code: SourceText)] {
        guard let node = least > 0 ? required(key) : values[key] else { return [] }
        guard let nodes = node.sequence else {
            note(
                line(of: key), "`\(key)` of \(subject) is no list",
                help: "Write one `- …` line for each, or [\"…\", \"…\"].")
            return []
        }
        if nodes.count < least {
            note(
                line(of: key), "`\(key)` of \(subject) has \(nodes.count) of at least \(least)",
                help: "Write one `- …` line for each.")
        }
        return nodes.compactMap { item in text(of: item, key).map { ($0, code($0, item)) } }
    }

    /// Prose texts in a list.
    mutating func proses(_ key: String, atLeast least: Int) -> [[Block]] {
        texts(key, atLeast: least).map { Markdown.blocks($0.text) }
    }

    /// Replies by the number of a choice.
    mutating func replies(_ key: String) -> [Int: [Block]] {
        guard let node = values[key] else { return [:] }
        guard let mapping = node.mapping else {
            note(
                line(of: key), "`\(key)` of \(subject) is no mapping",
                help: "Write `1: \"what to say to who chose 1\"`, one line for each wrong choice.")
            return [:]
        }
        var replies: [Int: [Block]] = [:]
        for (choice, reply) in mapping {
            guard let number = choice.int, let text = text(of: reply, key) else {
                note(
                    place(of: choice),
                    "`\(key)` of \(subject) has \(shown(choice)) where the number of a choice belongs",
                    help: "Count the choices from 1.")
                continue
            }
            replies[number] = Markdown.blocks(text)
        }
        return replies
    }

    /// A list of `when` and `say`.
    mutating func mistakes(_ key: String) -> [Mistake] {
        guard let node = values[key] else { return [] }
        guard let nodes = node.sequence else {
            note(
                line(of: key), "`\(key)` of \(subject) is no list",
                help: "Write `- when: …` and under it `say: …` for each.")
            return []
        }
        return nodes.compactMap { mistake($0) }
    }

    private mutating func mistake(_ node: Node) -> Mistake? {
        let known = ["when", "say"]
        guard let mapping = node.mapping else {
            note(place(of: node), "a mistake of \(subject) is \(shown(node))", help: "Write `when: …` and `say: …`.")
            return nil
        }
        var reader = KeyReader(
            mapping, line: place(of: node), in: self, subject: "a mistake of \(subject)", known: known)
        let (when, say) = (reader.code("when"), reader.prose("say"))
        problems += reader.problems
        guard let when, let say else { return nil }
        return Mistake(when: when, say: say)
    }
}

// MARK: - Faults

extension KeyReader {
    /// Notes a fault at a line of the file.
    mutating func note(_ line: Int, _ message: String, help: String) {
        problems.append(LessonError(file: file, line: line, message, help: help))
    }

    private mutating func note(_ error: YamlError) {
        let end = subject == Self.frontMatter ? " It ends with a line `---`." : ""
        let help =
            "Quote a value that contains `: ` or ` #`, or that starts with a sign that means something in YAML." + end
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            note(linesBefore + mark.line, "\(subject) is not YAML: \(problem)", help: help)
        case .duplicatedKeysInMapping(let duplicates, _):
            let names = duplicates.map { "`\($0)`" }.sorted().joined(separator: ", ")
            note(line, "\(subject) has a key twice: \(names)", help: "Keep one of them.")
        default:
            note(line, "\(subject) is not YAML: \(error)", help: help)
        }
    }

    private mutating func required(_ key: String) -> Node? {
        if let node = values[key] { return node }
        if isReadable { note(line, "\(subject) has no `\(key)`", help: "Add a line `\(key): …`.") }
        return nil
    }

    private mutating func text(of node: Node, _ key: String) -> String? {
        guard let text = node.scalar?.string, !text.allSatisfy(\.isWhitespace) else {
            let what = node.scalar == nil ? "is not a text" : "is empty"
            note(
                place(of: node), "`\(key)` of \(subject) \(what)",
                help: "Write a text; quote it if it starts with [ or {, or contains `: `.")
            return nil
        }
        return text
    }

    private func code(_ text: String, _ node: Node) -> SourceText {
        let isBlock = node.scalar.map { $0.style == .literal || $0.style == .folded } ?? false
        let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
        return SourceText(trimmed, line: place(of: node) + (isBlock ? 1 : 0))
    }

    private func place(of node: Node) -> Int {
        node.mark.map { linesBefore + $0.line } ?? line
    }

    private func shown(_ node: Node) -> String {
        node.scalar.map { $0.string.isEmpty ? "empty" : "\"\($0.string)\"" } ?? "no single value"
    }

    private func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
