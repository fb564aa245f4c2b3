import Testing

@testable import Notebook

@Suite struct MarkdownTextTests {
    @Test(arguments: [
        "Plain, *slanted* and **strong** words, ~~struck~~ ones and `co``de`.",
        "# A heading\n\nwith [a link](<https://swift.org>) and ![a picture](<a b.png>)",
        "- one\n- two\n  more\n- three", "3. three\n4. four", "- one\n\n- two\n\n  again",
        "> quoted\n> > twice", "| a | b |\n| --- | ---: |\n| 1 \\| 2 | `x` |", "```text\n``\n```",
        "`` ` `` and a \\* that is none, \\<b\\> neither",
    ])
    func whatIsWrittenReadsTheSame(source: String) {
        let blocks = Markdown.blocks(source)
        #expect(Markdown.blocks(MarkdownText.text(blocks)) == blocks)
    }

    @Test(arguments: ["<b>&amp;</b>", "a*b*c_d_`e`", "[x](y)", "![x](y)", "# no heading", "\\", "~~a~~", "$x$"])
    func anyTextCanBeWritten(text: String) {
        #expect(Markdown.blocks(MarkdownText.escaped(text)) == [.paragraph([.text(text)])] || merged(text) == text)
    }

    /// cmark cuts text at every mark; the words are what counts.
    private func merged(_ text: String) -> String { Markdown.blocks(MarkdownText.escaped(text)).plainText }
}
