import Language
import Testing

@testable import Notebook

@Suite struct GameFunctionsTests {
    @Test func playingRebindsTheGame() throws {
        let cells = ModelCells()
        try cells.run("game = gan(mlp(1, 8, 1), mlp(1, 8, 1), real)")
        let shown = try cells.run("train 30")
        #expect(try cells.number("game.steps") == 30)
        #expect(ModelCells.text(shown).first?.hasPrefix("30 steps: step 30, loss of D ") == true)
        #expect(try cells.value("game.history").matrix?.shape == .matrix(30, 2))
        try cells.run("train 10")
        #expect(try cells.numbers("game.history_steps").last == 40)
        #expect(try cells.value("sample(game, 7)").matrix?.shape == .matrix(7, 1))
        #expect(try cells.value("game.G([[0], [1]])").matrix?.shape == .matrix(2, 1))
        #expect(try cells.value("predict_proba(game.D, real)").matrix?.shape == .vector(60))
    }

    @Test func oneCanPlayOnABranch() throws {
        let cells = ModelCells()
        try cells.run("game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8, loss=minimax, noise=uniform); branch = game")
        try cells.run("train 5 game=branch")
        #expect(try cells.number("game.steps") == 0 && cells.number("branch.steps") == 5)
        try cells.run("train 5")
        #expect(try cells.numbers("game.history") == cells.numbers("branch.history"))
    }

    @Test func aGameIsATableOfItsPlayers() throws {
        let cells = ModelCells()
        guard case .object(let game) = try cells.value("gan(mlp(2, 8, 2), mlp(2, 8, 1), X, lr_d=0.002)") else {
            Issue.record("no object")
            return
        }
        #expect(
            game.describe(width: 80) == """
                game after 0 steps, nonsaturating loss
                network  sizes  parameters  optimizer     lr
                G        2-8-2          42       adam  0.001
                D        2-8-1          33       adam  0.002
                normal noise of 2, batches of 128 from 80 points
                """)
    }

    @Test(arguments: [
        ("minimax", "(guessing: 0.6931 and -0.6931)"), ("nonsaturating", "(guessing: 0.6931 and 0.6931)"),
    ])
    func guessingIsToldBesideTheLosses(loss: String, part: String) throws {
        let cells = ModelCells()
        try cells.run("game = gan(mlp(1, 4, 1), mlp(1, 4, 1), real, loss=\(loss)); train 2")
        guard case .object(let game) = try cells.value("game") else {
            Issue.record("no object")
            return
        }
        #expect(game.describe(width: 80).hasSuffix(part))
    }

    @Test func aStretchWithoutAStepHasNoLosses() throws {
        let cells = ModelCells()
        try cells.run("game = gan(mlp(1, 4, 1), mlp(1, 4, 1), real); train 3")
        // The cell itself looks a few times before the command does.
        var wasSeen = false
        for looks in 0...20 where !wasSeen {
            cells.interrupt(after: looks)
            let line = ModelCells.text((try? cells.run("train 5")) ?? []).first ?? ""
            guard line.hasPrefix("stopped after 0 of") else { continue }
            wasSeen = true
            #expect(line == "stopped after 0 of 5 steps")
        }
        #expect(wasSeen)
    }

    @Test func interruptKeepsWhatWasReached() throws {
        let cells = ModelCells()
        try cells.run("game = gan(mlp(1, 4, 1), mlp(1, 4, 1), real)")
        cells.interrupt(after: 25)
        let shown = try cells.run("train 1000000000")
        #expect(ModelCells.text(shown).first?.hasPrefix("stopped after ") == true)
    }

    @Test(arguments: [
        ("train 5", "there is no game yet"),
        ("train 5 game=G", "`G` is no game"),
        ("gan(G, D, X)", "makes points of one number"),
        ("gan(mlp(1, 4, 2), D, X)", "takes points of one number"),
        ("gan(G, mlp(1, 4, 2), real)", "one output"),
        ("gan(G, D, \"ring\")", "must be a distribution"),
        ("gan(G, D, real, loss=\"hing\")", "loss"),
        ("gan(G, D, real, batch=0)", "batch"),
    ]) func whatDoesNotFitIsSaid(cell: String, part: String) throws {
        let cells = ModelCells()
        try cells.run("G = mlp(1, 4, 1); D = mlp(1, 4, 1)")
        let error = try cells.failure(cell)
        #expect(error.message.contains(part), "\(error.message)")
    }
}
