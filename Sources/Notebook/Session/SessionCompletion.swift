import Files
import Foundation
import Language

extension Session {
    /// The ways to finish the word that ends at a UTF-8 offset of a text.
    public func completions(_ text: String, at cursor: Int) -> Completions {
        let completer = Completer(
            registry: registry, state: context.state,
            words: { [self] command, _ in words(for: command) },
            files: { Self.files(beginningWith: $0) })
        return completer.completions(in: text, at: cursor)
    }

    private func words(for command: String) -> [(name: String, summary: String)] {
        switch command {
        case "lesson":
            catalogue.lessons.compactMap(\.lesson).map { (String($0.number), $0.title) }
        case "glossary":
            Glossary.read(configuration.resources).names.map { ($0, "") }
        case "help":
            registry.names.map { ($0, "") } + registry.topics.map { ($0.name, $0.summary) }
                + LanguageGuide.all.map { ($0.name, $0.summary) }
                + [("topics", "everything there is"), ("language", "how a cell is written")]
        case _ where command.hasPrefix("data") || command == "read":
            configuration.resources.datasetNames.map { ($0, "") }
        default: []
        }
    }

    /// File names that begin like this, folders with a `/` at the end; hidden ones only when asked for.
    private static func files(beginningWith prefix: String) -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        let start = prefix.dropFirst(folder.count)
        let path = folder.isEmpty ? "." : FilePath.expanded(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().prefix(2000).filter {
            $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix("."))
        }
        .map { name in
            var isFolder: ObjCBool = false
            let whole = (path as NSString).appendingPathComponent(name)
            _ = FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder)
            return folder + name + (isFolder.boolValue ? "/" : "")
        }
    }
}
