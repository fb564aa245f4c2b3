import Files
import Foundation
import Language
import Words

/// The terms of the field, each explained in a few sentences: the file `glossary.md` beside the lessons.
///
/// It is Markdown: a heading of the second level holds a term and its other names, separated by commas, and what
/// follows explains it.
package struct Glossary: Hashable, Sendable {
    /// A term and what it means.
    package struct Entry: Hashable, Sendable {
        /// The term first, then its other names.
        package var names: [String]
        /// What it means.
        package var text: [Block]
        /// The line of its heading, from 1.
        package var line: Int
    }

    /// The terms in the order of the alphabet.
    package private(set) var entries: [Entry] = []
    /// What is wrong with the file.
    package private(set) var problems: [LessonError] = []

    /// The glossary beside the lessons, with what that of the playground has besides; empty when there is none.
    package static func read(_ resources: Resources) -> Glossary {
        var all = Glossary()
        for file in resources.glossaries { all.add(read(file)) }
        return all
    }

    private static func read(_ file: URL) -> Glossary {
        do throws(FileProblem) {
            return Glossary(parsing: try WholeFile.text(of: file), file: file.path)
        } catch {
            var empty = Glossary()
            empty.problems = [
                LessonError(file: file.path, line: 1, "the glossary cannot be read: \(error.reason)", help: "")
            ]
            return empty
        }
    }

    /// Adds the terms of another glossary that this one does not explain.
    private mutating func add(_ other: Glossary) {
        let known = Set(names.map { $0.lowercased() })
        entries += other.entries.filter { known.isDisjoint(with: $0.names.map { $0.lowercased() }) }
        entries.sort { $0.names[0].lowercased() < $1.names[0].lowercased() }
        problems += other.problems
    }

    private init() {}

    /// The glossary that a text holds.
    package init(parsing text: String, file: String) {
        for located in Markdown.read(text) {
            guard case .prose(let block) = located.node else { continue }
            if case .heading(2, let title) = block {
                let names = title.plainText.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
                entries.append(Entry(names: names, text: [], line: located.firstLine))
            } else if !entries.isEmpty {
                entries[entries.count - 1].text.append(block)
            }
        }
        findProblems(file)
        entries.removeAll { $0.names.isEmpty }
        entries.sort { $0.names[0].lowercased() < $1.names[0].lowercased() }
    }

    /// The entry that a person means: by one of its names, whatever the capitals, hyphens and plurals; or by words that
    /// are all in its names, as in "KL divergence", where no other entry has them and as few besides.
    package func entry(for word: String) -> Entry? {
        let wanted = Self.words(word)
        guard !wanted.isEmpty else { return nil }
        if let named = entries.first(where: { $0.names.contains { Self.words($0) == wanted } }) { return named }
        guard wanted.count > 1 else { return nil }
        let fitting = entries.map { ($0, Set($0.names.flatMap(Self.words))) }.filter {
            wanted.allSatisfy($0.1.contains)
        }
        let fewest = fitting.map(\.1.count).min()
        let closest = fitting.filter { $0.1.count == fewest }
        return closest.count == 1 ? closest[0].0 : nil
    }

    /// What may have been meant by a word that is explained nowhere.
    func question(for word: String) -> String? {
        let wanted = Self.words(word)
        let near = entries.filter { entry in
            entry.names.contains { name in
                let words = Self.words(name)
                return wanted.allSatisfy(words.contains) || words.allSatisfy(wanted.contains)
            }
        }
        if let slip = Spelling.question(for: word, among: names) { return slip }
        guard !wanted.isEmpty, !near.isEmpty else { return nil }
        let terms = near.prefix(4).map { "`\($0.names[0])`" }.joined(separator: ", ", last: " and ")
        return "there \(near.count == 1 ? "is" : "are") \(terms)"
    }

    /// The words of a name, in the singular, in small letters and in the spelling of the glossary.
    private static func words(_ name: String) -> [String] {
        let words = name.lowercased().replacing("\u{2019}", with: "'").split {
            $0 == "-" || $0.isWhitespace || $0 == "/"
        }
        let bare = words.map(String.init).filter { !["a", "an", "the", "of"].contains($0) }
        return (bare.isEmpty ? words.map(String.init) : bare).map(singular)
    }

    private static func singular(_ word: String) -> String {
        let word = word.replacing("izer", with: "iser").replacing("ization", with: "isation")
        let endings = [
            ("'s", ""), ("ices", "ix"), ("ia", "ium"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x"),
            ("ases", "as"),
            ("ss", "ss"), ("us", "us"), ("as", "as"), ("is", "is"), ("s", ""),
        ]
        guard word.count > 3, let (ending, end) = endings.first(where: { word.hasSuffix($0.0) }) else { return word }
        return word.dropLast(ending.count) + end
    }

    /// All names under which something is explained.
    package var names: [String] { entries.flatMap(\.names) }

    /// All terms, set in lines; no term is broken.
    func list(width: Int) -> String {
        let terms = entries.map { $0.names[0].replacing(" ", with: "\u{A0}") }.joined(separator: ", ")
        return TextWidth.wrapped(terms, width: width).joined(separator: "\n").replacing("\u{A0}", with: " ")
    }

    private mutating func findProblems(_ file: String) {
        var lines: [String: Int] = [:]
        for entry in entries {
            if entry.names.isEmpty || entry.text.isEmpty {
                let help = "Write `## term, other name`, and explain it below."
                problems.append(LessonError(file: file, line: entry.line, "a term without a text", help: help))
            }
            for name in entry.names.map({ $0.lowercased() }) {
                if let first = lines[name] {
                    problems.append(
                        LessonError(
                            file: file, line: entry.line, "`\(name)` is explained in line \(first) already",
                            help: "Explain it once."))
                }
                lines[name] = entry.line
            }
        }
    }
}

extension Session {
    /// Shows all terms, or what one of them means.
    func showGlossary(_ word: String?, at range: SourceRange?) -> CellError? {
        let glossary = Glossary.read(configuration.resources)
        guard !glossary.entries.isEmpty else {
            return CellError(.file, "there is no glossary beside the lessons", help: "`doctor` tells where they are")
        }
        guard let word else {
            show(.output(.text(glossary.list(width: configuration.width))))
            remark("`glossary WORD` explains one of them.")
            return nil
        }
        guard let entry = glossary.entry(for: word) else {
            let help = glossary.question(for: word) ?? "`glossary` lists the terms"
            return CellError(.name, "the glossary does not explain `\(word)`", at: range, help: help)
        }
        show(.lesson(.definition(entry.names, entry.text)))
        return nil
    }
}
