extension DocumentParser {
    /// Reads a `predict` block that opens at a line.
    mutating func readPrediction(_ yaml: String, at line: Int) {
        let known = ["question", "choices", "answer", "within", "unit", "because", "mistakes", "hints"]
        var keys = KeyReader(
            yaml: yaml, subject: "this prediction", file: file, line: line, linesBefore: line, known: known)
        let question = keys.prose("question")
        let hints = keys.proses("hints", atLeast: 0)
        let because = keys.prose("because")
        let choices = keys.has("choices") ? keys.texts("choices", atLeast: 2).map(\.text) : []
        let answer = choices.isEmpty ? number(&keys) : choice(&keys, of: choices.count)
        let replies = choices.isEmpty ? [:] : keys.replies("mistakes")
        let mistakes = choices.isEmpty ? keys.mistakes("mistakes") : []
        if case .choice(let right)? = answer { compare(replies, with: right, of: choices.count, &keys) }
        let unit = unit(&keys)
        problems += keys.problems
        guard let question, let because, let answer else { return }
        let prediction = Prediction(
            question: question, choices: choices, answer: answer, because: because, replies: replies,
            mistakes: mistakes, hints: hints, unit: unit)
        elements.append(.init(line: line, .prediction(prediction)))
    }

    private func number(_ keys: inout KeyReader) -> Prediction.Answer? {
        guard let answer = keys.code("answer"), let within = keys.positive("within") else { return nil }
        return .number(answer, within: within)
    }

    /// What the answer is counted in: a word or a sign, for a question whose answer is a number.
    private func unit(_ keys: inout KeyReader) -> String {
        guard let unit = keys.optionalText("unit")?.trimmed else { return "" }
        if keys.has("choices") || unit.contains(where: \.isNumber) {
            keys.note(
                keys.line(of: "unit"), "`unit` of this prediction is \"\(unit)\"",
                help: "Write what the number counts, such as `unit: \"%\"` or `unit: minutes`; choices have none.")
        }
        return unit
    }

    private func choice(_ keys: inout KeyReader, of count: Int) -> Prediction.Answer? {
        if keys.has("within") {
            keys.note(
                keys.line(of: "within"), "`within` beside `choices`",
                help: "Remove one of them: `within` is for answers that are numbers.")
        }
        return keys.integer("answer", in: 1...count).map(Prediction.Answer.choice)
    }

    /// Every wrong choice has a reply, and no other.
    private func compare(_ replies: [Int: [Block]], with right: Int, of count: Int, _ keys: inout KeyReader) {
        let line = keys.line(of: "mistakes")
        for choice in 1...count where choice != right && replies[choice] == nil {
            keys.note(
                line, "choice \(choice) of this prediction has no reply",
                help: "Add `\(choice): \"…\"` under `mistakes`.")
        }
        for choice in replies.keys.sorted() where !(1...count).contains(choice) || choice == right {
            let why = choice == right ? "is the right one" : "does not exist"
            keys.note(
                line, "`mistakes` has a reply to choice \(choice), which \(why)",
                help: "The choices are 1 to \(count), and \(right) is right.")
        }
    }

    /// Reads an `exercise` block that opens at a line.
    mutating func readExercise(_ yaml: String, at line: Int) {
        let known = ["task", "start", "check", "solution", "because", "hints", "wrong", "mistakes"]
        var keys = KeyReader(
            yaml: yaml, subject: "this exercise", file: file, line: line, linesBefore: line, known: known)
        let task = keys.prose("task")
        let start = keys.optionalCode("start")
        let check = keys.code("check")
        let solution = keys.code("solution")
        let because = keys.optionalProse("because") ?? []
        let hints = keys.proses("hints", atLeast: 1)
        let wrong = keys.texts("wrong", atLeast: 1).map(\.code)
        let mistakes = keys.mistakes("mistakes")
        problems += keys.problems
        guard let task, let check, let solution else { return }
        let exercise = Exercise(
            task: task, start: start, hints: hints, check: check, mistakes: mistakes, solution: solution,
            wrong: wrong, because: because)
        elements.append(.init(line: line, .exercise(exercise)))
    }
}
