import Language
import Words

extension Document {
    /// Reads a document. What is wrong with it is noted in `problems`; the rest of it is still there.
    public init(parsing source: String, file: String) {
        var parser = DocumentParser(source: source, file: file)
        parser.read()
        self.init(
            file: file, source: source, header: parser.header, elements: parser.elements,
            problems: parser.problems.sorted { $0.line < $1.line })
    }
}

/// Turns the text of a document into its parts, front matter first, then block by block.
struct DocumentParser {
    let file: String
    let lines: [Substring]
    var header = Document.Header.none
    var elements: [Document.Element] = []
    var problems: [LessonError] = []

    /// The fences that mean something, in the order in which to list them.
    static let fences = ["gan", "output", "error", "predict", "exercise"]

    init(source: String, file: String) {
        self.file = file
        lines = Self.lines(of: source)
    }

    /// The lines of a text, whatever they end with, without a byte-order mark.
    static func lines(of source: String) -> [Substring] {
        let unix = source.utf8.contains(13) ? source.replacing("\r\n", with: "\n") : source
        return unix.drop(while: { $0 == "\u{FEFF}" }).utf8.split(separator: 10, omittingEmptySubsequences: false)
            .map(Substring.init)
    }

    mutating func read() {
        let linesBefore = readFrontMatter()
        let body = lines.dropFirst(linesBefore).joined(separator: "\n")
        for block in Markdown.read(body) {
            let span = (linesBefore + block.firstLine)...(linesBefore + max(block.firstLine, block.lastLine))
            switch block.node {
            case .prose(.rule): append(.pause, at: span.lowerBound)
            case .prose(let prose): append(prose, at: span.lowerBound)
            case .fence(let language, let words, let text): read(fence: language, words, text: text, span: span)
            }
        }
        lookForFrontMatter()
    }

    private mutating func append(_ content: Document.Content, at line: Int) {
        elements.append(.init(line: line, content))
    }

    /// Prose goes on in the part before it, if that is prose.
    private mutating func append(_ block: Block, at line: Int) {
        lookForHiddenFences(in: block, at: line)
        if case .prose(let blocks)? = elements.last?.content {
            elements[elements.count - 1].content = .prose(blocks + [block])
        } else {
            append(.prose([block]), at: line)
        }
    }

    private mutating func read(fence language: String, _ words: [String], text: String, span: ClosedRange<Int>) {
        let code = text.hasSuffix("\n") ? String(text.dropLast()) : text
        if Self.fences.contains(language) { lookForEnd(of: language, span) }
        switch language {
        case "gan": append(.cell(cell(SourceText(code, line: span.lowerBound + 1), words)), at: span.lowerBound)
        case "output": expect(.output, code, words, span)
        case "error": expect(.error, code, words, span)
        case "predict": readPrediction(text, at: span.lowerBound)
        case "exercise": readExercise(text, at: span.lowerBound)
        default: appendShown(language, code, at: span.lowerBound)
        }
    }

    /// A cell with what the words behind `gan` say of its beginning and end.
    private func cell(_ code: SourceText, _ words: [String]) -> DocumentCell {
        func number(_ name: String) -> Int? { Self.value(of: name, in: words).flatMap { Int($0) } }
        let start = CellStart(
            variables: number("from"), random: number("random"), isApart: words.contains("apart"))
        let ends = Self.value(of: "ends", in: words).map { $0.split(separator: ",").compactMap { Int($0) } }
        return DocumentCell(
            code: code, start: start == CellStart() ? nil : start, mark: number("mark"), number: number("number"),
            stops: CellStops(stop: number("stop"), ends: ends ?? []))
    }

    /// A fence in another language is shown; one whose language is nearly one of ours is a slip.
    private mutating func appendShown(_ language: String, _ code: String, at line: Int) {
        if let meant = Self.fence(meantBy: language) {
            note(line, "a block in the unknown language `\(language)`", help: "Did you mean `\(meant)`?")
        }
        append(.code(language: language, text: code), at: line)
    }

    /// The fence that the language of another one is a slip for.
    static func fence(meantBy language: String) -> String? {
        language == "text" ? nil : Spelling.suggestions(for: language, among: fences).first
    }

    private mutating func expect(
        _ kind: DocumentCell.Expectation.Kind, _ text: String, _ words: [String], _ span: ClosedRange<Int>
    ) {
        let name = kind == .output ? "output" : "error"
        guard let last = elements.last, case .cell(var cell) = last.content, cell.expectation == nil else {
            note(
                span.lowerBound, "an `\(name)` block that follows no cell",
                help: "Put it right after the `gan` block that prints it.")
            return
        }
        if kind == .error, text.allSatisfy(\.isWhitespace) {
            note(span.lowerBound, "an empty `error` block", help: "Write the part of the message that matters.")
        }
        cell.expectation = .init(kind: kind, text: text, varying: varying(words, at: span.lowerBound), lines: span)
        elements[elements.count - 1].content = .cell(cell)
    }
}

// MARK: - Words behind a fence

extension DocumentParser {
    /// What stands behind `name=`, if that is there.
    static func value(of name: String, in words: [String]) -> String? {
        words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// `varies=1:2-3`: which words of an output differ from run to run.
    private mutating func varying(_ words: [String], at line: Int) -> VaryingWords {
        guard let text = Self.value(of: "varies", in: words) else { return VaryingWords() }
        if let varying = VaryingWords(text) { return varying }
        note(
            line, "`varies=\(text)` names no words",
            help: "`varies=1:2-3` means words 2 and 3 of line 1, `varies=4-9:6` word 6 of lines 4 to 9.")
        return VaryingWords()
    }
}

// MARK: - Faults

extension DocumentParser {
    mutating func note(_ line: Int, _ message: String, help: String) {
        problems.append(LessonError(file: file, line: line, message, help: help))
    }

    /// A file that is named as a lesson and asks as one is a lesson.
    private mutating func lookForFrontMatter() {
        let name = file.split(separator: "/").last ?? ""
        guard case .none = header, problems.isEmpty, name.prefixMatch(of: /[0-9]+-/) != nil else { return }
        let first = elements.first { element in
            switch element.content {
            case .prediction, .exercise: true
            case .prose, .pause, .cell: false
            }
        }
        guard let first else { return }
        note(
            first.line, "a question or a task, and the lesson has no front matter",
            help: "Begin the file with `---`, `lesson: 1`, …; lessons/README.md has an example.")
    }

    /// A fence that is never closed swallows the rest of the file.
    private mutating func lookForEnd(of language: String, _ span: ClosedRange<Int>) {
        let last = span.upperBound <= lines.count ? lines[span.upperBound - 1].drop(while: { $0 == " " }) : ""
        if span.lowerBound == span.upperBound || !(last.hasPrefix("```") || last.hasPrefix("~~~")) {
            note(span.lowerBound, "this `\(language)` block is not closed", help: "End it with a line ```.")
        } else if let next = lines[span.lowerBound..<(span.upperBound - 1)].firstIndex(where: { $0.hasPrefix("```") }) {
            note(
                span.lowerBound, "this `\(language)` block goes on beyond the fence in line \(next + 1)",
                help: "End it with a line ``` of its own.")
        }
    }

    /// Only fences at the margin are run; in a list or a quote they would be overlooked.
    private mutating func lookForHiddenFences(in block: Block, at line: Int) {
        let inner: [Block]
        switch block {
        case .quote(let blocks): inner = blocks
        case .list(_, _, let items): inner = items.flatMap { $0 }
        default: return
        }
        for case .code(let language, _) in inner where Self.fences.contains(language) {
            note(line, "a `\(language)` block inside a list or a quote is not run", help: "Move it to the margin.")
        }
        for block in inner { lookForHiddenFences(in: block, at: line) }
    }
}
