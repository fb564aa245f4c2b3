extension Document {
    /// The document's text with other texts in its `output` and `error` blocks, given by the line of the block's fence, and
    /// with new `output` blocks behind cells, given by the cell's first line. Line ends stay what they are.
    package func replacing(expectations texts: [Int: String], adding outputs: [Int: String] = [:]) -> String {
        let lineEnd = source.contains("\r\n") ? "\r\n" : "\n"
        var lines = source.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        for case .cell(let cell) in elements.map(\.content).reversed() {
            if let old = cell.expectation, let text = texts[old.lines.lowerBound] {
                let kind = old.kind == .output ? "output" : "error"
                lines.replaceSubrange((old.lines.lowerBound - 1)..<old.lines.upperBound, with: Self.block(text, kind))
            } else if let text = outputs[cell.code.line] {
                let end =
                    cell.code.line - 1 + cell.code.text.split(separator: "\n", omittingEmptySubsequences: false).count
                lines.insert(contentsOf: [""] + Self.block(text, "output"), at: min(end + 1, lines.count))
            }
        }
        return lines.joined(separator: lineEnd)
    }

    private static func block(_ text: String, _ kind: String) -> [String] {
        NotebookWriter.fenced(text, as: kind).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
