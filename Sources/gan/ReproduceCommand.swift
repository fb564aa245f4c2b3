import ArgumentParser
import Foundation
import Notebook

/// `gan reproduce ring`: a published table, and ours beside it; `gan reproduce collapse`: a failure and its cure.
struct Reproduce: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a recipe over seeds and lay it beside a published table; or a failure and its cure.",
        discussion: """
            Tables: \(tables.joined(separator: ", ")), after Lin et al. 2018 (PacGAN), table 1. \
            2 500 samples of each generator; a sample is of high quality within 3 standard deviations of its nearest \
            mode; reverse KL is between the shares of such samples over the modes and equal shares.

            Failures: \(failures.joined(separator: ", ")). The plain game is played until it has failed, and on with the \
            rule that mends it.
            """)

    private static let tables = GameReproduction.all.map(\.name)
    private static let failures = GameFailure.all.map(\.recipe.name)

    @Argument(help: "The table, or the failure.", completion: .list(tables + failures))
    var table: String

    @Option(help: "How many seeds.")
    var seeds = 10

    @Option(help: "Of a table: another recipe than its own.", completion: .list(GameRecipe.all.map(\.name)))
    var recipe: String?

    @Option(help: "Of a table: steps of each game, in place of the recipe's; learning rates fall accordingly.")
    var steps: Int?

    @Option(help: "Of a table: games that are played at once.")
    var workers = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        func check(_ name: String, _ known: [String], _ what: String) throws {
            if known.contains(name) { return }
            throw ValidationError("There is no \(what) `\(name)`. There are: \(known.joined(separator: ", ")).")
        }
        try check(table, Self.tables + Self.failures, "table")
        if Self.failures.contains(table), recipe != nil || steps != nil {
            throw ValidationError("`\(table)` is played as its recipe says, without --recipe and --steps.")
        }
        if let recipe { try check(recipe, GameReproduction.recipes, "recipe") }
        if seeds < 1 || workers < 1 || (steps ?? 1) < 1 {
            throw ValidationError("Seeds, steps and workers are whole numbers from 1 up.")
        }
    }

    func run() throws {
        let showsProgress = isatty(2) == 1
        func tell(_ fraction: Double) -> Bool {
            if showsProgress { FileHandle.standardError.write(Data("\r\(Int(100 * fraction)) %".utf8)) }
            return false
        }
        var lines: [String] = []
        if let reproduction = GameReproduction.all.first(where: { $0.name == table }) {
            lines = try reproduction.run(
                recipe: recipe, seeds: seeds, steps: steps, workers: workers, waiting: tell)
        } else if let failure = GameFailure.all.first(where: { $0.recipe.name == table }) {
            lines = try failure.run(seeds: seeds, waiting: tell)
        }
        if showsProgress { FileHandle.standardError.write(Data("\r      \r".utf8)) }
        for line in lines { print(line) }
    }
}
