import Foundation

/// A file that could not be read or written, in words.
public struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's path.
    public let path: String
    /// Why, in a few words: "there is no such file".
    public let reason: String

    init(_ path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    init(_ path: String, code: Int32) {
        self.init(path, reason: Self.words(for: code))
    }

    init(_ path: String, _ error: any Error) {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
        if let posix = [error, cause].compactMap(\.self).first(where: { $0.domain == NSPOSIXErrorDomain }) {
            self.init(path, code: Int32(posix.code))
        } else {
            self.init(path, reason: error.localizedDescription)
        }
    }

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }

    private static func words(for code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file or folder"
        case EACCES, EPERM: "you may not do that there"
        case EROFS: "that disk is read-only"
        case ENOSPC, EDQUOT: "no space is left on that disk"
        case EISDIR: "that is a folder"
        case ENOTDIR: "a part of the path is no folder"
        case ENAMETOOLONG: "the name is too long"
        default: String(cString: strerror(code))
        }
    }
}

/// Text files, read and written with every failure told.
enum TextFile {
    /// Files beyond this size are no text that a person wrote.
    static let largest = 16 << 20

    /// Reads a whole file as UTF-8.
    static func read(_ file: URL) throws(FileProblem) -> String {
        let handle = try open(file.path, O_RDONLY)
        defer { close(handle) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(handle, $0.baseAddress, $0.count) }
            if count < 0 { throw FileProblem(file.path, code: errno) }
            if count == 0 { break }
            bytes += buffer[..<count]
            if bytes.count > largest {
                throw FileProblem(file.path, reason: "it is larger than 16 MB, so it is no notebook")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileProblem(file.path, reason: "it is not UTF-8 text")
        }
        return text
    }

    /// Writes a whole file. A regular file is replaced at once when all of it is written; a device is written to.
    static func write(_ text: String, to file: URL) throws(FileProblem) {
        if isDevice(file) { return try writeBytes(of: text, to: file.path, O_WRONLY) }
        let target = file.resolvingSymlinksInPath().path
        let partial = "\(target).\(ProcessInfo.processInfo.processIdentifier).part"
        do throws(FileProblem) {
            try writeBytes(of: text, to: partial, O_WRONLY | O_CREAT | O_TRUNC)
        } catch {
            unlink(partial)
            throw FileProblem(file.path, reason: error.reason)
        }
        guard rename(partial, target) == 0 else {
            let code = errno
            unlink(partial)
            throw FileProblem(file.path, code: code)
        }
    }

    private static func isDevice(_ file: URL) -> Bool {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return false }
        return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    private static func open(_ path: String, _ flags: Int32) throws(FileProblem) -> Int32 {
        let handle = Foundation.open(path, flags | O_CLOEXEC, 0o644)
        guard handle >= 0 else { throw FileProblem(path, code: errno) }
        return handle
    }

    private static func writeBytes(of text: String, to path: String, _ flags: Int32) throws(FileProblem) {
        let handle = try open(path, flags)
        var failure: Int32?
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty, failure == nil {
            let count = rest.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
            if count < 0 { failure = errno } else { rest = rest.dropFirst(count) }
        }
        if close(handle) != 0, failure == nil { failure = errno }
        if let failure { throw FileProblem(path, code: failure) }
    }
}
