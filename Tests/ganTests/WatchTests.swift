import Foundation
import Testing

/// Pictures at the prompt that follow one another while a game is played.
@Suite struct WatchTests {
    private let gan: GanProgram
    private let game = "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8)"

    init() throws { gan = try GanProgram() }

    private func lines(_ terminal: PseudoTerminal, with text: String) -> Int {
        terminal.screen.lines.count { $0.contains(text) }
    }

    @Test func framesTakeTheSamePlace() throws {
        defer { gan.clear() }
        let terminal = try gan.open(columns: 80, rows: 70)
        terminal.expectLine("[1] ›")
        terminal.type("\(game); watch plot dashboard every 10; train 60000\r")
        terminal.expect("step 60000 of 60000, 100 %")
        terminal.expectLine("[2] ›")
        #expect(lines(terminal, with: "of 60000, ") == 1, "\(terminal.screen.text)")
        // There were several: each went back up over the one before.
        let sent = String(decoding: terminal.transcript, as: UTF8.self)
        #expect(sent.components(separatedBy: " of 60000, ").count > 2)
    }

    @Test func inAPipeOnlyTheLastPictureIsPrinted() throws {
        defer { gan.clear() }
        let outcome = try gan.run(input: "\(game); watch plot dashboard every 10; train 500\n")
        #expect(outcome.code == 0)
        #expect(outcome.output.components(separatedBy: "of 500, ").count == 2)
        #expect(!outcome.output.contains("\u{1B}"))
    }

    @Test func aGnuplotThatDiesCostsThePictureAndNotTheTraining() throws {
        defer { gan.clear() }
        // This one ends in the middle of every picture.
        let folder = gan.home.appending(path: "bin")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let real = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let script = folder.appending(path: "gnuplot")
        try "#!/bin/sh\nPATH='\(real)'\nhead -c 3000 | gnuplot \"$@\"\n"
            .write(to: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
        let terminal = try gan.open(rows: 70, ["PATH": "\(folder.path):\(real)"])
        terminal.expectLine("[1] ›")
        terminal.type("\(game); watch plot dashboard every 10; train 60000\r")
        terminal.expect("60000 steps: step 60000")
        terminal.expectLine("[2] ›")
        #expect(lines(terminal, with: "of the picture; training goes") == 1, "\(terminal.screen.text)")
    }
}
