import Files
import Foundation
import Language

/// The cells of a file: of a Markdown notebook, or of a plain file of cells such as `FILE.gan`.
public enum CellFile {
    /// The cells of a file, in order, each with the line on which it starts.
    public static func cells(
        of file: URL, registry: Registry, reading: (URL) throws(FileProblem) -> String = WholeFile.text
    ) throws(CellError) -> [DocumentCell] {
        let text: String
        do throws(FileProblem) {
            text = try reading(file)
        } catch {
            throw CellError(.file, "\(file.relativePath) cannot be read: \(error.reason)")
        }
        let document: Document
        do throws(FileProblem) {
            document = try self.document(text, of: file, registry: registry)
        } catch {
            throw CellError(.file, "\(file.relativePath) cannot be read: \(error.reason)")
        }
        if let problem = document.problems.first { throw CellError(.file, problem.description) }
        return document.elements.flatMap(\.cells)
    }

    /// A file as a document: a notebook of Jupyter's is read as Markdown, and a plain file of cells is a document without
    /// texts.
    public static func document(at file: URL, registry: Registry) throws(FileProblem) -> Document {
        try document(try WholeFile.text(of: file), of: file, registry: registry)
    }

    private static func document(_ text: String, of file: URL, registry: Registry) throws(FileProblem) -> Document {
        if isMarkdown(file) { return Document(parsing: text, file: file.relativePath) }
        if case .ipynb? = ImportedNotebook.Format(of: file) {
            return try ImportedNotebook.read(text, as: .ipynb, file: file, registry: registry)
                .document(file: file.relativePath)
        }
        let elements = cells(in: text, registry: registry).map {
            Document.Element(line: $0.line, .cell(DocumentCell(code: $0)))
        }
        return Document(file: file.relativePath, source: text, header: .none, elements: elements, problems: [])
    }

    /// Whether a file's name says that it is Markdown.
    public static func isMarkdown(_ file: URL) -> Bool {
        ["md", "markdown"].contains(file.pathExtension.lowercased())
    }

    /// The cells of plain text: each line is one, or as many lines as it takes to close what it opens. Empty lines
    /// and comments are none.
    public static func cells(in text: String, registry: Registry) -> [SourceText] {
        let unix = text.utf8.contains(13) ? text.replacing("\r\n", with: "\n") : text
        let context = Context(registry: registry)
        var cells: [SourceText] = []
        var open: [Substring] = []
        var start = 1
        for (index, line) in unix.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if open.isEmpty {
                if line.drop(while: \.isWhitespace).first.map({ $0 == "#" }) ?? true { continue }
                start = index + 1
            }
            open.append(line)
            let source = open.joined(separator: "\n")
            if !Evaluator.isIncomplete(source, in: context) {
                cells.append(SourceText(source, line: start))
                open = []
            }
        }
        if !open.isEmpty { cells.append(SourceText(open.joined(separator: "\n"), line: start)) }
        return cells
    }
}

extension Document.Element {
    /// The cells that a run without a person takes from this part.
    fileprivate var cells: [DocumentCell] {
        switch content {
        case .cell(let cell): [cell]
        case .exercise(let exercise):
            [exercise.start, exercise.solution].compactMap { $0.map { DocumentCell(code: $0) } }
        default: []
        }
    }
}
