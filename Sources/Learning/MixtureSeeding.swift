import LinearAlgebra

// Arthur & Vassilvitskii (2007), "k-means++: the advantages of careful seeding".

extension GaussianMixture {
    /// A start for EM: k means drawn from the points, and for each component the covariance of the points that are nearest
    /// to its mean. With `spread` the means are drawn by k-means++, far from one another; without, any k different
    /// points will do, each with a k-th of the spread of all. Distances are measured with every column divided by its standard deviation, so
    /// that minutes and millimetres count alike.
    ///
    /// - Throws: `LearningError.tooFewObservations` with fewer different points than components.
    public static func seeded(
        _ points: Matrix<Double>, components k: Int, spread: Bool = true, floor: Double? = nil,
        random: inout RandomStream
    ) throws(LearningError) -> GaussianMixture {
        let data = try Observations(points)
        if k < 1 { throw .outOfRange(name: "k", value: Double(k), allowed: "1 or more") }
        if data.count < k || data.count == 0 { throw .tooFewObservations(needed: max(k, 1), got: data.count) }
        let scale = Scale(data)
        let centres = try chooseCentres(data, k, scale, spread, &random)
        if !spread {
            let least = try MixtureSettings(floor: floor).floor(for: data)
            let covariance = Covariance(diagonal: scale.deviations.map { max($0 * $0 / Double(k * k), least) })
            return try GaussianMixture(
                components: centres.map { Component(weight: 1, mean: Array(data.point($0)), covariance: covariance) })
        }
        return try around(centres.map { Array(data.point($0)) }, data: data, scale: scale, floor: floor)
    }

    /// A start for EM with means chosen by hand (k rows of d numbers, or k numbers when d is 1).
    public static func around(
        means: Matrix<Double>, points: Matrix<Double>, floor: Double? = nil
    ) throws(LearningError) -> GaussianMixture {
        let data = try Observations(points)
        if data.count == 0 { throw .tooFewObservations(needed: 1, got: 0) }
        let rows = try Observations(means, dimension: data.dimension)
        let centres = (0..<rows.count).map { Array(rows.point($0)) }
        if centres.isEmpty { throw .outOfRange(name: "means", value: 0, allowed: "one or more") }
        return try around(centres, data: data, scale: Scale(data), floor: floor)
    }

    /// Components round these centres: each takes the points nearest to it, with their share as weight and their spread
    /// about the centre as covariance; with too few points for that, a k-th of the spread of all.
    private static func around(
        _ centres: [[Double]], data: Observations, scale: Scale, floor: Double?
    ) throws(LearningError) -> GaussianMixture {
        let d = data.dimension
        let floor = try MixtureSettings(floor: floor).floor(for: data)
        var sums = [[Double]](repeating: [Double](repeating: 0, count: d * d), count: centres.count)
        var counts = [Int](repeating: 0, count: centres.count)
        for i in 0..<data.count {
            let nearest = nearestCentre(to: data.point(i), centres, scale)
            counts[nearest] += 1
            for a in 0..<d {
                for b in 0..<d {
                    sums[nearest][a * d + b] +=
                        (data.values[i * d + a] - centres[nearest][a]) * (data.values[i * d + b] - centres[nearest][b])
                }
            }
        }
        let fallback = scale.deviations.map { $0 * $0 / Double(centres.count) }
        let components = centres.indices.map { k in
            let own = sums[k].map { $0 / Double(max(counts[k], 1)) }
            let lifted = liftingEigenvalues(of: own, dimension: d, to: floor).values
            let covariance = counts[k] > d ? Covariance(lifted, dimension: d) : nil
            return Component(
                weight: Double(counts[k] + 1), mean: centres[k],
                covariance: covariance ?? Covariance(diagonal: fallback))
        }
        return try GaussianMixture(components: components)
    }

    /// k-means++: the first centre is any point, each further one a point drawn in proportion to its squared distance
    /// from the nearest centre so far; or, not spread out, any point that is not a centre yet.
    private static func chooseCentres(
        _ data: Observations, _ k: Int, _ scale: Scale, _ spread: Bool, _ random: inout RandomStream
    ) throws(LearningError) -> [Int] {
        var centres = [random.integer(below: data.count)]
        var distances = [Double](repeating: .infinity, count: data.count)
        while centres.count < k {
            let newest = data.point(centres[centres.count - 1])
            for i in 0..<data.count {
                distances[i] = min(distances[i], scale.squaredDistance(data.point(i), newest))
            }
            guard distances.contains(where: { $0 > 0 }) else {
                throw .tooFewObservations(needed: k, got: centres.count)
            }
            centres.append(drawIndex(weights: spread ? distances : distances.map { $0 > 0 ? 1 : 0 }, &random))
        }
        return centres
    }

    /// The index of the centre nearest to a point.
    private static func nearestCentre(to point: ArraySlice<Double>, _ centres: [[Double]], _ scale: Scale) -> Int {
        var (best, least) = (0, Double.infinity)
        for (index, centre) in centres.enumerated() {
            let distance = scale.squaredDistance(point, centre[...])
            if distance < least { (best, least) = (index, distance) }
        }
        return best
    }
}

/// The spread of each column, by which distances are measured.
private struct Scale {
    let deviations: [Double]

    /// Standard deviations of the columns; 1 for a column that does not vary.
    init(_ data: Observations) {
        let covariance = data.covariance
        deviations = (0..<data.dimension).map {
            let variance = covariance[$0 * data.dimension + $0]
            return variance > 0 ? variance.squareRoot() : 1
        }
    }

    /// The squared distance of two points in units of the columns' standard deviations.
    func squaredDistance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
        var total = 0.0
        for j in deviations.indices {
            let difference = (a[a.startIndex + j] - b[b.startIndex + j]) / deviations[j]
            total += difference * difference
        }
        return total
    }
}
