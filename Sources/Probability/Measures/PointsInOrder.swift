/// Points from the least first coordinate to the greatest: whoever wants those near a place has to look at few of them.
struct PointsInOrder {
    /// For each coordinate, that coordinate of every point.
    let coordinates: [[Double]]
    /// Where each point stood before.
    let places: [Int]

    init(coordinates: [[Double]]) {
        let first = coordinates[0]
        let places = first.indices.sorted { first[$0] < first[$1] }
        self.places = places
        self.coordinates = coordinates.map { line in places.map { line[$0] } }
    }

    /// Visits the points whose squared distance from a place can be below a limit, the nearer along the first coordinate
    /// before the further on each side.
    ///
    /// - Parameters:
    ///   - skipping: the position of a point that is not visited.
    ///   - visit: is handed a position and the squared distance, and answers the limit from then on.
    @inline(__always)
    func visit(
        near place: [Double], within limit: Double = .infinity, skipping: Int? = nil,
        _ visit: (Int, Double) -> Double
    ) {
        let first = coordinates[0]
        var limit = limit
        func step(_ position: Int) -> Bool {
            let along = first[position] - place[0]
            var distance = along * along
            if distance >= limit { return false }
            for axis in 1..<max(coordinates.count, 1) {
                let across = coordinates[axis][position] - place[axis]
                distance += across * across
            }
            if position != skipping { limit = visit(position, distance) }
            return true
        }
        let middle = first.lowerBound(place[0])
        var (above, below) = (middle, middle - 1)
        while above < first.count, step(above) { above += 1 }
        while below >= 0, step(below) { below -= 1 }
    }

    /// The point at a position.
    func point(_ position: Int) -> [Double] { coordinates.map { $0[position] } }
}
