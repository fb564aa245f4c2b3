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

    /// Points of three numbers have no grid to be counted on, and are diagnosed all the same.
    @Test func pointsInSpaceAreDiagnosed() throws {
        let bench = Workbench(seed: 3)
        try bench.context.run("game = gan(mlp(3, 16, 3), mlp(3, 16, 1), randn(200, 3)); train 100")
        let lines = try bench.text("diagnose").split(separator: "\n")
        #expect(lines.count > 5 && !lines.contains { $0.contains("(js)") })
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
            #expect(words.lines(width: 80).count > 1 || state == .unplayed)
            #expect(words.advice.remedies.allSatisfy { options.contains($0.name) })
            let isFine = [.unplayed, .learning, .converged].contains(state)
            #expect(words.advice.remedies.isEmpty == isFine, "\(state)")
        }
    }

    /// Distances are told in a unit that is named, and an average remembers no more than a tenth of the game.
    @Test func unitsAndMemory() throws {
        let bench = Workbench(seed: 2)
        try bench.context.run("recipe circling; train 1500")
        let lines = try bench.text("diagnose").split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("  one spread of the data") && $0.hasSuffix("their standard deviation") })
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
        let game = try #require(bench.context.state.variables["game"]?.object(as: GameValue.self)).game
        let evidence = try GameEvidence(of: game)
        #expect(abs(evidence.spread - 0.5) < 0.03)
        func remedies(_ state: Diagnosis.State) -> [String] {
            DiagnosisAdvice(Diagnosis(evidence, as: state), game, options: ["r1", "beta1", "lr", "ema"]).remedies
                .map { "\($0.name)=\($0.value)" }
        }
        #expect(remedies(.oscillating) == ["r1=1", "beta1=0", "lr=0.0025"])
        try bench.context.run("set r1=1 beta1=0")
        let calm = try #require(bench.context.state.variables["game"]?.object(as: GameValue.self)).game
        #expect(
            DiagnosisAdvice(Diagnosis(evidence, as: .oscillating), calm, options: ["ema", "lr"]).remedies.map(\.name)
                == ["lr"])
    }

    /// What is advised for a G that hops mends it, all together, on the ring and on the grid.
    @Test(arguments: ["collapse", "grid_collapse"]) func theAdviceForACollapseMendsIt(recipe: String) throws {
        var mended = 0
        for seed: UInt64 in 21...23 {
            let bench = Workbench(seed: seed)
            try bench.context.run("recipe \(recipe); train 1500")
            let game = try #require(bench.context.state.variables["game"]?.object(as: GameValue.self)).game
            let advice = DiagnosisAdvice(
                Diagnosis(try GameEvidence(of: game), as: .modesLost), game, options: ["lr_g", "beta1", "d_steps"])
            let settings = advice.remedies.map { "\($0.name)=\($0.value)" }
            #expect(settings == ["lr_g=0.0005", "beta1=0", "d_steps=5"] || !advice.isWandering)
            try bench.context.run("set " + settings.joined(separator: " ") + "; train 2000")
            let after = try #require(bench.context.state.variables["game"]?.object(as: GameValue.self)).game
            if try Measure.coverage.evaluate(after) > 0.3 { mended += 1 }
        }
        #expect(mended >= 2)
    }
}
