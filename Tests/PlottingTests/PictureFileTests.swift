import Foundation
import Testing

@testable import Plotting

@Suite struct PictureFileTests {
    private let figure = Figure.curves([Named("f", .real, [Point(0, 0), Point(1, 1)])])

    @Test(arguments: [("a.png", "\u{89}PNG"), ("b.PDF", "%PDF"), ("c.svg", "<?xml"), ("it's `a` file.svg", "<?xml")])
    func theEndingChoosesTheKind(_ name: String, _ start: String) throws {
        let scratch = try Scratch()
        try PictureFile.write(figure, to: scratch.file(name), with: Gnuplot())
        let bytes = try #require(FileManager.default.contents(atPath: scratch.file(name)))
        #expect(String(bytes.prefix(start.unicodeScalars.count).map { Character(Unicode.Scalar($0)) }) == start)
    }

    @Test func aTextFileHasNoControlCharactersAndFits() throws {
        let scratch = try Scratch()
        try PictureFile.write(figure, to: scratch.file("a.txt"), with: Gnuplot())
        let text = try String(contentsOfFile: scratch.file("a.txt"), encoding: .utf8)
        #expect(!text.contains("\u{1B}") && !text.contains("\u{C}"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 && $0.last != " " })
        #expect(text.split(separator: "\n").count <= 24)
    }

    @Test(arguments: [
        ("a.jpg", "a.png"), ("plot", "plot.png"), ("x.sgv", "x.svg"), ("x.text", "x.txt"), ("x.ps", "x.pdf"),
        ("dir.png/x", "dir.png/x.png"),
    ])
    func anUnknownEndingIsToldWithASuggestion(_ name: String, _ suggestion: String) {
        let expected = PlotError.unknownKind(path: name, suggestion: suggestion)
        #expect(throws: expected) { try PictureFile.write(figure, to: name, with: Gnuplot()) }
        #expect(expected.help == "the ending chooses: .png, .svg, .pdf, .txt; did you mean '\(suggestion)'?")
    }

    @Test func whatCannotBeWrittenIsSaidPlainly() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.file("folder.png"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: scratch.file("full.png"), withDestinationPath: "/dev/full")
        let cases = [
            (scratch.file("missing/a.png"), "there is no folder '\(scratch.file("missing"))'"),
            (scratch.file("folder.png"), "it is a folder"), (scratch.file("full.png"), "the disk is full"),
            (scratch.file(String(repeating: "x", count: 300) + ".png"), "the name is too long"),
        ]
        for (path, reason) in cases {
            #expect(throws: PlotError.unwritable(path: path, reason: reason)) {
                try PictureFile.write(figure, to: path, with: Gnuplot())
            }
        }
    }

    @Test func anOldPictureStaysWholeWhileTheNewOneIsWritten() throws {
        let scratch = try Scratch()
        try "old".write(toFile: scratch.file("a.txt"), atomically: true, encoding: .utf8)
        let reader = try #require(FileHandle(forReadingAtPath: scratch.file("a.txt")))
        try PictureFile.write(figure, to: scratch.file("a.txt"), with: Gnuplot())
        #expect(try reader.readToEnd() == Data("old".utf8))
        #expect(try String(contentsOfFile: scratch.file("a.txt"), encoding: .utf8) != "old")
    }

    @Test func aFailedDrawingLeavesTheOldFileAlone() throws {
        let scratch = try Scratch()
        try "old".write(toFile: scratch.file("a.png"), atomically: true, encoding: .utf8)
        #expect(throws: PlotError.missing) {
            try PictureFile.write(figure, to: scratch.file("a.png"), with: Gnuplot(searchPath: ""))
        }
        #expect(try String(contentsOfFile: scratch.file("a.png"), encoding: .utf8) == "old")
    }
}
