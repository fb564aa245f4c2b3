import Language
import Learning
import Testing

@testable import Notebook

@Suite struct MeasureCommandsTests {
    private let start = "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8)"

    @Test func metricsIsATableWithTheNoiseFloor() throws {
        let bench = Workbench()
        try bench.context.run(start)
        let lines = try bench.text("metrics").split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("measure") && lines[0].hasSuffix("better  meaning"))
        #expect(lines.contains { $0.hasPrefix("modes") && $0.hasSuffix("higher  modes reached, of 8") })
        #expect(lines.contains { $0.hasPrefix("accuracy_real") && $0.contains("0.5  near 0.5") })
        #expect(lines.contains("note: left out: ks: it takes numbers, and these points have 2 coordinates"))
        #expect(!lines.contains { $0.hasPrefix("exploitability") })
        #expect(lines.allSatisfy { $0.hasPrefix("note:") || $0.count <= 80 })
    }

    /// Data of which all points are the same, or one of their numbers: what asks for a spread is left out.
    @Test(arguments: ["[1, 1, 1]", "[[1, 2], [1, 3], [1, 4]]"]) func dataWithoutSpread(data: String) throws {
        let bench = Workbench()
        let width = data.hasPrefix("[[") ? 2 : 1
        _ = try bench.text("game = gan(mlp(1, 8, \(width)), mlp(\(width), 8, 1), \(data))")
        let lines = try bench.text("metrics").split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("js ") } && lines.contains { $0.hasPrefix("accuracy_fake") })
        #expect(
            lines.contains(
                "note: left out: loglik, d_optimality: a number that is the same in all real points has no density"))
        #expect(bench.error("watch loglik")?.message.contains("has no density") == true)
    }

    @Test func someMeasuresOfANamedGame() throws {
        let bench = Workbench()
        try bench.context.run(start + "; other = game; train 5 game=other")
        let lines = try bench.text("metrics other w1 exploitability").split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasPrefix("w1") && lines[2].hasPrefix("exploitability"))
    }

    @Test func watchingIsRecordedAndCanBeRead() throws {
        let bench = Workbench()
        try bench.context.run(start)
        #expect(try bench.text("watch") == "nothing is watched; `watch js every 100` begins")
        #expect(try bench.text("watch js modes every 10") == "watching js and modes at every 10th step of `game`")
        try bench.context.run("train 35")
        #expect(try bench.matrix("game.measures.js_steps").values == [10, 20, 30])
        #expect(try bench.matrix("game.measures.modes").count == 3)
        #expect(try bench.text("watch").hasPrefix("measured at every 10th step:\nmeasure  records"))
        _ = try bench.text("unwatch js")
        try bench.context.run("train 10")
        #expect(try bench.matrix("game.measures.js").count == 3 && bench.matrix("game.measures.modes").count == 4)
        #expect(try bench.text("unwatch").hasPrefix("nothing is watched any more"))
    }

    /// A game that is watched and measured plays on as one that is not.
    @Test func watchingChangesNothing() throws {
        let watched = Workbench(seed: 3), alone = Workbench(seed: 3)
        try watched.context.run(start + "; watch w1 energy grad_g every 3; train 10; metrics; train 10; rand()")
        try alone.context.run(start + "; train 10; train 10; rand()")
        #expect(try watched.matrix("game.history") == alone.matrix("game.history"))
        #expect(try watched.matrix("game.G([[0.3, -1]])") == alone.matrix("game.G([[0.3, -1]])"))
        #expect(try watched.number("rand()") == alone.number("rand()"))
    }

    @Test(arguments: [
        ("metrics", "there is no game yet"),
        ("watch js", "there is no game yet"),
        ("game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); watch ks", "2 coordinates"),
        ("game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); watch js 5", "a number where a measure belongs"),
        ("game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); watch js every", "no number of steps"),
        ("game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); watch jz", "jz"),
    ]) func whatDoesNotFitIsSaid(cell: String, part: String) throws {
        let message = Workbench().error(cell)?.message ?? "no error"
        #expect(message.contains(part), "\(message)")
    }
}
