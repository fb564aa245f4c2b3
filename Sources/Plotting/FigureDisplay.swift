import Foundation

/// What is known of the place where a figure is to be seen.
public struct DisplayEnvironment: Sendable {
    /// The environment variables.
    public var variables: [String: String]
    /// Whether the output is a terminal, not a pipe or a file.
    public var isTerminal: Bool
    /// The size of the terminal in characters.
    public var columns: Int
    /// The size of the terminal in lines.
    public var rows: Int
    /// Whether the terminal said that it can show sixels; nil when it was not asked.
    public var hasSixels: Bool?
    /// The height of a line in pixels; nil when the terminal does not tell.
    public var lineHeight: Int?

    /// An environment.
    public init(
        variables: [String: String] = ProcessInfo.processInfo.environment, isTerminal: Bool, columns: Int, rows: Int,
        hasSixels: Bool? = nil
    ) {
        self.variables = variables
        self.isTerminal = isTerminal
        self.columns = columns
        self.rows = rows
        self.hasSixels = hasSixels
    }

    private func has(_ name: String) -> Bool { !(variables[name] ?? "").isEmpty }

    /// What the characters of a text picture may be here.
    public var textStyle: TextStyle {
        let name = variables["TERM"] ?? ""
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? ""
        let isUTF8 = locale.uppercased().replacing("-", with: "").contains("UTF8")
        // The Linux console's font has no Braille.
        return TextStyle(colours: colours(name), isUnicode: isUTF8 && name != "linux")
    }

    private func colours(_ name: String) -> TextStyle.Colours {
        if !isTerminal || has("NO_COLOR") || name == "dumb" || name.isEmpty { return .none }
        let promise = variables["COLORTERM"] ?? ""
        if promise == "truecolor" || promise == "24bit" || name.contains("direct") { return .all }
        return name.contains("256color") || name.hasPrefix("foot") || name.contains("kitty") ? .many : .eight
    }

    /// A display server that windows could open on.
    public var hasDisplay: Bool { has("DISPLAY") || has("WAYLAND_DISPLAY") }

    /// A terminal that understands kitty's graphics. Inside tmux and screen the pictures do not get through.
    public var hasKittyGraphics: Bool {
        guard isTerminal, !isMultiplexed else { return false }
        let program = (variables["TERM_PROGRAM"] ?? "").lowercased()
        return has("KITTY_WINDOW_ID") || variables["TERM"] == "xterm-kitty" || variables["TERM"] == "xterm-ghostty"
            || program == "ghostty"
    }

    /// A terminal that shows sixels, by its own word or by its name.
    public var showsSixels: Bool {
        guard isTerminal else { return false }
        if let hasSixels { return hasSixels }
        guard !isMultiplexed else { return false }
        let name = variables["TERM"] ?? ""
        let program = variables["TERM_PROGRAM"] ?? ""
        return name.contains("sixel") || name.hasPrefix("mlterm") || name.hasPrefix("yaft")
            || name == "foot" || name == "foot-extra" || program == "WezTerm" || program == "mintty"
    }

    private var isMultiplexed: Bool { has("TMUX") || has("STY") }

    /// Room for a picture in characters: the whole width up to a comfortable one, and the prompt still in view.
    func textSize(for figure: Figure) -> TextSize {
        let across = min(max(columns, 40), 120)
        var usual = max(min(rows - 2, across / 3 + 2), 12)
        // Squares side by side are no higher than they are wide; a character is about twice as high as wide.
        let (down, side) = figure.layout
        if figure.panels.allSatisfy({ $0.hasEqualAspect && $0.place == nil }) {
            usual = min(usual, max(down * (across / side / 2 + 4), 12))
        }
        return TextSize(columns: across, rows: figure.isSmall ? max(usual * 2 / 3, 12) : usual)
    }

    /// Room for a picture in pixels, for characters of the usual size.
    func pixelSize(for figure: Figure) -> PixelSize {
        let width = min(max(columns, 40) * 8, 960)
        let height = min(width * 2 / 3, max(rows - 3, 12) * (lineHeight ?? 16))
        return figure.isSmall
            ? PixelSize(width: width * 2 / 3, height: height * 2 / 3) : PixelSize(width: width, height: height)
    }

    /// The lines that a picture in pixels takes at most.
    func pixelRows(for figure: Figure) -> Int {
        let height = max(lineHeight ?? 12, 1)
        return min((pixelSize(for: figure).height + height - 1) / height, max(rows - 2, 1))
    }
}

/// Shows figures by the best means that there are: a window, pixels in the terminal, or characters.
public final class FigureDisplay {
    /// How figures are shown.
    public enum Means: Hashable, Sendable {
        /// In a window of gnuplot's.
        case window(WindowSystem)
        /// In the terminal, by kitty's protocol.
        case kitty
        /// In the terminal, as sixels.
        case sixel
        /// In characters.
        case text
        /// In words, one line for a picture, for who cannot see it.
        case words
    }

    /// What came of it.
    public enum Shown: Hashable, Sendable {
        /// Lines to be printed.
        case text(String)
        /// Bytes to be sent to the terminal as they are; the picture takes at most so many lines.
        case bytes([UInt8], rows: Int)
        /// It stands in a window.
        case window
    }

    /// Where it is shown; a new size of the terminal goes in here.
    public var environment: DisplayEnvironment
    /// What draws files and pictures in the terminal.
    public let gnuplot: Gnuplot
    /// Windows live as long as the process that opened them, so it draws nothing else.
    private let windows: Gnuplot
    private var known: Means?
    private var hasShownWindow = false

    /// A display. `isInterrupted` is asked while gnuplot draws.
    public init(
        environment: DisplayEnvironment, timeLimit: Double = 20, isInterrupted: @escaping () -> Bool = { false }
    ) {
        self.environment = environment
        let path = environment.variables["PATH"]
        gnuplot = Gnuplot(searchPath: path, timeLimit: timeLimit, isInterrupted: isInterrupted)
        windows = Gnuplot(searchPath: path, timeLimit: timeLimit, isInterrupted: isInterrupted)
    }

    /// How figures are shown here. `GAN_PLOT` (window, kitty, sixel, text, words) overrules what is found.
    public func means() throws(PlotError) -> Means {
        if let known { return known }
        let found = try find()
        known = found
        return found
    }

    /// Shows a figure. A display on which not even the first window opens is given up for the terminal.
    ///
    /// - Parameter isFrame: another one is going to take its place, so that it has to be there soon or not at all; in the
    ///   terminal the cursor stays where the picture begins.
    public func show(_ figure: Figure, isFrame: Bool = false) throws(PlotError) -> Shown {
        let limits = (gnuplot.timeLimit, windows.timeLimit)
        if isFrame {
            gnuplot.timeLimit = min(limits.0, Self.frameLimit)
            windows.timeLimit = min(limits.1, hasShownWindow ? Self.frameLimit : limits.1)
        }
        defer { (gnuplot.timeLimit, windows.timeLimit) = limits }
        return try draw(figure, isFrame: isFrame)
    }

    /// Seconds that training waits for a picture.
    static let frameLimit = 3.0

    private func draw(_ figure: Figure, isFrame: Bool) throws(PlotError) -> Shown {
        let means = try means()
        guard case .window(let system) = means else { return try show(figure, inTerminalBy: means, isFrame) }
        guard DisplayServer.answers(environment.variables) else { return try show(figure, withoutDisplay: isFrame) }
        do {
            try windows.show(figure, in: .window(system, PixelSize(width: 900, height: 600)), isFrame: isFrame)
            hasShownWindow = true
            return .window
        } catch .windowClosed {
            throw .windowClosed
        } catch .interrupted {
            throw .interrupted
        } catch {
            // The display may have gone in the middle of this picture.
            if !DisplayServer.answers(environment.variables) { return try show(figure, withoutDisplay: isFrame) }
            if hasShownWindow { throw error }
            let other = try findInTerminal()
            known = other
            return try show(figure, inTerminalBy: other, isFrame)
        }
    }

    /// What has windows is of no use any more when its display is gone; another display may be there for the next picture.
    private func show(_ figure: Figure, withoutDisplay isFrame: Bool) throws(PlotError) -> Shown {
        windows.close(withWindows: true)
        hasShownWindow = false
        return try show(figure, inTerminalBy: try findInTerminal(), isFrame)
    }

    /// Closes its windows, as nobody is going to draw in them any more.
    public func closeWindows() { windows.close(withWindows: true) }

    private func show(
        _ figure: Figure, inTerminalBy means: Means, _ isFrame: Bool
    ) throws(PlotError) -> Shown {
        let rows = environment.pixelRows(for: figure)
        let size = environment.pixelSize(for: figure)
        switch means {
        case .kitty:
            let image = try gnuplot.draw(figure, on: .png(size))
            return .bytes(KittyGraphics.message(png: image, isFrame: isFrame) + (isFrame ? [] : [10]), rows: rows)
        case .sixel:
            let image = try gnuplot.draw(figure, on: .sixel(size))
            return .bytes(image + (isFrame ? [] : [10]), rows: rows)
        case .words: return .text(figure.words)
        case .text, .window:
            let terminal = Terminal.text(environment.textSize(for: figure), environment.textStyle)
            return .text(TextPicture.cleaned(try gnuplot.draw(figure, on: terminal)))
        }
    }

    /// Writes a figure to a file; the ending chooses the kind.
    public func write(_ figure: Figure, to path: String) throws(PlotError) {
        try PictureFile.write(figure, to: path, with: gnuplot)
    }

    private func find() throws(PlotError) -> Means {
        let wish = environment.variables["GAN_PLOT"] ?? ""
        switch wish {
        case "text": return .text
        case "words": return .words
        case "sixel": return .sixel
        case "kitty": return .kitty
        default: break
        }
        if wish == "window" || environment.hasDisplay && environment.isTerminal {
            let built = try gnuplot.terminals()
            let usable = WindowSystem.allCases.filter { built.contains($0.rawValue) }
            let wanted = (environment.variables["GNUTERM"] ?? "").split(separator: " ").first.map(String.init)
            if let system = usable.first(where: { $0.rawValue == wanted }) ?? usable.first { return .window(system) }
        }
        return try findInTerminal()
    }

    private func findInTerminal() throws(PlotError) -> Means {
        if environment.hasKittyGraphics { return .kitty }
        if environment.showsSixels, try gnuplot.terminals().contains("sixelgd") { return .sixel }
        return .text
    }
}
