import Notebook

/// What the lesson says, as lines for a terminal.
public struct LessonView {
    let theme: Theme
    let columns: Int
    /// The rows that can be seen at once.
    let rows: Int
    private let printer: MarkdownPrinter

    /// A view on a terminal of `columns` columns and `rows` rows.
    public init(theme: Theme, columns: Int, rows: Int = .max) {
        self.theme = theme
        self.columns = columns
        self.rows = rows
        printer = MarkdownPrinter(theme: theme, columns: columns)
    }

    /// The lines of one event, an empty one before and after where the eye needs it.
    public func lines(_ event: LessonEvent) -> [String] {
        switch event {
        case .opened(let header, let steps): opening(header, steps)
        case .position(let step, let steps): position(step, steps)
        case .prose(let blocks): printer.lines(blocks) + [""]
        case .offer(let source): cell(source)
        case .pause: []
        case .question(let prediction): question(prediction)
        case .task(let exercise): task(exercise)
        case .verdict(let verdict): self.verdict(verdict)
        case .hint(let blocks, let number, let count): labelled("Hint \(number) of \(count)", .warning, blocks)
        case .solution(let source): [theme.paint("A solution:", .strong), ""] + cell(source) + [""]
        case .answer(let answer, let because): labelled("The answer: \(answer)", .strong, because)
        case .remark(let text): printer.lines([.paragraph([.text(text)])]).map { theme.paint($0, .note) }
        case .finished(let header, let next): finish(header, next)
        case .left(let header, let step, let steps): left(header, step, steps)
        case .catalogue(let listings): catalogue(listings)
        case .progress(let listings, let missed): progress(listings, missed)
        case .definition(let names, let text): definition(names, text)
        }
    }

    // MARK: The parts of a lesson

    private func opening(_ header: LessonHeader, _ steps: Int) -> [String] {
        let title = "Lesson \(header.number): \(header.title)"
        return [
            "", theme.paint(title, .heading),
            theme.paint(
                "\(steps) steps, about \(header.minutes) minutes. Type anything in between: it is a cell.", .note),
            theme.paint("next  back  skip  hint  solution  why  where  glossary WORD  quit lesson", .note),
        ]
    }

    private func position(_ step: Int, _ steps: Int) -> [String] {
        let bar = Screen.bar(Double(step) / Double(max(1, steps)), width: 24)
        return ["", theme.paint("\(bar) step \(step) of \(steps)", .faint), ""]
    }

    /// A cell behind a bar, which shows where it begins and ends.
    private func cell(_ source: String) -> [String] {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.flatMap { folded(String($0)) }.map {
            theme.paint("  ▌ ", .prompt) + theme.paint($0, .code)
        }
    }

    /// A line of code that fits, its rest indented below it. Strings stay whole.
    private func folded(_ line: String) -> [String] {
        let indent = String(line.prefix { $0 == " " })
        let room = columns - 9 - indent.count
        guard DisplayWidth.of(line) > columns - 5, room > 16 else { return [line] }
        var rows: [String] = []
        for piece in Self.pieces(String(line.dropFirst(indent.count))) {
            if let last = rows.last, DisplayWidth.of(last + piece) <= room {
                rows[rows.count - 1] = last + piece
            } else {
                rows.append(piece)
            }
        }
        return rows.enumerated().map { indent + ($0.offset == 0 ? "" : "    ") + $0.element.trimmingBlanks() }
    }

    /// Code cut after each blank that stands outside quotes.
    private static func pieces(_ code: String) -> [String] {
        var pieces = [""]
        var quote: Character?
        for character in code {
            pieces[pieces.count - 1].append(character)
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else if quote == nil, character == " " {
                pieces.append("")
            }
        }
        return pieces
    }

    /// What can be typed, on a line above the prompt; no key is parted from what it does.
    public func keys(_ hints: [KeyHint]) -> [String] {
        var lines: [(text: String, width: Int)] = []
        for (index, hint) in hints.enumerated() {
            let effect = (hint.effect.isEmpty ? "" : " " + hint.effect) + (index < hints.count - 1 ? "," : "")
            let text = hint.key + theme.paint(effect, .note)
            let width = DisplayWidth.of(hint.key + effect) + 1
            if let last = lines.last, last.width + width < columns - 1 {
                lines[lines.count - 1] = (last.text + " " + text, last.width + width)
            } else {
                lines.append(("  " + text, width + 1))
            }
        }
        return lines.map(\.text)
    }

    private func question(_ prediction: Prediction) -> [String] {
        let choices = prediction.choices.enumerated().flatMap { index, choice in
            printer.lines([.list(start: index + 1, tight: true, items: [[.paragraph([.text(choice)])]])])
        }
        return [theme.paint("What will happen?", .strong), ""] + printer.lines(prediction.question) + [""] + choices
            + (choices.isEmpty ? [] : [""])
    }

    private func task(_ exercise: Exercise) -> [String] {
        [theme.paint("Your turn", .strong), ""] + printer.lines(exercise.task)
            + [""]
    }

    private func verdict(_ verdict: Verdict) -> [String] {
        let text = printer.lines(verdict.text)
        let wrong = verdict.isTask ? "✗ Not done yet." : "✗ Not yet."
        let mark = verdict.isRight ? theme.paint("✓ Right.", .success) : theme.paint(wrong, .error)
        return [mark] + text + [""]
    }

    private func labelled(_ label: String, _ role: Role, _ blocks: [Block]) -> [String] {
        [theme.paint(label, role)] + printer.lines(blocks) + [""]
    }

    private func finish(_ header: LessonHeader, _ next: LessonHeader?) -> [String] {
        let done = theme.paint("✓ Lesson \(header.number) is done: \(header.title).", .success)
        guard let next else {
            return ["", done, "It was the last one so far. `help` shows what there is to play with."]
        }
        return [
            "", done, "`lesson \(next.number)` goes on with \(next.title).",
            "What you made is still here to play with.",
        ]
    }

    private func left(_ header: LessonHeader, _ step: Int, _ steps: Int) -> [String] {
        [theme.paint("You left lesson \(header.number) at step \(step) of \(steps).", .note)]
            + [theme.paint("`lesson \(header.number)` goes on from there.", .note)]
    }

    // MARK: The table of lessons

    private func catalogue(_ listings: [LessonListing]) -> [String] {
        guard !listings.isEmpty else {
            return ["There are no lessons here. `doctor` shows where they were looked for."]
        }
        let narrow = MarkdownPrinter(theme: theme, columns: min(columns, MarkdownPrinter.widest) - 5)
        let entries = listings.map { listing in
            let number = String(repeating: " ", count: max(0, 3 - "\(listing.header.number)".count))
            let title = DisplayWidth.padded("\(number)\(listing.header.number)  \(listing.header.title)", to: 40)
            let state = theme.paint(mark(listing), listing.mark == .done ? .success : .note)
            let summary = narrow.lines([.paragraph([.text(listing.header.summary)])]).map { "     " + $0 }
            return (line: theme.paint(title, .strong) + " " + state, summary: summary)
        }
        // Where not all of it can be seen at once, only the lesson that comes next says what it is about.
        let isShort = entries.reduce(0) { $0 + 1 + $1.summary.count } + 4 > rows
        let next = listings.firstIndex(where: \.isOpen) ?? listings.firstIndex { $0.mark != .done }
        return entries.enumerated().flatMap { index, entry in
            [entry.line] + (isShort && index != next ? [] : entry.summary)
        } + ["", theme.paint("lesson N opens one, where you left it", .note)]
    }

    /// A bar for every lesson, in the lesson's colours; the words beside it say the same.
    private func progress(_ listings: [LessonListing], _ missed: Int) -> [String] {
        let room = max(12, min(36, columns - 44))
        let lines = listings.map { listing in
            let number = String(repeating: " ", count: max(0, 3 - "\(listing.header.number)".count))
            let title = DisplayWidth.padded("\(number)\(listing.header.number)  \(listing.header.title)", to: room)
            let shown = DisplayWidth.of(title) > room ? title.prefix(room - 1) + "…" : title[...]
            let bar = Screen.bar(listing.fraction, width: 20)
            return "\(shown) \(theme.paint(bar, .faint)) "
                + theme.paint(mark(listing), listing.mark == .done ? .success : .note)
        }
        let done = listings.count { $0.mark == .done }
        let questions = missed == 1 ? "A question waits" : "\(missed) questions wait"
        let review = missed == 0 ? [] : [theme.paint("\(questions) to be asked again: `review`", .note)]
        return lines + ["", theme.paint("\(done) of \(listings.count) lessons done", .note)] + review
    }

    private func definition(_ names: [String], _ text: [Block]) -> [String] {
        let others = names.dropFirst().isEmpty ? "" : " (\(names.dropFirst().joined(separator: ", ")))"
        return [theme.paint(names[0], .strong) + others] + printer.lines(text) + [""]
    }

    private func mark(_ listing: LessonListing) -> String {
        if listing.isOpen { return "open now" }
        switch listing.mark {
        case .new: return "about \(listing.header.minutes) minutes"
        case .started(let step, let steps): return "step \(step) of \(steps)"
        case .done: return "✓ done"
        }
    }
}

extension LessonListing {
    /// How much of the lesson is behind the learner, from 0 to 1.
    fileprivate var fraction: Double {
        switch mark {
        case .new: 0
        case .started(let step, let steps): Double(step - 1) / Double(max(1, steps))
        case .done: 1
        }
    }
}
