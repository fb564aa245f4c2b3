import Files
import Foundation
import Language

extension Session {
    /// Does what a command asked for.
    func perform(_ request: SessionRequest, source: String) -> CellError? {
        if isRestoring, request.writesFile { return nil }
        let error: CellError? =
            switch request {
            case .save(let path, let range): save(to: path, at: range)
            case .export(let path, let range): export(to: path, at: range)
            case .runFile(let path, let range): runFile(path, at: range)
            case .open(let name, let start, let range): open(lesson: name, start, at: range)
            case .move(let move): perform(move)
            case .glossary(let word, let range): showGlossary(word, at: range)
            case .review: beginReview()
            case .cells(let request): perform(request)
            case .restore(let place, let range): restore(place, at: range)
            default: performAlways(request)
            }
        // Whatever names no place is about the whole cell, so that a file's line can be told.
        let placed = error?.placed(at: SourceRange(start: 0, end: source.utf8.count))
        if let placed { show(.failure(placed, source: source)) }
        return placed
    }

    private func performAlways(_ request: SessionRequest) -> CellError? {
        switch request {
        case .exit: wantsExit = true
        case .history(let count): showHistory(count)
        case .progress: showProgress()
        case .undo: undo()
        case .redo: redo()
        default: showCatalogue()
        }
        return nil
    }

    private func perform(_ move: SessionMove) -> CellError? {
        guard let lesson else {
            if case .tell = move {
                tellWhere()
                return nil
            }
            return CellError(.value, "no lesson is open", help: wayToLessons)
        }
        switch move {
        case .next: lesson.next(in: self)
        case .back: lesson.back(in: self)
        case .skip: lesson.skip(in: self)
        case .hint: lesson.hint(in: self)
        case .solution: lesson.solution(in: self)
        case .why: lesson.why(in: self)
        case .tell: lesson.tellWhere(in: self)
        case .restart: return open(lesson: String(lesson.header.number), .beginning, at: nil)
        case .leave: leave(lesson)
        }
        return nil
    }

    private func showCatalogue() {
        rereadCatalogue()
        show(.lesson(.catalogue(lessonListings)))
        for problem in catalogue.problems { show(.output(.warning(problem.description))) }
    }

    private func showProgress() {
        rereadCatalogue()
        show(.lesson(.progress(lessonListings, missed: toReview.count)))
    }

    private func showHistory(_ count: Int?) {
        let typed = record.filter { !$0.isImplied && !$0.isDeleted && !$0.isNote }
        let cells = count.map { typed.suffix($0) } ?? typed[...]
        let width = String(cells.last?.number ?? 1).count
        let lines = cells.map { cell in
            let number = String(cell.number)
            let first = String(repeating: " ", count: width - number.count) + number + "  "
            let rest = "\n" + String(repeating: " ", count: width + 2)
            return first + cell.source.replacing("\n", with: rest) + cell.remark
        }
        show(.output(.text(lines.isEmpty ? "No cell has run yet." : lines.joined(separator: "\n"))))
    }

    /// Runs every cell of a file, each with a number of its own; stops at the first that fails.
    private func runFile(_ path: String, at range: SourceRange?) -> CellError? {
        let standard = URL(filePath: FilePath.expanded(path)).standardizedFileURL.resolvingSymlinksInPath().path
        if runningFiles.contains(standard) {
            return CellError(.file, "\(path) runs itself", at: range, help: "remove the `run` in it")
        }
        guard runningFiles.count < 16 else {
            return CellError(
                .file, "\(path) is not run: it would be the 17th of files that run one another", at: range,
                help: "put what they do into fewer files")
        }
        runningFiles.append(standard)
        let outer = marks
        marks = [0: Mark(state: context.state, origin: origin)]
        defer {
            runningFiles.removeLast()
            marks = outer
        }
        let cells: [DocumentCell]
        do throws(CellError) {
            cells = try CellFile.cells(
                of: URL(filePath: FilePath.expanded(path)), registry: registry, reading: textOfCells)
        } catch {
            return error.placed(at: range)
        }
        for cell in cells {
            show(.cell(number: nextCellNumber, source: cell.code.text))
            let fence = FileGuard(notebook: URL(filePath: standard))
            if var error = FileGuard.$current.withValue(fence, operation: { run(cell, runFromFile) }) {
                let line = cell.code.line + error.line(in: cell.code.text) - 1
                (error.message, error.range) = ("\(path), line \(line): \(error.message)", range)
                return error
            }
            if recorder.sawInterrupt { break }
        }
        return nil
    }

    private func runFromFile(_ source: String) -> CellError? {
        if let error = runCell(source).error { return error }
        for request in recorder.takeRequests() {
            if let error = perform(request, source: source) { return error }
        }
        return nil
    }
}

extension RecordedCell {
    /// What `history` says of it behind its text.
    fileprivate var remark: String {
        if error != nil { return "   # failed" }
        return isUndone ? "   # undone" : ""
    }
}

extension CellError {
    /// The line of the text, from 1, at which the error stands.
    public func line(in source: String) -> Int {
        guard let range else { return 1 }
        return 1 + source.utf8.prefix(range.start).count { $0 == UInt8(ascii: "\n") }
    }
}
