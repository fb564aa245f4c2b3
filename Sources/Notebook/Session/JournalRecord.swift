import Foundation

/// A line of a journal: how the session began, an input that ran, or that the person left properly.
struct JournalRecord: Codable {
    var begins: Beginning?
    var ran: Input?
    var closed: Bool?
    /// The file is that of a lesson: how the lesson began.
    var lesson: KeptLesson?

    /// What a session began with.
    struct Beginning: Codable {
        var version: String
        var seed: UInt64
        var started: Date
    }

    /// Something that was typed, and what is needed to have the same come of it again.
    struct Input: Codable {
        var source: String
        /// The cell whose new text it is.
        var replaces: Int?
        /// A person stopped it when it had looked so often whether it is to stop.
        var stop: Int?
        /// The looks at the clock at which the time of a command was over; nil in journals that do not tell.
        var ends: [Int]?
        /// How long it took, in seconds.
        var seconds: Double
        /// The columns that there were.
        var width: Int
        /// The checksum of what it printed.
        var printed: UInt64
        /// The learner's progress before it, if it opened a lesson.
        var progress: LessonProgress?
        /// The texts of the files of cells that it ran, by path.
        var files: [String: String]?
        /// The step of the lesson at which the learner stood after it, from 1; only in a lesson's own file.
        var step: Int?
        /// What it brought back of a lesson, if it opened one that the learner had left.
        var lesson: KeptLesson?

        /// Where it ended before its end; nil if only the clock knows.
        var stops: CellStops? { stop == nil && ends == nil ? nil : CellStops(stop: stop, ends: ends ?? []) }
    }

    /// The record as a line of a file, its checksum first.
    func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = Array(try encoder.encode(self))
        return Array(Checksum.words(of: body).utf8) + [UInt8(ascii: " ")] + body + [UInt8(ascii: "\n")]
    }

    /// The record of a line without its end; nil if the line is torn or of another make.
    init?(line: ArraySlice<UInt8>) {
        let body = line.dropFirst(Checksum.width + 1)
        guard line.count > Checksum.width,
            Checksum.words(of: body) == String(decoding: line.prefix(Checksum.width), as: UTF8.self),
            let record = try? JSONDecoder().decode(JournalRecord.self, from: Data(body))
        else { return nil }
        self = record
    }

    init(begins: Beginning) { self.begins = begins }
    init(ran: Input) { self.ran = ran }
    init(closed: Bool) { self.closed = closed }
    init(lesson: KeptLesson) { self.lesson = lesson }
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): tells a line that was half written, or a text that came out otherwise.
enum Checksum {
    /// How many digits its words have.
    static let width = 16

    /// The checksum of some bytes.
    static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    static func words(of bytes: some Sequence<UInt8>) -> String {
        let digits = String(of(bytes), radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
