import Autodiff
import LinearAlgebra

/// A game that is being played: its step as a program, and what has to be renewed between steps.
final class GameProgram {
    private let program: Program<Float>
    private let game: Game
    /// Steps played by this program.
    private(set) var played = 0
    private var pool: GamePool
    private let only: Game.Role?
    private let lasting = GameLasting()

    /// Records the step from where the game stands; `only`: a step in which one player is updated and no step is counted.
    init(
        _ game: Game, _ mode: Program<Float>.Mode, only: Game.Role? = nil, threads: Int? = nil,
        witness: GameWitness? = nil
    ) throws {
        self.game = game
        self.only = only
        pool = game.pool
        let size = game.poolSize
        if pool.used + game.settings.realPointsPerStep > size { pool = pool.next(of: game) }
        let (points, used) = (pool.points(of: game), pool.used)
        program = try Program(mode, random: game.random, threads: threads) { [lasting] recorder in
            var step = GameStep(game, recorder, lasting, pool: (points, used), witness: witness)
            try step.write(only: only)
        }
    }

    /// Plays a step, unless something would no longer be finite: then nothing changes and the part is returned.
    func step() throws -> Game.Outcome.Part? {
        try prepare()
        try program.run()
        if program.number("soundness") == 0 {
            played += 1
            pool.used += game.data.isDrawn ? game.settings.realPointsPerStep : 0
            return nil
        }
        let parts: [(String, Game.Outcome.Part, Game.Role)] = [
            ("sound.lossD", .discriminatorLoss, .discriminator), ("sound.D", .discriminator, .discriminator),
            ("sound.lossG", .generatorLoss, .generator), ("sound.G", .generator, .generator),
        ]
        return parts.first { only ?? $0.2 == $0.2 && program.number($0.0) != 0 }?.1 ?? .generator
    }

    /// What changes with time is set from outside: learning rates, instance noise, a new pool of real points.
    private func prepare() throws(ShapeError) {
        let (settings, step) = (game.settings, stepsReached)
        if settings.schedule.kind != .constant {
            let factor = settings.schedule.factor(after: step)
            try program.set("D.rate", to: Matrix(Float(game.discriminator.optimiser.learningRate * factor)))
            try program.set("G.rate", to: Matrix(Float(game.generator.optimiser.learningRate * factor)))
        }
        if settings.instanceNoise.deviation > 0, settings.instanceNoise.steps > 0 {
            try program.set("blur", to: Matrix(Float(settings.instanceNoise.deviation(after: step))))
        }
        if settings.penalties.end != 1 {
            let scale = settings.schedule.decay(to: settings.penalties.end, after: step)
            try program.set("penalty", to: Matrix(Float(scale)))
        }
        if game.data.isDrawn, pool.used + settings.realPointsPerStep > game.poolSize {
            pool = pool.next(of: game)
            try program.set("data", to: pool.points(of: game))
            try program.set("data.used", to: Matrix(0))
        }
    }

    /// The losses of the step just played.
    var record: Game.Record {
        Game.Record(
            step: stepsReached, discriminatorLoss: Double(program.number("lossD")),
            generatorLoss: Double(program.number("lossG")), penalty: Double(program.number("penalty")))
    }

    /// The game as the program has left it; its history is the caller's.
    var reached: Game {
        var game = game
        game.discriminator = resumed(game.discriminator, .discriminator)
        game.generator = resumed(game.generator, .generator)
        for name in lasting.names { game.memory[name] = program[name] }
        game.pool = pool
        game.random = program.random
        game.steps = stepsReached
        return game
    }

    private var stepsReached: Int { game.steps + (only == nil ? played : 0) }

    private func resumed(_ player: Game.Player, _ role: Game.Role) -> Game.Player {
        let name = role.rawValue.uppercased()
        let (optimiser, parameters) = player.optimiser.resumed(
            from: program, name, parameters: player.model.parameters,
            after: only == nil || only == role ? played : 0)
        var model = player.model
        model.parameters = parameters
        return Game.Player(model: model, optimiser: optimiser)
    }
}

extension Game {
    /// The points of a pool.
    fileprivate var poolSize: Int { max(GamePool.size, settings.realPointsPerStep) }
}

extension Game.Data {
    /// Whether batches come from a pool that is drawn anew.
    var isDrawn: Bool {
        if case .draws = source { true } else { false }
    }
}

extension GamePool {
    /// The points of the pool in use, with their classes beside them where the players are told.
    fileprivate func points(of game: Game) -> Matrix<Float> {
        var random = random
        return game.data.isDrawn
            ? game.realRows(game.poolSize, using: &random) : .zeros(.matrix(1, game.data.dimension))
    }

    /// The pool after this one.
    fileprivate func next(of game: Game) -> GamePool {
        guard game.data.isDrawn else { return self }
        var random = random
        _ = game.realRows(game.poolSize, using: &random)
        return GamePool(random: random)
    }
}
