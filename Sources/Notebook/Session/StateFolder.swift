import Files
import Foundation

/// The folder in which the playground remembers: progress, sessions, the history of the prompt.
///
/// Nothing in it is needed: when it cannot be read or written, a note says so and everything goes on.
public struct StateFolder: Hashable, Sendable {
    /// The folder, which may not exist yet.
    public let url: URL

    /// A folder of one's own.
    public init(_ url: URL) {
        self.url = url
    }

    /// `$XDG_STATE_HOME/gan`, or `~/.local/state/gan`.
    public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> StateFolder {
        let home = environment["HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
        let base: URL
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            base = URL(filePath: state, directoryHint: .isDirectory)
        } else {
            base = (home ?? FileManager.default.homeDirectoryForCurrentUser).appending(path: ".local/state")
        }
        return StateFolder(base.appending(path: "gan", directoryHint: .isDirectory))
    }

    /// A file in the folder.
    public func file(_ name: String) -> URL { url.appending(path: name) }

    /// The prompt's history.
    public var history: URL { file("history") }

    /// Where lessons remember how far one is.
    public var progress: URL { file("progress.json") }

    /// Where sessions write down what is typed, as they go.
    public var journals: URL { file("journals") }

    /// Where lessons that were begun are kept.
    public var lessons: URL { file("lessons") }

    /// Where sessions are saved when one leaves.
    public var sessions: URL { file("sessions") }

    /// Writes a file of the folder, and makes the folders above it. Whole or not at all.
    func write(_ text: String, to file: URL) throws(FileProblem) {
        let folder = file.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw FileProblem(folder.path, error)
        }
        try WholeFile.write(text, to: file)
    }
}
