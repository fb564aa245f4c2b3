import CEdit
import Glibc
import Language
import Notebook

/// The terminal's size in columns and rows.
public struct TerminalSize: Equatable, Sendable {
    /// Columns of characters.
    public var columns: Int
    /// Rows of characters.
    public var rows: Int
}

/// Where text goes, how wide that is, and whether it has colours.
public final class Screen {
    /// How text looks.
    public let theme: Theme
    /// Whether a person sits there who sees lines being redrawn.
    public let isTerminal: Bool
    /// How many rows have been written, as far as they can be counted.
    private(set) var rowsWritten = 0
    private var progress = ""
    /// The lines of the block that stands right above the cursor, and how wide the terminal was.
    private var block = (rows: 0, columns: 0)

    /// A screen on standard output.
    /// - Parameters:
    ///   - isTerminal: whether lines may be redrawn.
    ///   - theme: how text looks.
    public init(isTerminal: Bool, theme: Theme) {
        self.isTerminal = isTerminal
        self.theme = theme
    }

    /// The screen that fits standard output and the environment.
    /// - Parameters:
    ///   - wantsPlain: no redrawing and no colours, whatever the terminal.
    ///   - wantsColour: false leaves out the colours alone.
    public static func fitting(
        wantsPlain: Bool, wantsColour: Bool, environment: (String) -> String? = environmentValue
    ) -> Screen {
        let isTerminal = isatty(STDOUT_FILENO) == 1 && !wantsPlain
        let terminal = environment("TERM") ?? ""
        let isDumb = terminal.isEmpty || terminal == "dumb"
        let isForbidden = !(environment("NO_COLOR") ?? "").isEmpty
        let theme = Theme(
            isColoured: isTerminal && !isDumb && !isForbidden && wantsColour,
            hasManyColours: terminal.contains("256color") || !(environment("COLORTERM") ?? "").isEmpty)
        return Screen(isTerminal: isTerminal && !isDumb, theme: theme)
    }

    /// A variable of the environment.
    public static func environmentValue(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// The terminal's size, 80 by 24 where there is none.
    public static func terminalSize() -> TerminalSize {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return TerminalSize(columns: 80, rows: 24)
        }
        return TerminalSize(columns: Int(size.ws_col), rows: max(1, Int(size.ws_row)))
    }

    /// The height of a line in pixels, where the terminal tells.
    static func lineHeight() -> Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_ypixel >= 4 * size.ws_row
        else { return nil }
        return Int(size.ws_ypixel) / Int(size.ws_row)
    }

    /// Columns of text at hand: the terminal's, or 80.
    public var columns: Int {
        isTerminal ? Self.terminalSize().columns : 80
    }

    // MARK: Writing

    /// Writes a line, or several. Of what a terminal would obey, only colours reach it.
    public func write(_ text: String) {
        endProgress()
        block.rows = 0
        let shown = text.withVisibleControlsButColours
        rowsWritten += 1 + shown.utf8.count { $0 == UInt8(ascii: "\n") }
        put(shown + "\n")
    }

    /// Writes lines.
    public func write(_ lines: [String]) {
        if !lines.isEmpty { write(lines.joined(separator: "\n")) }
    }

    /// Writes text in one look, broken between words where the screen ends.
    public func write(_ text: String, as role: Role) {
        let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
        let lines = paragraphs.flatMap { paragraph in
            paragraph.isEmpty ? [""] : TextWidth.wrapped(String(paragraph), width: columns - 1)
        }
        write(lines.map { theme.paint($0, role) })
    }

    /// Takes note of rows that somebody else has written: the prompt, and what was typed behind it.
    func noteRows(_ count: Int) { rowsWritten += count }

    /// Writes a prompt, behind which somebody types.
    func writePrompt(_ text: String) { put(text.withVisibleControlsButColours) }

    /// Writes bytes as they are: a picture in the terminal's own language.
    public func writeRaw(_ bytes: [UInt8]) {
        endProgress()
        block.rows = 0
        rowsWritten += Self.terminalSize().rows
        send(bytes)
    }

    // MARK: Blocks

    /// Whether a block stands right above the cursor and can be drawn over: nothing was written since, all of it is in
    /// view, and no line of it has been broken by a narrower terminal.
    private var canGoBack: Bool {
        let size = Self.terminalSize()
        return block.rows > 0 && block.rows < size.rows && block.columns == size.columns
    }

    /// Writes lines in the place of the block before, if that is the last thing on the screen; else below.
    public func writeBlock(_ text: String) {
        endProgress()
        let lines = text.withVisibleControlsButColours.split(separator: "\n", omittingEmptySubsequences: false)
        let back = canGoBack ? "\u{1B}[\(block.rows)A" : ""
        rowsWritten += lines.count
        put(back + lines.map { $0 + "\u{1B}[K\n" }.joined() + (back.isEmpty ? "" : "\u{1B}[J"))
        block = (lines.count, Self.terminalSize().columns)
    }

    /// The same for a picture in the terminal's own language, which takes at most so many lines.
    public func writeBlock(_ bytes: [UInt8], rows: Int) {
        endProgress()
        rowsWritten += rows
        // Room is made first, so that the picture cannot scroll the place to which the cursor returns.
        let start = canGoBack && block.rows == rows ? "" : String(repeating: "\n", count: rows)
        send(Array("\(start)\u{1B}[\(rows)A\u{1B}7".utf8) + bytes + Array("\u{1B}8\u{1B}[\(rows)B\r".utf8))
        block = (rows, Self.terminalSize().columns)
    }

    /// What comes next does not take the place of the block.
    public func endBlock() { block.rows = 0 }

    private func send(_ bytes: [UInt8]) {
        fwrite(bytes, 1, bytes.count, cedit_stdout())
        fflush(cedit_stdout())
    }

    /// Draws how far a long command has come, over what it drew before. Nothing where lines cannot be redrawn.
    public func showProgress(_ fraction: Double, _ text: String) {
        guard isTerminal else { return }
        let words = text.withVisibleControls
        let line = DisplayWidth.truncated("\(Self.bar(fraction, width: 20)) \(words)", to: columns - 1)
        guard line != progress else { return }
        put("\r" + theme.paint(line, .note) + "\u{1B}[K")
        progress = line
    }

    /// Takes the progress line away.
    public func endProgress() {
        guard !progress.isEmpty else { return }
        progress = ""
        put("\r\u{1B}[K")
    }

    /// A bar of `width` cells that is filled up to `fraction`.
    package static func bar(_ fraction: Double, width: Int) -> String {
        let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
        let eighths = Int((share * Double(width * 8)).rounded(.down))
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let body = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
        return "▕" + DisplayWidth.padded(body, to: width) + "▏"
    }

    private func put(_ text: String) {
        send(Array(text.utf8))
    }
}

/// Writes a line to standard error.
public func writeError(_ text: String) {
    fflush(cedit_stdout())
    fputs(text.withVisibleControlsButColours + "\n", cedit_stderr())
}
