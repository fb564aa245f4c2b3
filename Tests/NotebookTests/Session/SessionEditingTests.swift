import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct SessionEditingTests {
    private let session = Fixture.session()

    /// The numbers of the cells that are stale.
    private var stale: [Int] { session.stalePlaces.map { session.record[$0].number } }

    @Test func anEditedCellKeepsItsNumberAndMakesThoseBelowStale() {
        session.run(all: "x = 1", "y = x + 1", "z = 5", "y * 2")
        session.run("edit 1 x = 10")
        #expect(session.record.map(\.source) == ["x = 10", "y = x + 1", "z = 5", "y * 2"])
        #expect(session.number("x") == 10)
        #expect(session.number("y") == 2)
        #expect(stale == [2, 4])
        session.run("rerun stale")
        #expect(session.number("y") == 11)
        #expect(stale == [])
        #expect(session.nextCellNumber == 5)
        session.run("undo")
        #expect(stale == [2, 4])
        session.run("undo")
        #expect(session.number("x") == 1)
        #expect(session.record[0].source == "x = 1")
        #expect(stale == [])
        session.run(all: "redo", "redo")
        #expect(session.number("y") == 11)
    }

    @Test func laterCellsMakeNothingAboveThemStale() {
        session.run(all: "x = 1", "y = x", "x = 2", "x += 1", "y + x")
        #expect(stale == [])
    }

    @Test func whatACellSetsItselfItDoesNotTakeFromOthers() {
        session.run(all: "x = 1", "x = 2; x + 1", "[x for x in [1, 2]]", "f(x) = x + 1", "edit 1 x = 5")
        #expect(stale == [])
    }

    @Test func functionsCarryWhatTheyUse() {
        session.run(all: "a = 2", "f(x) = a * x", "f(3)", "edit 1 a = 5")
        #expect(stale == [2, 3])
        session.run("rerun stale")
        #expect(session.record[2].outputs.count == 1)
        #expect(session.number("_") == nil)
        #expect(session.run("_").story == ["value 15"])
    }

    @Test func outputsAreInputsToo() {
        session.run(all: "1 + 1", "x = _ * 2", "y = out[1] + 1", "edit 1 5 + 5")
        #expect(stale == [2, 3])
        session.run("rerun 3")
        #expect(session.number("y") == 11)
    }

    @Test func aRerunCellDrawsTheRandomNumbersOfItsPlace() {
        session.run(all: "a = roll()", "b = roll()", "c = roll()")
        let (b, c, random) = (session.number("b"), session.number("c"), session.context.random)
        session.run("rerun 2")
        #expect(session.number("b") == b)
        #expect(session.context.random == random)
        #expect(stale == [])
        session.run("edit 1 a = roll() + roll()")
        #expect(stale == [2])
        session.run("rerun stale")
        #expect(session.number("b") == c)
        #expect(session.number("c") != c)
        #expect(stale == [])
    }

    @Test func aTextThatFailsChangesNothingAndIsKeptForTheNextTry() {
        session.run(all: "x = 1", "y = x")
        let result = session.run("edit 1 x = nothing_there")
        #expect(result.error?.message.hasPrefix("cell 1 fails: ") ?? false)
        #expect(session.record[0].source == "x = 1")
        #expect(session.number("x") == 1)
        #expect(session.run("edit 1").draft?.text == "x = nothing_there")
        #expect(session.run("x = 3", replacing: 1).error == nil)
        #expect(session.run("edit 1").draft?.text == "x = 3")
    }

    @Test func aFailedCellCanBeMended() {
        session.run(all: "x = 1", "y = xx + 1", "z = 2")
        session.run("edit 2 y = x + 1")
        #expect(session.number("y") == 2)
        #expect(session.record[1].error == nil)
        #expect(session.run("cells").outputs.isEmpty == false)
    }

    @Test func aRangeStopsAtTheFirstThatFails() {
        session.run(all: "n = 1", "m = n", "clear m; k = n", "n = n + 1", "clear n")
        let result = session.run("rerun 1..3")
        #expect(result.error?.message.contains("cell 3") ?? false || session.number("k") == 1)
        session.run("rerun 2")
        #expect(session.number("m") == 1)
    }

    @Test func deletedCellsLeaveTheNotebookAndComeBack() throws {
        session.run(all: "x = 1", "x = 2", "y = x", "delete 2")
        #expect(stale == [3])
        #expect(session.number("x") == 2)
        #expect(session.run("cell 2").error?.message == "cell 2 was deleted")
        try expectSaved(["x = 1", "y = x"])
        session.run("undo")
        #expect(stale == [])
        try expectSaved(["x = 1", "x = 2", "y = x"])
    }

    @Test func movedCellsKeepTheirNumbers() throws {
        session.run(all: "x = 1", "y = x", "x = 5", "move 3 before 2")
        #expect(session.record.map(\.number) == [1, 3, 2])
        #expect(stale == [2])
        session.run("rerun stale")
        #expect(session.number("y") == 5)
        try expectSaved(["x = 1", "x = 5", "y = x"])
        #expect(session.run("z = 1").number == 4)
        session.run(all: "undo", "undo", "undo")
        #expect(session.record.map(\.number) == [1, 2, 3, 4])
    }

    @Test func notesAreProse() throws {
        session.run(all: "x = 1", "note The **first** try.", "note ```gan", "note ---", "x + 1")
        #expect(session.nextCellNumber == 6)
        session.run("edit 2 The second try.")
        try Fixture.withFolder { folder in
            let file = folder.appending(path: "a.md")
            session.run("save \"\(file.path)\"")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("\nThe second try.\n"))
            let document = Document(parsing: text, file: "a.md")
            #expect(document.problems == [])
            #expect(document.elements.count { if case .cell = $0.content { true } else { false } } == 2)
            #expect(document.elements.count { if case .prose = $0.content { true } else { false } } == 1)
        }
    }

    @Test func textsAreTakenAsTheyStand() {
        session.run(all: "x = 1", "note it's (not; all # yet", "note # A heading", "edit 1 x = 2; y = [x, ';'] # two")
        #expect(session.record.map(\.source) == ["x = 2; y = [x, ';'] # two", "it's (not; all # yet", "# A heading"])
        #expect(session.number("x") == 2)
        #expect(session.isComplete("note (see above"))
        #expect(session.run("note").error?.message == "note: `text` is missing: the text, in Markdown if you like")
        #expect(session.record.count == 3)
    }

    @Test func savingSaysWhenARunFromTheTopWouldDiffer() throws {
        try Fixture.withFolder { folder in
            let file = folder.appending(path: "a.md")
            session.run(all: "x = 1", "y = x", "x = 5")
            #expect(session.run("save \"\(file.path)\"").said.hasPrefix("Saved as"))
            session.run("rerun 2")
            #expect(session.run("save \"\(file.path)\"").said.hasPrefix("Cell 2 is not as a run from the top"))
        }
    }

    @Test func whatIsNotThereIsSaid() {
        session.run("x = 1")
        #expect(session.run("rerun 7").error?.message == "there is no cell 7")
        #expect(session.run("rerun what").error?.help == "`rerun 7`, `rerun 3..9` or `rerun stale`")
        #expect(session.run("edit x").error?.help == "`edit 7`, or `edit 7 x = 5`")
        #expect(session.run("move 1").error?.help == "`move 5 after 2`, or `move 5 before 2`")
        #expect(session.run("rerun stale").said.hasPrefix("No cell is stale"))
    }

    @Test func aLessonKeepsItsCells() {
        session.run(all: "lesson 1", "next", "z = 1")
        #expect(session.run("rerun 1").error?.message == "a lesson is open, and its cells keep their places")
        #expect(session.run("cell 1").error == nil)
    }

    @Test func cellsAreListed() {
        session.run(all: "x = 1", "y = x +", "z = [1,\n2]", "note text", "edit 1 x = 2")
        guard case .measured(let table)? = session.run("cells").outputs.first else { return #expect(Bool(false)) }
        let words = table.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(
            words.map { $0.prefix(2).joined(separator: " ") } == ["cell state", "1 ok", "2 failed", "3 ok", "4 note"])
        #expect(table.text.contains("z = [1, …"))
        #expect(table.varying.contains(word: 2, line: 1) && table.varying.contains(word: 3, line: 3))
    }

    private func expectSaved(_ sources: [String]) throws {
        try Fixture.withFolder { folder in
            let file = folder.appending(path: "a.md")
            session.run("save \"\(file.path)\"")
            let cells = try CellFile.cells(of: file, registry: Fixture.registry)
            #expect(cells.map(\.code.text) == sources)
        }
    }
}
