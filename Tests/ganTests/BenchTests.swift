import Foundation
import Synchronization
import Testing

@testable import gan

/// `gan bench`: what it measures, what it prints, what it refuses. How fast anything is, no test says.
@Suite struct BenchTests {
    private static let machine = Machine(
        processor: "Test", cores: 2, path: "plain code", limit: 100, compiler: "none", system: "none")

    private func workload(_ name: String, amount: Amount? = nil) -> Workload {
        Workload(name, "nothing", amount: amount) { _ in { _ in } }
    }

    private func measurement(_ name: String, _ times: [Double]) -> BenchResult {
        BenchResult(
            workload(name, amount: Amount(count: 2, unit: "ns a thing", isTimed: true)), .init(times), slowest: nil)
    }

    // MARK: What is measured

    @Test func namesAreUniqueAndSayWhatTheyDo() {
        let names = Workloads.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Workloads.all.allSatisfy { !$0.summary.isEmpty })
        for name in [
            "gan-step-S", "gan-step-M", "gan-step-L", "wgan-gp-step", "scalar-step", "start-up", "plot-while-training",
        ] {
            #expect(names.contains(name))
        }
    }

    @Test func aNameMeansOneWorkloadOrAllThatItBegins() throws {
        #expect(try Workloads.chosen([]).count == Workloads.all.count)
        #expect(try Workloads.chosen(["scalar-step"]).map(\.name) == ["scalar-step"])
        #expect(try Workloads.chosen(["gan-step"]).map(\.name) == ["gan-step-S", "gan-step-M", "gan-step-L"])
        #expect(try Workloads.chosen(["normals", "gan-step-S"]).map(\.name) == ["gan-step-S", "normals"])
    }

    @Test func anUnknownNameIsRefusedWithWhatWasMeant() {
        #expect {
            try Workloads.chosen(["gan-step-S", "gan-stp-M"])
        } throws: { "\($0)".contains("no workload `gan-stp-M`; did you mean `gan-step-M`") }
        // Not the beginning of a word, but of a name up to a hyphen.
        #expect { try Workloads.chosen(["gan-ste"]) } throws: { "\($0)".contains("gan-ste") }
        #expect { try Workloads.chosen(["zzz"]) } throws: { "\($0)".contains("there are gan-step-S, ") }
    }

    @Test func sharedWorkIsMeasuredWithOneThreadAndWithMore() {
        var shared = workload("shared")
        shared.isShared = true
        #expect(shared.variants(threads: nil, usual: 2).map(\.threads) == [1, 2])
        #expect(shared.variants(threads: nil, usual: 1).map(\.threads) == [1])
        #expect(shared.variants(threads: 3, usual: 2).map(\.threads) == [3])
        #expect(workload("alone").variants(threads: 3, usual: 2).map(\.threads) == [1])
    }

    // MARK: How it is measured

    @Test func theMiddleAndTheSpreadOfRepeats() {
        let odd = Stopwatch.Times([5, 1, 3, 2, 4])
        #expect((odd.least, odd.median, odd.spread) == (1, 3, 2))
        let even = Stopwatch.Times([4, 1, 2, 3])
        #expect((even.least, even.median, even.spread) == (1, 2.5, 1.5))
        let one = Stopwatch.Times([7])
        #expect((one.least, one.median, one.spread) == (7, 7, 0))
    }

    @Test func ofSeveralPartsTheSlowestIsTold() throws {
        let workload = Workload(name: "parts", summary: "three parts", amount: Amount(count: 6, unit: "things/s")) {
            _ in
            [("quick", 10), ("slow", 30), ("middling", 20)].map { name, milliseconds in
                Workload.Part(name: name) { .milliseconds(milliseconds * $0) }
            }
        }
        let measured = try Stopwatch(repeats: 4).measure(workload)
        #expect(measured.slowest == "slow")
        #expect((measured.medianUs, measured.minUs, measured.spreadUs, measured.repeats) == (30_000, 30_000, 0, 4))
        #expect((measured.rate, measured.unit) == (200, "things/s"))
    }

    @Test func ofTwoWaysTheShareBetweenThemIsTold() throws {
        let workload = Workload(name: "pictures", summary: "with and without") { _ in
            [Workload.Part(run: { .milliseconds(20 * $0) }, without: { .milliseconds(15 * $0) })]
        }
        let measured = try Stopwatch(repeats: 3).measure(workload)
        #expect((measured.medianUs, measured.rate, measured.unit) == (20_000, 25, "% of the time"))
    }

    @Test func shortRunsAreRepeatedUntilTheClockCanTell() throws {
        let counts = Mutex<[Int]>([])
        let workload = Workload(name: "short", summary: "a microsecond") { _ in
            [
                Workload.Part { count in
                    counts.withLock { $0.append(count) }
                    return .microseconds(count)
                }
            ]
        }
        let measured = try Stopwatch(shortest: .microseconds(100), repeats: 2).measure(workload)
        #expect(counts.withLock(\.self) == [1, 2, 4, 8, 16, 32, 64, 128, 128, 128])
        #expect(measured.medianUs == 1)
    }

    // MARK: What is printed

    @Test func theReportHasTheKeysThatProgramsRead() throws {
        var measured = measurement("some-step", [4, 2, 3])
        measured.shareOfLimit = 0.5
        let report = BenchReport(
            machine: Self.machine, date: "2026-01-02", benchmarks: [measured, measurement("other", [1])])
        let text = try report.json()
        #expect(try JSONDecoder().decode(BenchReport.self, from: Data(text.utf8)) == report)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let machine = try #require(object["machine"] as? [String: Any])
        #expect(machine["limit_gflops"] as? Double == 100)
        let lines = try #require(object["benchmarks"] as? [[String: Any]])
        let keys: Set = [
            "name", "threads", "median_us", "min_us", "spread_us", "repeats", "share_of_limit", "rate", "unit",
            "slowest", "speedup",
        ]
        #expect(lines.map { Set($0.keys) } == [keys, keys])
        #expect(lines[0]["name"] as? String == "some-step")
        #expect(lines[0]["threads"] as? Int == 1)
        #expect(lines[0]["median_us"] as? Double == 3)
        #expect(lines[0]["min_us"] as? Double == 2)
        #expect(lines[0]["share_of_limit"] as? Double == 0.5)
        #expect(lines[0]["rate"] as? Double == 1500)
        #expect(lines[1]["share_of_limit"] is NSNull)
    }

    @Test func theTableFitsEightyColumns() {
        var measured = measurement("gan-step-S", [15.25, 15.5, 16])
        (measured.shareOfLimit, measured.speedup, measured.slowest) = (0.876, 12.34, "spirals")
        #expect(
            BenchTable(compares: false).line(measured) == """
                gan-step-S                     1  15.2 us  15.5 us    2 %  88 % 7.75 k ns a thing
                    slowest: spirals
                """)
        #expect(
            BenchTable(compares: true).line(measured) == """
                gan-step-S                     1  15.2 us  15.5 us   12.3x  88 % 7.75 k ns a thing
                    slowest: spirals
                """)
        (measured.shareOfLimit, measured.speedup, measured.slowest) = (nil, nil, nil)
        (measured.rate, measured.unit) = (255e6, "numbers/s")
        for name in Workloads.all.map(\.name) {
            measured.name = name
            for table in [BenchTable(compares: false), BenchTable(compares: true)] {
                for text in [table.head(Self.machine), table.legend, table.line(measured)] {
                    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
                }
            }
        }
    }

    @Test(arguments: [
        (0.5, "0.50 us"), (1.2345, "1.23 us"), (9.996, "10.0 us"), (99.96, "100 us"), (999.6, "1.00 ms"),
        (14_000, "14.0 ms"), (2_500_000, "2.50 s"),
    ]) func timesHaveThreeFigures(microseconds: Double, text: String) {
        #expect(BenchTable.time(microseconds) == text)
    }

    // MARK: Comparing with an earlier run

    private func earlier(_ text: String) throws -> EarlierReport {
        try EarlierReport(Data(text.utf8), name: "old.json")
    }

    @Test func anEarlierRunIsComparedByTheLeastTimes() throws {
        let then = BenchReport(machine: Self.machine, date: "", benchmarks: [measurement("pause", [9, 6, 7])])
        var run = BenchRun(
            stopwatch: Stopwatch(repeats: 3), earlier: try earlier(try then.json()), machine: Self.machine)
        let pause = Workload(name: "pause", summary: "") { _ in [Workload.Part { .microseconds(3 * $0) }] }
        #expect(try run.measure(pause).speedup == 2)
        #expect(try run.measure(workload("unknown")).speedup == nil)
        #expect(run.report.benchmarks.map(\.name) == ["pause", "unknown"])
    }

    @Test func otherNumbersOfThreadsAreNotCompared() throws {
        let report = try earlier(
            #"{"benchmarks": [{"name": "a", "threads": 2, "min_us": 4}, {"name": "b", "min_us": 5}]}"#)
        #expect(report.time(of: "a", threads: 2) == 4)
        #expect(report.time(of: "a", threads: 1) == nil)
        #expect(report.time(of: "b", threads: 1) == 5)
    }

    @Test(arguments: [
        ("", "old.json is not JSON"), ("{", "old.json is not JSON"), ("[1, 2]", "no report of `gan bench`"),
        ("{}", "no report of `gan bench`"), (#"{"benchmarks": [{"name": "a"}]}"#, "no report of `gan bench`"),
        (#"{"benchmarks": [{"name": "a", "min_us": 0}]}"#, "the time of a is 0.0"),
        (#"{"benchmarks": [{"name": "a", "min_us": -3}]}"#, "which no time can be"),
    ]) func aForeignFileIsRefusedWithTheReason(text: String, reason: String) {
        #expect { try earlier(text) } throws: { "\($0)".contains(reason) }
    }

    // MARK: From the command line

    @Test func wrongArgumentsAreRefused() throws {
        let gan = try GanProgram()
        defer { gan.clear() }
        let unknown = try gan.run(["bench", "scalar-stp"])
        #expect(unknown.code == 64)
        #expect(unknown.errors.contains("did you mean `scalar-step`?"))
        #expect(try gan.run(["bench", "--threads", "65"]).errors.contains("from 1 to 64"))
        #expect(try gan.run(["bench", "--repeats", "0"]).errors.contains("from 1 to 100000"))
        let missing = try gan.run(["bench", "start-up", "--against", "/nowhere.json"])
        #expect(missing.code == 64)
        #expect(missing.output.isEmpty)
        #expect(missing.errors.contains("--against: /nowhere.json is not there"))
        let other = gan.home.appending(path: "other.json")
        try #"{"benchmarks": [{"name": "other", "min_us": 1}]}"#.write(to: other, atomically: true, encoding: .utf8)
        #expect(
            try gan.run(["bench", "start-up", "--against", other.path]).errors
                .contains("none of the workloads that are to be measured"))
    }

    @Test func theListNamesEveryWorkload() throws {
        let gan = try GanProgram()
        defer { gan.clear() }
        let lines = try gan.run(["bench", "--list"]).output.split(separator: "\n")
        #expect(lines.map { String($0.prefix { $0 != " " }) } == Workloads.all.map(\.name))
    }

    @Test func whatItPrintsCanBeComparedWith() throws {
        let gan = try GanProgram()
        defer { gan.clear() }
        let first = try gan.run(["bench", "--json", "--repeats", "1", "uniforms"])
        let report = try JSONDecoder().decode(BenchReport.self, from: Data(first.output.utf8))
        let measured = try #require(report.benchmarks.first)
        #expect(measured.name == "uniforms" && measured.minUs > 0 && measured.minUs <= measured.medianUs)
        #expect(report.machine.limit > 0 && !report.machine.processor.isEmpty)
        let file = gan.home.appending(path: "first.json")
        try first.output.write(to: file, atomically: true, encoding: .utf8)
        let second = try gan.run(["bench", "--repeats", "1", "uniforms", "--against", file.path])
        #expect(second.code == 0)
        #expect(second.output.contains("speedup"))
        #expect(second.output.split(separator: "\n").contains { $0.hasPrefix("uniforms") && $0.contains("x ") })
    }
}
