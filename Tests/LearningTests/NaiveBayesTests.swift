import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct NaiveBayesTests {
    static let kinds: [FeatureDensity.Kind] = [.gaussian, .histogram(bins: 12), .kernel(bandwidth: nil)]

    /// The penguins with four measurements each, those with missing ones left out.
    func penguins() throws -> (points: [[Double]], labels: [String]) {
        let rows = try Datasets.rows("penguins.csv").filter { row in (2...5).allSatisfy { Double(row[$0]) != nil } }
        return (rows.map { row in (2...5).compactMap { Double(row[$0]) } }, rows.map { $0[0] })
    }

    let names = ["bill length", "bill depth", "flipper length", "body mass"]

    @Test func bayesRuleByHand() throws {
        // Class a: 0, 2 (mean 1, sd 1), class b: 4, 8 (mean 6, sd 2), prior 1/2 each.
        let points = Matrix<Double>(rows: [[0], [2], [4], [8]])
        let model = try NaiveBayes(learning: points, labels: ["a", "a", "b", "b"], features: ["x"])
        let a = 0.5 * exp(-0.5 * 4)
        let b = 0.5 * exp(-0.5 * 2.25) / 2
        let got = try model.probabilities(of: Matrix(vector: [3]))
        #expect(isClose(got[0, 0], a / (a + b), 1e-13))
        #expect(isClose(got[0, 1], b / (a + b), 1e-13))
        #expect(isClose(try model.logPosterior(of: Matrix(vector: [3]))[0, 1], log(b / (a + b)), 1e-13))
    }

    @Test func priorsAreCounted() throws {
        let points = Matrix<Double>(rows: [[0], [1], [0], [1], [2]])
        let model = try NaiveBayes(learning: points, labels: ["u", "u", "v", "v", "v"], features: ["x"])
        #expect(model.classes.map(\.prior) == [0.4, 0.6])
        #expect(model.classes.map(\.count) == [2, 3])
    }

    @Test(arguments: kinds) func heldOutPenguins(kind: FeatureDensity.Kind) throws {
        let (points, labels) = try penguins()
        var accuracies: [Double] = []
        for seed: UInt64 in 1...5 {
            var random = RandomStream(seed: seed)
            let order = points.indices.shuffled(using: &random)
            let (learn, test) = (order.prefix(240), order.dropFirst(240))
            let model = try NaiveBayes(
                learning: Matrix(rows: learn.map { points[$0] }), labels: learn.map { labels[$0] }, features: names,
                kind: kind)
            let confusion = try model.confusion(
                on: Matrix(rows: test.map { points[$0] }), labels: test.map { labels[$0] })
            #expect(confusion.total == 102)
            accuracies.append(confusion.accuracy)
        }
        // Four measurements separate the species: about 97 of 100 birds with smooth densities, 91 with coarse bins. The
        // bounds leave three standard errors.
        var bound = 0.91
        if case .histogram = kind { bound = 0.82 }
        #expect(accuracies.allSatisfy { $0 > bound }, "\(accuracies)")
    }

    @Test(arguments: kinds) func densitiesIntegrateToOne(kind: FeatureDensity.Kind) throws {
        var random = RandomStream(seed: 5)
        let numbers = (0..<80).map { _ in 3 + 2 * random.normal() }
        let range = (numbers.min() ?? 0)...(numbers.max() ?? 0)
        let density = try #require(FeatureDensity.learned(kind, from: numbers, range: range))
        let step = 0.001
        let total = stride(from: -20.0, to: 30, by: step).reduce(0) { $0 + exp(density.logDensity(at: $1)) * step }
        #expect(isClose(total, 1, 2e-3))
    }

    @Test(arguments: kinds) func drawsFollowTheDensity(kind: FeatureDensity.Kind) throws {
        var random = RandomStream(seed: 6)
        let numbers = (0..<200).map { _ in 3 + 2 * random.normal() }
        let range = (numbers.min() ?? 0)...(numbers.max() ?? 0)
        let density = try #require(FeatureDensity.learned(kind, from: numbers, range: range))
        let draws = density.draw(20_000, using: &random)
        let drawn = draws.reduce(0, +) / 20_000
        let mean = try #require(density.expectation)
        #expect(abs(drawn - mean) < 0.09)
        let below = draws.filter { $0 < 3 }.count
        let step = 0.002
        let expected = stride(from: -15.0, to: 3, by: step).reduce(0) { $0 + exp(density.logDensity(at: $1)) * step }
        #expect(abs(Double(below) / 20_000 - expected) < 0.02)
    }

    @Test(arguments: kinds) func notANumberHasNoCumulativeProbability(kind: FeatureDensity.Kind) throws {
        let density = try #require(FeatureDensity.learned(kind, from: [1, 2, 4], range: 0...5))
        let cumulative = try #require(density.cumulative(at: .nan))
        #expect(cumulative.isNaN)
    }

    @Test func numbersTooFarApartForBinsAreRefused() {
        let points = Matrix<Double>(rows: [[-1e308], [1e308], [-1e308], [1e308]])
        #expect(throws: LearningError.constantFeature(name: "x", className: "a")) {
            try NaiveBayes(
                learning: points, labels: ["a", "a", "b", "b"], features: ["x"], kind: .histogram(bins: 3))
        }
    }

    @Test func generatedPenguinsLoseTheirCorrelation() throws {
        func correlation(_ points: Matrix<Double>) throws -> Double {
            let data = try Observations(points)
            let c = data.covariance
            return c[1] / (c[0] * c[3]).squareRoot()
        }
        let (points, labels) = try penguins()
        // Within one species a longer bill goes with a heavier bird.
        let gentoo = labels.indices.filter { labels[$0] == "Gentoo" }
        let real = Matrix<Double>(rows: gentoo.map { [points[$0][0], points[$0][3]] })
        let model = try NaiveBayes(
            learning: Matrix(rows: points.map { [$0[0], $0[3]] }), labels: labels, features: ["bill", "mass"])
        for seed: UInt64 in 1...3 {
            var random = RandomStream(seed: seed)
            let made = try model.generate(2_000, className: "Gentoo", random: &random)
            #expect(made.classes.allSatisfy { model.classes[$0].name == "Gentoo" })
            #expect(try correlation(real) > 0.6)
            #expect(try abs(correlation(made.points)) < 0.1)
        }
    }

    @Test func generationFollowsThePriors() throws {
        let (points, labels) = try penguins()
        let model = try NaiveBayes(learning: Matrix(rows: points), labels: labels, features: names)
        var random = RandomStream(seed: 2)
        let made = try model.generate(10_000, random: &random)
        #expect(made.points.shape == .matrix(10_000, 4))
        for (index, known) in model.classes.enumerated() {
            let share = Double(made.classes.filter { $0 == index }.count) / 10_000
            #expect(abs(share - known.prior) < 0.025)
        }
    }

    @Test func emptyBinsDoNotForbidAClass() throws {
        let points = Matrix<Double>(rows: [[0], [1], [9], [10]])
        let model = try NaiveBayes(
            learning: points, labels: ["a", "a", "b", "b"], features: ["x"], kind: .histogram(bins: 5))
        // Bins of width 2 from 0: class a has 2 of 2 in the first, so (2 + 1) / (2 + 5) against 1 / 7.
        let got = try model.probabilities(of: Matrix(vector: [0.5, 5, 100]))
        #expect(isClose(got[0, 0], 0.75, 1e-13))
        #expect(isClose(got[1, 0], 0.5, 1e-13))
        // Outside every bin only the priors are left.
        #expect(got[2, 0] == 0.5)
    }

    @Test func whatCannotBeLearnedIsNamed() throws {
        let points = Matrix<Double>(rows: [[0, 1], [1, 1], [2, 3], [3, 4]])
        let labels = ["a", "a", "b", "b"]
        #expect(throws: LearningError.constantFeature(name: "y", className: "a")) {
            try NaiveBayes(learning: points, labels: labels, features: ["x", "y"])
        }
        #expect(throws: LearningError.lengthMismatch(expected: 4, got: 3)) {
            try NaiveBayes(learning: points, labels: ["a", "a", "b"], features: ["x", "y"])
        }
        #expect(throws: LearningError.dimensionMismatch(expected: 1, got: 2)) {
            try NaiveBayes(learning: points, labels: labels, features: ["x"])
        }
        #expect(throws: LearningError.self) {
            try NaiveBayes(
                learning: points, labels: ["a", "a", "a", "b"], features: ["x", "y"], kind: .histogram(bins: 3))
        }
        let model = try NaiveBayes(learning: points, labels: labels, features: ["x", "y"], kind: .histogram(bins: 3))
        var random = RandomStream(seed: 1)
        #expect(throws: LearningError.unknownClass("c")) { try model.generate(1, className: "c", random: &random) }
        #expect(throws: LearningError.unknownClass("c")) {
            try model.confusion(on: points, labels: ["a", "a", "b", "c"])
        }
    }

    @Test func confusionCountsRowsByTruth() throws {
        let confusion = try ConfusionMatrix(
            classes: ["a", "b"], actual: ["a", "a", "b", "a"], predicted: ["a", "b", "b", "a"])
        #expect(confusion.counts == [2, 1, 0, 1])
        #expect(confusion["a", "b"] == 1 && confusion["b", "a"] == 0)
        #expect(confusion.accuracy == 0.75 && confusion.total == 4)
    }
}
