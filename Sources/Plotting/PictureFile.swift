import Files
import Foundation

/// Pictures in files. The ending of the name chooses the kind.
public enum PictureFile {
    /// The endings that choose a kind of picture.
    public static let endings = ["png", "svg", "pdf", "txt"]

    /// Draws a figure and writes it. gnuplot never sees the name: it draws into a folder of our own, and a file that was
    /// there before stays as it is when the drawing or the writing fails.
    public static func write(_ figure: Figure, to path: String, with gnuplot: Gnuplot) throws(PlotError) {
        let terminal = try terminal(for: path, figure)
        try checkFolder(of: path)
        var bytes = try gnuplot.draw(figure, on: terminal)
        if case .text = terminal { bytes = Array((TextPicture.cleaned(bytes) + "\n").utf8) }
        try write(bytes, to: path)
    }

    /// What a file of this name is drawn on.
    public static func terminal(for path: String, _ figure: Figure? = nil) throws(PlotError) -> Terminal {
        let size = size(figure)
        switch ending(of: path).lowercased() {
        case "png": return .png(size)
        case "svg": return .svg(size)
        case "pdf": return .pdf(size)
        case "txt": return .text(TextSize(columns: 80, rows: 24), TextStyle(colours: .none, isUnicode: true))
        default: throw .unknownKind(path: path, suggestion: suggestion(for: path))
        }
    }

    private static func size(_ figure: Figure?) -> PixelSize {
        let layout = figure?.layout ?? (rows: 1, columns: 1)
        if layout == (1, 1) { return PixelSize(width: 900, height: 600) }
        if figure?.isPlaced == true { return PixelSize(width: 1200, height: 720) }
        // Squares need no more room sideways than upwards.
        let side = figure?.panels.allSatisfy(\.hasEqualAspect) == true ? 440 : 600
        return PixelSize(width: min(side * layout.columns, 1800), height: 420 * layout.rows)
    }

    static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    private static func suggestion(for path: String) -> String? {
        if path.isEmpty || path.hasSuffix("/") { return nil }
        let ending = ending(of: path)
        if ending.isEmpty { return path.hasSuffix(".") ? path + "png" : path + ".png" }
        let stem = path.dropLast(ending.count)
        switch ending.lowercased() {
        case "ps", "eps", "tex": return stem + "pdf"
        case "text", "md", "asc", "ansi", "tx", "tzt": return stem + "txt"
        case "sgv", "svgz", "html", "vsg": return stem + "svg"
        case "pfd", "pdg", "dpf": return stem + "pdf"
        default: return stem + "png"
        }
    }

    /// Checks that there is a folder for a file of this name.
    static func checkFolder(of path: String) throws(PlotError) {
        let place = FilePath.expanded(path)
        guard let slash = place.lastIndex(of: "/"), slash != place.startIndex else { return }
        let folder = String(place[..<slash])
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw .unwritable(path: path, reason: "there is no folder '\(folder)'")
        }
    }

    /// Writes a file whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws(PlotError) {
        do throws(FileProblem) {
            try WholeFile.write(bytes, to: FilePath.expanded(path))
        } catch {
            throw .unwritable(path: path, reason: error.reason)
        }
    }
}
