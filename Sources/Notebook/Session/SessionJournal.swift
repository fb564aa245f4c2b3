import Files
import Foundation
import Language
import Words

/// A session of some other time, as its journal tells it.
public struct EarlierSession {
    /// The journal's file.
    public let file: URL
    /// When it began.
    public let started: Date
    /// What was typed last.
    public let lastInput: String
    /// How many inputs there were.
    public let count: Int
    /// How long they ran, in seconds: about what it takes to run them again.
    public let seconds: Double
    /// Whether the person left it properly.
    public let isClosed: Bool
    let journal: Journal
    let seed: UInt64
    let inputs: [JournalRecord.Input]

    init?(_ journal: Journal) {
        let records = journal.read()
        let inputs = records.compactMap(\.ran)
        guard let beginning = records.first?.begins, let last = inputs.last else { return nil }
        (self.journal, self.inputs, file) = (journal, inputs, journal.file)
        (started, seed) = (beginning.started, beginning.seed)
        (lastInput, count) = (last.source, inputs.count)
        seconds = inputs.reduce(0) { $0 + $1.seconds }
        isClosed = records.contains { $0.closed ?? false }
    }

    /// What it was, in a line: "12 inputs of 21 November, 14:03, the last `train 500`; about 4 s to run them again".
    public var words: String {
        let lines = lastInput.split(separator: "\n")
        let last = "\(lines.first ?? "")\(lines.count > 1 ? " …" : "")"
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB")
        formatter.dateFormat = "d MMMM, HH:mm"
        let cost = seconds < 1 ? "" : "; about \(Library.words(forSeconds: seconds)), as its cells run again"
        return "\(Wording.count(count, "input")) from \(formatter.string(from: started)), the last `\(last)`\(cost)"
    }
}

/// What a session keeps of itself as it goes.
struct Autosave {
    /// The journal, once something is worth keeping.
    var journal: Journal?
    /// What is not written yet, because writing failed.
    var pending: [JournalRecord] = []
    /// Whether the person was told that it fails.
    var hasTold = false
    /// The texts of the files of cells that the running input has read.
    var files: [String: String] = [:]
    /// Those that it is to find again, while a session is brought back.
    var filesOfThen: [String: String]?
    /// The learner's progress when the running input first looked at it.
    var progressBefore: LessonProgress?
}

extension Session {
    private var journals: URL? { configuration.keepsJournal ? configuration.stateFolder?.journals : nil }

    /// Runs an input and writes it down.
    func journaled(_ source: String, replacing number: Int? = nil, _ body: () -> CellResult) -> CellResult {
        guard journals != nil, !isRestoring else { return body() }
        let player = lesson
        (autosave.files, autosave.progressBefore, keeping.broughtBack) = ([:], nil, nil)
        var (result, stops) = (CellResult(source: source), CellStops())
        let duration = ContinuousClock().measure {
            (result, stops) = recorder.counting(from: nil, isOfInput: true, body)
        }
        guard !record.isEmpty || lesson != nil else { return result }
        var input = JournalRecord.Input(
            source: source, replaces: number, stop: stops.stop, ends: stops.ends, seconds: duration.inSeconds,
            width: configuration.width, printed: checksum(of: result))
        if lesson !== player { input.progress = autosave.progressBefore }
        if !autosave.files.isEmpty { input.files = autosave.files }
        if lesson === player { keep(input) }
        input.lesson = keeping.broughtBack
        write([JournalRecord(ran: input)])
        return result
    }

    /// The checksum of what an input printed, without what was measured.
    private func checksum(of result: CellResult) -> UInt64 {
        let words = measuredTranscript(of: result.outputs).constant + (result.error?.message ?? "")
        return Checksum.of(words.utf8)
    }

    /// Writes records into the journal. A failure is told once; what is missing is tried again with the next input.
    private func write(_ records: [JournalRecord]) {
        guard let folder = journals else { return }
        autosave.pending += records
        do throws(FileProblem) {
            if autosave.journal == nil {
                let journal = try Journal.create(in: folder, named: Self.stamp(started))
                let beginning = JournalRecord.Beginning(
                    version: Library.version, seed: configuration.seed, started: started)
                do throws(FileProblem) { try journal.append([JournalRecord(begins: beginning)]) } catch {
                    journal.remove()
                    throw error
                }
                autosave.journal = journal
            }
            try autosave.journal?.append(autosave.pending)
            autosave.pending = []
        } catch {
            guard !autosave.hasTold else { return }
            autosave.hasTold = true
            show(
                .output(
                    .warning(
                        "This session is not kept as you go: \(error). Everything else works; "
                            + "`save FILE` can keep it elsewhere.")))
        }
    }

    /// Notes that the person has left properly, so that the next start does not ask.
    public func closeJournal() {
        try? autosave.journal?.append([JournalRecord(closed: true)])
    }

    /// The text of a file of cells: that of then, when a session is brought back.
    func textOfCells(_ file: URL) throws(FileProblem) -> String {
        if let text = autosave.filesOfThen?[file.path] { return text }
        let text = try WholeFile.text(of: file)
        autosave.files[file.path] = text
        return text
    }

    // MARK: Bringing back

    /// The sessions whose journals are there and in nobody's hands, the newest first.
    public var earlierSessions: some Sequence<EarlierSession> {
        let files = journals.map { Journal.files(in: $0) } ?? []
        return files.lazy.filter { [own = autosave.journal?.file] in $0 != own }
            .compactMap { Journal.open($0).flatMap { EarlierSession($0) } }
    }

    /// The newest session that ended without its person leaving it.
    public var lostSession: EarlierSession? { earlierSessions.first { !$0.isClosed } }

    /// Notes that nobody wants a session to be offered again; `restore` still finds it.
    public func decline(_ earlier: EarlierSession) {
        try? earlier.journal.append([JournalRecord(closed: true)])
    }

    /// Brings back an earlier session: what was typed runs again, unseen, from the same seed.
    ///
    /// Nothing is written to files meanwhile. What was stopped then is stopped at the same place. Ctrl-C ends it with
    /// what is there by then.
    public func restore(_ earlier: EarlierSession) {
        recorder.begin()
        configuration.seed = earlier.seed
        context.state = State(seed: earlier.seed)
        marks[0] = Mark(state: context.state, origin: StateOrigin(after: 0))
        let (width, clock) = (configuration.width, ContinuousClock())
        let begun = clock.now
        var (again, differing): ([JournalRecord.Input], [String]) = ([], [])
        isRestoring = true
        recorder.isMuted = true
        WholeFile.$isMuted.withValue(true) {
            for var input in earlier.inputs {
                if !runAgain(&input) { differing.append(input.source) }
                again.append(input)
                if configuration.interrupted() { break }
                guard again.count % max(1, earlier.count / 50) == 0 else { continue }
                let fraction = Double(again.count) / Double(earlier.count)
                configuration.events(.output(.progress(fraction: fraction, "bringing cells back")))
            }
        }
        (isRestoring, recorder.isMuted, wantsExit, progressRead) = (false, false, false, nil)
        (configuration.width, autosave.filesOfThen, keeping.ofThen) = (width, nil, nil)
        recorder.begin()
        write(again.map { JournalRecord(ran: $0) })
        if again.count == earlier.count { decline(earlier) }
        tell(earlier, done: again.count, differing: differing, seconds: (clock.now - begun).inSeconds)
    }

    /// Runs an input of another time, and notes where it stopped now; whether it printed the same.
    func runAgain(_ input: inout JournalRecord.Input) -> Bool {
        configuration.width = input.width
        if let progress = input.progress { progressRead = progress }
        (autosave.filesOfThen, keeping.ofThen) = (input.files, input.lesson)
        let (source, replaces, player) = (input.source, input.replaces, lesson)
        let (result, stops) = recorder.counting(from: input.stops, isOfInput: true) {
            replaces.map { run(source, replacing: $0) } ?? run(source)
        }
        (input.stop, input.ends) = (stops.stop, stops.ends)
        if lesson === player { keep(input) }
        return input.printed == checksum(of: result)
    }

    private func tell(_ earlier: EarlierSession, done: Int, differing: [String], seconds: Double) {
        let time = Library.words(forSeconds: seconds)
        show(
            note: done == earlier.count
                ? "The session is back as it was: \(Wording.count(done, "input")), run again in \(time)."
                : "Stopped after \(done) of \(Wording.count(earlier.count, "input")); those are back. "
                    + "`restore` in a new session finds all of them.")
        tellDifferences(differing)
        if let lesson { lesson.tellWhere(in: self) }
    }

    /// Says which inputs printed something else than then.
    func tellDifferences(_ differing: [String]) {
        guard !differing.isEmpty else { return }
        let words = Wording.list(differing.prefix(5).map { "`\($0.split(separator: "\n").first ?? "")`" })
        show(
            .output(
                .warning(
                    "\(Wording.count(differing.count, "input")) printed something else than then: \(words). "
                        + "Has a file that \(differing.count == 1 ? "it reads" : "they read") changed?")))
    }

    /// `restore`: brings back the session before this one, or one further back.
    func restore(_ place: Int, at range: SourceRange?) -> CellError? {
        guard record.isEmpty, lesson == nil else {
            return CellError(
                .value, "cells have run here already", at: range, help: "`exit`, start `gan` anew, and `restore` first")
        }
        guard let earlier = earlierSessions.lazy.dropFirst(place - 1).first(where: { _ in true }) else {
            remark(place == 1 ? "There is no earlier session." : "There are not so many earlier sessions.")
            return nil
        }
        toRestore = earlier
        return nil
    }
}
