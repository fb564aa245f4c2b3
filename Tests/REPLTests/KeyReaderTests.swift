import Glibc
import REPL
import Testing

/// A reader at one end of a pipe, and what was written into the other.
private func keys(_ bytes: [UInt8]) -> (read: [Key], paste: String) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return ([], "") }
    _ = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    defer { close(ends[0]) }
    let reader = KeyReader(descriptor: ends[0])
    var read: [Key] = []
    while let key = Optional(reader.next()), key != .end { read.append(key) }
    return (read, reader.takePaste())
}

private func scalars(_ text: String) -> [Key] { text.unicodeScalars.map { .scalar($0.value) } }

@Suite struct KeyReaderTests {
    private static let pasted: [Key] = [.scalar(KeyReader.leadIn), .scalar(KeyReader.pasteMark.value)]

    @Test(arguments: ["a = 1\n", "θ é 日本 😀", "\u{1B}[A", "\u{1B}", "\u{1B}[20~x"])
    func decodesWhatIsTyped(_ text: String) {
        #expect(keys(Array(text.utf8)).read == scalars(text))
    }

    @Test func replacesBytesThatAreNoText() {
        #expect(keys([0x61, 0xC3, 0x62]).read == [.scalar(0x61), .scalar(0xFFFD), .scalar(0x62)])
        #expect(keys([0x61, 0xE6, 0x97]).read == [.scalar(0x61)])
        #expect(keys([0x61, 0xFF, 0x62]).read == [.scalar(0x61), .scalar(0xFFFD), .scalar(0x62)])
    }

    @Test func takesAPasteOutWhole() {
        let (read, paste) = keys(Array("a\u{1B}[200~x = 1\ry = [2,\r\n\t3]\n\u{1B}[201~b".utf8))
        #expect(read == scalars("a") + Self.pasted + scalars("b"))
        #expect(paste == "x = 1\ny = [2,\n    3]")
    }

    @Test func aPasteThatNeverEndsIsTheEnd() {
        let (read, paste) = keys(Array("\u{1B}[200~half".utf8))
        #expect(read.isEmpty)
        #expect(paste.isEmpty)
    }

    @Test func aPasteMayBeLargeAndHoldAnything() {
        let text = String(repeating: "日本 = [1, 2]\n", count: 5000)
        // A pipe holds 64 kB: the paste is as much of it as fits.
        let bytes = Array(("\u{1B}[200~" + text).utf8.prefix(60_000)) + Array("\u{1B}[201~".utf8)
        let (read, paste) = keys(bytes)
        #expect(read == Self.pasted)
        #expect(paste.hasPrefix("日本 = [1, 2]\n日本"))
        #expect(paste.utf8.count > 59_000)
    }

    @Test func pastedControlCharactersAreLeftOut() {
        #expect(KeyReader.cleaned("a\u{1B}[31mb\u{0}\u{7F}c\n\n") == "a[31mbc")
    }
}
