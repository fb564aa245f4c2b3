import Files
import Foundation
import Language
import Probability

/// The drawings that a person made with `data draw`, and the editor that makes them.
struct Drawings: Sendable {
    /// The folder, which may not exist yet.
    let folder: URL
    /// Opens a file in an editor and comes back when the person has left it; nil if all went well, else what went wrong.
    let open: @Sendable (URL) -> String?
    /// Whether there is a person at a terminal.
    let isTerminal: @Sendable () -> Bool

    /// `$XDG_DATA_HOME/gan/drawings`, or `~/.local/share/gan/drawings`.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let base: URL
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            base = URL(filePath: data, directoryHint: .isDirectory)
        } else {
            let home = environment["HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
            base = (home ?? FileManager.default.homeDirectoryForCurrentUser).appending(path: ".local/share")
        }
        let editor = TextEditor(environment: environment)
        self.init(
            folder: base.appending(path: "gan/drawings", directoryHint: .isDirectory), open: { editor.open($0) },
            isTerminal: { isatty(0) == 1 && isatty(1) == 1 })
    }

    init(folder: URL, open: @escaping @Sendable (URL) -> String?, isTerminal: @escaping @Sendable () -> Bool) {
        self.folder = folder
        self.open = open
        self.isTerminal = isTerminal
    }

    /// The names of all drawings, sorted.
    var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }.sorted()
    }

    /// The file of a drawing, or of whatever file the name means.
    func path(named name: String) -> String {
        names.contains(name) ? file(name).path : FilePath.expanded(name)
    }

    private func file(_ name: String) -> URL { folder.appending(path: "\(name).txt") }

    /// Opens the drawing in the editor, with a few words on how to draw if it is new, and reads the result.
    func edit(_ name: String) throws -> TextPicture {
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), name.count <= 80 else {
            throw CellError(.value, "`\(name)` is no name for a drawing", help: "a word, such as `data draw fish`")
        }
        guard isTerminal() else {
            throw CellError(
                .file, "`data draw` opens an editor, and there is no terminal to open it in",
                help: "write the text with any editor and load it: `drawing(\"FILE\")`")
        }
        let file = file(name)
        if !FileManager.default.fileExists(atPath: file.path) {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(Drawings.template.utf8).write(to: file)
            } catch {
                throw CellError(.file, "cannot write \(file.path)", help: "XDG_DATA_HOME names another folder")
            }
        }
        if let problem = open(file) {
            throw CellError(.file, problem, help: "set EDITOR to the name of your editor, such as nano or vi")
        }
        do throws(DataError) {
            return try TextPicture(path: file.path)
        } catch {
            guard case .empty = error else { throw error.explanation }
            throw CellError(.value, "nothing is drawn in \(file.path) yet", help: "`data draw \(name)` opens it again")
        }
    }

    static let template = """
        // Draw below. From no points to the most:   . : - = + * # % @
        // Where it is dark, points will be dense. Lines with // in front are left out.
        // A character is twice as high as wide. Save and leave the editor when done.


        """
}

/// The person's text editor.
struct TextEditor: Sendable {
    private let command: String?

    /// `$VISUAL`, `$EDITOR`, else nano or vi, whichever is there.
    init(environment: [String: String]) {
        let chosen = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty }
        command = chosen ?? ["nano", "vi"].first { TextEditor.isThere($0, environment) }
    }

    private static func isThere(_ program: String, _ environment: [String: String]) -> Bool {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// Runs the editor in the terminal until the person leaves it. Nil if all went well.
    ///
    /// The command may have arguments of its own (`code --wait`), so a shell reads it; the file's name goes past the
    /// shell untouched. The editor stays in the terminal's foreground group, which Foundation's `Process` would take it
    /// out of.
    func open(_ file: URL) -> String? {
        guard let command else {
            return "there is no editor: neither VISUAL nor EDITOR is set, and nano and vi are missing"
        }
        let words = ["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", file.path]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        guard posix_spawn(&child, "/bin/sh", nil, nil, arguments, environ) == 0 else {
            return "the editor `\(command)` could not be started"
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1 {
            if errno != EINTR { return "the editor `\(command)` got lost" }
        }
        return status == 0 ? nil : "the editor `\(command)` failed"
    }
}
