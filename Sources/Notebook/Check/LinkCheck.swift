import Files
import Foundation

extension CheckRun {
    /// Every link inside the folder leads somewhere: the file is there, and so is the heading. Nothing is fetched.
    mutating func checkLinks() {
        for passage in document.passages {
            for part in passage.blocks.flatMap(\.stretches).flatMap({ $0.flatMap(\.parts) }) {
                switch part {
                case .link(_, let destination): check(link: destination, in: passage)
                case .image(_, let source): check(link: source, in: passage)
                default: break
                }
            }
        }
    }

    private mutating func check(link: String, in passage: Passage) {
        guard !link.contains(/^[A-Za-z][A-Za-z0-9+.-]*:/), !link.hasPrefix("//") else { return }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts[0].removingPercentEncoding ?? parts[0]
        let file = URL(filePath: document.file).deletingLastPathComponent().appending(path: path)
        if !path.isEmpty, !FileManager.default.fileExists(atPath: file.path) {
            return note(
                document.line(of: link, in: passage), "the link leads nowhere: there is no \(path) here",
                help: "A link is relative to the folder of this file.")
        }
        guard parts.count > 1, let headings = headings(path.isEmpty ? nil : file) else { return }
        let anchors = Self.anchors(headings)
        guard !anchors.contains(parts[1].lowercased()) else { return }
        note(
            document.line(of: link, in: passage), "the link leads nowhere: no heading is called #\(parts[1])",
            help: "The headings are " + anchors.map { "#\($0)" }.joined(separator: ", ") + ".")
    }

    /// The headings of a file, or of this document; nil if the file is no Markdown that can be read.
    private func headings(_ file: URL?) -> [String]? {
        var text = document.source
        if let file {
            guard CellFile.isMarkdown(file), let other = try? WholeFile.text(of: file) else { return nil }
            text = other
        }
        return Markdown.read(text).compactMap { located in
            if case .prose(.heading(_, let title)) = located.node { title.plainText } else { nil }
        }
    }

    /// The names under which headings can be reached, as Git hosts make them: small letters, hyphens for blanks,
    /// nothing else; a second one of the same name gets `-1`.
    static func anchors(_ headings: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return headings.map { heading in
            let name = heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
                .replacing(" ", with: "-")
            let count = seen[name, default: 0]
            seen[name] = count + 1
            return count == 0 ? name : "\(name)-\(count)"
        }
    }
}
