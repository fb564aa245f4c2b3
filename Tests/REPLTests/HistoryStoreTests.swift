import Foundation
import REPL
import Testing

@Suite struct HistoryStoreTests {
    private func contents(_ file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

    @Test func twoSessionsKeepBothTheirCells() throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        let folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "history")
        let first = try #require(HistoryStore(file: file.path))
        let second = try #require(HistoryStore(file: file.path))
        first.add("one")
        second.add("two")
        first.add("θ = [1,\n2]")
        first.add("   ")
        let lines = contents(file).split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        #expect(Array(lines[1...2]) == ["one", "two"])
        let again = try #require(HistoryStore(file: file.path))
        again.add("last")
        #expect(contents(file).split(separator: "\n").count == 5)
    }

    @Test func sessionsThatWriteAtTheSameMomentLoseNothing() throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        let folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "history")
        DispatchQueue.concurrentPerform(iterations: 4) { session in
            guard let store = HistoryStore(file: file.path) else { return }
            for cell in 0..<25 { store.add("session\(session)cell\(cell)") }
        }
        let lines = Set(contents(file).split(separator: "\n").map(String.init))
        for session in 0..<4 {
            for cell in 0..<25 { #expect(lines.contains("session\(session)cell\(cell)")) }
        }
    }

    @Test func aFolderThatIsNotThereCostsNothing() throws {
        let history = try #require(HistoryStore(file: "/nowhere/at/all/history"))
        history.add("one")
        #expect(!FileManager.default.fileExists(atPath: "/nowhere"))
    }
}
