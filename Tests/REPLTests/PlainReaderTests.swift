import REPL
import Testing

@Suite struct PlainReaderTests {
    private let prompt = Prompt(first: "", further: "")

    private func cells(_ lines: [String]) -> [Reading] {
        var rest = lines[...]
        let reader = PlainReader { rest.popFirst() }
        var cells: [Reading] = []
        while let reading = Optional(reader.readCell(prompt: prompt, isComplete: isClosed)), reading != .end {
            cells.append(reading)
        }
        return cells
    }

    /// A stand-in for the session's judgement.
    private func isClosed(_ text: String) -> Bool {
        text.filter { "([{".contains($0) }.count <= text.filter { ")]}".contains($0) }.count
    }

    @Test func everyLineIsACell() {
        #expect(cells(["a = 1", "", "b"]) == [.cell("a = 1", line: 1), .cell("", line: 2), .cell("b", line: 3)])
    }

    @Test func linesAreJoinedWhileABracketIsOpen() {
        #expect(
            cells(["a = [1,", "  2", "]", "b"]) == [.cell("a = [1,\n  2\n]", line: 1), .cell("b", line: 4)])
    }

    @Test func anUnfinishedLastCellIsHandedOver() {
        #expect(cells(["a", "f(1,"]) == [.cell("a", line: 1), .cell("f(1,", line: 2)])
    }

    @Test func windowsLineEndsAndAByteOrderMarkAreTakenOff() {
        #expect(cells(["\u{FEFF}a = 1\r", "b\r"]) == [.cell("a = 1", line: 1), .cell("b", line: 2)])
    }
}
