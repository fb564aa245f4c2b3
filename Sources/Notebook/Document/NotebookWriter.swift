import Foundation
import Language

/// Writes a session as a Markdown notebook, which runs again to the same results.
struct NotebookWriter {
    /// How every saved notebook begins.
    static let opening = "---\ntitle: "

    let session: Session
    /// The picture files of each cell, relative to the notebook.
    var figures: [Int: [String]] = [:]

    /// The whole notebook.
    func text() -> String {
        let saved = ISO8601DateFormatter.string(
            from: session.started, timeZone: .current, formatOptions: .withInternetDateTime)
        let head = """
            \(Self.opening)A session
            seed: \(session.configuration.seed)
            saved: "\(saved)"
            ---
            """
        let cells = session.record.filter(\.stands)
        return ([head] + cells.map(text(of:))).joined(separator: "\n\n") + "\n"
    }

    private func text(of cell: RecordedCell) -> String {
        var parts = [Self.fenced(cell.source, as: "gan")]
        let printed = session.transcript(of: cell.outputs)
        if !printed.isEmpty { parts.append(Self.fenced(printed, as: "output")) }
        if cell.wasInterrupted {
            parts.append("This cell was stopped before its end; running it again takes it to the end.")
        }
        parts += (figures[cell.number] ?? []).map { "![The picture of cell \(cell.number)](<\($0)>)" }
        return parts.joined(separator: "\n\n")
    }

    /// A fenced block whose fence is longer than any in the text.
    static func fenced(_ text: String, as language: String) -> String {
        let lines: [Substring] = text.split(separator: "\n")
        let longest = lines.map { $0.drop(while: { $0 == " " }).prefix(while: { $0 == "`" }).count }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(language)\n\(text)\n\(fence)"
    }
}
