import Files
import Foundation
import Language

/// Writes notebooks in the formats of others. Nothing is run for it.
struct NotebookExport {
    /// The formats, by the endings of their files.
    enum Format: String, CaseIterable {
        /// Jupyter's.
        case ipynb
        /// One page for a browser.
        case html
        /// The cells alone.
        case gan

        /// The format that a file's name asks for.
        init(for file: URL) throws(CellError) {
            let ending = file.pathExtension.lowercased()
            if let format = Format(rawValue: ending == "htm" ? "html" : ending) {
                self = format
                return
            }
            let isValue = ["json", "safetensors", "csv"].contains(ending)
            throw CellError(
                .file, "\(file.relativePath) names no format that a notebook can be exported to",
                help: isValue
                    ? "a notebook becomes .ipynb, .html or .gan; a value is exported by: export G to \(file.relativePath)"
                    : "the endings are .ipynb, .html and .gan; `save` writes .md")
        }

        /// The kind of picture that fits.
        var pictureEnding: String { self == .html ? "svg" : "png" }

        /// What is in every file that we write, and where to look for it.
        fileprivate func isOurs(_ text: String) -> Bool {
            switch self {
            case .ipynb: text.contains("\"GAN playground\"")
            case .html: text.hasPrefix(HTMLPage.mark)
            case .gan: text.hasPrefix(CellScript.mark)
            }
        }
    }

    let registry: Registry

    /// A document in another format, and remarks on what could not be taken along.
    func text(
        of document: Document, as format: Format, pictures: PictureFolder
    ) throws(CellError) -> (text: String, notes: [String]) {
        let notebook = SharedNotebook(document, pictures: pictures)
        var notes = format == .gan ? [] : notebook.notes
        switch format {
        case .html:
            var page = HTMLPage(notebook, pictures: pictures)
            return (page.text(), notes)
        case .gan:
            let script = CellScript(notebook: notebook)
            if script.hasJumps {
                notes.append(
                    "Some cells go on from elsewhere, as when a lesson and free play took turns; a script runs from top to "
                        + "bottom, so its numbers can differ.")
            }
            return (script.text(), notes)
        case .ipynb:
            let jupyter = JupyterNotebook(notebook, pictures: pictures, registry: registry)
            do {
                return (try jupyter.text(), notes)
            } catch {
                throw CellError(.file, "the notebook cannot be written as JSON: \(error)")
            }
        }
    }

    /// Writes a file, unless there is one that we have not written.
    func write(_ text: String, to file: URL, as format: Format) throws(CellError) {
        var status = stat()
        let isOrdinary = stat(file.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        if isOrdinary, status.st_size > 0, !((try? WholeFile.text(of: file)).map(format.isOurs) ?? false) {
            throw CellError(
                .file, "\(file.relativePath) is there already, and `export` has not written it",
                help: "name another file")
        }
        do throws(FileProblem) {
            try WholeFile.write(text, to: file)
        } catch {
            throw CellError(.file, "the notebook was not exported. \(error)", help: "name another file")
        }
    }
}
