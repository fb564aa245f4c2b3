import Language

/// Reads a file of cells, `FILE.gan`: each cell is one, and comments between them are texts.
struct ScriptReader {
    private let lines: [Substring]
    private let cells: [SourceText]

    init(_ text: String, registry: Registry) {
        lines = DocumentParser.lines(of: text)
        cells = CellFile.cells(in: text, registry: registry)
    }

    /// The script as Markdown, called what its first line says if we wrote it.
    func markdown(called name: String) -> String {
        let title = lines.first.flatMap {
            $0.hasPrefix(CellScript.mark) ? String($0.dropFirst(CellScript.mark.count)) : nil
        }
        var (seed, rest) = (UInt64(1), cells[...])
        if title != nil, let first = rest.first,
            let number = first.text.wholeMatch(of: /seed (\d+)/).flatMap({ UInt64($0.1) })
        {
            (seed, rest) = (number, rest.dropFirst())
        }
        var parts = [ImportedNotebook.head(title: title ?? name, seed: seed)]
        var line = title == nil ? 1 : 2
        for cell in rest {
            parts += texts(from: line, to: cell.line)
            parts.append(NotebookWriter.fenced(cell.text, as: "gan"))
            line = cell.line + cell.text.utf8.count { $0 == 10 } + 1
        }
        parts += texts(from: line, to: lines.count + 1)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The comments on the lines before `end`: lines that follow one another are one text.
    private func texts(from start: Int, to end: Int) -> [String] {
        guard start < end else { return [] }
        let comments = lines[(start - 1)..<(end - 1)].split { $0.drop(while: \.isWhitespace).first != "#" }
        return comments.map { lines in
            let text = lines.map { line in
                let words = line.drop(while: \.isWhitespace).dropFirst()
                return words.first == " " ? words.dropFirst() : words
            }.joined(separator: "\n")
            return ImportedNotebook.text(text.withVisibleControls)
        }
    }
}
