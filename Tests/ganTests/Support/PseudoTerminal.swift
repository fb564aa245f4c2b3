import Glibc

/// A program in a terminal of its own, and somebody who types and reads.
final class PseudoTerminal {
    private(set) var screen: ScreenModel
    private let primary: Int32
    private let process: pid_t
    private var status: Int32?
    /// Everything that the program has written.
    private(set) var transcript: [UInt8] = []

    struct CannotStart: Error {
        var step: String
    }

    init(_ program: String, _ arguments: [String], environment: [String: String], columns: Int = 80, rows: Int = 24)
        throws
    {
        screen = ScreenModel(columns: columns, rows: rows)
        primary = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard primary >= 0, let name = Self.unlockedName(primary) else { throw CannotStart(step: "/dev/ptmx") }
        _ = fcntl(primary, F_SETFD, FD_CLOEXEC)
        Self.setSize(primary, columns: columns, rows: rows)
        guard let process = Self.spawn(program, arguments, environment, on: name) else {
            throw CannotStart(step: "posix_spawn")
        }
        self.process = process
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        close(primary)
    }

    /// Types the text.
    func type(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(primary, $0.baseAddress, $0.count) }
    }

    /// Sends a signal to the program.
    func signal(_ number: Int32) {
        kill(process, number)
    }

    /// Gives the terminal another size.
    func resize(columns: Int, rows: Int) {
        screen.resize(columns: columns, rows: rows)
        Self.setSize(primary, columns: columns, rows: rows)
    }

    /// Reads until the screen is as wanted; false when that has not come to pass in `seconds`.
    func wait(seconds: Double = 30, until isReached: (ScreenModel) -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !isReached(screen) {
            guard ContinuousClock.now < deadline, readSome() else { return isReached(screen) }
        }
        return true
    }

    /// Waits for the program to end, and gives its exit code, or minus the signal that ended it.
    func exitCode(seconds: Double = 30) -> Int32? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while status == nil, ContinuousClock.now < deadline {
            _ = readSome()
            var raw: Int32 = 0
            if waitpid(process, &raw, WNOHANG) == process {
                status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
            }
        }
        return status
    }

    /// Takes in what has been written; false at the end of it.
    private func readSome() -> Bool {
        var waiting = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 50) > 0 else { return true }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = read(primary, &chunk, chunk.count)
        guard count > 0 else { return false }
        transcript += chunk[..<count]
        screen.feed(Array(chunk[..<count]))
        return true
    }

    /// The other end's name, once it may be opened. The calls of the library for this are hidden from Swift.
    private static func unlockedName(_ primary: Int32) -> String? {
        let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN of <asm/ioctls.h>
        var value: Int32 = 0
        guard ioctl(primary, unlock, &value) == 0, ioctl(primary, number, &value) == 0 else { return nil }
        return "/dev/pts/\(value)"
    }

    private static func setSize(_ descriptor: Int32, columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    /// POSIX_SPAWN_SETSID of <spawn.h>.
    private static let setsidFlag: Int16 = 0x80

    /// Starts the program, with no signal blocked, in a session of its own, so that the terminal it opens first becomes its own.
    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String: String], on terminal: String
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, setsidFlag | Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in pointers + variables { free(pointer) } }
        var process: pid_t = 0
        return posix_spawn(&process, program, &actions, &attributes, &pointers, &variables) == 0 ? process : nil
    }
}
