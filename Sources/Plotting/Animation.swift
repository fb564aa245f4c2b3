import Foundation

/// A moving picture that grows frame by frame, in a gnuplot of its own.
///
/// The frames are kept until the picture is asked for, so that a file of that name which was there before stays as it is
/// when anything goes wrong.
public final class Animation {
    /// The kinds of moving pictures, by the endings of their names.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// 256 colours, understood everywhere.
        case gif
        /// All colours, understood by browsers.
        case apng
    }

    private let gnuplot: Gnuplot
    private let kind: Kind
    private let size: PixelSize
    private let hundredths: Int
    private var frames: AnimatedPNG
    private var isOpen = false
    /// Frames drawn so far.
    public private(set) var count = 0

    /// A moving picture that shows each frame for so many hundredths of a second, and begins anew at its end.
    public init(
        _ kind: Kind = .gif, size: PixelSize = PixelSize(width: 640, height: 480), hundredths: Int = 10,
        searchPath: String? = ProcessInfo.processInfo.environment["PATH"], timeLimit: Double = 20
    ) {
        self.kind = kind
        self.size = size
        self.hundredths = min(max(hundredths, 1), 1000)
        frames = AnimatedPNG(hundredths: self.hundredths)
        gnuplot = Gnuplot(searchPath: searchPath, timeLimit: timeLimit)
    }

    /// The gnuplot that draws, while there is one.
    var processID: Int32? { gnuplot.processID }

    /// The kind that a name asks for; checked before any work is done for it.
    public static func kind(of path: String) throws(PlotError) -> Kind {
        guard let kind = Kind(rawValue: PictureFile.ending(of: path).lowercased()) else {
            throw .notMoving(path: path, suggestion: suggestion(for: path))
        }
        try PictureFile.checkFolder(of: path)
        return kind
    }

    /// A name like this one that a moving picture can have: of one for a PNG, an animated PNG.
    private static func suggestion(for path: String) -> String? {
        if path.hasSuffix("/") || path.isEmpty { return nil }
        let ending = PictureFile.ending(of: path)
        let isPicture = PictureFile.endings.contains(ending.lowercased())
        let bare = isPicture ? String(path.dropLast(ending.count)) : path
        let stem = bare.hasSuffix(".") || bare.isEmpty ? bare : bare + "."
        return stem + (ending.lowercased() == "png" ? Kind.apng : .gif).rawValue
    }

    /// Draws the next frame.
    public func add(_ figure: Figure) throws(PlotError) {
        switch kind {
        case .gif:
            try gnuplot.extend(figure, on: .gif(size, hundredths: hundredths), isFirst: !isOpen)
        case .apng:
            let picture = try gnuplot.draw(figure, on: .png(size))
            do throws(AnimatedPNG.Flaw) { try frames.add(picture) } catch {
                throw .refused("its picture is no frame of an animated PNG")
            }
        }
        isOpen = true
        count += 1
    }

    /// Writes what has been drawn to a file, whole or not at all.
    public func write(to path: String) throws(PlotError) {
        guard isOpen else { throw .empty }
        isOpen = false
        let bytes = kind == .gif ? try gnuplot.finish() : frames.bytes
        frames = AnimatedPNG(hundredths: hundredths)
        try PictureFile.write(bytes, to: path)
    }
}
