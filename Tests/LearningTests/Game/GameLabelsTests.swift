import Autodiff
import LinearAlgebra
import Probability
import Testing

@testable import Learning

/// Games whose players are told of classes.
@Suite struct GameLabelsTests {
    /// Three blobs, 8 numbers wide inside.
    static func game(
        seed: UInt64, _ change: (inout Game.Settings) -> Void = { _ in }, data: Game.Data? = nil
    ) throws -> Game {
        var random = RandomStream(seed: seed)
        var settings = Game.Settings(batch: 32)
        settings.conditioning = .concat
        change(&settings)
        let data = try data ?? Game.Data(RoundMixture.blobs(count: 3, distance: 3, sd: 0.3))
        return try Game(
            generator: MLP(sizes: [2 + 3, 16, 2], random: &random),
            discriminator: MLP(
                sizes: [settings.discriminatorInputs(for: data), 16, 1], activation: .leakyRelu, random: &random),
            data: data,
            rules: .init(settings: settings, generator: .init(rate: 0.005), discriminator: .init(rate: 0.005)),
            random: random)
    }

    static let ways: [(name: String, change: @Sendable (inout Game.Settings) -> Void)] = [
        ("plain", { _ in }),
        ("relativistic", { ($0.loss, $0.penalties.r1, $0.penalties.r2) = (.relativistic, 0.1, 0.1) }),
        ("wgan-gp", { ($0.loss, $0.penalties.interpolated, $0.discriminatorSteps) = (.wasserstein, 10, 2) }),
        ("packed", { ($0.packing, $0.instanceNoise.deviation) = (2, 0.1) }),
        ("ahead", { $0.dynamics = .extragradient }), ("unrolled", { $0.unrolling = 1 }),
        ("replay", { ($0.replay, $0.modeSeeking) = (32, 0.1) }),
        ("compared", { ($0.minibatchKernels, $0.penalties.r1, $0.dropout) = (2, 0.1, 0.1) }),
        ("packed and compared", { ($0.packing, $0.minibatchKernels, $0.penalties.isSpectral) = (2, 2, true) }),
    ]

    @Test(arguments: ways.map(\.name), [Game.Conditioning.concat, .projection])
    func replayIsEagerAndAWalkIsAStep(name: String, conditioning: Game.Conditioning) throws {
        let way = try #require(Self.ways.first { $0.name == name })
        var replayed = try Self.game(seed: 1) {
            $0.conditioning = conditioning
            way.change(&$0)
        }
        var eager = replayed, walked = replayed
        #expect(try replayed.play(5) == .finished && eager.play(5, mode: .eager) == .finished)
        #expect(replayed == eager)
        _ = try walked.play(4)
        #expect(try walked.walk().outcome == .finished && walked == replayed)
    }

    /// Classes beside points are no place to move in: D's squared slope is that for the point alone.
    @Test func penaltiesLookAtPointsOnly() throws {
        let mask = Variable(Matrix<Double>(rows: [[1, 1, 0]]))
        let points = Variable.parameter(Matrix<Double>(rows: [[1, 2, 1], [3, 4, 0]]))
        let logits = try points.matmul(Variable(Matrix<Double>(rows: [[3], [4], [100]])))
        let weights = Variable(Matrix<Double>(rows: [[0.5], [0.5]]))
        let penalty = try Game.Penalties.squares([.init(points: points, logits: logits, weights: weights, mask: mask)])
        #expect(penalty?.value.number == 25)
    }

    /// After some play G puts most of what it is asked for nearest to the blob of that class, over three seeds: 85 % or
    /// more, where a G that does not listen would put a third there.
    @Test(arguments: [Game.Conditioning.concat, .projection]) func gListens(to conditioning: Game.Conditioning) throws {
        for seed: UInt64 in 1...3 {
            var game = try Self.game(seed: seed) { ($0.penalties.r1, $0.conditioning) = (0.1, conditioning) }
            #expect(try game.play(1500) == .finished)
            var random = RandomStream(seed: 9), right = 0
            for label in 0..<3 {
                let points = try game.sample(300, label: label, using: &random)
                right += (0..<300).count { abs(Double(points[$0, 0]) - 3 * Double(label - 1)) < 1.5 }
            }
            #expect(Double(right) / 900 > 0.85, "seed \(seed): \(right) of 900")
        }
    }

    @Test func aLabelledSampleIsAsFrequentAsItsData() throws {
        let points = Matrix<Double>(rows: [[0, 0], [0, 1], [5, 5], [5, 6]])
        let data = try Game.Data(points: points, labels: [0, 0, 2, 2])
        #expect(data.classes == 3)
        var random = RandomStream(seed: 3)
        let (drawn, labels) = data.labelled(200, using: &random)
        #expect((0..<200).allSatisfy { (drawn[$0, 0] == 5) == (labels[$0] == 2) && labels[$0] != 1 })
        #expect((70...130).contains(labels.count { $0 == 2 }))
        var game = try Self.game(seed: 2, data: data)
        #expect(try game.play(3) == .finished)
        #expect(throws: LearningError.self) { try game.sample(1, label: 3, using: &random) }
        #expect(throws: LearningError.self) { try Game.Data(points: points, labels: [0, 1]) }
        #expect(throws: LearningError.self) { try Game.Data(points: points, labels: [0, 1, -1, 0]) }
    }

    /// Packed rows for a projection: all points first, then all classes; nothing is left out or comes twice.
    @Test func packsForAProjection() throws {
        var settings = Game.Settings()
        (settings.conditioning, settings.packing) = (.projection, 2)
        let rows = Matrix<Double>(rows: [[1, 2, 1, 0], [3, 4, 0, 1], [5, 6, 0, 1]])
        let packs = try settings.packed(Variable(rows), (2, 2)).value
        #expect(packs == Matrix(rows: [[1, 2, 3, 4, 1, 0, 0, 1]]))
        settings.conditioning = .concat
        #expect(try settings.packed(Variable(rows), (2, 2)).value == Matrix(rows: [[1, 2, 1, 0, 3, 4, 0, 1]]))
    }
}
