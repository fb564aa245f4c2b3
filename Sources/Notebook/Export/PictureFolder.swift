import Files
import Foundation
import Words

/// The pictures that a notebook may take along: those in its own folder and below it, and no other file.
struct PictureFolder {
    /// The notebook's folder.
    let folder: URL
    /// Whether all that is in it was drawn just now, by us.
    var isOurs = false
    /// Pictures that are at hand without a file, by the names under which the notebook has them.
    var given: [String: SharedPicture] = [:]

    /// Why a picture is not taken along.
    struct Refusal: Error, CustomStringConvertible {
        let source: String
        let reason: String
        var description: String { "The picture \(Wording.quoted(source)) is left out: \(reason)." }
    }

    /// Larger pictures belong beside a notebook, not in it.
    static let largest = 32 << 20

    /// The picture of a name relative to the folder.
    func picture(at source: String, words: String) throws(Refusal) -> SharedPicture {
        if var picture = given[source] {
            if !words.isEmpty { picture.words = words }
            return picture
        }
        let file = try file(source)
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try WholeFile.bytes(of: file, limit: Self.largest)
        } catch {
            throw Refusal(source: source, reason: error.reason)
        }
        guard let kind = Self.kind(of: bytes) else {
            throw Refusal(source: source, reason: "it is no PNG, SVG, JPEG or GIF image")
        }
        return SharedPicture(kind: kind, bytes: bytes, words: words, isOurs: isOurs)
    }

    /// The file that a name means, links followed: it has to be an ordinary file in the folder or below it.
    private func file(_ source: String) throws(Refusal) -> URL {
        if source.contains("://") || source.hasPrefix("//") || source.hasPrefix("data:") {
            throw Refusal(source: source, reason: "it is not a file beside the notebook")
        }
        let names = [source, source.removingPercentEncoding ?? source]
        let paths = names.map { $0.hasPrefix("/") ? $0 : folder.appending(path: $0).path }
        guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw Refusal(source: source, reason: "there is no such file")
        }
        let root = URL(filePath: folder.path).resolvingSymlinksInPath().standardizedFileURL.path
        let file = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL
        guard file.path.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
            throw Refusal(source: source, reason: "it is outside the notebook's folder")
        }
        var status = stat()
        guard stat(file.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(source: source, reason: "it is no ordinary file")
        }
        return file
    }

    /// What an image is by its first bytes, whatever it is called.
    static func kind(of bytes: [UInt8]) -> SharedPicture.Kind? {
        if bytes.starts(with: [0x89] + Array("PNG\r\n\u{1A}\n".utf8)) { return .png }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: "GIF8".utf8) { return .gif }
        let start = String(decoding: bytes.prefix(1024), as: UTF8.self).drop(while: \.isWhitespace)
        if start.hasPrefix("<svg") || (start.hasPrefix("<?xml") && start.contains("<svg")) { return .svg }
        return nil
    }
}
