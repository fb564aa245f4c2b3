import Foundation
import Language

/// A notebook as it is handed to others: its texts, its cells with what they printed, and its pictures.
///
/// It is made from a document alone, so whatever a saved notebook holds can be shared; nothing is run for it.
struct SharedNotebook {
    /// What it is called.
    var title: String
    /// Where its random numbers start.
    var seed: UInt64
    /// When it was saved, if that is known.
    var saved: String?
    /// What it holds, in order.
    var parts: [Part] = []
    /// What could not be taken along.
    var notes: [String] = []

    /// A part of a notebook.
    enum Part {
        /// Markdown.
        case text(String)
        case cell(SharedCell)
        case question(SharedQuestion)
    }

    /// Reads a document, with the pictures that it names.
    init(_ document: Document, pictures: PictureFolder) {
        seed = document.seed
        title = Self.title(of: document)
        if case .notebook(let header) = document.header { saved = header.saved }
        var reader = SharedNotebookReader(document, pictures: pictures)
        reader.read()
        (parts, notes) = (reader.parts, reader.notes)
    }

    private static func title(of document: Document) -> String {
        switch document.header {
        case .notebook(let header): if let title = header.title { return title }
        case .lesson(let header): return header.title
        case .none: break
        }
        for case .prose(let blocks) in document.elements.map(\.content) {
            for case .heading(1, let inlines) in blocks { return inlines.plainText }
        }
        return URL(filePath: document.file).deletingPathExtension().lastPathComponent
    }
}

/// A cell with what it printed and drew.
struct SharedCell {
    /// Its number, from 1.
    var number: Int
    var source: String
    /// What it printed; empty for nothing.
    var output = ""
    /// What it failed with, on purpose; nil if it did not.
    var error: String?
    var pictures: [SharedPicture] = []
    /// Where it begins, as the words behind `gan`; none if it goes on where the cell above it ended.
    var start: [String] = []
}

/// A question or a task of a lesson, in Markdown.
struct SharedQuestion {
    var text: String
    /// A cell that runs when the task opens.
    var start: String?
    /// The model answer, as a cell.
    var solution: String?
    /// What is right, and why.
    var answer: String
}

/// A picture that goes into the file itself.
struct SharedPicture {
    /// The kinds of pictures, by their names on the web.
    enum Kind: String {
        case png = "image/png"
        case svg = "image/svg+xml"
        case jpeg = "image/jpeg"
        case gif = "image/gif"
    }

    var kind: Kind
    var bytes: [UInt8]
    /// What is to be seen, for those who cannot see it.
    var words: String
    /// Whether it was drawn just now, by us, so that it may become a part of a page.
    var isOurs: Bool
}

/// Goes through a document part by part.
private struct SharedNotebookReader {
    let document: Document
    let pictures: PictureFolder
    let lines: [Substring]
    var parts: [SharedNotebook.Part] = []
    var notes: [String] = []
    private var number = 0

    init(_ document: Document, pictures: PictureFolder) {
        (self.document, self.pictures) = (document, pictures)
        lines = DocumentParser.lines(of: document.source)
    }

    mutating func read() {
        for (index, element) in document.elements.enumerated() {
            switch element.content {
            case .prose:
                let next = index + 1 < document.elements.count ? document.elements[index + 1].line : lines.count + 1
                readText(lines[(element.line - 1)..<max(next - 1, element.line - 1)])
            case .pause: parts.append(.text("---"))
            case .cell(let cell): readCell(cell)
            case .prediction(let prediction): parts.append(.question(SharedQuestion(prediction)))
            case .exercise(let exercise): parts.append(.question(SharedQuestion(exercise)))
            }
        }
    }

    private mutating func readCell(_ cell: DocumentCell) {
        number += 1
        var shared = SharedCell(number: number, source: cell.code.text)
        shared.start = cell.words
        switch cell.expectation?.kind {
        case .output?: shared.output = cell.expectation?.text ?? ""
        case .error?: shared.error = cell.expectation?.text
        case nil: break
        }
        parts.append(.cell(shared))
    }

    /// Pictures right after a cell are the cell's; the rest is text.
    private mutating func readText(_ lines: ArraySlice<Substring>) {
        var rest = lines
        let start = lines.first { !$0.isEmpty } ?? ""
        if case .cell(var cell)? = parts.last, start.hasPrefix("![") {
            for block in Markdown.read(lines.joined(separator: "\n")) {
                guard case .prose(.paragraph(let inlines)) = block.node, inlines.count == 1,
                    case .image(let words, let source) = inlines[0],
                    let picture = try? pictures.picture(at: source, words: words)
                else { break }
                cell.pictures.append(picture)
                rest = lines.dropFirst(block.lastLine)
            }
            parts[parts.count - 1] = .cell(cell)
        }
        let text = rest.joined(separator: "\n").trimmed
        guard !text.isEmpty else { return }
        parts.append(.text(text))
        for source in Markdown.pictureSources(in: text) { lookFor(source) }
    }

    private mutating func lookFor(_ source: String) {
        do throws(PictureFolder.Refusal) { _ = try pictures.picture(at: source, words: "") } catch {
            notes.append(error.description)
        }
    }
}

extension SharedQuestion {
    fileprivate init(_ prediction: Prediction) {
        let choices = prediction.choices.enumerated().map { "\($0 + 1). \($1)" }
        let question = MarkdownText.text(prediction.question)
        text = ([question] + (choices.isEmpty ? [] : [choices.joined(separator: "\n")])).joined(separator: "\n\n")
        let right =
            switch prediction.answer {
            case .choice(let number): "\(number)."
            case .number(let source, let within): "`\(source.text)`, within \(within.shortest)."
            }
        answer = right + "\n\n" + MarkdownText.text(prediction.because)
    }

    fileprivate init(_ exercise: Exercise) {
        text = MarkdownText.text(exercise.task)
        start = exercise.start?.text
        solution = exercise.solution.text
        answer = MarkdownText.text(exercise.because)
    }
}
