import Foundation
import Testing

@testable import Plotting

@Suite struct GnuplotTests {
    private let figure = Figure.curves([Named("f", .real, [Point(0, 0), Point(1, 1)])])
    private let png = Terminal.png(PixelSize(width: 200, height: 150))

    /// Much to do: megabytes of points.
    private var large: Figure {
        .curves([Named("f", .real, (0..<30_000).map { Point(Double($0), sin(Double($0))) })])
    }

    @Test func oneProcessDrawsManyPictures() throws {
        let gnuplot = Gnuplot()
        _ = try gnuplot.draw(figure, on: png)
        let id = gnuplot.processID
        _ = try gnuplot.draw(figure, on: png)
        #expect(id != nil && gnuplot.processID == id)
    }

    @Test func withoutGnuplotTheErrorSaysWhatToInstall() throws {
        let scratch = try Scratch()
        for path in ["", scratch.path, "relative"] {
            let error = #expect(throws: PlotError.missing) { try Gnuplot(searchPath: path).draw(figure, on: png) }
            #expect(error?.help?.contains("gnuplot-nox") == true)
        }
    }

    @Test func aKilledGnuplotIsFollowedByANewOne() throws {
        let gnuplot = Gnuplot()
        _ = try gnuplot.draw(figure, on: png)
        let first = try #require(gnuplot.processID)
        kill(first, SIGKILL)
        // At once, while the shell round it still holds the pipe open.
        #expect(try !gnuplot.draw(figure, on: png).isEmpty)
        #expect(gnuplot.processID != first)
    }

    @Test func deathInTheMiddleIsAnErrorAndTheNextPictureComesOut() throws {
        let gnuplot = Gnuplot()
        _ = try gnuplot.draw(figure, on: png)
        let first = try #require(gnuplot.processID)
        let killer = Thread {
            usleep(200_000)
            kill(first, SIGKILL)
        }
        killer.start()
        #expect(throws: PlotError.died) { try gnuplot.answer("system('sleep 10')") }
        #expect(try !gnuplot.draw(figure, on: png).isEmpty)
    }

    /// The program that holds a window of Qt's inherits the pipes of its gnuplot and leaves its group.
    private let withWindow = """
        exec 3<&0
        setsid sleep 60 <&3 2>/dev/null &
        echo $! >"${0%/*}/window"
        sed -u 's/^set terminal qt.*/set terminal dumb/' | exec /usr/bin/gnuplot -d
        """

    private func window(_ scratch: Scratch) throws -> pid_t {
        let text = try String(contentsOfFile: scratch.file("window"), encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Whether a process runs; one that has ended and is only still listed does not.
    private func runs(_ process: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return !status.isEmpty && !status.contains(") Z ")
    }

    private func isGoneSoon(_ process: pid_t) -> Bool {
        for _ in 0..<200 where runs(process) { usleep(10_000) }
        return !runs(process)
    }

    @Test func aGnuplotThatIsKilledIsFoundOutAtOnceAlthoughItsWindowHoldsThePipes() throws {
        let scratch = try Scratch()
        let terminal = Terminal.window(.qt, PixelSize(width: 99, height: 99))
        let gnuplot = Gnuplot(searchPath: try scratch.fakeGnuplot(withWindow), timeLimit: 30)
        try gnuplot.show(figure, in: terminal)
        let (first, window) = (try #require(gnuplot.processID), try window(scratch))
        #expect(runs(window))
        kill(-first, SIGKILL)
        // Neither after thirty seconds nor with an error, and the window that nobody draws in any more goes.
        try gnuplot.show(figure, in: terminal)
        #expect(gnuplot.processID != first)
        #expect(isGoneSoon(window))
    }

    @Test(arguments: [false, true]) func windowsOutliveTheirGnuplotUnlessTheyAreToCloseWithIt(_ isClosed: Bool) throws {
        let scratch = try Scratch()
        let gnuplot = Gnuplot(searchPath: try scratch.fakeGnuplot(withWindow), timeLimit: 30)
        try gnuplot.show(figure, in: .window(.qt, PixelSize(width: 99, height: 99)))
        let window = try window(scratch)
        gnuplot.close(withWindows: isClosed)
        #expect(isClosed ? isGoneSoon(window) : runs(window))
        kill(window, SIGKILL)
    }

    @Test func deathWhileDataAreSentIsAnError() throws {
        let scratch = try Scratch()
        let gnuplot = Gnuplot(searchPath: try scratch.fakeGnuplot("head -c 100000 >/dev/null"), timeLimit: 20)
        #expect(throws: PlotError.died) { try gnuplot.draw(large, on: png) }
    }

    @Test(arguments: ["exit 3", "echo nonsense >&2; exit 0", "kill -9 $$"])
    func aGnuplotThatEndsAtOnceIsAnError(_ script: String) throws {
        let scratch = try Scratch()
        let gnuplot = Gnuplot(searchPath: try scratch.fakeGnuplot(script), timeLimit: 5)
        #expect(throws: PlotError.died) { try gnuplot.draw(figure, on: png) }
    }

    @Test(arguments: ["sleep 60", "cat >/dev/null; sleep 60", "exec cat >/dev/null"])
    func aGnuplotThatHangsIsEndedAtItsTimeLimit(_ script: String) throws {
        let scratch = try Scratch()
        let gnuplot = Gnuplot(searchPath: try scratch.fakeGnuplot(script), timeLimit: 0.3)
        #expect(throws: PlotError.timedOut(seconds: 0.3)) { try gnuplot.draw(large, on: png) }
        #expect(gnuplot.processID == nil)
    }

    @Test func aGnuplotThatCannotBeKilledPolitelyIsKilled() throws {
        let scratch = try Scratch()
        let path = try scratch.fakeGnuplot("trap '' TERM INT HUP; while :; do sleep 1; done")
        let gnuplot = Gnuplot(searchPath: path, timeLimit: 0.3)
        #expect(throws: PlotError.timedOut(seconds: 0.3)) { try gnuplot.draw(figure, on: png) }
    }

    @Test func aPictureCanBeInterrupted() throws {
        let scratch = try Scratch()
        let gnuplot = Gnuplot(searchPath: try scratch.fakeGnuplot("sleep 60"), timeLimit: 30, isInterrupted: { true })
        #expect(throws: PlotError.interrupted) { try gnuplot.draw(figure, on: png) }
    }

    @Test func aTalkativeGnuplotDoesNotStopTheConversation() throws {
        let scratch = try Scratch()
        // More complaints than a pipe holds, before anything is read.
        let path = try scratch.fakeGnuplot("yes 'line 0: warning: dull' | head -c 300000 >&2; exec /usr/bin/gnuplot -d")
        let gnuplot = Gnuplot(searchPath: path, timeLimit: 20)
        #expect(try !gnuplot.draw(figure, on: png).isEmpty)
    }

    @Test func whatGnuplotRefusesIsToldInOneLine() {
        let text =
            "\nset terminal nonsense\n             ^\n         line 0: unknown or ambiguous terminal name; type just 'set terminal' for a list\n"
        #expect(
            GnuplotReply.complaint(in: text)
                == "unknown or ambiguous terminal name; type just 'set terminal' for a list")
        #expect(
            GnuplotReply.complaint(in: "         line 0: warning: Skipping data file with no valid points\n") == nil)
        #expect(throws: PlotError.self) {
            try Gnuplot().show(figure, in: .window(.x11, PixelSize(width: 99, height: 99)))
        }
    }

    @Test func theTemporaryFolderGoesWithTheProcess() throws {
        let gnuplot = Gnuplot()
        _ = try gnuplot.draw(figure, on: png)
        let folder = try #require(gnuplot.temporaryFolder)
        #expect(FileManager.default.fileExists(atPath: folder))
        let id = try #require(gnuplot.processID)
        gnuplot.close()
        #expect(gnuplot.processID == nil && kill(id, 0) != 0)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func aGnuplotThatWasStoppedWhileIdleDoesNotHoldUpTheEnd() throws {
        let gnuplot = Gnuplot()
        _ = try gnuplot.draw(figure, on: png)
        let id = try #require(gnuplot.processID)
        kill(id, SIGSTOP)
        gnuplot.close()
        #expect(kill(id, 0) != 0)
    }

    @Test func gnuplotKnowsItsTerminals() throws {
        #expect(try Gnuplot().terminals().isSuperset(of: ["dumb", "pngcairo", "svg", "pdfcairo", "sixelgd"]))
    }
}
