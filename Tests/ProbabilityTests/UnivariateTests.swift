import Foundation
import LinearAlgebra
import Testing

@testable import Probability

/// One-dimensional distributions with a cumulative distribution function, ordinary and extreme.
private func univariates() throws -> [any Distribution] {
    [
        try Normal(mean: 1.5, sd: 0.3), try Normal(mean: -1e6, sd: 1e-3), try Uniform(low: -2, high: 3),
        try Laplace(mean: 1, scale: 2), try Exponential(rate: 2.5), try Logistic(mean: -1, scale: 0.5),
        try Cauchy(location: 2, scale: 3), try StudentT(degrees: 3.5, location: 1, scale: 2),
        try StudentT(degrees: 0.5),
        try LogNormal(mu: 0.5, sigma: 0.75), try Beta(a: 2.5, b: 0.7), try Beta(a: 0.2, b: 0.3),
        try Beta(a: 300, b: 1000),
        Mixture.bimodal, Mixture.claw,
        try Mixture([Laplace(mean: 0, scale: 1), Uniform(low: 3, high: 4), Cauchy()], weights: [1, 2, 0.5]),
        try HistogramDistribution(Histogram([1, 1, 2, 3.5, 4, 4, 4, 9], bins: .edges([0, 2, 3, 4.5, 10]))),
        try KernelDensity([-1.2, 0.3, 0.35, 2.2, 4.0], bandwidth: .fixed(0.5)),
    ]
}

struct UnivariateTests {
    private struct Known {
        let x: Double
        let logDensity: Double
        let cumulative: Double
    }

    private func check(_ distribution: any UnivariateDistribution, _ known: [Known]) throws {
        for value in known {
            let logDensity = distribution.logDensity(at: value.x)
            let tolerance = 1e-9 * max(1, abs(value.logDensity))
            #expect(abs(logDensity - value.logDensity) < tolerance, "\(distribution) at \(value.x)")
            let cumulative = try #require(distribution.cumulative(at: value.x))
            let slack = 1e-7 * value.cumulative + 1e-300
            #expect(abs(cumulative - value.cumulative) <= slack, "\(distribution) at \(value.x): \(cumulative)")
        }
    }

    @Test("log-density and cdf agree with SciPy 1.17, far tails and extreme parameters included")
    func agreesWithSciPy() throws {
        try check(
            Normal(mean: 1.5, sd: 0.3),
            [
                Known(x: 1.5, logDensity: 0.28503427112126345, cumulative: 0.5),
                Known(x: -4.0, logDensity: -167.77052128443435, cumulative: 2.242774227919409e-75),
                Known(x: 2.75, logDensity: -8.395521284434293, cumulative: 0.9999845457031177),
            ])
        try check(
            Uniform(low: -2, high: 3),
            [
                Known(x: -2.0, logDensity: -1.6094379124341003, cumulative: 0.0),
                Known(x: 0.5, logDensity: -1.6094379124341003, cumulative: 0.5),
                Known(x: 3.0, logDensity: -1.6094379124341003, cumulative: 1.0),
            ])
        try check(
            Laplace(mean: 1, scale: 2),
            [
                Known(x: -30.0, logDensity: -16.886294361119887, cumulative: 9.276956813079892e-08),
                Known(x: 1.0, logDensity: -1.3862943611198906, cumulative: 0.5),
                Known(x: 4.5, logDensity: -3.136294361119891, cumulative: 0.9131130282747775),
            ])
        try check(
            Exponential(rate: 2.5),
            [
                Known(x: 0.0, logDensity: 0.916290731874155, cumulative: 0.0),
                Known(x: 0.4, logDensity: -0.083709268125845, cumulative: 0.6321205588285577),
                Known(x: 12.0, logDensity: -29.083709268125844, cumulative: 0.9999999999999064),
            ])
        try check(
            Logistic(mean: -1, scale: 0.5),
            [
                Known(x: -20.0, logDensity: -37.30685281944005, cumulative: 3.1391327920480296e-17),
                Known(x: -1.0, logDensity: -0.6931471805599453, cumulative: 0.5),
                Known(x: 3.0, logDensity: -7.3075236321858466, cumulative: 0.9996646498695336),
            ])
        try check(
            Cauchy(location: 2, scale: 3),
            [
                Known(x: -1000000.0, logDensity: -27.67714271311484, cumulative: 9.5492774869301e-07),
                Known(x: 2.0, logDensity: -2.24334217451751, cumulative: 0.5),
                Known(x: 50.0, logDensity: -7.792418259412729, cumulative: 0.9801314756944592),
            ])
        try check(
            StudentT(degrees: 3.5, location: 1, scale: 2),
            [
                Known(x: -40.0, logDensity: -12.474477324767854, cumulative: 4.5088438004342586e-05),
                Known(x: 1.25, logDensity: -1.6926430601055529, cumulative: 0.5463166204992176),
                Known(x: 9.0, logDensity: -5.547336640236697, cumulative: 0.9895396918172982),
            ])
        try check(
            StudentT(degrees: 0.2),
            [
                Known(x: -100000.0, logDensity: -16.403298085809354, cumulative: 0.03759310179208591),
                Known(x: 0.5, logDensity: -2.1086829101024183, cumulative: 0.5826389107416978),
                Known(x: 30.0, logDensity: -6.66935770434838, cumulative: 0.8095948696530545),
            ])
        try check(
            StudentT(degrees: 2e6),
            [
                Known(x: -6.0, logDensity: -18.91878566006765, cumulative: 9.867562631966133e-10),
                Known(x: 0.5, logDensity: -1.0439387128921696, cumulative: 0.6914624337689116),
                Known(x: 2.0, logDensity: -2.9189376582063398, cumulative: 0.9772498005630966),
            ])
        try check(
            LogNormal(mu: 0.5, sigma: 0.75),
            [
                Known(x: 0.01, logDensity: -19.19298638845519, cumulative: 4.9864322221849936e-12),
                Known(x: 1.5, logDensity: -1.0446654317810569, cumulative: 0.44984754928501464),
                Known(x: 20.0, logDensity: -9.16359280653708, cumulative: 0.9995620799224982),
            ])
        try check(
            Beta(a: 2.5, b: 0.7),
            [
                Known(x: 0.0001, logDensity: -13.47562584631385, cumulative: 5.619094335740698e-11),
                Known(x: 0.3, logDensity: -1.3591020131569618, cumulative: 0.029814024845250465),
                Known(x: 0.99, logDensity: 1.7063302621664982, cumulative: 0.920601460528444),
            ])
        try check(
            Beta(a: 3e4, b: 1e5),
            [
                Known(x: 0.22, logDensity: -37.56245640468842, cumulative: 5.8940505168809676e-21),
                Known(x: 0.23, logDensity: 5.618388771807076, cumulative: 0.2553941248007214),
                Known(x: 0.235, logDensity: -0.6785482428531395, cumulative: 0.9998447827687311),
            ])
        try check(
            Beta(a: 0.01, b: 0.02),
            [
                Known(x: 1e-10, logDensity: 17.78527907004107, cumulative: 0.5297226697505255),
                Known(x: 0.5, logDensity: -3.6448134049948933, cumulative: 0.6667194610412723),
                Known(x: 0.9999, logDensity: 4.015919218789112, cumulative: 0.7226555965770767),
            ])
    }

    @Test("mixtures and kernel densities agree with sums written out")
    func sums() throws {
        let claw = Mixture.claw.logDensity(ofFlat: [0, 0.25, -1, 5])
        let known = [-0.513468456237957, -1.4766976978813355, -0.6540627663477905, -14.112085713764618]
        #expect(zip(claw, known).allSatisfy { abs($0 - $1) < 1e-12 })
        let kernel = try KernelDensity([-1.2, 0.3, 0.35, 2.2, 4.0], bandwidth: .fixed(0.5))
        let sums = [-1.3199105300773422, -2.7186321687695916, -26.33522926507881]
        for (x, expected) in zip([0, 3, 7.5], sums) { #expect(abs(kernel.logDensity(at: x) - expected) < 1e-12) }
        #expect(kernel.logDensity(at: 1e4) < -1e8 && kernel.logDensity(at: 1e4).isFinite)
    }

    @Test("the rules of Silverman and Scott")
    func bandwidths() throws {
        let numbers = [-1.2, 0.3, 0.35, 2.2, 4.0]
        #expect(abs(try KernelDensity(numbers).bandwidth - 0.924905391708104) < 1e-12)
        #expect(abs(try KernelDensity(numbers, bandwidth: .scott).bandwidth - 1.5417099638660996) < 1e-12)
    }

    @Test("the integral of the density over any interval is the difference of the cdf, and the cdf runs from 0 to 1")
    func densityIsTheSlope() throws {
        for distribution in try univariates() {
            let range = distribution.plotRange[0]
            let width = range.upperBound - range.lowerBound
            #expect(try #require(distribution.cumulative(at: -.infinity)) == 0, "\(distribution.name)")
            #expect(abs(try #require(distribution.cumulative(at: .infinity)) - 1) < 1e-12, "\(distribution.name)")
            for (from, to) in [(0.15, 0.35), (0.35, 0.6), (0.6, 0.9)] {
                let (low, high) = (range.lowerBound + from * width, range.lowerBound + to * width)
                let integral = midpointIntegral(low, high) { distribution.logDensity(ofFlat: $0).map { exp($0) } }
                let upper = try #require(distribution.cumulative(at: high))
                let lower = try #require(distribution.cumulative(at: low))
                #expect(abs(integral - (upper - lower)) < 2e-3, "\(distribution.name) from \(low) to \(high)")
            }
        }
    }

    /// Where a density jumps, the rule is wrong by up to the jump times half a step.
    private func midpointIntegral(_ low: Double, _ high: Double, _ density: ([Double]) -> [Double]) -> Double {
        let step = (high - low) / 2000
        return density((0..<2000).map { low + (Double($0) + 0.5) * step }).reduce(0, +) * step
    }

    // Kolmogorov's distribution: a true sample of n exceeds 2.0 / √n about once in 1500 times; the seeds are fixed.
    @Test("samples follow the cdf", arguments: [1, 2, 3] as [UInt64])
    func samplesFollow(seed: UInt64) throws {
        for distribution in try univariates() {
            var random = RandomStream(seed: seed)
            let sample = distribution.sample(count: 2000, using: &random)
            #expect(sample.shape == .matrix(2000, 1))
            #expect(sample.values.allSatisfy { $0.isFinite })
            let distance = try EmpiricalCumulative(sample.values).distance { distribution.cumulative(at: $0) ?? .nan }
            #expect(distance < 2 / Double(2000).squareRoot(), "\(distribution.name): \(distance)")
            let range = distribution.plotRange[0]
            let inside = Double(sample.values.count { range.contains($0) }) / 2000
            #expect(inside > 0.75, "a picture of \(distribution.name) shows \(inside)")
        }
    }

    @Test("means within five standard errors, variances within five of theirs")
    func moments() throws {
        for distribution in try univariates() {
            guard let mean = distribution.mean?[0], let variance = distribution.covariance?[0, 0] else { continue }
            var random = RandomStream(seed: 7)
            let numbers = distribution.sample(count: 20_000, using: &random).values
            let count = Double(numbers.count)
            let average = numbers.reduce(0, +) / count
            #expect(abs(average - mean) < 5 * (variance / count).squareRoot(), "\(distribution.name)")
            let squares = numbers.map { ($0 - mean) * ($0 - mean) }
            let spread = squares.reduce(0, +) / count
            let error = (squares.reduce(0) { $0 + ($1 - spread) * ($1 - spread) } / count / count).squareRoot()
            #expect(abs(spread - variance) < 5 * error, "\(distribution.name): \(spread), not \(variance)")
        }
    }

    @Test("moments that do not exist are not there")
    func missingMoments() throws {
        #expect(try Cauchy().mean == nil)
        #expect(try Cauchy().covariance == nil)
        #expect(try StudentT(degrees: 1).mean == nil)
        #expect(try StudentT(degrees: 1.5).mean == [0])
        #expect(try StudentT(degrees: 2).standardDeviation == nil)
        #expect(try StudentT(degrees: 4).standardDeviation == [Double(2).squareRoot()])
        #expect(try Mixture([Normal(), Cauchy()]).mean == nil)
        #expect(try LogNormal(mu: 0, sigma: 40).covariance == nil)
    }

    @Test("outside the support the density is zero, nan stays nan")
    func outside() throws {
        #expect(try Exponential().logDensity(at: -1e-300) == -.infinity)
        #expect(try Uniform().logDensity(at: 1.0.nextUp) == -.infinity)
        #expect(try Beta(a: 2, b: 2).logDensity(at: 1.5) == -.infinity)
        #expect(try LogNormal().logDensity(at: 0) == -.infinity)
        #expect(Mixture.claw.logDensity(ofFlat: [.infinity])[0] == -.infinity)
        for distribution in try univariates() { #expect(distribution.logDensity(ofFlat: [.nan])[0].isNaN) }
    }

    @Test("impossible parameters are refused")
    func refused() {
        let message = "the standard deviation is -1; it has to be above 0"
        #expect(throws: DistributionError(message)) { try Normal(mean: 0, sd: -1) }
        #expect(throws: DistributionError.self) { try Normal(mean: .nan) }
        #expect(throws: DistributionError.self) { try Normal(sd: .infinity) }
        #expect(throws: DistributionError.self) { try Uniform(low: 1, high: 1) }
        #expect(throws: DistributionError.self) { try Exponential(rate: 0) }
        #expect(throws: DistributionError.self) { try StudentT(degrees: 0) }
        #expect(throws: DistributionError.self) { try Beta(a: 0, b: 1) }
        #expect(throws: DistributionError.self) { try Mixture([]) }
        #expect(throws: DistributionError.self) { try Mixture([Normal(), RoundMixture.ring8]) }
        #expect(throws: DistributionError.self) { try Mixture([Normal(), Normal()], weights: [1]) }
        #expect(throws: DistributionError.self) { try Mixture([Normal(), Normal()], weights: [1, -1]) }
        #expect(throws: DistributionError.self) { try Mixture([Normal(), Normal()], weights: [0, 0]) }
        #expect(throws: DistributionError.self) { try KernelDensity([]) }
        #expect(throws: DistributionError.self) { try KernelDensity([1, 1, 1]) }
    }

    @Test("weights as far apart as numbers go")
    func extremeWeights() throws {
        let mixture = try Mixture([Normal(), Normal(mean: 50)], weights: [1e300, 1e-300])
        var random = RandomStream(seed: 1)
        #expect(mixture.sample(count: 100, using: &random).values.allSatisfy { $0 < 10 })
        #expect(mixture.logDensity(ofFlat: [0])[0] == (try Normal().logDensity(at: 0)))
    }

    @Test("no draws are no draws, the same seed gives the same draws")
    func drawing() throws {
        for distribution in try univariates() {
            var (first, second) = (RandomStream(seed: 5), RandomStream(seed: 5))
            #expect(distribution.sample(count: 0, using: &first).shape == .matrix(0, 1))
            first = second
            let sample = distribution.sample(count: 9, using: &first)
            #expect(sample == distribution.sample(count: 9, using: &second))
        }
    }

    @Test("a standard deviation is known where its square would be too large", arguments: [1e200, 1e300])
    func largeScales(scale: Double) throws {
        #expect(try Normal(sd: scale).standardDeviation == [scale])
        let others: [any Distribution] = [
            try Uniform(high: scale), try Laplace(scale: scale), try Logistic(scale: scale),
            try StudentT(degrees: 5, scale: scale), try Exponential(rate: 1 / scale),
        ]
        for distribution in others {
            let ratio = try #require(distribution.standardDeviation)[0] / scale
            #expect((0.2...2).contains(ratio), "\(distribution.name)")
            let range = distribution.plotRange[0]
            #expect((range.upperBound - range.lowerBound).isFinite, "\(distribution.name)")
        }
    }

    @Test("what would reach beyond the largest number is refused")
    func tooLarge() {
        #expect(throws: DistributionError.self) { try Normal(mean: 1e308, sd: 1e308) }
        #expect(throws: DistributionError.self) { try Uniform(low: -1e308, high: 1e308) }
        #expect(throws: DistributionError.self) { try Laplace(scale: 1e307) }
        #expect(throws: DistributionError.self) { try Logistic(scale: 1e307) }
        #expect(throws: DistributionError.self) { try Cauchy(scale: 1e308) }
        #expect(throws: DistributionError.self) { try StudentT(degrees: 1, scale: 1e308) }
    }
}
