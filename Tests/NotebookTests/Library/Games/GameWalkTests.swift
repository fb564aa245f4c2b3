import Language
import Learning
import Plotting
import Testing

@testable import Notebook

/// `walk`: a step in slow motion.
@Suite struct GameWalkTests {
    private static let games = [
        PictureCells.ring, PictureCells.line,
        "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8, loss=\"wgan-gp\", d_steps=2)",
        "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal, loss=relativistic, r1=0.1, unroll=2)",
        "game = gan(mlp(2, 8, 2), mlp(4, 8, 1), ring8, pack=2, dynamics=extragradient)",
        "game = gan(mlp(3, 8, 3), mlp(3, 8, 1), randn(50, 3))",
    ]

    @Test(arguments: games)
    func aWalkIsAStep(game: String) throws {
        let (walked, stepped) = (try PictureCells(game, "train 3"), try PictureCells(game, "train 3"))
        try walked.run("walk")
        try stepped.run("step")
        #expect(walked.game?.game == stepped.game?.game && walked.game?.past == stepped.game?.past)
    }

    /// Begun with G's update, it tells nothing of D's five, and the step is the same.
    @Test func aWalkMayBeginWithG() throws {
        let game = "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal, d_steps=5)"
        let (walked, stepped) = (try PictureCells(game), try PictureCells(game))
        let outputs = try walked.run("walk from=g pictures=false")
        try stepped.run("step")
        #expect(walked.game?.game == stepped.game?.game)
        let texts = outputs.compactMap { if case .text(let text) = $0 { text } else { nil } }
        #expect(texts.count == 7 && texts[0].hasPrefix("36 of 41, update of G"))
    }

    @Test func everyPartSpeaksAndDraws() throws {
        let cells = try PictureCells(PictureCells.ring, "train 3")
        let outputs = try cells.run("walk")
        let texts = outputs.compactMap { if case .text(let text) = $0 { text } else { nil } }
        #expect(texts.count == 14 && texts.last?.hasPrefix("step 4, loss of D") == true)
        #expect(texts[0].hasPrefix("1 of 13, update of D: 128 real points of ring; the first is ("))
        #expect(texts.allSatisfy { $0.split(separator: "\n").allSatisfy { $0.count <= 80 } })
        let figures = outputs.compactMap { output -> Figure? in
            if case .object(let object) = output { (object as? FigureValue)?.figure } else { nil }
        }
        #expect(figures.count == 13 && figures.allSatisfy { $0.isSmall && !$0.panels.isEmpty })
        #expect(outputs.count { if case .pause = $0 { true } else { false } } == 12)
        // The loss that is told is the loss that is on record.
        let loss = try #require(cells.game?.game.history.last?.discriminatorLoss).significant(4)
        #expect(texts[4].replacing("\n", with: " ").contains("= \(loss);"))
    }

    @Test func pointsMoveWhereTheyArePushed() throws {
        let cells = try PictureCells(PictureCells.ring, "train 20")
        let arrows = try cells.figures("walk").suffix(2).map { figure -> [Arrow] in
            let found = figure.panels[0].series.compactMap { series -> [Arrow]? in
                if case .arrows(let arrows) = series.kind { arrows } else { nil }
            }
            return try #require(found.first)
        }
        // To first order the step lowers G's loss by just this sum.
        var (gain, count) = (0.0, 0)
        for move in arrows[1] {
            guard let push = arrows[0].first(where: { $0.start == move.start }) else { continue }
            gain += (push.end.x - push.start.x) * (move.end.x - move.start.x)
            gain += (push.end.y - push.start.y) * (move.end.y - move.start.y)
            count += 1
        }
        #expect(count > 50)
        #expect(gain > 0)
    }

    @Test func ctrlCTakesTheStepBack() throws {
        var configuration = Session.Configuration(registry: Library.registry(resources: Workbench.resources))
        configuration.isPatient = true
        let session = Session(configuration: configuration)
        session.run(PictureCells.line)
        session.run("train 2")
        let before = session.variables["game"]?.object(as: GameValue.self)?.game
        session.run("walk pictures=false")
        #expect(session.isPaused && session.variables["game"]?.object(as: GameValue.self)?.game != before)
        session.giveUp()
        #expect(!session.isPaused && session.variables["game"]?.object(as: GameValue.self)?.game == before)
        // A cell that ran in between keeps the step.
        session.run("walk pictures=false")
        session.run("x = 1")
        session.giveUp()
        #expect(!session.isPaused && session.variables["game"]?.object(as: GameValue.self)?.game.steps == 3)
    }

    @Test func ctrlCInTheMiddleChangesNothing() throws {
        let cells = try PictureCells(PictureCells.line, "train 2")
        let before = cells.game?.game
        for looks in 1..<5 {
            cells.interrupt(after: looks)
            try cells.run("walk pictures=false")
            #expect(cells.game?.game == before)
        }
    }
}
