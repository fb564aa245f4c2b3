/// Where the numbers of a recorded step will lie, in elements from the start of one block of memory.
///
/// Every stretch starts at a multiple of 16 elements: a cache line, and a vector of the widest registers.
struct MemoryPlan {
    private static let grain = 16
    private var free: [Range<Int>] = []
    /// How many elements the block must hold.
    private(set) var count = 0

    private static func rounded(_ size: Int) -> Int { max((size + grain - 1) / grain * grain, grain) }

    /// The smallest free stretch that is large enough, or new room at the end.
    mutating func reserve(_ size: Int) -> Int {
        let size = Self.rounded(size)
        let fitting = free.indices.filter { free[$0].count >= size }
        guard let best = fitting.min(by: { free[$0].count < free[$1].count }) else {
            defer { count += size }
            return count
        }
        let stretch = free.remove(at: best)
        if stretch.count > size { free.append(stretch.lowerBound + size..<stretch.upperBound) }
        return stretch.lowerBound
    }

    /// Gives a stretch back, and joins it to free neighbours.
    mutating func release(_ start: Int, _ size: Int) {
        var stretch = start..<start + Self.rounded(size)
        while let neighbour = free.firstIndex(where: {
            $0.upperBound == stretch.lowerBound || $0.lowerBound == stretch.upperBound
        }) {
            let other = free.remove(at: neighbour)
            stretch = min(stretch.lowerBound, other.lowerBound)..<max(stretch.upperBound, other.upperBound)
        }
        free.append(stretch)
    }
}
