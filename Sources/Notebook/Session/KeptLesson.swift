import Files
import Foundation
import Language
import Words

/// What a learner has typed in a lesson since it began: it runs again, from the same seed, when they come back, so that
/// they find everything as they left it, days later and after a crash too.
struct KeptLesson: Codable {
    /// The lesson's number.
    var lesson: Int
    /// The checksum of the lesson's text: what was typed into it fits no other.
    var text: UInt64
    /// The step at which it began, from 1.
    var from: Int
    /// The number that the next cell was to get.
    var cell: Int
    /// What was typed, in order.
    var inputs: [JournalRecord.Input] = []

    /// What was typed until the learner first stood at a step; nil if they never did.
    func until(step: Int) -> KeptLesson? {
        guard step != from, let place = inputs.firstIndex(where: { $0.step == step }) else { return nil }
        var kept = self
        kept.inputs = Array(inputs[...place])
        return kept
    }

    /// The lines of its file.
    var records: [JournalRecord] {
        var beginning = self
        beginning.inputs = []
        return [JournalRecord(lesson: beginning)] + inputs.map { JournalRecord(ran: $0) }
    }
}

/// What a session keeps of the lesson that is open.
struct LessonKeeping {
    /// What was typed in it; nil if it is not kept.
    var lesson: KeptLesson?
    /// The file that holds all of that; nil until something has been typed.
    var file: Journal?
    /// What the running input has brought back.
    var broughtBack: KeptLesson?
    /// What a lesson was opened with then, while a session is brought back.
    var ofThen: KeptLesson?
}

extension Session {
    /// The file in which a lesson is kept.
    private func file(ofLesson number: Int) -> URL? {
        guard configuration.keepsJournal, let folder = configuration.stateFolder else { return nil }
        let name = ProgressFile.name("lesson-\(number)", in: configuration.resources)
        return folder.lessons.appending(path: "\(name).journal")
    }

    // MARK: Keeping

    /// A lesson begins at a step.
    func beginKeeping(_ document: Document, _ header: LessonHeader, from step: Int) {
        keeping.file = nil
        keeping.lesson = KeptLesson(
            lesson: header.number, text: Checksum.of(document.source.utf8), from: step, cell: nextCellNumber)
    }

    /// Keeps what was typed in the open lesson. What failed to be written is written with the next input.
    func keep(_ input: JournalRecord.Input) {
        guard let lesson, !lesson.isReview else { return }
        var input = input
        input.step = lesson.step
        keeping.lesson?.inputs.append(input)
        guard !isRestoring, let kept = keeping.lesson, let url = file(ofLesson: kept.lesson) else { return }
        do throws(FileProblem) {
            if let file = keeping.file {
                try file.append([JournalRecord(ran: input)])
            } else {
                keeping.file = try Journal.replacing(url, with: kept.records)
            }
        } catch {
            keeping.file = nil
            guard !autosave.hasTold else { return }
            autosave.hasTold = true
            show(.output(.warning("What you do in this lesson is not kept as you go: \(error).")))
        }
    }

    /// The lesson is left, and can be brought back; or it is done, and begins anew when it is opened again.
    func endKeeping(_ player: LessonPlayer) {
        let number = player.header.number
        (keeping.lesson, keeping.file) = (nil, nil)
        guard player.position >= player.stepCount, !isRestoring, let url = file(ofLesson: number) else { return }
        Journal.open(url)?.remove()
    }

    // MARK: Coming back

    /// What there is to bring back of a lesson that opens; nil if it opens as if nothing had been typed in it.
    func keptLesson(_ document: Document, _ header: LessonHeader, _ start: LessonStart) -> KeptLesson? {
        if isRestoring { return keeping.ofThen }
        guard let url = file(ofLesson: header.number), FileManager.default.fileExists(atPath: url.path) else {
            return nil
        }
        if case .beginning = start { return nil }
        guard let journal = Journal.open(url) else {
            remark("Lesson \(header.number) is open in another session, too: what you typed there is not here.")
            return nil
        }
        let records = journal.read()
        guard var kept = records.first?.lesson else { return nil }
        kept.inputs = records.compactMap(\.ran)
        guard kept.text == Checksum.of(document.source.utf8) else {
            if case .whereLeft = start {
                remark("The lesson has been rewritten since you left it, so that what you typed no longer fits.")
            }
            return nil
        }
        if case .step(let step, _) = start { return kept.until(step: step) }
        keeping.file = journal
        return kept.inputs.isEmpty ? nil : kept
    }

    /// Brings a lesson back as it was left: what was typed in it runs again, unseen. Ctrl-C leaves it closed.
    func bringBack(_ kept: KeptLesson, _ player: LessonPlayer, before: (count: Int, number: Int)) {
        let (progress, begun) = (readProgress(), ContinuousClock.now)
        let (file, outer) = (keeping.file, (isRestoring, recorder.isMuted, configuration.width, autosave.filesOfThen))
        (isRestoring, recorder.isMuted, keeping.lesson) = (true, true, nil)
        openUnheard(player, kept)
        let (isWhole, differing) = WholeFile.$isMuted.withValue(true) { runAgain(kept, player) }
        (isRestoring, recorder.isMuted, configuration.width, autosave.filesOfThen) = outer
        (progressRead, wantsExit) = (progress, false)
        recorder.begin()
        guard isWhole, lesson === player else {
            forget(player, from: before.count, before.number)
            remark(
                "Stopped: lesson \(player.header.number) is closed, and stays as you left it. "
                    + "`lesson \(player.header.number) from 1` begins it anew.")
            return
        }
        (keeping.lesson, keeping.broughtBack, keeping.file) = (kept, kept, file)
        remember(player, isDone: false)
        show(.lesson(.opened(player.header, steps: player.stepCount)))
        tellDifferences(differing)
        let time = Library.words(forSeconds: (ContinuousClock.now - begun).inSeconds)
        let words = "The lesson is as you left it: \(Wording.count(kept.inputs.count, "input")), run again in "
        show(.output(.measured(MeasuredText(words, measured: time, ".", isRemark: true))))
        player.present(in: self)
    }

    private func openUnheard(_ player: LessonPlayer, _ kept: KeptLesson) {
        // Cells keep their numbers, for `out[7]`, unless they are taken.
        highestNumber = max(highestNumber, kept.cell - 1)
        WholeFile.$isMuted.withValue(true) {
            if kept.from > 1 { player.resume(at: kept.from - 1, in: self) } else { player.open(in: self) }
        }
    }

    /// Runs what was typed; whether all of it ran, and what printed something else than then.
    private func runAgain(_ kept: KeptLesson, _ player: LessonPlayer) -> (isWhole: Bool, differing: [String]) {
        var differing: [String] = []
        for (index, var input) in kept.inputs.enumerated() {
            if !runAgain(&input) { differing.append(input.source) }
            if recorder.checkInterrupt() || lesson !== player { return (false, differing) }
            guard index % max(1, kept.inputs.count / 50) == 0 else { continue }
            let fraction = Double(index + 1) / Double(kept.inputs.count)
            configuration.events(.output(.progress(fraction: fraction, "bringing the lesson back")))
        }
        return (true, differing)
    }

    /// As if the lesson had not been opened.
    private func forget(_ player: LessonPlayer, from count: Int, _ number: Int) {
        record.removeSubrange(count...)
        (highestNumber, endOfNotebook, lesson) = (number, nil, nil)
        (keeping.lesson, keeping.file) = (nil, nil)
        undoHistory.clear()
        context.state = player.before.state
        moved(to: player.before.origin)
    }
}
