import Foundation
import Testing

/// Without a terminal: cells from a pipe, files, and the exit codes.
@Suite struct BatchTests {
    private let gan: GanProgram

    init() throws { gan = try GanProgram() }

    @Test func onlyWhatCellsPrintIsPrinted() throws {
        defer { gan.clear() }
        let outcome = try gan.run(input: "a = 1 / 3\na\n# nothing\n\nb = [1,\n 2]\nb; 'text'\n")
        #expect(outcome == .init(output: "0.3333333333333333\n[1, 2]\n\"text\"\n", errors: "", code: 0))
    }

    @Test func theFirstFailureEndsItWithItsLine() throws {
        defer { gan.clear() }
        let outcome = try gan.run(input: "1\n[1,\n nothere,\n 3]\n2\n")
        #expect(outcome.output == "1\n")
        #expect(outcome.errors.hasPrefix("name error in line 3: there is no `nothere`"))
        #expect(outcome.errors.contains("     nothere,\n     ^^^^^^^"))
        #expect(outcome.code == 1)
    }

    @Test func anUnfinishedLastCellIsAnError() throws {
        defer { gan.clear() }
        let outcome = try gan.run(input: "1\nsum([1,\n")
        #expect(outcome.output == "1\n")
        #expect(outcome.errors.contains("syntax error"))
        #expect(outcome.code == 1)
    }

    @Test func aLessonThatIsNotThereIsAnError() throws {
        defer { gan.clear() }
        let outcome = try gan.run(["lesson", "nonsense"])
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("there is no lesson `nonsense`"))
        #expect(outcome.code == 1)
    }

    @Test func aMissingGnuplotCostsThePictureAlone() throws {
        defer { gan.clear() }
        let outcome = try gan.run(input: "plot [1, 2, 3]\n1 + 1\n", ["PATH": "/nowhere"])
        #expect(outcome.output == "2\n")
        #expect(outcome.errors.contains("There is no picture: there is no gnuplot"))
        #expect(outcome.code == 0)
    }

    @Test func picturesGoToAFolder() throws {
        defer { gan.clear() }
        let file = gan.home.appending(path: "cells.gan")
        let folder = gan.home.appending(path: "pictures")
        try "plot [1, 2, 3]\n".write(to: file, atomically: true, encoding: .utf8)
        #expect(try gan.run(["run", file.path, "--figures", folder.path]) == .init(output: "", errors: "", code: 0))
        let picture = try Data(contentsOf: folder.appending(path: "figure-1.png"))
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try gan.run(["run", file.path]).errors == "1 picture not drawn; --figures DIR writes them\n")
    }

    @Test func exitEndsItWell() throws {
        defer { gan.clear() }
        #expect(try gan.run(input: "1\nexit\n2\n") == .init(output: "1\n", errors: "", code: 0))
    }

    @Test func plainOnATerminalEndsWithIt() throws {
        defer { gan.clear() }
        let interrupted = try gan.open(["--plain"])
        interrupted.expectLine("[1] ›")
        interrupted.type("20 + \u{3}")
        interrupted.expect("^C\n[1] ›")
        interrupted.type("20 + 22\r")
        interrupted.expect("42\n[2] ›")
        interrupted.type("\u{4}")
        #expect(interrupted.exitCode() == 0)
        let ended = try gan.open(["--plain"])
        ended.type("20 + 22\r\u{4}")
        ended.expect("42")
        #expect(ended.exitCode() == 0)
        let abandoned = try gan.open(["--plain"])
        abandoned.type("20 + 22\r")
        abandoned.expect("42")
        abandoned.signal(SIGHUP)
        #expect(abandoned.exitCode() != nil)
    }

    @Test func longInputsAndNoLastNewlineAreFine() throws {
        defer { gan.clear() }
        let cells =
            (1...20_000).map { "x = \($0)" }.joined(separator: "\r\n") + "\nx\n# "
            + String(repeating: "θ", count: 200_000)
        #expect(try gan.run(input: cells + "\nx + 1") == .init(output: "20000\n20001\n", errors: "", code: 0))
    }

    @Test func noInputIsNoError() throws {
        defer { gan.clear() }
        #expect(try gan.run() == .init(output: "", errors: "", code: 0))
    }

    @Test func theSeedDecides() throws {
        defer { gan.clear() }
        let cells = "sample(normal(0, 1), 3)\n"
        let first = try gan.run(["--seed", "5"], input: cells)
        #expect(first.code == 0)
        #expect(try gan.run(["--seed", "5"], input: cells) == first)
        #expect(try gan.run(["--seed", "6"], input: cells) != first)
    }

    @Test func aFileOfCellsRuns() throws {
        defer { gan.clear() }
        let file = gan.home.appending(path: "cells.gan")
        try "x = 2\nx ** 10\nnothere\n".write(to: file, atomically: true, encoding: .utf8)
        let outcome = try gan.run(["run", file.path])
        #expect(outcome.output == "1024\n")
        #expect(outcome.errors.contains("cells.gan, line 3: there is no `nothere`"))
        #expect(outcome.code == 1)
    }

    @Test func aNotebookRuns() throws {
        defer { gan.clear() }
        let file = gan.home.appending(path: "page.md")
        try "# Title\n\n```gan\n6 * 7\n```\n\n```gan\nnothere\n```\n\n```error\nnothere\n```\n".write(
            to: file, atomically: true, encoding: .utf8)
        #expect(try gan.run(["run", file.path]) == .init(output: "42\n", errors: "", code: 0))
    }

    @Test func aFileThatIsNotThereIsAnError() throws {
        defer { gan.clear() }
        let outcome = try gan.run(["run", "/nowhere/at/all.md"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("/nowhere/at/all.md"))
    }

    @Test func checkTellsGoodFromBad() throws {
        defer { gan.clear() }
        let good = gan.home.appending(path: "good.md")
        let bad = gan.home.appending(path: "bad.md")
        try "```gan\n6 * 7\n```\n\n```output\n42\n```\n".write(to: good, atomically: true, encoding: .utf8)
        try "```gan\n6 * 7\n```\n\n```output\n43\n```\n".write(to: bad, atomically: true, encoding: .utf8)
        let passed = try gan.run(["check", good.path])
        #expect(passed.code == 0)
        #expect(passed.output.hasPrefix("ok    "))
        let failed = try gan.run(["check", good.path, bad.path])
        #expect(failed.code == 1)
        #expect(failed.output.contains("FAIL"))
        #expect(failed.errors.contains("bad.md:5"))
        #expect(try gan.run(["check", "--update-outputs", bad.path]).code == 0)
        #expect(try String(contentsOf: bad, encoding: .utf8).contains("\n42\n"))
    }

    @Test func wrongArgumentsAreExplained() throws {
        defer { gan.clear() }
        #expect(try gan.run(["--nonsense"]).code == 64)
        #expect(try gan.run(["--help"]).output.contains("SUBCOMMANDS:"))
        #expect(try gan.run(["--version"]).code == 0)
    }

    @Test func theDoctorLooksAtEverything() throws {
        defer { gan.clear() }
        let lines = try gan.run(["doctor"]).output.split(separator: "\n").map(String.init)
        for subject in ["gnuplot", "pictures", "libedit", "locale", "lessons", "data", "memory", "processor"] {
            #expect(lines.contains { $0.contains(subject) })
        }
        let withoutGnuplot = try gan.run(["doctor"], ["PATH": "/nowhere"])
        #expect(withoutGnuplot.output.contains("warn  gnuplot    not found in PATH"))
        #expect(withoutGnuplot.output.contains("gnuplot-nox"))
    }

    @Test func theReferenceHasAnEntryForEverything() throws {
        defer { gan.clear() }
        let page = try gan.run(["reference"]).output
        #expect(page.hasPrefix("# Reference\n"))
        for line in ["### `lessons`", "### `save`", "save file", "### `doctor`"] {
            #expect(page.contains("\n\(line)\n"), "\(line)")
        }
    }
}
