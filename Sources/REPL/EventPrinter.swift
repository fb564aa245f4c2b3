import Language
import Notebook

/// Shows on a screen what a session does, as it happens.
public final class EventPrinter {
    private let screen: Screen
    private let figures: FigureScreen
    /// The cell that the lesson has shown and that needs not be shown again when it runs.
    private var offered: String?
    /// The title of a lesson that has just been opened.
    private var title: String?

    /// A printer for a screen, and what shows pictures on it.
    public init(screen: Screen, figures: FigureScreen) {
        self.screen = screen
        self.figures = figures
    }

    /// Shows one event.
    public func show(_ event: SessionEvent) {
        switch event {
        case .cell(let number, let source): echo(number, source)
        case .output(let output): show(output)
        case .failure(let error, let source):
            let diagnostic = Diagnostic(error, source: source, width: screen.columns - 1)
            screen.write(diagnostic.text(in: screen.theme))
        case .lesson(let event): show(event)
        }
    }

    /// Shows what the lesson says; its title is not said twice.
    private func show(_ event: LessonEvent) {
        var event = event
        switch event {
        case .offer(let source): offered = source
        case .opened(let header, _): title = header.title
        case .prose(let blocks):
            if let title, case .heading(1, let inlines)? = blocks.first, inlines.plainText == title {
                event = .prose(Array(blocks.dropFirst()))
            }
            title = nil
        default: break
        }
        let rows = screen.isTerminal ? Screen.terminalSize().rows : .max
        screen.write(LessonView(theme: screen.theme, columns: screen.columns, rows: rows).lines(event))
    }

    /// Shows a cell that nobody has typed, unless it was shown just before.
    private func echo(_ number: Int, _ source: String) {
        defer { offered = nil }
        guard source != offered else { return }
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        let prompt = Prompt.numbered(number)
        screen.write(
            lines.enumerated().map { index, line in
                screen.theme.paint(index == 0 ? prompt.first : prompt.further, .prompt)
                    + screen.theme.paint(String(line), .code)
            })
    }

    private func show(_ output: Output) {
        switch output {
        case .value(let value):
            screen.write(ValuePrinter(style: .prompt(width: screen.columns - 1)).text(value).withVisibleControls)
        case .text(let text): screen.write(text)
        case .measured(let text) where text.isRemark: screen.write(text.text, as: .note)
        case .measured(let text): screen.write(text.text)
        case .note(let text): screen.write(text, as: .note)
        case .warning(let text): screen.write(text, as: .warning)
        case .progress(let fraction, let text): screen.showProgress(fraction, text)
        case .object(let object): figures.show(object)
        case .frame(let object): figures.showFrame(object)
        case .pause: break
        }
    }
}

extension Diagnostic {
    /// The text in the colours of a theme.
    func text(in theme: Theme) -> String {
        spans.map { span in
            switch span.style {
            case .title: theme.paint(span.text, .error)
            case .message, .source: span.text
            case .caret: theme.paint(span.text, .error)
            case .help: theme.paint(span.text, .note)
            }
        }.joined()
    }
}

extension Prompt {
    /// The prompt of cell `number`.
    public static func numbered(_ number: Int, theme: Theme = Theme(isColoured: false)) -> Prompt {
        let first = "[\(number)] › "
        let further = String(repeating: " ", count: first.count - 2) + "… "
        return Prompt(first: first, further: further, colour: theme.start(.prompt))
    }
}
