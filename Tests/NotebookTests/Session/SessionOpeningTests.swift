import Foundation
import Language
import Testing

@testable import Notebook

/// Opening a notebook without running it, running it from the top, and saving it as it was.
@Suite struct SessionOpeningTests {
    private let session = Fixture.session()

    private static let written = """
        ---
        title: By hand
        seed: 5
        ---
        # A title

        Some *prose*.

        ```gan
        x = 3
        ```
        ```gan
        x + 1
        ```

        ```output
        4
        ```


        ---

        ````gan
        y = x * 2
        y
        ````

        ```output
        7
        ```
        The end.
        """

    private func opened(_ text: String, _ body: (URL) throws -> Void) throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "hand.md")
            try Data(text.utf8).write(to: file)
            let result = session.run("open \"\(file.path)\"")
            #expect(result.error == nil)
            try body(file)
        }
    }

    @Test func nothingRunsAndEverythingIsShown() throws {
        try opened(Self.written) { (_: URL) throws in
            #expect(session.variables.isEmpty)
            #expect(session.record.filter { !$0.isNote }.map(\.number) == [1, 2, 3])
            #expect(session.nextCellNumber == 4)
            let shown = session.run("cell 2").outputs
            guard case .text("4")? = shown.first else { return #expect(Bool(false)) }
        }
    }

    @Test(arguments: [
        written, written + "\n", written.replacing("\n", with: "\r\n"), "\u{FEFF}" + written, "", "x", "\n\n# T\n\n\n",
    ])
    func openedThenSavedGivesTheSameBytes(text: String) throws {
        try opened(text) { (file: URL) throws in
            #expect(session.run("save \"\(file.path)\"").error == nil)
            #expect(try Data(contentsOf: file) == Data(text.utf8))
            let copy = file.deletingLastPathComponent().appending(path: "copy.md")
            session.run("save \"\(copy.path)\"")
            #expect(try Data(contentsOf: copy) == Data(text.utf8))
        }
    }

    @Test func aReplayShowsWhatComesOutOtherwise() throws {
        try opened(Self.written) { (file: URL) throws in
            let result = session.run("replay")
            #expect(result.error == nil)
            #expect(session.number("y") == 6)
            let texts = result.outputs.compactMap { if case .text(let text) = $0 { text } else { nil } }
            #expect(texts == ["Cell 3: - as it stood, + as it came out now\n-7\n+6"])
            #expect(result.said.hasPrefix("3 cells ran from the top in "))
            session.run("save \"\(file.path)\"")
            let saved = try String(contentsOf: file, encoding: .utf8)
            #expect(saved.hasPrefix(Self.written.prefix(100)))
            #expect(saved.contains("```output\n6\n```"))
            #expect(session.run("replay").said.contains("and all printed what stood there"))
            session.run(all: "undo", "undo")
            #expect(session.variables.isEmpty)
        }
    }

    @Test func onlyWhatChangesIsWrittenAnew() throws {
        try opened(Self.written) { (file: URL) throws in
            session.run(all: "replay", "edit 2 x + 2", "z = 1", "note Done.")
            session.run("save \"\(file.path)\"")
            let saved = try String(contentsOf: file, encoding: .utf8)
            #expect(saved.contains("x = 3\n```\n\n```gan\nx + 2\n```\n\n```output\n5\n```\n\n---\n"))
            #expect(saved.hasSuffix("\n\n```gan\nz = 1\n```\n\nDone.\n"))
            let again = Fixture.session()
            again.run("open \"\(file.path)\"")
            #expect(again.run("replay").said.contains("and all printed what stood there"))
        }
    }

    @Test func aSessionReplaysToTheSameNumbers() {
        session.run(all: "a = roll(); a", "b = nothing_there", "c = roll() + a; c")
        let c = session.number("c")
        #expect(session.run("replay").said.contains("and all printed what stood there"))
        #expect(session.number("c") == c)
        session.run(all: "rerun 1", "edit 1 a = 1", "replay")
        #expect(session.number("a") == 1)
        #expect(session.stalePlaces.isEmpty)
    }

    @Test func aReplayEndsAtTheFirstFailure() throws {
        try opened("```gan\nx = 1\n```\n\n```gan\nx = oops\n```\n\n```gan\nx = 3\n```\n") { (_: URL) throws in
            let result = session.run("replay")
            #expect(result.error?.message.hasPrefix("cell 2 fails: ") ?? false)
            #expect(session.number("x") == 1)
        }
    }

    @Test func faultsAreToldWithTheirLine() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "hand.md")
            try Data("# T\n\n```output\n3\n```\n".utf8).write(to: file)
            let error = session.run("open \"\(file.path)\"").error
            #expect(error?.message.contains("hand.md, line 3") ?? false || error?.message.contains(":3") ?? false)
            #expect(session.run("open \"\(folder.path)/none.md\"").error?.kind == .file)
        }
    }

    @Test func whatIsHereIsNotLost() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Fixture.session(state: StateFolder(folder))
            let file = folder.appending(path: "hand.md")
            try Data(Self.written.utf8).write(to: file)
            session.run(all: "kept = 1", "open \"\(file.path)\"")
            #expect(session.variables.isEmpty)
            let saved = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "sessions").path)
            #expect(saved.count == 1)
        }
    }
}
