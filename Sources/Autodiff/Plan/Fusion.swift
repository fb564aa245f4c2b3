import LinearAlgebra

/// Elementwise works that one kernel call does, block by block: one part, or parts that do the same to values that lie
/// next to one another. What an optimiser does to every parameter is one pass over all of them.
struct FusedWork {
    let sides: [FusedPart]
}

/// Splits groups of elementwise works into connected parts, and puts parts that do the same side by side.
struct Fusion {
    enum Item {
        case single(Int)
        case fused(FusedWork)
    }

    /// The most values that one kernel call can name, and how many of them may be rows or columns.
    private static let (mostOperands, mostSpreads) = (FusedInstruction.temporaries, 8)

    private(set) var items: [Item] = []
    /// Values that must lie next to one another, in order.
    private(set) var bundles: [[Int]] = []
    private(set) var bundleOf: [Int: Int] = [:]
    private let graph: StepGraph
    private let followers: [[Int]]
    /// For each value, the works that read it.
    private var readers: [Int: [Int]] = [:]

    init(_ graph: StepGraph, _ schedule: Schedule) {
        self.graph = graph
        followers = schedule.followers
        for (index, work) in graph.works.enumerated() {
            for operand in work.operands { readers[operand.value, default: []].append(index) }
        }
        var run: [FusedPart] = []
        for item in schedule.items {
            switch item {
            case .single(let work):
                join(&run)
                items.append(.single(work))
            case .group(let works): run += connected(works).flatMap { limited($0) }
            }
        }
        join(&run)
    }

    /// The works of a group, split where no value leads from one to another. Single numbers stay together.
    private func connected(_ group: [Int]) -> [[Int]] {
        if graph.works[group[0]].shape.rank == 0 { return [group] }
        let members = Set(group)
        var links: [Int: Set<Int>] = [:]
        for index in group {
            for follower in followers[index] where members.contains(follower) {
                links[index, default: []].insert(follower)
                links[follower, default: []].insert(index)
            }
        }
        var seen: Set<Int> = []
        return group.compactMap { first in
            var found: Set<Int> = [], pending = [first]
            while let next = pending.popLast() {
                guard seen.insert(next).inserted else { continue }
                found.insert(next)
                pending += links[next] ?? []
            }
            return found.isEmpty ? nil : group.filter(found.contains)
        }
    }

    /// Parts small enough for the kernel.
    private func limited(_ works: [Int]) -> [FusedPart] {
        var parts: [[Int]] = [[]]
        var named: Set<Operand> = []
        for index in works {
            let work = graph.works[index]
            let names = work.operands + [Operand(value: work.result, shape: work.shape)]
            named.formUnion(names)
            let spreads = named.count { !$0.shape.isLaidOut(as: work.shape) }
            if named.count > Self.mostOperands || spreads > Self.mostSpreads {
                parts.append([])
                named = Set(names)
            }
            parts[parts.count - 1].append(index)
        }
        return parts.filter { !$0.isEmpty }.map(part)
    }

    private func part(_ works: [Int]) -> FusedPart {
        let members = Set(works)
        return FusedPart(works, graph) { index in
            let value = graph.works[index].result
            return graph.lasting.contains(value) || graph.kept.contains(value)
                || (readers[value] ?? []).contains { !members.contains($0) }
        }
    }

    /// Orders the parts between two works of another kind, and joins what can be joined.
    private mutating func join(_ run: inout [FusedPart]) {
        while !run.isEmpty {
            let waiting = blocked(run)
            let ready = run.indices.filter { !waiting.contains($0) }
            let alike = ready.filter { run[$0].isPlain && run[$0].steps == run[ready[0]].steps }
            let taken: [Int]
            if alike.count > 1 {
                taken = alike
                putSideBySide(alike.map { run[$0] })
            } else {
                // nothing to do it beside: whatever else is like that and of its shape goes into the same call
                taken = ready.filter { part in
                    run[part].shape.isLaidOut(as: run[ready[0]].shape)
                        && (!run[part].isPlain || !ready.contains { $0 != part && run[$0].steps == run[part].steps })
                }
                items += limited(taken.flatMap { run[$0].works }).map { .fused(FusedWork(sides: [$0])) }
            }
            let gone = Set(taken)
            run = run.indices.filter { !gone.contains($0) }.map { run[$0] }
        }
    }

    /// The parts that must wait for others of the run.
    private func blocked(_ run: [FusedPart]) -> Set<Int> {
        var partOf: [Int: Int] = [:]
        for (index, part) in run.enumerated() { for work in part.works { partOf[work] = index } }
        var blocked: Set<Int> = []
        for (index, part) in run.enumerated() {
            for work in part.works {
                for follower in followers[work] {
                    if let other = partOf[follower], other != index { blocked.insert(other) }
                }
            }
        }
        return blocked
    }

    private mutating func putSideBySide(_ parts: [FusedPart]) {
        let grouped = Dictionary(grouping: parts) { part in part.values.map { bundleOf[$0] ?? -1 } }
        // in the order in which they come, so that a plan is always the same
        let keys = parts.map { part in part.values.map { bundleOf[$0] ?? -1 } }
        var done: Set<[Int]> = []
        for key in keys where done.insert(key).inserted {
            let sides = ordered(grouped[key] ?? [])
            if bundle(sides) {
                items.append(.fused(FusedWork(sides: sides)))
            } else {
                items += sides.map { .fused(FusedWork(sides: [$0])) }
            }
        }
    }

    /// In the order of what has a place already, or of the inputs.
    private func ordered(_ sides: [FusedPart]) -> [FusedPart] {
        guard let first = sides.first else { return sides }
        if let position = first.values.firstIndex(where: { bundleOf[$0] != nil }) {
            let bundle = bundles[bundleOf[first.values[position]] ?? 0]
            return sides.sorted {
                bundle.firstIndex(of: $0.values[position]) ?? 0 < bundle.firstIndex(of: $1.values[position]) ?? 0
            }
        }
        let position = first.values.indices.first { position in
            sides.allSatisfy { graph.lasting.contains($0.values[position]) }
        }
        guard let position else { return sides }
        return sides.sorted { $0.values[position] < $1.values[position] }
    }

    /// Asks for the sides' values to lie next to one another, unless that has been asked otherwise. What changes places
    /// with them must lie likewise.
    private mutating func bundle(_ sides: [FusedPart]) -> Bool {
        guard sides.count > 1 else { return false }
        var rows = sides[0].values.indices.map { position in sides.map { $0.values[position] } }
        for row in rows {
            guard let partners = graph.turns.partners(of: row) else { return false }
            if !partners.isEmpty, !rows.contains(partners) { rows.append(partners) }
        }
        let all = rows.flatMap { $0 }
        guard Set(all).count == all.count,
            rows.allSatisfy({ row in bundleOf[row[0]].map { bundles[$0] == row } ?? true })
        else { return false }
        for row in rows where bundleOf[row[0]] == nil {
            for value in row { bundleOf[value] = bundles.count }
            bundles.append(row)
        }
        return true
    }
}
