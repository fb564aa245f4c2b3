import Foundation
import Language
import Learning
import Words

/// What `train until` waits for: `js < 0.05 for 200 max 20000`.
struct GameCondition {
    /// What is compared: a measure, or nil for a loss.
    let measure: Measure?
    /// The variable that holds the game, if one was named.
    private(set) var game: String?
    /// When to give up.
    private(set) var most = 20_000

    private let name: String
    private let comparison: Comparison
    private let bound: Double
    private var duration = 0
    private var since: Int?
    private var latest: Double?
    /// The last step there will be: it is looked at whatever its number, so that there is something to tell.
    var end: Int?

    private enum Comparison: String, CaseIterable {
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"

        func holds(_ a: Double, _ b: Double) -> Bool {
            switch self {
            case .lessOrEqual: a <= b
            case .greaterOrEqual: a >= b
            case .less: a < b
            case .greater: a > b
            }
        }
    }

    private static let losses = ["loss_d", "loss_g"]
    /// Steps between two measurements.
    private static let interval = 25

    /// Reads a condition.
    init(_ text: String, _ arguments: Arguments) throws(CellError) {
        func error(_ problem: String, at part: String? = nil, help: String? = Self.usage) -> CellError {
            CellError(
                .value, "train until: \(problem)", at: arguments.range(of: "condition", part: part ?? text), help: help)
        }
        guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }) else {
            throw error("a comparison is missing: a measure or loss, then < or >, then a number")
        }
        let sides = text.split(separator: comparison.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
        let name = sides[0].trimmingCharacters(in: .whitespaces)
        var words = sides[1].split(whereSeparator: \.isWhitespace).map(String.init)
        let known = Self.losses + Measure.names
        guard known.contains(name) else {
            if name.isEmpty || Double(name) != nil {
                throw error("a measure or a loss comes first, then \(comparison.rawValue), then a number", at: name)
            }
            throw error(
                "there is no measure `\(name)`", at: name,
                help: Spelling.question(for: name, among: known) ?? "there are " + known.joined(separator: ", "))
        }
        guard let bound = words.first.flatMap({ Double($0) }), !bound.isNaN else {
            throw error("`\(name) \(comparison.rawValue)` is compared with a number", at: words.first)
        }
        (self.name, self.comparison, self.bound) = (name, comparison, bound)
        measure = Measure(rawValue: name)
        words.removeFirst()
        while let word = words.first {
            words.removeFirst()
            if word.hasPrefix("game=") {
                game = String(word.dropFirst(5))
                continue
            }
            guard ["for", "max"].contains(word) else {
                throw error("`\(word)` is not understood here; what may follow is `for 200` and `max 20000`", at: word)
            }
            guard let given = words.first else { throw error("after `\(word)` a number of steps is missing", at: word) }
            guard let count = Int(given), (1...1_000_000_000).contains(count) else {
                throw error(
                    "`\(word)` takes a whole number of steps from 1 to 1000000000, not `\(given)`",
                    at: "\(word) \(given)")
            }
            words.removeFirst()
            if word == "for" { duration = count } else { most = count }
        }
        if duration >= most {
            throw error(
                "it cannot hold for \(Wording.count(duration, "step")) within the \(most) that are played at most")
        }
    }

    private static let usage = "such as: train until js < 0.05 for 200 max 20000"

    /// Whether it is looked at after this step.
    func isDue(at step: Int) -> Bool { measure == nil || step % Self.interval == 0 || step == end }

    /// Whether it holds, and has held for as long as it must.
    mutating func holds(
        _ game: Game, _ record: Game.Record, _ reference: MeasureReference?
    ) throws(LearningError) -> Bool {
        let value: Double
        if let measure {
            value = try measure.evaluate(game, against: reference)
        } else {
            value = name == "loss_d" ? record.discriminatorLoss : record.generatorLoss
        }
        latest = value
        guard comparison.holds(value, bound) else {
            since = nil
            return false
        }
        let first = since ?? game.steps
        since = first
        return game.steps - first >= duration
    }

    /// How it ended.
    func words(wasReached: Bool) -> String {
        let value = latest.map { "\(name) is \($0.significant(4))" } ?? "\(name) was not measured"
        let wanted = "\(comparison.rawValue) \(bound.significant(6))"
        if wasReached { return duration > 0 ? "\(value), \(wanted) for \(duration) steps" : "\(value), \(wanted)" }
        if let since { return "\(value), \(wanted) since step \(since), which is not yet for \(duration) steps" }
        return "\(value); \(wanted) was not reached"
    }

    /// Why the measure says nothing about this game.
    func obstacle(in game: Game, _ reference: MeasureReference?) -> String? {
        guard let measure, let reference else { return nil }
        return measure.obstacle(in: game, against: reference).map { "`\(name)` cannot be measured here: \($0)" }
    }
}
