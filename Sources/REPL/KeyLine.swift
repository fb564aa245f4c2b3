import Notebook

/// The line above the prompt that says what can be typed: when it is shown again, so that it can always be seen and is
/// never in the way.
struct KeyLine {
    /// What was shown last, and how many rows had been written by then.
    private var shown: (hints: [KeyHint], rows: Int)?

    /// Takes note that a screen shows the keys already.
    mutating func isShown(_ hints: [KeyHint], on screen: Screen) {
        shown = (hints, screen.rowsWritten)
    }

    /// Shows what can be typed, unless it still stands right above the prompt.
    /// - Parameter isGuided: whether somebody is being led, by a lesson or a command that has paused, and has to see the
    ///   keys there and then; else it is enough that they are somewhere on the screen.
    mutating func show(_ hints: [KeyHint], isGuided: Bool, on screen: Screen) {
        guard isDue(hints, isGuided: isGuided, rows: screen.rowsWritten, height: Screen.terminalSize().rows) else {
            return
        }
        screen.write(LessonView(theme: screen.theme, columns: screen.columns).keys(hints))
        isShown(hints, on: screen)
    }

    /// Whether the keys have to be shown, when so many rows have been written on a screen of so many.
    func isDue(_ hints: [KeyHint], isGuided: Bool, rows: Int, height: Int) -> Bool {
        guard let shown, shown.hints == hints else { return !hints.isEmpty }
        return rows - shown.rows >= (isGuided ? 1 : max(4, height - 6))
    }
}
