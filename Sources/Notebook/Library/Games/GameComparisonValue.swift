import Language
import Learning
import LinearAlgebra
import Plotting
import Words

/// Games that were played by several rules, or on several lines of play, side by side: what `compare` and `sweep` give.
struct ComparisonValue: ObjectValue {
    /// Where commands find the last one.
    static let slot = "comparison"

    /// What tells the settings apart.
    enum Subject {
        /// A rule; its values may lie at equal ratios.
        case rule(String, isLogarithmic: Bool)
        /// The lines of play of one game.
        case branches

        /// What heads the names of the settings.
        var name: String {
            switch self {
            case .rule(let name, _): name
            case .branches: "branch"
            }
        }
    }

    /// One game of a setting: what became of it, without its networks.
    struct Play {
        /// What was measured at its end; what does not apply is missing.
        let values: [Measure: Double]
        /// The losses of D and of G on the way, each point the mean of a stretch of steps.
        let losses: [Game.Role: [Point]]
        /// What was measured on the way.
        let watch: MeasureWatch
        /// Whether it was played to its end.
        let isWhole: Bool

        init(game: Game, values: [Measure: Double], isWhole: Bool = true) {
            self.values = values
            func means(_ loss: (Game.Record) -> Double) -> [Point] {
                PlotDrawing.means(of: game.history.map { Point(Double($0.step), loss($0)) }, count: 100)
            }
            losses = [.discriminator: means(\.discriminatorLoss), .generator: means(\.generatorLoss)]
            watch = game.watch
            self.isWhole = isWhole
        }
    }

    /// A value of the rule, or a line of play, with a game for each seed.
    struct Setting {
        /// What it is called: "hinge", "0.001".
        let name: String
        /// The value, where values are numbers along an axis.
        let number: Double?
        /// A game for each seed.
        let plays: [Play]
        /// Seconds that a game took; nil where nobody looked.
        let seconds: Double?
        /// The game that is the middle one of the seeds, as it ended.
        let game: GameValue
        /// Its seed.
        let seed: Int

        /// - Parameter measure: what the middle game is the middle of; nil takes the first.
        init(
            name: String, number: Double?, plays: [Play], seconds: Double? = nil, games: [Game], dataName: String,
            representedBy measure: Measure? = nil
        ) {
            (self.name, self.number, self.plays, self.seconds) = (name, number, plays, seconds)
            seed = Self.middle(of: plays.map { measure.flatMap($0.values.value) ?? .nan })
            game = GameValue(game: games[seed], dataName: dataName)
        }

        /// Steps of the longest game.
        var steps: Int { game.game.steps }

        /// A measure of each game; what does not apply is not a number.
        func values(of measure: Measure) -> [Double] { plays.map { $0.values[measure] ?? .nan } }

        private static func middle(of values: [Double]) -> Int {
            let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
            return order.isEmpty ? 0 : order[(order.count - 1) / 2]
        }
    }

    let subject: Subject
    /// What was measured.
    let measures: [Measure]
    /// Steps of each game.
    let steps: Int
    /// The settings, in the order in which they were asked for.
    let settings: [Setting]

    /// Games of each setting.
    var seeds: Int { settings.first?.plays.count ?? 0 }

    var typeName: String { "comparison" }

    func describe(width: Int) -> String { text(width: width).text }

    func measuredDescription(width: Int) -> MeasuredText { text(width: width) }

    fileprivate func text(width: Int) -> MeasuredText {
        switch subject {
        case .branches:
            let rows = settings.map { setting in
                [setting.name, String(setting.steps)]
                    + measures.map { setting.plays[0].values[$0].map { $0.significant(3) } ?? "-" }
            }
            let table = TextTable.lines([["branch", "steps"] + measures.map(\.rawValue)] + rows)
            return MeasuredText(table.joined(separator: "\n"))
        case .rule(let name, _):
            let rows = settings.map { setting in
                [setting.name] + measures.map { Spread(setting.values(of: $0))?.words ?? "-" }
                    + [setting.seconds?.significant(2) ?? "-"]
            }
            let lost = settings.compactMap { setting -> String? in
                let failed = setting.plays.count { !$0.isWhole }
                return failed == 0
                    ? nil
                    : "\(name)=\(setting.name): \(failed) of \(seeds) stopped early, at numbers no longer finite"
            }
            let note = "\(Wording.count(seeds, "seed")), \(steps) steps each: median [lowest, highest]"
            var text = MeasuredText(note)
            let heading = [name] + measures.map(\.rawValue) + ["seconds"]
            for table in TextTable.parted([heading] + rows, width: width) {
                let hasSeconds = table[0].last == heading.last
                text.append(TextTable.text(table, measured: hasSeconds ? table[0].count - 1 : table[0].count))
            }
            for line in lost { text.append(MeasuredText(line)) }
            return text
        }
    }

    var memberNames: [String] { ["settings", "seeds", "steps", "games"] + measures.map(\.rawValue) }

    /// A measure has a row for each setting and a column for each seed; `games` holds the middle game of each setting.
    func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "settings":
            return .list(settings.map { setting in setting.number.map { .number($0) } ?? .string(setting.name) })
        case "seeds": return .integer(seeds)
        case "steps": return .integer(steps)
        case "games": return .list(settings.map { .object($0.game) })
        default:
            guard let measure = Measure(rawValue: name), measures.contains(measure) else { return nil }
            return .matrix(Matrix(rows: settings.map { $0.values(of: measure) }))
        }
    }
}

/// How the numbers of several seeds are spread.
struct Spread: Hashable {
    let lowest: Double, lowerQuartile: Double, median: Double, upperQuartile: Double, highest: Double

    /// The spread of those that are numbers; nil where there are none.
    init?(_ numbers: [Double]) {
        let sorted = numbers.filter { !$0.isNaN }.sorted()
        guard let low = sorted.first, let high = sorted.last else { return nil }
        (lowest, highest) = (low, high)
        /// Between two equal numbers there is no way to go, infinite as they may be.
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let (below, above) = (sorted[Int(place)], sorted[Int(place.rounded(.up))])
            return below == above ? below : below + (above - below) * (place - place.rounded(.down))
        }
        (lowerQuartile, median, upperQuartile) = (quantile(0.25), quantile(0.5), quantile(0.75))
    }

    /// "0.04 [0.02, 0.3]"
    var words: String { "\(median.significant(3)) [\(lowest.significant(3)), \(highest.significant(3))]" }
}

extension Context {
    /// Shows a comparison as its table, gives it as the value of the command, and remembers it as the last one.
    func show(_ comparison: ComparisonValue) {
        emit(.measured(comparison.text(width: width)))
        state.slots[ComparisonValue.slot] = .object(comparison)
        result = .object(comparison)
    }
}

extension [Measure: Double] {
    fileprivate func value(_ measure: Measure) -> Double? { self[measure] }
}
