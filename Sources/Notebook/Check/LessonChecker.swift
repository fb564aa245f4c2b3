import Files
import Foundation
import Language

/// Plays documents without a person and finds everything that is wrong with them.
public struct LessonChecker {
    /// What the sessions are given; seeds come from the documents.
    public var configuration: Session.Configuration

    /// A checker whose sessions are made like this.
    public init(configuration: Session.Configuration) {
        self.configuration = configuration
        self.configuration.stateFolder = nil
        self.configuration.width = Session.documentWidth
    }

    /// Checks a file: a lesson, a notebook or a page with cells in it, or a plain file of cells.
    public func check(_ file: URL) -> LessonReport {
        do throws(FileProblem) {
            return check(try CellFile.document(at: file, registry: configuration.registry))
        } catch {
            let isThere = FileManager.default.fileExists(atPath: file.path)
            let help = isThere ? "A lesson is a text file, saved as UTF-8." : "Is the name right?"
            let problem = LessonError(
                file: file.relativePath, line: 1, "the file cannot be read: \(error.reason)", help: help)
            return LessonReport(file: file.relativePath, problems: [problem])
        }
    }

    /// Checks a document that was read already.
    public func check(_ document: Document) -> LessonReport {
        var configuration = configuration
        configuration.seed = document.seed
        var run = CheckRun(document, session: Session(configuration: configuration))
        run.checkName()
        run.checkProse(Glossary.read(configuration.resources))
        for element in document.elements {
            run.check(element)
            if run.session.recorder.sawInterrupt || configuration.interrupted() {
                run.note(element.line, "the check was stopped here", help: "")
                break
            }
        }
        run.report.problems.sort { $0.line < $1.line }
        return run.report
    }
}

/// One document being checked.
struct CheckRun {
    let document: Document
    let session: Session
    var report: LessonReport
    /// What failed cells would have made.
    private var missing: Set<String> = []
    /// How many cells of the document have run.
    private var cellCount = 0

    init(_ document: Document, session: Session) {
        self.document = document
        self.session = session
        report = LessonReport(file: document.file, problems: document.problems)
        missing = document.namesInMisspeltBlocks
    }

    /// The number in a lesson's file name is the lesson's.
    mutating func checkName() {
        guard let lesson = document.lesson, lesson.number > 0 else { return }
        let digits = URL(filePath: document.file).lastPathComponent.prefix { $0.isNumber }
        guard let number = Int(digits), number != lesson.number else { return }
        note(1, "the file's name begins with \(digits), the lesson is \(lesson.number)", help: "Make them the same.")
    }

    /// What is there to read: links, names, terms, and whether it can be read in the time that is promised.
    mutating func checkProse(_ glossary: Glossary) {
        checkLinks()
        checkNames()
        checkCode()
        checkTerms(glossary)
        checkMinutes()
    }

    mutating func check(_ element: Document.Element) {
        switch element.content {
        case .prose, .pause: break
        case .cell(let cell): check(cell)
        case .prediction(let prediction): check(prediction, at: element.line)
        case .exercise(let exercise): check(exercise)
        }
    }

    mutating func note(_ line: Int, _ message: String, help: String) {
        report.problems.append(LessonError(file: document.file, line: line, message, help: help))
    }

    private mutating func check(_ cell: DocumentCell) {
        if document.lesson != nil, cell.code.text.contains(/\bout\[/) {
            note(
                cell.code.line, "a cell of a lesson uses `out[…]`",
                help: "Give the value a name: cell numbers depend on the learner.")
        }
        let (outputs, error) = session.run(cell) { _ in run(cell.code) }
        cellCount += 1
        let figures = outputs.figures
        if !figures.isEmpty { report.figures[cell.code.line] = (cell.number ?? cellCount, figures) }
        guard let expected = cell.expectation else {
            if let error { return note(error, in: cell.code) }
            // A lesson shows what it wants to show; a saved session shows everything.
            if case .notebook = document.header {
                report.unlisted[cell.code.line] = session.measuredTranscript(of: outputs)
            }
            return
        }
        report.outputs += 1
        switch expected.kind {
        case .output: compare(expected, outputs, error, in: cell.code)
        case .error: compare(expected, error, in: cell.code)
        }
    }

    private mutating func compare(
        _ expected: DocumentCell.Expectation, _ outputs: [Output], _ error: CellError?, in code: SourceText
    ) {
        if let error { return note(error, in: code) }
        let printed = session.measuredTranscript(of: outputs)
        report.printed[expected.lines.lowerBound] = printed
        guard let difference = OutputComparison.difference(expected: expected.measuredText, printed: printed) else {
            return
        }
        let help =
            "- is what the document says, + is what is printed; `gan check --update-outputs` rewrites the block.\n"
        note(expected.lines.lowerBound, "the cell prints something else", help: help + difference)
    }

    private mutating func compare(_ expected: DocumentCell.Expectation, _ error: CellError?, in code: SourceText) {
        guard let error else {
            note(
                expected.lines.lowerBound, "the cell was to fail, and did not",
                help: "Remove the `error` block, or make the cell fail.")
            return
        }
        let wanted = expected.text.trimmed
        if isConsequence(error, in: code) { return }
        if error.message.contains(wanted) { return }
        report.printed[expected.lines.lowerBound] = MeasuredText(error.message)
        note(expected.lines.lowerBound, "the cell fails with another message", help: "-\(wanted)\n+\(error.message)")
    }

    /// Runs a cell in the session.
    mutating func run(_ code: SourceText) -> (outputs: [Output], error: CellError?) {
        report.cells += 1
        session.recorder.begin()
        let error = FileGuard.$current.withValue(FileGuard(notebook: document.origin)) {
            session.runCell(code.text).error
        }
        return (session.recorder.events.compactMap(\.output), error)
    }

    /// A cell that should not have failed did. What it would have made is missed later; that is not said again.
    mutating func note(_ error: CellError, in code: SourceText, what: String = "the cell") {
        let isConsequence = isConsequence(error, in: code)
        missing.formUnion(session.namesMade(by: code.text))
        guard !isConsequence else { return }
        let line = code.line + error.line(in: code.text) - 1
        note(line, "\(what) fails: \(error.message)", help: error.help ?? "Run it at the prompt to see more.")
    }
}

extension CheckRun {
    /// Whether a cell fails only because one before it did.
    private func isConsequence(_ error: CellError, in code: SourceText) -> Bool {
        error.kind == .name && missing.contains(code.text.part(error.range))
    }
}

extension Document {
    /// The names in blocks that were meant to be cells, by a slip in their first line.
    fileprivate var namesInMisspeltBlocks: Set<String> {
        let blocks = elements.flatMap { if case .prose(let blocks) = $0.content { blocks } else { [Block]() } }
        return blocks.reduce(into: []) { names, block in
            if case .code(let language, let text) = block, DocumentParser.fence(meantBy: language) != nil {
                names.formUnion(text.identifiers)
            }
        }
    }
}

extension String {
    /// Everything in a text that could be a name.
    var identifiers: Set<String> { Set(matches(of: /[A-Za-z_][A-Za-z0-9_]*/).map { String($0.0) }) }

    /// The text of a range of UTF-8 offsets.
    fileprivate func part(_ range: SourceRange?) -> String {
        guard let range, range.start <= range.end else { return "" }
        return String(decoding: utf8.dropFirst(range.start).prefix(range.end - range.start), as: UTF8.self)
    }
}

extension Session {
    /// The variables and functions that a cell gives values to; all its names if it cannot be understood.
    fileprivate func namesMade(by source: String) -> [String] {
        guard let statements = try? Evaluator.parse(source, in: context) else { return Array(source.identifiers) }
        return statements.flatMap { (statement) -> [String] in
            switch statement.kind {
            case .assignment(let names, _): names
            case .definition(let definition): [definition.name]
            default: []
            }
        }
    }
}
