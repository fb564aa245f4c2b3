import Foundation

/// Files read and written as a whole, with every failure told.
public enum WholeFile {
    /// Files beyond this size are no text that a person wrote, nor a session's.
    static let largestText = 256 << 20

    /// Whether nothing is written within a stretch of work, although all goes as if it were: what was done once is done
    /// again for what it leaves in memory.
    @TaskLocal public static var isMuted = false

    /// Reads a whole file as UTF-8.
    /// - Throws: also when it is larger than 256 MB.
    public static func text(of file: URL) throws(FileProblem) -> String {
        let bytes = try bytes(of: file, limit: largestText)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileProblem(file.path, reason: "it is not UTF-8 text")
        }
        return text
    }

    /// Reads a whole file.
    /// - Throws: also when it is larger than so many bytes.
    public static func bytes(of file: URL, limit: Int) throws(FileProblem) -> [UInt8] {
        let handle = open(file.path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw FileProblem(file.path, code: errno) }
        defer { close(handle) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileProblem(file.path, code: errno)
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            if bytes.count > limit { throw FileProblem(file.path, reason: "it is larger than \(limit >> 20) MB") }
        }
    }

    /// Writes text; see `write(_:to:)` for bytes.
    public static func write(_ text: String, to file: URL) throws(FileProblem) {
        try write(Array(text.utf8), to: file.path)
    }

    /// Writes a file. What was there before stays as it is until all is written, and then gives way at once; its
    /// permissions stay, and a link goes on pointing to it. A device is written to; so is a file that cannot give way
    /// without being another one after it: it has several names, another owner, or a folder that admits no new file.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
        if isMuted { return }
        guard let guardian = FileGuard.current else {
            try writeFreely(bytes, to: path)
            FileLog.current?.note(path)
            return
        }
        try guardian.check(path)
        try writeFreely(bytes, to: path)
        guardian.sign(path)
    }

    private static func writeFreely(_ bytes: [UInt8], to path: String) throws(FileProblem) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        if !isThere, errno != ENOENT { throw FileProblem(path, code: errno) }
        if !isThere, isLink(path) { return try writeInPlace(bytes, path) }
        guard isThere else { return try replace(path, path, by: bytes, mode: nil) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw FileProblem(path, code: EISDIR) }
        guard access(path, W_OK) == 0 else { throw FileProblem(path, code: errno) }
        let canGiveWay = status.st_mode & S_IFMT == S_IFREG && status.st_nlink == 1 && status.st_uid == geteuid()
        guard canGiveWay, let target = realpath(path, nil) else { return try writeInPlace(bytes, path) }
        defer { free(target) }
        try replace(path, String(cString: target), by: bytes, mode: status.st_mode & 0o7777)
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Writes beside the target and renames; `path` is what errors speak of.
    private static func replace(
        _ path: String, _ target: String, by bytes: [UInt8], mode: mode_t?
    ) throws(FileProblem) {
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
        let partial = "\(folder).gan-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).part"
        let handle = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard handle >= 0 else {
            let code = errno
            if mode != nil, [EACCES, EPERM, EROFS].contains(code) { return try writeInPlace(bytes, path) }
            throw FileProblem(path, code: code)
        }
        if let mode { fchmod(handle, mode) }
        var failure = fill(handle, bytes)
        if failure == nil, rename(partial, target) != 0 { failure = errno }
        guard let failure else { return }
        unlink(partial)
        throw FileProblem(path, code: failure)
    }

    private static func writeInPlace(_ bytes: [UInt8], _ path: String) throws(FileProblem) {
        let handle = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard handle >= 0 else { throw FileProblem(path, code: errno) }
        if let failure = fill(handle, bytes) { throw FileProblem(path, code: failure) }
    }

    /// Writes everything and closes the file; the error number of what went wrong.
    private static func fill(_ handle: Int32, _ bytes: [UInt8]) -> Int32? {
        var failure: Int32?
        var rest = bytes[...]
        while !rest.isEmpty, failure == nil {
            let count = rest.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { failure = errno }
        }
        if close(handle) != 0, failure == nil { failure = errno }
        return failure
    }
}
