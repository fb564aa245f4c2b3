import Foundation
import Language
import Learning
import LinearAlgebra
import Words

extension Library {
    static let walk = CommandEntry(
        "walk", topic: .games, "play one step of a game in slow motion: part by part, in words, numbers and pictures",
        parameters: [
            whichGame,
            Parameter("pictures", .boolean, default: "true", "draw each part, in games of one or two numbers"),
            Parameter(
                "from", .choice(Game.Role.allCases.map(\.rawValue)), default: "\"d\"",
                "whose update to begin with: of `g`, those of D are made and not told"),
        ],
        details: """
            What is told are the numbers of the very step that is played: afterwards the game stands where `step` would \
            have put it. At the prompt Enter goes from part to part, and Ctrl-C takes the step back; in a pipe and in a \
            notebook the parts follow each other.
            """,
        example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); walk pictures=false"
    ) { (arguments, context) throws(CellError) in
        let (name, value) = try currentGame(arguments, context)
        var next = value
        let (outcome, moments) = try arguments.learning(at: "game") { () throws(LearningError) in
            try next.game.walk(interrupted: { context.checkInterrupt() })
        }
        let wantsPictures = try arguments.boolean("pictures")
        let drawing = PlotDrawing(arguments: arguments, context: context)
        let scenes = WalkPictures(drawing: drawing, moments: moments)
        let role = Game.Role(rawValue: try arguments.string("from"))
        let first = moments.firstIndex { $0.role == role && !$0.isLookAhead } ?? 0
        if first > 0 { context.emit(.note("\(Wording.count(first, "part")) of the step before that, not told")) }
        for (index, moment) in moments.enumerated().dropFirst(first) {
            if context.checkInterrupt() { return context.emit(.note("stopped; nothing changed")) }
            if index > first { context.emit(.pause) }
            let words = WalkWords(moments: moments, index: index, dataName: value.dataName)
            let lines = TextWidth.wrapped(
                "\(index + 1) of \(moments.count), \(words.who): \(words.text)", width: context.width)
            context.emit(.text(lines.joined(separator: "\n")))
            if wantsPictures, let figure = try scenes.figure(of: moment, at: index) {
                context.emit(.object(FigureValue(figure)))
            }
        }
        if outcome == .interrupted { return context.emit(.note("stopped; nothing changed")) }
        if case .diverged(let part) = outcome {
            return context.emit(
                .warning("the step was not played: \(part.words) would not be finite; \(value.game.wayOut)"))
        }
        if next.past.isDue(at: next.game.steps) { next.past.keep(next.game) }
        context.setGame(name, next)
        if let last = next.game.history.last { context.emit(.text(last.words)) }
    }
}

/// What is said of a part of a step.
struct WalkWords {
    private let moments: [Game.Moment]
    private let index: Int
    private let dataName: String
    private var moment: Game.Moment { moments[index] }
    private var settings: Game.Settings { moment.game.settings }

    init(moments: [Game.Moment], index: Int, dataName: String) {
        (self.moments, self.index, self.dataName) = (moments, index, dataName)
    }

    /// Whose update it is.
    var who: String {
        let isOneOfSeveral = settings.discriminatorSteps > 1 && moment.role == .discriminator
        let update =
            isOneOfSeveral ? "update \(moment.round + 1) of D" : "update of \(moment.role.rawValue.uppercased())"
        return moment.isLookAhead ? "looking ahead, \(update)" : update
    }

    /// What happens, with its numbers.
    var text: String {
        switch moment.event {
        case .real(let points):
            let count = points.count / (moment.game.data.dimension + moment.game.classes)
            return "\(Wording.count(count, "real point")) of \(dataName); the first is \(Self.point(points, width))."
        case .noise(let noise):
            let numbers = noise.columns == 1 ? "one number" : "\(noise.columns) numbers"
            return "\(noise.rows) draws of \(settings.noise.rawValue) noise, \(numbers) each; the first is "
                + Self.point(noise, noise.columns) + "."
        case .made(let points, let noise):
            return
                "G makes a point of each: of \(Self.point(noise, noise.columns)) it makes \(Self.point(points, width))."
        case .judged(let verdict): return judged(verdict)
        case .loss(let loss, let penalty, _): return self.loss(loss, penalty)
        case .slopes(let slopes): return self.slopes(slopes)
        case .moved(let from, let to): return moved(from, to)
        case .foreseen(let count):
            return "it looks \(Wording.count(count, "update")) of D ahead, and is judged by the D that there would be."
        }
    }

    /// The numbers of a point, which may be packed with others into a row.
    private var width: Int { moment.game.data.dimension }

    /// The first point, `(1.42, -1.39)`, or `0.31` for a single number.
    private static func point(_ points: Matrix<Float>, _ width: Int) -> String {
        let shown = points.values.prefix(min(width, 4)).map { Double($0).significant(3) }
        if width == 1 { return shown.first ?? "none" }
        return "(" + shown.joined(separator: ", ") + (width > 4 ? ", ..." : "") + ")"
    }

    // MARK: D's numbers

    private func judged(_ verdict: Game.Moment.Verdict) -> String {
        let fake = verdict.fake.values.map { Double($0) }
        guard let real = verdict.real?.values.map({ Double($0) }) else {
            return "D judges the points that G has made: " + Self.verdicts(fake, areReal: false, settings.loss) + "."
        }
        if settings.loss.pairsPoints {
            let won = zip(real, fake).count { $0 > $1 }
            return "D compares pairs: in \(won) of \(real.count) it gives the real point more than the made-up one, on "
                + "average by \(((Self.mean(real) - Self.mean(fake)).significant(3)))."
        }
        return "D judges both: " + Self.verdicts(real, areReal: true, settings.loss) + "; "
            + Self.verdicts(fake, areReal: false, settings.loss) + "."
    }

    /// `real points get 0.52 on average, 70 of 128 are taken for real`
    private static func verdicts(_ logits: [Double], areReal: Bool, _ loss: Game.Loss) -> String {
        let taken = logits.count { $0 > loss.undecided }
        let isProbability = [.minimax, .nonsaturating].contains(loss)
        let shown = mean(isProbability ? logits.map { 1 / (1 + exp(-$0)) } : logits)
        let scale =
            isProbability ? " (1 is surely real)" : loss == .leastsquares ? " (1 means real)" : " (more is more real)"
        return "\(areReal ? "real points" : "made-up ones") get \(shown.significant(3)) on average"
            + (areReal ? scale : "")
            + (loss == .wasserstein ? "" : ", \(taken) of \(logits.count) pass for real")
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }

    // MARK: The loss and what is done about it

    private func loss(_ loss: Double, _ penalty: Double) -> String {
        let rule = settings.loss
        let isD = moment.role == .discriminator
        let formula = isD ? rule.discriminatorFormula : rule.generatorFormula
        let chance = (isD ? rule.discriminatorAtChance : rule.generatorAtChance).significant(4)
        var text = "its loss is \(formula) = \(loss.significant(4)); guessing makes it \(chance)."
        if isD, settings.penalties.lookAtGradients { text += " The penalties add \(penalty.significant(4))." }
        if isD, settings.labelSmoothing > 0 {
            text += " Real points count as \((1 - settings.labelSmoothing).significant(3))."
        }
        if !isD, settings.modeSeeking > 0 { text += " The mode-seeking term is in it." }
        return text
    }

    /// Whose update it is, as it stood.
    private var player: Game.Player {
        moment.role == .discriminator ? moment.game.discriminator : moment.game.generator
    }

    private func slopes(_ slopes: [Matrix<Float>]) -> String {
        func length(_ parts: some Sequence<Matrix<Float>>) -> Double {
            parts.reduce(0) { $0 + $1.values.reduce(0) { $0 + Double($1) * Double($1) } }.squareRoot()
        }
        let names = player.model.parameterNames
        let weights = names.indices.filter { !names[$0].hasPrefix("b") }
        let layers = weights.map { index in
            names[index].hasPrefix("W")
                ? "layer \(index / 2 + 1) \(length(slopes[index...index + 1]).significant(3))"
                : "\(names[index]) \(length(slopes[index...index]).significant(3))"
        }
        let count = slopes.reduce(0) { $0 + $1.count }
        return "how its loss changes with each of its \(count) numbers, the gradient, has the length "
            + "\(length(slopes).significant(3)): \(layers.joined(separator: ", "))."
    }

    private func moved(_ from: [Matrix<Float>], _ to: [Matrix<Float>]) -> String {
        let optimiser = player.optimiser
        let rate = optimiser.learningRate * settings.schedule.factor(after: moment.game.steps)
        var text = "a step of \(optimiser.rule.name), lr \(rate.significant(3))"
        if let (name, old, new) = Self.largestChange(from, to, player.model.parameterNames) {
            // As many digits as it takes to see the move.
            let digits = (4...9).first { old.significant($0) != new.significant($0) } ?? 9
            text += ": \(name) moves most, from \(old.significant(digits)) to \(new.significant(digits))"
        }
        if let after = moments.lossAfterMove(at: index) {
            text += ". On the same points its loss would now be \(after.significant(4))"
        }
        return text + "."
    }

    /// The number that changed most: `W2[5, 0]`, before and after.
    private static func largestChange(
        _ from: [Matrix<Float>], _ to: [Matrix<Float>], _ names: [String]
    ) -> (name: String, old: Double, new: Double)? {
        var best: (name: String, old: Double, new: Double)?
        for (index, (old, new)) in zip(from, to).enumerated() {
            let changes = zip(old.values, new.values).map { abs($0 - $1) }
            guard let place = changes.indices.max(by: { changes[$0] < changes[$1] }) else { continue }
            let (before, after) = (Double(old.values[place]), Double(new.values[place]))
            if let best, abs(best.new - best.old) >= abs(after - before) { continue }
            let (row, column) = (place / max(old.columns, 1), place % max(old.columns, 1))
            let position = old.shape.rank == 2 ? "[\(row), \(column)]" : "[\(place)]"
            best = (names[index] + position, before, after)
        }
        return best
    }
}
