import Foundation
import Language
import Notebook
import Plotting

/// Shows figures at the prompt: in a window, as pixels in the terminal or as characters, whatever there is.
public final class FigureScreen {
    private let screen: Screen
    private let display: FigureDisplay
    private var hasAsked = false
    /// Whether the last thing shown was a frame, whose place the next picture takes.
    private var isLive = false
    /// Whether a frame could not be drawn: the others of that command are not tried.
    private var hasGivenUp = false
    /// Is handed what was typed while the terminal was asked what it can do.
    public var onTyped: ([UInt8]) -> Void = { _ in }

    /// Figures for a screen; told in words where nothing is to be drawn and `GAN_PLOT` says nothing else. Ctrl-C gives
    /// up a picture that takes too long.
    public init(screen: Screen, wantsPlain: Bool = false) {
        self.screen = screen
        var environment = Self.environment(isTerminal: screen.isTerminal)
        if wantsPlain, (environment.variables["GAN_PLOT"] ?? "").isEmpty { environment.variables["GAN_PLOT"] = "words" }
        display = FigureDisplay(environment: environment, isInterrupted: { Interrupts.isInterrupted })
    }

    /// What is known of the terminal before the first figure.
    static func environment(isTerminal: Bool) -> DisplayEnvironment {
        let size = Screen.terminalSize()
        return DisplayEnvironment(isTerminal: isTerminal, columns: size.columns, rows: size.rows)
    }

    /// Shows the figure, or says why that is not possible; the session goes on either way. It takes the place of the
    /// frames before it.
    public func show(_ object: any ObjectValue) {
        guard let figure = (object as? FigureValue)?.figure else {
            return screen.write(object.describe(width: screen.columns - 1))
        }
        let takesPlace = isLive
        (isLive, hasGivenUp) = (false, false)
        if let error = draw(figure, inPlace: takesPlace) { complain(error) }
        screen.endBlock()
    }

    /// Shows a figure that another one will replace soon. When one cannot be drawn that is said once, and the frames
    /// after it are left out.
    public func showFrame(_ object: any ObjectValue) {
        guard screen.isTerminal, !hasGivenUp, let figure = (object as? FigureValue)?.figure else { return }
        guard let error = draw(figure, inPlace: true) else {
            isLive = true
            return
        }
        if error == .interrupted { return }
        (isLive, hasGivenUp) = (false, true)
        complain(error, isFrame: true)
    }

    /// Closes the windows, at the end of a conversation.
    func closeWindows() { display.closeWindows() }

    private func draw(_ figure: Figure, inPlace: Bool) -> PlotError? {
        askTerminal()
        let size = Screen.terminalSize()
        (display.environment.columns, display.environment.rows) = (size.columns, size.rows)
        display.environment.lineHeight = Screen.lineHeight()
        do throws(PlotError) {
            switch try display.show(figure, isFrame: inPlace) {
            case .text(let text): if inPlace { screen.writeBlock(text) } else { screen.write(text) }
            case .bytes(let bytes, let rows):
                if inPlace { screen.writeBlock(bytes, rows: rows) } else { screen.writeRaw(bytes) }
            case .window: break
            }
            return nil
        } catch {
            return error
        }
    }

    /// A person reads it where the picture would be; a program must not take it for a picture.
    private func complain(_ error: PlotError, isFrame: Bool = false) {
        let text =
            error == .windowClosed
            ? "The window was closed. Training goes on, and its last picture opens another one."
            : "There is no picture: \(error.message)\(isFrame ? "; training goes on without" : "")."
        let help = isFrame ? nil : error.help.map { "help: \($0)" }
        if screen.isTerminal {
            screen.write(text, as: .warning)
            if let help { screen.write(help, as: .note) }
        } else {
            writeError([text, help].compactMap(\.self).joined(separator: "\n"))
        }
    }

    /// Asks the terminal whether it shows sixels, once.
    private func askTerminal() {
        guard !hasAsked, screen.isTerminal else { return }
        hasAsked = true
        guard let answer = Self.sixelAnswer(display.environment) else { return }
        display.environment.hasSixels = answer.hasSixels
        onTyped(answer.typed)
    }

    /// What the terminal says to the question whether it shows sixels; nil where that decides nothing.
    static func sixelAnswer(_ environment: DisplayEnvironment) -> TerminalQuery.Answer? {
        guard !environment.hasDisplay, !environment.hasKittyGraphics,
            (Screen.environmentValue("GAN_PLOT") ?? "").isEmpty
        else { return nil }
        return TerminalQuery.sixels(terminal: Screen.environmentValue("TERM") ?? "")
    }

    /// Writes a figure to a file, for notebooks that are saved and for `--figures`.
    var writer: Session.Configuration.FigureWriter {
        { [display] object, file throws(CellError) in
            guard let figure = (object as? FigureValue)?.figure else { return }
            do throws(PlotError) {
                try display.write(figure, to: file.path)
            } catch {
                throw error.explanation
            }
        }
    }
}
