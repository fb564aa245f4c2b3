extension DocumentParser {
    /// Reads the front matter, if there is any; returns how many lines it takes.
    mutating func readFrontMatter() -> Int {
        guard lines.first.map(isMarker) ?? false else { return 0 }
        guard let end = lines.dropFirst().firstIndex(where: isMarker) else {
            note(1, "the front matter is not closed", help: "End it with a line ---.")
            return 0
        }
        let yaml = lines[1..<end].joined(separator: "\n")
        if lines[1..<end].contains(where: { $0.hasPrefix("lesson") }) {
            readLessonHeader(yaml)
        } else {
            readNotebookHeader(yaml)
        }
        return end + 1
    }

    private func isMarker(_ line: Substring) -> Bool {
        line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
    }

    private mutating func readLessonHeader(_ yaml: String) {
        var keys = reader(yaml, known: ["lesson", "title", "summary", "minutes", "needs", "seed", "terms"])
        let number = keys.integer("lesson", in: 1...999)
        let title = keys.text("title")
        let summary = keys.text("summary")
        let minutes = keys.integer("minutes", in: 1...600)
        let needs = keys.integers("needs")
        let seed = keys.integer("seed", in: 0...Int.max, default: 1)
        let terms = keys.texts("terms", atLeast: 0).map(\.text)
        for need in needs where number.map({ need >= $0 || need < 1 }) ?? false {
            keys.note(
                keys.line(of: "needs"), "lesson \(number ?? 0) needs lesson \(need)",
                help: "Name lessons that come before it.")
        }
        problems += keys.problems
        header = .lesson(
            LessonHeader(
                number: number ?? 0, title: title ?? "", summary: summary ?? "", minutes: minutes ?? 0, needs: needs,
                seed: UInt64(seed ?? 1), terms: terms))
    }

    private mutating func readNotebookHeader(_ yaml: String) {
        var keys = reader(yaml, known: ["title", "seed", "saved", "version"])
        let seed = keys.integer("seed", in: 0...Int.max, default: 1)
        header = .notebook(
            NotebookHeader(
                title: keys.optionalText("title"), seed: UInt64(seed ?? 1), saved: keys.optionalText("saved"),
                version: keys.optionalText("version")))
        problems += keys.problems
    }

    private func reader(_ yaml: String, known: [String]) -> KeyReader {
        KeyReader(yaml: yaml, subject: KeyReader.frontMatter, file: file, line: 1, linesBefore: 1, known: known)
    }
}
