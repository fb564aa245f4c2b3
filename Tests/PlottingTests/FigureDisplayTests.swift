import Foundation
import Testing

@testable import Plotting

@Suite struct FigureDisplayTests {
    private let figure = Figure.curves([Named("f", .real, [Point(0, 0), Point(1, 1)])])
    private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

    private func environment(_ variables: [String: String], isTerminal: Bool = true, hasSixels: Bool? = nil)
        -> DisplayEnvironment
    {
        DisplayEnvironment(
            variables: ["PATH": path].merging(variables) { $1 }, isTerminal: isTerminal, columns: 80, rows: 24,
            hasSixels: hasSixels)
    }

    @Test(arguments: [
        (["TERM": "xterm-256color", "LANG": "en_GB.UTF-8"], TextStyle(colours: .many, isUnicode: true)),
        (["TERM": "xterm", "COLORTERM": "truecolor", "LC_ALL": "C"], TextStyle(colours: .all, isUnicode: false)),
        (["TERM": "xterm-256color", "NO_COLOR": "1", "LANG": "C.utf8"], TextStyle(colours: .none, isUnicode: true)),
        (["TERM": "vt220"], TextStyle(colours: .eight, isUnicode: false)),
        (["TERM": "dumb", "LC_ALL": "", "LANG": "C.UTF-8"], TextStyle(colours: .none, isUnicode: true)),
        (["TERM": "linux", "LANG": "C.UTF-8"], TextStyle(colours: .eight, isUnicode: false)),
    ])
    func theEnvironmentTellsWhichCharactersAndColours(_ variables: [String: String], _ style: TextStyle) {
        #expect(environment(variables).textStyle == style)
    }

    @Test(arguments: [
        (["TERM": "xterm-kitty"], FigureDisplay.Means.kitty), (["TERM": "xterm-kitty", "TMUX": "x"], .text),
        (["TERM": "xterm", "TERM_PROGRAM": "WezTerm"], .sixel), (["TERM": "foot"], .sixel), (["TERM": "xterm"], .text),
        (["TERM": "xterm", "GAN_PLOT": "sixel"], .sixel), (["TERM": "xterm-kitty", "GAN_PLOT": "text"], .text),
    ])
    func theBestMeansIsChosen(_ variables: [String: String], _ means: FigureDisplay.Means) throws {
        #expect(try FigureDisplay(environment: environment(variables)).means() == means)
    }

    @Test func whatTheTerminalSaidCountsMoreThanItsName() throws {
        #expect(try FigureDisplay(environment: environment(["TERM": "foot"], hasSixels: false)).means() == .text)
        #expect(try FigureDisplay(environment: environment(["TERM": "xterm"], hasSixels: true)).means() == .sixel)
    }

    @Test func aPipeGetsPlainText() throws {
        let display = FigureDisplay(
            environment: environment(["TERM": "xterm-kitty", "DISPLAY": ":9"], isTerminal: false))
        guard case .text(let text) = try display.show(figure) else {
            Issue.record("no text")
            return
        }
        #expect(!text.contains("\u{1B}"))
    }

    @Test(arguments: ["exit 0", "sleep 30", "exec /usr/bin/gnuplot -d"])
    func aDisplayWhereNoWindowOpensIsGivenUpForTheTerminal(_ script: String) throws {
        let scratch = try Scratch()
        // The first process says that windows can be opened and draws well; the second one should open one, and fails.
        let path = try scratch.fakeGnuplot(
            """
            if [ -e '\(scratch.file("window"))' ]; then \(script); exit; fi
            touch '\(scratch.file("window"))'
            sed -u "s/print GPVAL_TERMINALS/print 'qt dumb'/" | /usr/bin/gnuplot -d
            """)
        let display = FigureDisplay(
            environment: environment(["TERM": "xterm", "WAYLAND_DISPLAY": try scratch.display(), "PATH": path]),
            timeLimit: 3)
        let first = Result { try display.show(figure) }
        guard case .success(.text(let text)) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(!text.isEmpty)
    }

    @Test(arguments: [
        ("qt wxt x11 dumb", FigureDisplay.Means.window(.qt)), ("wxt x11 dumb", .window(.wxt)),
        ("x11 dumb", .window(.x11)), ("dumb", .text),
    ])
    func theFinestWindowThatGnuplotHasIsTaken(_ terminals: String, _ means: FigureDisplay.Means) throws {
        let scratch = try Scratch()
        let path = try scratch.fakeGnuplot(
            "sed -u \"s/print GPVAL_TERMINALS/print '\(terminals)'/\" | /usr/bin/gnuplot -d")
        let there = environment(["TERM": "xterm", "DISPLAY": ":0", "PATH": path])
        #expect(try FigureDisplay(environment: there).means() == means)
        // Without a display no window is tried.
        #expect(try FigureDisplay(environment: environment(["TERM": "xterm", "PATH": path])).means() == .text)
    }

    @Test func aPlainWindowOfXIsToldNothingThatItDoesNotKnow() throws {
        let scratch = try Scratch()
        let path = try scratch.fakeGnuplot(
            """
            tee -a '\(scratch.file("said"))' | sed -u -e "s/print GPVAL_TERMINALS/print 'x11 dumb'/" \
                -e "s/^set terminal x11.*/set terminal dumb/" | /usr/bin/gnuplot -d
            """)
        let display = FigureDisplay(
            environment: environment(["TERM": "xterm", "WAYLAND_DISPLAY": try scratch.display(), "PATH": path]))
        #expect(try display.show(figure) == .window)
        let said = try String(contentsOfFile: scratch.file("said"), encoding: .utf8)
        let terminal = said.split(separator: "\n").first { $0.hasPrefix("set terminal x11") }
        #expect(terminal == "set terminal x11 0 noenhanced persist noraise size 900,600 title 'gan'")
    }

    /// A stand-in for a gnuplot with Qt's windows, whose Close event is told by a file.
    private func windowed(_ scratch: Scratch) throws -> FigureDisplay {
        let closed = scratch.file("closed")
        let path = try scratch.fakeGnuplot(
            """
            sed -u -e "s/print GPVAL_TERMINALS/print 'qt dumb'/" -e "s/^set terminal qt.*/set terminal dumb/" \
                -e "s/^bind .*//" \
                -e 's|^do for .*|if (system("cat \(closed) 2>/dev/null") eq "yes") {gan_closed = 1}|' \
                | /usr/bin/gnuplot -d
            """)
        return FigureDisplay(
            environment: environment(["TERM": "xterm", "WAYLAND_DISPLAY": try scratch.display(), "PATH": path]))
    }

    @Test func aWindowThatThePersonClosesEndsTheRowOfPicturesAndTheNextPictureOpensAnother() throws {
        let scratch = try Scratch()
        let display = try windowed(scratch)
        #expect(try display.show(figure, isFrame: true) == .window)
        #expect(try display.show(figure, isFrame: true) == .window)
        try "yes".write(toFile: scratch.file("closed"), atomically: true, encoding: .utf8)
        #expect(throws: PlotError.windowClosed) { try display.show(figure, isFrame: true) }
        // One that is asked for, not one of a row.
        #expect(try display.show(figure) == .window)
        try FileManager.default.removeItem(atPath: scratch.file("closed"))
        #expect(try display.show(figure, isFrame: true) == .window)
    }

    @Test func withoutItsDisplayAPictureStandsInTheTerminalAndWithAnotherInAWindowAgain() throws {
        let scratch = try Scratch()
        let display = try windowed(scratch)
        #expect(try display.show(figure) == .window)
        scratch.closeDisplays()
        for isFrame in [true, false] {
            guard case .text(let text) = try display.show(figure, isFrame: isFrame) else {
                Issue.record("no text")
                return
            }
            #expect(!text.isEmpty)
        }
        display.environment.variables["WAYLAND_DISPLAY"] = try scratch.display("another")
        #expect(try display.show(figure) == .window)
    }

    @Test func aDisplayIsThereWhereSomebodyListens() throws {
        let scratch = try Scratch()
        let path = try scratch.display("wayland-7")
        #expect(DisplayServer.answers(["WAYLAND_DISPLAY": path]))
        #expect(DisplayServer.answers(["WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": scratch.path]))
        #expect(!DisplayServer.answers(["WAYLAND_DISPLAY": "wayland-8", "XDG_RUNTIME_DIR": scratch.path]))
        scratch.closeDisplays()
        #expect(!DisplayServer.answers(["WAYLAND_DISPLAY": path]))
        // Numbers that no server has; a machine that is not this one, and a name that says nothing, are believed.
        for name in [":65431", "unix:65431.0", "localhost:59000.0"] {
            #expect(!DisplayServer.answers(["DISPLAY": name]))
        }
        for name in ["far.example.org:0", "nonsense"] { #expect(DisplayServer.answers(["DISPLAY": name])) }
        #expect(!DisplayServer.answers([:]))
    }

    @Test func inlinePicturesAreWhatTheTerminalUnderstands() throws {
        let sixel = FigureDisplay(environment: environment(["TERM": "foot"]))
        guard case .bytes(let bytes, _) = try sixel.show(figure) else {
            Issue.record("no bytes")
            return
        }
        #expect(bytes.starts(with: Array("\u{1B}P".utf8)))
    }

    @Test func kittyGetsThePNGInPieces() throws {
        let png = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let text = String(decoding: KittyGraphics.message(png: png), as: UTF8.self)
        let pieces = text.matches(of: /\u{1B}_G([^;]*);([^\u{1B}]*)\u{1B}\\/)
        #expect(pieces.map { String($0.1) } == ["a=T,f=100,q=2,m=1", "m=1", "m=1", "m=0"])
        #expect(pieces.allSatisfy { $0.2.count <= 4096 })
        let payload = pieces.map { String($0.2) }.joined()
        #expect(Data(base64Encoded: payload).map { [UInt8]($0) } == png)
    }
}
