/// Times a workload: warm-up, then repeats of at least a few milliseconds each.
struct Stopwatch: Sendable {
    /// A repeat shorter than this is mostly the clock.
    var shortest = Duration.milliseconds(5)
    /// What one part of a workload may cost in all, unless the repeats are given.
    var budget = Duration.seconds(3)
    /// How many repeats; nil leaves it to the workload and the budget.
    var repeats: Int?

    /// The times of one run, in microseconds, over several repeats.
    struct Times: Hashable, Sendable {
        let sorted: [Double]

        /// Times in any order; at least one.
        init(_ times: [Double]) { sorted = times.sorted() }

        var least: Double { sorted[0] }
        var median: Double { quantile(0.5) }
        /// What the middle half of the repeats lies within.
        var spread: Double { quantile(0.75) - quantile(0.25) }

        /// Between two neighbours, in proportion.
        private func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let (below, above) = (Int(place), min(Int(place) + 1, sorted.count - 1))
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
    }

    /// Measures every part; the slowest stands for the workload.
    func measure(_ workload: Workload) throws -> BenchResult {
        let parts = try workload.prepare(workload.threads).map {
            (name: $0.name, times: try times(of: $0, workload.repeats))
        }
        guard let slowest = parts.max(by: { $0.times.with.median < $1.times.with.median }) else {
            throw NothingToMeasure()
        }
        var result = BenchResult(workload, slowest.times.with, slowest: parts.count > 1 ? slowest.name : nil)
        if let without = slowest.times.without {
            result.rate = max(100 * (1 - without.least / slowest.times.with.least), 0)
            result.unit = "% of the time"
        }
        return result
    }

    struct NothingToMeasure: Error {}

    /// By turns, where there are two ways.
    private func times(of part: Workload.Part, _ most: Int) throws -> (with: Times, without: Times?) {
        let count = try runsPerRepeat(part.run)
        var times: [Double] = [], others: [Double] = []
        let start = ContinuousClock.now
        func isEnough() -> Bool {
            if let repeats { return times.count >= repeats }
            return times.count >= most || (times.count >= 3 && ContinuousClock.now - start >= budget)
        }
        while !isEnough() {
            times.append(try part.run(count).microseconds / Double(count))
            if let without = part.without { others.append(try without(count).microseconds / Double(count)) }
        }
        return (Times(times), others.isEmpty ? nil : Times(others))
    }

    /// Warms up, and finds how many runs make a repeat long enough.
    private func runsPerRepeat(_ run: Workload.Run) throws -> Int {
        var count = 1
        while try run(count) < shortest, count < 1 << 24 { count *= 2 }
        return count
    }
}

extension Duration {
    var microseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1e6 + Double(attoseconds) * 1e-12
    }
}
