import Foundation

/// A workload to be timed.
struct Workload {
    /// What it is called on the command line and in the JSON.
    let name: String
    /// What one run of it is, in a line.
    let summary: String
    /// What one run amounts to, for a figure that says more than its time.
    var amount: Amount?
    /// The fewest calls to time; an expensive workload asks for fewer.
    var repeats = 31
    /// Prepares the workload and returns what is timed: so many runs in a row.
    let prepare: () throws -> (_ count: Int) throws -> Void
}

/// What one run of a workload amounts to.
enum Amount {
    /// So many smaller things, and what they are.
    case parts(Int, String)
    /// So many floating-point operations.
    case operations(Double)

    /// How fast that is, when a run takes so long.
    func rate(microseconds: Double) -> String {
        switch self {
        case .parts(let count, let name): String(format: "%.2f ns a %@", microseconds * 1000 / Double(count), name)
        case .operations(let count): String(format: "%.1f GFLOP/s", count / microseconds / 1000)
        }
    }
}

/// How long one run of a workload took, over several repeats.
struct Measurement: Codable {
    var name: String
    var threads: Int
    var medianUs: Double
    var minUs: Double
    var repeats: Int

    enum CodingKeys: String, CodingKey {
        case name, threads, repeats
        case medianUs = "median_us"
        case minUs = "min_us"
    }
}

/// What `gan bench --json` prints.
struct BenchmarkReport: Codable {
    var machine: Machine
    var benchmarks: [Measurement]

    struct Machine: Codable {
        var processor: String
        var cores: Int
        var path: String
        var system: String
    }
}

/// Times a workload: warm-up, then repeats of at least a few milliseconds each.
struct Stopwatch {
    /// A repeat shorter than this is mostly the clock.
    var shortest = Duration.milliseconds(5)
    /// What one workload may cost in all.
    var budget = Duration.seconds(3)

    func measure(_ workload: Workload) throws -> Measurement {
        let body = try workload.prepare()
        let runs = try runsPerRepeat(body)
        var times: [Double] = []
        let start = ContinuousClock.now
        while times.count < 3 || (times.count < workload.repeats && ContinuousClock.now - start < budget) {
            let elapsed = try ContinuousClock().measure { try body(runs) }
            times.append(Self.microseconds(elapsed) / Double(runs))
        }
        times.sort()
        return Measurement(
            name: workload.name, threads: 1, medianUs: Self.median(times), minUs: times[0], repeats: times.count)
    }

    /// Warms up, and finds how many runs make a repeat long enough.
    private func runsPerRepeat(_ body: (Int) throws -> Void) throws -> Int {
        var runs = 1
        while true {
            let elapsed = try ContinuousClock().measure { try body(runs) }
            if elapsed >= shortest || runs >= 1 << 24 { return runs }
            runs *= 2
        }
    }

    /// The middle of sorted times.
    private static func median(_ sorted: [Double]) -> Double {
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func microseconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) * 1e6 + Double(attoseconds) * 1e-12
    }
}
