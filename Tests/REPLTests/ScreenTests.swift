import REPL
import Testing

@Suite struct ScreenTests {
    @Test func withoutColoursTextStaysAsItIs() {
        let theme = Theme(isColoured: false)
        for role in Role.allCases { #expect(theme.paint("text", role) == "text") }
    }

    @Test func coloursBeginAndEnd() {
        let theme = Theme(isColoured: true)
        for role in Role.allCases {
            #expect(theme.paint("text", role) == theme.start(role) + "text\u{1B}[0m")
            #expect(!theme.start(role).isEmpty)
        }
        #expect(theme.paint("", .error).isEmpty)
    }

    @Test func notATerminalHasNoColours() {
        // The tests' own output may be a terminal: `wantsPlain` stands for a pipe.
        let screen = Screen.fitting(wantsPlain: true, wantsColour: true)
        #expect(!screen.isTerminal)
        #expect(!screen.theme.isColoured)
        #expect(screen.columns == 80)
    }

    @Test(arguments: [
        (0.0, "▕        ▏"), (0.5, "▕████    ▏"), (1, "▕████████▏"), (7, "▕████████▏"), (.nan, "▕        ▏"),
    ])
    func theBarFills(_ fraction: Double, _ bar: String) {
        #expect(Screen.bar(fraction, width: 8) == bar)
    }

    @Test func theBarMovesInEighths() {
        #expect(Screen.bar(0.3, width: 8) == "▕██▍     ▏")
    }
}
