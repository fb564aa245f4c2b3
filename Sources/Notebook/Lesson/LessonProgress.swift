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

    /// What is remembered, and a note if it could not be read. A file that makes no sense is kept aside.
    func read() -> (progress: LessonProgress, note: String?) {
        guard let folder, FileManager.default.fileExists(atPath: folder.progress.path) else {
            return (LessonProgress(), nil)
        }
        let text: String
        do throws(FileProblem) {
            text = try WholeFile.text(of: folder.progress)
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
        guard let folder else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(progress) else { return nil }
        do throws(FileProblem) {
            try folder.write(String(decoding: data, as: UTF8.self) + "\n", to: folder.progress)
            return nil
        } catch {
            return "Your progress could not be remembered. \(error)"
        }
    }

    private func putAside(in folder: StateFolder) -> String {
        let aside = folder.file("progress-unreadable.json")
        let moved = rename(folder.progress.path, aside.path) == 0
        let kept = moved ? " The old file is kept as \(aside.path)." : ""
        return "progress.json could not be understood, so the lessons start afresh.\(kept)"
    }
}

extension LessonProgress {
    /// Whether every number in it can be true.
    fileprivate var isSensible: Bool {
        lessons.allSatisfy { $0.key > 0 && $0.value.step >= 1 && $0.value.steps >= 0 && $0.value.steps < 100_000 }
    }
}
