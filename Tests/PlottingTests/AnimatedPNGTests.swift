import Foundation
import Testing

@testable import Plotting

@Suite struct AnimatedPNGTests {
    private func figure(_ phase: Double) -> Figure {
        .curves([Named("f", .real, (0...20).map { Point(Double($0), sin(Double($0) + phase)) })], title: "f")
    }

    private static func word(_ bytes: some Collection<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// The pictures of an animated PNG, each put back into a PNG of its own, by the rules of the specification.
    private func frames(_ file: [UInt8]) throws -> [PNGImage] {
        let chunks = try AnimatedPNG.chunks(of: file)
        #expect(chunks.map(\.name).first == "IHDR" && chunks.map(\.name).last == "IEND")
        let control = try #require(chunks.firstIndex { $0.name == "acTL" })
        let pixels = try #require(chunks.firstIndex { $0.name == "IDAT" })
        #expect(control < pixels)
        var next = 0
        var pictures: [[UInt8]] = []
        for chunk in chunks {
            if ["fcTL", "fdAT"].contains(chunk.name) {
                #expect(Self.word(chunk.body.prefix(4)) == next, "numbers run on without a gap")
                next += 1
            }
            switch chunk.name {
            case "fcTL":
                #expect(chunk.body.count == 26 && Array(chunk.body[4..<12]) == Array(chunks[0].body.prefix(8)))
                #expect(Self.word(chunk.body[20..<22]) == 7 && Self.word(chunk.body[22..<24]) == 100)
                pictures.append([])
            case "IDAT": pictures[pictures.count - 1] += chunk.body
            case "fdAT": pictures[pictures.count - 1] += chunk.body.dropFirst(4)
            default: break
            }
        }
        #expect(Self.word(chunks[control].body.prefix(4)) == pictures.count)
        let signature = Array(file.prefix(8))
        return try pictures.map { picture in
            try PNGImage(signature + chunks[0].bytes + PNGChunk("IDAT", picture).bytes + PNGChunk("IEND", []).bytes)
        }
    }

    @Test func sumsAreThoseOfTheSpecification() {
        // The IEND chunk of every PNG, and the check value of the polynomial.
        #expect(PNGChunk("IEND", []).bytes == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
        #expect(PNGChunk.sum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    }

    @Test func everyFigureIsAFrameThatCanBeDecoded() throws {
        let scratch = try Scratch()
        let film = Animation(.apng, size: PixelSize(width: 200, height: 150), hundredths: 7)
        let gnuplot = Gnuplot()
        var alone: [PNGImage] = []
        for phase in 0..<3 {
            try film.add(figure(Double(phase)))
            alone.append(
                try PNGImage(
                    gnuplot.draw(figure(Double(phase)), on: .png(PixelSize(width: 200, height: 150)))))
        }
        try film.write(to: scratch.file("a.apng"))
        let bytes = [UInt8](try #require(FileManager.default.contents(atPath: scratch.file("a.apng"))))
        let frames = try frames(bytes)
        #expect(frames.count == 3)
        for (frame, picture) in zip(frames, alone) {
            #expect((frame.width, frame.height) == (200, 150))
            let same = (0..<200 * 150).allSatisfy { frame[$0 % 200, $0 / 200] == picture[$0 % 200, $0 / 200] }
            #expect(same)
        }
        #expect((0..<200 * 150).contains { frames[0][$0 % 200, $0 / 200] != frames[1][$0 % 200, $0 / 200] })
        // A viewer that knows nothing of animation sees the first frame.
        let plain = try PNGImage(bytes)
        #expect((0..<200 * 150).allSatisfy { plain[$0 % 200, $0 / 200] == frames[0][$0 % 200, $0 / 200] })
    }

    @Test func whatIsNoPNGOrOfAnotherSizeIsNoFrame() throws {
        let gnuplot = Gnuplot()
        let small = try gnuplot.draw(figure(0), on: .png(PixelSize(width: 100, height: 100)))
        let large = try gnuplot.draw(figure(0), on: .png(PixelSize(width: 120, height: 100)))
        var film = AnimatedPNG(hundredths: 5)
        try film.add(small)
        #expect(throws: AnimatedPNG.Flaw.differs) { try film.add(large) }
        var torn = small
        torn[torn.count / 2] ^= 1
        for bytes in [[], Array(small.prefix(60)), Array(small.dropLast(12)), torn, Array("GIF89a".utf8)] {
            #expect(throws: AnimatedPNG.Flaw.notPNG) { try film.add(bytes) }
        }
        #expect(film.count == 1)
        #expect(AnimatedPNG(hundredths: 5).bytes.isEmpty)
    }

    @Test func aFilmGoesOnWhenGnuplotIsKilledBetweenFrames() throws {
        let scratch = try Scratch()
        let film = Animation(.apng, size: PixelSize(width: 100, height: 100), hundredths: 7)
        try film.add(figure(0))
        kill(try #require(film.processID), SIGKILL)
        try film.add(figure(1))
        try film.write(to: scratch.file("a.apng"))
        let bytes = [UInt8](try #require(FileManager.default.contents(atPath: scratch.file("a.apng"))))
        #expect(try frames(bytes).count == 2)
    }
}
