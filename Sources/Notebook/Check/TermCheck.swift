import Words

extension CheckRun {
    /// Every term that the front matter lists is emphasised where the lesson explains it, and has its place in the
    /// glossary.
    mutating func checkTerms(_ glossary: Glossary) {
        guard let terms = document.lesson?.terms, !terms.isEmpty else { return }
        let emphasised = document.emphasised
        let line = document.line(
            of: "terms:", in: Passage(blocks: [], lines: 1...max(1, document.elements.first?.line ?? 1)))
        for term in terms {
            if glossary.entry(for: term) == nil {
                let near = glossary.question(for: term).map { $0 + "; otherwise a" } ?? "A"
                note(
                    line, "the glossary does not explain `\(term)`",
                    help: "\(near)dd `## \(term)` and a few sentences to `glossary.md` beside the lesson.")
            }
            let names = glossary.entry(for: term)?.names.map { $0.lowercased() } ?? []
            let wanted = (names + [term.lowercased()]).flatMap { [$0, $0 + "s"] }
            if !emphasised.contains(where: wanted.contains) {
                note(
                    line, "`\(term)` is among the terms, and the lesson emphasises it nowhere",
                    help: "Write *\(term)* where you say what it means.")
            }
        }
    }

    /// The time that the front matter promises is about what its words, cells and questions take.
    mutating func checkMinutes() {
        guard let promised = document.lesson?.minutes, promised > 0 else { return }
        let time = ReadingTime(document)
        report.minutes = max(1, Int(time.minutes.rounded()))
        guard !time.allows(promised) else { return }
        let line = document.line(
            of: "minutes:", in: Passage(blocks: [], lines: 1...max(1, document.elements.first?.line ?? 1)))
        note(
            line, "`minutes` promises \(promised); a beginner needs about \(report.minutes ?? 0)",
            help: "\(time.words) words at 200 a minute, \(Wording.count(time.cells, "cell")) at 20 seconds, "
                + "\(Wording.count(time.predictions, "question")) at 30, \(Wording.count(time.exercises, "task")) at two minutes."
        )
    }
}

extension Document {
    /// What the prose between the cells, the questions and the tasks emphasises, in small letters.
    fileprivate var emphasised: Set<String> {
        let parts = passages.flatMap(\.blocks).flatMap(\.stretches).flatMap { $0.flatMap(\.parts) }
        return Set(
            parts.compactMap { part in
                if case .emphasis(let inner) = part { inner.plainText.lowercased() } else { nil }
            })
    }
}
