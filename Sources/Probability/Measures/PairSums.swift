import LinearAlgebra

/// Sums over all pairs of points, within each of two samples and across them, of a function of their distance.
struct PairSums {
    /// A function of `scale` times the squared distance.
    struct Kernel {
        let function: UnaryFunction
        let scale: Double

        /// exp(-d² / (2 bandwidth²)).
        static func normal(bandwidth: Double) -> Kernel {
            Kernel(function: .exp, scale: -0.5 / (bandwidth * bandwidth))
        }
        /// The distance itself.
        static let distance = Kernel(function: .squareRoot, scale: 1)
    }

    /// Points of each sample.
    let counts: (a: Int, b: Int)
    /// Over the pairs of different points of one sample, each pair taken once.
    private(set) var withinA = 0.0, withinB = 0.0
    /// Over the pairs of a point of each.
    private(set) var across = 0.0

    /// The sums for each of several kernels; the distances are computed once.
    /// - Complexity: the number of pairs.
    static func of(_ kernels: [Kernel], _ a: PointSet, _ b: PointSet) -> [PairSums] {
        var sums = kernels.map { _ in PairSums(counts: (a.count, b.count)) }
        add(kernels, to: &sums, \.withinA, a, a) { $0 }
        add(kernels, to: &sums, \.withinB, b, b) { $0 }
        add(kernels, to: &sums, \.across, a, b) { _ in b.count }
        return sums
    }

    /// Adds what each point of one sample makes with so many of the first points of the other.
    private static func add(
        _ kernels: [Kernel], to sums: inout [PairSums], _ part: WritableKeyPath<PairSums, Double>, _ a: PointSet,
        _ b: PointSet, partners: (Int) -> Int
    ) {
        var block = DistanceBlock(capacity: max(b.count, DistanceBlock.usualCapacity))
        for point in 0..<a.count {
            block.append(from: a.point(point), to: b.coordinates, 0..<partners(point))
            let isLast = point + 1 == a.count
            guard isLast || block.count + partners(point + 1) > block.capacity else { continue }
            for (number, kernel) in kernels.enumerated() {
                sums[number][keyPath: part] += block.sum(of: kernel.function, scale: kernel.scale)
            }
            block.removeAll()
        }
    }
}
