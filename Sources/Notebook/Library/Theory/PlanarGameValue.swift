import Language
import Learning
import LinearAlgebra

/// A game of two numbers, as cells see it.
struct PlanarGameValue: ObjectValue {
    /// Where its losses come from.
    enum Source {
        /// The room of theory, or a GAN.
        case known(PlanarGame)
        /// Functions of cells; without a second one the game is zero-sum.
        case written(Value, Value?)
    }

    private let source: Source

    init(_ source: Source) { self.source = source }

    /// The game, its losses computed in a place to run cells in.
    func game(in context: Context) -> PlanarGame {
        switch source {
        case .known(let game): game
        case .written(let first, let second):
            .losses(
                PlanarLosses(
                    first: Self.loss(first, context), second: second.map { Self.loss($0, context) },
                    names: Self.names(first)))
        }
    }

    /// The game where no function of a cell is needed.
    private var known: PlanarGame? {
        if case .known(let game) = source { game } else { nil }
    }

    private static func loss(_ function: Value, _ context: Context) -> PlanarLosses.Loss {
        { x, y in
            do throws(CellError) {
                let value = try context.call(function, [.tensor(x), .tensor(y)])
                guard let number = value.tensor else {
                    throw CellError(.type, "a loss must give a number; this one gave \(value.errorDescription)")
                }
                return number
            } catch {
                throw LearningError.engine(error.message)
            }
        }
    }

    /// What the function calls its two numbers.
    private static func names(_ function: Value) -> (x: String, y: String) {
        guard case .function(let written) = function, written.parameterNames.count >= 2 else { return ("x", "y") }
        return (written.parameterNames[0], written.parameterNames[1])
    }

    var typeName: String { "planar_game" }

    func describe(width: Int) -> String {
        guard case .written(let first, let second) = source else { return known.map(Self.words) ?? typeName }
        func text(_ loss: Value) -> String {
            if case .function(let function) = loss { function.source } else { loss.errorDescription }
        }
        let names = Self.names(first)
        return """
            game of two numbers: \(names.x) makes the first loss small, \(names.y) the second
            first: \(text(first))
            second: \(second.map(text) ?? "minus the first")
            """
    }

    private static func words(_ game: PlanarGame) -> String {
        var lines: [String]
        switch game.rules {
        case .bilinear(let strength):
            lines = [
                "bilinear game: x makes \(strength == 1 ? "" : strength.significant(6) + " ")x y small, y makes it large"
            ]
        case .dirac(let dirac):
            let penalty =
                dirac.penalty == .none
                ? "no penalty" : "\(dirac.penalty.rawValue), gamma \(dirac.weight.significant(6))"
            lines = [
                "Dirac-GAN: data at 0, generator at theta, D(x) = psi x\(dirac.loss == .leastsquares ? " + 1/2" : "")",
                "\(dirac.loss.rawValue) loss, \(penalty)",
            ]
        case .losses(let losses):
            let (x, y) = losses.names
            lines = [
                "game of two numbers of a GAN, all others held still",
                "\(x), now \(losses.centre.x.significant(4)), makes the loss of G small; "
                    + "\(y), now \(losses.centre.y.significant(4)), that of D",
            ]
        }
        if let values = game.closedFormEigenvalues(rate: nil) {
            lines.append("eigenvalues of the field at 0, 0: " + values.map(text).joined(separator: ", "))
        } else if let kink = game.kink {
            lines.append("no eigenvalues at 0, 0: \(kink)")
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ number: Complex) -> String {
        if abs(number.imaginary) < 1e-12 { return number.real.significant(4) }
        let size = abs(number.imaginary).significant(4)
        return (abs(number.real) < 1e-12 ? "" : number.real.significant(4) + " ")
            + (number.imaginary < 0 ? "- \(size)i" : abs(number.real) < 1e-12 ? "\(size)i" : "+ \(size)i")
    }

    var memberNames: [String] { ["loss", "penalty", "gamma", "strength"] }

    func member(_ name: String) throws(CellError) -> Value? {
        switch (known?.rules, name) {
        case (.bilinear(let strength)?, "strength"): .number(strength)
        case (.dirac(let dirac)?, "loss"): .string(dirac.loss.rawValue)
        case (.dirac(let dirac)?, "penalty"): .string(dirac.penalty.rawValue)
        case (.dirac(let dirac)?, "gamma"): .number(dirac.weight)
        default: nil
        }
    }
}
