import Language
import Learning
import Testing

@testable import Notebook

/// Playing, changing, taking back, branching, trying many: the commands of games.
@Suite struct GameCommandsTests {
    /// Cells with a small game.
    func cells(_ rules: String = "") throws -> ModelCells {
        let cells = ModelCells()
        try cells.run("game = gan(mlp(2, 6, 2), mlp(2, 6, 1), ring8, batch=16\(rules.isEmpty ? "" : ", " + rules))")
        return cells
    }

    func game(_ cells: ModelCells) throws -> Game {
        try #require(try cells.value("game").object(as: GameValue.self)).game
    }

    // MARK: Rules

    @Test func rulesAreGivenByName() throws {
        let cells = try cells(
            "loss=\"wgan-gp\", gp=5, lr=0.01, lr_g=0.001, beta1=0, ema=0.9, decay=cosine, decay_steps=50")
        let rules = try game(cells).rules
        #expect(rules.settings.loss == .wasserstein && rules.settings.penalties.interpolated == 5)
        #expect(rules.settings.discriminatorSteps == 5 && rules.settings.averageDecay == 0.9)
        #expect(rules.generator.rate == 0.001 && rules.discriminator.rate == 0.01)
        #expect(rules.generator.rule == .adam(beta1: 0))
        #expect(rules.settings.schedule == .init(.cosine, steps: 50))
        guard case .object(let value) = try cells.value("game") else { return }
        #expect(
            value.describe(width: 200).contains(
                "beta1=0, d_steps=5, gp=5, ema=0.9, decay=cosine, decay_steps=50"))
    }

    @Test func setSaysWhatChanged() throws {
        let cells = try cells()
        try cells.run("train 5")
        let before = try game(cells)
        #expect(ModelCells.text(try cells.run("set lr.d=0.0005 r1=0.1")) == ["lr_d: 0.001 -> 0.0005\nr1: 0 -> 0.1"])
        try cells.run("set loss=\"wgan-gp\"")
        #expect(try game(cells).settings.penalties.interpolated == 10)
        #expect(try game(cells).generator == before.generator)
        #expect(ModelCells.notes(try cells.run("set gp=10")).first?.contains("nothing changed") == true)
        #expect(ModelCells.text(try cells.run("set")).first?.contains("lr_d") == true)
    }

    // MARK: Playing

    @Test func stepsOfBothAndOfOne() throws {
        let cells = try cells()
        #expect(ModelCells.text(try cells.run("step 3")).count == 3)
        let before = try game(cells)
        #expect(ModelCells.text(try cells.run("step d")).first?.hasPrefix("one update of D; its loss before") == true)
        try cells.run("step g")
        let after = try game(cells)
        #expect(after.steps == 3 && after.generator != before.generator && after.discriminator != before.discriminator)
        try cells.run("step")
        #expect(try game(cells).steps == 4)
    }

    @Test func playingForATime() throws {
        let cells = try cells()
        let lines = ModelCells.text(try cells.run("train 0.05s"))
        #expect(try game(cells).steps > 0)
        #expect(lines.first?.contains("stopped") == false && lines.first?.contains("loss of D") == true)
        #expect(GameStretch.seconds("2min") == 120 && GameStretch.seconds("500ms") == 0.5)
        #expect(GameStretch.seconds("5 s") == nil && GameStretch.seconds("-1s") == nil)
    }

    @Test func playingUntil() throws {
        let cells = try cells()
        var lines = ModelCells.text(try cells.run("train until loss_d < 100 for 7 max 50"))
        #expect(try game(cells).steps == 8)
        #expect(lines.last?.hasSuffix("< 100 for 7 steps") == true)
        lines = ModelCells.text(try cells.run("train until js<0 max 60"))
        #expect(try game(cells).steps == 68)
        #expect(lines.last?.hasSuffix("< 0 was not reached") == true)
        try cells.run("train until modes >= 0 max 100")
        #expect(try game(cells).steps == 75)
    }

    /// What holds at the end but not for long enough is not said to fail, and the last step is looked at.
    @Test func whatIsNotReachedIsTold() throws {
        let cells = try cells()
        var lines = ModelCells.text(try cells.run("train until js > 0 for 30 max 40"))
        #expect(lines.last?.hasSuffix("> 0 since step 25, which is not yet for 30 steps") == true)
        lines = ModelCells.text(try cells.run("train until js < 0 max 3"))
        #expect(lines.last?.hasPrefix("js is ") == true)
    }

    @Test func mistakesInALineArePlaced() throws {
        let bench = Workbench()
        _ = try bench.text("game = gan(mlp(2, 6, 2), mlp(2, 6, 1), ring8, batch=16)")
        func marked(_ cell: String) throws -> String {
            let error = try #require(throws: CellError.self) { try Evaluator.run(cell, in: bench.context) }
            let range = try #require(error.range)
            return String(decoding: Array(cell.utf8)[range.start..<range.end], as: UTF8.self)
        }
        #expect(try marked("train until js < 1 for 0 max 3") == "for 0")
        #expect(try marked("train until jss < 1") == "jss")
        #expect(try marked("compare loss=hinge,no seeds=2") == "no")
        #expect(try marked("sweep r1=0..1 3 seeds=0") == "seeds=0")
    }

    @Test func aLongPlayIsStopped() throws {
        let cells = try cells()
        cells.interrupt(after: 40)
        let lines = ModelCells.text(try cells.run("train until js < 0 max 1000000000"))
        #expect(lines.first?.hasPrefix("stopped after") == true)
        #expect((1..<100).contains(try game(cells).steps))
    }

    // MARK: Time

    @Test func thereAndBack() throws {
        let cells = try cells()
        try cells.run("train 30; a = game; train 40; rewind 40")
        let back = try game(cells)
        let then = try #require(try cells.value("a").object(as: GameValue.self)).game
        #expect(back == then)
        #expect(ModelCells.text(try cells.run("rewind to 3")).first?.hasPrefix("back at step 3: loss") == true)
        try cells.run("train 27")
        #expect(try game(cells).generator == then.generator)
    }

    @Test func branchesAreLinesOfTheirOwn() throws {
        let cells = try cells()
        try cells.run("train 10; branch \"no-penalty\"; set r1=0.5; train 20")
        #expect(try cells.strings("[game.branch]") == ["no-penalty"])
        try cells.run("branch main")
        #expect(try game(cells).steps == 10 && game(cells).settings.penalties.r1 == 0)
        let table = try #require(ModelCells.text(try cells.run("branches")).first)
        #expect(table.contains("* main") && table.contains("no-penalty") && table.contains("r1=0.5"))
        let measured = try #require(ModelCells.text(try cells.run("compare branches")).first)
        #expect(measured.split(separator: "\n").count == 3 && measured.contains("modes"))
        try cells.run("branch \"no-penalty\"")
        #expect(try game(cells).steps == 30)
    }

    // MARK: Trials

    @Test func comparisonsAreTables() throws {
        let cells = try cells()
        let before = try game(cells)
        let table = try #require(
            ModelCells.text(try cells.run("compare loss=minimax,hinge,wgan-gp seeds=2 steps=10 measures=js,modes"))
                .first)
        let lines = table.split(separator: "\n")
        #expect(lines[0] == "2 seeds, 10 steps each: median [lowest, highest]")
        #expect(lines[1].hasPrefix("loss") && lines.count == 5 && lines[4].hasPrefix("wgan-gp"))
        #expect(try game(cells) == before)
        let sweep = try #require(
            ModelCells.text(try cells.run("sweep lr.g=1e-4..1e-2 log 3 seeds=1 steps=5 measures=js")).first)
        #expect(
            sweep.split(separator: "\n").dropFirst(2).map { $0.prefix { $0 != " " } } == ["0.0001", "0.001", "0.01"])
    }

    /// A table that is wider than the screen goes on below; a part of it that was measured is known wherever it stands.
    @Test func wideTablesAreParted() throws {
        let cells = try cells()
        try cells.run("c = compare r1=0,1 seeds=2 steps=5 measures=w1,js,kl,energy")
        let comparison = try #require(try cells.value("c").object(as: ComparisonValue.self))
        let lines = comparison.describe(width: 60).split(separator: "\n")
        #expect(lines.count > 6 && lines.allSatisfy { $0.count <= 60 })
        #expect(lines.count { $0.hasPrefix("r1 ") } == (lines.count - 1) / 3)
        #expect(comparison.describe(width: 200).split(separator: "\n").count == 4)
        #expect(!comparison.measuredDescription(width: 60).varying.isEmpty)
    }

    @Test func theMiddleOfInfinitiesIsInfinite() throws {
        let spread = try #require(Spread([.infinity, .infinity, .nan]))
        #expect(spread.median == .infinity && spread.lowerQuartile == .infinity)
        let mixed = try #require(Spread([4, 1, 2, 3]))
        #expect(mixed.median == 2.5 && mixed.lowerQuartile == 1.75 && mixed.highest == 4)
    }

    @Test(arguments: [
        ("set loss=hinge smoothing=0.1", "smoothing changes nothing yet: the hinge loss has no labels"),
        ("set gp_target=0", "gp_target changes nothing yet: gp is 0"),
        ("set decay_steps=9", "decay_steps changes nothing yet: decay is constant and penalty_end is 1"),
        ("gan(mlp(1, 1), mlp(1, 1), bimodal, minibatch_dims=5)", "minibatch_dims changes nothing yet: minibatch is 0"),
    ]) func rulesWithoutEffectAreTold(cell: String, note: String) throws {
        let cells = try cells()
        func notes(_ cell: String) throws -> [String] {
            try cells.run(cell).compactMap { if case .note(let text) = $0 { text } else { nil } }
        }
        #expect(try notes(cell) == [note])
        #expect(try notes("set gp=1 gp_target=2 decay=linear decay_steps=8").isEmpty)
    }

    @Test func playIsQuietInALoop() throws {
        let cells = try cells()
        #expect(ModelCells.text(try cells.run("for s in range(2) { train 5 quiet=true }")).isEmpty)
        #expect(try game(cells).steps == 10)
    }

    @Test func packsAreCompared() throws {
        let lines = ModelCells.text(try cells().run("compare pack=1,2 seeds=2 steps=10 measures=js"))
        #expect(lines.first?.split(separator: "\n").last?.hasPrefix("2") == true)
    }

    @Test func aComparisonIsStopped() throws {
        let cells = try cells()
        cells.interrupt(after: 3)
        let lines = ModelCells.text(try cells.run("compare r1=0,1 seeds=2 steps=1000000000"))
        #expect(lines.first?.hasPrefix("stopped; 0 of 4") == true)
    }

    @Test func everyLossIsTold() throws {
        let cells = ModelCells()
        let text = try #require(ModelCells.text(try cells.run("losses")).first)
        for name in Game.Loss.allCases.map(\.rawValue) + Game.Preset.all.map(\.name) {
            #expect(text.contains(name + ":"))
        }
        #expect(try cells.numbers("loss_terms(wasserstein, [2])") == [-2, 2, -2])
    }

    // MARK: What does not fit

    @Test(arguments: [
        ("set lr_d=0", "above 0"), ("set losss=hinge", "no option"), ("set loss=hing", "must be"),
        ("set optimizer=sgd beta1=0.9", "is Adam's"), ("set decay=linear", "decay_steps"),
        ("train 5x", "a time such as 30s"), ("train 0", "or a time such as 30s, not 0"),
        ("train until js", "comparison is missing"),
        ("train until jss < 1", "no measure `jss`"), ("train until js < much", "compared with a number"),
        ("train until js < 1 forever", "not understood"), ("train until js < 1 for 0", "from 1 to 1000000000, not `0`"),
        ("train until js < 1 for", "after `for` a number"), ("train until js < nan", "compared with a number"),
        ("train until 1 > js", "a loss comes first"), ("train until js < 1 for 50 max 50", "cannot hold for 50 steps"),
        ("train until ks < 1", "cannot be measured here"),
        ("rewind 5", "more than the 0 steps"), ("rewind to 5", "ahead"), ("branch \"\"", "from 1 to 40"),
        ("compare", "is missing"), ("compare los=1,2", "no rule `los`"), ("compare loss=hinge,x", "must be"),
        ("compare r1=1 seeds=0", "`seeds`"), ("sweep r1=5", "no range"), ("sweep lr=0..1 log 3", "lies above 0"),
        ("compare r1=1 measures=foo", "no measure"), ("compare r1=-1,2", "must be"), ("step 0", "from 1"),
        ("gan(mlp(2, 2), mlp(2, 2), ring8)", "one output; this one has 2"),
        ("gan(mlp(2, 2), mlp(2, 1), ring8, batch=0)", "batch"),
        ("gan(mlp(2, 2), mlp(2, 1), ring8, decay=linear)", "decay_steps"),
        ("set unroll=2 dynamics=extragradient", "`unroll` is 2; it has to be 0 with extragradient"),
        ("set unroll=2 consensus=1", "where both move at once"), ("set replay=128 consensus=1", "0 with consensus"),
        ("gan(mlp(2, 2), mlp(2, 1), zeros(0, 2))", "there are no points"),
        ("gan(mlp(1, 1), mlp(1, 1), [1e300])", "single precision"),
        ("gan(mlp(2, 3), mlp(2, 1), ring8)", "mlp(2, 16, 2)"), ("gan(mlp(2, 2), mlp(3, 1), ring8)", "mlp(2, 16, 1)"),
        ("gan(mlp(2, 2), mlp(2, 1))", "`data` is missing: a distribution"),
        ("compare r1=1 measures=foo", "there are js, kl"), ("compare loss=", "not nothing"),
    ]) func mistakesAreNamed(cell: String, part: String) throws {
        let cells = try cells()
        let before = try game(cells)
        let error = try cells.failure(cell)
        let text = error.message + " " + (error.help ?? "")
        #expect(text.contains(part), "\(text)")
        #expect(try game(cells) == before)
    }

    /// Losses without bound are told, and do not stop a game that is finite.
    @Test func explodingLossesAreTold() throws {
        let cells = try PictureCells("game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8, lr=1000)")
        let warnings = try cells.run("train 50").compactMap { if case .warning(let text) = $0 { text } else { nil } }
        #expect(warnings.count == 1 && warnings[0].contains("the game diverges") && cells.game?.game.steps == 50)
        let calm = try PictureCells(PictureCells.ring).run("train 50")
        #expect(!calm.contains { if case .warning = $0 { true } else { false } })
    }
}
