import LinearAlgebra
import Probability

extension Game {
    /// Where real points come from.
    public struct Data: Sendable {
        /// The ways in which a step can come by a batch.
        enum Source: Sendable {
            /// Rows of a finite sample, each batch picked at random.
            case points(Matrix<Float>)
            /// Equally likely round normal bumps, drawn afresh inside the step: a centre a row, a deviation each.
            case bumps(centers: Matrix<Float>, deviations: [Float], any Distribution)
            /// Anything else that can be drawn from: a pool that a pass uses up, and then another.
            case draws(any Distribution)
        }

        let source: Source
        /// The class of each point of a finite sample, where they are known.
        public internal(set) var labels: [Int]?
        /// What the classes of a finite sample are called, where they have names.
        var names: [String]?

        /// A finite sample, a point a row; a vector is points of one number.
        ///
        /// - Throws: `LearningError` when there is no point, or one is not finite or beyond single precision.
        public init(points: Matrix<Double>) throws(LearningError) {
            let observations = try Observations(points)
            if observations.count == 0 { throw .tooFewObservations(needed: 1, got: 0) }
            if let bad = observations.values.first(where: { abs($0) > Double(Float.greatestFiniteMagnitude) }) {
                throw .outOfRange(name: "data", value: bad, allowed: "within ±3.4e38, as far as single precision goes")
            }
            source = .points(
                Matrix(
                    shape: .matrix(observations.count, observations.dimension),
                    values: observations.values.map { Float($0) }))
        }

        /// A distribution: every batch is drawn from it anew.
        public init(_ distribution: any Distribution) {
            source = Self.bumps(of: distribution) ?? .draws(distribution)
        }

        /// The distribution that points are drawn from; nil for a finite sample.
        public var distribution: (any Distribution)? {
            switch source {
            case .points: nil
            case .bumps(_, _, let distribution), .draws(let distribution): distribution
            }
        }

        /// The finite sample, if it is one; a point a row.
        public var points: Matrix<Float>? {
            if case .points(let points) = source { points } else { nil }
        }

        /// The numbers of a point.
        public var dimension: Int {
            switch source {
            case .points(let points): points.columns
            case .bumps(let centers, _, _): centers.columns
            case .draws(let distribution): distribution.dimension
            }
        }

        /// Real points, a point a row: fresh ones of a distribution, rows of a finite sample picked at random (with
        /// repetition).
        public func sample(_ count: Int, using random: inout RandomStream) -> Matrix<Float> {
            guard case .points(let points) = source else {
                return distribution.map { Matrix($0.sample(count: count, using: &random)) }
                    ?? .zeros(.matrix(0, dimension))
            }
            let rows = (0..<max(count, 0)).flatMap { _ in points.row(random.integer(below: points.rows)) }
            return Matrix(shape: .matrix(max(count, 0), points.columns), values: rows)
        }

        /// The bumps of a distribution that is nothing but equally likely round normal bumps.
        private static func bumps(of distribution: any Distribution) -> Source? {
            let isExact =
                distribution is RoundMixture || distribution is Normal
                || (distribution as? Mixture)?.components.allSatisfy { $0 is Normal } == true
            guard isExact, let modes = distribution.modes, let weight = modes.first?.weight,
                modes.allSatisfy({ abs($0.weight - weight) <= 1e-9 * weight }), modes.count <= 10_000
            else { return nil }
            let centers = Matrix<Float>(
                shape: .matrix(modes.count, distribution.dimension),
                values: modes.flatMap { $0.center.map { Float($0) } })
            return .bumps(centers: centers, deviations: modes.map { Float($0.standardDeviation) }, distribution)
        }
    }
}

extension Game.Data: Hashable {
    /// Equal when they are the same points, or distributions that call themselves the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.points == right.points && left.labels == right.labels && left.names == right.names
            && left.parameters == right.parameters
    }

    /// Feeds what tells it from others.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(points)
        hasher.combine(parameters)
    }

    private var parameters: [String] {
        guard let distribution else { return [] }
        return [distribution.name, distribution.formula] + distribution.parameters.map { "\($0.name)=\($0.value)" }
    }
}

/// Where a game stands in its pool of draws.
struct GamePool: Hashable, Sendable {
    /// The points of a pool, unless a single step needs more.
    static let size = 16_384

    /// The stream from which the pool in use was drawn, as it was before.
    var random: RandomStream
    /// The rows of it that were used.
    var used = 0
}
