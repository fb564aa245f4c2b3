import Foundation
import Language
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
