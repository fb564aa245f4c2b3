import Notebook
import Testing

@testable import REPL

@Suite struct KeyLineTests {
    private let screen = Screen(isTerminal: false, theme: Theme(isColoured: false))
    private let hints = [KeyHint("Enter", "goes on"), KeyHint("back")]

    @Test func keysAreDueUntilTheyAreShownAndWhenTheyChange() {
        var line = KeyLine()
        #expect(line.isDue(hints, isGuided: true, rows: 0, height: 24))
        line.isShown(hints, on: screen)
        #expect(!line.isDue(hints, isGuided: true, rows: 0, height: 24))
        #expect(line.isDue([KeyHint("Enter", "goes on")], isGuided: false, rows: 0, height: 24))
    }

    @Test func withNothingToTypeThereIsNoLine() {
        #expect(!KeyLine().isDue([], isGuided: true, rows: 0, height: 24))
    }

    @Test func inALessonTheyStandRightAboveThePrompt() {
        var line = KeyLine()
        line.isShown(hints, on: screen)
        #expect(line.isDue(hints, isGuided: true, rows: 1, height: 24))
    }

    /// Elsewhere they come back before they have left the screen, whatever its size.
    @Test(arguments: [8, 24, 50])
    func outsideALessonTheyAreSomewhereOnTheScreen(height: Int) {
        var line = KeyLine()
        line.isShown(hints, on: screen)
        #expect(!line.isDue(hints, isGuided: false, rows: 1, height: height))
        #expect((1..<height - 1).contains { line.isDue(hints, isGuided: false, rows: $0, height: height) })
    }
}
