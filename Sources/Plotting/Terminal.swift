/// What a picture is drawn on: one of gnuplot's terminals, with the size and the colours that are to be used.
public enum Terminal: Hashable, Sendable {
    /// A PNG image, in pixels.
    case png(PixelSize)
    /// A scalable image for the web, in points.
    case svg(PixelSize)
    /// A page, in the proportions of the size.
    case pdf(PixelSize)
    /// A moving picture, each frame of it shown for so many hundredths of a second.
    case gif(PixelSize, hundredths: Int)
    /// Pixels that the terminal itself shows, as sixel text.
    case sixel(PixelSize)
    /// A window of a display.
    case window(WindowSystem, PixelSize)
    /// Characters.
    case text(TextSize, TextStyle)

    /// A window of plain X.
    var isPlainWindow: Bool { if case .window(.x11, _) = self { true } else { false } }

    /// The command that turns gnuplot to this terminal.
    var setUp: String {
        let font = "font 'DejaVu Sans,11'"
        switch self {
        case .png(let size):
            return "set terminal pngcairo noenhanced size \(size.width),\(size.height) \(font) background '#FFFFFF'\n"
        case .svg(let size):
            return "set terminal svg noenhanced size \(size.width),\(size.height) \(font) background '#FFFFFF'\n"
        case .pdf(let size):
            let (width, height) = (Double(size.width) / 120, Double(size.height) / 120)
            return "set terminal pdfcairo noenhanced size \(width)in,\(height)in \(font) background '#FFFFFF'\n"
        case .sixel(let size):
            return
                "set terminal sixelgd noenhanced truecolor size \(size.width),\(size.height) font 'DejaVu Sans,9' background '#FFFFFF'\n"
        case .gif(let size, let hundredths):
            let font = "font 'DejaVu Sans,9'"
            return
                "set terminal gif animate delay \(hundredths) loop 0 noenhanced size \(size.width),\(size.height) \(font) background '#FFFFFF'\n"
        case .window(let system, let size):
            let title = system == .x11 ? "title 'gan'" : "title 'gan' \(font)"
            let dimensions = "size \(size.width),\(size.height)"
            return "set terminal \(system.rawValue) 0 noenhanced persist noraise \(dimensions) \(title)\n"
        case .text(let size, let style):
            return "set terminal dumb nofeed noenhanced size \(size.columns),\(size.rows) \(style.colours.rawValue)\n"
        }
    }
}

/// Width and height in pixels.
public struct PixelSize: Hashable, Sendable {
    /// Pixels across.
    public var width: Int
    /// Pixels down.
    public var height: Int

    /// A size, kept between 64 and 10 000 pixels each way.
    public init(width: Int, height: Int) {
        self.width = min(max(width, 64), 10_000)
        self.height = min(max(height, 64), 10_000)
    }
}

/// Width and height in characters.
public struct TextSize: Hashable, Sendable {
    /// Characters in a line.
    public var columns: Int
    /// Lines.
    public var rows: Int

    /// A size, kept within what can be read and what gnuplot can draw.
    public init(columns: Int, rows: Int) {
        self.columns = min(max(columns, 40), 500)
        self.rows = min(max(rows, 12), 200)
    }
}

/// The windows that gnuplot can open.
public enum WindowSystem: String, Hashable, Sendable, CaseIterable {
    /// Qt's, the finest.
    case qt
    /// wxWidgets'.
    case wxt
    /// Plain X.
    case x11
}

/// What the characters of a text picture may be.
public struct TextStyle: Hashable, Sendable {
    /// How many colours, in the words of gnuplot's dumb terminal.
    public enum Colours: String, Hashable, Sendable {
        /// None: everything has to be told by the characters.
        case none = "mono"
        /// The eight of old terminals.
        case eight = "ansi"
        /// The 256 of xterm.
        case many = "ansi256"
        /// All.
        case all = "ansirgb"
    }

    /// How many colours.
    public var colours: Colours
    /// Blocks, dots and lines of Unicode; else only ASCII.
    public var isUnicode: Bool

    /// A style.
    public init(colours: Colours, isUnicode: Bool) {
        self.colours = colours
        self.isUnicode = isUnicode
    }

    /// Readable everywhere: for files and pipes.
    public static let plain = TextStyle(colours: .none, isUnicode: false)
}
