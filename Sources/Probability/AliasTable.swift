import LinearAlgebra

/// Draws an index with given probabilities in constant time, however many there are (Walker 1977, Vose 1991).
struct AliasTable: Sendable {
    /// The probabilities: the weights divided by their sum.
    let probabilities: [Double]
    private let keep: [Double]
    private let alias: [Int32]

    /// - Throws: unless there are weights, none is negative or infinite, and one is above zero.
    init(weights: [Double]) throws(DistributionError) {
        guard !weights.isEmpty else { throw DistributionError("there are no weights") }
        guard let largest = weights.max(), weights.allSatisfy({ $0 >= 0 && $0.isFinite }), largest > 0 else {
            let given = weights.count <= 8 ? " \(NumberFormat.short(weights))" : ""
            throw DistributionError(
                "the weights\(given) will not do: none may be negative, and one at least has to be above 0")
        }
        self.init(trusted: weights)
    }

    /// For weights that are known to be good: finite, not negative, not all zero.
    init(trusted weights: [Double]) {
        let largest = weights.reduce(0, max)
        let total = weights.reduce(0) { $0 + $1 / largest }
        probabilities = weights.map { $0 / largest / total }
        (keep, alias) = AliasTable.build(probabilities)
    }

    private static func build(_ probabilities: [Double]) -> ([Double], [Int32]) {
        let count = probabilities.count
        var scaled = probabilities.map { $0 * Double(count) }
        var keep = [Double](repeating: 1, count: count)
        var alias = (0..<count).map { Int32($0) }
        var small = (0..<count).filter { scaled[$0] < 1 }
        var large = (0..<count).filter { scaled[$0] >= 1 }
        while let less = small.popLast(), let more = large.last {
            keep[less] = scaled[less]
            alias[less] = Int32(more)
            scaled[more] -= 1 - scaled[less]
            if scaled[more] < 1 {
                large.removeLast()
                small.append(more)
            }
        }
        return (keep, alias)
    }

    /// The index that a number from [0, 1) stands for.
    @inline(__always)
    func index(for uniform: Double) -> Int {
        let place = uniform * Double(keep.count)
        let slot = min(Int(place), keep.count - 1)
        return place - Double(slot) < keep[slot] ? slot : Int(alias[slot])
    }
}
