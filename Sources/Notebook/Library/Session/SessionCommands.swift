import Language
import Words

extension Library {
    /// The version of the playground.
    public static let version = "0.1.0"

    /// Commands about the session itself: saving, running, looking back, leaving.
    static func addSession(to registry: inout Registry) {
        registry.add([save, run, restore, history, undo, redo, time, tellVersion, leave("exit"), leave("quit")])
    }

    private static let save = CommandEntry(
        "save", topic: .session, "save the session as a Markdown notebook",
        parameters: [Parameter("file", .path, "where to; `.md` is added if the name has no ending")],
        details: """
            Cells, what they printed, and their pictures (in a folder beside the notebook). `run FILE.md` at the prompt or \
            `gan run FILE.md` in the shell runs it again. Failed cells are left out: they changed nothing. \
            A file that `save` has not written is never written over. When you leave, the session is saved by itself.
            """,
        example: "x = 3; save /dev/null"
    ) { (arguments, context) throws(CellError) in
        context.request(.save(try arguments.string("file"), arguments.range(of: "file")))
    }

    private static let run = CommandEntry(
        "run", topic: .session, "run every cell of a file",
        parameters: [Parameter("file", .path, "a Markdown notebook, or plain cells")],
        details: "The cells run as if you had typed them, and stop at the first that fails.",
        example: "run /dev/null"
    ) { (arguments, context) throws(CellError) in
        context.request(.runFile(try arguments.string("file"), arguments.range(of: "file")))
    }

    private static let restore = CommandEntry(
        "restore", topic: .session, "bring back an earlier session: its cells, its variables, its lesson",
        parameters: [
            Parameter("back", .integer(1...Journal.kept), default: "1", "1 for the last session, 2 for the one before")
        ],
        details: """
            Everything that is typed is written down as soon as it has run, so that a session is not lost when the \
            machine goes down or the program is killed; the next start then offers it. What was typed runs again, from \
            the same seed, to the same values; what Ctrl-C stopped then stops at the same place. That takes as long as \
            it took then, and Ctrl-C ends it. No file is written meanwhile. The last \(Journal.kept) sessions are kept, \
            also those that you left yourself.
            """,
        example: "restore"
    ) { (arguments, context) throws(CellError) in
        context.request(.restore(try arguments.integer("back"), arguments.range(of: "back")))
    }

    private static let history = CommandEntry(
        "history", topic: .session, "list the cells that ran",
        parameters: [Parameter("count", .integer(1...1_000_000), default: "", "how many of the last; all if left out")],
        example: "history 5"
    ) { (arguments, context) throws(CellError) in
        context.request(.history(try arguments.optionalInteger("count")))
    }

    private static let undo = CommandEntry(
        "undo", topic: .session, "take back the last cell that changed something",
        parameters: [],
        details: """
            Variables, games and random numbers are as they were before that cell; `undo` again goes further back, \
            \(UndoHistory.depth) cells at most. A cell that is undone is no part of the saved notebook. `redo` takes an `undo` back.
            """,
        example: "undo"
    ) { (_, context) throws(CellError) in
        context.request(.undo)
    }

    private static let redo = CommandEntry(
        "redo", topic: .session, "do again what was undone last", parameters: [], example: "redo"
    ) { (_, context) throws(CellError) in
        context.request(.redo)
    }

    private static let time = CommandEntry(
        "time", topic: .session, "run a cell and tell how long it took",
        parameters: [Parameter("cell", .cell, "what to run")],
        example: "time x = 2 + 2", onlyAsks: false
    ) { (arguments, context) throws(CellError) in
        let clock = ContinuousClock()
        let begin = clock.now
        try context.run(try arguments.string("cell"), at: arguments.range(of: "cell"))
        context.emit(.measured(MeasuredText("took ", measured: words(for: clock.now - begin), isRemark: true)))
    }

    private static let tellVersion = CommandEntry(
        "version", topic: .session, "tell which version of the playground this is", parameters: [], example: "version"
    ) { (_, context) throws(CellError) in
        context.emit(.text("gan \(version)"))
    }

    private static func leave(_ name: String) -> CommandEntry {
        CommandEntry(
            name, topic: .session, "leave the playground; the session is saved", parameters: [], example: name
        ) { (_, context) throws(CellError) in
            context.request(.exit)
        }
    }

    /// A duration with three digits: "1.23 ms".
    static func words(for duration: Duration) -> String { words(forSeconds: duration.inSeconds) }

    /// A number of seconds with three digits: "1.23 ms".
    static func words(forSeconds seconds: Double) -> String {
        let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs")]
        let (size, name) = units.first { seconds >= $0.0 } ?? (1e-6, "µs")
        let amount = seconds / size
        let decimals = amount >= 100 ? 0 : amount >= 10 ? 1 : 2
        let scale = [1.0, 10, 100][decimals]
        let rounded = (amount * scale).rounded() / scale
        return decimals == 0 ? "\(Int(rounded)) \(name)" : "\(rounded) \(name)"
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
