import Language
import Learning
import Words

extension Library {
    /// The parameter of a command that says which game is meant.
    static let whichGame = Parameter(
        "game", .name, default: "", "the variable that holds the game, if there are several")

    /// The game that a command is about: the one that is named, or `game`, or the only one there is.
    static func currentGame(
        _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> (name: String, value: GameValue) {
        let named = arguments.has("game") ? try arguments.string("game") : nil
        return try currentGame(named: named, arguments.callee, at: arguments.range(of: "game"), context)
    }

    /// The game of a name, or the current one.
    static func currentGame(
        named wanted: String?, _ callee: String, at range: SourceRange?, _ context: Context
    ) throws(CellError) -> (name: String, value: GameValue) {
        let games = context.state.variables.compactMapValues { $0.object(as: GameValue.self) }
        if let wanted {
            if let game = games[wanted] { return context.takingUp(wanted, game) }
            throw CellError(
                .name, "\(callee): `\(wanted)` is no game", at: range,
                help: Spelling.question(for: wanted, among: games.keys.sorted())
                    ?? "make one: game = gan(G, D, ring8)")
        }
        if let game = games["game"] { return context.takingUp("game", game) }
        if games.count == 1, let only = games.first { return context.takingUp(only.key, only.value) }
        if games.isEmpty {
            throw CellError(.name, "\(callee): there is no game yet", help: "make one: game = gan(G, D, ring8)")
        }
        throw CellError(
            .name, "\(callee): there are \(games.count) games",
            help: "say which: \(callee) game=\(games.keys.sorted()[0])")
    }
}

extension Context {
    /// Notes that a cell uses a game that its text may not name.
    fileprivate func takingUp(_ name: String, _ game: GameValue) -> (name: String, value: GameValue) {
        if !given.contains(name) { taken.insert(name) }
        return (name, game)
    }

    /// Puts a game back into its variable.
    func setGame(_ name: String, _ value: GameValue) { give(name, .object(value)) }
}

extension Game.Record {
    /// Where the game stands, in words.
    var words: String { "step \(step), \(losses)" }

    /// The losses, in words.
    var losses: String {
        "loss of D \(discriminatorLoss.significant(4)), of G \(generatorLoss.significant(4))"
    }
}

extension Game {
    /// What to do about a step that cannot be played: by then the networks may be far out already.
    var wayOut: String { "try smaller learning rates" + (steps > 0 ? ", and `rewind` to where it was well" : "") }
}

extension Game.Outcome.Part {
    /// What would not be finite, in words.
    var words: String {
        switch self {
        case .discriminatorLoss: "the loss of D"
        case .generatorLoss: "the loss of G"
        case .discriminator: "the parameters of D or its optimizer's memory"
        case .generator: "the parameters of G or its optimizer's memory"
        case .layer(let role, let number): "the numbers of layer \(number) of \(role.rawValue.uppercased())"
        }
    }
}
