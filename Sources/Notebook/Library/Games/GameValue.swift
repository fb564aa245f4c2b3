import Language
import Learning
import LinearAlgebra
import Probability
import Words

/// Two networks at play, as cells see them: the game with its past, what is watched of it, and its branches.
public struct GameValue: ObjectValue, Sampleable {
    /// The game.
    public var game: Game
    /// Where it can be taken back to.
    var past = GamePast()
    /// What this line of play is called.
    var branch = "main"
    /// The other lines of play, by name.
    var branches: [String: GameValue] = [:]
    /// What the data were called when the game was made, for people.
    let dataName: String

    init(game: Game, dataName: String) {
        self.game = game
        self.dataName = dataName
        past.keep(game, isTurn: true)
    }

    /// "game"
    public var typeName: String { "game" }

    /// The two networks, the rules, and how far it has come.
    public func describe(width: Int) -> String {
        func line(_ role: String, _ player: Game.Player) -> [String] {
            let model = player.model
            let sizes = model.sizes.map(String.init).joined(separator: "-")
            let rate = player.optimiser.learningRate.significant(3)
            return [role, sizes, String(model.parameterCount), player.optimiser.rule.name, rate]
        }
        let rules = game.settings
        let heading = "game after \(game.steps) \(game.steps == 1 ? "step" : "steps"), \(rules.loss.rawValue) loss"
        let table = TextTable.lines([
            ["network", "sizes", "parameters", "optimizer", "lr"], line("G", game.generator),
            line("D", game.discriminator),
        ])
        let noise = "\(rules.noise.rawValue) noise of \(game.noiseWidth)"
        var lines = [heading] + table + ["\(noise), batches of \(rules.batch) from \(dataName)"]
        if !unusualRules.isEmpty { lines += TextWidth.wrapped(unusualRules, width: width) }
        if let last = game.history.last {
            let chance = [rules.loss.discriminatorAtChance, rules.loss.generatorAtChance].map { $0.significant(4) }
            lines.append(
                "loss of D \(last.discriminatorLoss.significant(4)), of G \(last.generatorLoss.significant(4)) "
                    + "(guessing: \(chance[0]) and \(chance[1]))")
        }
        return lines.joined(separator: "\n")
    }

    /// The rules that are not as usual and stand nowhere else in the description: `r1=0.1, ema=0.999`.
    private var unusualRules: String {
        let shown = ["loss", "lr", "lr_g", "lr_d", "optimizer", "batch", "noise"]
        let usual = Game.Rules()
        return GameKnob.all.filter { !shown.contains($0.name) }.compactMap { knob in
            let text = knob.text(game.rules)
            return text == knob.text(usual) || text == "-" ? nil : "\(knob.name)=\(text)"
        }.joined(separator: ", ")
    }

    /// The distribution of the real points, for measures and theory; nil for a finite sample.
    public var source: (any Distribution)? { game.data.distribution }

    /// The names of its members.
    public var memberNames: [String] {
        [
            "G", "D", "maker", "history", "history_steps", "penalties", "steps", "loss", "data", "batch", "branch",
            "measures", "classes", "class_names",
        ]
    }

    /// `history` has a row for each recorded step: the loss of D, the loss of G.
    public func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "G": network(game.generator.model)
        case "D": network(game.judge)
        case "maker": network(game.maker)
        case "history":
            .matrix(
                Matrix(
                    shape: .matrix(game.history.count, 2),
                    values: game.history.flatMap { [$0.discriminatorLoss, $0.generatorLoss] }))
        case "history_steps": .vector(game.history.map { Double($0.step) })
        case "penalties": .vector(game.history.map(\.penalty))
        case "steps": .integer(game.steps)
        case "loss": .string(game.settings.loss.rawValue)
        case "data": data
        case "batch": .integer(game.settings.batch)
        case "measures": .object(WatchValue(watch: game.watch))
        case "branch": .string(branch)
        case "classes": .integer(game.classes)
        case "class_names": .list((game.classes > 0 ? game.data.classNames : []).map { .string($0) })
        default: nil
        }
    }

    /// The distribution or the sample that real points come from.
    private var data: Value? {
        source.map { .object(DistributionValue($0)) } ?? game.data.points.map { .matrix(Matrix($0)) }
    }

    private func network(_ model: MLP<Float>) -> Value {
        .object(NetworkValue(MLP<Double>(model), steps: game.steps))
    }

    /// Points that G makes of fresh noise, one a row.
    public func sample(count: Int, using random: inout RandomStream) throws(CellError) -> Matrix<Double> {
        try sample(count: count, label: nil, using: &random)
    }

    /// The class that a number or a name stands for.
    func label(_ value: Value) throws(CellError) -> Int {
        if game.classes == 0 {
            throw CellError(
                .value, "`label` was given, and the players of this game are told of no classes",
                help: "make one with conditional=\"concat\"")
        }
        let names = game.data.classNames
        if let name = value.string {
            if let label = names.firstIndex(of: name) { return label }
            throw CellError(
                .name, "there is no class \(Wording.quoted(name)): the classes are \(Wording.list(names, limit: 8))",
                help: Spelling.question(for: name, among: names))
        }
        guard let label = value.integer, (0..<game.classes).contains(label) else {
            let given = value.integer.map(String.init) ?? value.errorDescription
            throw CellError(.value, "there is no class \(given): the classes are 0 to \(game.classes - 1)")
        }
        return label
    }

    /// The same, all of one class.
    func sample(count: Int, label: Int?, using random: inout RandomStream) throws(CellError) -> Matrix<Double> {
        do { return Matrix(try game.sample(count, label: label, using: &random)) } catch { throw error.words }
    }
}
