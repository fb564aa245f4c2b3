import Foundation
import Testing

@testable import Files

@Suite struct FileGuardTests {
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gan-guard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "in/.hidden"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func refusal(_ text: String, _ file: URL, by notebook: URL) -> String? {
        do {
            try FileGuard.$current.withValue(FileGuard(notebook: notebook)) { try WholeFile.write(text, to: file) }
            return nil
        } catch {
            return (error as? FileProblem)?.reason
        }
    }

    @Test func aNotebookWritesNewFilesAndItsOwnAndNoOthers() throws {
        try inFolder { folder in
            let (a, b) = (folder.appending(path: "in/a.md"), folder.appending(path: "in/b.md"))
            let (new, mine) = (folder.appending(path: "in/new.csv"), folder.appending(path: "in/mine.csv"))
            try WholeFile.write("my work", to: mine)
            #expect(refusal("1", mine, by: a)?.hasPrefix("it is there already") == true)
            #expect(try WholeFile.text(of: mine) == "my work")
            #expect(refusal("1", new, by: a) == nil && refusal("22", new, by: a) == nil)
            #expect(refusal("3", new, by: b)?.hasPrefix("it is there already") == true)
            try WholeFile.write("changed by hand", to: new)
            #expect(refusal("4", new, by: a)?.hasPrefix("it is there already") == true)
        }
    }

    @Test func whatOwnCellsWroteIsTheirNotebooksUnlessItWasChanged() throws {
        try inFolder { folder in
            let notebook = folder.appending(path: "in/a.md"), other = folder.appending(path: "in/b.md")
            let (kept, changed) = (folder.appending(path: "in/kept.csv"), folder.appending(path: "in/changed.csv"))
            let log = FileLog()
            try FileLog.$current.withValue(log) {
                for file in [kept, changed] { try WholeFile.write("1", to: file) }
            }
            try WholeFile.write("by hand", to: changed)
            log.sign(as: notebook)
            #expect(refusal("2", kept, by: other) != nil)
            #expect(refusal("2", kept, by: notebook) == nil)
            #expect(refusal("2", changed, by: notebook) != nil)
        }
    }

    @Test func aNotebookWritesNothingOutsideItsFolder() throws {
        try inFolder { folder in
            let notebook = folder.appending(path: "in/a.md")
            let link = folder.appending(path: "in/link"), file = folder.appending(path: "in/file.csv")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
            try FileManager.default.createSymbolicLink(at: file, withDestinationURL: folder.appending(path: "x.csv"))
            for name in ["x.csv", "in/../x.csv", "in/link/x.csv", "in/file.csv"] {
                let reason = refusal("1", folder.appending(path: name), by: notebook)
                #expect(reason?.hasPrefix("it is outside") == true, "\(name): \(reason ?? "written")")
            }
            #expect(
                refusal("1", folder.appending(path: "in/.hidden/x"), by: notebook)?.hasPrefix("it is hidden") == true)
            #expect(refusal("1", URL(filePath: "/dev/null"), by: notebook) == nil)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "x.csv").path))
        }
    }
}
