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

    /// The entry of a term, whatever its capitals, also in the plural.
    package func entry(for word: String) -> Entry? {
        let wanted = word.trimmed.lowercased()
        func has(_ name: String) -> Bool { entries.contains { $0.names.contains { $0.lowercased() == name } } }
        let name = !has(wanted) && wanted.hasSuffix("s") ? String(wanted.dropLast()) : wanted
        return entries.first { $0.names.contains { $0.lowercased() == name } }
    }

    /// All names under which something is explained.
    package var names: [String] { entries.flatMap(\.names) }

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
            let names = TextWidth.wrapped(
                glossary.entries.map { $0.names[0] }.joined(separator: ", "), width: configuration.width)
            show(.output(.text(names.joined(separator: "\n"))))
            remark("`glossary WORD` explains one of them.")
            return nil
        }
        guard let entry = glossary.entry(for: word) else {
            let help = Spelling.question(for: word, among: glossary.names) ?? "`glossary` lists the terms"
            return CellError(.name, "the glossary does not explain `\(word)`", at: range, help: help)
        }
        show(.lesson(.definition(entry.names, entry.text)))
        return nil
    }
}
