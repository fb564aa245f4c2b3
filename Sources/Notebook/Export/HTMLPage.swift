import Foundation

/// A notebook as one page for a browser: it needs no other file, no network and no scripts.
struct HTMLPage {
    let notebook: SharedNotebook
    let pictures: PictureFolder
    private var pictureCount = 0

    /// The page of a notebook; pictures in its texts are looked for in a folder.
    init(_ notebook: SharedNotebook, pictures: PictureFolder) {
        (self.notebook, self.pictures) = (notebook, pictures)
    }

    /// What begins every page of ours.
    static let mark = "<!doctype html>\n<!-- A notebook of the GAN playground -->\n"

    /// The whole page.
    mutating func text() -> String {
        let title = notebook.title.escapedForHTML
        var body: [String] = []
        for part in notebook.parts { body.append(html(of: part)) }
        let heading = startsWithItsTitle ? "" : "<h1>\(title)</h1>\n"
        let saved = notebook.saved.map { ", saved \($0.escapedForHTML)" } ?? ""
        // Even if something slipped through, a browser runs nothing and fetches nothing from this page.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return """
            \(Self.mark)<html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="GAN playground \(Library.version)">
            <title>\(title)</title>
            <style>
            \(HTMLStyle.sheet)</style>
            </head>
            <body>
            <main>
            \(heading)\(body.joined(separator: "\n"))
            </main>
            <footer>Made with the GAN playground \(Library.version); seed \(notebook.seed)\(saved).</footer>
            </body>
            </html>

            """
    }

    private var startsWithItsTitle: Bool {
        guard case .text(let text)? = notebook.parts.first,
            case .prose(.heading(1, let inlines))? = Markdown.read(text).first?.node
        else { return false }
        return inlines.plainText == notebook.title
    }

    // MARK: Parts

    private mutating func html(of part: SharedNotebook.Part) -> String {
        switch part {
        case .text(let text): prose(text)
        case .cell(let cell): html(of: cell)
        case .question(let question): html(of: question)
        }
    }

    private mutating func html(of cell: SharedCell) -> String {
        var lines = ["<section class=\"cell\" id=\"cell-\(cell.number)\">"]
        let number =
            "<a class=\"number\" href=\"#cell-\(cell.number)\" title=\"Cell \(cell.number)\">[\(cell.number)]</a>"
        lines.append(number + code(cell.source))
        if !cell.output.isEmpty { lines.append("<pre class=\"output\">\(cell.output.escapedForHTML)</pre>") }
        if let error = cell.error { lines.append("<pre class=\"error\">\(error.escapedForHTML)</pre>") }
        for picture in cell.pictures { lines.append("<figure>\(html(of: picture))</figure>") }
        return (lines + ["</section>"]).joined(separator: "\n")
    }

    private mutating func html(of question: SharedQuestion) -> String {
        let start = question.start.map(code) ?? ""
        let solution = question.solution.map(code) ?? ""
        return """
            <section class="question">
            \(prose(question.text))\(start)<details><summary>Answer</summary>
            \(solution)\(prose(question.answer))</details>
            </section>
            """
    }

    private func code(_ source: String) -> String {
        "<pre class=\"source\"><code>\(source.escapedForHTML)</code></pre>"
    }

    /// Text by cmark; its pictures are taken in, or else told in words.
    private mutating func prose(_ text: String) -> String {
        var taken: [String: SharedPicture] = [:]
        for source in Markdown.pictureSources(in: text) {
            taken[source] = try? pictures.picture(at: source, words: "")
        }
        return Markdown.html(text.withVisibleControls) { source, words in
            guard var picture = taken[source] else { return "<em>[picture: \(words.escapedForHTML)]</em>" }
            picture.words = words
            return image(picture)
        }
    }

    // MARK: Pictures

    private mutating func html(of picture: SharedPicture) -> String {
        guard picture.kind == .svg, picture.isOurs, let drawing = InlineSVG(picture) else { return image(picture) }
        pictureCount += 1
        return drawing.html(prefix: "p\(pictureCount)-")
    }

    /// A picture that a browser shows and never enters: whatever scripts are in it do not run.
    private func image(_ picture: SharedPicture) -> String {
        let words = picture.words.escapedForHTML
        let data = Data(picture.bytes).base64EncodedString()
        return "<img alt=\"\(words)\" title=\"\(words)\" src=\"data:\(picture.kind.rawValue);base64,\(data)\">"
    }
}

/// A drawing of gnuplot's that becomes a part of a page.
struct InlineSVG {
    private let drawing: String
    private let words: String

    /// Nil if it is not text, or not a drawing as gnuplot writes them.
    init?(_ picture: SharedPicture) {
        guard let text = String(validating: picture.bytes, as: UTF8.self), let start = text.range(of: "<svg"),
            let opened = text[start.upperBound...].firstIndex(of: ">"), let end = text.range(of: "</svg>")
        else { return nil }
        let inner = text[text.index(after: opened)..<end.lowerBound]
        drawing = text[start.lowerBound..<opened] + "\u{1}" + inner
        words = picture.words
    }

    /// The drawing with names of its own, for a page has but one of each, and with its words.
    func html(prefix: String) -> String {
        let parts = drawing.split(separator: "\u{1}", maxSplits: 1)
        guard parts.count == 2 else { return "" }
        let body = parts[1]
            .replacing(/<title>Gnuplot<\/title>\s*<desc>[^<]*<\/desc>/, with: "")
            .replacing(/\bid=(['"])/) { "id=\($0.1)\(prefix)" }
            .replacing(/href=(['"])#/) { "href=\($0.1)#\(prefix)" }
            .replacing(/url\((['"]?)#/) { "url(\($0.1)#\(prefix)" }
        let title = "<title id=\"\(prefix)words\">\(words.escapedForHTML)</title>"
        return "\(parts[0]) role=\"img\" aria-labelledby=\"\(prefix)words\">\(title)\(body)</svg>"
    }
}

extension String {
    /// The text as HTML shows it: nothing in it is a mark, and control characters are visible.
    var escapedForHTML: String {
        var text = ""
        text.reserveCapacity(utf8.count)
        for character in withVisibleControls.unicodeScalars {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}
