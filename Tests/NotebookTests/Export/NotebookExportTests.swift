import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

@Suite struct NotebookExportTests {
    private static let registry = Library.registry(resources: Resources())

    /// A session that draws, in a folder, and exports to a file there; what stands in the file.
    private func exported(_ cells: String..., to name: String) throws -> String {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Session(
                configuration: .init(registry: Self.registry, seed: 5, figureWriter: FigureValue.write))
            for cell in cells { #expect(session.run(cell).error == nil, "\(cell)") }
            let file = folder.appending(path: name)
            #expect(session.run("export \"\(file.path)\"").error == nil)
            return try String(contentsOf: file, encoding: .utf8)
        }
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    // MARK: HTML

    @Test func aPageHoldsCellsOutputsAndDrawings() throws {
        let page = try exported("x = 2 + 3", "x", "plot scatter randn(20, 2)", to: "a.html")
        #expect(page.contains("<code>x = 2 + 3</code>"))
        #expect(page.contains("<pre class=\"output\">5</pre>"))
        #expect(page.contains("<svg"))
        #expect(page.contains("aria-labelledby=\"p1-words\"><title id=\"p1-words\">20 points about"))
        #expect(page.contains("seed 5"))
        #expect(!page.contains("id='gp") && !page.contains("<?xml"))
        #expect(!page.contains("http:") || !page.contains("src=\"http"))
    }

    @Test func nothingOfTheUsersIsAMark() throws {
        let attack = "<img src=x onerror=alert(1)></pre><script>alert(2)</script>"
        let page = try exported("s = \"\(attack)\"", "s", "plot scatter randn(9, 2) title=\"\(attack)\"", to: "a.html")
        #expect(!page.contains("<script") && !page.contains("<img src=x"))
        #expect(page.contains("&lt;script&gt;alert(2)"))
    }

    @Test func proseIsMarkdownWithoutRawHTML() {
        let source = """
            # Title

            **bold** <script>alert(1)</script> [link](javascript:alert(2)) [good](https://swift.org) \u{1B}[31mred

            <iframe src="https://example.com"></iframe>

            | a | b |
            |---|--:|
            | 1 | 2 |

            ![a *picture*](../../secret.png) ![far](https://example.com/a.png)
            """
        let document = Document(parsing: source, file: "a.md")
        let folder = PictureFolder(folder: URL(filePath: "/nonexistent"))
        let notebook = SharedNotebook(document, pictures: folder)
        var page = HTMLPage(notebook, pictures: folder)
        let html = page.text()
        #expect(html.contains("<strong>bold</strong>") && html.contains("<td align=\"right\">2</td>"))
        #expect(html.contains("href=\"https://swift.org\""))
        #expect(html.contains("<em>[picture: a picture]</em>"))
        for bad in ["<script", "javascript:", "<iframe", "src=\"http", "\u{1B}"] {
            #expect(!html.contains(bad), "\(bad)")
        }
        #expect(notebook.notes.count == 2)
        #expect(html.components(separatedBy: "<h1>").count == 2)
    }

    // MARK: Jupyter

    @Test func aJupyterNotebookHasIdsResultsStreamsAndPictures() throws {
        let notebook = try json(try exported("x = 7", "x", "vars", "seed 3", "plot scatter randn(9, 2)", to: "a.ipynb"))
        #expect(notebook["nbformat"] as? Int == 4)
        #expect(notebook["nbformat_minor"] as? Int == 5)
        let cells = try #require(notebook["cells"] as? [[String: Any]])
        let ids = cells.compactMap { $0["id"] as? String }
        #expect(ids.count == cells.count && Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) != nil })
        let outputs = cells.flatMap { $0["outputs"] as? [[String: Any]] ?? [] }
        #expect(outputs.compactMap { $0["output_type"] as? String } == ["execute_result", "display_data"])
        let data = try #require(outputs.last?["data"] as? [String: Any])
        let png = try #require((data["image/png"] as? String).flatMap { Data(base64Encoded: $0) })
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect((data["text/plain"] as? [String])?.first?.contains("9 points") == true)
    }

    @Test func whatIsNoResultIsAStream() throws {
        let document = Document(parsing: "```gan\ntrain 3\n```\n\n```output\n3 steps\n```\n", file: "a.md")
        let folder = PictureFolder(folder: URL(filePath: "/nonexistent"))
        let notebook = SharedNotebook(document, pictures: folder)
        let text = try JupyterNotebook(notebook, pictures: folder, registry: Self.registry).text()
        let cells = try #require(try json(text)["cells"] as? [[String: Any]])
        let output = try #require((cells[0]["outputs"] as? [[String: Any]])?.first)
        #expect(output["output_type"] as? String == "stream")
        #expect(output["text"] as? [String] == ["3 steps\n"])
    }

    // MARK: Scripts

    @Test func aScriptRunsToTheSameValues() throws {
        let script = try exported("x = randn(3)", "y = [1,\n  2]; z = sum(x)", to: "a.gan")
        let again = Session(configuration: .init(registry: Self.registry, seed: 99))
        for cell in CellFile.cells(in: script, registry: Self.registry) { #expect(again.run(cell.text).error == nil) }
        let first = Session(configuration: .init(registry: Self.registry, seed: 5))
        first.run(all: "x = randn(3)", "z = sum(x)")
        #expect(again.number("z") == first.number("z"))
    }

    @Test func textsOfAScriptAreComments() {
        let source = "Say *this*.\n\nrm -rf\n\n```gan\nx = 1\n```\n\n```gan\ny = bad\n```\n\n```error\nbad\n```\n"
        let folder = PictureFolder(folder: URL(filePath: "/nonexistent"))
        let script = CellScript(notebook: SharedNotebook(Document(parsing: source, file: "a.md"), pictures: folder))
            .text()
        #expect(CellFile.cells(in: script, registry: Self.registry).map(\.text) == ["seed 1", "x = 1"])
        #expect(script.contains("# rm -rf"))
    }

    // MARK: Lessons

    @Test func aLessonKeepsItsQuestionsAndHidesTheAnswers() throws {
        let document = try Fixture.exampleLesson()
        let folder = PictureFolder(folder: URL(filePath: "/nonexistent"))
        let notebook = SharedNotebook(document, pictures: folder)
        var page = HTMLPage(notebook, pictures: folder)
        let html = page.text()
        #expect(html.contains("Where is their mean?") && html.contains("<li>at 4.5</li>"))
        #expect(html.components(separatedBy: "<details>").count == 4)
        #expect(html.contains("y = x - mean(x)"))
        let script = CellScript(notebook: notebook).text()
        #expect(
            CellFile.cells(in: script, registry: Self.registry).map(\.text).suffix(2) == ["y = x", "y = x - mean(x)"])
    }

    // MARK: Files

    @Test func neverWritesOverWhatItHasNotWritten() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Session(configuration: .init(registry: Self.registry))
            session.run("x = 1")
            for ending in ["html", "ipynb", "gan"] {
                let file = folder.appending(path: "mine.\(ending)")
                try "my own work".write(to: file, atomically: true, encoding: .utf8)
                #expect(session.run("export \"\(file.path)\"").error?.message.contains("has not written it") == true)
                #expect(try String(contentsOf: file, encoding: .utf8) == "my own work")
                try FileManager.default.removeItem(at: file)
                #expect(session.run("export \"\(file.path)\"").error == nil)
                #expect(session.run("export \"\(file.path)\"").error == nil)
            }
            let wrong = session.run("export notes.docx").error
            #expect(wrong?.help == "the endings are .ipynb, .html and .gan; `save` writes .md")
        }
    }

    @Test func takesNoPictureFromOutsideTheFolder() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let inside = folder.appending(path: "notes", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
            let png: [UInt8] = [0x89] + Array("PNG\r\n\u{1A}\n and so on".utf8)
            for place in ["secret.png", "notes/mine.png"] {
                try Data(png).write(to: folder.appending(path: place))
            }
            try "top secret".write(to: inside.appending(path: "text.png"), atomically: true, encoding: .utf8)
            symlink("../secret.png", inside.appending(path: "link.png").path)
            mkfifo(inside.appending(path: "pipe.png").path, 0o600)
            let pictures = PictureFolder(folder: inside)
            #expect(try pictures.picture(at: "mine.png", words: "w").kind == .png)
            #expect(try pictures.picture(at: "./mine.png", words: "w").bytes == png)
            let refusals = [
                ("../secret.png", "outside"), ("link.png", "outside"), ("/etc/passwd", "outside"),
                ("%2e%2e/secret.png", "outside"), ("text.png", "no PNG"), ("pipe.png", "no ordinary file"),
                ("none.png", "no such file"), ("https://example.com/a.png", "beside"), ("file:///etc/passwd", "beside"),
                ("..", "outside"), ("", "outside"),
            ]
            for (source, reason) in refusals {
                #expect { try pictures.picture(at: source, words: "") } throws: { "\($0)".contains(reason) }
            }
        }
    }

    @Test func aSavedNotebookTellsItsPicturesInWords() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Session(configuration: .init(registry: Self.registry, figureWriter: FigureValue.write))
            session.run("plot scatter randn(9, 2) title=\"a [b] <c>\"")
            let file = folder.appending(path: "my.md")
            #expect(session.run("save \"\(file.path)\"").error == nil)
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("![a \\[b\\] \\<c\\>: 9 points about"))
            let notebook = SharedNotebook(
                Document(parsing: text, file: file.path), pictures: PictureFolder(folder: folder))
            guard case .cell(let cell)? = notebook.parts.first else { return #expect(Bool(false)) }
            #expect(cell.pictures.first?.words.hasPrefix("a [b] <c>: ") == true)
            #expect(cell.pictures.first?.kind == .png)
        }
    }

    @Test func whatASessionWroteItsNotebookWritesAgain() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let (notebook, table) = (folder.appending(path: "mine.md"), folder.appending(path: "table.csv"))
            func session() -> Session { Session(configuration: .init(registry: Self.registry)) }
            let first = session()
            for cell in ["x = [[1, 2], [3, 4]]", "export x to \"\(table.path)\"", "save \"\(notebook.path)\""] {
                #expect(first.run(cell).error == nil)
            }
            let later = session()
            #expect(later.run("open \"\(notebook.path)\"").error == nil)
            #expect(later.run("replay").error == nil)
            try Data("by hand".utf8).write(to: table)
            let refused = later.run("replay").error
            #expect(refused?.message.contains("this notebook has not written it") == true)
        }
    }
}
