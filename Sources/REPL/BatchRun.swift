import Language
import Notebook

/// Cells that are read and run in order, with nobody at the keyboard. The first that fails ends it.
public struct BatchRun {
    let session: Session
    let source: any LineSource
    let screen: Screen

    /// A run of the cells of `source` in a session.
    public init(session: Session, source: any LineSource, screen: Screen) {
        self.session = session
        self.source = source
        self.screen = screen
    }

    /// What a cell says about the cells after it.
    private enum Outcome {
        case goesOn
        case failed
        case ends
    }

    /// Runs all cells, `first` before those of the source; false if one has failed. What went wrong is on standard
    /// error by then.
    public func run(beginningWith first: String? = nil) -> Bool {
        var outcome = first.map { run($0, line: nil) } ?? .goesOn
        while case .goesOn = outcome {
            switch source.readCell(prompt: Prompt(first: "", further: ""), isComplete: session.isComplete) {
            case .cell(let text, let line):
                let isBlank = text.allSatisfy(\.isWhitespace)
                outcome = isBlank ? .goesOn : run(text, line: line)
            case .cleared: outcome = .failed
            case .end: outcome = .ends
            }
        }
        if case .failed = outcome { return false }
        return true
    }

    private func run(_ text: String, line: Int?) -> Outcome {
        let result = session.run(text)
        if let error = result.error {
            writeError(Diagnostic(error, source: text, firstLine: line).text)
            return .failed
        }
        if result.wasInterrupted { return .failed }
        if session.lesson != nil { showKeys() }
        return result.wantsExit ? .ends : .goesOn
    }

    /// Whatever drives a lesson through a pipe is told what it waits for.
    private func showKeys() {
        screen.write(LessonView(theme: screen.theme, columns: screen.columns).keys(session.keyHints))
    }
}
