import Files
import Foundation
import Testing

@Suite struct WholeFileTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func mode(_ file: URL) -> mode_t {
        var status = stat()
        return stat(file.path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test func theOldFileIsWholeUntilTheNewOneIs() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.txt")
            try WholeFile.write("old", to: file)
            let reader = try FileHandle(forReadingFrom: file)
            try WholeFile.write("new", to: file)
            #expect(try reader.readToEnd() == Data("old".utf8))
            #expect(try WholeFile.text(of: file) == "new")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.txt"])
        }
    }

    @Test func permissionsAndLinksStay() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.txt")
            let link = folder.appending(path: "link.txt")
            try WholeFile.write("old", to: file)
            chmod(file.path, 0o640)
            symlink("a.txt", link.path)
            try WholeFile.write("new", to: link)
            #expect(try WholeFile.text(of: file) == "new")
            #expect(mode(file) == 0o640)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "a.txt")
            let dangling = folder.appending(path: "dangling.txt")
            symlink("b.txt", dangling.path)
            try WholeFile.write("made", to: dangling)
            #expect(try WholeFile.text(of: folder.appending(path: "b.txt")) == "made")
        }
    }

    @Test func bothNamesOfAFileHoldTheSame() throws {
        try withFolder { folder in
            let (one, two) = (folder.appending(path: "one"), folder.appending(path: "two"))
            try WholeFile.write("old", to: one)
            link(one.path, two.path)
            try WholeFile.write("new", to: two)
            #expect(try WholeFile.text(of: one) == "new")
        }
    }

    @Test func failuresAreToldAndLeaveNothingBehind() throws {
        try withFolder { folder in
            func reason(_ path: String) -> String? {
                do throws(FileProblem) {
                    try WholeFile.write(Array("x".utf8), to: path)
                    return nil
                } catch { return error.reason }
            }
            #expect(reason(folder.path) == "it is a folder")
            #expect(reason("/dev/full") == "the disk is full")
            #expect(reason("/dev/null") == nil)
            #expect(reason(folder.path + "/none/a") == "there is no such file or folder")
            #expect(reason(folder.path + "/" + String(repeating: "x", count: 300)) == "the name is too long")
            #expect(reason(folder.path + "/" + String(repeating: "x", count: 255)) == nil)
            let bytes: [UInt8] = [0xFF, 0xFE]
            try WholeFile.write(bytes, to: folder.path + "/binary")
            #expect(throws: FileProblem(folder.path + "/binary", reason: "it is not UTF-8 text")) {
                try WholeFile.text(of: folder.appending(path: "binary"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
        }
    }

    @Test func aTildeIsTheHomeFolder() {
        #expect(FilePath.expanded("~/a").hasPrefix("/") && FilePath.expanded("~/a").hasSuffix("/a"))
        #expect(FilePath.expanded("~a") == "~a" && FilePath.expanded("a/~/b") == "a/~/b")
    }
}
