/// Reads cells from a pipe or a file: no prompt, no editing, no colours.
public final class PlainReader: LineSource {
    private let nextLine: () -> String?
    private var linesRead = 0

    /// A reader of the lines that `nextLine` gives.
    package init(nextLine: @escaping () -> String?) {
        self.nextLine = nextLine
    }

    /// A reader of standard input.
    public convenience init() {
        let lines = InputLines()
        self.init(nextLine: lines.next)
    }

    /// Joins lines until the cell is complete; an unfinished last cell is handed over as it is.
    public func readCell(prompt: Prompt, isComplete: (String) -> Bool) -> Reading {
        guard var text = line() else { return Interrupts.isInterrupted ? .cleared : .end }
        let first = linesRead
        while !isComplete(text), let more = line() {
            text += "\n" + more
        }
        return .cell(text, line: first)
    }

    /// Nobody is there to change a text.
    public func readCell(prompt: Prompt, changing text: String, isComplete: (String) -> Bool) -> Reading {
        .cleared
    }

    private func line() -> String? {
        guard var text = nextLine() else { return nil }
        linesRead += 1
        if linesRead == 1, text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
        return text
    }
}
