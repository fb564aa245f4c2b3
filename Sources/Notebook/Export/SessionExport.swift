import Files
import Foundation
import Language

extension Session {
    /// Exports the session to a file whose ending says the format, and says so; or says why that failed.
    func export(to path: String, at range: SourceRange?) -> CellError? {
        let file = URL(filePath: FilePath.expanded(path))
        do throws(CellError) {
            let format = try NotebookExport.Format(for: file)
            let (names, drawn) = format == .gan ? ([:], [:]) : draw(ending: format.pictureEnding)
            let notebook = NotebookWriter(session: self, figures: names).text()
            let document = Document(parsing: notebook, file: file.relativePath)
            let export = NotebookExport(registry: registry)
            let own = opened?.file ?? file
            let pictures = PictureFolder(folder: URL(filePath: own.path).deletingLastPathComponent(), given: drawn)
            let (text, notes) = try export.text(of: document, as: format, pictures: pictures)
            try export.write(text, to: file, as: format)
            for note in notes { show(note: note) }
            show(note: "Exported as \(file.relativePath).")
            return nil
        } catch {
            return error.placed(at: range)
        }
    }

    /// Draws the figures of all cells: their names by cell, and the pictures by their names.
    private func draw(ending: String) -> ([Int: [String]], [String: SharedPicture]) {
        guard configuration.figureWriter != nil else { return ([:], [:]) }
        let drawings = FigureDrawings(writer: configuration.figureWriter, ending: ending)
        var names: [Int: [String]] = [:]
        var pictures: [String: SharedPicture] = [:]
        for cell in record where cell.stands {
            for (index, figure) in cell.figures.enumerated() {
                let name = "/" + FigureDrawings.name(cell: cell.number, index, ending: ending)
                do throws(CellError) {
                    pictures[name] = try drawings.picture(of: figure)
                    names[cell.number, default: []].append(name)
                } catch {
                    show(.output(.warning("The picture of cell \(cell.number) was not exported: \(error.message).")))
                    return (names, pictures)
                }
            }
        }
        return (names, pictures)
    }
}
