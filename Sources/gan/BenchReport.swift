import Foundation

/// What was measured of a workload.
struct BenchResult: Codable, Hashable {
    var name: String
    var threads: Int
    /// The time of one run: the middle of all repeats, the least, and what the middle half of them lies within.
    var medianUs, minUs, spreadUs: Double
    var repeats: Int
    /// How much of what the cores can do at most was used, at the least time; nil where that does not apply.
    var shareOfLimit: Double?
    /// How fast that is in the workload's own units, at the median.
    var rate: Double?
    var unit: String?
    /// Of several parts, the one that all this is about.
    var slowest: String?
    /// How many times as fast as in the earlier report, by the least times.
    var speedup: Double?

    enum CodingKeys: String, CodingKey {
        case name, threads, repeats, rate, unit, slowest, speedup
        case medianUs = "median_us"
        case minUs = "min_us"
        case spreadUs = "spread_us"
        case shareOfLimit = "share_of_limit"
    }

    init(_ workload: Workload, _ times: Stopwatch.Times, slowest: String?) {
        (name, threads) = (workload.name, workload.threads)
        (medianUs, minUs, spreadUs, repeats) = (times.median, times.least, times.spread, times.sorted.count)
        (rate, unit) = (workload.amount?.rate(microseconds: times.median), workload.amount?.unit)
        self.slowest = slowest
    }

    /// Every key is always there, so that programs need not ask.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(threads, forKey: .threads)
        try container.encode(medianUs, forKey: .medianUs)
        try container.encode(minUs, forKey: .minUs)
        try container.encode(spreadUs, forKey: .spreadUs)
        try container.encode(repeats, forKey: .repeats)
        try container.encode(shareOfLimit, forKey: .shareOfLimit)
        try container.encode(rate, forKey: .rate)
        try container.encode(unit, forKey: .unit)
        try container.encode(slowest, forKey: .slowest)
        try container.encode(speedup, forKey: .speedup)
    }
}

/// What `gan bench --json` prints.
struct BenchReport: Codable, Hashable {
    var machine: Machine
    /// When it was measured: "2026-11-21".
    var date: String
    var benchmarks: [BenchResult]

    /// The text that programs read, the same for the same numbers.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// A report of some other time, as far as a comparison needs it.
struct EarlierReport: Hashable {
    /// The processor it was measured on, if it says so.
    let processor: String?
    private let times: [Key: Double]

    private struct Key: Hashable {
        let name: String
        let threads: Int
    }

    /// What is wrong with a file that should hold a report.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads what `gan bench --json` once printed into a file.
    init(path: String) throws(Problem) {
        guard let data = FileManager.default.contents(atPath: path) else {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw Problem(description: "\(path) \(isThere ? "cannot be read" : "is not there")")
        }
        try self.init(data, name: path)
    }

    init(_ data: Data, name: String) throws(Problem) {
        let hint = "such a file is made with: gan bench --json > FILE"
        guard (try? JSONSerialization.jsonObject(with: data)) != nil else {
            throw Problem(description: "\(name) is not JSON; \(hint)")
        }
        guard let file = try? JSONDecoder().decode(File.self, from: data) else {
            throw Problem(description: "\(name) is JSON, but no report of `gan bench`; \(hint)")
        }
        if let odd = file.benchmarks.first(where: { !($0.minUs > 0 && $0.minUs.isFinite) }) {
            throw Problem(description: "\(name): the time of \(odd.name) is \(odd.minUs), which no time can be")
        }
        processor = file.machine?.processor
        let pairs = file.benchmarks.map { (Key(name: $0.name, threads: $0.threads ?? 1), $0.minUs) }
        times = Dictionary(pairs, uniquingKeysWith: min)
    }

    private struct File: Decodable {
        struct Machine: Decodable { var processor: String? }
        struct Line: Decodable {
            var name: String
            var threads: Int?
            var minUs: Double

            enum CodingKeys: String, CodingKey {
                case name, threads
                case minUs = "min_us"
            }
        }
        var machine: Machine?
        var benchmarks: [Line]
    }

    /// The least time of a run then, in microseconds; nil if the workload was not measured.
    func time(of name: String, threads: Int) -> Double? { times[Key(name: name, threads: threads)] }
}
