import Language
import Words

/// The questions that were answered wrong or skipped, asked once more: where the round stands.
struct LessonReview {
    /// A question: its lesson, and its step there, from 1.
    struct Question: Hashable {
        var lesson: Int
        var step: Int
    }

    /// The questions of this round that are still to come.
    var remaining: [Question]
    /// How many were asked.
    var asked = 0
    /// How many of them were answered right at once.
    var right = 0
}

extension LessonProgress {
    /// Everything that was answered wrong or skipped, lesson by lesson.
    var missed: [LessonReview.Question] {
        lessons.sorted { $0.key < $1.key }.flatMap { lesson, entry in
            (entry.missed ?? []).sorted().map { LessonReview.Question(lesson: lesson, step: $0) }
        }
    }

    /// Notes whether a question was missed.
    mutating func note(_ question: LessonReview.Question, isMissed: Bool) {
        var steps = Set(lessons[question.lesson]?.missed ?? [])
        if isMissed { steps.insert(question.step) } else { steps.remove(question.step) }
        lessons[question.lesson]?.missed = steps.isEmpty ? nil : steps.sorted()
    }
}

extension Session {
    /// Begins a round of the questions that were missed.
    func beginReview() -> CellError? {
        if let lesson { leave(lesson) }
        rereadCatalogue()
        let missed = toReview
        guard !missed.isEmpty else {
            remark("There is nothing to review: no question is left that was answered wrong or skipped.")
            return nil
        }
        remark("\(Wording.count(missed.count, "question")) to look at again; `quit lesson` ends the round.")
        review = LessonReview(remaining: missed)
        askNext()
        return nil
    }

    /// Asks the next question of the round, or ends it.
    func askNext() {
        if let lesson { closeLesson(lesson) }
        guard var round = review, let question = round.remaining.first,
            let document = catalogue.lesson(question.lesson), let header = document.lesson
        else {
            endReview()
            return
        }
        round.remaining.removeFirst()
        round.asked += 1
        review = round
        let player = LessonPlayer(document, header: header, before: (context.state, origin), isReview: true)
        lesson = player
        if registry.command("seed") != nil { recordImplied("clear; seed \(header.seed)") }
        player.ownOrigin = endOfRecord
        player.resume(at: question.step - 1, in: self)
    }

    /// The learner has answered the question of the round, right at once or not.
    func reviewed(_ player: LessonPlayer, isRight: Bool) {
        if isRight { review?.right += 1 }
        note(player, isMissed: !isRight)
    }

    /// Notes whether the question at which the learner stands was missed.
    func note(_ player: LessonPlayer, isMissed: Bool) {
        var progress = readProgress()
        progress.note(.init(lesson: player.header.number, step: player.step), isMissed: isMissed)
        write(progress)
    }

    private func endReview() {
        guard let round = review else { return }
        review = nil
        let left = toReview.count
        let rest =
            left == 0 ? "nothing is left to review." : "\(Wording.count(left, "question")) will come back another time."
        remark("\(round.right) of \(round.asked) right at once; \(rest)")
    }

    /// The round is left before its end.
    func leaveReview(unanswered: Bool) {
        if unanswered { review?.asked -= 1 }
        if review?.asked == 0 {
            review = nil
            remark("You left the review; its questions will come back another time.")
        }
        endReview()
    }

    /// The questions that a review would ask now.
    var toReview: [LessonReview.Question] { readProgress().missed.filter { isQuestion($0) } }

    /// Whether there is a question at that place: the lesson may have been rewritten since.
    private func isQuestion(_ question: LessonReview.Question) -> Bool {
        guard let document = catalogue.lesson(question.lesson) else { return false }
        let steps = LessonScript(document).steps
        guard steps.indices.contains(question.step - 1), steps.count == readProgress()[question.lesson]?.steps else {
            return false
        }
        switch steps[question.step - 1].stop {
        case .prediction, .exercise: return true
        case .pause, .cell: return false
        }
    }
}
