import Files
import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct SessionTests {
    @Test func numbersItsCells() {
        let session = Fixture.session()
        #expect(session.nextCellNumber == 1)
        #expect(session.run("2 + 3").number == 1)
        #expect(session.run("out[1] * 2").story == ["value 10"])
        #expect(session.run("_ + 1").story == ["value 11"])
        #expect(session.nextCellNumber == 4)
    }

    @Test func aFailedCellChangesNothing() {
        let session = Fixture.session()
        session.run("x = 1; y = roll()")
        let before = session.context.random
        let result = session.run("x = 2; z = roll(); w = unknown")
        #expect(result.story == ["failure name"])
        #expect(result.error?.kind == .name)
        #expect(result.number == 2)
        #expect(session.number("x") == 1)
        #expect(session.variables["z"] == nil)
        #expect(session.context.random == before)
    }

    @Test func whatIsShownIsShownAtOnceAndKept() {
        var seen: [String] = []
        let session = Session(
            configuration: .init(
                registry: Fixture.registry,
                events: { seen += CellResult(source: "", events: [$0]).story }))
        let result = session.run("1; 2; unknown")
        #expect(result.story == ["value 1", "value 2", "failure name"])
        #expect(seen == result.story)
    }

    @Test func aStoppedCellKeepsWhatItReached() {
        var asked = 0
        let session = Fixture.session(interrupted: {
            asked += 1
            return asked > 20
        })
        let result = session.run("n = 0; repeat 1000 { n = n + 1 }")
        #expect(result.wasInterrupted)
        #expect(result.error == nil)
        #expect(result.story == ["note"])
        #expect((session.number("n") ?? 0) > 0)
        #expect((session.number("n") ?? 0) < 1000)
    }

    @Test func aCellThatAlsoAsksSomethingIsStillACell() {
        let session = Fixture.session()
        #expect(session.run("x = 3; vars").number == 1)
        #expect(session.run("vars").number == nil)
        #expect(session.run("x; history").number == 2)
        #expect(session.record.map(\.source) == ["x = 3; vars", "x; history"])
    }

    @Test func theSameSeedGivesTheSameSession() {
        let (one, other) = (Fixture.session(), Fixture.session())
        #expect(one.run("roll()").story == other.run("roll()").story)
    }

    @Test func knowsWhenACellWantsMoreLines() {
        let session = Fixture.session()
        #expect(!session.isComplete("f(1,"))
        #expect(!session.isComplete("repeat 3 {"))
        #expect(session.isComplete("x = [1, 2]"))
    }

    @Test func listsItsHistory() {
        let session = Fixture.session()
        session.run(all: "a = 1", "b =", "[1,\n2]")
        let result = session.run("history")
        guard case .text(let text)? = result.outputs.first else { return #expect(Bool(false)) }
        #expect(text == "1  a = 1\n2  b =   # failed\n3  [1,\n   2]")
        #expect(result.number == nil)
        guard case .text(let last)? = session.run("history 1").outputs.first else { return #expect(Bool(false)) }
        #expect(last == "3  [1,\n   2]")
    }

    @Test func clearsAllOrSome() {
        let session = Fixture.session()
        session.run(all: "a = 1; b = 2; c = 3", "clear a b")
        #expect(session.variables.keys.sorted() == ["c"])
        let wrong = session.run("clear d")
        #expect(wrong.error?.message == "there is no variable `d`")
        session.run("clear")
        #expect(session.variables.isEmpty)
    }

    @Test func timesACell() {
        let session = Fixture.session()
        let result = session.run("time x = 2; x + 1")
        #expect(result.error == nil)
        #expect(session.number("x") == 2)
        #expect(result.said.hasPrefix("took "))
        let wrong = session.run("time y = unknown")
        #expect(wrong.error?.range == SourceRange(start: 9, end: 16))
        #expect(session.variables["y"] == nil)
    }

    @Test func leavesOnRequest() {
        #expect(Fixture.session().run("exit").wantsExit)
        #expect(Fixture.session().run("quit").wantsExit)
        #expect(!Fixture.session().run("1").wantsExit)
    }

    // MARK: Saving and running

    @Test func aSavedSessionRunsAgainToTheSameResults() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "mine.md")
            let session = Fixture.session()
            session.run(all: "x = roll()", "bad(", "x", "f(a) = a * 2\nf(3)", "'```'", "history", "lessons")
            let saved = session.run("save \"\(file.path)\"")
            #expect(saved.error == nil)
            #expect(saved.number == nil)
            let document = Document(parsing: try WholeFile.text(of: file), file: "mine.md")
            #expect(document.problems.isEmpty, "\(document.problems)")
            #expect(document.seed == 1)
            #expect(document.elements.map(\.content.kind) == ["cell", "cell", "cell", "cell"])
            let report = LessonChecker(configuration: session.configuration).check(file)
            #expect(report.isGood, "\(report.problems)")
            #expect(report.outputs == 3)
        }
    }

    @Test func picturesAreSavedBesideTheNotebook() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Fixture.session(figureWriter: { (_, file) throws(CellError) in
                do { try Data("png".utf8).write(to: file) } catch { throw CellError(.plot, "\(error)") }
            })
            session.run(all: "show picture", "show picture; show picture", "save \"\(folder.path)/a.md\"")
            let text = try WholeFile.text(of: folder.appending(path: "a.md"))
            #expect(text.contains("![The picture of cell 1](<a-figures/cell-1.png>)"))
            #expect(text.contains("![The picture of cell 2](<a-figures/cell-2-2.png>)"))
            #expect(FileManager.default.fileExists(atPath: folder.path + "/a-figures/cell-2-2.png"))
        }
    }

    @Test func aPictureThatCannotBeSavedCostsThePictureOnly() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Fixture.session(
                figureWriter: { (_, _) throws(CellError) in throw CellError(.plot, "gnuplot is not there") })
            let result = session.run(all: "show picture", "save \"\(folder.path)/a.md\"")
            #expect(result.story == ["warning", "note"])
            #expect(try WholeFile.text(of: folder.appending(path: "a.md")).contains("show picture"))
        }
    }

    @Test func aFullDiskIsAnErrorAndTheSessionGoesOn() {
        let session = Fixture.session()
        let result = session.run(all: "x = 1", "save /dev/full")
        #expect(result.error?.kind == .file)
        #expect(result.error?.message == "the notebook was not saved. /dev/full: the disk is full")
        #expect(session.run("x").story == ["value 1"])
    }

    @Test func aFileOfAnotherKindIsNotWrittenOver() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "precious.md")
            try WholeFile.write("# Mine\n", to: file)
            let result = Fixture.session().run(all: "x = 1", "save \"\(file.path)\"")
            #expect(result.error?.message.hasSuffix("is there already, and `save` has not written it") ?? false)
            #expect(try WholeFile.text(of: file) == "# Mine\n")
            #expect(Fixture.session().run("save \"\(folder.path)\"").error?.message.hasSuffix("is a folder") ?? false)
        }
    }

    @Test func aFileThatIsNoTextIsNotWrittenOver() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let photo = folder.appending(path: "photo.png")
            let bytes = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0xFF])
            try bytes.write(to: photo)
            let result = Fixture.session().run(all: "x = 1", "save \"\(photo.path)\"")
            #expect(result.error?.message.hasSuffix("is there already, and `save` has not written it") ?? false)
            #expect(try Data(contentsOf: photo) == bytes)
        }
    }

    @Test func anEmptyFileAndADeviceAreWrittenTo() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "empty.md")
            try Data().write(to: file)
            let session = Fixture.session()
            #expect(session.run(all: "x = 1", "save \"\(file.path)\"").error == nil)
            #expect(try WholeFile.text(of: file).contains("x = 1"))
            #expect(session.run("save /dev/null").error == nil)
        }
    }

    @Test func savingAgainReplacesWhatWasSaved() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Fixture.session()
            session.run(all: "x = 1", "save \"\(folder.path)/a.md\"", "x = 2", "save \"\(folder.path)/a\"")
            #expect(try WholeFile.text(of: folder.appending(path: "a.md")).contains("x = 2"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.md"])
        }
    }

    @Test func aFileRunsCellByCell() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.gan")
            try WholeFile.write("# a comment\na = 1\n\nb = [a,\n  2]\na + 1\n", to: file)
            let session = Fixture.session()
            let result = session.run("run \"\(file.path)\"")
            #expect(result.story == ["cell a = 1", "cell b = [a,", "cell a + 1", "value 2"])
            #expect(session.number("a") == 1)
            #expect(session.record.map(\.number) == [1, 2, 3])
        }
    }

    @Test func aFailingFileNamesItsLine() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.gan")
            try WholeFile.write("a = 1\n\nb = [a,\n  unknown]\nc = 3\n", to: file)
            let session = Fixture.session()
            let result = session.run("run \"\(file.path)\"")
            #expect(result.error?.message.contains("a.gan, line 4: ") ?? false, "\(String(describing: result.error))")
            #expect(session.variables.keys.sorted() == ["a"])
        }
    }

    @Test func aFileThatRunsItselfIsStopped() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.gan")
            try WholeFile.write("run \"\(file.path)\"\n", to: file)
            let result = Fixture.session().run("run \"\(file.path)\"")
            #expect(result.error?.message.contains("runs itself") ?? false)
        }
    }

    @Test func aFileIsKnownByWhereItIsNotByHowItIsWritten() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.gan")
            let other = "\(folder.path)/../\(folder.lastPathComponent)/./a.gan"
            try WholeFile.write("run \"\(other)\"\n", to: file)
            let result = Fixture.session().run("run \"\(file.path)\"")
            #expect(result.error?.message.contains("runs itself") ?? false)
            #expect(result.story.count { $0.hasPrefix("cell ") } == 1)
        }
    }

    @Test func aChainOfFilesMayBeSixteenLong() throws {
        try Fixture.withFolder { (folder: URL) throws in
            func path(_ number: Int) -> String { "\(folder.path)/\(number).gan" }
            try WholeFile.write("x = 1\n", to: URL(filePath: path(17)))
            for number in 1...16 {
                try WholeFile.write("run \"\(path(number + 1))\"\n", to: URL(filePath: path(number)))
            }
            let session = Fixture.session()
            let message = session.run("run \"\(path(1))\"").error?.message ?? ""
            #expect(message.contains("the 17th of files") && !message.contains("runs itself"), "\(message)")
            #expect(session.variables["x"] == nil)
            #expect(session.run("run \"\(path(2))\"").error == nil)
            #expect(session.number("x") == 1)
        }
    }

    @Test(arguments: ["/nowhere/a.md", "/", "/dev/null/x"])
    func aFileThatIsNotThereIsAnError(path: String) {
        let result = Fixture.session().run("run \(path)")
        #expect(result.error?.kind == .file)
        #expect(result.error?.range == SourceRange(start: 4, end: 4 + path.utf8.count))
    }

    // MARK: Saved by itself

    @Test func theSessionIsSavedOnLeaving() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let state = StateFolder(folder.appending(path: "state"))
            let session = Fixture.session(state: state)
            #expect(session.saveOnExit().file == nil)
            session.run("x = 1")
            let saved = session.saveOnExit()
            #expect(saved.note == nil)
            let text = try WholeFile.text(of: state.file("last-session.md"))
            #expect(text.contains("```gan\nx = 1\n```"))
            #expect(saved.file?.deletingLastPathComponent().lastPathComponent == "sessions")
        }
    }

    @Test func aStateFolderThatCannotBeWrittenIsANote() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let blocker = folder.appending(path: "file")
            try WholeFile.write("not a folder", to: blocker)
            let session = Fixture.session(state: StateFolder(blocker.appending(path: "gan")))
            session.run("x = 1")
            #expect(session.saveOnExit().note?.hasPrefix("The session could not be saved.") ?? false)
            let opened = session.run("lesson 1")
            #expect(opened.error == nil)
            #expect(opened.outputs.count == 1)
            #expect(opened.story.filter { $0 == "note" }.count == 1)
            #expect(session.run("next").story.filter { $0 == "note" }.isEmpty)
        }
    }

    @Test func aLessonCommandThatFailsTellsItsPlace() {
        let error = Fixture.session().run("next").error
        #expect(error?.message == "no lesson is open" && error?.range == SourceRange(start: 0, end: 4))
    }
}
