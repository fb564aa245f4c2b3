import Language
import Notebook

/// Cells that are read and run in order, with nobody at the keyboard. The first that fails ends it.
public struct BatchRun {
    let session: Session
    let source: any LineSource

    /// A run of the cells of `source` in a session.
    public init(session: Session, source: any LineSource) {
        self.session = session
        self.source = source
    }

    /// Runs all cells; false if one has failed. What went wrong is on standard error by then.
    public func run() -> Bool {
        while true {
            switch source.readCell(prompt: Prompt(first: "", further: ""), isComplete: session.isComplete) {
            case .cell(let text, let line):
                guard text.contains(where: { !$0.isWhitespace }) else { continue }
                let result = session.run(text)
                if let error = result.error {
                    Self.report(error, in: text, startingAt: line)
                    return false
                }
                if result.wasInterrupted { return false }
                if result.wantsExit { return true }
            case .cleared: return false
            case .end: return true
            }
        }
    }

    /// Says on standard error which line failed, and why.
    private static func report(_ error: CellError, in text: String, startingAt line: Int) {
        writeError(Diagnostic(error, source: text, firstLine: line).text)
    }
}
