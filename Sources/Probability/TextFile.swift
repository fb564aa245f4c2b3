import Foundation
import Words

/// A text file as bytes that are known to be UTF-8, without a byte-order mark.
package struct TextFile: Sendable {
    /// The name that messages use.
    package let name: String
    /// UTF-8, no byte-order mark.
    package let bytes: [UInt8]

    /// Reads a regular file; devices, pipes and folders are refused, so that nothing is waited for.
    package init(path: String) throws(DataError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR {
                throw .missingFile(path: path, near: TextFile.namesNear(path))
            }
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw .unreadable(path: path, reason: isFolder ? "it is a folder" : "it is not a file")
        }
        guard status.st_size < Int64(UInt32.max) / 2 else {
            throw .unreadable(path: path, reason: "it is larger than 2 GB")
        }
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw .unreadable(path: path, reason: String(cString: strerror(EACCES)))
        }
        try self.init(name: path, contents: [UInt8](contents))
    }

    /// Text that is in memory already.
    package init(name: String, contents: [UInt8]) throws(DataError) {
        self.name = name
        if let hint = TextFile.foreignMark(contents) {
            throw .notUTF8(path: name, line: 1, byte: 1, hint: hint)
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let hasMark = contents.starts(with: mark)
        if let offset = TextFile.firstInvalid(in: contents) {
            let start = contents[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let line = 1 + contents[..<start].count { $0 == UInt8(ascii: "\n") }
            let hint = contents[offset] == 0 ? "a zero byte: this is not a text file" : nil
            throw .notUTF8(path: name, line: line, byte: offset - start + 1, hint: hint)
        }
        bytes = hasMark ? Array(contents.dropFirst(mark.count)) : contents
    }

    /// UTF-16 and compressed files are common enough to be named.
    private static func foreignMark(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "it looks like UTF-16 (\"Unicode text\" in spreadsheets): save it as UTF-8"
        }
        if bytes.starts(with: [0x1F, 0x8B]) { return "it is compressed: gunzip it first" }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return "it is a zip archive or a spreadsheet: unpack it, or save the sheet as CSV"
        }
        return nil
    }

    /// The index of the first byte at which the text stops being UTF-8, or of a zero byte; `nil` when all is well.
    static func firstInvalid(in bytes: [UInt8]) -> Int? {
        if !bytes.contains(where: { $0 == 0 || $0 >= 0x80 }) { return nil }
        var i = 0
        while i < bytes.count {
            let lead = bytes[i]
            if lead == 0 { return i }
            if lead < 0x80 {
                i += 1
                continue
            }
            // Unicode 15, table 3-7: how many bytes follow, and the range of the first of them.
            let (more, range): (Int, ClosedRange<UInt8>)
            switch lead {
            case 0xC2...0xDF: (more, range) = (1, 0x80...0xBF)
            case 0xE0: (more, range) = (2, 0xA0...0xBF)
            case 0xED: (more, range) = (2, 0x80...0x9F)
            case 0xE1...0xEF: (more, range) = (2, 0x80...0xBF)
            case 0xF0: (more, range) = (3, 0x90...0xBF)
            case 0xF1...0xF3: (more, range) = (3, 0x80...0xBF)
            case 0xF4: (more, range) = (3, 0x80...0x8F)
            default: return i
            }
            guard i + more < bytes.count, range.contains(bytes[i + 1]) else { return i }
            for j in stride(from: i + 2, through: i + more, by: 1) where bytes[j] & 0xC0 != 0x80 { return i }
            i += more + 1
        }
        return nil
    }

    private static func namesNear(_ path: String) -> [String] {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        return Spelling.suggestions(
            for: url.lastPathComponent, among: names.filter { !$0.hasPrefix(".") }, beginnings: true)
    }
}
