import Foundation
import Language
import Learning
import Words

extension Library {
    static let compare = CommandEntry(
        "compare", topic: .games, "play a game anew by several rules, over several seeds, and lay them side by side",
        parameters: [
            Parameter(
                "what", .line,
                "a rule and its values: loss=minimax,hinge,wgan-gp; then seeds=10, steps=2000, measures=js,modes, every=100"
            )
        ],
        returns: "a comparison: `plot compare` and `plot multiples` draw it",
        details: """
            Every game starts anew: networks of the same sizes, freshly drawn from its seed, the same data, and the \
            rules of the current game but for the one that is tried. Several are played at once, one a core. Told are \
            the median over the seeds and, in brackets, the lowest and highest. The current game stays as it is. With \
            `every=100` the measures are taken at every 100th step too, so that `plot compare` can draw them over the \
            steps. The last comparison is `_`, and `c = compare ...` names it: `c.js` has a row for each value and a \
            column for each seed.
            """,
        example:
            "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); c = compare loss=minimax,hinge seeds=2 steps=20; c.js"
    ) { (arguments, context) throws(CellError) in
        try GameComparison(arguments.string("what"), isSweep: false, arguments, context).run()
    }

    static let sweep = CommandEntry(
        "sweep", topic: .games, "play a game anew for evenly spaced values of a number, over several seeds",
        parameters: [
            Parameter(
                "what", .line,
                "a rule and a range: lr.g=1e-4..1e-2 log 9; then seeds=5, steps=2000, measures=js,modes, every=100")
        ],
        returns: "a comparison: `plot compare` and `plot multiples` draw it",
        details: "`log` spaces the values by equal ratios, and without it they lie at equal distances. See `compare`.",
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); sweep lr_g=1e-4..1e-2 log 3 seeds=2 steps=20"
    ) { (arguments, context) throws(CellError) in
        try GameComparison(arguments.string("what"), isSweep: true, arguments, context).run()
    }

    static let compareBranches = CommandEntry(
        "compare branches", topic: .games, "measure all lines of play of a game and lay them side by side",
        parameters: [whichGame], returns: "a comparison: `plot compare` and `plot multiples` draw it",
        example:
            "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 20; branch \"calm\"; train 20; compare branches"
    ) { (arguments, context) throws(CellError) in
        let (_, value) = try currentGame(arguments, context)
        let measures = GameComparison.usualMeasures(for: value.game)
        var settings: [ComparisonValue.Setting] = []
        for (name, line) in value.lines {
            let values = try arguments.learning(at: "game") { () throws(LearningError) in
                try Measure.evaluate(measures, line.game)
            }
            settings.append(
                ComparisonValue.Setting(
                    name: name, number: nil, plays: [ComparisonValue.Play(game: line.game, values: values)],
                    games: [line.game], dataName: value.dataName))
        }
        context.show(
            ComparisonValue(
                subject: .branches, measures: measures, steps: settings.map(\.steps).max() ?? 0, settings: settings))
    }
}

/// Games by several rules, each over several seeds.
struct GameComparison {
    private let knob: GameKnob
    private let values: [(text: String, value: Value)]
    private var seeds = 5
    private var steps = 2000
    /// Steps from one look at the measures to the next; nil looks only at the end.
    private var interval: Int?
    private var measures: [Measure]
    private let isSweep: Bool
    private let isLogarithmic: Bool
    private let dataName: String
    private let game: Game
    private let arguments: Arguments
    private let context: Context

    /// Reads what is to be compared.
    init(_ text: String, isSweep: Bool, _ arguments: Arguments, _ context: Context) throws(CellError) {
        (self.arguments, self.context) = (arguments, context)
        var words = text.replacing("\"", with: "").split(whereSeparator: \.isWhitespace).map(String.init)
        let options = try Self.options(&words, arguments)
        let current = try Library.currentGame(
            named: options["game"], arguments.callee, at: arguments.range(of: "what"), context
        ).value
        (game, dataName) = (current.game, current.dataName)
        self.isSweep = isSweep
        isLogarithmic = words.dropFirst().contains("log")
        measures = Self.usualMeasures(for: game)
        for (name, most) in [("seeds", 1000), ("steps", 1_000_000_000), ("every", 1_000_000_000)] {
            guard let text = options[name] else { continue }
            guard let count = Int(text), (1...most).contains(count) else {
                throw Self.error(
                    "`\(name)` must be a whole number from 1 to \(most), not `\(text)`", arguments,
                    at: "\(name)=\(text)")
            }
            switch name {
            case "seeds": seeds = count
            case "steps": steps = count
            default: interval = count
            }
        }
        if let text = options["measures"] {
            measures = []
            for name in text.split(separator: ",").map(String.init) {
                guard let measure = Measure(rawValue: name) else {
                    throw Self.error(
                        "there is no measure `\(name)`", arguments, at: name,
                        help: Spelling.question(for: name, among: Measure.names)
                            ?? "there are " + Measure.names.joined(separator: ", "))
                }
                measures.append(measure)
            }
        }
        let usage = isSweep ? "sweep lr_g=1e-4..1e-2 log 9 seeds=5" : "compare loss=minimax,hinge seeds=10"
        guard let first = words.first, let place = first.firstIndex(of: "=") else {
            throw Self.error("a rule with its values is missing", arguments, help: "such as: \(usage)")
        }
        let name = String(first[..<place])
        guard let knob = GameKnob.named(name) else {
            throw Self.error(
                "a game has no rule `\(name)`", arguments, at: name,
                help: Spelling.question(for: name, among: GameKnob.all.map(\.name)) ?? "`set` lists them")
        }
        self.knob = knob
        let given = String(first[first.index(after: place)...])
        let texts = isSweep ? try Self.range(given, words.dropFirst(), arguments) : given.components(separatedBy: ",")
        if !isSweep, words.count > 1 {
            throw Self.error("`\(words[1])` is not understood here", arguments, at: words[1], help: "such as: \(usage)")
        }
        values = try texts.map { (text) throws(CellError) in (text, try Self.value(text, of: knob, arguments)) }
    }

    private static func error(
        _ problem: String, _ arguments: Arguments, at part: String = "", help: String? = nil
    ) -> CellError {
        CellError(.value, "\(arguments.callee): \(problem)", at: arguments.range(of: "what", part: part), help: help)
    }

    /// Takes `seeds=10` and the like out of the words.
    private static func options(_ words: inout [String], _ arguments: Arguments) throws(CellError) -> [String: String] {
        var options: [String: String] = [:]
        for name in ["seeds", "steps", "every", "measures", "game"] {
            let found = words.filter { $0.hasPrefix(name + "=") }
            if found.count > 1 { throw error("`\(name)` is given twice", arguments) }
            options[name] = found.first.map { String($0.dropFirst(name.count + 1)) }
            words.removeAll { $0.hasPrefix(name + "=") }
        }
        return options
    }

    /// The values of `1e-4..1e-2 log 9`.
    private static func range(
        _ text: String, _ words: ArraySlice<String>, _ arguments: Arguments
    ) throws(CellError) -> [String] {
        let ends = text.components(separatedBy: "..").compactMap { Double($0) }
        let isLogarithmic = words.contains("log")
        let rest = words.filter { $0 != "log" }
        guard ends.count == 2, rest.count <= 1, let count = rest.first.map({ Int($0) }) ?? 5, (2...100).contains(count)
        else {
            throw error(
                "`\(([text] + words).joined(separator: " "))` is no range", arguments,
                help: "such as: sweep lr_g=1e-4..1e-2 log 9, with 2 to 100 values")
        }
        if isLogarithmic, !(ends[0] > 0 && ends[1] > 0) {
            throw error("a `log` range lies above 0", arguments, help: "without `log` it may begin anywhere")
        }
        return (0..<count).map { index in
            let share = Double(index) / Double(count - 1)
            let value =
                isLogarithmic
                ? ends[0] * pow(ends[1] / ends[0], share) : ends[0] + (ends[1] - ends[0]) * share
            return value.significant(4)
        }
    }

    /// A value as `set` would take it.
    private static func value(_ text: String, of knob: GameKnob, _ arguments: Arguments) throws(CellError) -> Value {
        let given: Value =
            Bool(text).map { .boolean($0) } ?? Double(text).map { .number($0) } ?? .string(text)
        if let value = knob.parameter.kind.accepting(given) { return value }
        let words = Spelling.question(for: text, among: knob.parameter.kind.choices)
        let found = text.isEmpty ? "nothing" : "`\(text)`"
        throw error(
            "`\(knob.name)` must be \(knob.parameter.kind.description), not \(found)", arguments, at: text, help: words)
    }

    /// What is measured unless one says otherwise.
    static func usualMeasures(for game: Game) -> [Measure] {
        if game.data.distribution?.modes?.count ?? 0 > 1 { return [.modes, .hq, .rkl, .js] }
        return game.data.dimension <= 2 ? [.js, .w1] : [.w1]
    }

    /// Plays them all and shows the table.
    func run() throws(CellError) {
        var trials: [GameTrials.Trial] = []
        for (_, value) in values {
            var rules = game.rules
            do throws(GameKnob.Refusal) { try knob.write(value, &rules) } catch {
                throw Self.error("`\(knob.name)` \(error.reason)", arguments)
            }
            for seed in 0..<seeds {
                trials.append(
                    try arguments.learning(at: "what") { () throws(LearningError) in
                        var fresh = try GameTrials.fresh(like: game, rules: rules, seed: seed)
                        if let interval { fresh.watch.add(measures, every: interval) }
                        return GameTrials.Trial(game: fresh, steps: steps, measures: measures)
                    })
            }
        }
        let count = trials.count
        let results = try arguments.learning(at: "what") { () throws(LearningError) in
            try GameTrials.run(trials) { fraction in
                context.emit(.progress(fraction: fraction, "\(count) games of \(steps) steps"))
                return context.checkInterrupt()
            }
        }
        if results.contains(where: { $0 == nil }) {
            return context.emit(.text("stopped; \(results.count { $0 != nil }) of \(count) games had been played"))
        }
        context.show(comparison(results.compactMap(\.self)))
    }

    private func comparison(_ results: [GameTrials.Result]) -> ComparisonValue {
        let settings = values.indices.map { index in
            let own = Array(results[index * seeds..<(index + 1) * seeds])
            return ComparisonValue.Setting(
                name: values[index].text, number: isSweep ? Double(values[index].text) : nil,
                plays: own.map {
                    ComparisonValue.Play(game: $0.game, values: $0.values, isWhole: $0.outcome == .finished)
                },
                seconds: own.reduce(0) { $0 + $1.seconds } / Double(seeds), games: own.map(\.game), dataName: dataName,
                representedBy: measures.last)
        }
        return ComparisonValue(
            subject: .rule(knob.name, isLogarithmic: isLogarithmic), measures: measures, steps: steps,
            settings: settings)
    }
}
