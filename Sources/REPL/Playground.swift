import CEdit
import Files
import Foundation
import Glibc
import Language
import Notebook
import Plotting

/// A session joined to its surroundings: the terminal or pipe, gnuplot, signals, the state folder.
public struct Playground {
    /// What the command line asked for.
    public struct Options: Sendable {
        /// Where random numbers start.
        public var seed: UInt64
        /// Neither editing nor colours.
        public var isPlain: Bool
        /// Whether colours may be used.
        public var wantsColour: Bool

        /// The folder of the lessons, where it is not the playground's own.
        public var lessons: URL?

        /// Options from the command line.
        public init(seed: UInt64 = 1, isPlain: Bool = false, wantsColour: Bool = true, lessons: URL? = nil) {
            self.seed = seed
            self.isPlain = isPlain
            self.wantsColour = wantsColour
            self.lessons = lessons
        }
    }

    let options: Options
    let screen: Screen
    let resources: Resources
    let figures: FigureScreen

    /// Whether a person sits at a terminal, rather than a program at a pipe.
    var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Sets the locale, listens to signals, and finds the lessons and the data.
    public init(options: Options) {
        self.options = options
        Self.setUpLocale()
        Interrupts.install()
        screen = Screen.fitting(wantsPlain: options.isPlain, wantsColour: options.wantsColour)
        let found = Resources.find()
        resources = options.lessons.map(found.teaching) ?? found
        figures = FigureScreen(screen: screen, wantsPlain: options.isPlain)
    }

    /// The locale of the environment; UTF-8 where that has none, for libedit could not show a θ.
    private static func setUpLocale() {
        setlocale(LC_ALL, "")
        if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        setlocale(LC_NUMERIC, "C")
    }

    /// Reads cells from the terminal or the pipe until there are no more; the exit code.
    /// - Parameter first: a cell to begin with, such as `lesson 3`.
    public func run(beginningWith first: String? = nil) -> Int32 {
        isInteractive ? converse(beginningWith: first) : readPipe(beginningWith: first)
    }

    // MARK: A person

    private func converse(beginningWith first: String?) -> Int32 {
        let state = StateFolder.standard()
        try? FileManager.default.createDirectory(at: state.url, withIntermediateDirectories: true)
        guard let source = lineSource(historyFile: state.history.path) else {
            writeError("libedit could not start; `gan --plain` works without it.")
            return 1
        }
        let printer = EventPrinter(screen: screen, figures: figures)
        var configuration = configuration(events: printer.show)
        configuration.stateFolder = state
        configuration.width = screen.columns - 1
        configuration.isPatient = true
        configuration.keepsJournal = true
        let session = Session(configuration: configuration)
        if let editor = source as? LineEditor {
            editor.completer = { Suggestions(session.completions($0, at: $1), in: $0) }
            figures.onTyped = { [unowned editor] in editor.typedAhead($0) }
        }
        let loop = PromptLoop(session: session, source: source, screen: screen)
        if let first {
            loop.mentionLostSession()
            loop.begin(with: first)
        } else {
            loop.greet()
            loop.offerLostSession()
        }
        loop.run()
        figures.closeWindows()
        loop.leave()
        return 0
    }

    /// The line editor, or what reads lines as the terminal hands them over.
    private func lineSource(historyFile: String) -> (any LineSource)? {
        guard options.isPlain else { return LineEditor(historyFile: historyFile) }
        return PlainReader { [screen] in screen.writePrompt($0) }
    }

    // MARK: A pipe

    private func readPipe(beginningWith first: String?) -> Int32 {
        let printer = PlainPrinter(screen: screen, style: .batch) { [figures] in figures.show($0) }
        let session = Session(configuration: configuration(events: printer.show))
        return BatchRun(session: session, source: PlainReader(), screen: screen).run(beginningWith: first) ? 0 : 1
    }

    // MARK: Files

    /// Runs a file of cells; the exit code.
    public func run(file: URL, seed: UInt64?, figures folder: URL?, mayOverwrite: Bool = false) -> Int32 {
        let style: PlainPrinter.Style = CellFile.isMarkdown(file) ? .document : .batch
        var hidden = 0
        let printer = PlainPrinter(screen: plainScreen, style: style) { _ in hidden += 1 }
        var runner = DocumentRunner(configuration: configuration(events: printer.show), seed: seed, figures: folder)
        runner.mayOverwrite = mayOverwrite
        let report = runner.run(file)
        for note in report.notes { writeError("note: \(note)") }
        if folder == nil, hidden > 0 {
            writeError("\(hidden) picture\(hidden == 1 ? "" : "s") not drawn; --figures DIR writes them")
        }
        guard let failure = report.failure else { return report.wasInterrupted ? 130 : 0 }
        if let (error, source) = report.error {
            let line = failure.line - error.line(in: source) + 1
            writeError(Diagnostic(error, source: source, place: failure.file, firstLine: line).text)
        } else {
            writeError("\(failure)")
        }
        return 1
    }

    /// Compares two notebooks; the exit code, as that of `diff`.
    public func compare(_ one: URL, _ other: URL, tolerance: NumberTolerance, limit: Int) -> Int32 {
        var documents: [Document] = []
        for file in [one, other] {
            do throws(FileProblem) {
                documents.append(try CellFile.document(at: file, registry: registry))
            } catch {
                writeError("\(file.relativePath) cannot be read: \(error.reason).")
                return 2
            }
        }
        let difference = NotebookDifference(documents[0], documents[1], tolerance: tolerance, limit: limit)
        plainScreen.write(difference.lines)
        plainScreen.write((difference.isEmpty ? "" : "\n") + difference.summary)
        return difference.isEmpty ? 0 : 1
    }

    /// Exports a notebook to a file of another format; the exit code.
    public func export(file: URL, to target: URL, running: Bool) -> Int32 {
        do throws(CellError) {
            let export = DocumentExport(configuration: configuration(events: { _ in }))
            for note in try export.export(file, to: target, running: running) { writeError("note: \(note)") }
            return 0
        } catch {
            writeError(
                [error.message + ".", error.help.map { "help: \($0)" }].compactMap(\.self).joined(separator: "\n"))
            return 1
        }
    }

    /// Checks lessons and notebooks, all lessons if none is named; the exit code.
    public func check(files: [URL], updatingOutputs: Bool) -> Int32 {
        CheckRun(
            screen: screen, checker: LessonChecker(configuration: configuration(events: { _ in })),
            updatesOutputs: updatingOutputs
        ).run(files.isEmpty ? resources.lessonFiles.map(Self.shortened) : files)
    }

    /// The same file, named from the current folder if it is below it.
    private static func shortened(_ file: URL) -> URL {
        let current = FileManager.default.currentDirectoryPath + "/"
        return file.path.hasPrefix(current) ? URL(filePath: String(file.path.dropFirst(current.count))) : file
    }

    /// Looks at everything that the playground relies on; the exit code.
    public func diagnose() -> Int32 {
        screen.write(Doctor(theme: screen.theme, isTerminal: screen.isTerminal, resources: resources).lines)
        return 0
    }

    /// The reference page.
    public var reference: String {
        ReferencePage(registry: registry).markdown
    }

    private var plainScreen: Screen { Screen(isTerminal: false, theme: Theme(isColoured: false)) }

    private var registry: Registry {
        var registry = Library.registry(resources: resources)
        registry.add(Doctor.command(theme: screen.theme, isTerminal: screen.isTerminal, resources: resources))
        return registry
    }

    private func configuration(events: @escaping (SessionEvent) -> Void) -> Session.Configuration {
        Session.Configuration(
            registry: registry, resources: resources, seed: options.seed,
            interrupted: { Interrupts.isInterrupted }, events: events, figureWriter: figures.writer)
    }
}
