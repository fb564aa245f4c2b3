import Files
import Foundation

/// A file to which a session adds a line for every input as soon as that has run, so that nothing more than the running
/// cell is lost however the process ends. Its process holds a lock on it, which ends with the process.
final class Journal {
    let file: URL
    private let handle: Int32
    /// How much of the file is whole.
    private var length: Int

    private init(file: URL, handle: Int32, length: Int) {
        (self.file, self.handle, self.length) = (file, handle, length)
    }

    deinit { close(handle) }

    /// How many journals are kept.
    static let kept = 20

    /// A new journal in a folder, which is made if it is not there. The oldest journals give way.
    static func create(in folder: URL, named name: String) throws(FileProblem) -> Journal {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw FileProblem(folder.path, error)
        }
        for old in files(in: folder).dropFirst(kept - 1) { open(old)?.remove() }
        for attempt in 0..<1000 {
            // The names sort by age, also those of one second.
            let file = folder.appending(path: "\(name)-\(String(1000 + attempt).dropFirst()).journal")
            let handle = Foundation.open(file.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if handle < 0, errno == EEXIST { continue }
            guard handle >= 0 else { throw FileProblem(file.path, code: errno) }
            flock(handle, LOCK_EX | LOCK_NB)
            return Journal(file: file, handle: handle, length: 0)
        }
        throw FileProblem(folder.path, code: EEXIST)
    }

    /// A journal that takes the place of a file, which no other process may hold. Whole or not at all.
    static func replacing(_ file: URL, with records: [JournalRecord]) throws(FileProblem) -> Journal {
        if FileManager.default.fileExists(atPath: file.path), open(file) == nil {
            throw FileProblem(file.path, reason: "another session writes there")
        }
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw FileProblem(file.path, error)
        }
        let new = file.appendingPathExtension("new")
        let handle = Foundation.open(new.path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw FileProblem(new.path, code: errno) }
        flock(handle, LOCK_EX | LOCK_NB)
        let journal = Journal(file: file, handle: handle, length: 0)
        do throws(FileProblem) { try journal.append(records) } catch {
            unlink(new.path)
            throw error
        }
        guard rename(new.path, file.path) == 0 else { throw FileProblem(file.path, code: errno) }
        return journal
    }

    /// Takes over a journal that no process holds; nil if one does, or if it cannot be opened.
    static func open(_ file: URL) -> Journal? {
        let handle = Foundation.open(file.path, O_RDWR | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
            close(handle)
            return nil
        }
        return Journal(file: file, handle: handle, length: 0)
    }

    /// The journals of a folder, the newest first.
    static func files(in folder: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".journal") }.sorted(by: >).map { folder.appending(path: $0) }
    }

    /// Adds records, and waits until they are on the disk. When that fails the journal is as it was.
    func append(_ records: [JournalRecord]) throws(FileProblem) {
        var bytes: [UInt8] = []
        for record in records {
            do { bytes += try record.line() } catch { throw FileProblem(file.path, error) }
        }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(handle, $0.baseAddress.map { $0 + written }, bytes.count - written, off_t(length + written))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(errno) }
            written += count
        }
        guard fdatasync(handle) == 0 else { throw failure(errno) }
        length += written
    }

    private func failure(_ code: Int32) -> FileProblem {
        ftruncate(handle, off_t(length))
        return FileProblem(file.path, code: code)
    }

    /// All whole records; what follows the last of them was torn and is dropped.
    func read() -> [JournalRecord] {
        guard let bytes = FileManager.default.contents(atPath: file.path).map({ [UInt8]($0) }) else { return [] }
        var (records, start): ([JournalRecord], Int) = ([], 0)
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")),
            let record = JournalRecord(line: bytes[start..<end])
        {
            records.append(record)
            start = end + 1
        }
        length = start
        ftruncate(handle, off_t(length))
        return records
    }

    /// Removes the file.
    func remove() { unlink(file.path) }
}
