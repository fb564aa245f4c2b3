import Foundation
import LinearAlgebra
import Probability

/// A classifier that is a generative model: for each class a prior and, for each feature on its own, a density.
///
/// Forwards, Bayes' rule: p(c | x) ∝ p(c) Πⱼ p(xⱼ | c). Backwards: draw a class, then each feature from its density.
/// "Naive" is the product: within a class the features are taken to be independent, so made-up points lose whatever
/// correlation the real ones had.
public struct NaiveBayes: Sendable {
    /// One class.
    public struct Class: Sendable {
        /// Its label.
        public let name: String
        /// How many rows it was learned from.
        public let count: Int
        /// Its share of the rows, p(c).
        public let prior: Double
        /// p(xⱼ | c), one a feature.
        public let densities: [FeatureDensity]
    }

    /// The classes in order: numbers by size, names by letter.
    public let classes: [Class]
    /// The names of the features.
    public let features: [String]
    /// Which densities were learned.
    public let kind: FeatureDensity.Kind

    /// Learns from labelled rows by counting: `points` is n x d, one label a row.
    ///
    /// - Throws: `LearningError` when lengths differ, a number is not finite, a class has fewer than two rows, a feature
    ///   does not vary within a class, or a setting of `kind` is out of range.
    public init(
        learning points: Matrix<Double>, labels: [String], features: [String], kind: FeatureDensity.Kind = .gaussian
    ) throws(LearningError) {
        let data = try Observations(points, dimension: features.count)
        if labels.count != data.count { throw .lengthMismatch(expected: data.count, got: labels.count) }
        if data.count == 0 || features.isEmpty { throw .tooFewObservations(needed: 2, got: data.count) }
        try kind.validate()
        let d = features.count
        let ranges = (0..<d).map { j in
            let column = (0..<data.count).map { data.values[$0 * d + j] }
            return (column.min() ?? 0)...(column.max() ?? 0)
        }
        var rows: [String: [Int]] = [:]
        for (row, label) in labels.enumerated() { rows[label, default: []].append(row) }
        var classes: [Class] = []
        for name in rows.keys.sorted(by: Self.precedes) {
            let own = rows[name] ?? []
            if own.count < 2 { throw .tooFewObservations(needed: 2, got: own.count) }
            var densities: [FeatureDensity] = []
            for j in 0..<d {
                let numbers = own.map { data.values[$0 * d + j] }
                guard let density = FeatureDensity.learned(kind, from: numbers, range: ranges[j]) else {
                    throw .constantFeature(name: features[j], className: name)
                }
                densities.append(density)
            }
            let prior = Double(own.count) / Double(data.count)
            classes.append(Class(name: name, count: own.count, prior: prior, densities: densities))
        }
        self.classes = classes
        self.features = features
        self.kind = kind
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        if let first = Double(left), let second = Double(right), first != second { return first < second }
        return left < right
    }

    /// The labels of the classes.
    public var classNames: [String] { classes.map(\.name) }

    /// log p(c) + Σⱼ log p(xⱼ | c) of one point, one a class.
    package func logJoint(_ point: ArraySlice<Double>) -> [Double] {
        classes.map { known in
            zip(known.densities, point).reduce(log(known.prior)) { $0 + $1.0.logDensity(at: $1.1) }
        }
    }

    /// log p(x) = log Σ_c p(c) Πⱼ p(xⱼ | c).
    package func logDensity(at point: ArraySlice<Double>) -> Double { SpecialFunctions.logSumExp(logJoint(point)) }

    /// p(c | x), one row a point, one column a class. Where no class has any density, the priors answer.
    public func probabilities(of points: Matrix<Double>) throws(LearningError) -> Matrix<Double> {
        let data = try Observations(points, dimension: features.count)
        var values: [Double] = []
        for i in 0..<data.count {
            let joint = logJoint(data.point(i))
            values += joint.allSatisfy { $0 == -.infinity } ? classes.map(\.prior) : softmax(joint)
        }
        return Matrix(shape: .matrix(data.count, classes.count), values: values)
    }

    /// log p(c | x), the same in logarithms and exact far from the data.
    public func logPosterior(of points: Matrix<Double>) throws(LearningError) -> Matrix<Double> {
        let data = try Observations(points, dimension: features.count)
        var values: [Double] = []
        for i in 0..<data.count {
            let joint = logJoint(data.point(i))
            let total = SpecialFunctions.logSumExp(joint)
            values += total == -.infinity ? classes.map { log($0.prior) } : joint.map { $0 - total }
        }
        return Matrix(shape: .matrix(data.count, classes.count), values: values)
    }

    /// The index of the most probable class of every point; the earlier class wins a tie.
    public func predictions(for points: Matrix<Double>) throws(LearningError) -> [Int] {
        let posterior = try logPosterior(of: points)
        return (0..<posterior.rows).map { row in
            classes.indices.reduce(0) { posterior[row, $1] > posterior[row, $0] ? $1 : $0 }
        }
    }

    /// How often each true class was called each class.
    public func confusion(on points: Matrix<Double>, labels: [String]) throws(LearningError) -> ConfusionMatrix {
        let predicted = try predictions(for: points).map { classes[$0].name }
        return try ConfusionMatrix(classes: classNames, actual: labels, predicted: predicted)
    }

    /// Makes up points: a class by its prior, or the one that is named, then every feature by itself.
    ///
    /// - Returns: n x d points, and the index of each one's class.
    public func generate(
        _ n: Int, className: String? = nil, random: inout RandomStream
    ) throws(LearningError) -> (points: Matrix<Double>, classes: [Int]) {
        var chosen: Int?
        if let className {
            chosen = classes.firstIndex { $0.name == className }
            if chosen == nil { throw .unknownClass(className) }
        }
        if n < 0 { throw .outOfRange(name: "n", value: Double(n), allowed: "0 or more") }
        let priors = classes.map(\.prior)
        var (values, labels) = ([Double](), [Int]())
        for _ in 0..<n {
            let index = chosen ?? drawIndex(weights: priors, &random)
            labels.append(index)
            values += draw(classes[index], &random)
        }
        return (Matrix(shape: .matrix(n, features.count), values: values), labels)
    }
}

extension FeatureDensity.Kind {
    /// Checks the settings of the kind.
    fileprivate func validate() throws(LearningError) {
        switch self {
        case .gaussian, .kernel(nil): break
        case .histogram(let bins):
            if !(1...100_000).contains(bins) {
                throw .outOfRange(name: "bins", value: Double(bins), allowed: "1 to 100000")
            }
        case .kernel(let bandwidth?):
            if !(bandwidth > 0 && bandwidth.isFinite) {
                throw .outOfRange(name: "bandwidth", value: bandwidth, allowed: "more than 0")
            }
        }
    }
}
