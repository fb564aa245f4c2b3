import Language
import Learning
import LinearAlgebra
import Words

extension Library {
    /// Games of two networks: making one, playing it, changing its rules, taking it back, trying many.
    static func addGames(to registry: inout Registry) {
        registry.add([gan, lossTerms])
        registry.add([losses])
        registry.add([train, trainUntil, step, walk])
        registry.add([set, rewind, rewindTo, branch, branches])
        registry.add([compare, compareBranches, sweep, recipe])
    }

    private static let gan = FunctionEntry(
        "gan", topic: .games, "a game: a generator against a discriminator, over data",
        parameters: [
            Parameter("G", .object("mlp"), "the generator: noise in, points out"),
            Parameter("D", .object("mlp"), "the discriminator: points in, one number out"),
            Parameter("data", .any, "a distribution or model to draw from, or real points: in rows, or a table"),
        ] + GameKnob.all.map(\.parameter) + [
            Parameter(
                "labels", .oneOf([.tensor, .string, .list(of: .string)]), default: "",
                "the class of each real point: numbers from 0, names, or a column of the table; both are told of it")
        ],
        returns: "a game that is about to begin: `train` plays it",
        details: """
            D makes small what `loss` says of its numbers on real and made-up points, and G what it says of those on \
            its own; `losses` lists both formulas. A distribution is drawn from anew in every step. Adam has \
            beta1 = 0.5 here. With extragradient and with consensus both move at once, whatever `order` says. \
            `set` changes any of these rules while the game is played. `game.G`, `game.D`, `game.history`; \
            `sample(game, n)` draws from G.

            `minibatch=5` gives D five kernels after its last hidden layer (Salimans et al. 2016): it sees for each point how \
            near the others of its batch are, and a G that makes the same point again and again is found out. Made-up \
            points are compared with made-up ones and real ones with real ones. Outside a step, in pictures and in \
            `game.D(x)`, each point is judged as one among a batch of real ones. Nearness is the mean of exp(-distance) \
            over the batch, where the paper has the sum, so that D's numbers do not grow with `batch`; the weights that \
            come after make up for the factor. With r1, r2 or gp the slope at a point is that of the sum of D's numbers \
            over the batch: as nearness is mutual, its part counts twice, for the point itself and for those that it is \
            near to. gp compares its points with each other.

            `conditional="concat"` puts a row of zeros with a one, which names the class, beside G's noise and beside D's \
            point, so both have so many more inputs; with `"projection"` (Miyato & Koyama 2018) G has them and D does not: \
            the class is multiplied with what D's last hidden layer has made of the point. The bumps of a mixture have \
            classes, the curves of `moons`, `circles` and `spirals`, the classes of `naive_bayes`, and what `labels` names.
            """,
        example: "game = gan(mlp(2, 16, 2), mlp(2, 16, 1), ring8, r1=0.1); train 20; sample(game, 5)"
    ) { (arguments, context) throws(CellError) in
        let generator = MLP<Float>(try arguments.object("G", as: NetworkValue.self).model)
        let discriminator = MLP<Float>(try arguments.object("D", as: NetworkValue.self).model)
        if discriminator.outputs != 1 || ![.none, .sigmoid].contains(discriminator.output) {
            let problem =
                discriminator.outputs == 1
                ? "has to give a logit, or put it through a sigmoid; this one has output=\"\(discriminator.output.rawValue)\""
                : "has to have one output; this one has \(discriminator.outputs)"
            throw arguments.error("D", problem, kind: .shape, help: "mlp(\(generator.outputs), 16, 1)")
        }
        let real = try GameRealPoints(arguments, context)
        let (data, name) = (real.data, real.name)
        var rules = try GameKnob.all.applied(arguments, to: Game.Rules())
        if data.labels != nil, arguments.range(of: "conditional") == nil { rules.settings.conditioning = .concat }
        try checkWidths(generator, discriminator, data, rules.settings, arguments)
        let stream = context.random.split()
        let game = try arguments.learning(at: "data") { () throws(LearningError) in
            try Game(generator: generator, discriminator: discriminator, data: data, rules: rules, random: stream)
        }
        rules.tellIdle(arguments, since: Game.Rules(), context)
        return .object(GameValue(game: game, dataName: name))
    }

    /// That the widths of both players fit the data, the classes that they are told of, and packing.
    static func checkWidths(
        _ generator: MLP<Float>, _ discriminator: MLP<Float>, _ data: Game.Data, _ settings: Game.Settings,
        _ arguments: Arguments
    ) throws(CellError) {
        let (width, packed) = (data.dimension, settings.packing)
        let classes = settings.conditioning == .none ? 0 : data.classes
        if settings.conditioning != .none, classes == 0 {
            throw arguments.error(
                "conditional", "needs data with classes",
                help: data.points == nil
                    ? "ring8, moons, spirals, mixtures and fitted models have some; so has a table: labels=\"column\""
                    : "give the class of each point: labels=[0, 1, ...], or a column of a table")
        }
        if classes > 0 {
            return try checkWidths(generator, discriminator, data, classes, settings, arguments)
        }
        func numbers(_ count: Int) -> String { count == 1 ? "one number" : "\(count) numbers" }
        if generator.outputs != width {
            throw arguments.error(
                "G", "makes points of \(numbers(generator.outputs)); the data have \(numbers(width))", kind: .shape,
                help: "mlp(\(generator.inputs), 16, \(width))")
        }
        if discriminator.inputs != width * packed {
            let pack = packed > 1 ? " and \(packed) of them are packed into one" : ""
            throw arguments.error(
                "D", "takes points of \(numbers(discriminator.inputs)); the data have \(numbers(width))\(pack)",
                kind: .shape, help: "mlp(\(width * packed), 16, 1)")
        }
    }

    /// The same where both are told of classes.
    private static func checkWidths(
        _ generator: MLP<Float>, _ discriminator: MLP<Float>, _ data: Game.Data, _ classes: Int,
        _ settings: Game.Settings, _ arguments: Arguments
    ) throws(CellError) {
        let (width, packed) = (data.dimension, settings.packing)
        if generator.inputs <= classes {
            throw arguments.error(
                "G",
                "has \(Wording.count(generator.inputs, "input")); it takes noise and, beside it, \(classes) numbers for the class",
                kind: .shape, help: "mlp(\(2 + classes), 16, \(width)) takes noise of 2")
        }
        let needed = settings.discriminatorInputs(for: data)
        if generator.outputs != width || discriminator.inputs != needed {
            let isG = generator.outputs != width
            throw arguments.error(
                isG ? "G" : "D",
                isG
                    ? "makes points of \(Wording.count(generator.outputs, "number")); the data have \(width)"
                    : "has \(Wording.count(discriminator.inputs, "input")); "
                        + (settings.conditioning == .projection
                            ? "a point has \(width == 1 ? "one number" : "\(width) numbers"), and its class is told to "
                                + "D's last layer" + (packed > 1 ? "; \(packed) points make \(needed)" : "")
                            : "\(width) for a point and \(classes) for its class"
                                + (packed > 1 ? ", \(packed) times," : "") + " make \(needed)"),
                kind: .shape,
                help: isG ? "mlp(\(generator.inputs), 16, \(width))" : "mlp(\(needed), 16, 1)")
        }
    }

    // MARK: Losses

    private static let losses = CommandEntry(
        "losses", topic: .games, "list what the two networks of a game can make small",
        parameters: [
            Parameter(
                "name", .choice(Game.Loss.allCases.map(\.rawValue)), default: "", "one of them; all if left out")
        ],
        details: """
            D(x) is a logit, and its sigmoid the probability that x is real. `at chance` is what each costs when D \
            cannot tell. `plot losses` draws the curves.
            """,
        example: "losses hinge"
    ) { (arguments, context) throws(CellError) in
        let name = try arguments.optionalString("name")
        let chosen = Game.Loss.allCases.filter { name == nil || $0.rawValue == name }
        var blocks = chosen.map { loss in
            let chance =
                "at chance D \(loss.discriminatorAtChance.significant(4)), G \(loss.generatorAtChance.significant(4))"
            return """
                \(loss.rawValue): \(loss.summary)
                  D makes small  \(loss.discriminatorFormula)
                  G makes small  \(loss.generatorFormula)
                  \(chance); \(loss.source)
                """
        }
        if name == nil {
            blocks += Game.Preset.all.map { "\($0.name): \($0.summary)\n  \($0.source)" }
        }
        context.emit(.text(blocks.joined(separator: "\n")))
    }

    private static let lossTerms = FunctionEntry(
        "loss_terms", topic: .games, "what points cost D and G, by D's logit on them",
        parameters: [
            Parameter("loss", .choice(Game.Loss.allCases.map(\.rawValue)), "which loss; `losses` lists them"),
            Parameter("logits", .tensor, "D's numbers"),
        ],
        returns: "a row for each logit: cost of a real point to D, of a made-up one to D, of a made-up one to G",
        details: """
            D's loss is the mean of the first over real points plus the mean of the second over made-up ones; G's is \
            the mean of the third. The relativistic loss judges pairs by the difference of their logits: here the partner \
            has the logit 0, and each number is the cost of a whole pair, so that the first two are not added.
            """,
        example: "loss_terms(hinge, [-2, 0, 2])"
    ) { (arguments, _) throws(CellError) in
        guard let loss = Game.Loss(rawValue: try arguments.string("loss")) else { return .nothing }
        let logits = try arguments.matrix("logits").values
        let rows = logits.flatMap { [loss.costOfReal($0), loss.costOfFake($0), loss.costToGenerator($0)] }
        return .matrix(Matrix(shape: .matrix(logits.count, 3), values: rows))
    }
}
