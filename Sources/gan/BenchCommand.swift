import ArgumentParser
import Foundation
import LinearAlgebra

/// `gan bench`: how fast the engine is on this machine.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how fast the engine is on this machine.",
        discussion: "Workloads: " + Workloads.all.map(\.name).joined(separator: ", ") + ".")

    @Argument(help: "The workloads to measure; all of them if none is named.")
    var names: [String] = []

    @Flag(help: "Print JSON for programs.")
    var json = false

    func validate() throws {
        let known = Workloads.all.map(\.name)
        for name in names where !known.contains(name) {
            throw ValidationError("There is no workload `\(name)`. There are: \(known.joined(separator: ", ")).")
        }
    }

    func run() throws {
        let chosen = Workloads.all.filter { names.isEmpty || names.contains($0.name) }
        if json {
            try printJSON(chosen)
        } else {
            try printTable(chosen)
        }
    }

    private func printJSON(_ workloads: [Workload]) throws {
        let report = BenchmarkReport(machine: Self.machine, benchmarks: try workloads.map(Stopwatch().measure))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }

    private func printTable(_ workloads: [Workload]) throws {
        let machine = Self.machine
        print("\(machine.processor), \(machine.cores) cores, kernels for \(machine.path)\n")
        for workload in workloads {
            let measured = try Stopwatch().measure(workload)
            let name = workload.name.padding(toLength: 14, withPad: " ", startingAt: 0)
            let times = "median \(Self.time(measured.medianUs))  least \(Self.time(measured.minUs))"
            let rate = workload.amount.map { " (\($0.rate(microseconds: measured.medianUs)))" } ?? ""
            print("\(name) \(times)  \(workload.summary)\(rate)")
        }
    }

    private static func time(_ microseconds: Double) -> String {
        let text =
            microseconds < 1000
            ? String(format: "%.1f us", microseconds) : String(format: "%.2f ms", microseconds / 1000)
        return String(repeating: " ", count: max(0, 10 - text.count)) + text
    }

    static var machine: BenchmarkReport.Machine {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return BenchmarkReport.Machine(
            processor: model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor",
            cores: ProcessInfo.processInfo.activeProcessorCount, path: "\(ProcessorPath.chosen)",
            system: ProcessInfo.processInfo.operatingSystemVersionString)
    }
}
