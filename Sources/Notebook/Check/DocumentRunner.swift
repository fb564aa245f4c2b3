import Files
import Foundation
import Language

/// Runs a file from its first cell to its last, without a person.
public struct DocumentRunner {
    /// What the session is given.
    public var configuration: Session.Configuration
    /// Where random numbers start; nil for what the document says.
    public var seed: UInt64?
    /// The folder for the pictures; nil to draw none.
    public var figures: URL?

    /// Whether cells may write over any file that the person may; otherwise over those alone that they have written.
    public var mayOverwrite = false

    /// A runner whose session is made like this.
    public init(configuration: Session.Configuration, seed: UInt64? = nil, figures: URL? = nil) {
        self.configuration = configuration
        self.seed = seed
        self.figures = figures
    }

    /// What became of a run.
    public struct Report {
        /// How many cells ran.
        public var cells = 0
        /// What the document's own cells showed, in order.
        var shown: [ShownCell] = []
        /// What reading the file left out.
        public var notes: [String] = []
        /// The pictures that were written.
        public var figures: [URL] = []
        /// Why it stopped early, or nil: the place in the file, what was wrong and what to do.
        public var failure: LessonError?
        /// The cell's own error, with its text, for the caret.
        public var error: (CellError, source: String)?
        /// Whether a person stopped it.
        public var wasInterrupted = false
    }

    /// What a cell of a document showed.
    struct ShownCell {
        let cell: DocumentCell
        /// What it printed, or failed with on purpose.
        let printed: MeasuredText
        let figures: [any ObjectValue]
    }

    /// Runs a Markdown document or a plain file of cells; stops at the first cell that fails.
    ///
    /// What the cells print goes to the configuration's `events` as it happens. A cell with an `error` block may fail.
    public func run(_ file: URL) -> Report {
        var report = Report()
        let document: Document
        do throws(FileProblem) {
            document = try CellFile.document(at: file, registry: configuration.registry)
        } catch {
            report.failure = LessonError(
                file: file.relativePath, line: 1, "the file cannot be read: \(error.reason)", help: "Is the name right?"
            )
            return report
        }
        if let problem = document.problems.first {
            report.failure = problem
            return report
        }
        return run(document)
    }

    /// Runs a document that was read already.
    func run(_ document: Document) -> Report {
        var report = Report()
        report.notes = document.notes
        run(document, &report)
        return report
    }

    private func run(_ document: Document, _ report: inout Report) {
        var configuration = configuration
        configuration.seed = seed ?? document.seed
        let session = Session(configuration: configuration)
        for element in document.elements {
            let goesOn: Bool
            switch element.content {
            case .prose, .pause, .prediction: goesOn = true
            case .cell(let cell):
                let before = session.record.count
                goesOn = session.run(cell) { _ in
                    run(cell.code, cell.expectation?.kind == .error, session, document, &report)
                }
                report.shown.append(ShownCell(cell, session, session.record[before...]))
            case .exercise(let exercise):
                let started = exercise.start.map { run($0, false, session, document, &report) } ?? true
                let random = session.context.random
                goesOn = started && run(exercise.solution, false, session, document, &report)
                session.context.random = random
            }
            guard goesOn else { return }
        }
    }

    /// Runs a cell; whether the document goes on.
    private func run(
        _ code: SourceText, _ mayFail: Bool, _ session: Session, _ document: Document, _ report: inout Report
    ) -> Bool {
        let fence = mayOverwrite ? nil : FileGuard(notebook: document.origin)
        let result = FileGuard.$current.withValue(fence) { session.run(code.text) }
        report.cells += 1
        report.wasInterrupted = result.wasInterrupted
        write(result, session, &report)
        if let error = result.error, !mayFail {
            let line = code.line + error.line(in: code.text) - 1
            report.failure = LessonError(file: document.file, line: line, error.message, help: error.help ?? "")
            report.error = (error, code.text)
            return false
        }
        return !result.wasInterrupted && !result.wantsExit
    }

    private func write(_ result: CellResult, _ session: Session, _ report: inout Report) {
        guard let figures, let write = configuration.figureWriter else { return }
        for case .object(let object) in result.outputs where object.typeName == "figure" {
            let file = figures.appending(path: "figure-\(report.figures.count + 1).png")
            do throws(CellError) {
                try? FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
                try write(object, file)
                report.figures.append(file)
            } catch {
                configuration.events(.output(.warning("\(file.relativePath) was not written: \(error.message)")))
            }
        }
    }
}

extension DocumentRunner.ShownCell {
    /// A cell and what has been recorded of its run.
    fileprivate init(_ cell: DocumentCell, _ session: Session, _ record: ArraySlice<RecordedCell>) {
        self.cell = cell
        let failure = record.last?.error.map { MeasuredText($0.message) }
        printed = failure ?? session.measuredTranscript(of: record.flatMap(\.outputs))
        figures = record.flatMap(\.figures)
    }
}
