import Foundation

/// What cells may write that nobody has typed here, because they came out of a file that may be a stranger's: new files in
/// the file's folder or in the current one, and files that this same notebook has written before.
///
/// A file that a notebook writes is signed with an extended attribute: which notebook wrote it, and its size and time
/// then. One that has been changed since is the reader's own. Where the disk keeps no attributes, so is every file. What
/// somebody's own cells wrote is signed when they are saved as a notebook; see `FileLog`.
public struct FileGuard: Sendable {
    /// What the stretch of work that runs now may write; nil for all that the person may.
    @TaskLocal public static var current: FileGuard?

    private let notebook: String
    private let folders: [String]
    /// Under this key Foundation keeps a file's extended attributes, by their names.
    private static let attributes = FileAttributeKey("NSFileExtendedAttributes")
    private static let name = "user.gan.notebook"

    /// The guard of a notebook's cells.
    public init(notebook: URL) {
        let file = URL(filePath: notebook.path).resolvingSymlinksInPath().standardizedFileURL
        self.notebook = file.path
        let here = URL(filePath: FileManager.default.currentDirectoryPath).resolvingSymlinksInPath()
        folders = [file.deletingLastPathComponent().path, here.path]
    }

    /// Whether a file may be written.
    /// - Throws: for one that is elsewhere, hidden, or there already by another hand.
    func check(_ path: String) throws(FileProblem) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT == S_IFCHR { return }
        let remedy = "type the cell yourself, or `gan run --overwrite`"
        // Where a link leads that leads to nothing is not looked into.
        let isLost = !isThere && lstat(path, &status) == 0
        guard !isLost, let inner = Self.inner(path, folders) else {
            throw FileProblem(
                path, reason: "it is outside the notebook's folder, where its cells write nothing (\(remedy))")
        }
        if inner.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            throw FileProblem(path, reason: "it is hidden, and a notebook's cells write no hidden files (\(remedy))")
        }
        guard isThere, status.st_mode & S_IFMT != S_IFDIR, !isOwn(path) else { return }
        throw FileProblem(path, reason: "it is there already, and this notebook has not written it (\(remedy))")
    }

    /// Notes on a file that this notebook has written it.
    func sign(_ path: String) {
        guard let state = Self.state(of: path) else { return }
        let attributes = [Self.attributes: [Self.name: Data("\(state) \(notebook)".utf8)]]
        try? FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    }

    /// Size and time of a file, which change when somebody writes it; nil if it is none.
    static func state(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    /// Whether a file is as this notebook has left it.
    private func isOwn(_ path: String) -> Bool {
        guard let state = Self.state(of: path) else { return false }
        return Self.signature(of: path) == "\(state) \(notebook)"
    }

    private static func signature(of path: String) -> String? {
        let found = try? FileManager.default.attributesOfItem(atPath: path)
        let bytes = (found?[attributes] as? [String: Data])?[name]
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The path below the first of the folders that it is in, links followed; nil if it is in none.
    private static func inner(_ path: String, _ folders: [String]) -> String? {
        let file = URL(filePath: path).standardizedFileURL
        let folder = file.deletingLastPathComponent().resolvingSymlinksInPath().standardizedFileURL
        let real = folder.appending(path: file.lastPathComponent).resolvingSymlinksInPath().standardizedFileURL.path
        return folders.lazy.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
            .first { real.hasPrefix($0) }.map { String(real.dropFirst($0.count)) }
    }
}
