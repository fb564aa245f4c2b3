import LinearAlgebra

/// A distribution that is put together from parts, so that each of its points is of a class: the part that it comes from.
public protocol LabelledDistribution: Distribution {
    /// The parts in order. Fewer than two: all points are of one kind.
    var parts: [DistributionPart] { get }

    /// Independent draws from one of the parts, counted from 0; shape [count, dimension].
    func sample(count: Int, ofPart part: Int, using random: inout RandomStream) -> Matrix<Double>
}

/// A part of a distribution.
public struct DistributionPart: Hashable, Sendable {
    /// What it is called; its number, counted from 0, where it has no name.
    public let name: String
    /// Its share of the probability.
    public let share: Double

    /// A part.
    public init(name: String, share: Double) {
        self.name = name
        self.share = share
    }

    /// Parts that have no names, by their shares.
    public static func numbered(_ shares: [Double]) -> [Self] {
        shares.enumerated().map { Self(name: String($0), share: $1) }
    }
}

extension LabelledDistribution {
    /// Parts as frequent as they are, for so many points.
    public func drawnParts(_ count: Int, using random: inout RandomStream) -> [Int] {
        var sums: [Double] = []
        for part in parts { sums.append((sums.last ?? 0) + part.share) }
        let (whole, likely) = (sums.last ?? 1, parts.lastIndex { $0.share > 0 } ?? 0)
        return (0..<count).map { _ in
            let place = random.uniform() * whole
            return sums.firstIndex { place < $0 } ?? likely
        }
    }

    /// Independent draws, and the part that each of them is from.
    public func labelledSample(
        count: Int, using random: inout RandomStream
    ) -> (points: Matrix<Double>, labels: [Int]) {
        let labels = drawnParts(count, using: &random)
        var rows = [Int: [Int]]()
        for (row, label) in labels.enumerated() { rows[label, default: []].append(row) }
        var values = [Double](repeating: 0, count: count * dimension)
        for label in rows.keys.sorted() {
            let places = rows[label] ?? []
            let own = sample(count: places.count, ofPart: label, using: &random).values
            for (number, row) in places.enumerated() {
                for axis in 0..<dimension { values[row * dimension + axis] = own[number * dimension + axis] }
            }
        }
        return (Matrix(shape: .matrix(count, dimension), values: values), labels)
    }
}

// MARK: Those of this room

extension Mixture: LabelledDistribution {
    /// The components.
    public var parts: [DistributionPart] { DistributionPart.numbered(weights) }

    /// Draws from a component.
    public func sample(count: Int, ofPart part: Int, using random: inout RandomStream) -> Matrix<Double> {
        components[part].sample(count: count, using: &random)
    }
}

extension RoundMixture: LabelledDistribution {
    /// The bumps.
    public var parts: [DistributionPart] { DistributionPart.numbered(modes?.map(\.weight) ?? []) }

    /// Draws from a bump.
    public func sample(count: Int, ofPart part: Int, using random: inout RandomStream) -> Matrix<Double> {
        let noise: Matrix<Double> = random.normal(shape: .matrix(count, 2))
        let values = noise.values.enumerated().map { centers[2 * part + $0 % 2] + sd * $1 }
        return Matrix(shape: noise.shape, values: values)
    }
}

extension NoisyCurve: LabelledDistribution {
    /// The curves, where they are curves of their own: moons, circles, the arms of a spiral.
    public var parts: [DistributionPart] {
        isOneCurve ? [] : DistributionPart.numbered(branches.map { _ in 1 / Double(branches.count) })
    }

    /// Draws from one of the curves.
    public func sample(count: Int, ofPart part: Int, using random: inout RandomStream) -> Matrix<Double> {
        Matrix(shape: .matrix(count, 2), values: draw(count, from: [branches[part]], using: &random))
    }
}
