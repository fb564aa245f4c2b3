import Foundation
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
        var places: [Double] = [right, 0, 1, -1]
        for condition in conditions { places += constants(in: condition, state) }
        var guesses: [Double] = [right + 2 * within, right - 2 * within]
        for place in places { guesses += Self.near(place) + [right + place, right - place] }
        for exponent in -6...6 {
            let scale: Double = pow(10, Double(exponent))
            for sign in [scale, -scale] { guesses += [sign, 3 * sign, right * sign] }
        }
        return guesses.filter(\.isFinite)
    }

    /// A number, some that are close to it, and what it becomes by the mistakes that people make with numbers.
    private static func near(_ place: Double) -> [Double] {
        var near: [Double] = [-place, 2 * place, place / 2, 100 * place, place / 100]
        for step in [0, 1e-9, 1e-4, 0.01, 0.5] {
            near.append(place + step)
            near.append(place - step)
            near.append(place + place * step)
            near.append(place - place * step)
        }
        return near
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
            return session.names(in: text).contains("guess") ? nil : session.probe(text, in: state)?.number
        }
    }
}
