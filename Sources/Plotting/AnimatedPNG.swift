/// An animated PNG put together from PNG pictures of one size: the first picture is also what a viewer that knows nothing
/// of animation shows.
///
/// Format: Portable Network Graphics, third edition (W3C 2025), sections 11.3.6 (acTL, fcTL, fdAT) and 5.3 (chunks).
struct AnimatedPNG {
    /// Why a picture cannot be a frame.
    enum Flaw: Error, Hashable {
        /// The bytes are no PNG, or one that is cut short.
        case notPNG
        /// Its size or its kind of pixels is not that of the frames before.
        case differs
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private let hundredths: Int
    /// What stands in front of the pixels of the first picture: its header, its palette.
    private var opening: [PNGChunk] = []
    /// The pixels of each frame, packed.
    private var frames: [[UInt8]] = []

    /// No frame yet; each will be shown for so many hundredths of a second.
    init(hundredths: Int) { self.hundredths = min(max(hundredths, 0), Int(UInt16.max)) }

    /// Frames so far.
    var count: Int { frames.count }

    /// Takes a PNG as the next frame.
    mutating func add(_ png: [UInt8]) throws(Flaw) {
        let chunks = try Self.chunks(of: png)
        // Of what is not pixels only that counts without which they mean something else.
        let own = chunks.filter { ["IHDR", "PLTE", "tRNS"].contains($0.name) }
        guard own.first?.name == "IHDR", own[0].body.count == 13 else { throw .notPNG }
        if opening.isEmpty {
            opening = own
        } else if opening != own {
            throw .differs
        }
        let pixels = Array(chunks.filter { $0.name == "IDAT" }.map(\.body).joined())
        guard !pixels.isEmpty else { throw .notPNG }
        frames.append(pixels)
    }

    /// The whole file.
    var bytes: [UInt8] {
        guard let header = opening.first else { return [] }
        var file = Self.signature + header.bytes
        // How many frames, and how often they are shown: 0 is for ever.
        file += PNGChunk("acTL", Self.word(frames.count) + Self.word(0)).bytes
        for chunk in opening.dropFirst() { file += chunk.bytes }
        var number = 0
        for (index, pixels) in frames.enumerated() {
            file += PNGChunk("fcTL", control(number, size: header.body.prefix(8))).bytes
            number += 1
            if index == 0 {
                file += PNGChunk("IDAT", pixels).bytes
            } else {
                file += PNGChunk("fdAT", Self.word(number) + pixels).bytes
                number += 1
            }
        }
        return file + PNGChunk("IEND", []).bytes
    }

    /// A frame's place, size and time; the next one simply takes its place.
    private func control(_ number: Int, size: ArraySlice<UInt8>) -> [UInt8] {
        let place = Self.word(0) + Self.word(0)
        let delay = Self.half(hundredths) + Self.half(100)
        return Self.word(number) + size + place + delay + [0, 0]
    }

    private static func word(_ value: Int) -> [UInt8] { half(value >> 16) + half(value) }

    private static func half(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    /// The parts of a PNG, each with its sum checked.
    static func chunks(of png: [UInt8]) throws(Flaw) -> [PNGChunk] {
        guard png.starts(with: signature) else { throw .notPNG }
        var chunks: [PNGChunk] = []
        var place = signature.count
        while place < png.count {
            guard place + 12 <= png.count else { throw .notPNG }
            let length = png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = place + 12 + length
            guard end <= png.count else { throw .notPNG }
            let name = String(decoding: png[place + 4..<place + 8], as: UTF8.self)
            let chunk = PNGChunk(name, Array(png[place + 8..<end - 4]))
            guard Array(chunk.bytes.suffix(4)) == Array(png[end - 4..<end]) else { throw .notPNG }
            chunks.append(chunk)
            place = end
        }
        guard chunks.last?.name == "IEND" else { throw .notPNG }
        return chunks
    }
}

/// A part of a PNG.
struct PNGChunk: Hashable {
    /// Four letters.
    let name: String
    /// What stands in it.
    let body: [UInt8]

    init(_ name: String, _ body: [UInt8]) { (self.name, self.body) = (name, body) }

    /// Length, name, body, and the sum over name and body.
    var bytes: [UInt8] {
        let summed = Array(name.utf8) + body
        return Self.word(UInt32(body.count)) + summed + Self.word(Self.sum(of: summed))
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// The cyclic redundancy check of ISO 3309, polynomial 0xEDB88320 reflected, as PNG asks for it.
    static func sum(of bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
        return ~sum
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }
}
