import Files
import Foundation
import Glibc

/// The person's own editor, which is handed a text in a file.
struct TextEditor {
    /// Why there is no changed text.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let command: String?

    /// What `$VISUAL` or `$EDITOR` names.
    static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> TextEditor {
        TextEditor(command: [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty })
    }

    init(command: String?) { self.command = command }

    /// What the person makes of a text.
    func edit(_ text: String) -> Result<String, Problem> {
        guard let command else {
            return .failure(Problem(description: "$EDITOR names no editor; `edit` changes the cell in the line."))
        }
        let name = "cell-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).gan"
        let path = FileManager.default.temporaryDirectory.appending(path: name).path
        defer { unlink(path) }
        do {
            try WholeFile.write(text + "\n", to: URL(filePath: path))
            guard run(command, on: path) == 0 else {
                return .failure(Problem(description: "\(command) ended with an error; the cell is as it was."))
            }
            var changed = try WholeFile.text(of: URL(filePath: path))
            while changed.last?.isNewline ?? false { changed.removeLast() }
            return .success(changed)
        } catch {
            return .failure(Problem(description: "The cell is as it was. \(error)"))
        }
    }

    /// Runs the editor by the shell, as the variable may hold options; its exit code.
    private func run(_ command: String, on path: String) -> Int32 {
        let words = ["/bin/sh", "-c", command + " \"$1\"", "sh", path]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var (child, status): (pid_t, Int32) = (0, 0)
        guard posix_spawn(&child, words[0], nil, nil, &arguments, environ) == 0 else { return -1 }
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        Interrupts.clear()
        return status
    }
}
