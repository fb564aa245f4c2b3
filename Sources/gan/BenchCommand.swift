import ArgumentParser
import Foundation

/// `gan bench`: how fast the engine is on this machine.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how fast the engine is on this machine.",
        discussion: """
            A name may be the beginning of several: `gan bench gan-step` measures all three sizes. `gan bench --list` \
            tells what there is. For figures to be trusted, let the machine do nothing else.
            """)

    @Argument(
        help: "The workloads to measure; all of them if none is named.", completion: .list(Workloads.all.map(\.name)))
    var names: [String] = []

    @Flag(help: "Tell what can be measured, and measure nothing.")
    var list = false

    @Flag(help: "Print JSON for programs.")
    var json = false

    @Option(
        help: "Compare with an earlier run, whose --json was kept in this file.",
        completion: .file(extensions: ["json"]))
    var against: String?

    @Option(help: "How many threads share a step; if left out, one, and then as many as are usual here.")
    var threads: Int?

    @Option(help: "How often to repeat each measurement; if left out, as often as is worth its time.")
    var repeats: Int?

    func validate() throws {
        if let repeats, !(1...100_000).contains(repeats) {
            throw ValidationError("--repeats \(repeats): it has to be from 1 to 100000.")
        }
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads \(threads): it has to be from 1 to 64.")
        }
        do { _ = try Workloads.chosen(names) } catch { throw ValidationError("\(error)") }
    }

    func run() throws {
        let named = try Workloads.chosen(names)
        if list { return print(Self.listing(named)) }
        let chosen = named.flatMap { $0.variants(threads: threads) }
        let earlier = try earlierReport(chosen)
        var bench = BenchRun(stopwatch: Stopwatch(repeats: repeats), earlier: earlier)
        if json {
            for workload in chosen { _ = try bench.measure(workload) }
            return print(try bench.report.json())
        }
        let table = BenchTable(compares: earlier != nil)
        print(table.head(bench.machine))
        for workload in chosen {
            print(table.line(try bench.measure(workload)))
            fflush(nil)
        }
        print("\n" + table.legend)
    }

    private func earlierReport(_ chosen: [Workload]) throws -> EarlierReport? {
        guard let against else { return nil }
        do {
            let report = try EarlierReport(path: against)
            guard chosen.contains(where: { report.time(of: $0.name, threads: $0.threads) != nil }) else {
                throw EarlierReport.Problem(description: "\(against) has none of the workloads that are to be measured")
            }
            return report
        } catch {
            throw ValidationError("--against: \(error).")
        }
    }

    private static func listing(_ workloads: [Workload]) -> String {
        let width = workloads.map(\.name.count).max() ?? 0
        return workloads.map { $0.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.summary }
            .joined(separator: "\n")
    }
}
