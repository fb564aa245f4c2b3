import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

/// Odd files and files of strangers: they are read, shown and shared without harm.
@Suite struct HostileFileTests {
    private static let registry = Library.registry(resources: Resources())

    @Test func lineEndsMarksAndTabsMakeNoDifference() throws {
        let plain = "---\nseed: 3\n---\n\nText.\n\n```gan\nf(x) = x + 1\nf(2)\n```\n\n```output\n3\n```\n"
        let odd = "\u{FEFF}" + plain.replacing("\n", with: "\r\n").replacing("= x", with: "=\tx")
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "odd.md")
            try odd.write(to: file, atomically: true, encoding: .utf8)
            let checker = LessonChecker(configuration: .init(registry: Self.registry))
            #expect(checker.check(file).problems.isEmpty)
            try odd.replacing("\r\n3\r\n", with: "\r\n4\r\n").write(to: file, atomically: true, encoding: .utf8)
            #expect(try checker.updateOutputs(of: file).blocks == 1)
            #expect(try Data(contentsOf: file) == Data(odd.utf8))
        }
    }

    @Test func anUpdatedSessionHasEveryOutput() throws {
        let source = "---\nseed: 3\n---\n\n```gan\nx = 1\n```\n\n```gan\nx\n```\n\nText.\n"
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "mine.md")
            try source.write(to: file, atomically: true, encoding: .utf8)
            let checker = LessonChecker(configuration: .init(registry: Self.registry))
            #expect(try checker.updateOutputs(of: file).blocks == 1)
            let wanted = source.replacing("x\n```\n\nText", with: "x\n```\n\n```output\n1\n```\n\nText")
            #expect(try String(contentsOf: file, encoding: .utf8) == wanted)
            #expect(try checker.updateOutputs(of: file).blocks == 0)
        }
    }

    @Test func sharingRunsNothing() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let trap = folder.appending(path: "trap.svg").path
            let file = folder.appending(path: "stranger.md")
            let cells = [
                "plot scatter randn(9, 2) to \"\(trap)\"", "run \"/etc/passwd\"", "export randn(2) to \"\(trap).csv\"",
            ]
            try cells.map { "```gan\n\($0)\n```\n" }.joined(separator: "\n").write(
                to: file, atomically: true, encoding: .utf8)
            for ending in ["html", "ipynb", "gan"] {
                _ = try DocumentExport(configuration: .init(registry: Self.registry)).export(
                    file, to: folder.appending(path: "out.\(ending)"))
            }
            let stranger = try CellFile.document(at: file, registry: Self.registry)
            let difference = NotebookDifference(Document(parsing: "", file: "a"), stranger)
            #expect(difference.only == [0, 3])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == ["out.gan", "out.html", "out.ipynb", "stranger.md"])
        }
    }

    @Test func noTextOfANotebookIsACommandOfGnuplotOrTheShell() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let trap = folder.appending(path: "trap").path
            let attacks = [
                "`touch \(trap)`", "'; system('touch \(trap)'); #", "\\n!touch \(trap)\\n", "\\\"; shell touch \(trap)",
                "@touch", "$(touch \(trap))", "\u{1B}]0;title\u{7}",
            ]
            let session = Session(configuration: .init(registry: Self.registry, figureWriter: FigureValue.write))
            for attack in attacks {
                let result = session.run("plot scatter randn(5, 2) title=\"\(attack)\" xlabel=\"\(attack)\"")
                #expect(result.error == nil, "\(attack)")
            }
            #expect(session.run("export \"\(folder.path)/a.html\"").error == nil)
            #expect(!FileManager.default.fileExists(atPath: trap))
        }
    }

    @Test func terminalsAreHandedColoursAndNothingElse() {
        let title = "a\u{1B}]0;title\u{7}b\u{1B}[2Jc\u{9B}31md\u{7F}\r\te\n"
        #expect(title.withVisibleControls == "a␛]0;title␇b␛[2Jc\u{FFFD}31md␡␍\te\n")
        let painted = "\u{1B}[1;34mblue\u{1B}[0m"
        #expect(painted.withVisibleControlsButColours == painted)
        #expect((painted + title).withVisibleControlsButColours == painted + title.withVisibleControls)
        #expect("\u{1B}[".withVisibleControlsButColours == "␛[")
    }

    @Test func thousandsOfCellsAreSharedAndCompared() throws {
        let cells = (0..<3000).map { "```gan\nx = \($0)\nx\n```\n\n```output\n\($0)\n```\n" }.joined(separator: "\n")
        let document = Document(parsing: cells, file: "many.md")
        let folder = PictureFolder(folder: URL(filePath: "/nonexistent"))
        let notebook = SharedNotebook(document, pictures: folder)
        #expect(notebook.parts.count == 3000)
        var page = HTMLPage(notebook, pictures: folder)
        #expect(page.text().contains("id=\"cell-3000\""))
        #expect(NotebookDifference(document, document).alike == 3000)
    }

    @Test func longOutputsThatDifferEverywhereAreCompared() {
        let one = (0..<20_000).map { "one \($0)" }.joined(separator: "\n")
        let other = (0..<20_000).map { "other \($0)" }.joined(separator: "\n")
        let difference = OutputComparison.difference(expected: one, printed: other)
        #expect(difference?.split(separator: "\n").count == 40_000)
    }

    @Test func aLongOutputWhereNothingStoodIsCompared() {
        let printed = (0..<200_000).map { "\($0)" }.joined(separator: "\n")
        let difference = OutputComparison.difference(expected: "", printed: printed)
        #expect(difference?.split(separator: "\n").count == 200_000)
    }

    @Test func aWordThatIsMisspeltOftenIsToldOncePerParagraph() {
        let prose = Array(repeating: "Wassertein was here.", count: 2000).joined(separator: "\n")
        let document = Document(parsing: prose + "\n\nWassertein again.\n", file: "a.md")
        let checker = LessonChecker(configuration: .init(registry: Self.registry))
        let problems = checker.check(document).problems
        #expect(problems.map(\.line) == [1] && problems[0].message.contains("Wasserstein"))
    }
}
