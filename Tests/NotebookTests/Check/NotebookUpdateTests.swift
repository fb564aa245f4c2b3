import Files
import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct NotebookUpdateTests {
    /// Draws the bytes of a picture that tells how often it was drawn.
    private func checker(_ drawn: UInt8) -> LessonChecker {
        LessonChecker(
            configuration: .init(
                registry: Fixture.registry,
                figureWriter: { _, file throws(CellError) in
                    do throws(FileProblem) {
                        try WholeFile.write(Self.png(drawn), to: file.path)
                    } catch { throw CellError(.file, "\(error)") }
                }))
    }

    private static func png(_ number: UInt8) -> [UInt8] { [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + [number] }

    private func bytes(_ folder: URL, _ name: String) -> [UInt8]? {
        try? WholeFile.bytes(of: folder.appending(path: name), limit: 1 << 20)
    }

    @Test func picturesInTheNotebooksFolderAreDrawnAnewAndOthersStay() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "my.md")
            try WholeFile.write(
                """
                ---
                title: T
                seed: 1
                ---

                ```gan
                show picture
                ```

                ![my own](own.png)

                ```gan
                show picture; 1 + 1
                ```

                ![old words](<my-figures/old.png>)

                The end.

                """, to: file)
            try WholeFile.write(Self.png(9), to: folder.appending(path: "own.png").path)
            let update = try checker(1).updateOutputs(of: file)
            #expect(update.blocks == 1 && update.pictures == 2)
            let text = try WholeFile.text(of: file)
            #expect(text.contains("![my own](own.png)\n\n![A picture](<my-figures/cell-1.png>)\n\n```gan\nshow"))
            #expect(text.contains("```output\n2\n```\n\n![A picture](<my-figures/cell-2.png>)\n\nThe end.\n"))
            #expect(bytes(folder, "own.png") == Self.png(9))
            #expect(bytes(folder, "my-figures/cell-1.png") == Self.png(1))
            let again = try checker(1).updateOutputs(of: file)
            #expect(again.blocks == 0 && again.pictures == 0)
            #expect(try WholeFile.text(of: file) == text)
            #expect(try checker(2).updateOutputs(of: file).pictures == 2)
            #expect(bytes(folder, "my-figures/cell-2.png") == Self.png(2))
        }
    }

    @Test func aPageGetsNoPicturesThatItDoesNotShow() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "page.md")
            let text = "# Page\n\n```gan\nshow picture\n```\n\nWords.\n"
            try WholeFile.write(text, to: file)
            #expect(try checker(1).updateOutputs(of: file).pictures == 0)
            #expect(try WholeFile.text(of: file) == text)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "page-figures").path))
        }
    }

    @Test func onlyMarkdownIsWrittenAnew() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.gan")
            try WholeFile.write("1 + 1\n", to: file)
            #expect { try checker(1).updateOutputs(of: file) } throws: { "\($0)".contains("only Markdown") }
        }
    }

    @Test func anExportThatRunsShowsWhatCellsPrintAndDrawNow() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "page.md")
            let text = "# Page\n\n```gan\nx = 2\nx\n```\n\n```output\n3\n```\n\n```gan\nshow picture\n```\n\nWords.\n"
            try WholeFile.write(text, to: file)
            let export = DocumentExport(configuration: checker(7).configuration)
            let page = folder.appending(path: "page.html")
            #expect(try export.export(file, to: page, running: true).isEmpty)
            let html = try WholeFile.text(of: page)
            #expect(html.contains("<pre class=\"output\">2</pre>"))
            #expect(html.contains("data:image/png;base64,\(Data(Self.png(7)).base64EncodedString())"))
            #expect(try export.export(file, to: page).isEmpty)
            #expect(try WholeFile.text(of: page).contains("<pre class=\"output\">3</pre>"))
            #expect(try WholeFile.text(of: file) == text)
            try WholeFile.write("```gan\nbad\n```\n", to: file)
            #expect { try export.export(file, to: page, running: true) } throws: {
                ($0 as? CellError)?.message.hasPrefix("nothing was exported. \(file.path):2") == true
            }
        }
    }
}
