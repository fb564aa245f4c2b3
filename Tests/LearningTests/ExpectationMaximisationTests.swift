import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct ExpectationMaximisationTests {
    @Test func oneStepIsTheTextbookFormula() throws {
        let x: [Double] = [0, 1, 4, 6]
        let start = try GaussianMixture(components: [
            .init(weight: 0.4, mean: [0], covariance: Covariance(diagonal: [1])),
            .init(weight: 0.6, mean: [5], covariance: Covariance(diagonal: [4])),
        ])
        // The formulas written plainly, without logarithms.
        func normal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
            exp(-(x - mean) * (x - mean) / (2 * variance)) / (2 * Double.pi * variance).squareRoot()
        }
        let r = x.map { x in
            0.4 * normal(x, 0, 1) / (0.4 * normal(x, 0, 1) + 0.6 * normal(x, 5, 4))
        }
        let mass = r.reduce(0, +)
        let mean = zip(r, x).reduce(0) { $0 + $1.0 * $1.1 } / mass
        let variance = zip(r, x).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / mass
        let step = try start.emStep(on: Matrix(vector: x)).get()
        let first = step.mixture.components[0]
        #expect(isClose(first.weight, mass / 4, 1e-13))
        #expect(isClose(first.mean[0], mean, 1e-13))
        #expect(isClose(first.covariance.values[0], variance, 1e-13))
        let before = x.reduce(0) { $0 + log(0.4 * normal($1, 0, 1) + 0.6 * normal($1, 5, 4)) }
        #expect(isClose(step.logLikelihoodBefore, before, 1e-13))
    }

    @Test(arguments: [(1, 0.0), (1, 0.01), (2, 0.0), (2, 0.05), (3, 0.01)])
    func likelihoodNeverFalls(dimension: Int, floor: Double) throws {
        for seed: UInt64 in 1...8 {
            var random = RandomStream(seed: seed)
            let points: Matrix<Double> = random.normal(shape: .matrix(60, dimension))
            let k = 1 + random.integer(below: 4)
            let start = try GaussianMixture.seeded(points, components: k, floor: floor, random: &random)
            let settings = MixtureSettings(steps: 60, tolerance: -1, floor: floor)
            let fit = try start.fitted(to: points, settings: settings)
            for (earlier, later) in zip(fit.history, fit.history.dropFirst()) {
                #expect(later >= earlier - 1e-9 * abs(earlier), "seed \(seed), \(k) components")
            }
        }
    }

    /// Benaglia et al. (2009), mixtools, J. Stat. Softw. 32(6), section 2.2: waiting times of Old Faithful.
    @Test func oldFaithfulWaitingTimes() throws {
        var random = RandomStream(seed: 1)
        let fit = try GaussianMixture.fit(Datasets.columns("old-faithful.csv", [1]), components: 2, random: &random)
        let sorted = fit.mixture.components.sorted { $0.mean[0] < $1.mean[0] }
        #expect(fit.outcome == .converged)
        #expect(abs(sorted[0].weight - 0.361) < 0.001)
        #expect(abs(sorted[0].mean[0] - 54.61) < 0.01 && abs(sorted[1].mean[0] - 80.09) < 0.01)
        #expect(abs(sorted[0].standardDeviations[0] - 5.871) < 0.005)
        #expect(abs(sorted[1].standardDeviations[0] - 5.868) < 0.005)
        #expect(abs(fit.logLikelihood - -1034.00) < 0.01)
    }

    /// Scrucca et al. (2016), mclust 5, The R Journal 8(1): VVV with two components on Old Faithful.
    @Test func oldFaithfulInThePlane() throws {
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let points = try Datasets.columns("old-faithful.csv", [0, 1])
            let fit = try GaussianMixture.fit(points, components: 2, random: &random)
            #expect(abs(fit.logLikelihood - -1130.264) < 0.01)
            #expect(try fit.mixture.bic(of: points) > 2 * 1130.26)
        }
    }

    /// Three components on the eruptions have several local optima; the best, found by 60 runs of an independent
    /// program, is -263.919, the next -267.892.
    @Test func theBestOfSeveralOptimaIsFound() throws {
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let fit = try GaussianMixture.fit(Datasets.columns("old-faithful.csv", [0]), components: 3, random: &random)
            #expect(abs(fit.logLikelihood - -263.919) < 0.01, "seed \(seed)")
        }
    }

    @Test func aKnownMixtureIsRecovered() throws {
        let truth = try GaussianMixture(components: [
            .init(weight: 0.3, mean: [-3], covariance: Covariance(diagonal: [0.25])),
            .init(weight: 0.7, mean: [2], covariance: Covariance(diagonal: [1])),
        ])
        for seed: UInt64 in 1...5 {
            var random = RandomStream(seed: seed)
            let points = truth.sample(count: 500, using: &random)
            let fit = try GaussianMixture.fit(
                points, components: 2, settings: MixtureSettings(restarts: 4), random: &random)
            let found = fit.mixture.components.sorted { $0.mean[0] < $1.mean[0] }
            // Five standard errors of 150 and 350 points.
            #expect(abs(found[0].weight - 0.3) < 0.104)
            #expect(abs(found[0].mean[0] + 3) < 0.206 && abs(found[1].mean[0] - 2) < 0.268)
            #expect(abs(found[0].standardDeviations[0] - 0.5) < 0.146)
            #expect(abs(found[1].standardDeviations[0] - 1) < 0.19)
            // The fit is at least as likely as the truth.
            #expect(try fit.logLikelihood >= truth.logLikelihood(of: points))
        }
    }

    @Test func bicPrefersTheTrueNumber() throws {
        let truth = try GaussianMixture(
            components: [-4.0, 0, 4].map {
                .init(weight: 1, mean: [$0, 0], covariance: Covariance(diagonal: [0.5, 0.5]))
            })
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let points = truth.sample(count: 200, using: &random)
            let settings = MixtureSettings(tolerance: 1e-5, restarts: 3)
            var scores: [Double] = []
            for k in 1...4 {
                let fit = try GaussianMixture.fit(points, components: k, settings: settings, random: &random)
                scores.append(try fit.mixture.bic(of: points))
            }
            #expect(scores.firstIndex(of: scores.min() ?? 0) == 2)
        }
    }

    @Test func aComponentOnOnePointCollapsesWithoutAFloor() throws {
        let points = Matrix<Double>(vector: [1, 2, 3, 4, 5, 6, 7, 8, 9, 30])
        let start = try GaussianMixture(components: [
            .init(weight: 0.9, mean: [5], covariance: Covariance(diagonal: [6])),
            .init(weight: 0.1, mean: [30], covariance: Covariance(diagonal: [1])),
        ])
        let free = try start.fitted(to: points, settings: MixtureSettings(floor: 0))
        #expect(free.outcome == .collapsed(component: 1, mean: [30]))
        #expect(free.hasCollapsed && free.logLikelihood.isFinite)

        let held = try start.fitted(to: points, settings: MixtureSettings(floor: 0.01))
        #expect(held.outcome == .converged)
        #expect(held.floored == [1] && held.hasCollapsed)
        #expect(isClose(held.mixture.components[1].covariance.values[0], 0.01, 1e-12))
        // A lower floor buys a higher likelihood, without end: this is the failure.
        let lower = try start.fitted(to: points, settings: MixtureSettings(floor: 1e-8))
        #expect(lower.logLikelihood > held.logLikelihood + 6)
    }

    @Test func pointsOnALineCollapseOnlyWithoutAFloor() throws {
        let points = Matrix<Double>(rows: (0..<20).map { [Double($0), 2 * Double($0)] })
        var random = RandomStream(seed: 4)
        let held = try GaussianMixture.fit(points, components: 1, random: &random)
        #expect(held.floored == [0])
        let free = try GaussianMixture.fit(points, components: 1, settings: MixtureSettings(floor: 0), random: &random)
        guard case .collapsed(component: 0, _) = free.outcome else {
            Issue.record("ended as \(free.outcome)")
            return
        }
    }

    /// A component on a value that occurs four times is likelier than any honest fit, and is passed over.
    @Test func whatDidNotCollapseIsPreferred() throws {
        var random = RandomStream(seed: 3)
        let spread = (0..<60).map { _ in random.normal() }
        let points = Matrix(vector: spread + [0.5, 0.5, 0.5, 0.5])
        let settings = MixtureSettings(floor: 1e-10, restarts: 10)
        let spike = try GaussianMixture(components: [
            .init(weight: 0.9, mean: [0], covariance: Covariance(diagonal: [1])),
            .init(weight: 0.1, mean: [0.5], covariance: Covariance(diagonal: [1e-6])),
        ]).fitted(to: points, settings: settings)
        let fit = try GaussianMixture.fit(points, components: 2, settings: settings, random: &random)
        #expect(spike.hasCollapsed && !fit.hasCollapsed)
        #expect(spike.logLikelihood > fit.logLikelihood + 10)
    }

    @Test func interruptKeepsWhatWasReached() throws {
        var random = RandomStream(seed: 1)
        let points = try Datasets.columns("galaxies.csv", [0])
        var looks = 0
        let fit = try GaussianMixture.fit(
            points, components: 3, settings: MixtureSettings(tolerance: -1), random: &random
        ) {
            looks += 1
            return looks > 7
        }
        #expect(fit.outcome == .interrupted)
        #expect(fit.steps == 7 && fit.history.count == 8)
    }

    @Test func theSameSeedGivesTheSameFit() throws {
        let points = try Datasets.columns("galaxies.csv", [0])
        var (a, b) = (RandomStream(seed: 9), RandomStream(seed: 9))
        let first = try GaussianMixture.fit(points, components: 4, random: &a)
        #expect(try first == GaussianMixture.fit(points, components: 4, random: &b))
    }

    @Test func badRequestsAreNamed() throws {
        var random = RandomStream(seed: 1)
        #expect(throws: LearningError.tooFewObservations(needed: 3, got: 2)) {
            try GaussianMixture.fit(Matrix(vector: [1, 2]), components: 3, random: &random)
        }
        // Three points, but only two different ones.
        #expect(throws: LearningError.tooFewObservations(needed: 3, got: 2)) {
            try GaussianMixture.fit(Matrix(vector: [1, 2, 2]), components: 3, random: &random)
        }
        #expect(throws: LearningError.self) {
            try GaussianMixture.fit(Matrix(vector: [1, 2]), components: 0, random: &random)
        }
        #expect(throws: LearningError.notFinite(row: 2, column: 0)) {
            try GaussianMixture.fit(Matrix(vector: [1, 2, .infinity]), components: 1, random: &random)
        }
        #expect(throws: LearningError.self) {
            try GaussianMixture.fit(
                Matrix(vector: [1, 2]), components: 1, settings: MixtureSettings(floor: -1), random: &random)
        }
    }
}
