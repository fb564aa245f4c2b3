import Foundation

/// A moving picture that grows frame by frame, in a gnuplot of its own.
///
/// The frames lie in gnuplot's folder until the picture is asked for, so that a file of that name which was there before
/// stays as it is when anything goes wrong.
public final class Animation {
    private let gnuplot: Gnuplot
    private let size: PixelSize
    private let hundredths: Int
    private var isOpen = false
    /// Frames drawn so far.
    public private(set) var count = 0

    /// The endings of the names of moving pictures.
    public static let endings = ["gif"]

    /// A moving picture that shows each frame for so many hundredths of a second, and begins anew at its end.
    public init(
        size: PixelSize = PixelSize(width: 640, height: 480), hundredths: Int = 10,
        searchPath: String? = ProcessInfo.processInfo.environment["PATH"], timeLimit: Double = 20
    ) {
        self.size = size
        self.hundredths = min(max(hundredths, 1), 1000)
        gnuplot = Gnuplot(searchPath: searchPath, timeLimit: timeLimit)
    }

    /// The gnuplot that draws, while there is one.
    var processID: Int32? { gnuplot.processID }

    /// Checks a name before any work is done for it.
    public static func check(_ path: String) throws(PlotError) {
        guard endings.contains(PictureFile.ending(of: path).lowercased()) else {
            let ending = PictureFile.ending(of: path)
            let isPicture = PictureFile.endings.contains(ending.lowercased())
            let bare = isPicture ? String(path.dropLast(ending.count)) : path
            let stem = bare.hasSuffix(".") || bare.isEmpty ? bare : bare + "."
            throw .notMoving(path: path, suggestion: path.hasSuffix("/") || path.isEmpty ? nil : stem + "gif")
        }
        try PictureFile.checkFolder(of: path)
    }

    /// Draws the next frame.
    public func add(_ figure: Figure) throws(PlotError) {
        let terminal = Terminal.gif(size, hundredths: hundredths)
        try gnuplot.extend(figure, on: terminal, isFirst: !isOpen)
        isOpen = true
        count += 1
    }

    /// Writes what has been drawn to a file, whole or not at all.
    public func write(to path: String) throws(PlotError) {
        guard isOpen else { throw .empty }
        isOpen = false
        try PictureFile.write(try gnuplot.finish(), to: path)
    }
}
