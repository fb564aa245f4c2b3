import Language
import LinearAlgebra

/// What a run of a cell took from other cells, and what it gave them.
struct CellTrace {
    /// Which run of all runs it was, from 1.
    let run: Int
    /// The names that it took something from, each with the run that gave it, by the order of the notebook: that of the
    /// last cell above which gives it a value. 0 where there is none.
    var reads: [String: Int]
    /// The names that it gave a value, or took one.
    let writes: Set<String>
    /// The random numbers at its beginning and at its end.
    let random: (before: RandomStream, after: RandomStream)
    /// Whether all that it took was what the cells above it had given last: what a run from the top would give it too.
    var isInOrder = true
    /// Whether the cell had run before.
    var isRerun = false

    /// Whether it drew random numbers, or began them anew.
    var draws: Bool { random.before != random.after }
    /// Whether its random numbers do not depend on those before.
    var seeds: Bool { random.before.key != random.after.key }
}

/// Who gave what, at a place in the notebook: a walk along its cells.
struct Providers {
    /// The last run above that gave a name its value, and whether that is stale.
    private var runs: [String: (run: Int, isStale: Bool)] = [:]
    /// The runs of the cells above, by number, for `out[7]`.
    private var outputs: [String: (run: Int, isStale: Bool)] = [:]
    /// The random numbers that the cell above which drew last has left.
    private(set) var random: RandomStream

    /// The top of a notebook that begins with these random numbers.
    init(random: RandomStream) { self.random = random }

    private func provider(_ name: String) -> (run: Int, isStale: Bool)? { runs[name] ?? outputs[name] }

    /// Goes past a cell.
    mutating func take(_ cell: RecordedCell, isStale: Bool = false) {
        guard cell.stands, let trace = cell.trace else { return }
        for name in trace.writes { runs[name] = (trace.run, isStale) }
        if trace.writes.contains("_") { outputs["out[\(cell.number)]"] = (trace.run, isStale) }
        if trace.draws { random = trace.random.after }
    }

    /// Whether a cell at this place took something that is no longer what the cells above give.
    func isStale(_ cell: RecordedCell) -> Bool {
        guard cell.stands, cell.start == nil, let trace = cell.trace else { return false }
        if trace.draws, !trace.seeds, trace.random.before != random { return true }
        return trace.reads.contains { name, run in
            let now = provider(name)
            return (now?.run ?? 0) != run || now?.isStale ?? false
        }
    }

    /// A trace of a cell at this place, which took the values that `writers` gave.
    func placed(_ trace: CellTrace, among writers: State.Writers) -> CellTrace {
        var trace = trace
        for name in trace.reads.keys {
            let run = provider(name)?.run ?? 0
            trace.reads[name] = run
            if !name.hasPrefix("out["), writers[name]?.run ?? 0 != run { trace.isInOrder = false }
        }
        if trace.draws, !trace.seeds, trace.random.before != random { trace.isInOrder = false }
        return trace
    }
}

extension Session {
    /// What a run that has just ended took and gave.
    func trace(of statements: [Statement], _ outputs: [Output], number: Int, before: State) -> CellTrace {
        runCount += 1
        let named = NameUse(of: statements, registry: registry, variables: VariableNames(before.variables)).reads
        let known = named.filter { before.variables[$0] != nil || $0 == "_" || $0.hasPrefix("out[") }
        let reads = known.union(context.taken.filter { before.variables[$0] != nil })
        var writes = context.given
        if outputs.contains(where: { if case .value = $0 { true } else { false } }) { writes.insert("_") }
        return CellTrace(
            run: runCount, reads: Dictionary(uniqueKeysWithValues: reads.map { ($0, 0) }), writes: writes,
            random: (before.random, context.random))
    }

    /// Notes which run gave the variables their values.
    func noteWriters(of cell: RecordedCell) {
        guard let trace = cell.trace else { return }
        let writer = State.Writer(cell: cell.number, run: trace.run)
        for name in trace.writes { context.state.writers[name] = writer }
    }

    /// Who gave what above a place of the record.
    func providers(before place: Int) -> Providers {
        var providers = Providers(random: RandomStream(seed: configuration.seed))
        for cell in record[..<place] { providers.take(cell, isStale: providers.isStale(cell)) }
        return providers
    }

    /// The places of the cells whose inputs have changed since they ran.
    var stalePlaces: [Int] {
        var providers = Providers(random: RandomStream(seed: configuration.seed))
        return record.indices.filter { place in
            let isStale = providers.isStale(record[place])
            providers.take(record[place], isStale: isStale)
            return isStale
        }
    }
}
