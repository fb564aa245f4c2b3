import Foundation
import Testing

@testable import Plotting

@Suite struct AnimationTests {
    private func figure(_ phase: Double) -> Figure {
        .curves([Named("f", .real, (0...20).map { Point(Double($0), sin(Double($0) + phase)) })], title: "f")
    }

    /// Frames and the pause after each in a GIF, by its blocks (GIF89a specification).
    private func frames(_ bytes: [UInt8]) -> (count: Int, pauses: Set<Int>) {
        guard bytes.count > 13, bytes.starts(with: Array("GIF89a".utf8)) else { return (0, []) }
        func table(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
        var place = 13 + table(bytes[10])
        var (count, pauses) = (0, Set<Int>())
        while place < bytes.count, bytes[place] != 0x3B {
            if bytes[place] == 0x21 {
                if bytes[place + 1] == 0xF9 { pauses.insert(Int(bytes[place + 4]) + 256 * Int(bytes[place + 5])) }
                place += 2
            } else {
                count += 1
                place += 10 + table(bytes[place + 9]) + 1
            }
            while place < bytes.count, bytes[place] != 0 { place += Int(bytes[place]) + 1 }
            place += 1
        }
        return (place < bytes.count ? count : -1, pauses)
    }

    @Test func everyFigureIsAFrameAndPanelsShareOne() throws {
        let scratch = try Scratch()
        let film = Animation(size: PixelSize(width: 200, height: 150), hundredths: 7)
        for phase in 0..<3 { try film.add(figure(Double(phase))) }
        try film.add(Figure.panels([figure(3), figure(4)], title: "two"))
        try film.write(to: scratch.file("a.gif"))
        let bytes = [UInt8](try #require(FileManager.default.contents(atPath: scratch.file("a.gif"))))
        #expect(frames(bytes).count == 4 && frames(bytes).pauses == [7])
        #expect(bytes[6] == 200 && bytes[8] == 150)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a.gif"])
    }

    @Test func whatIsThereStaysWhenGnuplotDies() throws {
        let scratch = try Scratch()
        try "old".write(toFile: scratch.file("a.gif"), atomically: true, encoding: .utf8)
        let film = Animation(size: PixelSize(width: 200, height: 150))
        try film.add(figure(0))
        kill(try #require(film.processID), SIGKILL)
        #expect(throws: PlotError.died) {
            try film.add(figure(1))
            try film.add(figure(2))
            try film.write(to: scratch.file("a.gif"))
        }
        #expect(try String(contentsOfFile: scratch.file("a.gif"), encoding: .utf8) == "old")
    }

    @Test(arguments: [
        ("a.png", "a.apng"), ("a.svg", "a.gif"), ("film", "film.gif"), ("film.", "film.gif"), ("a.mp4", "a.mp4.gif"),
    ])
    func othersDoNotMove(_ name: String, _ suggestion: String) {
        let expected = PlotError.notMoving(path: name, suggestion: suggestion)
        #expect(throws: expected) { try Animation.kind(of: name) }
        #expect(expected.help == "the name ends in .gif or .apng, such as '\(suggestion)'")
    }

    @Test func theEndingChoosesTheKind() throws {
        #expect(try Animation.kind(of: "a.gif") == .gif && Animation.kind(of: "x.y.APNG") == .apng)
    }

    @Test func withoutAFrameThereIsNoFile() throws {
        let scratch = try Scratch()
        #expect(throws: PlotError.empty) { try Animation().write(to: scratch.file("a.gif")) }
        #expect(!scratch.exists("a.gif"))
    }
}
