import Language
import Learning
import Testing

@testable import Notebook

@Suite struct DiagnoseCommandTests {
    private let won = """
        game = gan(mlp(1, 8, 1), mlp(1, 16, 1), normal(8, 0.3), loss="minimax", lr_d=0.01, lr_g=0.0001)
        train 400
        """

    @Test func aGameThatDWonIsExplained() throws {
        let bench = Workbench()
        try bench.context.run(won)
        let lines = try bench.text("diagnose").split(separator: "\n").map(String.init)
        #expect(lines[0] == "D has won: it knows every sample, and G's loss is flat where they are")
        #expect(lines.contains { $0.hasPrefix("  slope of G's loss there") && $0.hasSuffix("0: flat") })
        #expect(lines.contains("settings that may help:"))
        #expect(lines.contains { $0.hasPrefix("  loss=nonsaturating") })
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    }

    /// The game is the same after it, and so is the session's chance.
    @Test func diagnosingTouchesNothing() throws {
        let diagnosed = Workbench(seed: 2), alone = Workbench(seed: 2)
        let start = "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 30"
        try diagnosed.context.run(start + "; diagnose game; train 5")
        try alone.context.run(start + "; train 5")
        #expect(try diagnosed.matrix("game.history") == alone.matrix("game.history"))
        #expect(try diagnosed.number("rand()") == alone.number("rand()"))
    }

    @Test func unplayedAndUnknown() throws {
        let bench = Workbench()
        #expect(bench.error("diagnose")?.message.contains("no game") == true)
        let text = try bench.text("game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); diagnose")
        #expect(text.hasPrefix("the game has not been played yet"))
    }

    /// Whatever the state, what is advised can be set: every name is an option of `gan`.
    @Test func whatMayHelpIsASetting() throws {
        let bench = Workbench()
        try bench.context.run(won)
        let game = try #require(bench.context.state.variables["game"]?.object(as: GameValue.self)).game
        let options = bench.context.registry.function("gan")?.parameters.map(\.name) ?? []
        let evidence = try GameEvidence(of: game)
        for state in Diagnosis.State.allCases {
            let words = DiagnosisWords(Diagnosis(evidence, as: state), game, options: options)
            #expect(words.lines.count > 1 || state == .unplayed)
            #expect(words.remedies.allSatisfy { options.contains($0.name) })
            let isFine = [.unplayed, .learning, .converged].contains(state)
            #expect(words.remedies.isEmpty == isFine, "\(state)")
        }
    }
}
