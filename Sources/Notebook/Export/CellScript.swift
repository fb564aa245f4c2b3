/// The cells of a notebook as a plain script, which `run` and `gan run` take; its texts are comments.
struct CellScript {
    let notebook: SharedNotebook

    /// How every script of ours begins.
    static let mark = "# A script of the GAN playground: "

    /// The whole script.
    func text() -> String {
        let head = "\(Self.mark)\(Self.oneLine(notebook.title))\nseed \(notebook.seed)"
        return ([head] + notebook.parts.map(Self.text)).joined(separator: "\n\n") + "\n"
    }

    /// Whether a cell goes on from elsewhere, which a script cannot say.
    var hasJumps: Bool {
        notebook.parts.contains { if case .cell(let cell) = $0 { !cell.start.isEmpty } else { false } }
    }

    private static func text(of part: SharedNotebook.Part) -> String {
        switch part {
        case .text(let text): return comment(text)
        case .cell(let cell) where cell.error != nil:
            return "# This cell fails on purpose:\n" + comment(cell.source)
        case .cell(let cell): return cell.source
        case .question(let question):
            let cells = [question.start, question.solution].compactMap(\.self)
            return ([comment(question.text)] + cells).joined(separator: "\n\n")
        }
    }

    private static func comment(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "#" : "# \($0)" }.joined(separator: "\n").withVisibleControls
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").withVisibleControls
    }
}
