import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct ImportedNotebookTests {
    private static let registry = Library.registry(resources: Resources())

    private func imported(
        _ json: String, keeping keeper: @escaping ImportedNotebook.PictureKeeper = { _, name in name }
    )
        throws -> ImportedNotebook
    {
        try ImportedNotebook.read(
            json, as: .ipynb, file: URL(filePath: "/tmp/a.ipynb"), registry: Self.registry, keeping: keeper)
    }

    private func cells(_ markdown: String) -> [DocumentCell] {
        Document(parsing: markdown, file: "").elements.compactMap {
            if case .cell(let cell) = $0.content { cell } else { nil }
        }
    }

    private func notebook(_ cells: String, language: String = "gan") -> String {
        """
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {"title": "T: x", "language_info": {"name": "\(language)"},
         "gan": {"seed": 9}}, "cells": [\(cells)]}
        """
    }

    // MARK: There and back

    @Test func whatIsExportedForJupyterComesBackAsItWas() throws {
        let source = """
            ---
            title: "A test"
            seed: 5
            ---

            # Heading

            ```gan mark=2
            x = 1 + 1
            x
            ```

            ```output
            2
            ```

            ```gan from=2 random=0 apart
            train 3
            ```

            ```output
            one line
            and another
            ```

            ![two words](<p.png>)

            ```gan number=9
            bad
            ```

            ```error
            there is no `bad`
            ```

            """
        let document = Document(parsing: source, file: "a.md")
        let png: [UInt8] = [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + [1, 2, 3]
        let picture = SharedPicture(kind: .png, bytes: png, words: "", isOurs: true)
        let folder = PictureFolder(folder: URL(filePath: "/nonexistent"), given: ["p.png": picture])
        let shared = SharedNotebook(document, pictures: folder)
        let json = try JupyterNotebook(shared, pictures: folder, registry: Self.registry).text()
        var kept: [[UInt8]] = []
        let back = try imported(json) { picture, _ in
            kept.append(picture.bytes)
            return "p.png"
        }
        #expect(back.markdown == source && back.notes.isEmpty)
        #expect(kept == [png])
    }

    @Test func aScriptKeepsItsTextsTitleAndSeed() {
        let shared = SharedNotebook(
            Document(
                parsing:
                    "---\ntitle: T\nseed: 5\n---\n\nSay *this*:\n```gan\nf(x) = {\n```\n\n- a\n- b\n\n```gan\ny = [1,\n 2]\n```\n",
                file: "a.md"), pictures: PictureFolder(folder: URL(filePath: "/nonexistent")))
        let script = CellScript(notebook: shared).text()
        let back = ScriptReader(script, registry: Self.registry).markdown(called: "name")
        #expect(back.hasPrefix("---\ntitle: \"T\"\nseed: 5\n---\n\nSay *this*:"))
        #expect(cells(back).last?.code.text == "y = [1,\n 2]" && back.contains("- a\n- b"))
        let foreign = ScriptReader("# a remark\n# ```gan\n# x\n\nz = 1 # one\n", registry: Self.registry)
        #expect(cells(foreign.markdown(called: "n")).map(\.code.text) == ["z = 1 # one"])
    }

    // MARK: Text stays text

    @Test func codeInAnotherLanguageIsKeptAsText() throws {
        let cell =
            #"{"cell_type": "code", "source": ["import os\n", "os.system('ls')"], "outputs": [], "metadata": {}}"#
        let python = try imported(notebook(cell, language: "python"))
        #expect(cells(python.markdown).isEmpty)
        #expect(python.markdown.contains("```python\nimport os\nos.system('ls')\n```"))
        #expect(python.notes == ["1 cell of code in python: kept as text, and not run."])
        for language in ["GAN2", "output", "gna", "a b", "predict"] {
            #expect(cells(try imported(notebook(cell, language: language)).markdown).isEmpty, "\(language)")
        }
    }

    @Test(arguments: ["%%bash\\nls", "x = 1\\n!ls", "  %time x"]) func magicsAreKeptAsText(source: String) throws {
        let cell = #"{"cell_type": "code", "source": "\#(source)", "outputs": []}"#
        let own = try imported(notebook(cell))
        #expect(cells(own.markdown).isEmpty && own.notes.count == 1)
    }

    @Test(arguments: [
        "```gan\\nx = 1\\n```", "```gna\\nx\\n```", "~~~~ exercise\\ntask: x\\n~~~~", "- a\\n\\n  ```gan\\n  x\\n  ```",
        "```python\\nno end", "<!-- no end", "> ```gan\\n> x", "---\\nlesson: 3\\n---", "```output\\n3\\n```",
        "a\\n\\n<pre>",
    ]) func noTextBecomesACellOrSwallowsOne(text: String) throws {
        let code = #"{"cell_type": "code", "source": "y = 2", "outputs": []}"#
        let markdown = try imported(
            notebook("\(code), {\"cell_type\": \"markdown\", \"source\": \"\(text)\"}, \(code)")
        ).markdown
        let document = Document(parsing: markdown, file: "")
        #expect(document.problems.isEmpty && cells(markdown).map(\.code.text) == ["y = 2", "y = 2"])
        #expect(cells(markdown).allSatisfy { $0.expectation == nil } && document.seed == 9)
    }

    @Test func outputsAreTextWithoutCommandsToTheTerminal() throws {
        let outputs = #"""
            [{"output_type": "stream", "name": "stdout", "text": ["a\u001b[2Jb\n", "```\n"]},
             {"output_type": "stream", "name": "stderr", "text": "no"},
             {"output_type": "display_data", "data": {"text/html": "<script>", "image/png": "bm90IGEgcGljdHVyZQ=="}},
             {"output_type": "execute_result", "data": {"text/plain": "3"}}, {"output_type": 7}, 8]
            """#
        let cell =
            #"{"cell_type": "code", "source": "x\r\ny\u0000", "outputs": \#(outputs), "metadata": {"gan": "from=2 evil"}}"#
        let own = try imported(notebook(cell))
        #expect(cells(own.markdown).map(\.code.text) == ["x\ny␀"])
        #expect(cells(own.markdown)[0].expectation?.text == "a␛[2Jb\n```\n3")
        #expect(own.markdown.contains("```gan from=2\n") && !own.markdown.contains("picture"))
    }

    // MARK: What is no notebook

    @Test(arguments: [
        ("", "it is no notebook of Jupyter's: line 1, column 1"), ("[]", "`nbformat` is missing"),
        (#"{"nbformat": 3, "worksheets": []}"#, "it is nbformat 3, and 4 is what is read"),
        (#"{"nbformat": 4}"#, "`cells` is missing"),
        (#"{"nbformat": 4, "cells": [{"cell_type": "code", "source": 5}]}"#, "cell 1 has no `cell_type` and `source`"),
    ]) func refusesWhatIsNoNotebook(json: String, message: String) {
        #expect { try imported(json) } throws: { "\($0)".contains(message) }
    }

    @Test func anOpenedNotebookOfJupytersIsNeverWrittenOver() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.ipynb")
            let json = notebook(#"{"cell_type": "code", "source": "x = 2", "outputs": []}"#)
            try json.write(to: file, atomically: true, encoding: .utf8)
            let session = Session(configuration: .init(registry: Self.registry))
            #expect(session.run("open \"\(file.path)\"").error == nil)
            #expect(session.number("x") == nil && session.record.count == 1)
            #expect(session.run("save \"\(file.path)\"").error?.message.contains("has not written it") == true)
            #expect(session.run(all: "replay", "save \"\(folder.path)/b.md\"").error == nil)
            #expect(session.number("x") == 2)
            #expect(try String(contentsOf: file, encoding: .utf8) == json)
            let saved = try String(contentsOf: folder.appending(path: "b.md"), encoding: .utf8)
            #expect(cells(saved).map(\.code.text) == ["x = 2"] && saved.contains("title: \"T: x\""))
        }
    }
}
