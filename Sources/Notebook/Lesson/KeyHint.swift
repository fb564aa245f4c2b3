/// Something that can be typed at the prompt besides cells, and what it does.
public struct KeyHint: Hashable, Sendable {
    /// What is typed: a command, a key, or in words what an answer looks like.
    public var key: String
    /// What it does; empty where the key says so itself.
    public var effect: String

    /// A key, and what it does.
    public init(_ key: String, _ effect: String = "") {
        (self.key, self.effect) = (key, effect)
    }
}

extension Session {
    /// What can be typed here besides cells, the likeliest first.
    public var keyHints: [KeyHint] {
        if isPaused { return [enter("goes on"), KeyHint("Ctrl-C", "stops")] }
        return lesson?.keyHints(enter) ?? hintsOutsideLessons
    }

    /// An empty line goes on where a person reads along; a program has to say `next`.
    private func enter(_ effect: String) -> KeyHint {
        KeyHint(configuration.isPatient ? "Enter" : "next", effect)
    }

    private var hintsOutsideLessons: [KeyHint] {
        let help = KeyHint("help", "tells what to type")
        guard let next = lessonToTake else {
            let isEmpty = configuration.resources.lessonFiles.isEmpty
            return isEmpty ? [help] : [KeyHint("lessons", "lists the lessons"), help]
        }
        return [KeyHint("lesson \(next.number)", next.effect), KeyHint("lessons", "lists all"), help]
    }

    /// The lesson that a learner is likely to want: the last one that was left in the middle, else the first that is new.
    /// Told from the names of the files: nothing is read before each prompt.
    var lessonToTake: (number: Int, effect: String)? {
        let numbers = configuration.resources.lessonFiles.compactMap(LessonTemplate.number).sorted()
        let progress = readProgress()
        func isBegun(_ number: Int) -> Bool { progress[number].map { !$0.isDone } ?? false }
        if let left = numbers.last(where: isBegun) { return (left, "goes on where you were") }
        guard let next = numbers.first(where: { progress[$0] == nil }) else { return nil }
        return (next, next == numbers.first ? "opens the first lesson" : "opens the next lesson")
    }
}

extension LessonPlayer {
    /// What can be typed where the learner stands; `enter` makes the key that goes on.
    func keyHints(_ enter: (String) -> KeyHint) -> [KeyHint] {
        guard position < stepCount else { return [] }
        return moves(enter) + [KeyHint("quit lesson", isReview ? "ends the round" : "")]
    }

    private func moves(_ enter: (String) -> KeyHint) -> [KeyHint] {
        let back = position > 0 && !isReview ? [KeyHint("back")] : []
        switch stop {
        case .cell where !isAnswered: return [enter("runs the lesson's cell")] + back
        case .prediction(let prediction) where !isAnswered:
            return [prediction.answerHint] + hintHint(prediction.hints) + [KeyHint("skip", "shows the answer")]
        case .exercise(let exercise) where !isAnswered:
            return hintHint(exercise.hints) + [KeyHint("solution", "shows one way"), KeyHint("skip", "goes on")]
        case .prediction, .exercise: return [enter("goes on"), KeyHint("why", "tells the reason again")] + back
        case .cell, .pause: return [enter("goes on")] + back
        }
    }

    private func hintHint(_ hints: [[Block]]) -> [KeyHint] {
        hintsGiven < hints.count ? [KeyHint("hint", hintsGiven == 0 ? "helps" : "helps further")] : []
    }
}

extension Prediction {
    /// What an answer looks like.
    fileprivate var answerHint: KeyHint {
        switch (choices.count, unit) {
        case (0, ""): KeyHint("a number", "answers")
        case (0, "%"): KeyHint("a number", "answers, as 5 % or 0.05")
        case (0, let unit): KeyHint("a number", "answers, in \(unit)")
        case (2, _): KeyHint("1 or 2", "answers")
        case (let count, _): KeyHint("1 to \(count)", "answers")
        }
    }
}
