import Glibc
import Synchronization

/// The signals that the playground listens to. A handler only sets a flag and writes a byte into a pipe: the flag is
/// what a running command looks at, the pipe is what wakes the line editor.
public enum Interrupts {
    private static let interrupted = Atomic<Bool>(false)
    private static let terminated = Atomic<Bool>(false)
    private static let resized = Atomic<Bool>(false)
    private static let continued = Atomic<Bool>(false)
    private static let wakeReader = Atomic<Int32>(-1)
    private static let wakeWriter = Atomic<Int32>(-1)

    /// Starts listening: Ctrl-C, a request to end, a lost terminal, a resized terminal, a continued job. A broken
    /// pipe is ignored, so that a dead gnuplot is an error to report and not the end.
    public static func install() {
        makePipe()
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { Interrupts.note($0) }
            sigemptyset(&action.sa_mask)
            sigaction(number, &action, nil)
        }
    }

    /// True once Ctrl-C has been pressed, until `clear()`. A request to end stops a running command too.
    public static var isInterrupted: Bool {
        interrupted.load(ordering: .relaxed) || isTerminated
    }

    /// True once somebody has asked the process to end, or its terminal has gone.
    public static var isTerminated: Bool {
        terminated.load(ordering: .relaxed)
    }

    /// Forgets Ctrl-C: the next cell starts afresh.
    public static func clear() {
        interrupted.store(false, ordering: .relaxed)
    }

    /// True if Ctrl-C was pressed since the last time somebody took it.
    static func takeInterrupt() -> Bool { interrupted.exchange(false, ordering: .relaxed) }
    static func takeResize() -> Bool { resized.exchange(false, ordering: .relaxed) }
    static func takeContinuation() -> Bool { continued.exchange(false, ordering: .relaxed) }

    /// The descriptor that becomes readable when a signal arrives, or -1.
    static var wakeDescriptor: Int32 { wakeReader.load(ordering: .relaxed) }

    /// Empties the wake pipe.
    static func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(wakeDescriptor, &bytes, bytes.count) > 0 {}
    }

    private static func makePipe() {
        guard wakeDescriptor < 0 else { return }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakeReader.store(ends[0], ordering: .relaxed)
        wakeWriter.store(ends[1], ordering: .relaxed)
    }

    /// Runs inside the signal handler: nothing here may allocate or lock.
    private static func note(_ number: Int32) {
        let saved = errno
        switch number {
        case SIGINT: interrupted.store(true, ordering: .relaxed)
        case SIGWINCH: resized.store(true, ordering: .relaxed)
        case SIGCONT: continued.store(true, ordering: .relaxed)
        default:
            // The second request does not wait for a command that does not look.
            if terminated.exchange(true, ordering: .relaxed) { _exit(128 + number) }
        }
        var byte: UInt8 = 0
        _ = write(wakeWriter.load(ordering: .relaxed), &byte, 1)
        errno = saved
    }
}
