import Files
import Foundation
import Language

/// Exports files, for those who type no cells.
public struct DocumentExport {
    /// What the sessions are given in which notebooks run.
    public let configuration: Session.Configuration

    /// An export whose sessions are made like this.
    public init(configuration: Session.Configuration) { self.configuration = configuration }

    /// Writes a notebook, a lesson or a file of cells to a file whose ending says the format; remarks on what could not
    /// be taken along. Nothing in it is run, unless that is asked for: what is shown is what the file says.
    public func export(_ file: URL, to target: URL, running: Bool = false) throws(CellError) -> [String] {
        if target.pathExtension.lowercased() == "md" { return try convert(file, to: target) }
        let format = try NotebookExport.Format(for: target)
        var (document, given) = try read(file)
        if running { (document, given) = try run(document, file, drawing: format.pictureEnding, besides: given) }
        let folder = URL(filePath: file.path).deletingLastPathComponent()
        let pictures = PictureFolder(folder: folder, given: given)
        let export = NotebookExport(registry: configuration.registry)
        let (text, notes) = try export.text(of: document, as: format, pictures: pictures)
        try export.write(text, to: target, as: format)
        return document.notes + notes
    }

    /// The document of a file, and the pictures that are in it.
    private func read(_ file: URL) throws(CellError) -> (Document, [String: SharedPicture]) {
        do throws(FileProblem) {
            let document: Document
            var given: [String: SharedPicture] = [:]
            if let (notebook, pictures) = try imported(file, into: "/") {
                (document, given) = (notebook.document(file: file.relativePath), pictures)
            } else {
                document = try CellFile.document(at: file, registry: configuration.registry)
            }
            if let problem = document.problems.first { throw FileProblem(file.path, reason: problem.description) }
            return (document, given)
        } catch {
            throw CellError(.file, "\(file.relativePath) cannot be read: \(error.reason)", help: "is the name right?")
        }
    }

    /// The notebook in a file of another format, and its pictures by their names in a folder; nil if it is ours already.
    private func imported(
        _ file: URL, into folder: String
    ) throws(FileProblem) -> (notebook: ImportedNotebook, pictures: [String: SharedPicture])? {
        guard let format = ImportedNotebook.Format(of: file) else { return nil }
        var pictures: [String: SharedPicture] = [:]
        let text = try WholeFile.text(of: file)
        let notebook = try ImportedNotebook.read(text, as: format, file: file, registry: configuration.registry) {
            pictures[folder + $1] = $0
            return folder + $1
        }
        return (notebook, pictures)
    }

    // MARK: Running

    /// Runs a document and puts in what its cells print and draw.
    private func run(
        _ document: Document, _ file: URL, drawing ending: String, besides given: [String: SharedPicture]
    ) throws(CellError) -> (Document, [String: SharedPicture]) {
        var configuration = configuration
        configuration.width = Session.documentWidth
        let report = DocumentRunner(configuration: configuration).run(document)
        if let failure = report.failure { throw CellError(.file, "nothing was exported. \(failure)") }
        if report.wasInterrupted { throw CellError(.interrupted, "nothing was exported: the run was stopped") }
        let drawings = FigureDrawings(writer: configuration.figureWriter, ending: ending)
        var updates = CellUpdates()
        // What a notebook of Jupyter's brought along was drawn by its cells.
        updates.folder = given.isEmpty ? FigureDrawings.folder(beside: file) : ""
        var pictures = given
        for (place, shown) in report.shown.enumerated() {
            let line = shown.cell.code.line
            if let block = shown.cell.expectation {
                updates.blocks[block.lines.lowerBound] = shown.printed
            } else if !shown.printed.text.isEmpty {
                updates.added[line] = shown.printed
            }
            for (index, figure) in shown.figures.enumerated() {
                let name = "\(updates.folder)/\(FigureDrawings.name(cell: place + 1, index, ending: ending))"
                let picture = try drawings.picture(of: figure)
                pictures[name] = picture
                updates.pictures[line, default: []].append(.init(words: picture.words, name: name))
            }
        }
        var new = Document(parsing: document.replacing(updates), file: document.file)
        new.notes = document.notes
        return (new, pictures)
    }

    // MARK: Markdown

    /// Writes a notebook of another format as one of ours, its pictures in a folder beside it.
    private func convert(_ file: URL, to target: URL) throws(CellError) -> [String] {
        let folder = FigureDrawings.folder(beside: target)
        do throws(FileProblem) {
            guard let (notebook, pictures) = try imported(file, into: folder + "/") else {
                throw FileProblem(file.path, reason: "it is Markdown already")
            }
            let document = notebook.document(file: file.relativePath)
            if let problem = document.problems.first { throw FileProblem(file.path, reason: problem.description) }
            if FileManager.default.fileExists(atPath: target.path) {
                throw FileProblem(target.path, reason: "it is there already; name another file")
            }
            let place = target.deletingLastPathComponent()
            if !pictures.isEmpty { try FigureDrawings.make(folder: place.appending(path: folder)) }
            // Where nothing could be written into it, it goes again.
            defer { rmdir(place.appending(path: folder).path) }
            for (name, picture) in pictures {
                let path = place.appending(path: name).path
                if FileManager.default.fileExists(atPath: path) {
                    throw FileProblem(path, reason: "it is there already; name another notebook")
                }
                try WholeFile.write(picture.bytes, to: path)
            }
            try WholeFile.write(notebook.markdown, to: target)
            return notebook.notes
        } catch {
            throw CellError(.file, "nothing was exported. \(error)")
        }
    }
}
