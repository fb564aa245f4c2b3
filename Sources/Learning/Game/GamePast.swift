import LinearAlgebra

/// What is remembered of a game's past: the game as it stood at some steps. From the nearest of them any step in between
/// is reached again by playing on, bit for bit.
public struct GamePast: Hashable, Sendable {
    /// The game as it stood, without its history; the oldest first.
    public private(set) var moments: [Game] = []
    /// Steps of moments that must not be thinned out: there the rules changed, or one player was moved alone.
    private var turns: Set<Int> = []
    /// Steps from one moment to the next.
    public private(set) var interval = 25

    /// Most moments that are kept, and most numbers (of four bytes) in them all.
    static let mostMoments = 48, mostNumbers = 6_000_000

    /// Nothing yet.
    public init() {}

    /// The steps that are remembered.
    public var steps: [Int] { moments.map(\.steps) }

    /// Whether a game should be kept at this step.
    public func isDue(at step: Int) -> Bool { step % interval == 0 }

    /// Keeps the game as it stands.
    ///
    /// - Parameter isTurn: the game cannot be played here from an earlier moment, because it was changed by hand.
    public mutating func keep(_ game: Game, isTurn: Bool = false) {
        moments.removeAll { $0.steps >= game.steps }
        turns = turns.filter { $0 < game.steps }
        var moment = game
        (moment.history, moment.watch) = ([], MeasureWatch())
        moments.append(moment)
        if isTurn { turns.insert(game.steps) }
        thin()
    }

    /// The last moment at or before a step; nil when the past does not reach so far back.
    func moment(before step: Int) -> Game? { moments.last { $0.steps <= step } }

    /// Forgets what came after a step.
    public mutating func forget(after step: Int) {
        moments.removeAll { $0.steps > step }
        turns = turns.filter { $0 <= step }
    }

    /// Keeps fewer: first every other moment that can be played again, then the oldest.
    private mutating func thin() {
        let most = Self.most(of: moments.last)
        let last = moments.last?.steps
        while moments.count > most,
            moments.contains(where: { !turns.contains($0.steps) && $0.steps != last && $0.steps > 0 })
        {
            interval *= 2
            moments.removeAll { !turns.contains($0.steps) && $0.steps != last && $0.steps % interval != 0 }
        }
        if moments.count > most { moments.removeFirst(moments.count - most) }
    }

    private static func most(of game: Game?) -> Int {
        guard let game else { return mostMoments }
        let numbers = 4 * (game.generator.model.parameterCount + game.discriminator.model.parameterCount)
        return min(mostMoments, max(mostNumbers / max(numbers, 1), 4))
    }
}

extension Game {
    /// The game as it stood after so many steps: the nearest moment before it, played on to the very step.
    ///
    /// - Parameter interrupted: looked at once a step; true gives up.
    /// - Returns: the game, or nil when its past does not reach so far back or it was interrupted.
    public func rewound(
        to step: Int, by past: GamePast, interrupted: () -> Bool = { false }
    ) throws(LearningError) -> Game? {
        guard step >= 0, step <= steps, var game = past.moment(before: step) else { return nil }
        if try game.play(step - game.steps, interrupted: interrupted) != .finished { return nil }
        game.history = history.filter { $0.step <= step }
        game.watch = watch
        game.watch.rewind(to: step)
        return game
    }
}
