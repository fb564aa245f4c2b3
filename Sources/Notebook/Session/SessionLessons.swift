import Foundation
import Language
import Words

extension Session {
    /// Shows a remark of the player's.
    func remark(_ text: String) { show(.lesson(.remark(text))) }

    /// Opens a lesson: where the learner left it, at its beginning or at a step.
    func open(lesson name: String, _ start: LessonStart, at range: SourceRange?) -> CellError? {
        rereadCatalogue()
        let name = name.isEmpty ? lessonToTake.map { String($0.number) } ?? "1" : name
        guard let document = catalogue.lesson(named: name), let header = document.lesson else {
            return noLesson(named: name, at: range)
        }
        let steps = LessonScript(document).steps.count
        if case .step(let step, let place) = start, step > steps {
            let help = "lesson \(header.number) from \(steps)"
            return CellError(
                .value, "lesson \(header.number) has \(Wording.count(steps, "step"))", at: place, help: help)
        }
        if let lesson { close(lesson, toOpen: header, start) }
        let kept = keptLesson(document, header, start)
        let player = LessonPlayer(document, header: header, before: (context.state, origin))
        let before = (record.count, highestNumber)
        lesson = player
        if registry.command("seed") != nil { recordImplied("clear; seed \(header.seed)") }
        player.ownOrigin = endOfRecord
        if let kept {
            bringBack(kept, player, before: before)
            return nil
        }
        let step = self.step(of: header, start, steps)
        beginKeeping(document, header, from: step)
        if step > 1 { player.resume(at: step - 1, in: self) } else { player.open(in: self) }
        return nil
    }

    /// Leaves the open lesson for another one; one that begins anew is not left.
    private func close(_ player: LessonPlayer, toOpen header: LessonHeader, _ start: LessonStart) {
        if case .beginning = start, player.header.number == header.number, !player.isReview {
            closeLesson(player, isLeft: false)
        } else {
            leave(player, for: header)
        }
    }

    /// The step at which a lesson opens, from 1.
    private func step(of header: LessonHeader, _ start: LessonStart, _ steps: Int) -> Int {
        switch start {
        case .beginning: return 1
        case .step(let step, _): return step
        case .whereLeft:
            guard let reached = readProgress()[header.number], reached.steps == steps, reached.step <= steps else {
                return 1
            }
            return reached.step
        }
    }

    /// Leaves the open lesson; it can be taken up again at the same step, unless it is left to begin at another one.
    func leave(_ player: LessonPlayer, for next: LessonHeader? = nil) {
        if player.isReview {
            closeLesson(player)
            return leaveReview(unanswered: !player.isAnswered)
        }
        remember(player, isDone: false)
        if next?.number != player.header.number {
            show(.lesson(.left(player.header, step: player.step, steps: player.stepCount)))
        }
        closeLesson(player)
    }

    /// Ends a lesson: what there was before it comes back, and what it made stays where the names are free; a question
    /// of a review leaves nothing behind.
    func closeLesson(_ player: LessonPlayer, isLeft: Bool = true) {
        undoHistory.clear()
        if !player.isReview { endKeeping(player) }
        if player.isReview {
            context.state = player.before.state.continuing(context.state)
            moved(to: player.before.origin)
            lesson = nil
            return
        }
        let mine = context.state
        let before = player.before.state
        let again = before.variables.keys.filter { mine.variables[$0] != nil }.sorted()
        context.state = before.continuing(mine).beside(mine)
        context.state.last = mine.last
        moved(to: player.before.origin)
        lesson = nil
        guard isLeft, !again.isEmpty else { return }
        let names = again.map { "`\($0)`" }.joined(separator: ", ")
        remark("\(names): again as before the lesson.")
    }

    /// Remembers how far the learner is.
    func remember(_ player: LessonPlayer, isDone: Bool) {
        guard !player.isReview else { return }
        var progress = readProgress()
        let past = progress[player.header.number]
        progress[player.header.number] = .init(
            step: min(player.step, player.stepCount + 1), steps: player.stepCount,
            isDone: isDone || past?.isDone ?? false,
            missed: past?.steps == player.stepCount ? past?.missed : nil)
        write(progress)
    }

    /// Remembers the progress, in the state folder as well.
    func write(_ progress: LessonProgress) {
        progressRead = progress
        tell(ProgressFile(folder: configuration.stateFolder, resources: configuration.resources).write(progress))
    }

    /// The lessons with how far the learner is in each.
    public var lessonListings: [LessonListing] {
        let progress = readProgress()
        return catalogue.lessons.compactMap(\.lesson).map { header in
            let entry = progress[header.number]
            let mark: LessonListing.Mark =
                switch entry {
                case nil: .new
                case let entry? where entry.isDone: .done
                case let entry?: .started(step: entry.step, steps: entry.steps)
                }
            return LessonListing(header: header, mark: mark, isOpen: lesson?.header.number == header.number)
        }
    }

    /// Says that no lesson is open, and where the learner left the last one.
    func tellWhere() {
        let begun = lessonListings.last { if case .started = $0.mark { true } else { false } }
        guard let begun, case .started(let step, let steps) = begun.mark else {
            remark("No lesson is open. \(wayToLessons).")
            return
        }
        let number = begun.header.number
        remark(
            "No lesson is open. You left lesson \(number), \(begun.header.title), at step \(step) of \(steps): "
                + "`lesson \(number)` goes on there.")
    }

    /// "`lessons` lists them, `lesson 1` opens the first lesson"
    var wayToLessons: String {
        let next = lessonToTake.map { ", `lesson \($0.number)` \($0.effect)" } ?? ""
        return "`lessons` lists them\(next)"
    }

    func readProgress() -> LessonProgress {
        let progress = progressRead ?? progressOfFile()
        progressRead = progress
        autosave.progressBefore = autosave.progressBefore ?? progress
        return progress
    }

    private func progressOfFile() -> LessonProgress {
        let (progress, note) = ProgressFile(folder: configuration.stateFolder, resources: configuration.resources)
            .read()
        tell(note)
        return progress
    }

    /// Shows a note about the state folder, once.
    private func tell(_ text: String?) {
        guard let text, !toldOnce.contains(text) else { return }
        toldOnce.insert(text)
        show(note: text)
    }

    /// Whether a lesson's file is what a person means: its number, or a part of its name.
    private static func isMeant(_ file: String, by name: String) -> Bool {
        let fileName = URL(filePath: file).lastPathComponent
        if let number = Int(name) { return Int(fileName.prefix { $0.isNumber }) == number }
        return !name.isEmpty && fileName.lowercased().contains(name.lowercased())
    }

    private func noLesson(named name: String, at range: SourceRange?) -> CellError {
        if let problem = catalogue.problems.first(where: { Self.isMeant($0.file, by: name) }) {
            return CellError(
                .file, "lesson \(name) has a fault. \(problem)", at: range, help: "`gan check` lists them all")
        }
        if catalogue.lessons.isEmpty {
            let folders = configuration.resources.searched.map(\.path).joined(separator: ", ")
            return CellError(
                .file, "no lessons were found", at: range,
                help: "set GAN_HOME to the folder that holds `lessons`; looked in \(folders)")
        }
        let numbers = catalogue.lessons.compactMap(\.lesson?.number)
        let help =
            Int(name) == nil
            ? Spelling.question(for: name, among: catalogue.names) ?? "`lessons` lists them"
            : "there are \(numbers.first ?? 1) to \(numbers.last ?? 1); `lessons` lists them"
        return CellError(.name, "there is no lesson `\(name)`", at: range, help: help)
    }
}

extension LessonPlayer {
    /// Comes back to a step: the cells before it run again, unseen, with the model answers in place of the learner's.
    func resume(at index: Int, in session: Session) {
        session.context.state = own.continuing(session.context.state)
        if !isReview { session.show(.lesson(.opened(header, steps: stepCount))) }
        var reached = 0
        takeSnapshot(at: 0)
        while reached < index, rerun(script.steps[reached], in: session) {
            reached += 1
            takeSnapshot(at: reached)
            let fraction = Double(reached) / Double(index)
            session.show(.output(.progress(fraction: fraction, "running the cells before step \(index + 1)")))
        }
        session.context.state = own.continuing(session.context.state)
        session.moved(to: ownOrigin)
        let whole = "The cells before step \(index + 1) were run again. `restart lesson` begins at the beginning."
        let part = "The cells before step \(index + 1) were run again up to here."
        if isReview { recall(before: index, in: session) } else { session.remark(reached == index ? whole : part) }
        arrive(at: reached, in: session)
    }

    /// What a question of a review may refer to: where it is from, and the cell right before it with what that printed.
    private func recall(before index: Int, in session: Session) {
        session.remark("From lesson \(header.number), \(header.title), step \(index + 1):")
        guard index > 0, case .cell(let cell) = script.steps[index - 1].stop, cell.expectation?.kind != .error else {
            return
        }
        session.show(.lesson(.prose(script.steps[index - 1].prose)))
        session.show(.lesson(.offer(source: cell.code.text)))
        let before = snapshots[index - 1]?.own ?? own
        session.silently(cell.code.text, in: before) { session.show(.output($0)) }
        session.show(.output(.text("")))
    }

    private func takeSnapshot(at index: Int) {
        snapshots[index] = Snapshot(session: own, origin: ownOrigin, own: own, ownOrigin: ownOrigin)
    }

    private func rerun(_ step: LessonStep, in session: Session) -> Bool {
        switch step.stop {
        case .pause, .prediction: return true
        case .cell(let cell):
            return rerun([cell.code.text], mayFail: cell.expectation?.kind == .error, in: session)
        case .exercise(let exercise):
            guard rerun([exercise.start?.text].compactMap(\.self), mayFail: false, in: session) else { return false }
            let (random, origin) = (own.random, ownOrigin.random)
            defer { (own.random, ownOrigin.random) = (random, origin) }
            return rerun([exercise.solution.text], mayFail: false, in: session)
        }
    }

    private func rerun(_ sources: [String], mayFail: Bool, in session: Session) -> Bool {
        for source in sources {
            guard let state = session.silently(source, in: own) else {
                if mayFail { continue }
                return false
            }
            own = state
            session.moved(to: ownOrigin)
            session.recordImplied(source)
            ownOrigin = session.endOfRecord
        }
        return !session.configuration.interrupted()
    }
}
