import Files
import Foundation
import Language

extension Session {
    /// Exports the session to a file whose ending says the format, and says so; or says why that failed.
    func export(to path: String, at range: SourceRange?) -> CellError? {
        let file = URL(filePath: FilePath.expanded(path))
        do throws(CellError) {
            let format = try NotebookExport.Format(for: file)
            let folder = FileManager.default.temporaryDirectory.appending(path: "gan-export-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let names = format == .gan ? [:] : draw(into: folder, ending: format.pictureEnding)
            let notebook = NotebookWriter(session: self, figures: names).text()
            let document = Document(parsing: notebook, file: file.relativePath)
            let export = NotebookExport(registry: registry)
            let pictures = PictureFolder(folder: folder, isOurs: true)
            let (text, notes) = try export.text(of: document, as: format, pictures: pictures)
            try export.write(text, to: file, as: format)
            for note in notes { show(note: note) }
            show(note: "Exported as \(file.relativePath).")
            return nil
        } catch {
            return error.placed(at: range)
        }
    }

    /// Draws the figures of all cells; the names of the files, by cell.
    private func draw(into folder: URL, ending: String) -> [Int: [String]] {
        guard let write = configuration.figureWriter else { return [:] }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var names: [Int: [String]] = [:]
        for cell in record where cell.stands {
            for (index, figure) in cell.figures.enumerated() {
                let name = "cell-\(cell.number)-\(index + 1).\(ending)"
                do throws(CellError) {
                    try write(figure, folder.appending(path: name))
                    names[cell.number, default: []].append(name)
                } catch {
                    show(.output(.warning("The picture of cell \(cell.number) was not exported: \(error.message).")))
                    return names
                }
            }
        }
        return names
    }
}
