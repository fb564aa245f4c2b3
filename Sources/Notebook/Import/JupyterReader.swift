import Files
import Foundation
import Words

/// Reads a notebook of Jupyter's, nbformat 4, as one of ours: cells in our language become cells with what they printed,
/// and everything else becomes text. Nothing in it is trusted: it is text and pictures, and nothing runs.
struct JupyterReader {
    private let file: JupyterFile
    private let keeper: ImportedNotebook.PictureKeeper
    private var notes: [String] = []
    private var pictures = 0

    /// - Throws: for a text that is no notebook of nbformat 4.
    init(_ text: String, file: URL, keeping keeper: @escaping ImportedNotebook.PictureKeeper) throws(FileProblem) {
        let bytes = Array(text.utf8)
        do {
            self.file = try JupyterFile(bytes)
        } catch {
            throw FileProblem(file.path, reason: "\(error)")
        }
        self.keeper = keeper
    }

    /// The notebook as Markdown; its title is the given one if it has none.
    mutating func notebook(called name: String) -> ImportedNotebook {
        let own = file.metadata.gan
        var parts = [
            ImportedNotebook.head(title: file.metadata.title ?? name, seed: own?.seed ?? 1, saved: own?.saved)
        ]
        var (foreign, magic) = (0, 0)
        for cell in file.cells where !cell.source.text.allSatisfy(\.isWhitespace) {
            let source = Self.plain(cell.source.text)
            switch cell.kind {
            case "markdown": parts.append(text(source, cell.attachments))
            case "code" where !file.metadata.isOurs:
                foreign += 1
                parts.append(ImportedNotebook.shown(source, in: file.metadata.language))
            case "code" where Self.isMagic(source):
                magic += 1
                parts.append(ImportedNotebook.shown(source, in: "text"))
            case "code": parts += code(cell, source)
            default: parts.append(ImportedNotebook.shown(source, in: "text"))
            }
        }
        if foreign > 0 {
            notes.append(
                "\(Wording.count(foreign, "cell")) of code in \(file.metadata.language): kept as text, and not run.")
        }
        if magic > 0 {
            notes.append(
                "\(Wording.count(magic, "cell")) with commands to Jupyter or the shell: kept as text, and not run.")
        }
        return ImportedNotebook(markdown: parts.joined(separator: "\n\n") + "\n", notes: notes)
    }

    /// Lines end with a line feed, and control characters are seen.
    private static func plain(_ text: String) -> String {
        let unix = text.utf8.contains(13) ? text.replacing("\r\n", with: "\n").replacing("\r", with: "\n") : text
        return (unix.hasSuffix("\n") ? String(unix.dropLast()) : unix).withVisibleControls
    }

    /// Whether a line is for IPython: `%time`, `%%bash`, `!ls`.
    private static func isMagic(_ source: String) -> Bool {
        source.split(separator: "\n").contains { line in
            line.drop(while: \.isWhitespace).first.map { "%!".contains($0) } ?? false
        }
    }

    // MARK: Cells

    private mutating func text(_ source: String, _ attachments: [String: [String: JupyterFile.Content]]) -> String {
        var text = source
        for (name, contents) in attachments.sorted(by: { $0.key < $1.key }) {
            let kept = Self.picture(in: contents, words: "").flatMap { keep($0) }
            text = text.replacing("(attachment:\(name))", with: kept.map { "(<\($0)>)" } ?? "()")
        }
        return ImportedNotebook.text(text)
    }

    private mutating func code(_ cell: JupyterFile.Cell, _ source: String) -> [String] {
        let words = cell.start.filter { $0.wholeMatch(of: /apart|(from|random|mark|number)=\d{1,9}/) != nil }
        var parts = [NotebookWriter.fenced(source, as: (["gan"] + words).joined(separator: " "))]
        let printed = cell.outputs.compactMap(\.printed).map(Self.plain).filter { !$0.isEmpty }
        if let error = cell.outputs.compactMap(\.error).first.map(Self.plain), !error.allSatisfy(\.isWhitespace) {
            parts.append(NotebookWriter.fenced(error, as: "error"))
        } else if !printed.isEmpty {
            parts.append(NotebookWriter.fenced(printed.joined(separator: "\n"), as: "output"))
        }
        for output in cell.outputs {
            guard let picture = Self.picture(in: output.data, words: Self.plain(output.words)), let name = keep(picture)
            else { continue }
            parts.append(MarkdownText.image(words: picture.words, source: name))
        }
        return parts
    }

    // MARK: Pictures

    /// The first picture among contents of several kinds: by its bytes, whatever it says that it is.
    private static func picture(in contents: [String: JupyterFile.Content], words: String) -> SharedPicture? {
        for kind in ["image/svg+xml", "image/png", "image/jpeg", "image/gif"] {
            guard let text = contents[kind]?.text else { continue }
            let bytes =
                kind.hasSuffix("xml")
                ? Array(text.utf8) : Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init) ?? []
            if let kind = PictureFolder.kind(of: bytes) {
                return SharedPicture(kind: kind, bytes: bytes, words: words, isOurs: false)
            }
        }
        return nil
    }

    private mutating func keep(_ picture: SharedPicture) -> String? {
        pictures += 1
        return keeper(picture, "picture-\(pictures).\(picture.kind.ending)")
    }
}

extension SharedPicture.Kind {
    /// How the names of such files end.
    var ending: String {
        switch self {
        case .png: "png"
        case .svg: "svg"
        case .jpeg: "jpg"
        case .gif: "gif"
        }
    }
}
