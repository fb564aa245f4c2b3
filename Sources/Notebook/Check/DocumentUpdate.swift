import Language

/// What cells print and draw now, for the text of their document.
struct CellUpdates {
    /// New texts of `output` and `error` blocks, by the line of the block's fence.
    var blocks: [Int: MeasuredText] = [:]
    /// What cells print that have no such block, by the cell's first line.
    var added: [Int: MeasuredText] = [:]
    /// What cells draw, by the cell's first line.
    var pictures: [Int: [Picture]] = [:]
    /// The folder whose pictures behind a cell are the cell's: they give way to what it draws now. Others are the
    /// author's own and stay.
    var folder = ""
    /// Whether pictures are added that the document has not shown so far.
    var addsPictures = true

    /// A picture by its words and its file.
    struct Picture {
        let words: String
        let name: String

        fileprivate var line: String { MarkdownText.image(words: words, source: name) }
    }
}

extension Document {
    /// The document's text with what its cells print and draw now. Line ends stay what they are.
    func replacing(_ updates: CellUpdates) -> String {
        let lineEnd = source.utf8.contains(13) ? "\r\n" : "\n"
        let unix = source.utf8.contains(13) ? source.replacing("\r\n", with: "\n") : source
        var lines = unix.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for case .cell(let cell) in elements.map(\.content).reversed() {
            let end = cell.code.line - 1 + cell.code.text.utf8.count { $0 == 10 } + 1
            if let pictures = updates.pictures[cell.code.line] {
                let last = min(cell.expectation?.lines.upperBound ?? end + 1, lines.count)
                Self.replacePictures(behind: last, with: pictures, updates, in: &lines)
            }
            if let old = cell.expectation, let text = updates.blocks[old.lines.lowerBound] {
                let kind = old.kind == .output ? "output" : "error"
                lines.replaceSubrange((old.lines.lowerBound - 1)..<old.lines.upperBound, with: Self.block(text, kind))
            } else if let text = updates.added[cell.code.line] {
                lines.insert(contentsOf: [""] + Self.block(text, "output"), at: min(end + 1, lines.count))
            }
        }
        return lines.joined(separator: lineEnd)
    }

    private static func block(_ text: MeasuredText, _ kind: String) -> [String] {
        NotebookWriter.fenced(text, as: kind).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The pictures right behind a cell, one after the other, give way to new ones; those that are left over are added.
    private static func replacePictures(
        behind last: Int, with pictures: [CellUpdates.Picture], _ updates: CellUpdates, in lines: inout [String]
    ) {
        var rest = pictures[...]
        var (end, line) = (last, last)
        while line < lines.count {
            let text = lines[line].trimmed
            if !text.isEmpty {
                guard let match = text.wholeMatch(of: /!\[.*\]\(<?([^<>]*)>?\)/) else { break }
                if match.1.hasPrefix(updates.folder + "/"), let picture = rest.popFirst() { lines[line] = picture.line }
                end = line + 1
            }
            line += 1
        }
        guard updates.addsPictures else { return }
        lines.insert(contentsOf: rest.flatMap { ["", $0.line] }, at: end)
    }
}
