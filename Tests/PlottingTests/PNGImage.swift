import Testing

@testable import Plotting

/// A PNG as gnuplot writes it, decoded: 8 bits, RGB, RGBA or palette, not interlaced. For looking into pictures.
struct PNGImage {
    let width: Int
    let height: Int
    private let pixels: [RGB]

    enum Broken: Error { case notPNG, unsupported, truncated, badCode }

    init(_ bytes: [UInt8]) throws {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]) else { throw Broken.notPNG }
        var header: [UInt8] = []
        var palette: [UInt8] = []
        var packed: [UInt8] = []
        var place = 8
        while place + 8 <= bytes.count {
            let length = Self.word(bytes, place)
            let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            guard place + 12 + length <= bytes.count else { throw Broken.truncated }
            let body = bytes[place + 8..<place + 8 + length]
            if name == "IHDR" { header = Array(body) }
            if name == "PLTE" { palette = Array(body) }
            if name == "IDAT" { packed += body }
            place += 12 + length
        }
        guard header.count == 13, header[8] == 8, header[12] == 0 else { throw Broken.unsupported }
        width = Self.word(header, 0)
        height = Self.word(header, 4)
        guard let channels = [2: 3, 3: 1, 6: 4][Int(header[9])] else { throw Broken.unsupported }
        let raw = try Inflate.unpacked(Array(packed.dropFirst(2)))
        let rows = try Self.unfiltered(raw, width: width, height: height, channels: channels)
        pixels = (0..<width * height).map { index in
            if channels == 1 {
                let entry = 3 * Int(rows[index])
                return Self.colour(palette[entry], palette[entry + 1], palette[entry + 2])
            }
            let start = index * channels
            return Self.colour(rows[start], rows[start + 1], rows[start + 2])
        }
    }

    subscript(x: Int, y: Int) -> RGB { pixels[y * width + x] }

    /// How many pixels are nearly of a colour inside a part of the picture, given in shares of its width and height.
    func count(
        of colour: RGB, x: ClosedRange<Double> = 0...1, y: ClosedRange<Double> = 0...1, within reach: Int = 24
    ) -> Int {
        let columns = Int(x.lowerBound * Double(width))..<Int(x.upperBound * Double(width))
        let rows = Int(y.lowerBound * Double(height))..<Int(y.upperBound * Double(height))
        let wanted = colour.components
        return rows.reduce(0) { sum, row in
            sum
                + columns.count { column in
                    let pixel = self[column, row].components
                    return max(
                        abs(pixel.red - wanted.red), abs(pixel.green - wanted.green), abs(pixel.blue - wanted.blue))
                        <= reach
                }
        }
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func colour(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> RGB {
        RGB(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
    }

    private static func unfiltered(_ raw: [UInt8], width: Int, height: Int, channels: Int) throws -> [UInt8] {
        let stride = width * channels
        guard raw.count >= (stride + 1) * height else { throw Broken.truncated }
        var out = [UInt8](repeating: 0, count: stride * height)
        for row in 0..<height {
            let kind = raw[row * (stride + 1)]
            for column in 0..<stride {
                let left = column >= channels ? Int(out[row * stride + column - channels]) : 0
                let up = row > 0 ? Int(out[(row - 1) * stride + column]) : 0
                let corner = row > 0 && column >= channels ? Int(out[(row - 1) * stride + column - channels]) : 0
                let guess: Int
                switch kind {
                case 0: guess = 0
                case 1: guess = left
                case 2: guess = up
                case 3: guess = (left + up) / 2
                case 4:
                    let (a, b, c) = (abs(up - corner), abs(left - corner), abs(left + up - 2 * corner))
                    guess = a <= b && a <= c ? left : b <= c ? up : corner
                default: throw Broken.unsupported
                }
                out[row * stride + column] = raw[row * (stride + 1) + 1 + column] &+ UInt8(truncatingIfNeeded: guess)
            }
        }
        return out
    }
}

/// RFC 1951.
private struct Inflate {
    private let bytes: [UInt8]
    private var place = 0
    private var bit = 0
    private var out: [UInt8] = []

    static func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        var inflate = Inflate(bytes: bytes)
        while try !inflate.block() {}
        return inflate.out
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func bits(_ count: Int) throws -> Int {
        var value = 0
        for index in 0..<count {
            guard place < bytes.count else { throw PNGImage.Broken.truncated }
            value |= Int(bytes[place] >> UInt8(bit) & 1) << index
            bit += 1
            if bit == 8 { (bit, place) = (0, place + 1) }
        }
        return value
    }

    /// Reads one block; true for the last.
    private mutating func block() throws -> Bool {
        let isLast = try bits(1) == 1
        switch try bits(2) {
        case 0: try stored()
        case 1:
            let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
            try coded(Codes(lengths), Codes(Array(repeating: 5, count: 30)))
        case 2:
            let (literals, distances) = try codes()
            try coded(literals, distances)
        default: throw PNGImage.Broken.badCode
        }
        return isLast
    }

    private mutating func stored() throws {
        if bit > 0 { (bit, place) = (0, place + 1) }
        let count = try bits(16)
        _ = try bits(16)
        for _ in 0..<count { out.append(UInt8(try bits(8))) }
    }

    private mutating func codes() throws -> (Codes, Codes) {
        let literals = try bits(5) + 257
        let distances = try bits(5) + 1
        let count = try bits(4) + 4
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var lengths = Array(repeating: 0, count: 19)
        for index in 0..<count { lengths[order[index]] = try bits(3) }
        let code = Codes(lengths)
        var all: [Int] = []
        while all.count < literals + distances {
            switch try symbol(code) {
            case let length where length < 16: all.append(length)
            case 16: all += Array(repeating: all.last ?? 0, count: try bits(2) + 3)
            case 17: all += Array(repeating: 0, count: try bits(3) + 3)
            default: all += Array(repeating: 0, count: try bits(7) + 11)
            }
        }
        return (Codes(Array(all[..<literals])), Codes(Array(all[literals..<literals + distances])))
    }

    private mutating func coded(_ literals: Codes, _ distances: Codes) throws {
        let lengthBase = [
            3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
            227, 258,
        ]
        let lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
        while true {
            let code = try symbol(literals)
            if code == 256 { return }
            if code < 256 {
                out.append(UInt8(code))
                continue
            }
            guard code - 257 < lengthBase.count else { throw PNGImage.Broken.badCode }
            let length = lengthBase[code - 257] + (try bits(lengthBits[code - 257]))
            let far = try symbol(distances)
            let extra = max(far / 2 - 1, 0)
            let base = far < 4 ? far + 1 : ((2 + far % 2) << extra) + 1
            let distance = base + (try bits(extra))
            guard distance <= out.count else { throw PNGImage.Broken.badCode }
            for _ in 0..<length { out.append(out[out.count - distance]) }
        }
    }

    private mutating func symbol(_ codes: Codes) throws -> Int {
        var code = 0
        for length in 1...15 {
            code = code << 1 | (try bits(1))
            let offset = code - codes.first[length]
            if offset >= 0, offset < codes.counts[length] { return codes.symbols[codes.start[length] + offset] }
        }
        throw PNGImage.Broken.badCode
    }

    /// A canonical Huffman code.
    private struct Codes {
        var counts = Array(repeating: 0, count: 16)
        var first = Array(repeating: 0, count: 16)
        var start = Array(repeating: 0, count: 16)
        var symbols: [Int] = []

        init(_ lengths: [Int]) {
            for length in lengths where length > 0 { counts[length] += 1 }
            var code = 0
            for length in 1...15 {
                code = (code + counts[length - 1]) << 1
                first[length] = code
                start[length] = symbols.count
                symbols += lengths.indices.filter { lengths[$0] == length }
            }
        }
    }
}
