import Files
import Foundation
import Language

/// Draws the figures of cells into pictures that need no file.
struct FigureDrawings {
    /// Writes a figure to a file; nil where there is no gnuplot.
    let writer: Session.Configuration.FigureWriter?
    /// The ending of the kind of picture: png or svg.
    let ending: String

    /// The folder of a notebook's pictures, beside it: "my-figures" for "my.md".
    static func folder(beside notebook: URL) -> String {
        notebook.deletingPathExtension().lastPathComponent + "-figures"
    }

    /// Makes a folder for pictures, unless it is there.
    static func make(folder: URL) throws(FileProblem) {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw FileProblem(folder.path, error)
        }
    }

    /// What the picture of a cell is called: "cell-3.png", and "cell-3-2.png" for the second one.
    static func name(cell: Int, _ index: Int, ending: String) -> String {
        "cell-\(cell)\(index == 0 ? "" : "-\(index + 1)").\(ending)"
    }

    /// Draws a figure.
    /// - Throws: when that cannot be done, as without gnuplot.
    func picture(of figure: any ObjectValue) throws(CellError) -> SharedPicture {
        guard let writer else { throw CellError(.file, "there is nothing to draw with", help: "see `gan doctor`") }
        let file = FileManager.default.temporaryDirectory.appending(path: "gan-\(UUID().uuidString).\(ending)")
        defer { try? FileManager.default.removeItem(at: file) }
        try writer(figure, file)
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try WholeFile.bytes(of: file, limit: PictureFolder.largest)
        } catch {
            throw CellError(.file, error.reason)
        }
        guard let kind = PictureFolder.kind(of: bytes) else { throw CellError(.file, "the picture is no image") }
        return SharedPicture(kind: kind, bytes: bytes, words: Self.words(of: figure), isOurs: true)
    }

    /// What is to be seen, for those who cannot see it.
    static func words(of figure: any ObjectValue) -> String {
        (figure as? FigureValue)?.figure.words ?? "A picture"
    }
}
