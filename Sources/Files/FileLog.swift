import Foundation
import Synchronization

/// The files that somebody's own cells have written, so that the notebook in which these cells are saved may write them
/// again; see `FileGuard`.
public final class FileLog: Sendable {
    /// The log of the stretch of work that runs now.
    @TaskLocal public static var current: FileLog?

    /// Size and time of each file when it was written, by its path.
    private let states = Mutex<[String: String]>([:])

    /// A log of nothing.
    public init() {}

    /// Notes that a file has been written.
    func note(_ path: String) {
        guard let state = FileGuard.state(of: path) else { return }
        let file = URL(filePath: path).standardizedFileURL.path
        states.withLock { $0[file] = state }
    }

    /// Signs the files that nobody has changed since as written by a notebook, and forgets them all.
    public func sign(as notebook: URL) {
        let written = states.withLock { states in
            defer { states = [:] }
            return states
        }
        let guardian = FileGuard(notebook: notebook)
        for (file, state) in written where FileGuard.state(of: file) == state { guardian.sign(file) }
    }
}
