import Files
import Foundation
import Language
import Testing

@testable import Notebook

/// What is written down as a session goes, and what comes back of it.
@Suite struct SessionJournalTests {
    private func session(
        in folder: URL, isTyped: Bool = true, registry: Registry = Fixture.registry,
        interrupted: @escaping () -> Bool = { false }
    ) -> Session {
        var configuration = Session.Configuration(
            registry: registry, resources: Resources(lessons: Fixture.lessons),
            stateFolder: StateFolder(folder), seed: 7, interrupted: interrupted)
        configuration.keepsJournal = isTyped
        return Session(configuration: configuration)
    }

    /// A session that is let go without being left, as a killed process lets it go.
    private func lose(_ inputs: String..., in folder: URL) -> (variables: [String: Double], random: UInt64) {
        let session = session(in: folder)
        for input in inputs { session.run(input) }
        var random = session.context.random
        return (session.numbers, random.next())
    }

    private func journal(in folder: URL) throws -> URL {
        try #require(Journal.files(in: folder.appending(path: "journals")).first)
    }

    @Test func aLostSessionComesBackWithItsValues() throws {
        try Fixture.withFolder { folder in
            let lost = lose("a = roll()", "b = oops", "edit 1 a = roll() * 2", "c = a + roll()", "c", in: folder)
            let session = session(in: folder)
            let offer = try #require(session.lostSession)
            #expect(offer.count == 5)
            #expect(offer.words.contains("the last `c`"))
            session.restore(offer)
            #expect(session.numbers == lost.variables)
            #expect(session.context.random.next() == lost.random)
            #expect(session.record.map(\.source) == ["a = roll() * 2", "b = oops", "c = a + roll()", "c"])
            #expect(session.nextCellNumber == 5)
            session.run(all: "undo", "undo")
            #expect(session.number("c") == nil)
        }
    }

    @Test func itIsOfferedOnceItIsBackNoMore() throws {
        try Fixture.withFolder { folder in
            _ = lose("a = 1", in: folder)
            do {
                let session = session(in: folder)
                session.restore(try #require(session.lostSession))
                session.closeJournal()
            }
            let next = session(in: folder)
            #expect(next.lostSession == nil)
            #expect(next.run("restore").error == nil)
            #expect(next.number("a") == 1)
            #expect(next.run("restore").error?.message == "cells have run here already")
        }
    }

    @Test func aTornLineIsDroppedAndTheRestIsThere() throws {
        try Fixture.withFolder { folder in
            _ = lose("a = 1", "b = 2", "c = 3", in: folder)
            let file = try journal(in: folder)
            let whole = try Data(contentsOf: file)
            for cut in [1, 5, 60] {
                try whole.dropLast(cut).write(to: file)
                let session = session(in: folder)
                session.restore(try #require(session.lostSession))
                #expect(session.variables.keys.sorted() == ["a", "b"])
                for old in Journal.files(in: folder.appending(path: "journals")) { unlink(old.path) }
            }
            try whole.write(to: file)
            try Data("0000000000000000 {\"closed\":true}\n".utf8 + whole).write(to: file)
            #expect(session(in: folder).lostSession == nil)
        }
    }

    @Test func aSessionThatRunsIsLeftAlone() throws {
        try Fixture.withFolder { folder in
            let running = session(in: folder)
            running.run("a = 1")
            let other = session(in: folder)
            #expect(other.lostSession == nil)
            other.run("b = 2")
            #expect(Journal.files(in: folder.appending(path: "journals")).count == 2)
            #expect(other.variables.keys.sorted() == ["b"])
            running.run("c = 3")
            #expect(running.variables.keys.sorted() == ["a", "c"])
        }
    }

    @Test func whatWasStoppedStopsAtTheSamePlace() throws {
        try Fixture.withFolder { folder in
            var left = 30
            let reached: Double?
            do {
                let session = session(
                    in: folder,
                    interrupted: {
                        left -= 1
                        return left == -1
                    })
                session.run("n = 0; repeat 1000 { n = n + 1 }")
                reached = session.number("n")
                session.run("m = n")
            }
            let again = session(in: folder)
            again.restore(try #require(again.lostSession))
            #expect((reached ?? 0) > 0 && (reached ?? 1000) < 1000)
            #expect(again.number("n") == reached)
            #expect(again.number("m") == reached)
        }
    }

    @Test func filesAreReadAsTheyWereAndNoneIsWritten() throws {
        try Fixture.withFolder { folder in
            let (cells, saved) = (folder.appending(path: "cells.gan"), folder.appending(path: "saved.md"))
            try Data("a = 1\n".utf8).write(to: cells)
            _ = lose("run \"\(cells.path)\"", "save \"\(saved.path)\"", in: folder)
            try Data("a = 2\n".utf8).write(to: cells)
            try Data("mine".utf8).write(to: saved)
            let session = session(in: folder)
            session.restore(try #require(session.lostSession))
            #expect(session.number("a") == 1)
            #expect(try String(contentsOf: saved, encoding: .utf8) == "mine")
        }
    }

    @Test func whatPrintsSomethingElseIsTold() throws {
        try Fixture.withFolder { folder in
            _ = lose("a = 1", "a + 1", in: folder)
            let file = try journal(in: folder)
            let records = try #require(Journal.open(file)).read()
            var changed = try #require(records[2].ran)
            changed.printed = 5
            let lines = try [records[0], records[1], JournalRecord(ran: changed)].flatMap { try $0.line() }
            try Data(lines).write(to: file)
            let session = session(in: folder)
            var said: [String] = []
            session.restore(try #require(session.lostSession))
            said = session.recorder.events.compactMap(\.output).compactMap {
                if case .warning(let text) = $0 { text } else { nil }
            }
            #expect(said == ["1 input printed something else than then: `a + 1`. Has a file that it reads changed?"])
        }
    }

    @Test(arguments: ["cells", "cell 1", "vars", "inspect a", "x = 2; cells", "time sum(range(1000))", "replay"])
    func whatWasMeasuredIsNotCompared(cell: String) throws {
        try Fixture.withFolder { folder in
            _ = lose("time a = sum(range(1000))", cell, in: folder)
            let session = session(in: folder)
            session.restore(try #require(session.lostSession))
            let said = session.recorder.events.compactMap(\.output).map {
                if case .warning = $0 { true } else { false }
            }
            #expect(said == [false])
        }
    }

    @Test func whatEndedByTheClockEndsThereAgain() throws {
        try Fixture.withFolder { folder in
            let registry = Library.registry(resources: Resources())
            do {
                let session = session(in: folder, registry: registry)
                session.run(all: "game = gan(mlp(1, 4, 1), mlp(1, 4, 1), bimodal)", "repeat 2 { train 0.02s }")
                session.run("n = game.steps")
            }
            let ends = try #require(Journal.open(journal(in: folder))).read().compactMap(\.ran)[1].ends
            let (looks, session) = (try #require(ends?.last), session(in: folder, registry: registry))
            session.restore(try #require(session.lostSession))
            #expect(ends?.count == 2 && session.number("n") == Double(looks))
        }
    }

    @Test func aLessonComesBackWithTheLearnersValues() throws {
        try Fixture.withFolder { folder in
            _ = lose("lesson 1", "next", "mine = roll()", in: folder)
            var progress = LessonProgress()
            progress[1] = .init(step: 1, steps: 99, isDone: true)
            _ = ProgressFile(folder: StateFolder(folder)).write(progress)
            let session = session(in: folder)
            session.restore(try #require(session.lostSession))
            #expect(session.lesson?.step == 2)
            #expect(session.number("mine") != nil)
        }
    }

    @Test func aFailureIsToldOnceAndDisturbsNothing() throws {
        try Fixture.withFolder { folder in
            try Data().write(to: folder.appending(path: "journals"))
            let session = session(in: folder)
            #expect(session.run("a = 1").said.hasPrefix("This session is not kept as you go: "))
            #expect(session.run("b = 2").events.isEmpty)
            try FileManager.default.removeItem(at: folder.appending(path: "journals"))
            session.run("c = 3")
            let records = try #require(Journal.files(in: folder.appending(path: "journals")).first)
            #expect(try String(contentsOf: records, encoding: .utf8).split(separator: "\n").count == 4)
            #expect(session.variables.count == 3)
        }
    }

    @Test func onlySoManyAreKeptAndNothingOfANotebookThatRunsByItself() throws {
        try Fixture.withFolder { folder in
            for i in 0..<(Journal.kept + 5) { _ = lose("a = \(i)", in: folder) }
            #expect(Journal.files(in: folder.appending(path: "journals")).count == Journal.kept)
        }
        try Fixture.withFolder { folder in
            session(in: folder, isTyped: false).run("a = 1")
            #expect(Journal.files(in: folder.appending(path: "journals")).isEmpty)
        }
    }
}
