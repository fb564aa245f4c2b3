import LinearAlgebra

/// The order in which a step's computations are done, with elementwise ones of one shape gathered.
///
/// Whatever is not elementwise comes as soon as it can, so that elementwise work piles up and goes into few groups. Of
/// those, single numbers come first, since everything waits for them, and then what the most products wait for.
struct Schedule {
    enum Item {
        case single(Int)
        /// Elementwise works of one shape, in order.
        case group([Int])
    }

    private(set) var items: [Item] = []
    private let works: [Work]
    private let lasting: Set<Int>
    /// For each work, those that must come after it.
    private(set) var followers: [[Int]]
    private var blockers: [Int]
    private var ready: [Int] = []
    /// How many products at most lie between a work and the end.
    private var heights: [Int]

    init(_ graph: StepGraph) {
        works = graph.works
        lasting = graph.lasting
        followers = Array(repeating: [], count: works.count)
        blockers = Array(repeating: 0, count: works.count)
        heights = Array(repeating: 0, count: works.count)
        measureHeights(connect(graph))
        ready = works.indices.filter { blockers[$0] == 0 }
        while !ready.isEmpty {
            if let next = ready.filter({ works[$0].elementwise == nil }).min() {
                finish(next)
                items.append(.single(next))
            } else {
                items.append(.group(gather()))
            }
        }
    }

    /// Enters who waits for whom: readers for writers, and who writes to an input for its readers.
    ///
    /// - Returns: the works that make each value, where it is not there from the start.
    private mutating func connect(_ graph: StepGraph) -> [Int: [Int]] {
        var makers: [Int: [Int]] = [:]
        for (index, work) in works.enumerated() { makers[work.result, default: []].append(index) }
        let marks = Set(graph.marks)
        for (index, work) in works.enumerated() {
            for value in Set(work.operands.map(\.value)) {
                let writesInput = graph.lasting.contains(value) && !marks.contains(value)
                for maker in makers[value] ?? [] where maker != index {
                    let (first, second) = writesInput ? (index, maker) : (maker, index)
                    followers[first].append(second)
                    blockers[second] += 1
                }
            }
        }
        return makers.filter { !graph.lasting.contains($0.key) || marks.contains($0.key) }
    }

    private mutating func measureHeights(_ makers: [Int: [Int]]) {
        for index in works.indices.reversed() {
            let height = heights[index] + (works[index].isProduct ? 1 : 0)
            for operand in works[index].operands {
                for maker in makers[operand.value] ?? [] { heights[maker] = max(heights[maker], height) }
            }
        }
    }

    private mutating func finish(_ index: Int) {
        ready.removeAll { $0 == index }
        for follower in followers[index] {
            blockers[follower] -= 1
            if blockers[follower] == 0 { ready.append(follower) }
        }
    }

    /// Takes the most urgent elementwise work and everything of its shape that becomes ready with it.
    private mutating func gather() -> [Int] {
        func urgency(_ index: Int) -> (Int, Int, Int) {
            (works[index].shape.rank == 0 ? 0 : 1, -heights[index], index)
        }
        let urgent = ready.filter { !canWait($0) }
        guard let first = (urgent.isEmpty ? ready : urgent).min(by: { urgency($0) < urgency($1) }) else { return [] }
        let shape = works[first].shape
        var group = [first]
        finish(first)
        while let next = ready.filter({ isElementwise($0, as: shape) && !canWait($0) }).min() {
            group.append(next)
            finish(next)
        }
        return group
    }

    /// What is made of values that are there all the time had better be made when the rest is there that it is needed
    /// with: done early it would have to be left in memory.
    private func canWait(_ index: Int) -> Bool {
        let after = followers[index]
        return !after.isEmpty && works[index].shape.rank > 0
            && works[index].operands.allSatisfy { lasting.contains($0.value) }
            && after.allSatisfy { follower in
                works[follower].elementwise != nil && blockers[follower] > after.count { $0 == follower }
            }
    }

    private func isElementwise(_ index: Int, as shape: Shape) -> Bool {
        let work = works[index]
        return work.elementwise != nil && work.shape.isLaidOut(as: shape)
            && (work.shape.rank == 0) == (shape.rank == 0)
    }
}
