/// A stretch of a document that a learner reads: prose between the cells, or the words of a question or task.
struct Passage {
    /// What there is to read.
    var blocks: [Block]
    /// The lines of the file on which it stands.
    var lines: ClosedRange<Int>
    /// Whether everyone reads it, rather than those who ask for a hint or make a mistake.
    var isForAll = true
}

extension Document {
    /// Everything that there is to read, in order.
    var passages: [Passage] {
        let end = max(1, source.split(separator: "\n", omittingEmptySubsequences: false).count)
        let starts = elements.dropFirst().map(\.line) + [end + 1]
        return zip(elements, starts).flatMap { element, next in
            let lines = element.line...max(element.line, next - 1)
            return element.content.texts.map { Passage(blocks: $0, lines: lines, isForAll: $1) }
        }
    }

    /// The first line of a passage on which this text stands; the passage's own if it is broken over two.
    func line(of text: String, in passage: Passage) -> Int {
        let all = source.split(separator: "\n", omittingEmptySubsequences: false)
        return passage.lines.first { all.indices.contains($0 - 1) && all[$0 - 1].contains(text) }
            ?? passage.lines.lowerBound
    }
}

extension Document.Content {
    /// What is to be read of it, and whether everyone does.
    fileprivate var texts: [(blocks: [Block], isForAll: Bool)] {
        switch self {
        case .prose(let blocks): [(blocks, true)]
        case .pause, .cell: []
        case .prediction(let prediction):
            [
                (prediction.question, true), (prediction.choices.flatMap(Markdown.blocks), true),
                (prediction.because, true),
            ]
                + (prediction.replies.values + prediction.mistakes.map(\.say) + prediction.hints).map { ($0, false) }
        case .exercise(let exercise):
            [(exercise.task, true), (exercise.because, true)]
                + (exercise.mistakes.map(\.say) + exercise.hints).map { ($0, false) }
        }
    }
}

extension Block {
    /// The runs of text in it: its paragraph or heading, or those of its items, rows and blocks.
    var stretches: [[Inline]] {
        switch self {
        case .heading(_, let inlines), .paragraph(let inlines): [inlines]
        case .list(_, _, let items): items.flatMap { $0.flatMap(\.stretches) }
        case .table(let table): ([table.header] + table.rows).flatMap(\.self)
        case .quote(let blocks): blocks.flatMap(\.stretches)
        case .code, .rule: []
        }
    }
}

extension Inline {
    /// Itself and everything inside it.
    var parts: [Inline] {
        switch self {
        case .emphasis(let inner), .strong(let inner), .struck(let inner), .link(let inner, _):
            [self] + inner.flatMap(\.parts)
        case .text, .code, .image, .softBreak, .lineBreak: [self]
        }
    }
}
