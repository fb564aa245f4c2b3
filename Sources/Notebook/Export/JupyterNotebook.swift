import Foundation
import Language

/// A notebook in Jupyter's format: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html.
///
/// What a cell printed is a result where the cell ends in an expression, and a stream otherwise.
struct JupyterNotebook: Encodable {
    let cells: [Cell]
    let metadata: Metadata
    let nbformat = 4
    let nbformatMinor = 5

    /// A notebook with its pictures; those of its texts are looked for in a folder.
    init(_ notebook: SharedNotebook, pictures: PictureFolder, registry: Registry) {
        let context = Context(registry: registry)
        var cells: [Cell] = []
        for part in notebook.parts { cells += Self.cells(of: part, place: cells.count + 1, pictures, context) }
        self.cells = cells
        metadata = Metadata(
            title: notebook.title, gan: .init(version: Library.version, seed: notebook.seed, saved: notebook.saved))
    }

    /// The file's text.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    // MARK: Cells

    private static func cells(
        of part: SharedNotebook.Part, place: Int, _ pictures: PictureFolder, _ context: Context
    ) -> [Cell] {
        switch part {
        case .text(let text): return [markdown(text, place, pictures)]
        case .cell(let cell): return [code(cell, context)]
        case .question(let question):
            let solution = question.solution.map { NotebookWriter.fenced($0, as: "gan") + "\n\n" } ?? ""
            let answer = "<details>\n<summary>Answer</summary>\n\n\(solution)\(question.answer)\n\n</details>"
            let texts =
                [question.text] + (question.start.map { [NotebookWriter.fenced($0, as: "gan")] } ?? []) + [answer]
            return [markdown(texts.joined(separator: "\n\n"), place, pictures)]
        }
    }

    private static func markdown(_ text: String, _ place: Int, _ pictures: PictureFolder) -> Cell {
        var (text, attachments) = (text, [String: [String: Content]]())
        for source in Markdown.pictureSources(in: text) {
            guard let picture = try? pictures.picture(at: source, words: "") else { continue }
            let name = "picture-\(attachments.count + 1)"
            text = text.replacing("(<\(source)>)", with: "(attachment:\(name))")
                .replacing("(\(source))", with: "(attachment:\(name))")
            attachments[name] = [picture.kind.rawValue: picture.content]
        }
        return Cell(
            type: "markdown", id: "text-\(place)", source: lines(text),
            attachments: attachments.isEmpty ? nil : attachments)
    }

    private static func code(_ cell: SharedCell, _ context: Context) -> Cell {
        var outputs: [Output] = []
        if !cell.output.isEmpty {
            outputs.append(
                endsInExpression(cell.source, context)
                    ? Output(result: cell.output, number: cell.number) : Output(stream: cell.output))
        }
        if let error = cell.error { outputs.append(Output(error: error)) }
        outputs += cell.pictures.map(Output.init(picture:))
        return Cell(
            type: "code", id: "cell-\(cell.number)", source: lines(cell.source), number: cell.number, outputs: outputs,
            start: cell.start)
    }

    private static func endsInExpression(_ source: String, _ context: Context) -> Bool {
        guard let last = try? Evaluator.parse(source, in: context).last, case .expression = last.kind else {
            return false
        }
        return true
    }

    /// Each line with its line end, as Jupyter writes them.
    fileprivate static func lines(_ text: String) -> [String] {
        let lines = text.withVisibleControls.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { $0 + 1 < lines.count ? $1 + "\n" : String($1) }.filter { !$0.isEmpty }
    }
}

extension SharedPicture {
    /// Text as it is, and anything else in Base64.
    fileprivate var content: JupyterNotebook.Content {
        kind == .svg
            ? .lines(JupyterNotebook.lines(String(decoding: bytes, as: UTF8.self)))
            : .text(Data(bytes).base64EncodedString())
    }
}

// MARK: - The parts of the format

extension JupyterNotebook {
    /// What is known of the whole notebook.
    struct Metadata: Encodable {
        struct Kernel: Encodable {
            let name = "gan"
            let displayName = "GAN playground"
            let language = "gan"
        }
        struct Language: Encodable {
            let name = "gan"
            let fileExtension = ".gan"
            let mimetype = "text/x-gan"
            /// Cells are written in NumPy's spelling, so this is how they are coloured.
            let pygmentsLexer = "python"
        }
        struct Own: Encodable {
            let version: String
            let seed: UInt64
            let saved: String?
        }
        let title: String
        let gan: Own
        let kernelspec = Kernel()
        let languageInfo = Language()
    }

    /// One string, or one a line.
    enum Content: Encodable {
        case text(String)
        case lines([String])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .lines(let lines): try container.encode(lines)
            }
        }
    }

    /// A cell of text or code.
    struct Cell: Encodable {
        let type: String
        let id: String
        let source: [String]
        var number: Int?
        var outputs: [Output]?
        var attachments: [String: [String: Content]]?
        /// Where the cell begins, for those who read it back.
        var start: [String] = []

        enum Keys: String, CodingKey { case cellType, id, source, metadata, executionCount, outputs, attachments }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(type, forKey: .cellType)
            try container.encode(id, forKey: .id)
            try container.encode(source, forKey: .source)
            let own = start.isEmpty ? [:] : ["gan": start.joined(separator: " ")]
            try container.encode(own, forKey: .metadata)
            try container.encodeIfPresent(number, forKey: .executionCount)
            try container.encodeIfPresent(outputs, forKey: .outputs)
            try container.encodeIfPresent(attachments, forKey: .attachments)
        }
    }

    /// What a cell shows; each kind has the keys that the format wants of it.
    struct Output: Encodable {
        let outputType: String
        var name: String?
        var text: [String]?
        var executionCount: Int?
        var data: [String: Content]?
        var metadata: [String: [String: String]]?
        var ename: String?
        var evalue: String?
        var traceback: [String]?

        init(stream text: String) {
            (outputType, name, self.text) = ("stream", "stdout", lines(text + "\n"))
        }

        init(result text: String, number: Int) {
            (outputType, executionCount, metadata) = ("execute_result", number, [:])
            data = ["text/plain": .lines(lines(text))]
        }

        init(error: String) {
            (outputType, ename, evalue, traceback) = ("error", "error", error.withVisibleControls, lines(error))
        }

        init(picture: SharedPicture) {
            (outputType, metadata) = (
                "display_data", [picture.kind.rawValue: ["alt": picture.words.withVisibleControls]]
            )
            data = [picture.kind.rawValue: picture.content, "text/plain": .lines(lines(picture.words))]
        }
    }
}
