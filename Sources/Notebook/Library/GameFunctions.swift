import Language
import Learning
import LinearAlgebra
import Probability
import Words

extension Library {
    /// Games of two networks: making one, playing on.
    static func addGames(to registry: inout Registry) {
        registry.add([gan])
        registry.add([train])
    }

    private static let rate = Parameter.Kind.number(Double.leastNonzeroMagnitude...1e6)

    private static let gan = FunctionEntry(
        "gan", topic: .models, "a game: a generator against a discriminator, over data",
        parameters: [
            Parameter("G", .object("mlp"), "the generator: noise in, points out"),
            Parameter("D", .object("mlp"), "the discriminator: points in, one number out"),
            Parameter("data", .any, "a distribution or model to draw from, or real points in rows"),
            Parameter(
                "loss", .choice(Game.Loss.allCases.map(\.rawValue)), default: "\"nonsaturating\"", "what G makes small"),
            Parameter("lr", rate, default: "0.001", "length of a step, for both"),
            Parameter("lr_g", rate, default: "", "of the generator alone"),
            Parameter("lr_d", rate, default: "", "of the discriminator alone"),
            Parameter("optimizer", .choice(OptimiserRule.named.map(\.name)), default: "\"adam\"", "the rule of a step"),
            Parameter("batch", .integer(1...100_000), default: "128", "real points, and made-up ones, in a step"),
            Parameter(
                "noise", .choice(Game.Noise.allCases.map(\.rawValue)), default: "\"normal\"",
                "what G turns into points; as many numbers as it has inputs"),
        ],
        returns: "a game that is about to begin: `train` plays it",
        details: """
            D makes small what `loss` says: the mean over real and made-up points of what it costs to call them \
            wrongly. G makes small mean log(1 - D(G(z))) (minimax, as in the game's definition) or \
            -mean log D(G(z)) (nonsaturating, with the steeper slope at the start). Adam has beta1 = 0.5 here. \
            `game.G`, `game.D`, `game.history`; `sample(game, n)` draws from G.
            """,
        example: "game = gan(mlp(2, 16, 2), mlp(2, 16, 1), ring8); train 20; sample(game, 5)"
    ) { (arguments, context) throws(CellError) in
        let generator = try player("G", arguments)
        let discriminator = try player("D", arguments)
        if discriminator.model.outputs != 1 || ![.none, .sigmoid].contains(discriminator.model.output) {
            throw arguments.error(
                "D", "has to have one output, a logit or through a sigmoid", kind: .shape,
                help: "mlp(\(generator.model.outputs), 16, 1)")
        }
        let (data, name) = try realPoints(arguments, context)
        try checkWidths(generator.model, discriminator.model, data, arguments)
        let settings = Game.Settings(
            loss: Game.Loss(rawValue: try arguments.string("loss")) ?? .nonsaturating,
            noise: Game.Noise(rawValue: try arguments.string("noise")) ?? .normal, batch: try arguments.integer("batch")
        )
        let stream = context.random.split()
        let game = try arguments.learning(at: "data") { () throws(LearningError) in
            try Game(
                generator: generator, discriminator: discriminator, data: data, settings: settings, random: stream)
        }
        return .object(GameValue(game: game, dataName: name))
    }

    private static func player(_ name: String, _ arguments: Arguments) throws(CellError) -> Game.Player {
        let network = try arguments.object(name, as: NetworkValue.self)
        let common = try arguments.number("lr")
        let rate = try arguments.optionalNumber(name == "G" ? "lr_g" : "lr_d") ?? common
        var rule = OptimiserRule(named: try arguments.string("optimizer")) ?? .adam()
        if case .adam = rule { rule = .adam(beta1: 0.5) }
        return Game.Player(model: MLP<Float>(network.model), optimiser: Optimiser(rule, learningRate: rate))
    }

    /// A distribution is drawn from for ever, a model gives a large sample to pick batches from, and points are taken as
    /// they are.
    private static func realPoints(
        _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> (Game.Data, String) {
        func data(_ points: Matrix<Double>) throws(CellError) -> Game.Data {
            try arguments.learning(at: "data") { () throws(LearningError) in try Game.Data(points: points) }
        }
        let value = try arguments.value("data")
        if let points = value.matrix {
            return (try data(points), points.shape.rank == 2 ? "\(points.rows) points" : "\(points.count) numbers")
        }
        if let source = value.object(as: (any HasDensity).self), let distribution = try? source.distribution {
            return (Game.Data(distribution), distribution.name)
        }
        if let source = value.object(as: (any Sampleable).self) {
            let points = try source.sample(count: 20_000, using: &context.random)
            return (try data(points), "20000 draws of \(source.typeName)")
        }
        throw arguments.error(
            "data", "must be a distribution or points in rows, not \(value.errorDescription)", kind: .type,
            help: "such as `ring8`, `bimodal` or a matrix with a point a row")
    }

    private static func checkWidths(
        _ generator: MLP<Float>, _ discriminator: MLP<Float>, _ data: Game.Data, _ arguments: Arguments
    ) throws(CellError) {
        let width = data.dimension
        func numbers(_ count: Int) -> String { count == 1 ? "one number" : "\(count) numbers" }
        if generator.outputs != width {
            throw arguments.error(
                "G", "makes points of \(numbers(generator.outputs)); the data have \(numbers(width))", kind: .shape)
        }
        if discriminator.inputs != width {
            throw arguments.error(
                "D", "takes points of \(numbers(discriminator.inputs)); the data have \(numbers(width))", kind: .shape)
        }
    }

    private static let train = CommandEntry(
        "train", topic: .models, "train the networks of a game for so many steps",
        parameters: [
            Parameter("steps", .integer(1...1_000_000_000), default: "1000", "how many steps"),
            Parameter("game", .name, default: "", "the variable that holds the game, if there are several"),
        ],
        details: """
            Each step updates D on fresh real and made-up points, and then G on fresh noise against the new D. The \
            variable holds the game as it has become. Ctrl-C keeps what was reached.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 20"
    ) { (arguments, context) throws(CellError) in
        let name = try gameName(arguments, context)
        guard let value = context.state.variables[name]?.object(as: GameValue.self) else { return }
        let steps = try arguments.integer("steps")
        var game = value.game
        let past = game.steps
        var shown = 0
        let outcome = try arguments.learning(at: "steps") { () throws(LearningError) in
            try game.play(steps, interrupted: context.checkInterrupt) { record in
                let percent = 100 * (record.step - past) / steps
                guard percent > shown else { return }
                shown = percent
                context.emit(.progress(fraction: Double(record.step - past) / Double(steps), words(for: record)))
            }
        }
        context.state.variables[name] = .object(GameValue(game: game, dataName: value.dataName))
        report(outcome, game, played: game.steps - past, of: steps, name, context)
    }

    private static func words(for record: Game.Record) -> String {
        "step \(record.step), loss of D \(record.discriminatorLoss.significant(4)), "
            + "of G \(record.generatorLoss.significant(4))"
    }

    /// The game that is named, or `game`, or the only one there is.
    static func gameName(_ arguments: Arguments, _ context: Context) throws(CellError) -> String {
        let games = context.state.variables.filter { $0.value.object(as: GameValue.self) != nil }.map(\.key).sorted()
        if let name = try arguments.optionalString("game") {
            if games.contains(name) { return name }
            throw CellError(
                .name, "\(arguments.callee): `\(name)` is no game", at: arguments.range(of: "game"),
                help: Spelling.question(for: name, among: games) ?? "make one: game = gan(G, D, ring8)")
        }
        if games.contains("game") { return "game" }
        if games.count == 1 { return games[0] }
        if games.isEmpty {
            throw CellError(
                .name, "\(arguments.callee): there is no game yet", help: "make one: game = gan(G, D, ring8)")
        }
        throw CellError(
            .name, "\(arguments.callee): there are \(games.count) games",
            help: "say which: \(arguments.callee) game=\(games[0])")
    }

    private static func report(
        _ outcome: Game.Outcome, _ game: Game, played: Int, of steps: Int, _ name: String, _ context: Context
    ) {
        var line = "\(played) \(played == 1 ? "step" : "steps")"
        if outcome == .interrupted { line = "stopped after \(played) of \(steps) steps" }
        // After a divergence the last record may be of an earlier stretch.
        if let last = game.history.last, last.step > game.steps - played { line += ": " + words(for: last) }
        context.emit(.text(line))
        if case .diverged(let part) = outcome {
            context.emit(
                .warning(
                    "step \(game.steps + 1) was not played: \(part.words) would not be finite. `\(name)` is as it was "
                        + "before; try smaller learning rates"))
        }
    }
}

extension Game.Outcome.Part {
    /// What would not be finite, in words.
    fileprivate var words: String {
        switch self {
        case .discriminatorLoss: "the loss of D"
        case .generatorLoss: "the loss of G"
        case .discriminator: "the parameters of D or its optimizer's memory"
        case .generator: "the parameters of G or its optimizer's memory"
        }
    }
}
