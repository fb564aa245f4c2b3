import Language
import Notebook

/// Prints what cells print and nothing else: for pipes, files and documents.
public final class PlainPrinter {
    /// How values are written.
    public enum Style: Sendable {
        /// With all their digits, to be read by programs; remarks go to standard error.
        case batch
        /// As the prompt shows them, 80 columns wide; remarks are lines among the others, as in a lesson's `output`.
        case document
    }

    /// Shows a figure.
    public typealias FigureSink = (any ObjectValue) -> Void

    private let screen: Screen
    private let style: Style
    private let values: ValuePrinter
    private let showFigure: FigureSink

    /// A printer on a screen that is no terminal. Figures go to `showFigure`.
    public init(screen: Screen, style: Style, showFigure: @escaping FigureSink) {
        self.screen = screen
        self.style = style
        self.showFigure = showFigure
        values = ValuePrinter(style: style == .batch ? .batch : .prompt(width: 80))
    }

    /// Shows one event. Failures are left to whoever runs the cells.
    public func show(_ event: SessionEvent) {
        switch event {
        case .cell, .failure: break
        case .output(let output): show(output)
        case .lesson(let event):
            screen.write(LessonView(theme: screen.theme, columns: 80).lines(event))
        }
    }

    private func show(_ output: Output) {
        switch output {
        case .value(let value): screen.write(values.text(value).withVisibleControls)
        case .text(let text): screen.write(text)
        case .measured(let text) where text.isRemark: remark("note: \(text.text)")
        case .measured(let text): screen.write(text.text)
        case .note(let text): remark("note: \(text)")
        case .warning(let text): remark("warning: \(text)")
        case .progress, .frame, .pause: break
        case .object(let object): showFigure(object)
        }
    }

    private func remark(_ text: String) {
        if style == .batch { writeError(text) } else { screen.write(text) }
    }
}
