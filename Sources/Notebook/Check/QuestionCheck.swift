import Language

extension CheckRun {
    /// The answer exists, and the mistakes' conditions can be judged.
    mutating func check(_ prediction: Prediction, at line: Int) {
        report.predictions += 1
        guard case .number(let source, let within) = prediction.answer else {
            return checkChoices(prediction, at: line)
        }
        let state = session.context.state
        let right: Double
        do throws(CellError) {
            guard let number = try session.value(of: source.text, in: state).number, number.isFinite else {
                note(source.line, "the answer `\(source.text)` is no number", help: "Write an expression that is one.")
                return
            }
            right = number
        } catch {
            return note(error, in: source, what: "the answer")
        }
        let faults = report.problems.count
        for mistake in prediction.mistakes { check(mistake, in: state.with(guess: right)) }
        guard report.problems.count == faults else { return }
        checkThatMistakesAreSaid(prediction, right: right, within: within, in: state)
    }

    /// The start does not pass, the model answer does, the wrong ones do not, and every mistake is said once.
    mutating func check(_ exercise: Exercise) {
        report.exercises += 1
        if let start = exercise.start, let error = run(start).error {
            return note(error, in: start, what: "the start")
        }
        let begun = session.context.state
        if session.holds(exercise.check.text, in: begun) {
            note(
                exercise.check.line, "the task is done before the learner does anything",
                help: "Make `check` ask for what the start does not have.")
        }
        var said = Set(first(of: exercise.mistakes, in: begun))
        for wrong in exercise.wrong { said.formUnion(refuse(wrong, of: exercise, from: begun)) }
        for (index, mistake) in exercise.mistakes.enumerated() where !said.contains(index) {
            note(
                mistake.when.line, "this mistake is never replied to",
                help: "Add a `wrong` cell that makes it, or see whether one before it holds first.")
        }
        session.context.state = begun.continuing(session.context.state)
        accept(exercise)
        session.context.random = begun.random
    }

    private mutating func accept(_ exercise: Exercise) {
        if let error = run(exercise.solution).error { return note(error, in: exercise.solution, what: "the solution") }
        let state = session.context.state
        do throws(CellError) {
            switch try session.value(of: exercise.check.text, in: state) {
            case .boolean(true): break
            case .boolean(false):
                note(
                    exercise.solution.line, "the solution does not pass the check",
                    help: "The check is `\(exercise.check.text)`.")
            case let value:
                note(
                    exercise.check.line, "the check is \(value.errorDescription)",
                    help: "Write a condition that is true or false.")
            }
        } catch {
            note(error, in: exercise.check, what: "after the solution, the check")
        }
    }

    /// Returns the mistakes that a wrong answer is told.
    private mutating func refuse(_ wrong: SourceText, of exercise: Exercise, from begun: State) -> [Int] {
        session.context.state = begun.continuing(session.context.state)
        if let error = run(wrong).error {
            note(error, in: wrong, what: "a wrong answer")
            return []
        }
        let state = session.context.state
        if session.holds(exercise.check.text, in: state) {
            note(
                wrong.line, "a wrong answer passes: `\(wrong.text)`",
                help: "Make the check stricter, or take the answer off the list.")
        }
        let said = first(of: exercise.mistakes, in: state)
        if said.isEmpty, !session.holds(exercise.check.text, in: state) {
            note(
                wrong.line, "a wrong answer hears no reply of its own: `\(wrong.text)`",
                help: "Add to `mistakes` a `when` that holds after it, and `say` what is wrong with it.")
        }
        return said
    }

    private func first(of mistakes: [Mistake], in state: State) -> [Int] {
        mistakes.firstIndex { session.holds($0.when.text, in: state) }.map { [$0] } ?? []
    }

    /// A mistake's condition can be judged.
    private mutating func check(_ mistake: Mistake, in state: State) {
        do throws(CellError) {
            let value = try session.value(of: mistake.when.text, in: state)
            if case .boolean = value { return }
            let help = "Write a condition that is true or false."
            note(mistake.when.line, "this `when` is \(value.errorDescription)", help: help)
        } catch {
            note(error, in: mistake.when, what: "this `when`")
        }
    }
}
