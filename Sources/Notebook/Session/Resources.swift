import Foundation

/// Where the lessons and the data sets are, and where they were looked for.
public struct Resources: Hashable, Sendable {
    /// The folder of lessons, or nil if none was found.
    public var lessons: URL?
    /// The folder of the lessons that come with the playground, where `lessons` is another one.
    public var shippedLessons: URL?
    /// The folder of data sets, or nil if none was found.
    public var datasets: URL?
    /// The folders that were looked through, in order.
    public var searched: [URL]

    /// Folders that are known.
    public init(lessons: URL? = nil, datasets: URL? = nil, searched: [URL] = []) {
        self.lessons = lessons
        self.datasets = datasets
        self.searched = searched
    }

    /// The same, with lessons from a folder of one's own.
    public func teaching(from folder: URL) -> Resources {
        var own = self
        own.lessons = folder
        own.shippedLessons = shippedLessons ?? lessons
        return own
    }

    /// Lessons come from `$GAN_LESSONS` where that is set. Otherwise, and for data, looks in `$GAN_HOME`, next to the program, in the checkout above it, in the current folder and the checkout
    /// above that, and in `/usr/local/share/gan` and `/usr/share/gan`. Lessons and data need not be in one place.
    public static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        program: URL? = Bundle.main.executableURL,
        current: URL = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    ) -> Resources {
        let folders = candidates(environment: environment, program: program, current: current)
        let found = Resources(
            lessons: first(of: folders, with: "lessons", holding: "md"),
            datasets: first(of: folders, with: "datasets", holding: "csv"), searched: folders)
        guard let own = environment["GAN_LESSONS"], !own.isEmpty else { return found }
        return found.teaching(from: URL(filePath: own, directoryHint: .isDirectory))
    }

    /// The file of a data set that is named without its ending, or nil.
    public func dataset(named name: String) -> URL? {
        guard let file = datasets?.appending(path: "\(name).csv"), !name.contains("/") else { return nil }
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// The names of all data sets, sorted.
    public var datasetNames: [String] {
        files(in: datasets, ending: "csv").map { $0.deletingPathExtension().lastPathComponent }
    }

    /// The glossaries: the one beside the lessons first, then the one that comes with the playground.
    var glossaries: [URL] {
        [lessons, shippedLessons].compactMap { $0?.appending(path: "glossary.md") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// The files of lessons, sorted by name: those that begin with a digit.
    public var lessonFiles: [URL] {
        files(in: lessons, ending: "md").filter { $0.lastPathComponent.first?.isNumber ?? false }
    }

    private func files(in folder: URL?, ending: String) -> [URL] {
        guard let folder else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return all.filter { $0.pathExtension == ending }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}

extension Resources {
    private static func candidates(environment: [String: String], program: URL?, current: URL) -> [URL] {
        var folders: [URL] = []
        if let home = environment["GAN_HOME"], !home.isEmpty {
            folders.append(URL(filePath: home, directoryHint: .isDirectory))
        }
        if let beside = program?.resolvingSymlinksInPath().deletingLastPathComponent() {
            folders.append(beside)
            folders.append(beside.deletingLastPathComponent().appending(path: "share/gan"))
            folders += above(beside).filter(isCheckout)
        }
        folders.append(current)
        folders += above(current).filter(isCheckout)
        folders += ["/usr/local/share/gan", "/usr/share/gan"].map { URL(filePath: $0, directoryHint: .isDirectory) }
        return folders
    }

    private static func above(_ folder: URL) -> [URL] {
        var folders: [URL] = []
        var next = folder.standardizedFileURL
        while next.path != "/", folders.count < 64 {
            next = next.deletingLastPathComponent()
            folders.append(next)
        }
        return folders
    }

    private static func isCheckout(_ folder: URL) -> Bool {
        ["Package.swift", "lessons"].allSatisfy {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
        }
    }

    private static func first(of folders: [URL], with name: String, holding ending: String) -> URL? {
        folders.lazy.map { $0.appending(path: name, directoryHint: .isDirectory) }.first { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.contains { $0.hasSuffix(".\(ending)") }
        }
    }
}
