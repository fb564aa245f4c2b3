import Autodiff
import Foundation
import Language
import Learning
import LinearAlgebra
import Probability

/// What theory says of any game: the best discriminator, the value of a game, how steep G's loss is.
enum OptimumFunctions {
    static let all = [optimalDiscriminator, valueFunction, generatorSlope]

    private static let optimalDiscriminator = FunctionEntry(
        "optimal_discriminator", topic: .theory, "the best answer to a generator: D*(x) = p(x) / (p(x) + q(x))",
        parameters: [
            Parameter("p", .any, "the distribution of the data"),
            Parameter("q", .any, "the distribution of what the generator makes, or a game"),
        ],
        returns: "a function of points: the probability that each is real",
        details: """
            Goodfellow et al. (2014), proposition 1. The density of a game's samples is estimated by bumps on \
            \(KernelLikelihood.mostBumps) of them. `plot boundary` draws it, `D* = 1/2` everywhere at the equilibrium.
            """,
        example: "best = optimal_discriminator(normal(0, 1), normal(2, 1)); best([0, 1, 2])"
    ) { (arguments, context) in
        let p = try Library.distribution(of: arguments.value("p"), arguments, "p", context)
        let q: any Distribution
        if let game = try arguments.value("q").object(as: GameValue.self) {
            q = try density(of: game, p, arguments, context)
        } else {
            q = try Library.distribution(of: arguments.value("q"), arguments, "q", context)
        }
        guard p.dimension == q.dimension else {
            throw arguments.error(
                "q", "is over points of \(q.dimension) and `p` over points of \(p.dimension) numbers", kind: .shape)
        }
        return .object(OptimalDiscriminatorValue(p: p, q: q))
    }

    /// The density of what G makes. Smoothing widens it, so that D* is seen a little less sure than it is.
    private static func density(
        of game: GameValue, _ p: any Distribution, _ arguments: Arguments, _ context: Context
    ) throws -> any Distribution {
        var random = context.random
        let points = try PointSet(game.sample(count: KernelLikelihood.mostBumps, using: &random))
        let width = try KernelLikelihood.bandwidth(for: points, modes: p.modes)
        return try KernelLikelihood.density(points, bandwidth: width)
    }

    private static let valueFunction = FunctionEntry(
        "value_function", topic: .theory, "V(D, G) = mean log D(real) + mean log(1 - D(fake))",
        parameters: [
            Parameter("D", .oneOf([.object("mlp"), .object("optimal_discriminator")]), "the discriminator"),
            Parameter("real", .tensor, "real points"), Parameter("fake", .tensor, "made-up points"),
        ],
        returns: "a number: what D makes large and the minimax G small",
        details: """
            A D that cannot tell, saying 1/2, gets -log 4 = -1.386. The best D gets -log 4 + 2 JS(p, q), so that only at \
            the equilibrium the best D can do no better than that (Goodfellow et al. 2014, theorem 1).
            """,
        example: """
            best = optimal_discriminator(normal(), normal(2, 1))
            value_function(best, sample(normal(), 5000), sample(normal(2, 1), 5000))
            """
    ) { (arguments, context) in
        let real = try logits(of: arguments, on: "real", context), fake = try logits(of: arguments, on: "fake", context)
        // log σ(z) = -softplus(-z) and log(1 - σ(z)) = -softplus(z), without a logarithm of 0.
        let value = try (-real).softplus().mean() + fake.softplus().mean()
        return .tensor(-value)
    }

    private static func logits(of arguments: Arguments, on name: String, _ context: Context) throws -> Variable<Double>
    {
        let points = try arguments.tensor(name)
        if let best = try arguments.value("D").object(as: OptimalDiscriminatorValue.self) {
            return try best.logits(at: points)
        }
        let network = try arguments.object("D", as: NetworkValue.self)
        guard network.model.outputs == 1 else {
            throw arguments.error("D", "must have one output", kind: .shape)
        }
        let width = network.model.inputs
        let rows = points.shape.rank < 2 && width == 1 ? try points.reshaped(.matrix(points.shape.count, 1)) : points
        return try network.model.logits(of: rows, with: network.variables)
    }

    private static let generatorSlope = FunctionEntry(
        "generator_slope", topic: .theory,
        "how steep G's loss is where D gives a made-up point this probability of being real",
        parameters: [
            Parameter(
                "verdict", .tensor,
                "what D says of each made-up point: the probability of being real that it gives it, between 0 and 1"),
            Parameter(
                "loss", .choice(["minimax", "nonsaturating", "relativistic"]), default: "\"minimax\"",
                "what G makes small"),
        ],
        returns: "the derivative of the loss by D's logit, in the shape of the verdicts, by automatic differentiation",
        details: """
            Saturating and not: for minimax it is -D, which vanishes where D is sure that the points are made up; for \
            nonsaturating it is D - 1, which is steepest there (Goodfellow et al. 2014, section 3). For relativistic the \
            verdict is the probability of being more real than a real point, and the slope is that of nonsaturating. The \
            other losses make D say no probability.
            """,
        example: "generator_slope([0.01, 0.5, 0.99]), generator_slope([0.01, 0.5, 0.99], loss=\"nonsaturating\")"
    ) { (arguments, _) in
        let verdicts = try arguments.matrix("verdict")
        guard verdicts.values.allSatisfy({ $0 > 0 && $0 < 1 }) else {
            throw arguments.error("verdict", "must lie between 0 and 1, without the ends")
        }
        let loss = Game.Loss(rawValue: try arguments.string("loss")) ?? .minimax
        let odds = Matrix<Double>(
            shape: .matrix(verdicts.count, 1), values: verdicts.values.map { log($0 / (1 - $0)) })
        let logits = Variable.parameter(odds)
        let total = try loss.generator(logits) * Double(verdicts.count)
        let slopes: [Variable<Double>] = try gradients(of: total, withRespectTo: [logits])
        return .matrix(Matrix(shape: verdicts.shape, values: slopes[0].value.values))
    }
}

/// D* = p / (p + q), as cells see it.
struct OptimalDiscriminatorValue: ObjectValue, Judges {
    let p: any Distribution
    let q: any Distribution

    var typeName: String { "optimal_discriminator" }

    func describe(width: Int) -> String {
        "D*(x) = p(x) / (p(x) + q(x))\n  p: \(p.name)\n  q: \(q.name)"
    }

    var dimension: Int { p.dimension }
    var outcomeNames: [String] { ["real"] }

    func probabilities(at points: Matrix<Double>) throws(CellError) -> Matrix<Double> {
        do {
            let answers = try logits(at: Variable(points)).sigmoid().value
            return Matrix(shape: .matrix(answers.count, 1), values: answers.values)
        } catch let error as CellError { throw error } catch { throw CellError(.shape, "\(error)") }
    }

    /// log p - log q: the logit whose sigmoid is D*.
    func logits(at points: Variable<Double>) throws -> Variable<Double> {
        try DensityGraph.logDensity(of: p, at: points) - DensityGraph.logDensity(of: q, at: points)
    }

    func call(_ arguments: [Value], in context: Context) throws(CellError) -> Value {
        guard arguments.count == 1, let points = arguments[0].tensor else {
            throw CellError(.type, "it takes points: numbers, or points of the plane in rows")
        }
        do { return .tensor(try logits(at: points).sigmoid()) } catch let error as CellError { throw error } catch {
            throw CellError(.shape, "\(error)")
        }
    }
}
