import Files
import Foundation
import Language

extension LessonChecker {
    /// What was written anew in a file.
    public struct Update {
        /// How many `output` and `error` blocks, and how many pictures.
        public var blocks = 0, pictures = 0
        /// What the check of the new text finds.
        public var report: LessonReport
    }

    /// Rewrites the `output` and `error` blocks of a file with what its cells really print, adds those that a saved
    /// session lacks, and draws the pictures in its folder of pictures anew.
    ///
    /// A picture that the author put there from elsewhere stays as it is, and no file outside that folder is written.
    public func updateOutputs(of file: URL) throws(FileProblem) -> Update {
        guard CellFile.isMarkdown(file) else {
            throw FileProblem(
                file.relativePath, reason: "only Markdown is written anew; `gan export` makes it of .ipynb and .gan")
        }
        let document = Document(parsing: try WholeFile.text(of: file), file: file.relativePath)
        guard document.problems.isEmpty else {
            return Update(report: LessonReport(file: document.file, problems: document.problems))
        }
        var update = Update(report: check(document))
        var updates = CellUpdates()
        for case .cell(let cell) in document.elements.map(\.content) {
            guard let block = cell.expectation, let printed = update.report.printed[block.lines.lowerBound],
                !printed.isSame(as: block)
            else { continue }
            updates.blocks[block.lines.lowerBound] = printed
        }
        updates.added = update.report.unlisted.filter { !$0.value.text.isEmpty }
        update.blocks = updates.blocks.count + updates.added.count
        update.pictures = try draw(update.report, of: document, beside: file, &updates)
        let text = document.replacing(updates)
        guard text != document.source || update.pictures > 0 else { return update }
        if text != document.source { try WholeFile.write(text, to: file) }
        update.report = check(file)
        return update
    }

    /// Draws what cells drew into the notebook's folder of pictures; how many files are other ones than before.
    private func draw(
        _ report: LessonReport, of document: Document, beside file: URL, _ updates: inout CellUpdates
    ) throws(FileProblem) -> Int {
        guard let writer = configuration.figureWriter, !report.figures.isEmpty else { return 0 }
        updates.folder = FigureDrawings.folder(beside: file)
        if case .notebook = document.header { updates.addsPictures = true } else { updates.addsPictures = false }
        let place = file.deletingLastPathComponent()
        guard updates.addsPictures || document.source.contains("(<\(updates.folder)/") else { return 0 }
        let drawings = FigureDrawings(writer: writer, ending: "png")
        var changed = 0
        for (line, cell) in report.figures.sorted(by: { $0.key < $1.key }) {
            for (index, figure) in cell.figures.enumerated() {
                let name = "\(updates.folder)/\(FigureDrawings.name(cell: cell.number, index, ending: "png"))"
                let target = place.appending(path: name)
                let picture: SharedPicture
                do throws(CellError) { picture = try drawings.picture(of: figure) } catch {
                    throw FileProblem(target.relativePath, reason: error.message)
                }
                updates.pictures[line, default: []].append(.init(words: picture.words, name: name))
                if (try? WholeFile.bytes(of: target, limit: PictureFolder.largest)) == picture.bytes { continue }
                try FigureDrawings.make(folder: target.deletingLastPathComponent())
                try WholeFile.write(picture.bytes, to: target.path)
                changed += 1
            }
        }
        return changed
    }
}

extension MeasuredText {
    /// Whether a block that stands in a document needs not be written anew: but for what was measured it is this.
    fileprivate func isSame(as block: DocumentCell.Expectation) -> Bool {
        varying.isEmpty || block.varying != varying ? text == block.text : constant == block.measuredText.constant
    }
}
