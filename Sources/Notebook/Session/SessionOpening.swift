import Files
import Foundation
import Language
import Words

/// The file that a notebook was opened from.
struct OpenedFile {
    /// The file, if it is one of ours: what was read from another format is saved as a file of its own.
    let file: URL?
    /// What it was read from.
    let origin: URL
    /// Its text before the first cell or paragraph, byte for byte.
    let head: [UInt8]
    /// Whether its lines end as on Windows.
    let hasCarriageReturns: Bool
}

extension Session {
    /// Opens a notebook: shows it and takes its cells over, and runs nothing.
    func open(notebook path: String, at range: SourceRange?) -> CellError? {
        let file = URL(filePath: FilePath.expanded(path))
        do throws(CellError) {
            let document = try notebookDocument(file)
            if let error = putAsideForOpening() { throw error }
            take(document, file)
            show(record)
            for note in document.notes { show(note: note) }
        } catch {
            return error.placed(at: range)
        }
        let count = record.count { !$0.isNote }
        remark("\(Wording.count(count, "cell")), none of which has run here; `replay` runs them from the top.")
        return nil
    }

    private func notebookDocument(_ file: URL) throws(CellError) -> Document {
        let text: String
        do throws(FileProblem) {
            text = try textOfCells(file)
        } catch {
            throw CellError(.file, "\(file.relativePath) cannot be read: \(error.reason)")
        }
        let document: Document
        do throws(FileProblem) {
            document =
                try ImportedNotebook.Format(of: file).map { format throws(FileProblem) in
                    try ImportedNotebook.read(text, as: format, file: file, registry: registry) { _, _ in nil }
                        .document(file: file.relativePath)
                } ?? Document(parsing: text, file: file.relativePath)
        } catch {
            throw CellError(.file, "\(file.relativePath) cannot be opened: \(error.reason)")
        }
        if let problem = document.problems.first {
            for other in document.problems.dropFirst().prefix(9) { show(.output(.warning(other.description))) }
            throw CellError(.file, problem.description)
        }
        let isLesson = document.elements.contains { element in
            switch element.content {
            case .prediction, .exercise: true
            default: false
            }
        }
        if isLesson {
            throw CellError(
                .file, "\(file.relativePath) asks questions: it is a lesson",
                help: "`lessons` lists those that there are")
        }
        return document
    }

    /// What is here is saved before another notebook takes its place.
    private func putAsideForOpening() -> CellError? {
        if lesson != nil { return CellError(.value, "a lesson is open", help: "`quit lesson` first") }
        guard record.contains(where: { $0.stands && $0.trace != nil }), !isRestoring else { return nil }
        let saved = saveOnExit()
        if let file = saved.file {
            show(note: "What was here is saved as \(file.path).")
            return nil
        }
        return CellError(
            .value, "cells have run here, and another notebook would take their place",
            help: saved.note ?? "open it in a session that is new")
    }

    private func take(_ document: Document, _ file: URL) {
        (record, drafts, sessionFile, highestNumber, nextStart) = ([], [:], nil, 0, nil)
        undoHistory.clear()
        endOfNotebook = nil
        configuration.seed = document.seed
        context.state = State(seed: document.seed)
        marks = [0: Mark(state: context.state, origin: StateOrigin(after: 0))]
        let slices = DocumentSlices(document)
        let isImported = ImportedNotebook.Format(of: file) != nil
        opened = OpenedFile(
            file: isImported ? nil : file, origin: file, head: slices.head,
            hasCarriageReturns: document.source.utf8.contains(13))
        for (element, slice) in zip(document.elements, slices.parts) {
            var cell: RecordedCell
            if case .cell(let content) = element.content {
                cell = RecordedCell(content, number: content.number ?? nextCellNumber)
            } else {
                let text = String(decoding: slice, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                cell = RecordedCell(number: 0, source: text, outputs: [], error: nil)
                cell.isNote = true
            }
            cell.verbatim = slice
            highestNumber = max(highestNumber, cell.number)
            record.append(cell)
        }
    }

    /// Shows cells and notes as a reader sees them.
    private func show(_ cells: [RecordedCell]) {
        for cell in cells {
            if cell.isNote {
                let blocks = Markdown.read(cell.source).compactMap { block in
                    if case .prose(let prose) = block.node { prose } else { nil }
                }
                if !blocks.isEmpty { show(.lesson(.prose(blocks))) }
            } else {
                show(.cell(number: cell.number, source: cell.source))
                for output in cell.outputs { show(.output(output)) }
            }
        }
    }

    // MARK: Replaying

    /// Runs all cells of the notebook from the top, with no variables to begin with, and shows what comes out otherwise
    /// than it stands there.
    func replay(at range: SourceRange?) -> CellError? {
        if lesson != nil { return CellError(.value, "a lesson is open", at: range, help: "`quit lesson` first") }
        let text = NotebookWriter(session: self).text()
        let cells = Document(parsing: text, file: "").elements.compactMap { element in
            if case .cell(let cell) = element.content { cell } else { nil }
        }
        let places = record.indices.filter { record[$0].stands && !record[$0].isNote }
        guard !cells.isEmpty, cells.count == places.count else {
            remark("There is nothing to replay: no cell stands in the notebook.")
            return nil
        }
        let clock = ContinuousClock()
        let begun = clock.now
        var outcome = ReplayOutcome()
        changingNotebook("replay") {
            context.state = State(seed: configuration.seed).continuing(context.state)
            (marks, nextStart) = ([0: Mark(state: context.state, origin: StateOrigin(after: 0))], nil)
            var providers = Providers(random: context.random)
            for (cell, place) in zip(cells, places) {
                guard replay(cell, at: place, &providers, &outcome), !recorder.sawInterrupt else { break }
                outcome.count += 1
                let fraction = Double(outcome.count) / Double(cells.count)
                show(.output(.progress(fraction: fraction, "cell \(record[place].number)")))
            }
        }
        tell(outcome, of: cells.count, seconds: (clock.now - begun).inSeconds)
        return nil
    }

    /// What a replay has come to.
    private struct ReplayOutcome {
        /// How many cells have run.
        var count = 0
        /// Cells that printed something else, and how it differs.
        var differences: [(number: Int, text: String)] = []
    }

    /// Runs a cell; whether the replay goes on.
    private func replay(
        _ cell: DocumentCell, at place: Int, _ providers: inout Providers, _ outcome: inout ReplayOutcome
    ) -> Bool {
        let old = record[place]
        recorder.isMuted = true
        var new = run(cell) { source in runAgain(old, source) }
        recorder.isMuted = isRestoring
        let mayFail = cell.expectation?.kind == .error
        if let error = new.error, !mayFail {
            show(.cell(number: old.number, source: old.source))
            show(.failure(error, source: old.source))
            failedCell = new
            return false
        }
        for request in recorder.takeRequests() where !request.writesFile { _ = perform(request, source: old.source) }
        let expected = cell.expectation?.measuredText ?? MeasuredText("")
        let printed = new.error.map { MeasuredText($0.message) } ?? measuredTranscript(of: new.outputs)
        var difference = OutputComparison.difference(expected: expected, printed: printed)
        if mayFail, printed.text.contains(expected.text) { difference = nil }
        if let difference { outcome.differences.append((old.number, difference)) }
        (new.start, new.isImplied, new.error) = (old.start, old.isImplied, nil)
        if difference == nil { new.verbatim = old.verbatim }
        if let trace = new.trace { new.trace = providers.placed(trace, among: context.state.writers) }
        if cell.start != nil { new.trace?.isInOrder = true }
        record[place] = new
        noteWriters(of: new)
        providers.take(new)
        return true
    }

    /// Runs a cell that has run or stood in a file: one that nobody has typed here may not write what a person may.
    func runAgain(_ old: RecordedCell, _ source: String) -> RecordedCell {
        let fence = old.verbatim == nil || old.source != source ? nil : opened.map { FileGuard(notebook: $0.origin) }
        return FileGuard.$current.withValue(fence) { runAlone(source, number: old.number) }
    }

    private func tell(_ outcome: ReplayOutcome, of all: Int, seconds: Double) {
        for difference in outcome.differences.prefix(20) {
            show(.output(.text("Cell \(difference.number): - as it stood, + as it came out now\n\(difference.text)")))
        }
        let time = Library.words(forSeconds: seconds)
        let ran = Wording.count(outcome.count, "cell")
        let number = outcome.differences.count
        let result = number == 0 ? "and all printed what stood there" : "and \(number) printed something else"
        let end = outcome.count < all ? " The rest has not run." : ""
        let words = MeasuredText("\(ran) ran from the top in ", measured: time, ", \(result).\(end)", isRemark: true)
        show(.output(.measured(words)))
    }
}

extension RecordedCell {
    /// A cell of a document that has not run.
    fileprivate init(_ cell: DocumentCell, number: Int) {
        let outputs = cell.expectation.map { expected in
            [expected.varying.isEmpty ? Output.text(expected.text) : .measured(expected.measuredText)]
        }
        self.init(number: number, source: cell.code.text, outputs: outputs ?? [], error: nil, stops: cell.stops)
        if cell.start != nil { start = CellStart(isApart: true) }
    }
}

/// A document's text cut before each of its parts, byte for byte.
struct DocumentSlices {
    /// What stands before the first part.
    let head: [UInt8]
    /// The text of each part, up to the next.
    let parts: [[UInt8]]

    init(_ document: Document) {
        let bytes = Array(document.source.utf8)
        var lineStarts = [0]
        for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(place + 1) }
        let starts = document.elements.map { lineStarts[min($0.line, lineStarts.count) - 1] } + [bytes.count]
        head = Array(bytes[..<starts[0]])
        parts = zip(starts, starts.dropFirst()).map { Array(bytes[$0..<max($0, $1)]) }
    }
}
