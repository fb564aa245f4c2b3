import Autodiff
import Foundation
import LinearAlgebra
import Probability
import Testing

@testable import Learning

/// Games of networks with all numbers held still but two.
@Suite struct PlanarSliceTests {
    /// The Dirac-GAN as a game of networks: G makes its bias θ whatever the noise, D(x) = ψ x, the data are a point at 0.
    private func dirac(_ loss: Game.Loss, _ change: (inout Game.Settings) -> Void) throws -> PlanarGame {
        var settings = Game.Settings(batch: 8)
        settings.loss = loss
        change(&settings)
        let still = Optimiser<Float>(.sgd, learningRate: 0.1)
        func player(_ weight: Float, _ bias: Float) throws -> Game.Player {
            let parameters = [Matrix<Float>(rows: [[weight]]), Matrix(vector: [bias])]
            return .init(model: try MLP(parameters: parameters, activation: .relu, output: .none), optimiser: still)
        }
        let game = try Game(
            generator: player(0, 0), discriminator: player(0, Float(loss.undecided)), data: Matrix(rows: [[0]]),
            settings: settings, random: RandomStream(seed: 1))
        return try game.planar()
    }

    /// Mescheder et al. 2018, lemma 3.1 and theorem 4.1, in double precision: the eigenvalues of [[0, a], [-s a, -γ]], where s
    /// is ½ for the losses of which D's part is a mean over both halves. The networks' numbers are all 0 and ½, so that their
    /// single precision loses nothing.
    @Test(arguments: Game.Loss.allCases) func theDiracGANOfNetworksHasTheEigenvaluesOfThePaper(loss: Game.Loss) throws {
        let gamma = 0.3
        let penalties: [(String, (inout Game.Settings) -> Void, damping: Double)] = [
            ("none", { _ in }, 0), ("r1", { $0.penalties.r1 = gamma }, gamma),
            ("r2", { $0.penalties.r2 = gamma }, gamma),
            ("both", { ($0.penalties.r1, $0.penalties.r2) = (gamma, 0.2) }, gamma + 0.2),
            ("gp0", { ($0.penalties.interpolated, $0.penalties.interpolatedTarget) = (gamma / 2, 0) }, gamma),
            (
                "faded",
                {
                    ($0.penalties.r1, $0.penalties.end) = (gamma, 0.1)
                    $0.schedule.steps = 100
                }, gamma
            ),
        ]
        let part = [.minimax, .nonsaturating].contains(loss) ? 0.5 : 1
        let slope = try DiracGAN(loss: loss).slope
        for (name, change, damping) in penalties {
            let found = try dirac(loss, change).eigenvalues(rate: nil)
            let exact = Eigenvalues.of(Matrix(rows: [[0, slope], [-part * slope, -damping]]))
            for (a, b) in zip(found, exact) {
                #expect(
                    abs(a.real - b.real) < 1e-9 && abs(a.imaginary - b.imaginary) < 1e-9,
                    "\(loss) \(name): \(a) for \(b)")
            }
        }
    }

    /// Away from the equilibrium too: the field is that of the Dirac-GAN, D's share of the loss taken as the game takes it.
    @Test(arguments: Game.Loss.allCases) func theFieldIsThatOfTheDiracGAN(loss: Game.Loss) throws {
        let points = Matrix<Double>(rows: [[1, 0.5], [-0.3, 2], [0.2, -0.7]])
        let part = [.minimax, .nonsaturating].contains(loss) ? 0.5 : 1
        let plain = try PlanarGame.dirac(DiracGAN(loss: loss)).field(at: points)
        let penalised = try PlanarGame.dirac(DiracGAN(loss: loss, penalty: .gp, weight: 0.6)).field(at: points)
        let found = try dirac(loss) { $0.penalties.interpolated = 0.3 }.field(at: points)
        for i in 0..<3 {
            #expect(abs(found[i, 0] - plain[i, 0]) < 1e-9)
            #expect(abs(found[i, 1] - (part - 1) * plain[i, 1] - penalised[i, 1]) < 1e-9, "\(loss) \(i)")
        }
    }

    /// A step holds D's number within the clip.
    @Test func theClipHoldsOrbits() throws {
        let orbit = try dirac(.wasserstein) { $0.penalties.weightClip = 0.25 }
            .orbit(from: (1, 0.1), steps: 40, rate: 0.1)
        #expect(orbit.column(1).map(abs).max() == 0.25)
    }

    private static let rules: [(name: String, change: @Sendable (inout Game.Settings) -> Void)] = [
        ("r1 and r2", { ($0.penalties.r1, $0.penalties.r2) = (0.4, 0.2) }),
        ("relativistic", { ($0.loss, $0.penalties.r1) = (.relativistic, 0.4) }),
        ("gp", { ($0.loss, $0.penalties.interpolated) = (.wasserstein, 3) }),
        ("spectral", { ($0.loss, $0.penalties.isSpectral) = (.hinge, true) }),
        ("packed", { ($0.packing, $0.penalties.r1, $0.penalties.interpolated) = (2, 0.3, 0.5) }),
        ("compared", { ($0.minibatchKernels, $0.penalties.r1, $0.penalties.r2) = (2, 0.3, 0.3) }),
        ("blurred", { ($0.instanceNoise.deviation, $0.modeSeeking, $0.labelSmoothing) = (0.3, 0.1, 0.1) }),
    ]

    /// Whatever the rules: each push is the slope of that player's loss, by differences, and the derivative that of the field.
    @Test(arguments: rules.map(\.name), [Game.Conditioning.none, .concat, .projection])
    func pushesAreSlopesOfTheLosses(name: String, conditioning: Game.Conditioning) throws {
        let rule = try #require(Self.rules.first { $0.name == name })
        let game = try Self.game(conditioning, rule.change)
        #expect(game.planarLeavesOut.isEmpty)
        let planar = try game.planar(generator: 3, discriminator: 5, count: 32)
        guard case .losses(let losses) = planar.rules else { return }
        func values(_ x: Double, _ y: Double) throws -> (Double, Double) {
            let pair = try losses.pair(.parameter(Matrix(x)), .parameter(Matrix(y)))
            return (pair.first.value.number, pair.second.value.number)
        }
        let (x, y, step) = (planar.centre.x + 0.1, planar.centre.y - 0.2, 1e-5)
        let (found, slopes) = try planar.fieldAndSlopes(at: (x, y))
        let first = try (values(x - step, y).0 - values(x + step, y).0) / (2 * step)
        let second = try (values(x, y - step).1 - values(x, y + step).1) / (2 * step)
        #expect(abs(found[0] - first) < 1e-6 && abs(found[1] - second) < 1e-6, "\(found) for \(first), \(second)")
        let (left, right) = (
            try planar.field(at: Matrix(rows: [[x - step, y]])), try planar.field(at: Matrix(rows: [[x + step, y]]))
        )
        for row in 0..<2 { #expect(abs(slopes[row, 0] - (right[row] - left[row]) / (2 * step)) < 1e-5) }
    }

    private static func game(
        _ conditioning: Game.Conditioning, _ change: (inout Game.Settings) -> Void
    ) throws -> Game {
        var random = RandomStream(seed: 3)
        var settings = Game.Settings(batch: 16)
        settings.conditioning = conditioning
        change(&settings)
        let data = Game.Data(try RoundMixture.blobs(count: 2, distance: 3, sd: 0.3))
        let classes = settings.classes(of: data)
        return try Game(
            generator: MLP(sizes: [2 + classes, 6, 2], activation: .tanh, random: &random),
            discriminator: MLP(
                sizes: [settings.discriminatorInputs(for: data), 6, 1], activation: .tanh, random: &random),
            data: data, rules: .init(settings: settings), random: random)
    }

    /// What R1 adds to D's loss is γ/2 the mean squared slope of D at the real points, by differences of D's numbers.
    @Test func whatThePenaltyAddsIsTheSquaredSlope() throws {
        func loss(_ gamma: Double) throws -> Double {
            let game = try Self.game(.none) { $0.penalties.r1 = gamma }
            guard case .losses(let losses) = try game.planar(count: 32).rules else { return .nan }
            let (x, y) = losses.centre
            return try losses.pair(.parameter(Matrix(x)), .parameter(Matrix(y))).second.value.number
        }
        let game = try Self.game(.none) { _ in }
        var random = RandomStream(seed: 1)
        let real = Matrix<Double>(game.realRows(32, using: &random))
        var squares = 0.0
        for axis in 0..<2 {
            let step = Matrix<Double>(rows: [axis == 0 ? [1e-5, 0] : [0, 1e-5]])
            let difference = try game.logits(of: real + step) - game.logits(of: real - step)
            squares += (difference / 2e-5).map(.square).sum() / 32
        }
        #expect(abs(try loss(0.6) - loss(0) - 0.3 * squares) < 1e-8)
    }

    @Test func whatIsLeftOutIsNamed() throws {
        let rules: [(String, (inout Game.Settings) -> Void)] = [
            ("consensus", { $0.consensus = 1 }), ("dropout", { $0.dropout = 0.1 }), ("replay", { $0.replay = 32 }),
            ("unroll", { $0.unrolling = 2 }), ("grad_clip", { $0.gradientLimit = 1 }),
        ]
        for (name, change) in rules { #expect(try Self.game(.none, change).planarLeavesOut == [name]) }
        let game = try Self.game(.none) { _ in }
        #expect(throws: LearningError.self) { try game.planar(generator: 1000) }
    }
}
