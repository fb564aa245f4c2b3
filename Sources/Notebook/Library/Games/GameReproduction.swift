import Foundation
import Learning
import LinearAlgebra

/// A published table, and how our games do by the same protocol (Lin et al. 2018, PacGAN, table 1: mean of 10 trials).
public struct GameReproduction: Sendable {
    /// A line of the table: modes reached, share of samples of high quality, reverse KL of the modes.
    public struct Row: Sendable {
        /// Whose it is.
        public let name: String
        /// What was reached.
        public let modes: Double, quality: Double, divergence: Double
    }

    /// What the program calls it.
    public let name: String
    /// The recipe that is played.
    public let recipe: String
    /// The papers' lines.
    public let published: [Row]

    /// All tables.
    public static let all: [GameReproduction] = [
        GameReproduction(
            name: "ring", recipe: "ring8",
            published: [
                Row(name: "GAN", modes: 6.3, quality: 0.982, divergence: 0.45),
                Row(name: "ALI", modes: 6.6, quality: 0.976, divergence: 0.36),
                Row(name: "PacGAN2", modes: 7.9, quality: 0.956, divergence: 0.07),
                Row(name: "PacGAN3", modes: 7.8, quality: 0.977, divergence: 0.10),
                Row(name: "PacGAN4", modes: 7.8, quality: 0.959, divergence: 0.07),
            ]),
        GameReproduction(
            name: "grid", recipe: "grid25",
            published: [
                Row(name: "GAN", modes: 17.3, quality: 0.948, divergence: 0.70),
                Row(name: "ALI", modes: 24.1, quality: 0.957, divergence: 0.14),
                Row(name: "PacGAN2", modes: 23.8, quality: 0.913, divergence: 0.13),
                Row(name: "PacGAN3", modes: 24.6, quality: 0.942, divergence: 0.06),
                Row(name: "PacGAN4", modes: 24.8, quality: 0.936, divergence: 0.04),
            ]),
    ]

    /// Recipes of games whose data have modes, as the tables' have.
    public static let recipes = GameRecipe.all.filter { recipe in
        (try? recipe.game(seed: 1))?.data.distribution?.modes?.count ?? 0 > 1
    }.map(\.name)

    /// Plays the recipe over seeds, several at once.
    ///
    /// - Parameters:
    ///   - steps: nil: as many as the recipe is meant for; else its learning rates fall the sooner or later.
    ///   - waiting: told how much is done, from 0 to 1; true gives up.
    /// - Returns: the lines of our table.
    public func run(
        recipe name: String? = nil, seeds: Int, steps: Int? = nil, workers: Int, waiting: (Double) -> Bool
    ) throws -> [String] {
        guard let recipe = GameRecipe.named(name ?? self.recipe) else { return [] }
        let measures: [Measure] = [.modes, .hq, .rkl]
        let trials = try (1...max(seeds, 1)).map { seed in
            GameTrials.Trial(
                game: try recipe.game(seed: seed, steps: steps), steps: steps ?? recipe.steps, measures: measures)
        }
        let results = try GameTrials.run(trials, workers: workers, waiting: waiting)
        let ours = results.enumerated().compactMap { index, result in
            result.map { (Row("seed \(index + 1)", $0.values), $0.seconds) }
        }
        guard let data = trials.first?.game.data else { return [] }
        var random = RandomStream(seed: 1)
        let ceiling = Measure.floor(measures, try MeasureReference(data, using: &random))
        let heading = "\(self.name): the recipe \(recipe.name), \(steps ?? recipe.steps) steps, 2500 samples of each G"
        return [heading] + table(ours, ceiling: Row("the data itself", ceiling))
    }

    /// The papers' lines, the most that can be reached, ours, and what ours come to.
    func table(_ ours: [(row: Row, seconds: Double)], ceiling: Row) -> [String] {
        func cells(_ row: Row, _ seconds: Double? = nil) -> [String] {
            [
                row.name, String(format: "%.1f", row.modes), String(format: "%.2f", 100 * row.quality),
                String(format: "%.4f", row.divergence), seconds.map { String(format: "%.1f", $0) } ?? "",
            ]
        }
        func summary(_ name: String, _ number: ([Double]) -> Double) -> [String] {
            cells(
                Row(
                    name: name, modes: number(ours.map(\.row.modes)), quality: number(ours.map(\.row.quality)),
                    divergence: number(ours.map(\.row.divergence))), number(ours.map(\.seconds)))
        }
        var rows = [["", "modes", "HQ %", "reverse KL", "seconds"]]
        rows += published.map { cells($0) } + [cells(ceiling)] + ours.map { cells($0.row, $0.seconds) }
        if ours.count > 1 {
            rows.append(summary("ours, lowest", { $0.min() ?? .nan }))
            rows.append(summary("ours, median", Self.median))
            rows.append(summary("ours, highest", { $0.max() ?? .nan }))
            rows.append(summary("ours, mean") { $0.reduce(0, +) / Double($0.count) })
        }
        return TextTable.lines(rows)
    }

    /// The middle of some numbers.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

extension GameReproduction.Row {
    fileprivate init(_ name: String, _ values: [Measure: Double]) {
        self.init(
            name: name, modes: values[.modes] ?? .nan, quality: values[.hq] ?? .nan, divergence: values[.rkl] ?? .nan)
    }
}
