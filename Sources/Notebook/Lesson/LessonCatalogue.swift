import Files
import Foundation

/// The lessons that there are.
public struct LessonCatalogue: Sendable {
    /// The lessons that can be played, by number.
    public private(set) var lessons: [Document] = []
    /// What is wrong with files that cannot be played.
    public private(set) var problems: [LessonError] = []

    /// Reads every lesson of the folder.
    public init(resources: Resources) {
        for file in resources.lessonFiles { add(file) }
        lessons.sort { ($0.lesson?.number ?? 0) < ($1.lesson?.number ?? 0) }
    }

    /// The lesson of this number.
    public func lesson(_ number: Int) -> Document? {
        lessons.first { $0.lesson?.number == number }
    }

    /// The lesson that a person means: by number, by file name, by how its title or short name begins, or by
    /// words that stand in the title of no other.
    public func lesson(named name: String) -> Document? {
        if let number = Int(name) { return lesson(number) }
        let wanted = Self.simple(name)
        guard !wanted.isEmpty else { return nil }
        let exact = lessons.first { names(of: $0).contains(wanted) }
        if let lesson = exact ?? lessons.first(where: { names(of: $0).contains { $0.hasPrefix(wanted) } }) {
            return lesson
        }
        let within = lessons.filter { names(of: $0).contains { (" " + $0).contains(" " + wanted) } }
        return within.count == 1 ? within[0] : nil
    }

    /// The lesson after this one.
    public func lesson(after number: Int) -> Document? {
        lessons.first { ($0.lesson?.number ?? 0) > number }
    }

    /// What can be written after `lesson`: numbers and short names.
    public var names: [String] {
        lessons.compactMap { $0.lesson.map { String($0.number) } } + lessons.map { shortName(of: $0) }
    }

    private mutating func add(_ file: URL) {
        let document: Document
        do throws(FileProblem) {
            document = Document(parsing: try WholeFile.text(of: file), file: file.path)
        } catch {
            problems.append(
                LessonError(file: file.path, line: 1, "the lesson cannot be read: \(error.reason)", help: ""))
            return
        }
        problems += document.problems
        if let header = document.lesson {
            if let other = lesson(header.number) {
                let help = "Give one of them another number."
                problems.append(
                    LessonError(file: file.path, line: 1, "\(other.file) is lesson \(header.number) too", help: help))
            } else if document.problems.isEmpty {
                lessons.append(document)
            }
        } else if document.problems.isEmpty {
            let help = "Begin it with `---`, `lesson: 1`, …; lessons/README.md has an example."
            problems.append(LessonError(file: file.path, line: 1, "the file has no lesson's front matter", help: help))
        }
    }

    private func names(of lesson: Document) -> [String] {
        [
            Self.simple(shortName(of: lesson)), Self.simple(lesson.lesson?.title ?? ""),
            Self.simple(baseName(of: lesson)),
        ]
    }

    private func baseName(of lesson: Document) -> String {
        URL(filePath: lesson.file).deletingPathExtension().lastPathComponent
    }

    /// `03-mixtures.md` is `mixtures`.
    private func shortName(of lesson: Document) -> String {
        String(baseName(of: lesson).drop { $0.isNumber || $0 == "-" || $0 == "_" })
    }

    private static func simple(_ name: String) -> String {
        name.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : " " }.joined()
            .split(separator: " ").joined(separator: " ")
    }
}
