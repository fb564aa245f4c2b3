import Language
import Words

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
                guard let guess = Guess(input) else { return refuses(words: input, of: prediction, in: session) }
                judge(guess, prediction, answer, within, in: session)
                return true
            }
        default: return false
        }
    }

    private func takes(choice input: String, of prediction: Prediction, _ right: Int, in session: Session) -> Bool {
        guard let choice = prediction.choice(meantBy: input) ?? choice(words: input, of: prediction, in: session) else {
            return refuses(words: input, of: prediction, in: session)
        }
        guard prediction.choices.indices.contains(choice - 1) else {
            askForChoice(prediction, in: session)
            return true
        }
        say(choice == right, choice == right ? prediction.because : prediction.replies[choice] ?? [], in: session)
        return true
    }

    /// The only choice that has words which begin so, unless they mean something in a cell.
    private func choice(words input: String, of prediction: Prediction, in session: Session) -> Int? {
        guard session.isOnlyWords(input) else { return nil }
        let words = input.lowercased().split(separator: " ")
        let fitting = prediction.choices.indices.filter { index in
            let choice = prediction.choices[index].lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }
            return words.allSatisfy { word in choice.contains { $0 == word || word.count > 2 && $0.hasPrefix(word) } }
        }
        return fitting.count == 1 ? fitting[0] + 1 : nil
    }

    /// Words that mean nothing as a cell are an answer of the wrong form.
    private func refuses(words input: String, of prediction: Prediction, in session: Session) -> Bool {
        guard session.isOnlyWords(input) else { return false }
        askForChoice(prediction, in: session)
        return true
    }

    private func askForChoice(_ prediction: Prediction, in session: Session) {
        let count = prediction.choices.count
        let unit = prediction.unit.isEmpty || prediction.unit == "%" ? "" : ", in \(prediction.unit)"
        session.remark(
            count == 0 ? "Answer with a number, in digits\(unit)." : "Answer with a number from 1 to \(count).")
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
        let isTask = if case .exercise = stop { true } else { false }
        session.show(.lesson(.verdict(Verdict(isRight: isRight, isTask: isTask, text: text))))
        if isRight { settle(because: text, in: session) } else { miss(in: session) }
    }

    /// The question is answered or the task done; the reason is kept for `why`.
    func settle(because reason: [Block], in session: Session) {
        isAnswered = true
        lastReason = reason
        if case .prediction = stop { answered.insert(position) }
        session.undoHistory.clear()
        if isReview { session.reviewed(self, isRight: !isMissed) }
    }

    /// The learner was wrong here, or looked the answer up: the question will be asked again in a review.
    func miss(in session: Session) {
        guard !isMissed else { return }
        isMissed = true
        session.note(self, isMissed: true)
    }

    /// The learner ran a cell of their own: if a task is open, it may now be done, and a number may have been meant as the
    /// answer to a question.
    func learnerRan(_ source: String, error: CellError?, in session: Session) {
        guard position < stepCount, !isAnswered, error == nil else { return }
        switch stop {
        case .exercise(let exercise): attempted(exercise, by: source, in: session)
        case .prediction(let prediction):
            if case .number(let answer, let within) = prediction.answer {
                computed(source, answer, within, prediction, in: session)
            }
        case .cell, .pause: break
        }
    }

    /// A cell that only looked at something is no attempt, and hears of no mistake, unless the mistake is about `_`; nor is
    /// one that gave values to other names alone, which may be the first of several steps.
    private func attempted(_ exercise: Exercise, by source: String, in session: Session) {
        let (state, given) = (session.context.state, session.context.given)
        if session.holds(exercise.check.text, in: state) {
            adopt(state, from: session.origin)
            say(true, exercise.because, in: session)
            return
        }
        let onlyLooked = session.onlyLooks(source)
        let asked = session.names(in: exercise.check.text)
        let mistakes = exercise.mistakes.filter { mistake in
            if mistake.when.text.contains(/\b_\b/) { return true }
            let names = asked.union(session.names(in: mistake.when.text))
            return !onlyLooked && !(session.onlyGivesValues(source) && names.isDisjoint(with: given))
        }
        if let mistake = mistakes.first(where: { session.holds($0.when.text, in: state) }) {
            say(false, mistake.say, in: session)
        } else if !onlyLooked, !asked.isDisjoint(with: given),
            let reply = TaskReply(session: session, check: exercise.check, state: state).text
        {
            // It may have been the first of several steps: no mistake that a review should come back to.
            session.show(.lesson(.verdict(Verdict(isRight: false, isTask: true, text: reply))))
        }
    }

    /// At a question for a number an expression gave one: a sum of bare numbers, such as `log(8)`, is the answer if it is
    /// right; whatever else, the learner is told how to answer.
    private func computed(
        _ source: String, _ answer: SourceText, _ within: Double, _ prediction: Prediction, in session: Session
    ) {
        guard let statements = try? Evaluator.parse(source, in: session.context), statements.count == 1,
            case .expression = statements[0].kind, let value = session.context.state.last?.number,
            let right = session.probe(answer.text, in: own)?.number
        else { return }
        let reads = NameUse(of: statements, registry: session.registry).reads
        if abs(value - right) <= within, reads.allSatisfy({ session.variables[$0] == nil }) {
            say(true, prediction.because, in: session)
        } else {
            session.remark("To answer, type the number itself.")
        }
    }

    /// Shows the next hint.
    func hint(in session: Session) {
        let hints = self.hints
        guard !hints.isEmpty else {
            session.remark(
                isAnswered || !hasQuestion
                    ? "There is nothing to hint at here." : "There is no hint here: try an answer, or `skip`.")
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
            session.remark("Answer first: then `why` tells the reason.")
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
        session.show(.output(.text("")))
        showStop(in: session)
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

extension Prediction {
    /// The choice that an input names, by its number or its text.
    fileprivate func choice(meantBy input: String) -> Int? {
        let typed = input.trimmed
        let named = choices.firstIndex { $0.lowercased() == typed.lowercased() }.map { $0 + 1 }
        let digits = typed.hasSuffix(".") || typed.hasSuffix(")") ? String(typed.dropLast()) : typed
        return named ?? Int(digits)
    }
}

extension Session {
    /// Whether an input is words that mean nothing as a cell: no command, function or variable comes first.
    fileprivate func isOnlyWords(_ input: String) -> Bool {
        let text = input.trimmed
        guard let first = text.split(separator: " ").first.map(String.init), text.contains(where: \.isLetter),
            text.allSatisfy({ $0.isLetter || " -',.".contains($0) }), variables[first] == nil
        else { return false }
        let names = registry.names.flatMap { $0.split(separator: " ").prefix(1).map(String.init) }
        let moves = registry.commands.filter { $0.topic == .lessons }.map(\.name)
        // A command to the lesson with a slip in it is told of as such.
        guard Spelling.suggestions(for: first, among: moves).isEmpty else { return false }
        return !(names + ["true", "false", "none", "def", "for", "repeat"]).contains(first)
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
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...last].drop(while: \.isWhitespace))
    }
}
