import Language

/// Walks a learner through a lesson, step by step, inside a session.
///
/// The learner may type any cell at any moment. The lesson's own cells do not mind: before one of them runs, the
/// variables that the lesson made are put back as the lesson left them, and so is its random stream.
public final class LessonPlayer {
    /// What the front matter says.
    public let header: LessonHeader
    /// How many steps there are.
    public var stepCount: Int { script.steps.count }
    /// The step at which the learner stands, from 1.
    public var step: Int { position + 1 }

    let script: LessonScript
    /// Index of the step at which the learner stands.
    var position = 0
    /// Whether the question is answered or the task done, so that `next` goes on.
    var isAnswered = false
    /// The questions that were answered, by the index of their step.
    var answered: Set<Int> = []
    /// How many hints were given here.
    var hintsGiven = 0
    /// What there was on arriving at each step that was seen.
    var snapshots: [Int: Snapshot] = [:]
    /// The state as the lesson itself left it: what the learner tries in between is not in it.
    var own: State
    /// Where `own` comes from.
    var ownOrigin = StateOrigin(after: 0)
    /// What the session held before the lesson, and where that came from.
    let before: (state: State, origin: StateOrigin)
    /// Whether only the question at which it opens is asked, for a review.
    let isReview: Bool
    /// Whether a wrong answer was given here, or the answer was looked up.
    var isMissed = false
    /// The reason behind the last answer.
    var lastReason: [Block] = []

    init(
        _ document: Document, header: LessonHeader, before: (state: State, origin: StateOrigin), isReview: Bool = false
    ) {
        self.header = header
        self.before = before
        self.isReview = isReview
        script = LessonScript(document)
        own = State(seed: header.seed)
    }

    /// What there was on arriving at a step.
    struct Snapshot {
        var session: State
        var origin: StateOrigin
        var own: State
        var ownOrigin: StateOrigin
    }

    /// Where the player stops at this step.
    var stop: LessonStep.Stop { script.steps[position].stop }
}

// MARK: - Going on

extension LessonPlayer {
    /// Opens the lesson at its first step.
    func open(in session: Session) {
        session.context.state = own.continuing(session.context.state)
        session.show(.lesson(.opened(header, steps: stepCount)))
        arrive(at: 0, in: session)
    }

    /// Runs the cell that was shown, or goes on if nothing is left to do here.
    func next(in session: Session) {
        switch stop {
        case .pause: arrive(at: position + 1, in: session)
        case .cell(let cell) where !isAnswered: run(cell, in: session)
        case .prediction where !isAnswered:
            session.remark("Answer first; `where` shows the question again.")
        case .exercise where !isAnswered:
            session.remark(
                "The task is not done yet; `where` shows it again.")
        default: arrive(at: position + 1, in: session)
        }
    }

    /// Goes on without the learner's answer: the model answer is shown and run.
    func skip(in session: Session) {
        switch stop {
        case _ where isAnswered: arrive(at: position + 1, in: session)
        case .prediction(let prediction):
            reveal(prediction, in: session)
            arrive(at: position + 1, in: session)
        case .exercise(let exercise): runSolution(of: exercise, in: session)
        case .cell(let cell):
            run(cell, in: session)
            if isAnswered, !session.recorder.sawInterrupt { arrive(at: position + 1, in: session) }
        case .pause: next(in: session)
        }
    }

    /// Goes back to the step before, and puts everything back as it was there.
    func back(in session: Session) {
        guard !isReview else {
            session.remark(
                "This is a question by itself; `lesson \(header.number) from \(step)` opens the lesson there.")
            return
        }
        guard position > 0 else {
            session.remark("This is the first step.")
            return
        }
        if let snapshot = snapshots[position - 1] {
            session.context.state = snapshot.session.continuing(session.context.state)
            session.moved(to: snapshot.origin)
            (own, ownOrigin) = (snapshot.own, snapshot.ownOrigin)
        }
        arrive(at: position - 1, in: session)
    }

    /// Shows the next step, or the end.
    func arrive(at index: Int, in session: Session) {
        session.undoHistory.clear()
        if isReview, isAnswered {
            session.askNext()
            return
        }
        guard index < script.steps.count else {
            finish(in: session)
            return
        }
        (position, isAnswered, hintsGiven, isMissed) = (index, false, 0, false)
        snapshots[index] = Snapshot(
            session: session.context.state, origin: session.origin, own: own, ownOrigin: ownOrigin)
        session.remember(self, isDone: false)
        present(in: session)
        switch stop {
        case .prediction(let prediction) where answered.contains(index): pass(prediction, in: session)
        case .exercise(let exercise): begin(exercise, in: session)
        default: break
        }
    }

    /// Shows the step at which the learner stands: what there is to read, and what waits there.
    func present(in session: Session) {
        let step = script.steps[position]
        if !isReview { session.show(.lesson(.position(step: self.step, steps: stepCount))) }
        if !step.prose.isEmpty { session.show(.lesson(.prose(step.prose))) }
        if isAnswered { tellWhere(in: session) } else { showStop(in: session) }
    }

    /// Shows what waits at the step where the learner stands.
    func showStop(in session: Session) {
        switch stop {
        case .pause: session.show(.lesson(.pause))
        case .cell(let cell): session.show(.lesson(.offer(source: cell.code.text)))
        case .prediction(let prediction): session.show(.lesson(.question(prediction)))
        case .exercise(let exercise): session.show(.lesson(.task(exercise)))
        }
    }

    /// A question that has been answered, and is come back to, lets the learner pass.
    private func pass(_ prediction: Prediction, in session: Session) {
        (isAnswered, lastReason) = (true, prediction.because)
        session.remark("You have answered this; `solution` shows the answer.")
    }

    private func finish(in session: Session) {
        if !script.epilogue.isEmpty { session.show(.lesson(.prose(script.epilogue))) }
        position = script.steps.count
        session.remember(self, isDone: true)
        let following = session.catalogue.lesson(after: header.number)?.lesson
        session.show(.lesson(.finished(header, next: following)))
        session.closeLesson(self)
    }
}

// MARK: - Cells and tasks

extension LessonPlayer {
    /// Runs a cell of the lesson among the lesson's own variables, and puts the learner's others beside them again.
    /// Returns whether it did what it should; if not, nothing has changed.
    private func runAsWritten(_ source: String, mayFail: Bool = false, isTyped: Bool = false, in session: Session)
        -> Bool
    {
        let (learners, learnersOrigin) = (session.context.state, session.origin)
        // Nothing is to be put back when the lesson's last cell was the last of all and no other variables are there.
        let isAlone = learnersOrigin == ownOrigin && session.nextStart == nil && learners.holdsNoMore(than: own)
        session.context.state = own.continuing(learners)
        if !isAlone { session.moved(to: ownOrigin, isApart: true) }
        if !isTyped { session.show(.cell(number: session.nextCellNumber, source: source)) }
        let count = session.record.count
        let error = session.runCell(source).error
        if let error, !mayFail {
            session.lessonError = CellError(
                error.kind, "a cell of the lesson fails: \(error.message)", help: error.help)
            session.context.state = learners.continuing(session.context.state)
            session.moved(to: learnersOrigin)
            return false
        }
        own = session.context.state
        session.context.state = own.beside(learners)
        // A cell that fails, or only asks for something, leaves nothing behind to come back to.
        let isKept = error == nil && session.record.count > count
        if isKept { ownOrigin = session.endOfRecord } else { session.moved(to: ownOrigin) }
        return true
    }

    /// Runs the cell of this step and goes on.
    func run(_ cell: DocumentCell, isTyped: Bool = false, in session: Session) {
        let mayFail = cell.expectation?.kind == .error
        guard runAsWritten(cell.code.text, mayFail: mayFail, isTyped: isTyped, in: session) else {
            session.remark("The lesson stays here: `next` tries again, `back` goes to the step before.")
            return
        }
        guard !session.recorder.sawInterrupt else {
            session.remark("Stopped. `next` goes on with what was reached; `back` and `next` run the cell again.")
            isAnswered = true
            return
        }
        guard !session.drewPicture else {
            // The text that follows would push a picture off a small screen before anybody has looked at it.
            isAnswered = true
            session.show(.lesson(.pause))
            return
        }
        arrive(at: position + 1, in: session)
    }

    private func begin(_ exercise: Exercise, in session: Session) {
        session.context.state = own.beside(session.context.state)
        if session.origin != ownOrigin { session.moved(to: ownOrigin) }
        if let start = exercise.start { _ = runAsWritten(start.text, in: session) }
    }

    private func runSolution(of exercise: Exercise, in session: Session) {
        let (random, origin) = (own.random, ownOrigin.random)
        miss(in: session)
        guard runAsWritten(exercise.solution.text, in: session) else { return }
        (own.random, ownOrigin.random) = (random, origin)
        settle(because: exercise.because, in: session)
        if !exercise.because.isEmpty { session.show(.lesson(.prose(exercise.because))) }
        arrive(at: position + 1, in: session)
    }

    /// The learner's variables have done the task: the lesson goes on with them, and with its own random numbers.
    func adopt(_ state: State, from origin: StateOrigin) {
        let random = own.random
        own = state
        own.random = random
        ownOrigin.variables = origin.variables
    }
}

extension State {
    /// This state, with the numbered outputs of a later one.
    func continuing(_ later: State) -> State {
        var state = self
        state.outputs = later.outputs
        state.cellNumber = later.cellNumber
        return state
    }

    /// Whether every variable and slot of this state has a place in another one.
    func holdsNoMore(than other: State) -> Bool {
        variables.keys.allSatisfy { other.variables[$0] != nil } && slots.keys.allSatisfy { other.slots[$0] != nil }
    }

    /// This state, with those variables of another one that it has not itself.
    func beside(_ other: State) -> State {
        var state = self
        state.variables.merge(other.variables) { own, _ in own }
        state.slots.merge(other.slots) { own, _ in own }
        return state
    }
}
