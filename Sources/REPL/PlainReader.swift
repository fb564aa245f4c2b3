/// Reads cells from a pipe or a file, or from a person who wants nothing on the screen to move, such as one who listens
/// to a screen reader: no editing, no colours.
public final class PlainReader: LineSource {
    private let nextLine: () -> String?
    private let ask: ((String) -> Void)?
    private var linesRead = 0

    /// A reader of the lines that `nextLine` gives; `ask` shows a person the prompt, and is nil where nobody reads it.
    package init(asking ask: ((String) -> Void)? = nil, nextLine: @escaping () -> String?) {
        self.ask = ask
        self.nextLine = nextLine
    }

    /// A reader of standard input.
    public convenience init(asking ask: ((String) -> Void)? = nil) {
        let lines = InputLines()
        self.init(asking: ask, nextLine: lines.next)
    }

    /// Joins lines until the cell is complete; an unfinished last cell is handed over as it is. A person ends it by an
    /// empty line.
    public func readCell(prompt: Prompt, isComplete: (String) -> Bool) -> Reading {
        guard var text = line(prompt.first) else { return noLine }
        let first = linesRead
        while !isComplete(text), let more = line(prompt.further) {
            if more.isEmpty, ask != nil { break }
            text += "\n" + more
        }
        return Interrupts.isInterrupted ? noLine : .cell(text, line: first)
    }

    /// A person is shown the old text and types the new one; for a program nothing changes.
    public func readCell(prompt: Prompt, changing text: String, isComplete: (String) -> Bool) -> Reading {
        guard let ask else { return .cleared }
        ask("\(text)\n")
        return readCell(prompt: prompt, isComplete: isComplete)
    }

    private var noLine: Reading {
        guard Interrupts.isInterrupted else { return .end }
        ask?("\n")
        return .cleared
    }

    private func line(_ prompt: String) -> String? {
        ask?(prompt)
        guard var text = nextLine() else { return nil }
        linesRead += 1
        if linesRead == 1, text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
        return text
    }
}
