import Language
import Learning
import Words

/// `metrics` measures a game now, `watch` again and again while it is played.
enum MeasureCommands {
    static let all = [metrics, watch, unwatch]

    private static let names = Measure.names

    private static let metrics = CommandEntry(
        "metrics", topic: .games, "measure a game as it stands, beside what perfect samples would score",
        parameters: [
            Parameter(
                "what", .oneOf([.choice(names), .object("game")]), default: "", variadic: true,
                "the game, and measures if not all are wanted")
        ],
        details: """
            The column perfect is the noise floor: what a second draw from the data scores against the first, and for the \
            two players what they come to when nothing more can be gained. exploitability trains a copy of each player \
            for \(Exploitability.usualSteps) steps and is measured only when it is named. A D that is told of classes judges \
            real points with their own and samples with those that G was asked for, and d_optimality compares it with \
            p / (p + q) within each class. Measuring draws from a stream of \
            its own: the game plays on as if nobody had looked.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 20; metrics"
    ) { (arguments, context) throws(CellError) in
        let given = arguments.rest("what")
        let wanted = given.compactMap(\.string).compactMap(Measure.init(rawValue:))
        let named = given.lazy.compactMap { $0.object(as: GameValue.self) }.first
        let game = if let named { named } else { try Library.currentGame(arguments, context).value }
        let report = try MeasureReport(game.game, wanted, isAsked: !wanted.isEmpty)
        context.emit(.text(report.table.joined(separator: "\n")))
        for remark in report.remarks { context.emit(.note(remark)) }
    }

    private static let watch = CommandEntry(
        "watch", topic: .games, "record measures while a game is played",
        parameters: [
            Parameter(
                "what", .oneOf([.choice(names + ["every"]), .integer(1...1_000_000_000)]), default: "", variadic: true,
                "measures, and perhaps `every` with a number of steps; nothing lists what is watched"),
            Library.whichGame,
        ],
        details: """
            `watch js modes every 100` measures at every 100th step from now on. `game.measures.js` has the values and \
            `game.measures.js_steps` the steps; `plot learning game.measures.js` draws them. `unwatch` ends it.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); watch js w1 every 10; train 50; game.measures.js"
    ) { (arguments, context) throws(CellError) in
        var (name, value) = try Library.currentGame(arguments, context)
        let wanted = arguments.rest("what")
        if wanted.isEmpty {
            context.emit(.text(WatchValue(watch: value.game.watch).describe(width: context.width)))
            return
        }
        let (measures, interval) = try watched(wanted, arguments)
        for measure in measures {
            if let obstacle = measure.obstacle(in: value.game) {
                throw arguments.error("what", "cannot be \(measure.rawValue) here: \(obstacle)")
            }
        }
        value.game.watch.add(measures, every: interval)
        context.setGame(name, value)
        let list = value.game.watch.measures.map(\.rawValue).joined(separator: ", ", last: " and ")
        context.emit(.text("watching \(list) at every \(value.game.watch.interval.ordinal) step of `\(name)`"))
    }

    /// The measures and the interval out of `js modes every 100`.
    private static func watched(
        _ given: [Value], _ arguments: Arguments
    ) throws(CellError) -> (measures: [Measure], interval: Int?) {
        var measures: [Measure] = []
        var interval: Int?
        var expectsNumber = false
        for value in given {
            switch (value.string, value.integer) {
            case ("every", _): expectsNumber = true
            case (let word?, _): measures += Measure(rawValue: word).map { [$0] } ?? []
            case (_, let number?) where expectsNumber:
                interval = number
                expectsNumber = false
            default:
                throw arguments.error("what", "has a number where a measure belongs", help: "watch js modes every 100")
            }
        }
        if expectsNumber {
            throw arguments.error("what", "has no number of steps after `every`", help: "watch js modes every 100")
        }
        return (measures, interval)
    }

    private static let unwatch = CommandEntry(
        "unwatch", topic: .games, "record measures no longer; what was recorded stays",
        parameters: [
            Parameter("what", .choice(names), default: "", variadic: true, "measures; nothing means all"),
            Library.whichGame,
        ],
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); watch js w1; unwatch w1"
    ) { (arguments, context) throws(CellError) in
        var (name, value) = try Library.currentGame(arguments, context)
        let named = arguments.rest("what").compactMap(\.string).compactMap(Measure.init(rawValue:))
        value.game.watch.remove(named.isEmpty ? value.game.watch.measures : named)
        context.setGame(name, value)
        context.emit(.text(WatchValue(watch: value.game.watch).describe(width: context.width)))
    }
}

/// The table of `metrics`.
struct MeasureReport {
    /// Its lines.
    let table: [String]
    /// What was left out, and why.
    let remarks: [String]

    init(_ game: Game, _ wanted: [Measure], isAsked: Bool) throws(CellError) {
        do throws(LearningError) {
            let wanted = isAsked ? wanted : Measure.allCases.filter { $0 != .exploitability }
            var random = Measure.stream(of: game)
            let reference = try MeasureReference(game, using: &random)
            let values = try Measure.evaluate(wanted, game, against: reference, random: random)
            let shown = wanted.filter { values[$0] != nil }
            let floor = Measure.floor(shown, reference)
            var rows = [["measure", "value", "perfect", "better"]]
            for measure in shown {
                rows.append([
                    measure.rawValue, values[measure].map(Self.text) ?? "", floor[measure].map(Self.text) ?? "?",
                    Self.text(measure.direction),
                ])
            }
            let meanings = ["meaning"] + shown.map { $0.meaning(modes: reference.modes?.count) }
            table = shown.isEmpty ? [] : zip(TextTable.lines(rows), meanings).map { "\($0)  \($1)" }
            var reasons: [String: [String]] = [:]
            for measure in wanted {
                let obstacle = measure.obstacle(in: game, against: reference)
                if let reason = obstacle ?? (values[measure] == nil ? "these samples have no spread" : nil) {
                    reasons[reason, default: []].append(measure.rawValue)
                }
            }
            var remarks = reasons.sorted { $0.value[0] < $1.value[0] }.map { reason, names in
                "left out: \(names.joined(separator: ", ")): \(reason)"
            }
            if !isAsked {
                remarks.append("`metrics exploitability` measures that too: it trains a copy of each player")
            }
            self.remarks = remarks
        } catch { throw error.words }
    }

    /// Three digits, one of a number that is nearly 0.
    static func text(_ value: Double) -> String {
        abs(value) < 5e-5 ? "0" : value.significant(abs(value) < 0.001 ? 1 : 3)
    }

    private static func text(_ direction: Measure.Direction) -> String {
        switch direction {
        case .lower: "lower"
        case .higher: "higher"
        case .target(let number): "near \(number.significant(3))"
        }
    }
}

/// What was recorded of a game, as cells see it: `game.measures`.
struct WatchValue: ObjectValue {
    let watch: MeasureWatch

    var typeName: String { "measures" }

    func describe(width: Int) -> String {
        let known = recorded
        if known.isEmpty, watch.measures.isEmpty { return "nothing is watched; `watch js every 100` begins" }
        let heading =
            watch.measures.isEmpty
            ? "nothing is watched any more; recorded so far:" : "measured at every \(watch.interval.ordinal) step:"
        let rows = known.map { measure -> [String] in
            let values = watch.series(of: measure).values
            let path = values.count > 1 ? "\(MeasureReport.text(values[0])) ->" : ""
            let last = values.last.map(MeasureReport.text) ?? "not yet"
            return [measure.rawValue, String(values.count), path, last]
        }
        return ([heading] + TextTable.lines([["measure", "records", "first", "last"]] + rows)).joined(separator: "\n")
    }

    /// What is watched or was, in the order of the registry.
    private var recorded: [Measure] {
        let seen = Set(watch.records.flatMap(\.values.keys)).union(watch.measures)
        return Measure.allCases.filter(seen.contains)
    }

    var memberNames: [String] { ["steps"] + recorded.flatMap { [$0.rawValue, $0.rawValue + "_steps"] } }

    /// `js` has the values, `js_steps` the steps at which they were seen; `steps` those of all records.
    func member(_ name: String) throws(CellError) -> Value? {
        if name == "steps" { return .vector(watch.records.map { Double($0.step) }) }
        for measure in recorded {
            let series = watch.series(of: measure)
            if name == measure.rawValue { return .vector(series.values) }
            if name == measure.rawValue + "_steps" { return .vector(series.steps.map(Double.init)) }
        }
        return nil
    }
}

extension Int {
    /// "1st", "2nd", "100th".
    var ordinal: String {
        let ending =
            switch (self % 10, self % 100) {
            case (_, 11...13): "th"
            case (1, _): "st"
            case (2, _): "nd"
            case (3, _): "rd"
            default: "th"
            }
        return "\(self)\(ending)"
    }
}

extension Measure {
    /// What cells call them.
    static let names = allCases.map(\.rawValue)
}
