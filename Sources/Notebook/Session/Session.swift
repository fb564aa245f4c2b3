import Files
import Foundation
import Language

/// One notebook being worked on: variables, numbered cells, and perhaps an open lesson.
///
/// Everything that is shown goes to `Configuration.events` as it happens, and comes back with the result.
public final class Session {
    /// What a session is given to work with.
    public struct Configuration {
        /// Everything that cells can name.
        public var registry: Registry
        /// Where lessons and data are.
        public var resources: Resources
        /// Where progress and sessions are remembered; nil to remember nothing.
        public var stateFolder: StateFolder?
        /// Where random numbers start.
        public var seed: UInt64
        /// How many columns text may take.
        public var width: Int
        /// Whether the person asked to stop.
        public var interrupted: () -> Bool
        /// Is shown everything as it happens.
        public var events: (SessionEvent) -> Void
        /// Whether a person reads along and presses Enter where a command pauses.
        public var isPatient = false
        /// Whether every input is written into a journal in the state folder as soon as it has run.
        public var keepsJournal = false
        /// Writes a figure to a PNG file, for saved notebooks; nil to leave pictures out.
        public var figureWriter: FigureWriter?

        /// Writes a figure to a file.
        public typealias FigureWriter = (any ObjectValue, URL) throws(CellError) -> Void

        /// A session that remembers nothing and shows nothing, unless told otherwise.
        public init(
            registry: Registry? = nil, resources: Resources = Resources(),
            stateFolder: StateFolder? = nil, seed: UInt64 = 1, width: Int = 80,
            interrupted: @escaping () -> Bool = { false }, events: @escaping (SessionEvent) -> Void = { _ in },
            figureWriter: FigureWriter? = nil
        ) {
            self.registry = registry ?? Library.registry(resources: resources)
            self.resources = resources
            self.stateFolder = stateFolder
            self.seed = seed
            self.width = width
            self.interrupted = interrupted
            self.events = events
            self.figureWriter = figureWriter
        }
    }

    /// What the session was given; the width may change as a window does.
    public var configuration: Configuration
    /// The lesson that is open.
    public package(set) var lesson: LessonPlayer?
    /// The cells that ran, in order.
    public internal(set) var record: [RecordedCell] = []
    /// The highest number that a cell has had.
    var highestNumber = 0
    /// The file that the notebook was opened from.
    var opened: OpenedFile?
    /// What is written down as the session goes.
    var autosave = Autosave()
    /// What is kept of the lesson that is open.
    var keeping = LessonKeeping()
    /// Whether an earlier session is being brought back.
    var isRestoring = false
    /// The session that is to be brought back when the running input has ended.
    var toRestore: EarlierSession?
    /// The number that a document gives to the cell that it runs now.
    var numberToCome: Int?
    /// Where a document says that the cell ended which it runs now.
    var stopsToCome: CellStops?
    /// How many runs of cells there were.
    var runCount = 0
    /// Who gave what at the end of the notebook; nil when that has to be looked up anew.
    var endOfNotebook: Providers?
    /// What was typed for a cell that then failed, by the cell's number: where `edit` goes on.
    var drafts: [Int: String] = [:]
    /// The cell that failed when it ran again, with its text of then.
    var failedCell: RecordedCell?
    /// The cell whose text a person is to change.
    var draft: CellDraft?
    /// What runs the cells.
    let context: Context
    let recorder: Recorder
    var wantsExit = false
    private var catalogueRead: LessonCatalogue?
    var progressRead: LessonProgress?
    var toldOnce: Set<String> = []
    var runningFiles: [String] = []
    /// The round of missed questions that is being asked.
    var review: LessonReview?
    /// What `undo` can put back.
    var undoHistory = UndoHistory()
    /// What the next cell begins with, if that is not what the last one left.
    var nextStart: CellStart?
    /// What cells of the document at hand may begin with; 0 is its beginning.
    var marks: [Int: Mark] = [:]
    /// Where `saveOnExit` saves, once it has.
    var sessionFile: URL?
    /// The files that cells have written which were typed here.
    let written = FileLog()
    /// Why a cell of the lesson failed that should not have.
    var lessonError: CellError?
    /// The last cell that paused.
    private var pausedCell: Int?
    /// When it began.
    let started = Date.now

    /// A new session with no variables.
    public init(configuration: Configuration) {
        self.configuration = configuration
        let recorder = Recorder(forward: configuration.events, interrupted: configuration.interrupted)
        self.recorder = recorder
        context = Context(
            registry: configuration.registry, state: State(seed: configuration.seed),
            output: { recorder.receive($0) }, interrupted: { recorder.checkInterrupt() },
            timeIsOver: { recorder.checkTime($0) })
        marks[0] = Mark(state: context.state, origin: StateOrigin(after: 0))
    }

    /// The number that the next cell gets.
    public var nextCellNumber: Int { highestNumber + 1 }

    /// Everything that cells can name besides their variables.
    public var registry: Registry { configuration.registry }

    /// Whether a command has paused, so that `next` (or Enter) shows what follows.
    public var isPaused: Bool { recorder.hasMore }

    /// The variables, by name.
    public var variables: Variables { context.state.variables }

    /// Forgets the lessons that were read: a teacher may be writing one.
    func rereadCatalogue() { catalogueRead = nil }

    /// The lessons that there are; read when first asked for, and again when the learner opens or lists them.
    public var catalogue: LessonCatalogue {
        if let catalogueRead { return catalogueRead }
        let catalogue = LessonCatalogue(resources: configuration.resources)
        catalogueRead = catalogue
        return catalogue
    }

    /// Runs what a person typed: a cell, a command to the lesson, or an answer to its question.
    ///
    /// A cell that fails changes nothing.
    @discardableResult
    public func run(_ source: String) -> CellResult {
        recorder.isPatient = configuration.isPatient
        if recorder.hasMore, source.trimmingCharacters(in: .whitespaces) == "next" {
            recorder.goOn()
            return CellResult(source: source)
        }
        var result = journaled(source) { runNow(source) }
        if let earlier = toRestore {
            toRestore = nil
            restore(earlier)
        }
        result.events = recorder.events
        return result
    }

    private func runNow(_ source: String) -> CellResult {
        recorder.begin()
        (lessonError, failedCell) = (nil, nil)
        var result = CellResult(source: source)
        if let lesson, lesson.takes(answer: source, in: self) {
            return finished(result)
        }
        let (before, origin, first) = (context.state, origin, record.count)
        let ran = runCell(source)
        let requests = recorder.takeRequests()
        (result.number, result.error) = (ran.number, ran.error)
        if ran.error == nil {
            for request in requests where result.error == nil {
                result.error = perform(request, source: source)
            }
        }
        if first < record.count, requests.allSatisfy(\.runsCells) {
            noteForUndo(first..<record.count, before: before, from: origin)
        }
        if recorder.events.contains(where: { if case .output(.pause) = $0 { true } else { false } }) {
            pausedCell = ran.number
        }
        if ran.number != nil, requests.isEmpty { lesson?.learnerRan(source, error: ran.error, in: self) }
        return finished(result)
    }

    /// Runs what a person has made of a cell's text: the cell keeps its number and its place.
    @discardableResult
    public func run(_ source: String, replacing number: Int) -> CellResult {
        var result = journaled(source, replacing: number) {
            recorder.begin()
            (lessonError, failedCell) = (nil, nil)
            var result = CellResult(source: source)
            result.error = replace(source, in: number, at: nil)
            if let error = result.error { show(.failure(error, source: source)) }
            return finished(result)
        }
        result.events = recorder.events
        return result
    }

    /// Gives up a command that has paused: what it has not shown yet is dropped, and if no cell ran since, what it did is
    /// undone.
    public func giveUp() {
        guard recorder.hasMore else { return }
        recorder.drop()
        if let pausedCell, record.last?.number == pausedCell, record.last?.stands == true { undo() }
    }

    /// Runs a cell, and records it unless all it did was to ask something of the session.
    @discardableResult
    func runCell(_ source: String) -> (number: Int?, error: CellError?) {
        let number = numberToCome ?? nextCellNumber
        var cell = runAlone(source, number: number)
        let error = cell.error
        if onlyAsks(source) { return (nil, error) }
        cell.start = nextStart
        append(cell)
        // A cell that fails changes nothing, so the next one begins where this one did.
        if error == nil { nextStart = nil }
        return (number, error)
    }

    /// Runs a cell in the session's variables, and says what came of it. Nothing is recorded.
    func runAlone(_ source: String, number: Int) -> RecordedCell {
        let (before, first, clock) = (context.state, recorder.events.count, ContinuousClock())
        let uses = try? Evaluator.parse(source, in: context)
        (context.taken, context.given) = ([], [])
        let script = stopsToCome.flatMap { $0.isEmpty ? nil : $0 }
        stopsToCome = nil
        var (error, stops): (CellError?, CellStops) = (nil, CellStops())
        let duration = clock.measure {
            (error, stops) = recorder.counting(from: script) { evaluate(source, number: number) }
        }
        if let error { show(.failure(error, source: source)) }
        let outputs = recorder.events[first...].compactMap(\.output)
        var cell = RecordedCell(
            number: number, source: source, outputs: outputs, error: error, stops: stops)
        cell.seconds = duration.inSeconds
        if error == nil { cell.trace = trace(of: uses ?? [], outputs, number: number, before: before) }
        return cell
    }

    /// Adds a cell at the end of the notebook.
    func append(_ cell: RecordedCell) {
        var cell = cell
        var providers = endOfNotebook ?? providers(before: record.endIndex)
        // So that it is not copied.
        endOfNotebook = nil
        if let trace = cell.trace { cell.trace = providers.placed(trace, among: context.state.writers) }
        providers.take(cell)
        endOfNotebook = providers
        highestNumber = max(highestNumber, cell.number)
        record.append(cell)
        noteWriters(of: cell)
    }

    /// Runs a cell in the session's variables. One that fails changes nothing; one that was stopped keeps what it
    /// reached, and that is no failure.
    private func evaluate(_ source: String, number: Int) -> CellError? {
        FileLog.$current.withValue(written) { evaluated(source, number: number) }
    }

    private func evaluated(_ source: String, number: Int) -> CellError? {
        context.state.cellNumber = number
        context.width = configuration.width
        do throws(CellError) {
            try Evaluator.run(source, in: context)
            return nil
        } catch  where error.kind == .interrupted {
            show(note: error.message)
            return nil
        } catch {
            return error
        }
    }

    /// Whether the last cell drew a picture.
    var drewPicture: Bool {
        record.last?.outputs.contains { if case .object = $0 { true } else { false } } ?? false
    }

    /// Whether the text wants more lines: a bracket or a block is open at its end.
    public func isComplete(_ source: String) -> Bool {
        !Evaluator.isIncomplete(source, in: context)
    }

    /// Records a cell that nobody typed, so that the saved notebook goes the way that the session went.
    func recordImplied(_ source: String) {
        append(
            RecordedCell(
                number: highestNumber, source: source, outputs: [], error: nil, isImplied: true, start: nextStart))
        nextStart = nil
    }

    /// Marks cells as undone, or as done again.
    func mark(_ cells: [Int], isUndone: Bool) {
        for index in cells { record[index].isUndone = isUndone }
        endOfNotebook = nil
    }

    private func finished(_ result: CellResult) -> CellResult {
        var result = result
        result.events = recorder.events
        result.error =
            result.error ?? lessonError
            ?? failedCell.flatMap { cell in
                cell.error.map { CellError($0.kind, "cell \(cell.number) fails: \($0.message)", help: $0.help) }
            }
        result.wasInterrupted = recorder.sawInterrupt
        result.wantsExit = wantsExit
        result.draft = draft
        draft = nil
        return result
    }

    func show(_ event: SessionEvent) { recorder.show(event) }

    func show(note: String) { show(.output(.note(note))) }
}
