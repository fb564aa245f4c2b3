/// Two samples counted in the cells of one grid, and how far the two histograms are apart, as GAN Lab shows it (Kahng
/// et al. 2019, arXiv:1809.01587).
///
/// The grid is laid over the reference alone, so that it stands still while a generator learns: over its central
/// 99 percent, with a tenth of that as margin on each side. What lies outside counts as one more cell, so that nothing
/// gets lost and a generator that has gone astray is not mistaken for a good one.
public struct SampleGrid: Hashable, Sendable {
    /// The interval that the cells fill, for each coordinate.
    public let box: [ClosedRange<Double>]
    /// Cells along each coordinate.
    public let cells: Int
    /// Points of each sample in each cell; the last cell is all the rest of space.
    public let reference: [Int], sample: [Int]

    /// Cells along a coordinate unless said otherwise: 100 on the line, 30 in the plane.
    public static func usualCells(dimension: Int) -> Int { dimension == 1 ? 100 : 30 }

    /// - Parameter cells: along each coordinate; nil: the usual number.
    /// - Throws: when the points differ in dimension, or have more than two numbers.
    /// - Complexity: linear in points and cells, and n log n in the points of the reference.
    public init(
        reference: PointSet, sample: PointSet, cells: Int? = nil
    ) throws(DistributionError) {
        try PointSet.requireAlike(reference, sample)
        guard reference.dimension <= 2 else {
            throw DistributionError("points of \(reference.dimension) numbers; a grid takes one or two")
        }
        let cells = cells ?? SampleGrid.usualCells(dimension: reference.dimension)
        try DistributionError.requireAtLeast(1, cells, "the number of cells")
        guard cells <= 1000 else { throw DistributionError("\(cells) cells on a side; at most 1000 are counted") }
        let box = reference.coordinates.map(SampleGrid.interval)
        self.box = box
        self.cells = cells
        self.reference = SampleGrid.counts(reference, box, cells)
        self.sample = SampleGrid.counts(sample, box, cells)
    }

    /// The sides of a cell.
    public var cellSize: [Double] { box.map { ($0.upperBound - $0.lowerBound) / Double(cells) } }

    private static func interval(_ numbers: [Double]) -> ClosedRange<Double> {
        let sorted = numbers.inOrder()
        let (low, high) = (Spread.quantile(0.005, sorted), Spread.quantile(0.995, sorted))
        let margin = high > low ? 0.1 * (high - low) : max(0.5, 1e-9 * abs(low))
        return low - margin...high + margin
    }

    private static func counts(_ points: PointSet, _ box: [ClosedRange<Double>], _ cells: Int) -> [Int] {
        let inside = points.dimension == 1 ? cells : cells * cells
        var counts = [Int](repeating: 0, count: inside + 1)
        for point in 0..<points.count {
            var cell = 0
            for (axis, range) in box.enumerated() {
                let place = points.coordinates[axis][point]
                guard cell < inside, range.contains(place) else {
                    cell = inside
                    break
                }
                let share = (place - range.lowerBound) / (range.upperBound - range.lowerBound)
                cell = cell * cells + min(Int(share * Double(cells)), cells - 1)
            }
            counts[cell] += 1
        }
        return counts
    }

    /// Jensen and Shannon's divergence of the two histograms, in nats: from 0 to ln 2 = 0.693.
    public var jensenShannon: Double {
        (try? Divergence.jensenShannon(reference.map(Double.init), sample.map(Double.init))) ?? .nan
    }

    /// KL(reference ‖ sample) of the two histograms, in nats, with half a point added to every cell of both (Krichevsky
    /// and Trofimov's rule): a cell that the sample misses costs much, and not infinitely much.
    public var kullbackLeibler: Double {
        let (p, q) = (reference.map { Double($0) + 0.5 }, sample.map { Double($0) + 0.5 })
        return (try? Divergence.kullbackLeibler(p, q)) ?? .nan
    }
}
