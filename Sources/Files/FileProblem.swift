import Foundation

/// A file that could not be read or written, in words.
public struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's path.
    public let path: String
    /// Why, in a few words: "there is no such file or folder".
    public let reason: String

    /// A file and the reason in words.
    public init(_ path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// A file and the system's error number.
    public init(_ path: String, code: Int32) {
        self.init(path, reason: Self.words(for: code))
    }

    /// A file and an error of Foundation.
    public init(_ path: String, _ error: any Error) {
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

    /// The system's error numbers that people meet, in words.
    public static func words(for code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file or folder"
        case EACCES, EPERM: "no permission to do that there"
        case EROFS: "the disk can only be read"
        case ENOSPC, EDQUOT: "the disk is full"
        case EISDIR: "it is a folder"
        case ENOTDIR: "a part of the path is no folder"
        case ENAMETOOLONG: "the name is too long"
        default: String(cString: strerror(code))
        }
    }
}
