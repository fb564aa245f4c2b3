import Foundation

/// A gnuplot that is started when it is first needed and kept, so that windows stay alive and the next picture is quick.
///
/// Whatever becomes of the process (killed, hung, gone), a call ends within its time limit with a `PlotError`, and the
/// next call starts a new process.
public final class Gnuplot {
    /// Seconds that a picture may take.
    public var timeLimit: Double
    private let searchPath: String?
    private let isInterrupted: () -> Bool
    private var connection: GnuplotConnection?

    /// A gnuplot found in the folders of `searchPath` (as in PATH) at the first picture.
    ///
    /// `isInterrupted` is asked some twenty times a second while a picture is drawn.
    public init(
        searchPath: String? = ProcessInfo.processInfo.environment["PATH"], timeLimit: Double = 20,
        isInterrupted: @escaping () -> Bool = { false }
    ) {
        self.searchPath = searchPath
        self.timeLimit = timeLimit
        self.isInterrupted = isInterrupted
    }

    /// Draws a figure and gives back the file that gnuplot made: an image, or the lines of a text picture.
    public func draw(_ figure: Figure, on terminal: Terminal) throws(PlotError) -> [UInt8] {
        let script = try GnuplotScript.text(for: figure, terminal: terminal)
        return try withConnection { connection throws(PlotError) in
            let picture = connection.folder.file("picture")
            defer { try? FileManager.default.removeItem(atPath: picture) }
            let output = "set output \(GnuplotScript.quoted(picture))\n\(script)unset output\n"
            try run(output, before: terminal, on: connection)
            guard let data = FileManager.default.contents(atPath: picture), !data.isEmpty else {
                throw .refused("it wrote no picture")
            }
            return [UInt8](data)
        }
    }

    /// Draws a figure as the next frame of a moving picture, which `finish` ends.
    func extend(_ figure: Figure, on terminal: Terminal, isFirst: Bool) throws(PlotError) {
        let script = try GnuplotScript.text(for: figure, terminal: terminal)
        guard isFirst else {
            guard let connection, connection.isAlive else {
                self.connection = nil
                throw .died
            }
            return try run(script, before: nil, on: connection)
        }
        let connection = try connect()
        let output = "set output \(GnuplotScript.quoted(connection.folder.file("moving")))\n"
        try run(output + script, before: terminal, on: connection)
    }

    /// Ends a moving picture and gives back its file.
    func finish() throws(PlotError) -> [UInt8] {
        guard let connection else { throw .died }
        try run("unset output\n", before: nil, on: connection)
        guard let data = FileManager.default.contents(atPath: connection.folder.file("moving")), !data.isEmpty else {
            throw .refused("it wrote no picture")
        }
        return [UInt8](data)
    }

    /// Shows a figure in a window, or replaces what stands in it; a window that was closed opens again.
    ///
    /// - Parameter isFrame: one of a row of pictures, which ends with `PlotError.windowClosed` when the person has closed
    ///   a window of Qt or wxWidgets; one of plain X opens again.
    public func show(_ figure: Figure, in terminal: Terminal, isFrame: Bool = false) throws(PlotError) {
        let script = try GnuplotScript.text(for: figure, terminal: terminal)
        try withConnection { connection throws(PlotError) in
            if connection.tellsClosing, try wasWindowClosed(connection), isFrame { throw .windowClosed }
            connection.hasWindows = true
            try run(script, before: terminal, on: connection)
            // gnuplot's plain X windows report closings that never were, and swallow what waits to be read meanwhile.
            guard !connection.tellsClosing, !terminal.isPlainWindow else { return }
            connection.tellsClosing = true
            _ = try say("bind 'Close' '\(Self.closed) = 1'", to: connection)
        }
    }

    /// gnuplot's variable that comes into being when a window is closed.
    private static let closed = "gan_closed"

    /// Whether the window was closed since it was asked last. gnuplot looks at what happened to its windows at the
    /// beginning of each round of a loop.
    private func wasWindowClosed(_ connection: GnuplotConnection) throws(PlotError) -> Bool {
        let said = try say(
            "do for [gan_i = 1:2] { gan_j = gan_i }\nprint exists('\(Self.closed)')\nundefine \(Self.closed)",
            to: connection)
        return said.split(separator: "\n").last == "1"
    }

    /// What `print` says for an expression of gnuplot's own, such as `GPVAL_VERSION`.
    public func answer(_ expression: String) throws(PlotError) -> String {
        try say("print \(expression)", to: connect())
    }

    /// What gnuplot says to a command, complaints included.
    private func say(_ command: String, to connection: GnuplotConnection) throws(PlotError) -> String {
        try guarded(connection) { () throws(PlotError) in
            try connection.run(command + "\n", deadline: deadline, isInterrupted: isInterrupted)
        }
    }

    /// The terminals that this gnuplot was built with.
    public func terminals() throws(PlotError) -> Set<String> {
        Set(try answer("GPVAL_TERMINALS").split(separator: " ").map(String.init))
    }

    /// The process id, while there is one.
    public var processID: Int32? { connection?.processID }

    /// Where its pictures lie until they are read.
    var temporaryFolder: String? { connection?.folder.path }

    /// Ends the process. Its windows stay, unless they are to close with it.
    public func close(withWindows: Bool = false) {
        connection?.closesWindows = withWindows
        connection = nil
    }

    private var deadline: Double { GnuplotConnection.now() + timeLimit }

    private func connect() throws(PlotError) -> GnuplotConnection {
        if let connection, connection.isAlive { return connection }
        connection = nil
        guard let program = GnuplotProgram.find(searchPath: searchPath) else { throw .missing }
        let new = try GnuplotConnection(program: program, searchPath: searchPath, timeLimit: timeLimit)
        connection = new
        return new
    }

    /// Draws with the gnuplot that there is, or a new one. One that was kept from an earlier picture may have ended
    /// since, and be found out only now: then a new one draws.
    private func withConnection<Result>(
        _ body: (GnuplotConnection) throws(PlotError) -> Result
    ) throws(PlotError) -> Result {
        let wasKept = connection != nil
        do {
            return try body(try connect())
        } catch {
            guard wasKept, error == .died else { throw error }
            return try body(try connect())
        }
    }

    /// Every terminal is set before the output is opened, or gnuplot writes the first page with the old one.
    private func run(
        _ script: String, before terminal: Terminal?, on connection: GnuplotConnection
    ) throws(PlotError) {
        let said = try say((terminal?.setUp ?? "") + script, to: connection)
        if let complaint = GnuplotReply.complaint(in: said) { throw .refused(complaint) }
    }

    /// A connection that failed is not used again.
    private func guarded<T>(
        _ connection: GnuplotConnection, _ body: () throws(PlotError) -> T
    ) throws(PlotError) -> T {
        do {
            return try body()
        } catch {
            if case .timedOut(_) = error { self.connection = nil; throw .timedOut(seconds: timeLimit) }
            self.connection = nil
            throw error
        }
    }
}
