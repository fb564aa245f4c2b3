import Glibc

/// The lines of a descriptor. A signal ends the waiting: the library's `readLine` would go on waiting, for ever if the
/// terminal has gone meanwhile.
final class InputLines {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var used = 0
    private var isAtEnd = false

    init(descriptor: Int32 = STDIN_FILENO) {
        self.descriptor = descriptor
    }

    /// The next line without its newline; nil at the end, or when the person has asked to stop.
    func next() -> String? {
        var searched = used
        while true {
            if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { used = end + 1 }
                return String(decoding: bytes[used..<end], as: UTF8.self)
            }
            searched = bytes.count - used
            guard fill() else { break }
        }
        guard used < bytes.count, !Interrupts.isInterrupted else { return nil }
        defer { used = bytes.count }
        return String(decoding: bytes[used...], as: UTF8.self)
    }

    /// Reads more; false if there is no more to read, or nobody who wants it.
    private func fill() -> Bool {
        guard !isAtEnd else { return false }
        bytes.removeFirst(used)
        used = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while !Interrupts.isInterrupted {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk[..<count]
                return true
            }
            if count == 0 || errno != EINTR {
                isAtEnd = true
                break
            }
        }
        return false
    }
}
