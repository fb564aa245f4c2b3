import Autodiff
import Foundation
import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct MeasureTests {
    /// A game over a distribution, whose generator adds nothing to a linear map: what it makes is known exactly.
    private func game(
        over data: some Distribution, weights: [[Float]], bias: [Float], seed: UInt64 = 1
    ) throws -> (Game, MeasureReference) {
        var random = RandomStream(seed: seed)
        let width = data.dimension
        let points = data.sample(count: 20_000, using: &random)
        var generator = try MLP<Float>(sizes: [width, width], random: &random)
        generator.parameters = [Matrix(rows: weights), Matrix(vector: bias)]
        let discriminator = try MLP<Float>(sizes: [width, 8, 1], random: &random)
        let game = try Game(
            generator: .init(model: generator, optimiser: Optimiser(.adam(beta1: 0.5), learningRate: 0.001)),
            discriminator: .init(model: discriminator, optimiser: Optimiser(.adam(beta1: 0.5), learningRate: 0.001)),
            data: points, random: random.split())
        return (game, try MeasureReference(points: points, modes: data.modes))
    }

    @Test func everyMeasureSaysWhatItIs() {
        #expect(Set(Measure.allCases.map(\.rawValue)).count == Measure.allCases.count)
        for measure in Measure.allCases {
            #expect(!measure.meaning().isEmpty && measure.samples(dimension: 2) <= 10_000)
            #expect(measure.subject == .samples || measure.direction != .higher)
        }
    }

    /// A generator that makes the very distribution scores what the data score against themselves.
    @Test func aPerfectGeneratorIsAtTheFloor() throws {
        let measures = Measure.allCases.filter { $0.subject == .samples }
        for seed: UInt64 in 1...2 {
            let (game, reference) = try game(over: try Normal(mean: 1, sd: 2), weights: [[2]], bias: [1], seed: seed)
            let values = try Measure.evaluate(measures, game, against: reference)
            let floor = Measure.floor(measures, reference)
            #expect(Set(values.keys) == Set(floor.keys))
            for (measure, value) in values {
                let least = try #require(floor[measure])
                let spread: Double =
                    switch measure {
                    case .w1, .energy, .logLikelihood: 0.06
                    case .rkl: 0.01
                    default: 0.05
                    }
                #expect(abs(value - least) < spread, "\(measure.rawValue): \(value), floor \(least)")
            }
        }
    }

    /// Everything that compares samples sees a generator that is off by two standard deviations.
    @Test func aWrongGeneratorIsSeenByAll() throws {
        let (game, reference) = try game(over: try Normal(mean: 1, sd: 2), weights: [[2]], bias: [5])
        let measures = Measure.allCases.filter { $0.subject == .samples && ![.modes, .rkl].contains($0) }
        let values = try Measure.evaluate(measures, game, against: reference)
        let floor = Measure.floor(measures, reference)
        for (measure, value) in values {
            let least = try #require(floor[measure])
            switch measure.direction {
            case .lower:
                #expect(value > 2 * abs(least) && value > 0.05, "\(measure.rawValue): \(value), floor \(least)")
            case .higher, .target: #expect(value < least - 0.05, "\(measure.rawValue): \(value), floor \(least)")
            }
        }
        #expect(abs((values[.w1] ?? 0) - 4) < 0.15)
    }

    /// A generator that stands in one mode of eight.
    @Test func lostModesAreCounted() throws {
        let (game, reference) = try game(
            over: RoundMixture.ring8, weights: [[0.1, 0], [0, 0.1]], bias: [2, 0])
        let values = try Measure.evaluate([.modes, .hq, .rkl, .recall, .coverage], game, against: reference)
        #expect(values[.modes] == 1 && (values[.hq] ?? 0) > 0.99)
        #expect(abs((values[.rkl] ?? 0) - log(8)) < 1e-9)
        #expect((values[.coverage] ?? 1) < 0.2)
    }

    @Test func whatDoesNotApplyIsLeftOutWithAReason() throws {
        let (game, reference) = try game(over: RoundMixture.ring8, weights: [[1, 0], [0, 1]], bias: [0, 0])
        #expect(Measure.ks.obstacle(in: game, against: reference)?.contains("2 coordinates") == true)
        #expect(try Measure.evaluate([.ks], game, against: reference).isEmpty)
        let plain = try MeasureReference(points: reference.points.matrix)
        #expect(Measure.modes.obstacle(in: game, against: plain) != nil)
        #expect(Measure.js.obstacle(in: game, against: plain) == nil)
    }

    /// D's weights are set by hand so that D is the best answer: the logit of p / (p + q) for N(1, 1) against N(0, 1) is
    /// x - 1/2.
    @Test func theBestDiscriminatorIsRecognised() throws {
        var (game, reference) = try game(over: try Normal(mean: 1, sd: 1), weights: [[1]], bias: [0])
        var random = RandomStream(seed: 3)
        var best = try MLP<Float>(sizes: [1, 1], random: &random)
        best.parameters = [Matrix(rows: [[1]]), Matrix(vector: [-0.5])]
        game.discriminator = .init(model: best, optimiser: Optimiser(.sgd, learningRate: 0.1))
        let measures: [Measure] = [.discriminatorOptimality, .accuracyReal, .accuracyFake, .discriminatorGradient]
        let values = try Measure.evaluate(measures, game, against: reference)
        #expect((values[.discriminatorOptimality] ?? 1) < 0.06, "\(values)")
        // It calls x > 1/2 real: right with probability Φ(1/2) = 0.6915.
        #expect(
            abs((values[.accuracyReal] ?? 0) - 0.6915) < 0.045 && abs((values[.accuracyFake] ?? 0) - 0.6915) < 0.045)
        #expect((values[.discriminatorGradient] ?? 1) < 0.06)
        best.parameters = [Matrix(rows: [[-1]]), Matrix(vector: [0.5])]
        game.discriminator = .init(model: best, optimiser: Optimiser(.sgd, learningRate: 0.1))
        let wrong = try Measure.evaluate(measures, game, against: reference)
        #expect((wrong[.discriminatorOptimality] ?? 0) > 0.2 && (wrong[.discriminatorGradient] ?? 0) > 0.2)
    }

    /// A D that is told of classes is judged with them: the shares are those of a direct computation on the same points, with
    /// the classes of real points and those that G was asked for.
    @Test(arguments: [Game.Conditioning.concat, .projection], [0, 300])
    func accuracyIsThatOfPointsWithTheirClasses(conditioning: Game.Conditioning, points count: Int) throws {
        var random = RandomStream(seed: 7)
        let (points, labels) = try RoundMixture.blobs(count: 3, distance: 3, sd: 0.3)
            .labelledSample(count: count, using: &random)
        var game = try GameLabelsTests.game(
            seed: 2, { $0.conditioning = conditioning },
            data: count == 0 ? nil : Game.Data(points: points, labels: labels))
        _ = try game.play(60)
        let stream = RandomStream(seed: 5)
        let values = try Measure.evaluate([.accuracyReal, .accuracyFake], game, random: stream)
        random = stream
        let reference = try MeasureReference(game, using: &random)
        let draw = try MeasureDraw(for: [.accuracyReal], game, reference, &random)
        func share(_ part: LabelledPoints, _ isRight: (Float) -> Bool) throws -> Double {
            let labels = try #require(part.labels)
            let right = try (0..<part.points.count).count { place in
                let point = Matrix<Float>(rows: [part.points.coordinates.map { Float($0[place]) }])
                return isRight(try game.logits(of: point, label: labels[place]).number)
            }
            return Double(right) / Double(part.points.count)
        }
        let real = draw.realOnes.prefix(2000)
        #expect(values[.accuracyReal] == (try share(real) { $0 > 0 }))
        #expect(values[.accuracyFake] == (try share(draw.generatedOnes) { $0 < 0 }))
        // The classes stayed with their points on the way.
        let centres = try zip(#require(real.labels), real.points.coordinates[0]).map { abs($1 - 3 * Double($0 - 1)) }
        #expect((centres.max() ?? 9) < 1.5 && real.points.count == (count == 0 ? 2000 : count))
        #expect(Set(draw.generatedOnes.labels ?? []) == [0, 1, 2])
        let plain = try MeasureReference(points: reference.points.matrix)
        #expect(Measure.accuracyReal.obstacle(in: game, against: plain)?.contains("classes") == true)
        #expect(Measure.accuracyFake.obstacle(in: game, against: plain) == nil)
    }

    /// Of each class the data are N(m + 1, 1) and the samples N(m, 1), with m another for each: within a class the best
    /// answer has the logit x - m - 1/2. A D that leaves the class aside cannot give it.
    @Test(arguments: [1, 2, 3] as [UInt64]) func theBestDiscriminatorOfClassesIsRecognised(seed: UInt64) throws {
        let middles: [Float] = [-4, 0, 6]
        let parts = try middles.map { try Normal(mean: Double($0) + 1, sd: 1) }
        let data = Game.Data(try Mixture(parts, weights: [0.5, 0.25, 0.25]))
        var random = RandomStream(seed: seed)
        var settings = Game.Settings()
        settings.conditioning = .concat
        var generator = try MLP<Float>(sizes: [1 + 3, 1], random: &random)
        generator.parameters[0] = Matrix(rows: [[1]] + middles.map { [$0] })
        func optimality(_ weights: [Float]) throws -> Double {
            var discriminator = try MLP<Float>(sizes: [1 + 3, 1], random: &random)
            discriminator.parameters = [Matrix(rows: weights.map { [$0] }), Matrix(vector: [-0.5])]
            let still = Optimiser<Float>(.sgd, learningRate: 0)
            let game = try Game(
                generator: .init(model: generator, optimiser: still),
                discriminator: .init(model: discriminator, optimiser: still), data: data, settings: settings,
                random: random)
            return try Measure.discriminatorOptimality.evaluate(game)
        }
        let best = try optimality([1] + middles.map(-))
        #expect(best < 0.09, "\(best)")
        for wrong: [Float] in [[1, 0, 0, 0], [0, 0, 0, 0], [1, 4, 0, -5]] {
            let far = try optimality(wrong)
            #expect(far > best + 0.04, "\(wrong): \(far), at best \(best)")
        }
    }

    @Test func exploitabilityFallsTowardsTheEquilibrium() throws {
        func gap(_ bias: Float) throws -> Double {
            let (game, reference) = try game(over: try Normal(mean: 1, sd: 1), weights: [[1]], bias: [bias])
            return try Measure.exploitability.evaluate(game, against: reference)
        }
        let (far, near) = (try gap(-2), try gap(1))
        #expect(far > 2 * near && near < 0.25 && near >= 0, "\(far) \(near)")
    }

    /// Looking draws from a stream of its own: the game plays on as if nobody looked, and looking twice shows the same.
    @Test func lookingChangesNothing() throws {
        let (start, reference) = try game(over: RoundMixture.ring8, weights: [[1, 0], [0, 1]], bias: [0, 0])
        var watched = start, alone = start
        var watch = MeasureWatch()
        watch.add([.js, .modes, .generatorGradient], every: 5)
        for _ in 0..<4 {
            _ = try watched.play(5)
            let first = try watch.look(at: watched, against: reference)
            #expect(try watch.look(at: watched, against: reference) == first)
        }
        for _ in 0..<4 { _ = try alone.play(5) }
        #expect(watched == alone)
        // The game's own watch sees the same.
        var byItself = start
        byItself.watch.add([.js, .modes, .generatorGradient], every: 5)
        for steps in [7, 13] { _ = try byItself.play(steps) }
        #expect(byItself.watch.records.map(\.step) == [5, 10, 15, 20])
        #expect(byItself.generator == alone.generator && byItself.random == alone.random)
        #expect(watch.records.map(\.step) == [5, 10, 15, 20])
        #expect(watch.series(of: .js).steps == [5, 10, 15, 20] && watch.series(of: .ks).values.isEmpty)
    }

    @Test func watchingIsBoundedAndCanGoBack() throws {
        var game = try game(over: try Normal(mean: 1, sd: 1), weights: [[1]], bias: [0]).0
        let reference = try MeasureReference(points: Matrix(vector: [1, 2]), modes: Normal(mean: 1, sd: 1).modes)
        var watch = MeasureWatch()
        #expect(!watch.isDue(at: 0) && watch.stepsUntilDue(from: 3) == nil)
        watch.add([.modes], every: 2)
        #expect(watch.isDue(at: 4) && !watch.isDue(at: 5) && watch.stepsUntilDue(from: 3) == 1)
        for step in 1...MeasureWatch.mostRecords + 1 {
            game.steps = 2 * step
            try watch.look(at: game, against: reference)
        }
        #expect(watch.interval == 4 && watch.records.count == MeasureWatch.mostRecords / 2)
        #expect(watch.records.allSatisfy { $0.step % 4 == 0 })
        watch.rewind(to: 100)
        #expect(watch.records.last?.step == 100)
        watch.remove([.modes])
        #expect(watch.measures.isEmpty && watch.records.count == 25)
    }
}
