import LinearAlgebra
import Words

/// Points that measures compare, one coordinate after the other, so that the distances from one point to all others are
/// a walk along a few arrays.
public struct PointSet: Hashable, Sendable {
    /// How many points.
    public let count: Int
    /// For each coordinate, that coordinate of every point.
    public let coordinates: [[Double]]

    /// How many numbers a point has.
    public var dimension: Int { coordinates.count }

    /// Points in the rows of a matrix, shape [n, d]; the numbers of a vector are points on the line.
    ///
    /// - Throws: when there is no point, or a number is not finite.
    public init(_ points: Matrix<Double>) throws(DistributionError) {
        let isMatrix = points.rank == 2
        count = isMatrix ? points.rows : points.count
        guard count > 0, points.count > 0 else { throw DistributionError("a sample of no points") }
        guard points.values.allSatisfy(\.isFinite) else {
            throw DistributionError("a sample with a number that is not finite in it")
        }
        let (rows, width, values) = (count, isMatrix ? points.columns : 1, points.values)
        coordinates = (0..<width).map { column in
            [Double](unsafeUninitializedCapacity: rows) { line, filled in
                for row in 0..<rows { line.initializeElement(at: row, to: values[row * width + column]) }
                filled = rows
            }
        }
    }

    private init(count: Int, coordinates: [[Double]]) {
        self.count = count
        self.coordinates = coordinates
    }

    /// The first `most` points; all of them when there are no more.
    public func prefix(_ most: Int) -> PointSet {
        guard most < count else { return self }
        return PointSet(count: max(most, 1), coordinates: coordinates.map { Array($0.prefix(max(most, 1))) })
    }

    /// The points from position `start` on; the last one when there are none.
    public func dropFirst(_ start: Int) -> PointSet {
        let start = min(max(start, 0), count - 1)
        return PointSet(count: count - start, coordinates: coordinates.map { Array($0.dropFirst(start)) })
    }

    /// `most` of the points, or all when there are no more, in random order: every prefix is a random choice too.
    /// - Complexity: linear, with `most` random numbers.
    public func shuffled(_ most: Int, using random: inout RandomStream) -> PointSet {
        gathered(choice(of: most, using: &random))
    }

    /// The places of `most` of the points, or of all when there are no more, in random order.
    /// - Complexity: linear, with `most` random numbers.
    public func choice(of most: Int, using random: inout RandomStream) -> ArraySlice<Int> {
        var places = Array(0..<count)
        let kept = min(max(most, 1), count)
        for place in 0..<kept { places.swapAt(place, place + random.integer(below: count - place)) }
        return places[..<kept]
    }

    /// The points at these places, in their order.
    /// - Precondition: there is a place, and each is below `count`.
    public func gathered(_ places: some Collection<Int>) -> PointSet {
        precondition(!places.isEmpty, "a sample of no points")
        return PointSet(count: places.count, coordinates: coordinates.map { line in places.map { line[$0] } })
    }

    /// The points as rows, shape [count, dimension].
    public var matrix: Matrix<Double> {
        var values = [Double](repeating: 0, count: count * dimension)
        for (axis, line) in coordinates.enumerated() {
            for point in 0..<count { values[point * dimension + axis] = line[point] }
        }
        return Matrix(shape: .matrix(count, dimension), values: values)
    }

    /// Demands points of one dimension in both sets.
    static func requireAlike(_ a: PointSet, _ b: PointSet) throws(DistributionError) {
        guard a.dimension == b.dimension else {
            throw DistributionError(
                "points of \(Wording.count(a.dimension, "number")) against points of \(b.dimension)",
                help: "measures compare points of the same kind")
        }
    }

    /// The numbers of one point.
    func point(_ place: Int) -> [Double] { coordinates.map { $0[place] } }
}
