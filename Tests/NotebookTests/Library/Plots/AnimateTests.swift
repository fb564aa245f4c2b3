import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

@Suite struct AnimateTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "animate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private var film: URL { folder.appending(path: "it's a ring.gif") }

    private func note(_ outputs: [Output]) -> String? {
        outputs.compactMap { if case .note(let text) = $0 { text } else { nil } }.last
    }

    @Test func aFilmIsMadeWhileTheGameIsPlayed() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cells = try PictureCells(PictureCells.line)
        let outputs = try cells.run("animate density over 40 to \"\(film.path)\" frames=5")
        #expect(note(outputs) == "wrote \(film.path): 5 frames, from step 0 to 40")
        #expect(try Data(contentsOf: film).starts(with: Array("GIF89a".utf8)))
        #expect(try cells.value("game.steps").integer == 40)
        let alone = try PictureCells(PictureCells.line, "train 40")
        #expect(try cells.numbers("game.G.parameters[0]") == alone.numbers("game.G.parameters[0]"))
    }

    @Test func theFramesOfAFilmShareItsTime() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cells = try PictureCells(PictureCells.line)
        try cells.run("animate density over 40 to \"\(film.path)\" frames=5 seconds=2")
        let bytes = [UInt8](try Data(contentsOf: film))
        // A graphic control extension stands before each frame: its time is in hundredths, the low byte first.
        let controls = bytes.indices.dropLast(8).filter {
            Array(bytes[$0..<$0 + 3]) == [0x21, 0xF9, 0x04] && bytes[$0 + 7] == 0
        }
        #expect(controls.map { Int(bytes[$0 + 4]) + 256 * Int(bytes[$0 + 5]) } == [40, 40, 40, 40, 40])
    }

    @Test func everyFrameTellsItsStep() {
        let one = Figure.curves([Named("f", .real, [Point(0, 0), Point(1, 1)])])
        var named = one
        named.panels[0].title = "my ring"
        #expect(AnimateCommand.timed(one, step: 17).panels[0].title == "step 17")
        #expect(AnimateCommand.timed(named, step: 17).panels[0].title == "my ring, step 17")
        let two = Figure(panels: one.panels + named.panels)
        #expect(AnimateCommand.timed(two, step: 17).title == "step 17")
        #expect(AnimateCommand.timed(two, step: 17).panels.map(\.title) == ["", "my ring"])
        // A dashboard says it in its own words.
        let page = Figure(title: "step 17 of 40, 43 %", panels: two.panels)
        #expect(AnimateCommand.timed(page, step: 17) == page)
    }

    @Test func anAnimatedPNGHasAFrameForEachPicture() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cells = try PictureCells(PictureCells.ring)
        let file = folder.appending(path: "ring.apng")
        let outputs = try cells.run("animate game over 20 to \(file.path) frames=3")
        #expect(note(outputs) == "wrote \(file.path): 3 frames, from step 0 to 20")
        let bytes = [UInt8](try Data(contentsOf: file))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        func count(_ name: String) -> Int {
            bytes.indices.dropLast(3).count { Array(bytes[$0..<$0 + 4]) == Array(name.utf8) }
        }
        #expect(count("acTL") == 1 && count("fcTL") == 3 && count("fdAT") == 2)
    }

    @Test func ctrlCLeavesAFilmOfWhatWasReached() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cells = try PictureCells(PictureCells.line)
        cells.interrupt(after: 400)
        let outputs = try cells.run("animate game over 10000 to \"\(film.path)\" frames=1000")
        let steps = try #require(try cells.value("game.steps").integer)
        #expect(steps > 10 && steps < 1000)
        #expect(note(outputs)?.hasPrefix("wrote ") == true)
        #expect(try Data(contentsOf: film).last == 0x3B)
    }

    @Test(arguments: ["animate density over 5 to x.png", "animate density over 5", "animate nothing over 5 to x.gif"])
    func whatMakesNoFilmIsToldBeforeAnythingIsPlayed(cell: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cells = try PictureCells(PictureCells.line)
        #expect(throws: CellError.self) { try cells.run(cell) }
        #expect(try cells.value("game.steps").integer == 0)
        #expect(!FileManager.default.fileExists(atPath: "x.gif"))
    }
}
