import Foundation
import Language
import Testing

@testable import Notebook

/// Files that the tests read, folders that they write to, and sessions in them.
enum Fixture {
    /// The package's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The folder of test lessons.
    static let lessons = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/lessons")

    /// The lesson that the description of the format ends with.
    static func exampleLesson() throws -> Document {
        let description = try String(contentsOf: root.appending(path: "lessons/README.md"), encoding: .utf8)
        let example = try #require(
            description.split(separator: "````markdown\n").last?.split(separator: "\n````").first)
        return Document(parsing: String(example) + "\n", file: "lessons/README.md")
    }

    /// A question and a task for a lesson of a test's own; the task draws random numbers.
    static let questionAndTask = """
        ```predict
        question: How many?
        choices: [one, two]
        answer: 2
        because: So it is.
        mistakes:
          1: More.
        ```

        ```exercise
        task: Make `c` positive.
        start: |
          c = -rand(); c
        hints: [Add to it.]
        check: c > 0
        wrong: [c = -1]
        solution: |
          c = 2 + rand(); c
        because: Done.
        ```
        """

    /// The session's and the lessons' commands, and a die: `roll()`.
    static let registry: Registry = {
        var registry = Registry()
        Library.addHelp(to: &registry)
        Library.addSession(to: &registry)
        Library.addCells(to: &registry)
        Library.addVariables(to: &registry)
        Library.addLessons(to: &registry, resources: Resources())
        registry.add(
            FunctionEntry(
                "roll", topic: .random, "a random number", parameters: [], returns: "a number", example: "roll()"
            ) { (_, context) throws(CellError) in .number(context.random.uniform()) })
        registry.add(
            CommandEntry("show picture", topic: .plots, "show a figure", parameters: [], example: "show picture") {
                (_, context) throws(CellError) in context.emit(.object(TestFigure()))
            })
        return registry
    }()

    /// A session on the test lessons.
    static func session(
        state: StateFolder? = nil, interrupted: @escaping () -> Bool = { false },
        figureWriter: Session.Configuration.FigureWriter? = nil
    ) -> Session {
        Session(
            configuration: .init(
                registry: registry, resources: Resources(lessons: lessons), stateFolder: state, seed: 1,
                interrupted: interrupted, figureWriter: figureWriter))
    }

    /// A new folder, removed when the body is done.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gan-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

/// An object that passes for a figure.
struct TestFigure: ObjectValue {
    var typeName: String { "figure" }

    func describe(width: Int) -> String { "a figure" }
}

extension Session {
    /// Runs inputs one after the other; the result of the last.
    @discardableResult
    func run(all sources: String...) -> CellResult {
        sources.map { run($0) }.last ?? CellResult(source: "")
    }

    /// The variables that are numbers.
    var numbers: [String: Double] {
        Dictionary(uniqueKeysWithValues: variables.compactMap { name, value in value.number.map { (name, $0) } })
    }

    /// A variable's number.
    func number(_ name: String) -> Double? { variables[name]?.number }
}

extension CellResult {
    /// What the lesson said.
    var lessonEvents: [LessonEvent] {
        events.compactMap { if case .lesson(let event) = $0 { event } else { nil } }
    }

    /// What a lesson said, without its texts: "verdict right", "question"...
    var story: [String] {
        events.map { event in
            switch event {
            case .cell(_, let source): "cell \(source.split(separator: "\n").first ?? "")"
            case .output(.value(let value)): "value \(value.number?.shortest ?? value.typeName)"
            case .output(.note): "note"
            case .output(.warning): "warning"
            case .output(.text): "text"
            case .output: "output"
            case .failure(let error, _): "failure \(error.kind.rawValue)"
            case .lesson(let event): event.word
            }
        }
    }

    /// The words of the last verdict, hint, remark or note.
    var said: String {
        for event in events.reversed() {
            switch event {
            case .lesson(.verdict(let verdict)): return verdict.text.plainText
            case .lesson(.hint(let text, _, _)): return text.plainText
            case .lesson(.remark(let text)), .output(.note(let text)), .output(.warning(let text)): return text
            case .lesson(.answer(let answer, _)): return answer
            case .output(.measured(let text)) where text.isRemark: return text.text
            default: continue
            }
        }
        return ""
    }
}

extension LessonEvent {
    var word: String {
        switch self {
        case .opened: "opened"
        case .position(let step, let steps): "\(step)/\(steps)"
        case .prose: "prose"
        case .offer: "offer"
        case .pause: "pause"
        case .question: "question"
        case .task: "task"
        case .verdict(let verdict): verdict.isRight ? "right" : "wrong"
        case .hint: "hint"
        case .solution: "solution"
        case .answer: "answer"
        case .remark: "remark"
        case .finished: "finished"
        case .left: "left"
        case .catalogue: "catalogue"
        case .progress: "progress"
        case .definition: "definition"
        }
    }
}
