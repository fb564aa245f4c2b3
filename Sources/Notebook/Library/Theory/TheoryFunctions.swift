import Autodiff
import Foundation
import Language
import Learning
import LinearAlgebra
import Probability
import Words

extension Library {
    /// Games that can be solved by hand, and what theory says of all games.
    static func addTheory(to registry: inout Registry) {
        registry.add(TheoryFunctions.all)
        registry.add(OptimumFunctions.all)
    }
}

/// Games of two numbers: fields, orbits, eigenvalues.
enum TheoryFunctions {
    static let all = [
        diracGAN, bilinearGame, planarGame, restPoints, field, orbit, eigenvalues, spectralRadius, jacobian,
    ]

    private static let diracGAN = FunctionEntry(
        "dirac_gan", topic: .theory, "the smallest GAN: data at 0, a generator at theta, a discriminator psi x",
        parameters: [
            Parameter(
                "loss", .choice(Game.Loss.allCases.map(\.rawValue)), default: "\"minimax\"", "what the two make small"),
            Parameter(
                "penalty", .choice(DiracGAN.Penalty.allCases.map(\.rawValue)), default: "\"none\"",
                "what holds the discriminator back"),
            Parameter("gamma", .number(0...1e6), default: "1", "its weight; the noise's standard deviation; the clip"),
        ],
        returns: "a game of two numbers, theta and psi, with its equilibrium at 0, 0",
        details: """
            Mescheder et al. 2018 (arXiv:1801.04406). The losses are those of `gan`. r1 and r2 are gamma/2 psi**2, gp is \
            gamma/2 (|psi| - 1)**2, gp0 gamma/2 psi**2; instance_noise blurs both points; clip holds psi within gamma; \
            consensus lets both go downhill on gamma/2 |field|**2 too. `orbit` plays it, `eigenvalues` says whether it \
            comes to rest.
            """,
        example: "dirac = dirac_gan(loss=\"wasserstein\", penalty=\"r1\", gamma=1); eigenvalues(dirac, lr=0.1)"
    ) { (arguments, _) throws(CellError) in
        let loss = Game.Loss(rawValue: try arguments.string("loss")) ?? .minimax
        let penalty = DiracGAN.Penalty(rawValue: try arguments.string("penalty")) ?? .none
        let weight = try arguments.number("gamma")
        let game = try arguments.learning(at: "gamma") { () throws(LearningError) in
            try DiracGAN(loss: loss, penalty: penalty, weight: weight)
        }
        return .object(PlanarGameValue(.known(.dirac(game))))
    }

    private static let bilinearGame = FunctionEntry(
        "bilinear_game", topic: .theory, "min over x and max over y of strength x y: what plain descent cannot solve",
        parameters: [
            Parameter("strength", .number(-1e6...1e6), default: "1", "how strongly the two pull at each other")
        ],
        returns: "a game of two numbers, x and y, with its equilibrium at 0, 0",
        details: """
            Simultaneous steps spiral outwards, by sqrt(1 + lr**2) each; alternating ones circle; extragradient and \
            optimistic steps, and averages of the orbit, come to rest.
            """,
        example: "orbit(bilinear_game(), 1, 0, lr=0.1, steps=3)"
    ) { (arguments, _) throws(CellError) in
        .object(PlanarGameValue(.known(.bilinear(strength: try arguments.number("strength")))))
    }

    private static let planarGame = FunctionEntry(
        "planar_game", topic: .theory, "a game of two numbers: two losses of your own, or two numbers of a GAN",
        parameters: [
            Parameter(
                "first", .any, "a loss as a function of both numbers, which the first player makes small; or a GAN"),
            Parameter("second", .any, default: "", "the second player's loss; left out: minus the first one's"),
            Parameter(
                "g", .integer(0...100_000_000), default: "",
                "of a GAN: which of G's numbers moves; the last if left out"),
            Parameter("d", .integer(0...100_000_000), default: "", "of a GAN: which of D's; the first if left out"),
        ],
        returns: "a game of two numbers for `plot field`, `field`, `orbit`, `rest_points` and `eigenvalues`",
        details: """
            The first player's number is the function's first parameter, the second player's its second one, and each goes \
            downhill on its own loss. Of a GAN all numbers but one of each network are held still; they are counted \
            through W1 row by row, b1, W2, ... The losses are then those of the game on 512 points that stay the same, with \
            r1, r2, gp, smoothing, instance_noise, spectral, pack, minibatch and mode_seeking as the game has them; steps \
            hold D's number within clip. What other settings do (consensus, dropout, replay, unroll, grad_clip) is left \
            out, and a note says so.
            """,
        example: """
            f(x, y) = x * y + 0.1 * x**2
            p = planar_game(f); eigenvalues(p), rest_points(p)
            game = gan(mlp(1, 1), mlp(1, 1), normal(1, 0.5)); plot field planar_game(game)
            """
    ) { (arguments, context) throws(CellError) in
        let first = try arguments.value("first")
        if let value = first.object(as: GameValue.self) {
            if arguments.has("second") { throw arguments.error("second", "is for losses; a GAN has its own") }
            let (g, d) = (try arguments.optionalInteger("g"), try arguments.optionalInteger("d"))
            let game = try arguments.learning(at: "first") { () throws(LearningError) in
                try value.game.planar(generator: g, discriminator: d)
            }
            let leftOut = value.game.planarLeavesOut
            if !leftOut.isEmpty {
                let names = Wording.list(leftOut)
                context.emit(.note("left out: \(names): no part of two losses on points that stay the same"))
            }
            return .object(PlanarGameValue(.known(game)))
        }
        for name in ["g", "d"] where arguments.has(name) {
            throw arguments.error(name, "is for a GAN; your losses have two numbers each")
        }
        let written = PlanarGameValue(
            .written(try loss("first", arguments), try arguments.has("second") ? loss("second", arguments) : nil))
        // A loss that does not work is told now.
        _ = try arguments.learning(at: "first") { () throws(LearningError) in
            try written.game(in: context).field(at: Matrix(rows: [[0.5, 0.25]]))
        }
        return .object(written)
    }

    /// A function of two numbers.
    private static func loss(_ name: String, _ arguments: Arguments) throws(CellError) -> Value {
        let value = try arguments.value(name)
        if case .function(let function) = value, function.requiredCount != 2, function.parameterNames.count != 2 {
            throw arguments.error(
                name, "takes \(function.parameterNames.count) numbers; a loss of this game takes two",
                help: "such as `f(x, y) = x * y`")
        }
        guard value.isCallable else {
            throw arguments.error(
                name, "must be a function of two numbers or a GAN, not \(value.errorDescription)", kind: .type,
                help: "such as `f(x, y) = x * y; planar_game(f)`")
        }
        return value
    }

    private static let restPoints = FunctionEntry(
        "rest_points", topic: .theory, "the places at which neither player of a game of two numbers is pushed",
        parameters: [
            gameParameter,
            Parameter(
                "size", .number(.leastNonzeroMagnitude...1e6), default: "2", "how far from the middle they are sought"),
        ],
        returns: "a matrix with a row for each place that was found",
        details: "By Newton's method from 16 starts: single places are found, lines at rest are not.",
        example: "f(x, y) = x * y; rest_points(planar_game(f))"
    ) { (arguments, context) throws(CellError) in
        let game = try arguments.object("game", as: PlanarGameValue.self).game(in: context)
        let size = try arguments.number("size"), centre = game.centre
        let found = try arguments.learning(at: "game") { () throws(LearningError) in
            try game.restPoints(
                x: centre.x - size...centre.x + size, y: centre.y - size...centre.y + size,
                interrupted: context.checkInterrupt)
        }
        return .matrix(Matrix(shape: .matrix(found.count, 2), values: found.flatMap { [$0.x, $0.y] }))
    }

    private static let gameParameter = Parameter(
        "game", .object("planar_game"), "from `dirac_gan`, `bilinear_game` or `planar_game`")
    private static let methodParameter = Parameter(
        "method", .choice(PlanarDynamics.allCases.map(\.rawValue)), default: "\"simultaneous\"", "how the two step")
    private static let rate = Parameter.Kind.number(Double.leastNonzeroMagnitude...1e6)

    // MARK: Fields

    private static let field = FunctionEntry(
        "field", topic: .theory, "where the losses push the two players, at places of the plane",
        parameters: [
            gameParameter,
            Parameter("at", .tensor, default: "", "points in rows of two; left out: a lattice round the equilibrium"),
            Parameter("size", .number(.leastNonzeroMagnitude...1e6), default: "2", "how far the lattice reaches"),
            Parameter("n", .integer(1...200), default: "15", "points on a side of the lattice"),
        ],
        returns: "a matrix with a row for each place: x, y, and the two parts of the field there",
        example: "field(dirac_gan(), [[1, 1], [0, 0.5]])"
    ) { (arguments, context) throws(CellError) in
        let game = try arguments.object("game", as: PlanarGameValue.self).game(in: context)
        let places = try places(arguments, round: game.centre)
        let speeds = try arguments.learning(at: "at") { () throws(LearningError) in try game.field(at: places) }
        return .matrix(Matrix(rows: (0..<places.rows).map { places.row($0) + speeds.row($0) }))
    }

    private static func places(
        _ arguments: Arguments, round centre: (x: Double, y: Double)
    ) throws(CellError) -> Matrix<Double> {
        if arguments.has("at") {
            let points = try arguments.matrix("at")
            guard points.rank > 0, points.columns == 2 else {
                throw arguments.error("at", "must hold points of two numbers, one a row", kind: .shape)
            }
            return points
        }
        let size = try arguments.number("size"), count = try arguments.integer("n")
        let line = (0..<count).map { count == 1 ? 0 : size * (2 * Double($0) / Double(count - 1) - 1) }
        return Matrix(rows: line.flatMap { y in line.map { [centre.x + $0, centre.y + y] } })
    }

    // MARK: Orbits

    private static let orbit = FunctionEntry(
        "orbit", topic: .theory, "where the two players come to, step by step",
        parameters: [
            gameParameter, Parameter("theta", .number(-1e6...1e6), default: "1", "where the first player starts"),
            Parameter("psi", .number(-1e6...1e6), default: "1", "where the second one starts"),
            Parameter("lr", rate, default: "0.1", "length of a step"),
            Parameter("steps", .integer(0...100_000), default: "500", "how many"), methodParameter,
            Parameter("d_steps", .integer(1...100), default: "1", "steps of D to one of G, with alternating steps"),
            Parameter("average", .boolean, default: "false", "the mean of all places so far, in place of each"),
        ],
        returns: "a matrix with a row for each step, the start first: theta, psi",
        details: """
            It ends early where the numbers are no longer finite. `plot orbit(...)` draws it.
            """,
        example: "orbit(dirac_gan(penalty=\"r1\"), theta=1, psi=1, lr=0.1, steps=500, method=\"alternating\")"
    ) { (arguments, context) throws(CellError) in
        let game = try arguments.object("game", as: PlanarGameValue.self).game(in: context)
        let start = (x: try arguments.number("theta"), y: try arguments.number("psi"))
        let steps = try arguments.integer("steps"), rate = try arguments.number("lr")
        let method = try method(arguments), moves = try arguments.integer("d_steps")
        if moves > 1, method != .alternating {
            throw arguments.error("d_steps", "above 1 needs method=\"alternating\"")
        }
        let isAveraged = try arguments.boolean("average")
        let path = try arguments.learning(at: "game") { () throws(LearningError) in
            try game.orbit(
                from: start, steps: steps, rate: rate, by: method, discriminatorSteps: moves, isAveraged: isAveraged,
                interrupted: context.checkInterrupt)
        }
        if path.rows < steps + 1 {
            context.emit(
                .note("the orbit ends after \(path.rows - 1) of \(steps) steps: what comes next is not finite"))
        }
        return .matrix(path)
    }

    private static func method(_ arguments: Arguments) throws(CellError) -> PlanarDynamics {
        PlanarDynamics(rawValue: try arguments.string("method")) ?? .simultaneous
    }

    // MARK: Eigenvalues

    private static let optionalRate = Parameter(
        "lr", rate, default: "", "length of a step; left out: of the field itself, as if steps were infinitely short")

    private static let eigenvalues = FunctionEntry(
        "eigenvalues", topic: .theory,
        "the eigenvalues of a step at the equilibrium: whether the game comes to rest there",
        parameters: [
            gameParameter, optionalRate, methodParameter,
            Parameter("closed", .boolean, default: "false", "by the formulas in place of automatic differentiation"),
        ],
        returns: "a matrix with a row for each: real part, imaginary part",
        details: """
            The game comes to rest when every eigenvalue of a step has a modulus below 1 (`spectral_radius`), or without lr \
            when all real parts are below 0. `closed=true` computes the same by the formulas of the papers.
            """,
        example:
            "dirac = dirac_gan(penalty=\"r1\", gamma=1); eigenvalues(dirac, lr=0.1), eigenvalues(dirac, lr=0.1, closed=true)"
    ) { (arguments, context) throws(CellError) in
        .matrix(Matrix(rows: try values(arguments, context).map { [$0.real, $0.imaginary] }))
    }

    private static let spectralRadius = FunctionEntry(
        "spectral_radius", topic: .theory,
        "the largest modulus of an eigenvalue of a step: below 1 the game comes to rest",
        parameters: [gameParameter, Parameter("lr", rate, default: "0.1", "length of a step"), methodParameter],
        returns: "a number; the error shrinks by it at every step, near the equilibrium",
        example:
            "spectral_radius(bilinear_game(), lr=0.1), spectral_radius(bilinear_game(), lr=0.1, method=\"extragradient\")"
    ) { (arguments, context) throws(CellError) in
        .number(try values(arguments, context).map(\.modulus).max() ?? .nan)
    }

    private static func values(_ arguments: Arguments, _ context: Context) throws(CellError) -> [Complex] {
        let game = try arguments.object("game", as: PlanarGameValue.self).game(in: context)
        let rate = try arguments.optionalNumber("lr"), method = try method(arguments)
        if arguments.has("closed"), try arguments.boolean("closed") {
            guard let values = game.closedFormEigenvalues(rate: rate, by: method) else {
                if case .losses = game.rules {
                    throw arguments.error("closed", "is for `dirac_gan` and `bilinear_game`: no formula is known here")
                }
                throw arguments.error("game", "has no eigenvalues at its equilibrium: \(game.kink ?? "")")
            }
            return values
        }
        let place = try restPoint(of: game, arguments, context)
        return try arguments.learning(at: "game") { () throws(LearningError) in
            try game.eigenvalues(rate: rate, by: method, at: place)
        }
    }

    /// Where a game is at rest: 0, 0 for those that are known, else the place nearest to the middle of the plane.
    private static func restPoint(
        of game: PlanarGame, _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> (x: Double, y: Double) {
        guard case .losses = game.rules else { return (0, 0) }
        let centre = game.centre
        let all = try arguments.learning(at: "game") { () throws(LearningError) in
            try game.restPoints(
                x: centre.x - 2...centre.x + 2, y: centre.y - 2...centre.y + 2, interrupted: context.checkInterrupt)
        }
        func distance(_ place: (x: Double, y: Double)) -> Double { hypot(place.x - centre.x, place.y - centre.y) }
        guard let nearest = all.min(by: { distance($0) < distance($1) }) else {
            throw arguments.error(
                "game", "comes to rest nowhere within 2 of \(centre.x.significant(3)), \(centre.y.significant(3))",
                help: "`plot field` shows where its pushes lead")
        }
        return nearest
    }

    private static let jacobian = FunctionEntry(
        "field_jacobian", topic: .theory, "the derivative of a game's field at a place, by automatic differentiation",
        parameters: [
            gameParameter, Parameter("theta", .number(-1e6...1e6), default: "0", "the first player's number"),
            Parameter("psi", .number(-1e6...1e6), default: "0", "the second one's"),
        ],
        returns: "a 2 x 2 matrix", example: "field_jacobian(dirac_gan(penalty=\"r1\", gamma=1))"
    ) { (arguments, context) throws(CellError) in
        let game = try arguments.object("game", as: PlanarGameValue.self).game(in: context)
        let place = (x: try arguments.number("theta"), y: try arguments.number("psi"))
        return .matrix(
            try arguments.learning(at: "game") { () throws(LearningError) in try game.jacobian(at: place) })
    }
}
