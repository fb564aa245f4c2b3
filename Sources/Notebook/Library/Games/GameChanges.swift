import Language
import Learning
import Words

extension Library {
    static let set = CommandEntry(
        "set", topic: .games, "change the rules of a game between steps; alone, show them",
        parameters: GameKnob.all.map { knob in
            Parameter(knob.name, knob.parameter.kind, default: "", knob.parameter.summary)
        } + [whichGame],
        details: """
            The networks stay as they are, and so does what an optimizer remembers, if the new rule remembers the \
            same. `loss="wgan-gp"` changes all that belongs to it. `lr.d=0.001` is `lr_d=0.001`.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); set lr.d=0.0005 r1=0.1"
    ) { (arguments, context) throws(CellError) in
        var (name, value) = try currentGame(arguments, context)
        let old = value.game.rules
        guard GameKnob.all.contains(where: { arguments.has($0.name) }) else {
            return context.emit(.text(table(of: old, width: context.width)))
        }
        let new = try GameKnob.all.applied(arguments, to: old)
        if new == old { return context.emit(.note("nothing changed: these are the rules already")) }
        let (g, d) = (value.game.generator.model, value.game.discriminator.model)
        try checkWidths(g, d, value.game.data, new.settings, arguments)
        try arguments.learning(at: "game") { () throws(LearningError) in try value.game.change(to: new) }
        value.past.keep(value.game, isTurn: true)
        context.setGame(name, value)
        tellChanges(from: old, to: new, context)
        new.tellIdle(arguments, since: old, context)
    }

    private static func tellChanges(from old: Game.Rules, to new: Game.Rules, _ context: Context) {
        context.emit(.text(GameKnob.all.changes(from: old, to: new).map(\.words).joined(separator: "\n")))
        if !old.generator.rule.remembersTheSame(as: new.generator.rule) {
            context.emit(.note("\(new.generator.rule.name) remembers nothing yet"))
        }
        if old.settings.minibatchKernels != new.settings.minibatchKernels
            || new.settings.minibatchKernels > 0 && old.settings.minibatchDims != new.settings.minibatchDims
        {
            context.emit(.note("D has another shape now, and its optimizer remembers nothing yet"))
        }
        if new.settings.isUnbounded, !old.settings.isUnbounded { context.emit(.note(unboundedNote)) }
    }

    private static let unboundedNote =
        "nothing bounds D's slope, and the wasserstein loss needs that: set clip=0.01, or set gp=10 as in \"wgan-gp\""

    /// Each rule with its value and what it is; where a line has no room for that, it goes on below itself.
    private static func table(of rules: Game.Rules, width: Int) -> String {
        let names = GameKnob.all.map { $0.name.count }.max() ?? 0
        let texts = GameKnob.all.map { $0.text(rules) }
        let indent = names + 2 + (texts.map(\.count).max() ?? 0) + 2
        return zip(GameKnob.all, texts).flatMap { knob, text in
            let start = TextWidth.padded(TextWidth.padded(knob.name, to: names + 2) + text, to: indent)
            let words = TextWidth.wrapped(knob.parameter.summary, width: max(width - indent, 24))
            return words.enumerated().map {
                ($0.offset == 0 ? start : String(repeating: " ", count: indent)) + $0.element
            }
        }.joined(separator: "\n")
    }
}

extension Game.Settings {
    /// Whether the loss has no minimum because nothing holds D back.
    fileprivate var isUnbounded: Bool {
        loss == .wasserstein && penalties.weightClip == nil && !penalties.lookAtGradients
    }
}
