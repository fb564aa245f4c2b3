import Language
import Words

/// How two notebooks differ: cell by cell, numbers within a tolerance. Their texts are not compared.
public struct NotebookDifference {
    /// A line for everything that differs, with what stands in either; empty if nothing does.
    public private(set) var lines: [String] = []
    /// How many cells are alike.
    public private(set) var alike = 0
    /// How many print something else, are written otherwise, or stand in one notebook only.
    public private(set) var changed = 0, rewritten = 0, only = [0, 0]
    private let names: [String]
    private let tolerance: NumberTolerance
    private let limit: Int

    /// Compares two documents; of long differences the first lines are told, up to the limit.
    public init(_ one: Document, _ other: Document, tolerance: NumberTolerance = .lastDigit, limit: Int = 20) {
        names = one.file == other.file ? ["the first", "the second"] : [one.file, other.file]
        (self.tolerance, self.limit) = (tolerance, limit)
        if one.seed != other.seed { lines.append("seed: \(one.seed) in \(names[0]), \(other.seed) in \(names[1])") }
        let (cells, others) = (Self.cells(one), Self.cells(other))
        for pair in Alignment.of(cells.map(\.source), others.map(\.source)) {
            switch (pair.first, pair.second) {
            case (let i?, let j?): compare(cells[i], others[j])
            case (let i?, nil): tellOnly(cells[i], in: 0, sign: "-")
            case (nil, let j?): tellOnly(others[j], in: 1, sign: "+")
            case (nil, nil): break
            }
        }
    }

    /// Whether they are the same as far as this looks.
    public var isEmpty: Bool { lines.isEmpty }

    /// The counts in one line: "12 cells alike, 1 prints something else, 1 only in b.md".
    public var summary: String {
        let counts = [
            (changed, changed == 1 ? "prints something else" : "print something else"),
            (rewritten, rewritten == 1 ? "is written otherwise" : "are written otherwise"),
            (only[0], "only in \(names[0])"), (only[1], "only in \(names[1])"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return (["\(Wording.count(alike, "cell")) alike"] + parts).joined(separator: ", ")
    }

    // MARK: Cells

    /// A cell and all that it shows, pictures in words.
    private struct Cell {
        var number: Int
        var line: Int
        var source: String
        var shown: MeasuredText

        mutating func show(_ words: String) {
            if shown.text.isEmpty { shown = MeasuredText(words) } else { shown.append(MeasuredText(words)) }
        }
    }

    private static func cells(_ document: Document) -> [Cell] {
        var cells: [Cell] = []
        var followsCell = false
        for element in document.elements {
            switch element.content {
            case .cell(let cell):
                let text = cell.expectation.map { expected in
                    expected.kind == .error ? MeasuredText("error: \(expected.text)") : expected.measuredText
                }
                cells.append(
                    Cell(
                        number: cells.count + 1, line: element.line, source: cell.code.text,
                        shown: text ?? MeasuredText("")))
                followsCell = true
            case .prose(let blocks) where followsCell:
                let words = blocks.prefix { Self.picture(in: $0) != nil }.compactMap(Self.picture)
                for words in words { cells[cells.count - 1].show(words) }
                followsCell = false
            default: followsCell = false
            }
        }
        return cells
    }

    private static func picture(in block: Block) -> String? {
        guard case .paragraph(let inlines) = block, inlines.count == 1, case .image(let words, _) = inlines[0] else {
            return nil
        }
        return "[picture: \(words)]"
    }

    // MARK: What differs

    private mutating func compare(_ one: Cell, _ other: Cell) {
        let place = one.line == other.line ? "line \(one.line)" : "line \(one.line); line \(other.line) in \(names[1])"
        let title = "cell \(one.number) (\(place))"
        if one.source != other.source {
            rewritten += 1
            tell("\(title) is written otherwise:", marked(one.source, "-") + marked(other.source, "+"))
        } else if let difference = OutputComparison.difference(
            expected: one.shown, printed: other.shown, tolerance: tolerance, context: 1)
        {
            changed += 1
            tell("\(title) prints something else:", difference.split(separator: "\n", omittingEmptySubsequences: false))
        } else {
            alike += 1
        }
    }

    private mutating func tellOnly(_ cell: Cell, in place: Int, sign: String) {
        only[place] += 1
        tell("cell \(cell.number) (line \(cell.line)) is only in \(names[place]):", marked(cell.source, sign))
    }

    private func marked(_ text: String, _ sign: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(sign)\($0)" }
    }

    private mutating func tell(_ title: String, _ details: [Substring]) {
        if !lines.isEmpty { lines.append("") }
        lines.append(title)
        lines += details.prefix(limit).map { "  \($0)" }
        if details.count > limit { lines.append("  ... and \(Wording.count(details.count - limit, "line")) more") }
    }
}
