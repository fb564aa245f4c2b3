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
        let marks = NotebookMarks(session)
        let cells = session.record.enumerated().filter(\.element.stands)
        guard let opened = session.opened else {
            return ([head] + cells.map { text(of: $1, marks.words(at: $0)) }).joined(separator: "\n\n") + "\n"
        }
        var (bytes, isVerbatim) = (opened.head, true)
        for (place, cell) in cells {
            if !isVerbatim || cell.verbatim == nil { bytes.beginParagraph(opened.hasCarriageReturns) }
            let text = cell.verbatim == nil ? text(of: cell, marks.words(at: place)) + "\n" : ""
            bytes +=
                cell.verbatim ?? Array((opened.hasCarriageReturns ? text.replacing("\n", with: "\r\n") : text).utf8)
            isVerbatim = cell.verbatim != nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private var head: String {
        let saved = ISO8601DateFormatter.string(
            from: session.started, timeZone: .current, formatOptions: .withInternetDateTime)
        return """
            \(Self.opening)A session
            seed: \(session.configuration.seed)
            saved: "\(saved)"
            version: "\(Library.version)"
            ---
            """
    }

    private func text(of cell: RecordedCell, _ words: [String]) -> String {
        if cell.isNote { return Self.prose(cell.source) }
        var parts = [Self.fenced(cell.source, as: (["gan"] + words).joined(separator: " "))]
        let printed = session.measuredTranscript(of: cell.outputs)
        if !printed.text.isEmpty { parts.append(Self.fenced(printed, as: "output")) }
        if let stop = cell.stops.stop {
            parts.append("This cell was stopped before its end, and `stop=\(stop)` stops it there in every run.")
        }
        for (name, figure) in zip(figures[cell.number] ?? [], cell.figures) {
            let words = (figure as? FigureValue)?.figure.words ?? "The picture of cell \(cell.number)"
            parts.append(MarkdownText.image(words: words, source: name))
        }
        return parts.joined(separator: "\n\n")
    }

    /// A text that reads as prose and nothing else: a backslash before what Markdown would take for more.
    static func prose(_ text: String) -> String {
        let elements = Document(parsing: "\n" + text + "\n", file: "").elements
        if elements.count == 1, case .prose = elements[0].content { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isMarked = line.drop { $0 == " " }.first.map { "`~-*_".contains($0) } ?? false
            return isMarked ? "\\" + line.drop { $0 == " " } : String(line)
        }.joined(separator: "\n")
    }

    /// A fenced block that says which of its words were measured.
    static func fenced(_ text: MeasuredText, as language: String) -> String {
        fenced(text.text, as: text.varying.isEmpty ? language : "\(language) varies=\(text.varying)")
    }

    /// A fenced block whose fence is longer than any in the text.
    static func fenced(_ text: String, as language: String) -> String {
        let lines: [Substring] = text.split(separator: "\n")
        let longest = lines.map { $0.drop(while: { $0 == " " }).prefix(while: { $0 == "`" }).count }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(language)\n\(text)\n\(fence)"
    }
}

/// What the fences of a notebook's cells say about where each begins, so that it runs as the session did.
private struct NotebookMarks {
    private let record: [RecordedCell]
    /// The cells whose end others begin with, by their place in the record, and the number that each gets.
    private var numbers: [Int: Int] = [:]
    /// The numbers of cells that a run of the notebook would count otherwise, by their place; none if no cell asks for
    /// the output of another by its number.
    private var ownNumbers: [Int: Int] = [:]

    init(_ session: Session) {
        record = session.record
        if record.contains(where: { $0.stands && session.usesOutputs($0) }) { ownNumbers = Self.unusual(record) }
        let starts = record.indices.compactMap { start(at: $0) }
        let wanted = Set(starts.flatMap { [$0.variables, $0.random].compactMap(\.self) })
        for (number, place) in wanted.filter({ $0 > 0 }).sorted().enumerated() { numbers[place] = number + 1 }
    }

    /// The words behind `gan` for the cell at a place of the record.
    func words(at place: Int) -> [String] {
        var words: [String] = []
        if let start = start(at: place) {
            if let from = start.variables { words.append("from=\(numbers[from] ?? 0)") }
            if let random = start.random { words.append("random=\(numbers[random] ?? 0)") }
            if start.isApart { words.append("apart") }
        }
        words += record[place].stops.words
        if let number = numbers[place + 1] { words.append("mark=\(number)") }
        if let number = ownNumbers[place] { words.append("number=\(number)") }
        return words
    }

    private static func unusual(_ record: [RecordedCell]) -> [Int: Int] {
        var (last, numbers): (Int, [Int: Int]) = (0, [:])
        for (place, cell) in record.enumerated() where cell.stands && !cell.isNote {
            if cell.number != last + 1 { numbers[place] = cell.number }
            last = max(last, cell.number)
        }
        return numbers
    }

    /// What a cell begins with, in terms of cells that are saved: those that failed or were undone changed nothing. Nil where that is
    /// what the saved cell before it left.
    private func start(at place: Int) -> CellStart? {
        guard record[place].stands, var start = record[place].start else { return nil }
        start.variables = start.variables.map(saved)
        start.random = start.random.map(saved)
        if start.random == start.variables { start.random = nil }
        if start.variables == saved(place), !start.isApart { start.variables = nil }
        return start == CellStart() ? nil : start
    }

    /// How many cells had run when the last saved one of the first `count` had.
    private func saved(_ count: Int) -> Int {
        record[..<count].lastIndex(where: \.stands).map { $0 + 1 } ?? 0
    }
}

extension [UInt8] {
    /// Ends the line at hand and leaves an empty one after it, unless that is there.
    fileprivate mutating func beginParagraph(_ hasCarriageReturns: Bool) {
        guard let last else { return }
        let end: [UInt8] = hasCarriageReturns ? [13, 10] : [10]
        if last != 10 { self += end }
        if suffix(4).filter({ $0 != 13 }).suffix(2) != [10, 10] { self += end }
    }
}
