import Foundation

/// One run of `gan bench`: what has been measured so far.
struct BenchRun {
    let stopwatch: Stopwatch
    let earlier: EarlierReport?
    let machine: Machine
    private var measurements: [BenchResult] = []

    init(stopwatch: Stopwatch, earlier: EarlierReport?, machine: Machine = .measured()) {
        self.stopwatch = stopwatch
        self.earlier = earlier
        self.machine = machine
    }

    /// What there is to tell.
    var report: BenchReport {
        BenchReport(machine: machine, date: Self.today, benchmarks: measurements)
    }

    /// Measures a workload, and right after it the limit that it is held against: processors change their pace.
    mutating func measure(_ workload: Workload) throws -> BenchResult {
        var measured = try stopwatch.measure(workload)
        if let operations = workload.operations {
            let limit = max(Machine.limit(threads: workload.threads), Double(workload.threads) * machine.limit)
            measured.shareOfLimit = operations / measured.minUs / 1000 / limit
        }
        measured.speedup = earlier?.time(of: workload.name, threads: workload.threads).map { $0 / measured.minUs }
        measurements.append(measured)
        return measured
    }

    private static var today: String { String(Date.now.ISO8601Format().prefix(10)) }
}
