import Dispatch
import Foundation
import LinearAlgebra

/// The machine that was measured on.
struct Machine: Codable, Hashable {
    /// As the processor calls itself.
    var processor: String
    var cores: Int
    /// The instructions that the kernels use.
    var path: String
    /// What one core does at most on that path, in billions of floating-point operations a second, single precision.
    var limit: Double
    /// What compiled the kernels, and what the rest.
    var compiler: String
    var system: String

    enum CodingKeys: String, CodingKey {
        case processor, cores, path, compiler, system
        case limit = "limit_gflops"
    }

    /// This machine, its limit measured.
    static func measured() -> Machine {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return Machine(
            processor: model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor",
            cores: ProcessInfo.processInfo.activeProcessorCount, path: "\(ProcessorPath.chosen)",
            limit: limit(threads: 1), compiler: "\(swift), \(ProcessorPath.compiler)",
            system: ProcessInfo.processInfo.operatingSystemVersionString)
    }

    /// What so many threads do at most, in billions of operations a second: the best of many short tries, since
    /// whatever else the machine is busy with only ever takes away.
    static func limit(threads: Int) -> Double {
        let rounds = 200_000
        let operations = Double(threads) * ProcessorPath.multiplyAdds(rounds: rounds)
        let times = (0..<50).map { _ in
            ContinuousClock().measure {
                DispatchQueue.concurrentPerform(iterations: threads) { _ in
                    _ = ProcessorPath.multiplyAdds(rounds: rounds)
                }
            }.microseconds
        }
        return operations / (times.min() ?? .infinity) / 1000
    }

    private static var swift: String {
        #if compiler(>=6.4)
            "Swift 6.4 or newer"
        #else
            "Swift 6.3"
        #endif
    }
}
