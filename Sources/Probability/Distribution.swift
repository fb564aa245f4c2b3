import LinearAlgebra

/// A probability distribution over numbers (dimension 1) or over points of the plane (dimension 2).
///
/// Densities are normalised and, unless a type says otherwise, exact. Log-densities are natural logarithms; where the
/// density is zero they are `-infinity`.
public protocol Distribution: Sendable {
    /// What messages call it: `normal`, `ring`.
    var name: String { get }
    /// 1 or 2: the coordinates of a point.
    var dimension: Int { get }
    /// The density as a formula in plain text, in terms of `parameters`.
    var formula: String { get }
    /// The numbers that make it this one of its kind.
    var parameters: [DistributionParameter] { get }
    /// The mean, one number a coordinate; `nil` where the integral does not exist (Cauchy).
    var mean: [Double]? { get }
    /// The covariance, shape [dimension, dimension]; `nil` where it does not exist or is infinite.
    var covariance: Matrix<Double>? { get }
    /// The standard deviation of each coordinate; `nil` where it does not exist or is infinite.
    var standardDeviation: [Double]? { get }
    /// For each coordinate, the interval outside which the density is zero; infinite ends are allowed.
    var support: [ClosedRange<Double>] { get }
    /// For each coordinate, the finite interval that a picture should show: nearly all of the probability.
    var plotRange: [ClosedRange<Double>] { get }
    /// The places where points gather, for distributions that are made of such; `nil` for all others.
    var modes: [Mode]? { get }

    /// Independent draws, shape [count, dimension].
    func sample(count: Int, using random: inout RandomStream) -> Matrix<Double>
    /// The log-density at points that lie one after the other, `dimension` numbers each.
    func logDensity(ofFlat points: [Double]) -> [Double]
    /// The probability of a value of at most `x`; `nil` in two dimensions and where no exact formula is known.
    func cumulative(at x: Double) -> Double?
}

/// A number that a distribution was made with.
public struct DistributionParameter: Hashable, Sendable {
    /// As in the formula and at the prompt: `sd`.
    public let name: String
    /// Its value as text: `0.2`, `[[1, 0.5], [0.5, 2]]`.
    public let value: String

    /// A parameter with text for its value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A parameter that is a number.
    public init(_ name: String, _ value: Double) { self.init(name, NumberFormat.short(value)) }

    /// A parameter that is a whole number.
    public init(_ name: String, _ value: Int) { self.init(name, String(value)) }
}

/// A bump of a distribution: a normal component.
public struct Mode: Hashable, Sendable {
    /// Where it stands, one number a coordinate.
    public let center: [Double]
    /// Its standard deviation; of a component that is not round, the largest over all directions.
    public let standardDeviation: Double
    /// Its share of the probability.
    public let weight: Double

    /// A bump.
    public init(center: [Double], standardDeviation: Double, weight: Double) {
        self.center = center
        self.standardDeviation = standardDeviation
        self.weight = weight
    }
}

extension Distribution {
    /// No modes unless a type names them.
    public var modes: [Mode]? { nil }

    /// No cumulative distribution function unless a type has one.
    public func cumulative(at x: Double) -> Double? { nil }

    /// The roots of the covariance's diagonal, unless a type knows them by a way on which no square is too large.
    public var standardDeviation: [Double]? {
        covariance.map { covariance in (0..<dimension).map { covariance[$0, $0].squareRoot() } }
    }

    /// The log-density at each row of `points`, shape [n, dimension]; in one dimension any shape will do, and every
    /// number is a point. A vector of two numbers is one point of the plane.
    /// - Throws: `ShapeError` when the points have another dimension.
    public func logDensity(at points: Matrix<Double>) throws(ShapeError) -> [Double] {
        guard dimension == 1 || points.columns == dimension else {
            throw ShapeError(
                "density", [points.shape],
                reason: "a point here has \(dimension) coordinates, so the points are rows of \(dimension)")
        }
        return logDensity(ofFlat: points.values)
    }
}

/// A distribution over numbers: what it has to say, so that `Distribution` follows.
public protocol UnivariateDistribution: Distribution {
    /// The mean; `nil` where it does not exist.
    var expectation: Double? { get }
    /// The variance; `nil` where it does not exist or is infinite.
    var variance: Double? { get }
    /// The standard deviation; `nil` where it does not exist or is infinite.
    var deviation: Double? { get }
    /// Outside it the density is zero.
    var interval: ClosedRange<Double> { get }
    /// What a picture should show.
    var plotInterval: ClosedRange<Double> { get }

    /// The log-density at `x`.
    func logDensity(at x: Double) -> Double
    /// Independent draws.
    func draw(_ count: Int, using random: inout RandomStream) -> [Double]
}

extension UnivariateDistribution {
    /// 1.
    public var dimension: Int { 1 }
    /// The mean as a vector of one.
    public var mean: [Double]? { expectation.map { [$0] } }
    /// The variance as a matrix of one.
    public var covariance: Matrix<Double>? { variance.map { Matrix(shape: .matrix(1, 1), values: [$0]) } }
    /// The root of the variance, unless a type knows it without squaring.
    public var deviation: Double? { variance?.squareRoot() }
    /// The standard deviation as a vector of one.
    public var standardDeviation: [Double]? { deviation.map { [$0] } }
    /// The interval outside which the density is zero.
    public var support: [ClosedRange<Double>] { [interval] }
    /// What a picture should show.
    public var plotRange: [ClosedRange<Double>] { [plotInterval] }
    /// The whole line, unless a type says otherwise.
    public var interval: ClosedRange<Double> { -Double.infinity...Double.infinity }

    /// Independent draws, shape [count, 1].
    public func sample(count: Int, using random: inout RandomStream) -> Matrix<Double> {
        Matrix(shape: .matrix(count, 1), values: draw(count, using: &random))
    }

    /// The log-density at each number.
    public func logDensity(ofFlat points: [Double]) -> [Double] { points.map { logDensity(at: $0) } }
}

/// A distribution over the plane: what it has to say, so that `Distribution` follows.
public protocol PlanarDistribution: Distribution {
    /// The log-density at the point (x, y).
    func logDensity(x: Double, y: Double) -> Double
    /// Independent points, x and y by turns.
    func draw(_ count: Int, using random: inout RandomStream) -> [Double]
}

extension PlanarDistribution {
    /// 2.
    public var dimension: Int { 2 }
    /// The whole plane, unless a type says otherwise.
    public var support: [ClosedRange<Double>] {
        let line = -Double.infinity...Double.infinity
        return [line, line]
    }

    /// Independent points, shape [count, 2].
    public func sample(count: Int, using random: inout RandomStream) -> Matrix<Double> {
        Matrix(shape: .matrix(count, 2), values: draw(count, using: &random))
    }

    /// The log-density at each pair of numbers.
    public func logDensity(ofFlat points: [Double]) -> [Double] {
        (0..<points.count / 2).map { i in
            let (x, y) = (points[2 * i], points[2 * i + 1])
            if x.isFinite, y.isFinite { return logDensity(x: x, y: y) }
            return x.isNaN || y.isNaN ? .nan : -.infinity
        }
    }
}
