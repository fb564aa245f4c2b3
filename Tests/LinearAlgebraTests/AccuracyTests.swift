import Foundation
import LinearAlgebra
import Testing

/// How far the elementary functions are from the truth, on every processor path.
///
/// Single precision is scanned from one end of its bit patterns to the other, against the C library in double
/// precision; `GAN_ACCURACY_STRIDE=1` looks at each of them. Double precision is sampled, against the C library in
/// x86's 64-bit significands where there are such.
@Suite struct AccuracyTests {
    /// A function in two precisions, and the distance in ulps that its kernels keep to in single and double.
    struct Case: Sendable, CustomTestStringConvertible {
        let function: UnaryFunction
        let double: @Sendable (Double) -> Double
        let extended: @Sendable (Extended) -> Extended
        var single = 2.0
        var doubled = 2.0
        var testDescription: String { "\(function)" }
    }

    #if arch(x86_64)
        typealias Extended = Float80
    #else
        typealias Extended = Double
    #endif

    static let cases: [Case] = [
        Case(function: .exp, double: exp, extended: exp), Case(function: .expm1, double: expm1, extended: expm1),
        Case(function: .log, double: log, extended: log, single: 1, doubled: 1),
        Case(function: .log1p, double: log1p, extended: log1p),
        Case(function: .log2, double: log2, extended: log2, single: 1, doubled: 1),
        Case(function: .log10, double: log10, extended: log10, single: 1, doubled: 1),
        Case(function: .sin, double: sin, extended: sin), Case(function: .cos, double: cos, extended: cos),
        Case(function: .tan, double: tan, extended: tan), Case(function: .tanh, double: tanh, extended: tanh),
        Case(function: .sigmoid, double: { sigmoid($0, exp) }, extended: { sigmoid($0, exp) }),
        Case(function: .softplus, double: { softplus($0, exp, log1p) }, extended: { softplus($0, exp, log1p) }),
        Case(function: .erf, double: erf, extended: erf), Case(function: .atan, double: atan, extended: atan),
    ]

    private static func sigmoid<Number: BinaryFloatingPoint>(_ x: Number, _ exp: (Number) -> Number) -> Number {
        let e = exp(-abs(x))
        return (x < 0 ? e : 1) / (1 + e)
    }

    private static func softplus<Number: BinaryFloatingPoint>(
        _ x: Number, _ exp: (Number) -> Number, _ log1p: (Number) -> Number
    ) -> Number {
        x.isNaN ? x : max(x, 0) + log1p(exp(-abs(x)))
    }

    /// The farthest of many.
    struct Worst {
        var ulps = 0.0
        var at = 0.0

        mutating func look(_ ulps: Double, at x: Double) { if ulps > self.ulps { (self.ulps, at) = (ulps, x) } }
    }

    @Test(arguments: cases)
    func inSinglePrecision(_ subject: Case) throws {
        let wanted = ProcessInfo.processInfo.environment["GAN_ACCURACY_STRIDE"].flatMap { Int($0) }
        let step = max(wanted ?? 8191, 1), chunk = 1 << 16
        var worst: [ProcessorPath: Worst] = [:]
        for start in stride(from: 0, to: 1 << 32, by: step * chunk) {
            let patterns = stride(from: start, to: min(start + step * chunk, 1 << 32), by: step)
            let x = Matrix(vector: patterns.map { Float(bitPattern: UInt32($0)) })
            let truth = x.values.map { subject.double(Double($0)) }
            for path in ProcessorPath.available {
                let y = try evaluate(.map(subject.function), [x], on: path).values
                var found = worst[path] ?? Worst()
                for i in truth.indices { found.look(Self.ulps(y[i], truth[i]), at: Double(x[i])) }
                worst[path] = found
            }
        }
        report(worst, subject, "single", allowed: subject.single)
    }

    @Test(arguments: cases)
    func inDoublePrecision(_ subject: Case) throws {
        var random = RandomStream(seed: 23)
        // All magnitudes, and half of the numbers where the functions bend.
        let x = Matrix(
            vector: (0..<200_000).map { i in
                i % 4 == 0
                    ? Double(bitPattern: random.next()) : (2 * random.uniform() - 1) * exp2(24 * random.uniform() - 14)
            } + MapKernelTests.special)
        let truth = x.values.map { subject.extended(Extended($0)) }
        var worst: [ProcessorPath: Worst] = [:]
        for path in ProcessorPath.available {
            let y = try evaluate(.map(subject.function), [x], on: path).values
            var found = Worst()
            for i in truth.indices { found.look(Self.ulps(y[i], truth[i]), at: x[i]) }
            worst[path] = found
        }
        report(worst, subject, "double", allowed: subject.doubled)
    }

    /// Logarithms that are whole numbers come out as such.
    @Test func logarithmsOfPowersAreExact() throws {
        let twos = Matrix(vector: (-1074...1023).map { scalbn(1.0, $0) })
        let tens = Matrix(vector: (-300...308).map { Double("1e\($0)") ?? .nan })
        let single = Matrix(vector: (0...38).map { Float("1e\($0)") ?? .nan })
        for path in ProcessorPath.available {
            #expect(try evaluate(.map(.log2), [twos], on: path).values == (-1074...1023).map { Double($0) })
            #expect(try evaluate(.map(.log10), [tens], on: path).values == (-300...308).map { Double($0) })
            #expect(try evaluate(.map(.log10), [single], on: path).values == (0...38).map { Float($0) })
        }
    }

    private func report(_ worst: [ProcessorPath: Worst], _ subject: Case, _ precision: String, allowed: Double) {
        for (path, worst) in worst.sorted(by: { $0.key.name < $1.key.name }) {
            let found = "\(subject.function), \(precision), \(path.name): \(worst.ulps) ulp at \(worst.at)"
            print("accuracy: \(found)")
            #expect(worst.ulps <= allowed, "\(found)")
        }
    }

    /// The distance between a result and the truth, in units of the last place that the truth has in single precision.
    static func ulps(_ y: Float, _ truth: Double) -> Double {
        let rounded = Float(truth)
        if let plain = plainly(y.isNaN, truth.isNaN, y == rounded) { return plain }
        guard y.isFinite, rounded.isFinite else { return .infinity }
        return abs(Double(y) - truth) / Double(Float(abs(truth)).binade.ulp)
    }

    static func ulps(_ y: Double, _ truth: Extended) -> Double {
        let rounded = Double(truth)
        if let plain = plainly(y.isNaN, truth.isNaN, y == rounded) { return plain }
        guard y.isFinite, rounded.isFinite else { return .infinity }
        return Double(abs(Extended(y) - truth) / Extended(abs(rounded).binade.ulp))
    }

    /// When there is nothing to measure: NaN, or the rounded truth itself.
    private static func plainly(_ isNaN: Bool, _ shouldBeNaN: Bool, _ isExact: Bool) -> Double? {
        if isNaN || shouldBeNaN { return isNaN == shouldBeNaN ? 0 : .infinity }
        return isExact ? 0 : nil
    }
}
