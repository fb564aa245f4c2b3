import CGnuplot
import Foundation

/// One running gnuplot: commands go in through gnuplot-iostream, what it says comes back through a pipe with a name.
///
/// That one pipe tells everything: the process id, complaints in the order in which they happen, a mark that a picture
/// is complete, and (by its end) that gnuplot is gone.
final class GnuplotConnection {
    let folder: TemporaryFolder
    let processID: Int32
    private let stream: OpaquePointer
    private let replies: Int32
    private var unread: [UInt8] = []
    private var count = 0

    /// Seconds on a clock that never goes back.
    static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    /// Starts gnuplot and waits for its process id.
    init(program: GnuplotProgram, searchPath: String?, timeLimit: Double) throws(PlotError) {
        let folder = try TemporaryFolder()
        let pipe = folder.file("replies")
        guard mkfifo(pipe, 0o600) == 0 else { throw .notStarted(reason: Self.reason()) }
        let replies = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard replies >= 0 else { throw .notStarted(reason: Self.reason()) }
        var message = [CChar](repeating: 0, count: 256)
        let command = program.command(replies: pipe, folder: folder.path, searchPath: searchPath)
        guard let stream = cgnuplot_open(command, &message, message.count) else {
            Glibc.close(replies)
            throw .notStarted(reason: String(decoding: message.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
        }
        var unread: [UInt8] = []
        guard let id = Self.firstLine(of: replies, into: &unread, deadline: Self.now() + max(timeLimit, 10)) else {
            // Without a process id nothing can be killed; a shell that says nothing has ended or ends with its input.
            Glibc.close(replies)
            cgnuplot_close(stream)
            throw .died
        }
        self.folder = folder
        self.replies = replies
        self.stream = stream
        self.unread = unread
        self.processID = id
    }

    deinit {
        // Windows stay when the input of their gnuplot ends. Whatever else is there is ended, as it might not end itself.
        if !isIdle || !hasWindows || closesWindows || !isAlive { end() }
        cgnuplot_close(stream)
        Glibc.close(replies)
    }

    /// Whether the process still runs and reads what is sent. The program that holds a window inherits the pipes of its
    /// gnuplot and may outlive it, so that the pipes alone do not tell.
    var isAlive: Bool { cgnuplot_is_read(stream) != 0 && kill(processID, 0) == 0 }

    private var isIdle = true
    /// Whether it was told to open windows, which outlive it.
    var hasWindows = false
    /// Whether it was told to remember that a window was closed.
    var tellsClosing = false
    /// Whether its windows are to go with it all the same.
    var closesWindows = false

    /// Sends a script and waits until gnuplot has worked through all of it; gives back what gnuplot said meanwhile.
    func run(
        _ script: String, deadline: Double, isInterrupted: () -> Bool
    ) throws(PlotError) -> String {
        count += 1
        // On a line of its own, whatever was said without an end of line before.
        let mark = "gan-done-\(count)"
        isIdle = false
        try send(
            Array((script + "\nprint ''\nprint '\(mark)'\n").utf8), deadline: deadline, isInterrupted: isInterrupted)
        var said: [String] = []
        while true {
            for line in takeLines() {
                if line == mark {
                    isIdle = true
                    return said.joined(separator: "\n")
                }
                if !line.isEmpty { said.append(line) }
            }
            try wait(deadline: deadline, isInterrupted: isInterrupted)
        }
    }

    /// Ends the process and its windows at once.
    private func end() {
        guard processID > 1 else { return }
        if kill(-processID, SIGKILL) != 0 { kill(processID, SIGKILL) }
        guard hasWindows else { return }
        for program in ProcessTable.readers(ofPipe: cgnuplot_pipe(stream)) { kill(program, SIGKILL) }
    }

    private func send(_ bytes: [UInt8], deadline: Double, isInterrupted: () -> Bool) throws(PlotError) {
        var sent = 0
        while sent < bytes.count {
            var taken = 0
            let code = bytes[sent...].withUnsafeBytes { part in
                cgnuplot_send(stream, part.bindMemory(to: CChar.self).baseAddress, part.count, 50, &taken)
            }
            sent += taken
            // What gnuplot says is taken in all the while: a full pipe of complaints would stop it for good.
            readReplies()
            if code == Int32(CGNUPLOT_GONE) || sent < bytes.count && !isAlive { throw .died }
            try check(deadline, isInterrupted)
        }
    }

    private func wait(deadline: Double, isInterrupted: () -> Bool) throws(PlotError) {
        var state = pollfd(fd: replies, events: Int16(POLLIN), revents: 0)
        let ready = poll(&state, 1, 50)
        if ready > 0, state.revents & Int16(POLLIN) != 0 {
            readReplies()
        } else if !isAlive {
            throw .died
        }
        try check(deadline, isInterrupted)
    }

    private func check(_ deadline: Double, _ isInterrupted: () -> Bool) throws(PlotError) {
        if isInterrupted() { throw .interrupted }
        if Self.now() > deadline { throw .timedOut(seconds: 0) }
    }

    private func readReplies() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let got = read(replies, &buffer, buffer.count)
            guard got > 0 else { return }
            unread += buffer[..<got]
        }
    }

    /// The whole lines that have come; the mark is always the last one of its script.
    private func takeLines() -> [String] {
        guard let end = unread.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        defer { unread.removeSubrange(...end) }
        return unread[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func takeLine(from bytes: inout [UInt8]) -> String? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { bytes.removeSubrange(...end) }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// The process id that the shell tells before it becomes gnuplot.
    private static func firstLine(of replies: Int32, into unread: inout [UInt8], deadline: Double) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 256)
        while now() < deadline {
            var state = pollfd(fd: replies, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, 50) > 0 else { continue }
            let got = read(replies, &buffer, buffer.count)
            if got <= 0 {
                if state.revents & Int16(POLLHUP) != 0 { return nil }
                continue
            }
            unread += buffer[..<got]
            if let line = takeLine(from: &unread) {
                return line.hasPrefix("pid ") ? Int32(line.dropFirst(4)) : nil
            }
        }
        return nil
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
