import Foundation
import Language
import Learning
import Words

extension Library {
    static let rewind = CommandEntry(
        "rewind", topic: .games, "take a game back by so many steps",
        parameters: [
            Parameter("steps", .integer(1...1_000_000_000), "how many steps to take back"), whichGame,
        ],
        details: """
            The game remembers itself at some steps of its past, fewer the longer it gets, and plays on from there to \
            the very step: bit for bit what it was. Networks, optimizers, chance and rules are as they were then.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 50; rewind 20"
    ) { (arguments, context) throws(CellError) in
        let (name, value) = try currentGame(arguments, context)
        let step = value.game.steps - (try arguments.integer("steps"))
        if step < 0 {
            throw arguments.error(
                "steps", "is more than the \(Wording.count(value.game.steps, "step")) that were played")
        }
        try travel(to: step, name, value, arguments, context)
    }

    static let rewindTo = CommandEntry(
        "rewind to", topic: .games, "take a game back to what it was after a step",
        parameters: [
            Parameter("step", .integer(0...1_000_000_000), "the step; 0 is the beginning"), whichGame,
        ],
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 50; rewind to 10"
    ) { (arguments, context) throws(CellError) in
        let (name, value) = try currentGame(arguments, context)
        let step = try arguments.integer("step")
        if step > value.game.steps {
            throw arguments.error(
                "step", "is ahead: the game stands at step \(value.game.steps)",
                help: "`train \(step - value.game.steps)` plays on")
        }
        try travel(to: step, name, value, arguments, context)
    }

    private static func travel(
        to step: Int, _ name: String, _ value: GameValue, _ arguments: Arguments, _ context: Context
    ) throws(CellError) {
        let argument = arguments.has("step") ? "step" : "steps"
        let found = try arguments.learning(at: argument) { () throws(LearningError) in
            try value.game.rewound(to: step, by: value.past, interrupted: context.checkInterrupt)
        }
        guard let game = found else {
            if let first = value.past.steps.first, first <= step {
                return context.emit(.note("stopped; nothing changed"))
            }
            throw arguments.error(
                argument, "goes back to step \(step); what is remembered begins at \(value.past.steps.first ?? 0)")
        }
        var next = value
        next.game = game
        next.past.forget(after: step)
        context.setGame(name, next)
        let changes = GameKnob.all.changes(from: value.game.rules, to: game.rules).map(\.words)
        let losses = game.history.last.map { $0.step == step ? ": " + $0.losses : "" } ?? ""
        context.emit(.text((["back at step \(step)\(losses)"] + changes).joined(separator: "\n")))
    }

    // MARK: Branches

    static let branch = CommandEntry(
        "branch", topic: .games, "begin another line of play from here, or go to one there is",
        parameters: [Parameter("name", .oneOf([.word, .string]), "what the line is called"), whichGame],
        details:
            "The line that was played so far stays where it is; it is called `main` at first. `branches` lists them.",
        example:
            "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 20; branch \"calm\"; set lr=0.0001; branch main"
    ) { (arguments, context) throws(CellError) in
        let (name, value) = try currentGame(arguments, context)
        let wanted = try arguments.string("name").trimmingCharacters(in: .whitespaces)
        if wanted.isEmpty || wanted.count > 40 {
            throw arguments.error("name", "has to have from 1 to 40 letters")
        }
        if wanted == value.branch { return context.emit(.note("this is the branch `\(wanted)` already")) }
        var others = value.branches
        let known = others.removeValue(forKey: wanted)
        if known == nil, others.count >= 20 {
            throw CellError(.value, "branch: there are 20 other branches already; that is all that are kept")
        }
        var left = value
        left.branches = [:]
        others[value.branch] = left
        var next = known ?? left
        next.branch = wanted
        next.branches = others
        context.setGame(name, next)
        let line =
            known == nil
            ? "`\(wanted)` begins at step \(next.game.steps); `branch \(quoted(value.branch))` goes back to the other"
            : "on `\(wanted)`, at step \(next.game.steps)"
        context.emit(.text(line))
    }

    private static func quoted(_ name: String) -> String {
        name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : "\"\(name)\""
    }

    static let branches = CommandEntry(
        "branches", topic: .games, "list the lines of play of a game",
        parameters: [whichGame],
        details: "`*` marks the one that is played. Rules are shown where they differ from its rules.",
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 20; branch \"calm\"; set lr=0.0001; branches"
    ) { (arguments, context) throws(CellError) in
        let (_, value) = try currentGame(arguments, context)
        let rows = value.lines.map { name, line in
            let last = line.game.history.last
            let differences = GameKnob.all.changes(from: value.game.rules, to: line.game.rules).map {
                "\($0.name)=\($0.new)"
            }
            return [
                (name == value.branch ? "* " : "  ") + name, String(line.game.steps),
                last?.discriminatorLoss.significant(4) ?? "-", last?.generatorLoss.significant(4) ?? "-",
                differences.joined(separator: " "),
            ]
        }
        context.emit(
            .text(
                TextTable.lines([["  branch", "steps", "loss of D", "loss of G", "rules"]] + rows).joined(
                    separator: "\n")))
    }
}

extension GameValue {
    /// All lines of play, by name.
    var lines: [(name: String, value: GameValue)] {
        (branches.map { ($0.key, $0.value) } + [(branch, self)]).sorted { $0.0 < $1.0 }
    }
}
