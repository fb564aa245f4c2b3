import Files
import Foundation
import Language
import Words

/// A file of another format as one of our notebooks: Markdown, and remarks on what it cannot hold.
struct ImportedNotebook {
    var markdown: String
    var notes: [String] = []

    /// The formats that are read, by the endings of their files.
    enum Format: String {
        /// Jupyter's.
        case ipynb
        /// Cells alone, with comments between them.
        case gan

        /// Nil if a file's name says that it is something else.
        init?(of file: URL) { self.init(rawValue: file.pathExtension.lowercased()) }
    }

    /// Takes the pictures of the file and says under which names Markdown finds them; nil for one that is left out.
    typealias PictureKeeper = (_ picture: SharedPicture, _ name: String) -> String?

    /// Reads the text of a file.
    static func read(
        _ text: String, as format: Format, file: URL, registry: Registry,
        keeping keeper: @escaping PictureKeeper = { _, name in name }
    ) throws(FileProblem) -> ImportedNotebook {
        let title = file.deletingPathExtension().lastPathComponent
        switch format {
        case .ipynb:
            var reader = try JupyterReader(text, file: file, keeping: keeper)
            return reader.notebook(called: title)
        case .gan: return ImportedNotebook(markdown: ScriptReader(text, registry: registry).markdown(called: title))
        }
    }

    /// A document of the Markdown; its file is called by what it was made from.
    func document(file: String) -> Document {
        var document = Document(parsing: markdown, file: "\(file) (as Markdown)")
        (document.importedFrom, document.notes) = (file, notes)
        return document
    }

    /// How an imported notebook begins.
    static func head(title: String, seed: UInt64, saved: String? = nil) -> String {
        let line = title.split(whereSeparator: \.isNewline).joined(separator: " ")
        let saved = saved.map { "\nsaved: \(JSONText.string($0))" } ?? ""
        return "---\ntitle: \(JSONText.string(line))\nseed: \(min(seed, UInt64(Int.max)))\(saved)\n---"
    }

    /// A text that stays a text among cells: blocks in it that would run, or would be a cell's output, are shown as they
    /// are; one that would swallow what follows it, such as a block without an end, is shown whole.
    static func text(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for block in Markdown.read(text) {
            guard case .fence(let language, _, _) = block.node, isMeaningful(language) else { continue }
            let line = lines[block.firstLine - 1]
            let fence = line.prefix { " `~".contains($0) }
            lines[block.firstLine - 1] = fence + "text"
        }
        let neutral = lines.joined(separator: "\n")
        let probe = Document(parsing: "\n\(neutral)\n\n```gan\nx\n```\n", file: "")
        let isText = probe.elements.dropLast().allSatisfy { element in
            switch element.content {
            case .prose, .pause: true
            default: false
            }
        }
        guard probe.problems.isEmpty, isText, case .cell(let cell)? = probe.elements.last?.content,
            cell.code.text == "x"
        else { return NotebookWriter.fenced(text, as: "text") }
        return neutral
    }

    /// Code that is shown and does not run.
    static func shown(_ code: String, in language: String) -> String {
        let isName = language.wholeMatch(of: /[A-Za-z][A-Za-z0-9+#-]{0,30}/) != nil
        return NotebookWriter.fenced(code, as: isName && !isMeaningful(language) ? language : "text")
    }

    /// Whether a block of the language is a part of a notebook, or would be taken for a slip of the pen.
    private static func isMeaningful(_ language: String) -> Bool {
        language != "text" && !Spelling.suggestions(for: language, among: DocumentParser.fences).isEmpty
            || DocumentParser.fences.contains(language)
    }
}
