import Foundation
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

    @Test func everyColourReadsOnWhiteAndOnBlack() throws {
        let theme = Theme(isColoured: true, hasManyColours: true)
        let indices = Role.allCases.compactMap { role in
            theme.start(role).firstMatch(of: /38;5;([0-9]+)/).flatMap { Int($0.1) }
        }
        #expect(indices.count >= 7)
        for index in indices {
            let light = Self.light(index)
            #expect(1.05 / (light + 0.05) > 3.8, "colour \(index) on white")
            #expect((light + 0.05) / 0.05 > 3.8, "colour \(index) on black")
        }
    }

    /// The relative luminance of one of xterm's 256 colours, as WCAG 2 defines it.
    private static func light(_ index: Int) -> Double {
        let levels = [0.0, 95, 135, 175, 215, 255]
        let cube = [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6]
        let channels =
            index >= 232 ? [Double](repeating: Double(8 + 10 * (index - 232)), count: 3) : cube.map { levels[$0] }
        let linear = channels.map { $0 / 255 <= 0.03928 ? $0 / 255 / 12.92 : pow(($0 / 255 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
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
