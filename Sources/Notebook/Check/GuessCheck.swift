import Language

extension CheckRun {
    /// Choices differ, so that no wrong one reads like the right one.
    mutating func checkChoices(_ prediction: Prediction, at line: Int) {
        let texts = prediction.choices.map { $0.lowercased() }
        guard Set(texts).count < texts.count else { return }
        note(line, "two choices of this prediction read the same", help: "A learner cannot tell them apart.")
    }

    /// For every mistake there is an answer that is refused and hears just this reply.
    mutating func checkThatMistakesAreSaid(_ prediction: Prediction, right: Double, within: Double, in state: State) {
        let guesses = guesses(at: prediction.mistakes.map(\.when.text), right: right, within: within, in: state)
        let refused = guesses.filter { !(abs($0 - right) <= within) }
        var said: Set<Int> = []
        for guess in refused {
            let answered = state.with(guess: guess)
            if let first = prediction.mistakes.firstIndex(where: { session.holds($0.when.text, in: answered) }) {
                said.insert(first)
            }
        }
        for (index, mistake) in prediction.mistakes.enumerated() where !said.contains(index) {
            note(
                mistake.when.line,
                "this mistake is never replied to: no wrong answer was found for which it holds first",
                help: "Is it within the tolerance of the right answer, or does one before it hold?")
        }
    }

    /// Numbers that a learner might type: all those that the conditions compare with, and a good many others.
    private func guesses(at conditions: [String], right: Double, within: Double, in state: State) -> [Double] {
        var guesses = [right + 2 * within, right - 2 * within]
        for place in conditions.flatMap({ constants(in: $0, state) }) + [right, 0, 1, -1] {
            guesses += [-place, 2 * place, place / 2, 100 * place, place / 100, right + place, right - place]
            for step in [0, 1e-9, 1e-4, 0.01, 0.5] {
                guesses += [place + step, place - step, place * (1 + step), place * (1 - step)]
            }
        }
        var scale = 1e-6
        while scale < 1e7 {
            guesses += [scale, -scale, 3 * scale, -3 * scale, right * scale]
            scale *= 10
        }
        return guesses.filter(\.isFinite)
    }

    /// The numbers of all parts of a condition that do not depend on the guess.
    private func constants(in condition: String, _ state: State) -> [Double] {
        guard case .expression(let expression)? = try? Evaluator.parse(condition, in: session.context).first?.kind
        else {
            return []
        }
        let bytes = Array(condition.utf8)
        return expression.parts.compactMap { part in
            guard part.range.start < part.range.end, part.range.end <= bytes.count else { return nil }
            let text = String(decoding: bytes[part.range.start..<part.range.end], as: UTF8.self)
            return text.contains("guess") ? nil : session.probe(text, in: state)?.number
        }
    }
}
