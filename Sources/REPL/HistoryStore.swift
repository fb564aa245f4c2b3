import CEdit
import Glibc
import Synchronization

/// The cells that were typed, kept in a file across sessions. Two sessions at once keep both their cells: before it
/// writes, a session takes in what the other has written, and one waits for the other meanwhile.
package final class HistoryStore {
    static let size: Int32 = 5000
    package let pointer: OpaquePointer
    private let file: String?
    private var added: [String] = []
    /// libedit reads and writes every history through one buffer of its own: one at a time.
    private static let fileAccess = Mutex(())

    package init?(file: String?) {
        guard let pointer = Self.empty() else { return nil }
        self.pointer = pointer
        self.file = file
        if let file { Self.fileAccess.withLock { _ in _ = cedit_history_load(pointer, file) } }
    }

    deinit {
        history_wend(pointer)
    }

    /// Remembers a cell, and writes it down at once.
    package func add(_ text: String) {
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        text.withWide { _ = cedit_history_enter(pointer, $0) }
        added.append(text)
        Self.fileAccess.withLock { _ in save() }
    }

    private static func empty() -> OpaquePointer? {
        guard let pointer = history_winit() else { return nil }
        cedit_history_set_size(pointer, size)
        cedit_history_set_unique(pointer, 1)
        return pointer
    }

    private func save() {
        guard let file, let merged = Self.empty() else { return }
        defer { history_wend(merged) }
        let lock = Self.locked(folderOf: file)
        defer { if let lock { close(lock) } }
        cedit_history_load(merged, file)
        for text in added { text.withWide { _ = cedit_history_enter(merged, $0) } }
        let temporary = "\(file).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        if cedit_history_save(merged, temporary) >= 0, rename(temporary, file) == 0 {
            added = []
        } else {
            unlink(temporary)
        }
    }

    /// Locks the folder of a file against other sessions; nil where that is not possible, or where one has held it for
    /// half a second: a session that hangs must not take this one with it.
    private static func locked(folderOf file: String) -> Int32? {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        for _ in 0..<50 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
            usleep(10_000)
        }
        close(descriptor)
        return nil
    }
}
