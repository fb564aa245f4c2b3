extension Document {
    /// The document's text with other texts in its `output` and `error` blocks, given by the line of the block's fence.
    package func replacing(expectations texts: [Int: String]) -> String {
        var lines = source.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        for case .cell(let cell) in elements.map(\.content).reversed() {
            guard let old = cell.expectation, let text = texts[old.lines.lowerBound] else { continue }
            let kind = old.kind == .output ? "output" : "error"
            let block = NotebookWriter.fenced(text, as: kind).split(separator: "\n", omittingEmptySubsequences: false)
            lines.replaceSubrange((old.lines.lowerBound - 1)..<old.lines.upperBound, with: block.map(String.init))
        }
        return lines.joined(separator: "\n")
    }
}
