import LinearAlgebra
import Probability

extension NaiveBayes: LabelledDistribution {
    /// The classes.
    public var parts: [DistributionPart] { classes.map { DistributionPart(name: $0.name, share: $0.prior) } }

    /// Points of one class.
    public func sample(count: Int, ofPart part: Int, using random: inout RandomStream) -> Matrix<Double> {
        let values = (0..<count).flatMap { _ in draw(classes[part], &random) }
        return Matrix(shape: .matrix(count, dimension), values: values)
    }
}

/// Run backwards, naive Bayes is a distribution: p(x) = Σ_c p(c) Πⱼ p(xⱼ | c).
extension NaiveBayes: Distribution {
    /// `naive Bayes`.
    public var name: String { "naive Bayes" }
    /// The number of features.
    public var dimension: Int { features.count }
    /// The sum over the classes of the product over the features.
    public var formula: String { "p(x) = Σ_c p(c) Πⱼ p(xⱼ | c)" }
    /// The number of classes and their priors.
    public var parameters: [DistributionParameter] {
        [
            DistributionParameter("classes", classes.count),
            DistributionParameter("priors", NumberFormat.short(classes.map(\.prior))),
        ]
    }

    /// Σ_c p(c) times the mean of the class.
    public var mean: [Double]? {
        (0..<dimension).map { axis in classes.reduce(0) { $0 + $1.prior * centre($1, axis) } }
    }

    /// Between the classes, and on the diagonal within them: the features of a class are independent.
    public var covariance: Matrix<Double>? {
        let middle = mean ?? []
        var total = Matrix<Double>.zeros(.matrix(dimension, dimension))
        for known in classes {
            for a in 0..<dimension {
                total[a, a] += known.prior * (known.densities[a].variance ?? .nan)
                for b in 0..<dimension {
                    total[a, b] += known.prior * (centre(known, a) - middle[a]) * (centre(known, b) - middle[b])
                }
            }
        }
        return total
    }

    private func centre(_ known: Class, _ axis: Int) -> Double { known.densities[axis].expectation ?? .nan }

    /// Everywhere that any class reaches.
    public var support: [ClosedRange<Double>] { ranges { $0.interval } }
    /// What a picture of all classes should show.
    public var plotRange: [ClosedRange<Double>] { ranges { $0.plotInterval } }

    private func ranges(_ range: (FeatureDensity) -> ClosedRange<Double>) -> [ClosedRange<Double>] {
        (0..<dimension).map { axis in
            let all = classes.map { range($0.densities[axis]) }
            return (all.map(\.lowerBound).min() ?? 0)...(all.map(\.upperBound).max() ?? 1)
        }
    }

    /// Independent points, one a row: a class by its prior, then every feature by itself.
    public func sample(count: Int, using random: inout RandomStream) -> Matrix<Double> {
        let priors = classes.map(\.prior)
        let values = (0..<count).flatMap { _ in draw(classes[drawIndex(weights: priors, &random)], &random) }
        return Matrix(shape: .matrix(count, dimension), values: values)
    }

    /// One point of a class.
    package func draw(_ known: Class, _ random: inout RandomStream) -> [Double] {
        known.densities.flatMap { $0.draw(1, using: &random) }
    }

    /// The log-density of points that lie one after the other.
    public func logDensity(ofFlat points: [Double]) -> [Double] {
        (0..<points.count / dimension).map { logDensity(at: points[$0 * dimension..<($0 + 1) * dimension]) }
    }

    /// Σ_c p(c) times the class's cumulative function, where there is one.
    public func cumulative(at x: Double) -> Double? {
        guard dimension == 1 else { return nil }
        var total = 0.0
        for known in classes {
            guard let part = known.densities[0].cumulative(at: x) else { return nil }
            total += known.prior * part
        }
        return total
    }
}
