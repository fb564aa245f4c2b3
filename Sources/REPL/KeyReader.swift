import Glibc

/// What the keyboard gave.
package enum Key: Equatable {
    case scalar(UInt32)
    case interrupted
    case end
}

/// Turns a terminal's bytes into characters for libedit. It decodes UTF-8, listens to signals while it waits, and
/// takes a bracketed paste out of the stream, so that a paste arrives whole and none of its newlines ends the line.
package final class KeyReader {
    /// Lead-in of the private key sequences that stand for events; it is Ctrl-], which nothing else uses.
    package static let leadIn: UInt32 = 0x1D
    /// After the lead-in: a paste is waiting in `paste`.
    package static let pasteMark: Unicode.Scalar = "P"

    private static let pasteStart = Array("\u{1B}[200~".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    private static let escapeDelay: Int32 = 25

    /// The pasted text that waits to be put into the line.
    package private(set) var paste = ""
    /// Called when the terminal has a new size.
    var onResize: () -> Void = {}
    /// Called when the job has been stopped and continued.
    var onContinue: () -> Void = {}

    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var queue: [UInt32] = []

    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Puts an event in front of what is typed next.
    func push(_ mark: Unicode.Scalar) {
        queue.insert(contentsOf: [Self.leadIn, mark.value], at: 0)
    }

    /// Takes in what was typed while somebody else was reading.
    func typedAhead(_ typed: [UInt8]) {
        bytes += typed
    }

    /// Has a text arrive as if it were pasted, before everything that was typed.
    func beginPaste(_ text: String) {
        bytes = Self.pasteStart + Self.cleaned(text).utf8 + Self.pasteEnd + bytes
    }

    /// Takes the pasted text away.
    package func takePaste() -> String {
        defer { paste = "" }
        return paste
    }

    /// Waits for the next character.
    package func next() -> Key {
        while queue.isEmpty {
            if let key = decode() {
                return key
            }
            if queue.isEmpty, let event = fill(timeout: -1) {
                return event
            }
        }
        return .scalar(queue.removeFirst())
    }

    /// Forgets what has been typed ahead.
    func discard() {
        bytes = []
        queue = []
        paste = ""
    }

    // MARK: Decoding

    /// The next character among the bytes at hand, or nil if there is none or an event was queued.
    private func decode() -> Key? {
        guard let first = bytes.first else { return nil }
        if first == 0x1B, startsPaste() {
            return readPaste()
        }
        let length = Self.length(ofSequenceAfter: first)
        var isGrowing = true
        while bytes.count < length, isContinued, isGrowing {
            let before = bytes.count
            if let event = fill(timeout: 100) { return event }
            isGrowing = bytes.count > before
        }
        let sequence = Array(bytes.prefix(length))
        var decoder = UTF8()
        var iterator = sequence.makeIterator()
        switch decoder.decode(&iterator) {
        case .scalarValue(let scalar):
            bytes.removeFirst(min(String(scalar).utf8.count, bytes.count))
            return .scalar(scalar.value)
        case .error, .emptyInput:
            bytes.removeFirst()
            return .scalar(0xFFFD)
        }
    }

    /// True while what follows the first byte can still be the rest of its character.
    private var isContinued: Bool {
        bytes.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }

    private static func length(ofSequenceAfter first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    // MARK: Pasting

    /// Whether the bytes at hand begin a paste; waits a moment when they may be the beginning of its mark.
    private func startsPaste() -> Bool {
        while bytes.count < Self.pasteStart.count, Self.pasteStart.starts(with: bytes) {
            let before = bytes.count
            if fill(timeout: Self.escapeDelay) != nil || bytes.count == before { return false }
        }
        return bytes.starts(with: Self.pasteStart)
    }

    /// Collects the paste up to its end mark and queues the event that stands for it.
    private func readPaste() -> Key? {
        bytes.removeFirst(Self.pasteStart.count)
        var searched = 0
        while true {
            if let end = find(Self.pasteEnd, from: max(0, searched - Self.pasteEnd.count)) {
                paste += Self.cleaned(String(decoding: bytes[..<end], as: UTF8.self))
                bytes.removeFirst(end + Self.pasteEnd.count)
                push(Self.pasteMark)
                return nil
            }
            searched = bytes.count
            if let event = fill(timeout: -1) { return event }
        }
    }

    private func find(_ mark: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return (start...(bytes.count - mark.count)).first { bytes[$0...].starts(with: mark) }
    }

    /// One kind of newline, blanks for tabs, no other control characters, no newline at the end.
    package static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\r", "\n": scalars.append("\n")
            case "\t": scalars.append(contentsOf: "    ".unicodeScalars)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: break
            default: scalars.append(scalar)
            }
            previous = scalar
        }
        while scalars.last == "\n" { scalars.removeLast() }
        return String(scalars)
    }

    // MARK: Waiting

    /// Waits for bytes or a signal. Nil means: look again at the bytes at hand.
    private func fill(timeout: Int32) -> Key? {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: Interrupts.wakeDescriptor, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&waiting, nfds_t(waiting.count), timeout)
        Interrupts.drain()
        if Interrupts.isTerminated { return .end }
        if Interrupts.takeInterrupt() {
            discard()
            return .interrupted
        }
        if Interrupts.takeContinuation() { onContinue() }
        if Interrupts.takeResize() { onResize() }
        guard ready > 0, waiting[0].revents != 0 else { return nil }
        return readBytes()
    }

    private func readBytes() -> Key? {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 {
            bytes += chunk[..<count]
            return nil
        }
        return count < 0 && (errno == EINTR || errno == EAGAIN) ? nil : .end
    }
}
