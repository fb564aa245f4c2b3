import Language
import Learning
import LinearAlgebra

extension Library {
    static let gmm = FunctionEntry(
        "gmm", topic: .models, "fit a mixture of k Gaussians to points by EM",
        parameters: [
            Parameter("x", .tensor, "a vector of numbers, or points in rows"),
            Parameter("k", .integer(1...1000), default: "2", "the number of components"),
            Parameter("restarts", .integer(1...1000), default: "20", "runs from different starts; the best is kept"),
            Parameter(
                "steps", .integer(0...1_000_000), default: "500", "the most EM steps of a run; 0 gives the start"),
            Parameter(
                "floor", .number(0...Double.greatestFiniteMagnitude), default: "",
                "the smallest variance in any direction; left out: a millionth of the data's; 0: none"),
            Parameter("means", .tensor, default: "", "start from these means, once, in place of random ones"),
        ],
        returns: "a mixture: sample it, ask its density, plot it",
        details: """
            Half of the starts are drawn by k-means++. No step of EM lowers the likelihood. A run in which a component shrinks onto \
            a single point is thrown away, for there the likelihood has no upper limit; with floor=0 you can watch it \
            happen. `m.weights`, `m.means`, `m.sds`, `m.covs`, `m.loglikelihood`, `m.history` (after each step).
            """,
        example: "m = gmm(sample(bimodal, 500), 2); m.means"
    ) { (arguments, context) throws(CellError) in
        let points = try arguments.matrix("x")
        var settings = MixtureSettings(
            steps: try arguments.integer("steps"), floor: try arguments.optionalNumber("floor"),
            restarts: try arguments.integer("restarts"))
        if settings.steps == 0 { settings.restarts = 1 }
        let k = try arguments.integer("k")
        let fit: MixtureFit
        if let means = try arguments.optionalTensor("means")?.value {
            fit = try arguments.learning(at: "means") { () throws(LearningError) in
                let start = try GaussianMixture.around(means: means, points: points, floor: settings.floor)
                return try start.fitted(to: points, settings: settings, interrupted: context.checkInterrupt)
            }
        } else {
            var random = context.random
            fit = try arguments.learning(at: "x") { () throws(LearningError) in
                try GaussianMixture.fit(
                    points, components: k, settings: settings, random: &random, interrupted: context.checkInterrupt)
            }
            context.random = random
        }
        return tell(MixtureValue(fit: fit), context)
    }

    static let emStep = FunctionEntry(
        "em_step", topic: .models, "one step of EM: a mixture in, a better one out",
        parameters: [
            Parameter("m", .object("gmm"), "a mixture, for a start `gmm(x, k, steps=0)`"),
            Parameter("x", .tensor, "the points"),
        ],
        returns: "the mixture after the step, its history one longer",
        details: """
            E: who made each point? `responsibilities(m, x)`. M: weights, means and spreads of the points, each \
            counted by its responsibility. The mixture keeps to the floor that it was made with.
            """,
        example: "x = sample(bimodal, 200); m = gmm(x, 2, steps=0); m = em_step(m, x); m.history"
    ) { (arguments, context) throws(CellError) in
        let before = try arguments.object("m", as: MixtureValue.self).fit
        let points = try arguments.matrix("x")
        let settings = MixtureSettings(steps: 1, tolerance: -.infinity, floor: before.floor)
        let step = try arguments.learning(at: "x") { () throws(LearningError) in
            try before.mixture.fitted(to: points, settings: settings)
        }
        let past = step.observations == before.observations ? before.history.dropLast() : []
        let fit = MixtureFit(
            mixture: step.mixture, history: past + step.history, outcome: step.outcome, floor: before.floor,
            floored: step.floored, observations: step.observations)
        return tell(MixtureValue(fit: fit), context)
    }

    static let responsibilities = FunctionEntry(
        "responsibilities", topic: .models, "which component of a mixture made each point, as probabilities",
        parameters: [
            Parameter("m", .object("gmm"), "a mixture"), Parameter("x", .tensor, "the points"),
        ],
        returns: "a matrix, a point a row and a component a column; rows sum to 1",
        example: "x = sample(bimodal, 200); responsibilities(gmm(x, 2), [-1, 0, 2])"
    ) { (arguments, _) throws(CellError) in
        let mixture = try arguments.object("m", as: MixtureValue.self).mixture
        let points = try arguments.matrix("x")
        return .matrix(
            try arguments.learning(at: "x") { () throws(LearningError) in try mixture.responsibilities(of: points) })
    }

    static func criterion(_ name: String) -> FunctionEntry {
        let isBIC = name == "bic"
        return FunctionEntry(
            name, topic: .models,
            isBIC
                ? "Bayesian information criterion: p log(n) - 2 log L, lower is better"
                : "Akaike's information criterion: 2 p - 2 log L, lower is better",
            parameters: [
                Parameter("m", .object("gmm"), "a mixture"), Parameter("x", .tensor, "the points"),
            ],
            returns: "a number; p counts the fitted numbers, n the points, L is the likelihood",
            example: "x = sample(bimodal, 300); \(name)(gmm(x, 1), x), \(name)(gmm(x, 2), x)"
        ) { (arguments, _) throws(CellError) in
            let mixture = try arguments.object("m", as: MixtureValue.self).mixture
            let points = try arguments.matrix("x")
            return .number(
                try arguments.learning(at: "x") { () throws(LearningError) in
                    isBIC ? try mixture.bic(of: points) : try mixture.aic(of: points)
                })
        }
    }

    /// The mixture, after what has to be said about its fit.
    private static func tell(_ mixture: MixtureValue, _ context: Context) -> Value {
        for line in mixture.collapses { context.emit(.warning(line)) }
        if mixture.fit.outcome == .interrupted {
            context.emit(.note("stopped after \(mixture.fit.steps) steps of EM; the mixture is the one reached"))
        }
        return .object(mixture)
    }
}
