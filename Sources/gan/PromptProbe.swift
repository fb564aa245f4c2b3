import Foundation

/// Starts the program in a terminal of its own, as a person would, and watches for the prompt.
struct PromptProbe {
    let program: URL
    /// Where the program finds its history and writes its sessions: not among those of the person who measures.
    let home: URL

    struct CannotMeasure: Error, CustomStringConvertible {
        let description: String
    }

    /// From the start of the process until the prompt is written.
    func timeToPrompt() throws -> Duration {
        let primary = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard primary >= 0, let name = Self.unlockedName(primary) else {
            throw CannotMeasure(description: "no terminal can be made: \(String(cString: strerror(errno)))")
        }
        defer { close(primary) }
        let secondary = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
        let terminal = FileHandle(fileDescriptor: secondary, closeOnDealloc: true)
        let process = Process()
        process.executableURL = program
        process.environment = [
            "HOME": home.path, "XDG_STATE_HOME": home.path, "TERM": "xterm", "LANG": "C.UTF-8",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        (process.standardInput, process.standardOutput, process.standardError) = (terminal, terminal, terminal)
        let start = ContinuousClock.now
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        try waitForPrompt(primary)
        return ContinuousClock.now - start
    }

    /// Reads what the program writes until "[1] ›" is among it.
    private func waitForPrompt(_ terminal: Int32) throws {
        let prompt = Data("›".utf8)
        var written = Data()
        var chunk = [UInt8](repeating: 0, count: 4096)
        while written.range(of: prompt) == nil {
            var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 20_000) > 0, case let count = read(terminal, &chunk, chunk.count), count > 0 else {
                throw CannotMeasure(description: "the prompt did not come")
            }
            written += chunk[..<count]
        }
    }

    /// The other end's name, once it may be opened: TIOCSPTLCK and TIOCGPTN of <asm/ioctls.h>.
    private static func unlockedName(_ primary: Int32) -> String? {
        var value: Int32 = 0
        guard ioctl(primary, 0x4004_5431, &value) == 0, ioctl(primary, 0x8004_5430, &value) == 0 else { return nil }
        return "/dev/pts/\(value)"
    }
}
