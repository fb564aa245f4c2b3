import Foundation

/// The program in a terminal of its own, as a person would start it, watched for its prompt.
final class PromptProbe {
    struct CannotMeasure: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    /// Our end of the terminal.
    private let terminal: Int32
    /// How many cells were run.
    private var cells = 0
    /// From the start of the process until the prompt was written.
    private(set) var timeToPrompt = Duration.zero

    /// Starts the program with a home where it finds its history and writes its sessions: not that of the person who
    /// measures.
    init(program: URL, home: URL) throws {
        terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0, let name = Self.unlockedName(terminal) else {
            throw CannotMeasure(description: "no terminal can be made: \(String(cString: strerror(errno)))")
        }
        let other = FileHandle(fileDescriptor: open(name, O_RDWR | O_NOCTTY | O_CLOEXEC), closeOnDealloc: true)
        var size = winsize(ws_row: 50, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
        process.executableURL = program
        process.environment = [
            "HOME": home.path, "XDG_STATE_HOME": home.path, "TERM": "xterm", "LANG": "C.UTF-8",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        (process.standardInput, process.standardOutput, process.standardError) = (other, other, other)
        timeToPrompt = try ContinuousClock().measure {
            try process.run()
            try waitForPrompt()
        }
    }

    deinit {
        if process.isRunning {
            process.terminate()
            process.waitUntilExit()
        }
        close(terminal)
    }

    /// Types a cell; the time until the next prompt is there.
    func time(of cell: String) throws -> Duration {
        try ContinuousClock().measure {
            let bytes = Array((cell + "\r").utf8)
            guard write(terminal, bytes, bytes.count) == bytes.count else {
                throw CannotMeasure(description: "the program does not read its terminal")
            }
            cells += 1
            try waitForPrompt()
        }
    }

    /// Reads what the program writes until the prompt of the next cell, "[1] ›", is among it.
    private func waitForPrompt() throws {
        let prompt = Data("[\(cells + 1)] ›".utf8)
        var written = Data()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while written.range(of: prompt) == nil {
            var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 20_000) > 0, case let count = read(terminal, &chunk, chunk.count), count > 0 else {
                throw CannotMeasure(description: "the prompt did not come")
            }
            // Of what has been looked through only as much is kept as a prompt may have begun in.
            written = written.suffix(prompt.count) + chunk[..<count]
        }
    }

    /// The other end's name, once it may be opened: TIOCSPTLCK and TIOCGPTN of <asm/ioctls.h>.
    private static func unlockedName(_ primary: Int32) -> String? {
        var value: Int32 = 0
        guard ioctl(primary, 0x4004_5431, &value) == 0, ioctl(primary, 0x8004_5430, &value) == 0 else { return nil }
        return "/dev/pts/\(value)"
    }
}
