import Language

extension LessonPlayer {
    /// Takes an answer to the open question, or the cell that is shown; false if the input is neither.
    func takes(answer input: String, in session: Session) -> Bool {
        guard position < stepCount, !isAnswered else { return false }
        switch stop {
        case .cell(let cell):
            guard Self.sameCode(input, cell.code.text) else { return false }
            run(cell, isTyped: true, in: session)
            return true
        case .prediction(let prediction):
            switch prediction.answer {
            case .choice(let right): return takes(choice: input, of: prediction, right, in: session)
            case .number(let answer, let within):
                guard let guess = Guess(input) else { return false }
                judge(guess, prediction, answer, within, in: session)
                return true
            }
        default: return false
        }
    }

    private func takes(choice input: String, of prediction: Prediction, _ right: Int, in session: Session) -> Bool {
        let count = prediction.choices.count
        let typed = input.trimmed
        let named = prediction.choices.firstIndex { $0.lowercased() == typed.lowercased() }.map { $0 + 1 }
        guard let choice = named ?? Int(typed) else { return false }
        guard (1...count).contains(choice) else {
            session.remark("Answer with a number from 1 to \(count).")
            return true
        }
        say(choice == right, choice == right ? prediction.because : prediction.replies[choice] ?? [], in: session)
        return true
    }

    private func judge(
        _ guess: Guess, _ prediction: Prediction, _ answer: SourceText, _ within: Double, in session: Session
    ) {
        guard let right = session.probe(answer.text, in: own)?.number else {
            session.remark("The lesson cannot work out its own answer (line \(answer.line)); `skip` goes on.")
            return
        }
        let values = guess.values(in: prediction.unit)
        guard let nearest = values.min(by: { abs($0 - right) < abs($1 - right) }) else {
            session.remark("The answer is counted in \(prediction.unit), not in \(guess.unit).")
            return
        }
        if abs(nearest - right) <= within {
            say(true, prediction.because, in: session)
            return
        }
        let known = values.lazy.compactMap { value in
            prediction.mistakes.first { session.holds($0.when.text, in: self.own.with(guess: value)) }
        }.first
        let direction = nearest < right ? "It is more than that." : "It is less than that."
        say(false, known?.say ?? [.paragraph([.text(direction)])], in: session)
    }

    private func say(_ isRight: Bool, _ text: [Block], in session: Session) {
        session.show(.lesson(.verdict(Verdict(isRight: isRight, text: text))))
        if isRight { settle(because: text, in: session) } else { miss(in: session) }
    }

    /// The question is answered or the task done; the reason is kept for `why`.
    func settle(because reason: [Block], in session: Session) {
        isAnswered = true
        lastReason = reason
        session.undoHistory.clear()
        if isReview { session.reviewed(self, isRight: !isMissed) }
    }

    /// The learner was wrong here, or looked the answer up: the question will be asked again in a review.
    func miss(in session: Session) {
        guard !isMissed else { return }
        isMissed = true
        session.note(self, isMissed: true)
    }

    /// The learner ran a cell of their own: if a task is open, it may now be done.
    ///
    /// A cell that only looked at something is no attempt, and hears of no mistake, unless the mistake is about `_`.
    func learnerRan(_ source: String, error: CellError?, in session: Session) {
        guard position < stepCount, !isAnswered, error == nil, case .exercise(let exercise) = stop else { return }
        let state = session.context.state
        if session.holds(exercise.check.text, in: state) {
            adopt(state, from: session.origin)
            say(true, exercise.because, in: session)
            return
        }
        let onlyLooked = session.onlyLooks(source)
        let mistakes = exercise.mistakes.filter { !onlyLooked || $0.when.text.contains(/\b_\b/) }
        if let mistake = mistakes.first(where: { session.holds($0.when.text, in: state) }) {
            say(false, mistake.say, in: session)
        }
    }

    /// Shows the next hint.
    func hint(in session: Session) {
        let hints = self.hints
        guard !hints.isEmpty else {
            session.remark(
                isAnswered || !hasQuestion ? "There is nothing to hint at here." : "This question has no hints.")
            return
        }
        guard hintsGiven < hints.count else {
            session.remark("That was the last hint; `solution` shows the answer, `skip` runs it and goes on.")
            return
        }
        hintsGiven += 1
        session.show(.lesson(.hint(hints[hintsGiven - 1], number: hintsGiven, count: hints.count)))
    }

    private var hints: [[Block]] {
        switch stop {
        case .prediction(let prediction): prediction.hints
        case .exercise(let exercise): exercise.hints
        default: []
        }
    }

    /// Shows the answer, and leaves it to the learner to go on.
    func solution(in session: Session) {
        switch stop {
        case .prediction(let prediction): reveal(prediction, in: session)
        case .exercise(let exercise):
            if !isAnswered { miss(in: session) }
            session.show(.lesson(.solution(source: exercise.solution.text)))
            session.remark("Type it, or a way of your own; `skip` runs it and goes on.")
        default: session.remark("There is nothing to solve here.")
        }
    }

    /// Shows the answer to a question; the question counts as answered.
    func reveal(_ prediction: Prediction, in session: Session) {
        if !isAnswered { miss(in: session) }
        let answer: String
        switch prediction.answer {
        case .choice(let right): answer = "\(right). \(prediction.choices[right - 1])"
        case .number(let source, _):
            let number = session.probe(source.text, in: own).map { session.text(of: $0) } ?? source.text
            answer = prediction.unit.isEmpty ? number : "\(number) \(prediction.unit)"
        }
        session.show(.lesson(.answer(answer, because: prediction.because)))
        settle(because: prediction.because, in: session)
    }

    /// Says the reason behind the last answer once more.
    func why(in session: Session) {
        let isOpen = !isAnswered && hasQuestion
        if isOpen {
            session.remark("Answer first: then `why` tells the reason. `hint` helps, `skip` shows the answer.")
        } else if lastReason.isEmpty {
            session.remark("No question of this lesson has been answered yet.")
        } else {
            session.show(.lesson(.prose(lastReason)))
        }
    }

    /// Says where the learner stands, and shows once more what waits there.
    func tellWhere(in session: Session) {
        let todo =
            switch stop {
            case _ where isAnswered: "everything is done here"
            case .pause: "there is more to read"
            case .cell: "this cell is the next to run"
            case .prediction: "this question waits for your answer"
            case .exercise: "this task waits for you"
            }
        session.remark("Lesson \(header.number), \(header.title): step \(step) of \(stepCount); \(todo).")
        guard !isAnswered else { return }
        switch stop {
        case .pause: break
        case .cell(let cell): session.show(.lesson(.offer(source: cell.code.text)))
        case .prediction(let prediction): session.show(.lesson(.question(prediction)))
        case .exercise(let exercise): session.show(.lesson(.task(exercise)))
        }
    }

    private var hasQuestion: Bool {
        switch stop {
        case .prediction, .exercise: true
        case .pause, .cell: false
        }
    }

    /// Whether two cells are the same but for blanks at the ends of lines and empty lines.
    private static func sameCode(_ one: String, _ other: String) -> Bool {
        func lines(_ text: String) -> [String] {
            text.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        }
        return lines(one) == lines(other)
    }
}

extension State {
    /// This state, with the learner's number as `guess`.
    func with(guess: Double) -> State {
        var state = self
        state.variables["guess"] = .number(guess)
        return state
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
