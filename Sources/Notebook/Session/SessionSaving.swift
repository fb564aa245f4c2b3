import Files
import Foundation
import Language

extension Session {
    /// Saves the session as a notebook, pictures beside it, and says so; or says why that failed.
    func save(to path: String, at range: SourceRange?) -> CellError? {
        let file = Self.file(FilePath.expanded(path))
        if let other = foreignFile(file) { return other.placed(at: range) }
        do throws(FileProblem) {
            try WholeFile.write(notebook(for: file).text(), to: file)
        } catch {
            return CellError(.file, "the notebook was not saved. \(error)", at: range, help: "name another file")
        }
        written.sign(as: file)
        show(note: "Saved as \(file.relativePath).")
        tellOrder()
        return nil
    }

    /// Says which cells a run of the notebook from the top would give other values than they had here.
    private func tellOrder() {
        let stale = Set(stalePlaces)
        // Beside a lesson each cell says where it begins, so only those that ran again are out of their order.
        let hasLesson = record.contains { $0.start != nil }
        let cells = record.indices.filter { place in
            let cell = record[place]
            guard cell.isListed, cell.stands, !hasLesson || cell.trace?.isRerun ?? false else { return false }
            return stale.contains(place) || !(cell.trace?.isInOrder ?? true)
        }.map { record[$0].number }
        guard !cells.isEmpty else { return }
        remark(
            "\(Self.listed(cells)) not as a run from the top would have \(cells.count == 1 ? "it" : "them"), "
                + "and a saved notebook runs from the top. `replay` does that now, and shows what comes out otherwise.")
    }

    /// Saves the session in the state folder, if a cell has run; returns the file, or a note on why that failed.
    ///
    /// Called when a person leaves. Pictures are left out: they are drawn again when the notebook runs.
    public func saveOnExit() -> (file: URL?, note: String?) {
        guard let folder = configuration.stateFolder, record.contains(where: \.stands) else {
            return (nil, nil)
        }
        let file = sessionFile ?? Self.newFile(in: folder.sessions, named: Self.stamp(started))
        sessionFile = file
        let notebook = NotebookWriter(session: self)
        do throws(FileProblem) {
            try folder.write(notebook.text(), to: file)
        } catch {
            return (nil, "The session could not be saved. \(error)")
        }
        written.sign(as: file)
        let link = folder.file("last-session.md")
        unlink(link.path)
        symlink("sessions/\(file.lastPathComponent)", link.path)
        return (file, nil)
    }

    /// The file that a name means: as it is if it is there or has an ending, and otherwise with `.md`.
    private static func file(_ name: String) -> URL {
        let file = URL(filePath: name)
        let isPlain = file.pathExtension.isEmpty && !FileManager.default.fileExists(atPath: file.path)
        return isPlain ? URL(filePath: name + ".md") : file
    }

    private func notebook(for file: URL) -> NotebookWriter {
        NotebookWriter(session: self, figures: figures(beside: file))
    }

    /// Writes the figures of every cell; the names, relative to the notebook, by cell.
    private func figures(beside file: URL) -> [Int: [String]] {
        guard let write = configuration.figureWriter else { return [:] }
        let folder = FigureDrawings.folder(beside: file)
        let url = file.deletingLastPathComponent().appending(path: folder, directoryHint: .isDirectory)
        var names: [Int: [String]] = [:]
        for cell in record where cell.stands {
            for (index, figure) in cell.figures.enumerated() {
                let name = FigureDrawings.name(cell: cell.number, index, ending: "png")
                do throws(CellError) {
                    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
                    try write(figure, url.appending(path: name))
                    names[cell.number, default: []].append("\(folder)/\(name)")
                } catch {
                    show(.output(.warning("The picture of cell \(cell.number) was not saved: \(error.message).")))
                    return names
                }
            }
        }
        return names
    }

    /// A file that is there is not written over, unless it is empty or a notebook; one that cannot be read is neither.
    private func foreignFile(_ file: URL) -> CellError? {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            return CellError(.file, "\(file.relativePath) is a folder", help: "name a file in it, such as notes.md")
        case S_IFCHR, S_IFIFO:
            // /dev/null, a terminal, a pipe: there is nothing in it to lose, and reading might wait forever.
            return nil
        default: break
        }
        if let own = opened?.file, own.standardizedFileURL.path == file.standardizedFileURL.path { return nil }
        if let text = try? WholeFile.text(of: file), text.isEmpty || text.hasPrefix(NotebookWriter.opening) {
            return nil
        }
        return CellError(
            .file, "\(file.relativePath) is there already, and `save` has not written it", help: "name another file")
    }

    /// A file that is not there yet: two sessions may begin in the same second.
    private static func newFile(in folder: URL, named name: String) -> URL {
        let names = (1...1000).lazy.map { $0 == 1 ? "\(name).md" : "\(name)-\($0).md" }
        let free = names.first { !FileManager.default.fileExists(atPath: folder.appending(path: $0).path) }
        return folder.appending(path: free ?? "\(name).md")
    }

    static func stamp(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd-HHmmss"
        return formatter.string(from: date)
    }
}
