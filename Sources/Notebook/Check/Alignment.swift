/// Which things of two lists belong together.
enum Alignment {
    /// A place in either list, or nil where there is no partner.
    struct Pair: Equatable {
        var first: Int?
        var second: Int?
    }

    /// Pairs what is equal, in order, and then what stands between by its place.
    ///
    /// What is equal at both ends is paired first, then what occurs once in both lists, as long as the order is the same
    /// (Cohen's patience difference), and so on between those: time and memory stay small when everything differs.
    static func of(_ one: [String], _ other: [String]) -> [Pair] {
        var pairs: [Pair] = []
        align(one, one.indices, other, other.indices, &pairs)
        return pairs
    }

    private static func align(
        _ one: [String], _ range: Range<Int>, _ other: [String], _ otherRange: Range<Int>, _ pairs: inout [Pair]
    ) {
        var (i, j) = (range.lowerBound, otherRange.lowerBound)
        var (end, otherEnd) = (range.upperBound, otherRange.upperBound)
        while i < end, j < otherEnd, one[i] == other[j] {
            pairs.append(Pair(first: i, second: j))
            (i, j) = (i + 1, j + 1)
        }
        while end > i, otherEnd > j, one[end - 1] == other[otherEnd - 1] { (end, otherEnd) = (end - 1, otherEnd - 1) }
        let anchors = anchors(one, i..<end, other, j..<otherEnd)
        for anchor in anchors {
            align(one, i..<anchor.0, other, j..<anchor.1, &pairs)
            pairs.append(Pair(first: anchor.0, second: anchor.1))
            (i, j) = (anchor.0 + 1, anchor.1 + 1)
        }
        if anchors.isEmpty {
            let both = min(end - i, otherEnd - j)
            pairs += (0..<both).map { Pair(first: i + $0, second: j + $0) }
            pairs += (i + both..<end).map { Pair(first: $0, second: nil) }
            pairs += (j + both..<otherEnd).map { Pair(first: nil, second: $0) }
        } else {
            align(one, i..<end, other, j..<otherEnd, &pairs)
        }
        let rest = range.upperBound - end
        pairs += (0..<rest).map { Pair(first: end + $0, second: otherEnd + $0) }
    }

    /// What occurs once in either part: the longest run of it that is in the same order in both.
    private static func anchors(
        _ one: [String], _ range: Range<Int>, _ other: [String], _ otherRange: Range<Int>
    ) -> [(Int, Int)] {
        let (places, others) = (single(one, range), single(other, otherRange))
        let common = places.compactMap { text, place in others[text].map { (place, $0) } }.sorted { $0.0 < $1.0 }
        return longestIncreasing(common)
    }

    private static func single(_ list: [String], _ range: Range<Int>) -> [String: Int] {
        var places: [String: Int?] = [:]
        for place in range { places[list[place]] = places[list[place]] == nil ? .some(place) : .some(nil) }
        return places.compactMapValues(\.self)
    }

    /// The longest run of pairs whose second places increase, by binary search (Fredman 1975).
    private static func longestIncreasing(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
        var tails: [Int] = []
        var before = [Int?](repeating: nil, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var (low, high) = (0, tails.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[tails[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
            }
            before[index] = low > 0 ? tails[low - 1] : nil
            if low == tails.count { tails.append(index) } else { tails[low] = index }
        }
        var run: [(Int, Int)] = []
        var last = tails.last
        while let index = last {
            run.append(pairs[index])
            last = before[index]
        }
        return run.reversed()
    }
}
