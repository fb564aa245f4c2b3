import Glibc

/// Asks the terminal what it can do.
package enum TerminalQuery {
    /// Terminals that are known to answer; others are not asked, for some print the question.
    private static let answering = ["xterm", "foot", "mlterm", "contour", "wezterm", "vt3", "tmux", "screen", "yaft"]
    private static let patience: Int32 = 200

    /// What came back, and what a person had typed meanwhile.
    package struct Answer: Equatable {
        package var hasSixels: Bool
        package var typed: [UInt8]

        package init(hasSixels: Bool, typed: [UInt8]) {
            self.hasSixels = hasSixels
            self.typed = typed
        }
    }

    /// Whether the terminal shows sixels, or nil if it was not asked or did not answer.
    static func sixels(terminal: String) -> Answer? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
            answering.contains(where: terminal.hasPrefix)
        else { return nil }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
        let question = Array("\u{1B}[c".utf8)
        guard write(STDOUT_FILENO, question, question.count) == question.count else { return nil }
        return parse(receive())
    }

    /// Reads until the answer's last letter, or until nothing more comes.
    private static func receive() -> [UInt8] {
        var received: [UInt8] = []
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, patience) > 0, waiting.revents & Int16(POLLIN) != 0 {
            var chunk = [UInt8](repeating: 0, count: 256)
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            guard count > 0 else { break }
            received += chunk[..<count]
            if parse(received) != nil { break }
        }
        return received
    }

    /// Finds `ESC [ ? numbers c` in what came; the number 4 among them means sixels.
    package static func parse(_ bytes: [UInt8]) -> Answer? {
        let opening = Array("\u{1B}[?".utf8)
        guard bytes.count > opening.count,
            let start = (0...(bytes.count - opening.count)).first(where: { bytes[$0...].starts(with: opening) }),
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "c"))
        else { return nil }
        let numbers = String(decoding: bytes[(start + opening.count)..<end], as: UTF8.self).split(separator: ";")
        return Answer(
            hasSixels: numbers.dropFirst().contains("4"), typed: Array(bytes[..<start] + bytes[(end + 1)...]))
    }
}
