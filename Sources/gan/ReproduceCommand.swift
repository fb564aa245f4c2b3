import ArgumentParser
import Foundation
import Notebook

/// `gan reproduce ring`: a published table, and ours beside it.
struct Reproduce: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a recipe over seeds and lay it beside a published table.",
        discussion: """
            Tables: \(GameReproduction.all.map(\.name).joined(separator: ", ")), after Lin et al. 2018 (PacGAN), table 1. \
            2 500 samples of each generator; a sample is of high quality within 3 standard deviations of its nearest \
            mode; reverse KL is between the shares of such samples over the modes and equal shares.
            """)

    @Argument(help: "The table.")
    var table: String

    @Option(help: "How many seeds.")
    var seeds = 10

    @Option(help: "Another recipe than the table's own.")
    var recipe: String?

    @Option(help: "Steps of each game, in place of the recipe's.")
    var steps: Int?

    @Option(help: "Games that are played at once.")
    var workers = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        func check(_ name: String, _ known: [String], _ what: String) throws {
            if known.contains(name) { return }
            throw ValidationError("There is no \(what) `\(name)`. There are: \(known.joined(separator: ", ")).")
        }
        try check(table, GameReproduction.all.map(\.name), "table")
        if let recipe { try check(recipe, GameRecipe.all.map(\.name), "recipe") }
        if seeds < 1 || workers < 1 || (steps ?? 1) < 1 {
            throw ValidationError("Seeds, steps and workers are whole numbers from 1 up.")
        }
    }

    func run() throws {
        guard let reproduction = GameReproduction.all.first(where: { $0.name == table }) else { return }
        Self.line("", "modes", "HQ %", "reverse KL", "seconds")
        for row in reproduction.published { Self.line(row, nil) }
        let showsProgress = isatty(2) == 1
        let results = try reproduction.run(recipe: recipe, seeds: seeds, steps: steps, workers: workers) { fraction in
            if showsProgress { FileHandle.standardError.write(Data("\r\(Int(100 * fraction)) %".utf8)) }
            return false
        }
        if showsProgress { FileHandle.standardError.write(Data("\r      \r".utf8)) }
        for (row, seconds) in results { Self.line(row, seconds) }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
        for (name, summary) in [("ours, median", Self.median), ("ours, mean", mean)] {
            Self.line(
                name, summary(results.map(\.row.modes)), summary(results.map(\.row.quality)),
                summary(results.map(\.row.divergence)), summary(results.map(\.seconds)))
        }
    }

    private static func line(_ row: GameReproduction.Row, _ seconds: Double?) {
        line(row.name, row.modes, row.quality, row.divergence, seconds)
    }

    private static func line(
        _ name: String, _ modes: Double, _ quality: Double, _ divergence: Double, _ seconds: Double?
    ) {
        line(
            name, String(format: "%.1f", modes), String(format: "%.2f", 100 * quality),
            String(format: "%.4f", divergence), seconds.map { String(format: "%.1f", $0) } ?? "")
    }

    private static func line(_ name: String, _ columns: String...) {
        let cells = columns.map { String(repeating: " ", count: max(12 - $0.count, 0)) + $0 }
        print(name.padding(toLength: 14, withPad: " ", startingAt: 0) + cells.joined())
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
