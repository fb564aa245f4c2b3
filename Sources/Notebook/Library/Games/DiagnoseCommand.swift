import Language
import Learning
import Words

extension Library {
    /// `diagnose`: what is the matter with a game.
    static func addDiagnosis(to registry: inout Registry, resources: Resources) {
        registry.add(DiagnoseCommand.entry(resources: resources))
    }
}

/// Says how a game stands, with the numbers that say so, the lesson that explains it, and what may help.
enum DiagnoseCommand {
    static func entry(resources: Resources) -> CommandEntry {
        CommandEntry(
            "diagnose", topic: .games,
            "say how a game stands: who wins, what is lost, whether it circles, and what may help",
            parameters: [
                Parameter("game", .object("game"), default: "", "the game; left out: the one there is")
            ],
            details: """
                A copy of the game plays on, 300 to 1500 steps (twice as many where it is still open how it goes on; \
                fewer with large networks), and is looked at \
                \(GameEvidence.looksAfterFirst) times on the way; the game itself is not touched. It is called diverging, \
                converged, learning, oscillating, lost modes, won by D, won by G or stalled by fixed rules, and the numbers \
                that decided are shown.
                """,
            example: "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal); train 100; diagnose"
        ) { (arguments, context) throws(CellError) in
            let named = arguments.optionalValue("game")?.object(as: GameValue.self)
            let game = if let named { named } else { try Library.currentGame(arguments, context).value }
            let diagnosis: Diagnosis
            do throws(LearningError) {
                diagnosis = try Diagnosis(of: game.game, interrupted: context.checkInterrupt)
            } catch { throw error.words }
            let options = context.registry.function("gan")?.parameters.map(\.name) ?? []
            let words = DiagnosisWords(diagnosis, game.game, options: options)
            context.emit(.text(words.lines(width: context.width).joined(separator: "\n")))
            if let number = words.lesson, let lesson = LessonCatalogue(resources: resources).lesson(number)?.lesson {
                context.emit(.note("lesson \(number) explains it: \(lesson.title)"))
            }
        }
    }
}

/// A diagnosis in words.
struct DiagnosisWords {
    private let diagnosis: Diagnosis
    private let evidence: GameEvidence
    private let game: Game
    /// What may help.
    let advice: DiagnosisAdvice

    /// - Parameter options: the names of the settings that a game can have.
    init(_ diagnosis: Diagnosis, _ game: Game, options: [String]) {
        self.diagnosis = diagnosis
        evidence = diagnosis.evidence
        self.game = game
        advice = DiagnosisAdvice(diagnosis, game, options: options)
    }

    /// The sentence, set in lines of this width; the numbers; the settings.
    func lines(width: Int) -> [String] {
        let sentence = TextWidth.wrapped(sentence, width: width)
        return diagnosis.state == .unplayed ? sentence : sentence + numbers + advice.lines
    }

    // MARK: The sentence

    private var sentence: String {
        switch diagnosis.state {
        case .unplayed: "the game has not been played yet; `train 1000` plays it"
        case .learning:
            evidence.progress > 0
                ? "still learning: the samples come nearer to the data"
                : "still learning: the samples are under way, so far no nearer to the data"
        case .converged: "converged: the samples are nearly as like the data as another draw from them"
        case .discriminatorWon:
            evidence.steepness < 0.1
                ? "D has won: it knows every sample, and G's loss is flat where they are"
                : "D has won: it knows nearly every sample, and G does not come nearer"
        case .generatorWon: "G has won: D cannot tell the samples from the data, and they are not like them"
        case .modesLost: lostSentence
        case .oscillating: "oscillating: the samples move back and forth and come no nearer to the data"
        case .diverging: divergingSentence
        case .stalled: "stalled: the samples are not like the data, and hardly anything moves"
        }
    }

    private var lostSentence: String {
        let lost = diagnosis.lostModes
        if advice.isWandering, let count = evidence.looks.first?.shares.count {
            return "modes lost: \(evidence.modesAtATime) of \(count) are made at a time, and not always the same"
        }
        if lost.isEmpty { return "modes lost: the samples are like data, but much of the data has no sample near it" }
        let all = evidence.looks[0].shares.count
        let list =
            lost.count <= 8
            ? ": " + lost.map { "mode \($0) at \(place(of: $0))" }.joined(separator: ", ", last: " and ") : ""
        return "modes lost: \(lost.count) of \(all) are hardly ever made\(list)"
    }

    private func place(of mode: Int) -> String {
        let center = game.data.distribution?.modes?[mode].center ?? []
        let numbers = center.map { (abs($0) < 1e-12 ? 0 : $0).significant(3) }
        return numbers.count == 1 ? numbers[0] : "(\(numbers.joined(separator: ", ")))"
    }

    private var divergingSentence: String {
        if let part = evidence.broken { return "diverging: within a few steps \(part.words) would not be finite" }
        return evidence.lossOverChance > 10
            ? "diverging: D's loss runs away" : "diverging: the samples run away"
    }

    // MARK: The numbers

    private var numbers: [String] {
        guard let first = evidence.looks.first, let last = evidence.looks.last else { return [] }
        var rows = [["steps looked at, to", "\(last.step)", "from \(first.step) on"]]
        func row(_ name: String, _ value: Double, _ remark: String) {
            rows.append([name, MeasureReport.text(value), remark])
        }
        row(
            "distance, in spreads", last.distance,
            "was \(text(first.distance)); perfect \(text(evidence.floor.distance))")
        row("one spread of the data", evidence.spread, spreadMeaning)
        if game.data.dimension <= 2 {
            row(
                "divergence (js)", last.divergence,
                "was \(text(first.divergence)); perfect \(text(evidence.floor.divergence))")
        }
        row("pairs that D scores rightly", evidence.separation, "0.5: it cannot tell; 1: always")
        row("slope of G's loss there", evidence.steepness, "0: flat")
        if let modes = game.data.distribution?.modes, modes.count > 1, !first.shares.isEmpty {
            row("modes made at the last look", Double(last.shares.count { $0 >= 0.1 }), "of \(modes.count)")
            row("samples near a mode", evidence.quality, "1: all")
        }
        row(
            "way the samples went, in spreads", evidence.way,
            "how straight: \(text((100 * evidence.straightness).rounded() / 100)) (1: wholly)")
        if diagnosis.state == .diverging {
            row("how far out, in spreads", last.reach, "was \(text(first.reach))")
        }
        if [.diverging, .generatorWon].contains(diagnosis.state) {
            if let times = evidence.lossOverGuessing {
                row("D's loss over that of guessing", times, "1: no better than guessing")
            } else if diagnosis.state == .diverging, evidence.steps >= 8 {
                // Guessing costs nothing by this loss, and the evidence counts halves.
                row("size of D's loss", evidence.lossOverChance / 2, "guessing costs 0")
            }
        }
        let widths = [0, 1].map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let name = row[0] + String(repeating: " ", count: widths[0] - row[0].count)
            let value = String(repeating: " ", count: widths[1] - row[1].count) + row[1]
            return "  \(name)  \(value)" + (row[2].isEmpty ? "" : "  \(row[2])")
        }
    }

    private var spreadMeaning: String {
        game.data.dimension == 1 ? "their standard deviation" : "rms distance from their mean"
    }

    private func text(_ value: Double) -> String { MeasureReport.text(value) }

    /// The number of the lesson that explains the state.
    var lesson: Int? {
        switch diagnosis.state {
        case .unplayed, .converged, .learning, .stalled: nil
        case .discriminatorWon, .generatorWon: 12
        case .modesLost: 13
        case .oscillating, .diverging: 14
        }
    }
}
