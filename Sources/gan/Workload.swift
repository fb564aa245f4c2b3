import Autodiff

/// A workload to be timed.
struct Workload: Sendable {
    /// Does the work so many times, and says how long that took.
    typealias Run = (_ count: Int) throws -> Duration

    /// What it is called on the command line and in the JSON.
    let name: String
    /// What one run of it is, in a line.
    let summary: String
    /// How many threads it works with.
    var threads = 1
    /// Whether it can work with more than one.
    var isShared = false
    /// What one run amounts to, for a figure that says more than its time.
    var amount: Amount?
    /// The floating-point operations that one run cannot do without; nil where something else decides.
    var operations: Double?
    /// The most repeats that are worth their time.
    var repeats = 31
    /// Prepares the workload for so many threads, in as many parts as it has; the time of this does not count.
    let prepare: @Sendable (_ threads: Int) throws -> [Part]

    /// Something to be timed by itself. Of several parts the slowest stands for the workload.
    struct Part {
        /// Which part it is; empty if there is only one.
        var name = ""
        let run: Run
        /// The same work without what it is about: then the share of the time that this takes is what is told.
        var without: Run?
    }
}

extension Workload {
    /// A workload of one part, timed from its first run to its last.
    init(
        _ name: String, _ summary: String, amount: Amount? = nil, operations: Double? = nil,
        isShared: Bool = false, repeats: Int = 31,
        prepare: @escaping @Sendable (_ threads: Int) throws -> (_ count: Int) throws -> Void
    ) {
        self.init(
            name: name, summary: summary, isShared: isShared, amount: amount, operations: operations, repeats: repeats
        ) { [Part(run: Self.timed(try prepare($0)))] }
    }

    /// The workload with one thread and with as many as are usual here, or only with so many; where threads do not pay,
    /// as it is.
    func variants(threads wanted: Int?, usual: Int = Threads.standard) -> [Workload] {
        guard isShared else { return [self] }
        return (wanted.map { [$0] } ?? Set([1, usual]).sorted()).map { threads in
            var workload = self
            workload.threads = threads
            return workload
        }
    }

    /// Work with a stopwatch round it.
    static func timed(_ work: @escaping (_ count: Int) throws -> Void) -> Run {
        { count in try ContinuousClock().measure { try work(count) } }
    }
}

/// What one run of a workload amounts to.
struct Amount: Sendable {
    /// How many things are done.
    let count: Double
    /// What the rate is counted in: "steps/s", "ns a node".
    let unit: String
    /// Whether the time of one is told, in nanoseconds, rather than how many are done in a second.
    var isTimed = false

    /// How fast it is when a run takes so long.
    func rate(microseconds: Double) -> Double {
        isTimed ? microseconds * 1000 / count : count / microseconds * 1e6
    }
}
