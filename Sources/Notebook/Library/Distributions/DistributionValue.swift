import Language
import LinearAlgebra
import Probability

/// A distribution as a value of a cell.
public struct DistributionValue: Sampleable, HasDensity {
    /// The distribution.
    public let distribution: any Distribution
    /// The name of the constant that it is, if it is one: `moons` is a distribution and `moons(0.2)` makes another.
    let constant: String?

    /// A distribution as a value.
    public init(_ distribution: any Distribution, constant: String? = nil) {
        self.distribution = distribution
        self.constant = constant
    }

    /// "distribution"
    public var typeName: String { "distribution" }

    /// The formula, the parameters, mean and standard deviation, and where the density is not zero.
    public func describe(width: Int) -> String { DistributionDescription(distribution, width: width).text }

    /// The members of every distribution, and the parameters of this one.
    public var memberNames: [String] {
        let own = distribution.parameters.map(\.name).filter { number(ofParameter: $0) != nil }
        var names = ["mean", "std", "cov", "dimension", "formula", "name", "support", "range"]
        if distribution.modes != nil { names.append("modes") }
        if distribution is Mixture { names += ["components", "weights"] }
        return names + own.filter { !names.contains($0) }
    }

    /// `d.mean`, `d.std`, `d.formula`, ...
    public func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "mean": try known(distribution.mean.map(coordinates), "mean")
        case "std": try known(distribution.standardDeviation.map(coordinates), "standard deviation")
        case "cov": try known(distribution.covariance.map { covariance($0) }, "covariance")
        case "dimension": .integer(distribution.dimension)
        case "formula": .string(distribution.formula)
        case "name": .string(distribution.name)
        case "support": intervals(distribution.support)
        case "range": intervals(distribution.plotRange)
        case "modes": modes
        case "components": components
        case "weights": (distribution as? Mixture).map { .vector($0.weights) }
        default: number(ofParameter: name).map(Value.number)
        }
    }

    /// Independent draws, one a row, shape [count, dimension].
    public func sample(count: Int, using random: inout RandomStream) throws(CellError) -> Matrix<Double> {
        distribution.sample(count: count, using: &random)
    }

    /// Of a constant such as `moons`, which is the name of a function too, the value of that function.
    public func call(_ arguments: [Value], in context: Context) throws(CellError) -> Value {
        if let constant, let function = context.registry.function(constant) {
            return try context.call(.builtin(function), arguments)
        }
        throw CellError(
            .type, "a distribution cannot be called",
            help: "`density(d, x)` is its density at x, `sample(d, n)` draws n points")
    }

    private func known(_ value: Value?, _ what: String) throws(CellError) -> Value {
        if let value { return value }
        throw CellError(
            .value, "this \(distribution.name) distribution has no \(what)",
            help: "its tails are so heavy that the integral does not exist or is infinite")
    }

    private func coordinates(_ numbers: [Double]) -> Value {
        numbers.count == 1 ? .number(numbers[0]) : .vector(numbers)
    }

    private func covariance(_ matrix: Matrix<Double>) -> Value {
        matrix.count == 1 ? .number(matrix[0]) : .matrix(matrix)
    }

    private func intervals(_ ranges: [ClosedRange<Double>]) -> Value {
        let rows = ranges.map { [$0.lowerBound, $0.upperBound] }
        return rows.count == 1 ? .vector(rows[0]) : .matrix(Matrix(rows: rows))
    }

    private var modes: Value? {
        distribution.modes.map { modes in
            distribution.dimension == 1
                ? .vector(modes.map { $0.center[0] }) : .matrix(Matrix(rows: modes.map(\.center)))
        }
    }

    private var components: Value? {
        (distribution as? Mixture).map { .list($0.components.map { .object(DistributionValue($0)) }) }
    }

    private func number(ofParameter name: String) -> Double? {
        distribution.parameters.first { $0.name == name }.flatMap { Double($0.value) }
    }
}

/// A distribution in words.
struct DistributionDescription {
    private let distribution: any Distribution
    private let width: Int

    init(_ distribution: any Distribution, width: Int) {
        self.distribution = distribution
        self.width = max(width, 24)
    }

    var text: String {
        let kind = distribution.dimension == 1 ? "numbers" : "points in the plane"
        var lines = wrapped("\(distribution.name), a distribution of \(kind)", indent: "")
        lines += wrapped(distribution.formula, indent: "  ")
        let parameters = distribution.parameters.filter { !distribution.formula.hasSuffix("\($0.name) \($0.value)") }
        let saysAll = distribution is Mixture && distribution.formula.hasPrefix("p = ")
        if !parameters.isEmpty, !saysAll {
            lines += wrapped(parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "  "), indent: "  ")
        }
        let mean = distribution.mean.map(numbers) ?? "none"
        let deviation = distribution.standardDeviation.map(numbers) ?? "none"
        lines += wrapped("mean \(mean)   sd \(deviation)   support \(support)", indent: "  ")
        return lines.joined(separator: "\n")
    }

    private func numbers(_ numbers: [Double]) -> String {
        // What is zero but for rounding is shown as zero.
        let largest = distribution.plotRange.map { $0.upperBound - $0.lowerBound }.max() ?? 1
        let shown = numbers.map { (abs($0) < 1e-12 * largest ? 0 : $0).significant(4) }
        return shown.count == 1 ? shown[0] : "[\(shown.joined(separator: ", "))]"
    }

    private var support: String {
        let ranges = distribution.support
        if ranges.allSatisfy({ $0.lowerBound == -.infinity && $0.upperBound == .infinity }) {
            return ranges.count == 1 ? "all numbers" : "the whole plane"
        }
        return ranges.map { range in
            let (low, high) = (range.lowerBound.significant(4), range.upperBound.significant(4))
            if range.upperBound == .infinity { return "from \(low) up" }
            return "\(low) to \(high)"
        }.joined(separator: " by ")
    }

    /// Breaks at blanks so that no line is longer than the screen, unless a word is.
    private func wrapped(_ text: String, indent: String) -> [String] {
        var lines: [String] = []
        var line = indent
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if line.count + word.count + 1 > width, line.contains(where: { $0 != " " }) {
                lines.append(line)
                line = indent + indent
                if word.isEmpty { continue }
            }
            let isStart = line.allSatisfy { $0 == " " }
            line += isStart ? word : " " + word
        }
        lines.append(line)
        return lines
    }
}
