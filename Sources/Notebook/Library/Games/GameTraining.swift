import Foundation
import Language
import Learning
import Words

extension Library {
    static let train = CommandEntry(
        "train", topic: .games, "play a game for so many steps, or for so long",
        parameters: [
            Parameter(
                "steps", .oneOf([.integer(1...1_000_000_000), .duration]), default: "1000",
                "how many steps, or how long: 30s, 2min"), whichGame,
            Parameter("quiet", .boolean, default: "false", "say nothing of how it went, for playing in a loop"),
        ],
        details: """
            Each step updates D on fresh real and made-up points, and then G on fresh noise against the new D. The \
            variable holds the game as it has become. Ctrl-C keeps what was reached. `train until` waits for a \
            measure or a loss.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 20; train 0.1s"
    ) { (arguments, context) throws(CellError) in
        let (name, value) = try currentGame(arguments, context)
        var stretch = GameStretch(name: name, value: value, context: context)
        stretch.isQuiet = try arguments.boolean("quiet")
        if let text = try arguments.value("steps").string {
            guard let time = GameStretch.seconds(text) else {
                throw arguments.error(
                    "steps", "must be a whole number of steps, or a time such as 30s or 2min, not `\(text)`",
                    kind: .type)
            }
            stretch.seconds = time
        } else {
            stretch.steps = try arguments.integer("steps")
        }
        try arguments.learning(at: "steps") { () throws(LearningError) in try stretch.play() }
    }

    static let trainUntil = CommandEntry(
        "train until", topic: .games, "play a game until a measure or a loss is as you want it",
        parameters: [
            Parameter(
                "condition", .line,
                "a measure, loss_d or loss_g, compared with a number: js < 0.05; then `for 200`: how many steps it must "
                    + "hold; `max 20000`: when to give up")
        ],
        details: """
            Measures are taken every 25 steps from points drawn for the purpose; losses are those of a step's batch. \
            Without `max` it gives up after 20000 steps. Ctrl-C keeps what was reached.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train until loss_d < 0.75 max 50"
    ) { (arguments, context) throws(CellError) in
        let condition = try GameCondition(arguments.string("condition"), arguments)
        let (name, value) = try currentGame(
            named: condition.game, "train until", at: arguments.range(of: "condition"), context)
        var stretch = GameStretch(name: name, value: value, context: context)
        stretch.steps = condition.most
        stretch.condition = condition
        try arguments.learning(at: "condition") { () throws(LearningError) in try stretch.play() }
    }

    static let step = CommandEntry(
        "step", topic: .games, "play one step of a game, a few, or only one side of a step",
        parameters: [
            Parameter(
                "what", .oneOf([.integer(1...1000), .choice(Game.Role.allCases.map(\.rawValue))]), default: "1",
                "how many steps; `d`: one update of D alone; `g`: one of G alone"), whichGame,
        ],
        details: "An update of one side alone counts as no step; the other side stays as it is.",
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); step 3; step d; step g"
    ) { (arguments, context) throws(CellError) in
        var (name, value) = try currentGame(arguments, context)
        guard let role = try arguments.value("what").string.flatMap({ Game.Role(rawValue: $0) }) else {
            var stretch = GameStretch(name: name, value: value, context: context)
            stretch.steps = try arguments.integer("what")
            stretch.tellsEach = stretch.steps <= 20
            return try arguments.learning(at: "what") { () throws(LearningError) in try stretch.play() }
        }
        let (outcome, last) = try arguments.learning(at: "what") { () throws(LearningError) in
            try value.game.update(role)
        }
        value.past.keep(value.game, isTurn: true)
        context.setGame(name, value)
        if case .diverged(let part) = outcome {
            context.emit(.warning("nothing was done: \(part.words) would not be finite; \(value.game.wayOut)"))
        } else if let last {
            let loss = role == .generator ? last.generatorLoss : last.discriminatorLoss
            let who = role.rawValue.uppercased()
            context.emit(.text("one update of \(who); its loss before it was \(loss.significant(4))"))
        }
    }
}

extension Game.Record {
    /// Whether a loss is thousands of times what it is in any game that goes well. Only numbers that are no longer finite
    /// stop a game.
    var hasExploded: Bool { max(abs(discriminatorLoss), abs(generatorLoss)) > 10_000 }
}

/// A stretch of play with what goes on beside it: progress, what is waited for, the past that is kept.
struct GameStretch {
    let name: String
    let value: GameValue
    let context: Context
    /// How many steps; without a limit but that of time when `seconds` is given.
    var steps = 1_000_000_000
    /// How long.
    var seconds: Double?
    /// What ends it early.
    var condition: GameCondition?
    /// Whether every step is told.
    var tellsEach = false
    /// Whether nothing is told of a stretch that went to its end.
    var isQuiet = false
    /// Who draws it, besides those who watch every game.
    var observer: (any GameObserver)?

    init(name: String, value: GameValue, context: Context) {
        self.name = name
        self.value = value
        self.context = context
    }

    /// Plays, puts the game back, and tells what was reached.
    func play() throws(LearningError) {
        // Apart, because the spectator keeps the past while the game is being changed.
        var (game, past, condition) = (value.game, value.past, condition)
        let begun = value.game.steps
        let clock = Clock(limit: seconds)
        var (wasStopped, looks) = (false, 0)
        let reference = try reference()
        condition?.end = begun + steps
        if let obstacle = condition?.obstacle(in: value.game, reference) { throw .engine(obstacle) }
        let isOpen = seconds != nil || condition != nil
        let audience = PlotAudience(context, game: name, end: isOpen ? nil : begun + steps)
        let observers: [any GameObserver] = [observer, audience].compactMap { $0 }
        let spectator = Game.Spectator(
            isDue: { step in
                past.isDue(at: step) || condition?.isDue(at: step) == true
                    || observers.contains { $0.isDue(at: step) }
            },
            look: { (game, record) throws(LearningError) in
                for observer in observers where observer.isDue(at: game.steps) {
                    var seen = value
                    (seen.game, seen.past) = (game, past)
                    observer.look(at: seen)
                }
                if past.isDue(at: game.steps) { past.keep(game) }
                guard condition?.isDue(at: game.steps) == true else { return false }
                return try condition?.holds(game, record, reference) ?? false
            })
        let outcome = try game.play(
            steps, spectator: spectator,
            interrupted: {
                wasStopped = context.checkInterrupt()
                looks += 1
                // However short the time, a step is played.
                return wasStopped || looks > 1 && seconds != nil && context.checkTime(isOver: clock.isOver)
            }
        ) { record in
            if tellsEach { context.emit(.text(record.words)) }
            guard let text = clock.words(after: record.step - begun, of: steps) else { return }
            let fraction = clock.fraction ?? Double(record.step - begun) / Double(steps)
            context.emit(.progress(fraction: fraction, text + record.words))
        }
        var next = value
        (next.game, next.past) = (game, past)
        context.setGame(name, next)
        audience?.finish(next)
        tell(outcome, game, wasStopped: wasStopped, condition)
    }

    /// Real points are drawn once for all looks.
    private func reference() throws(LearningError) -> MeasureReference? {
        guard condition?.measure != nil else { return nil }
        var random = Measure.stream(of: value.game)
        return try MeasureReference(value.game, using: &random)
    }

    private func tell(_ outcome: Game.Outcome, _ game: Game, wasStopped: Bool, _ condition: GameCondition?) {
        let played = game.steps - value.game.steps
        var line = Wording.count(played, "step")
        if wasStopped, outcome == .interrupted {
            line = seconds == nil ? "stopped after \(played) of \(steps) steps" : "stopped after \(line)"
        }
        // After a divergence the last record may be of an earlier stretch.
        if let last = game.history.last, last.step > game.steps - played, !tellsEach { line += ": " + last.words }
        if !tellsEach && !isQuiet || outcome != .finished { context.emit(.text(line)) }
        if let condition, !wasStopped { context.emit(.text(condition.words(wasReached: outcome == .reached))) }
        if case .diverged = outcome {
        } else if played > 0, let last = game.history.last, last.hasExploded {
            context.emit(
                .warning(
                    "the losses have grown out of all proportion (D \(last.discriminatorLoss.significant(3)), G "
                        + "\(last.generatorLoss.significant(3))): the game diverges; `rewind` takes it back, and smaller "
                        + "learning rates help"))
        }
        if case .diverged(let part) = outcome {
            context.emit(
                .warning(
                    "step \(game.steps + 1) was not played: \(part.words) would not be finite. `\(name)` is as it was "
                        + "before; \(game.wayOut)"))
        }
    }

    /// The seconds that a text stands for: `30s`, `2min`, `0.5h`, `500ms`.
    static func seconds(_ text: String) -> Double? {
        let units = [("ms", 0.001), ("min", 60), ("s", 1), ("h", 3600)]
        for (unit, length) in units where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.count)).flatMap { $0 > 0 && $0.isFinite ? $0 * length : nil }
        }
        return nil
    }

    /// How long it has taken, how fast it goes, how long it will take.
    private final class Clock {
        private let begin = ContinuousClock.now
        private let limit: Double?
        private var shown = 0.0

        init(limit: Double?) { self.limit = limit }

        private var elapsed: Double { (ContinuousClock.now - begin) / .seconds(1) }
        var isOver: Bool { limit.map { elapsed >= $0 } ?? false }
        var fraction: Double? { limit.map { elapsed / $0 } }

        /// Rate and time left, about ten times a second.
        func words(after played: Int, of steps: Int) -> String? {
            let elapsed = elapsed
            guard elapsed - shown >= 0.1 else { return nil }
            shown = elapsed
            let rate = Double(played) / elapsed
            let left = limit.map { $0 - elapsed } ?? Double(steps - played) / max(rate, 1e-9)
            return "\(Self.rounded(rate)) steps/s, \(Self.words(max(left, 0))) left; "
        }

        private static func rounded(_ rate: Double) -> String {
            if rate < 10 { return rate.significant(2) }
            let unit = pow(10, log10(rate).rounded(.down) - 1)
            return String(Int((rate / unit).rounded() * unit))
        }

        private static func words(_ seconds: Double) -> String {
            if seconds < 60 { return "\(Int(seconds.rounded(.up))) s" }
            return seconds < 7200 ? "\(Int(seconds / 60)) min" : "\(Int(seconds / 3600)) h"
        }
    }
}
