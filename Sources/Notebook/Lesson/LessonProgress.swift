import Files
import Foundation

/// How far one is in each lesson, kept in the state folder as `progress.json`.
public struct LessonProgress: Hashable, Sendable, Codable {
    /// How far one is in one lesson.
    public struct Entry: Hashable, Sendable, Codable {
        /// The step that one stands at, from 1; beyond `steps` at the end.
        public var step: Int
        /// How many steps the lesson has.
        public var steps: Int
        /// Whether its end was ever reached.
        public var isDone: Bool
        /// The steps of the questions that were answered wrong or skipped, and not answered right at once since.
        public var missed: [Int]?

        enum CodingKeys: String, CodingKey {
            case step, steps, missed
            case isDone = "done"
        }
    }

    /// The lessons that were ever begun, by number.
    public var lessons: [Int: Entry] = [:]

    /// Nothing begun yet.
    public init() {}

    /// How far one is in a lesson, or nil if it was never begun.
    public subscript(lesson: Int) -> Entry? {
        get { lessons[lesson] }
        set { lessons[lesson] = newValue }
    }
}

/// Reads and writes the progress; every failure is a note, never more.
struct ProgressFile {
    let folder: StateFolder?
    /// The file: that of the playground's lessons, or one for each folder of somebody's own.
    private let name: String

    init(folder: StateFolder?, resources: Resources = Resources()) {
        self.folder = folder
        name = Self.name("progress", in: resources) + ".json"
    }

    /// The name of a file about the playground's lessons, or about those of a folder of somebody's own.
    static func name(_ name: String, in resources: Resources) -> String {
        let own = resources.shippedLessons == nil ? nil : resources.lessons
        return own.map { "\(name)-\(mark($0))" } ?? name
    }

    private var file: URL? { folder?.file(name) }

    /// A folder's name and a number made of its whole path (FNV-1a, 32 bits), so that two of one name do not meet.
    private static func mark(_ folder: URL) -> String {
        let path = folder.standardizedFileURL.path
        let number = path.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let name = folder.standardizedFileURL.lastPathComponent.filter { $0.isLetter || $0.isNumber }
        return "\(name.isEmpty ? "lessons" : name)-\(String(number, radix: 16))"
    }

    /// What is remembered, and a note if it could not be read. A file that makes no sense is kept aside.
    func read() -> (progress: LessonProgress, note: String?) {
        guard let folder, let file, FileManager.default.fileExists(atPath: file.path) else {
            return (LessonProgress(), nil)
        }
        let text: String
        do throws(FileProblem) {
            text = try WholeFile.text(of: file)
        } catch {
            return (LessonProgress(), "Your progress in the lessons could not be read. \(error)")
        }
        if let progress = try? JSONDecoder().decode(LessonProgress.self, from: Data(text.utf8)), progress.isSensible {
            return (progress, nil)
        }
        return (LessonProgress(), putAside(in: folder))
    }

    /// Writes the progress; returns a note if that failed.
    func write(_ progress: LessonProgress) -> String? {
        guard let folder, let file else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(progress) else { return nil }
        do throws(FileProblem) {
            try folder.write(String(decoding: data, as: UTF8.self) + "\n", to: file)
            return nil
        } catch {
            return "Your progress could not be remembered. \(error)"
        }
    }

    private func putAside(in folder: StateFolder) -> String {
        let aside = folder.file("progress-unreadable.json")
        let moved = rename(file?.path ?? "", aside.path) == 0
        let kept = moved ? " The old file is kept as \(aside.path)." : ""
        return "\(name) could not be understood, so the lessons start afresh.\(kept)"
    }
}

extension LessonProgress {
    /// Whether every number in it can be true.
    fileprivate var isSensible: Bool {
        lessons.allSatisfy { $0.key > 0 && $0.value.step >= 1 && $0.value.steps >= 0 && $0.value.steps < 100_000 }
    }
}
