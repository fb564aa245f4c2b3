import Autodiff
import LinearAlgebra
import Probability

/// A piece of work whose time is worth knowing.
public struct Benchmark: Sendable {
    /// Does the work so many times.
    public typealias Run = (_ count: Int) throws -> Void

    /// How it is asked for: "gan-step-S".
    public let name: String
    /// What is done, in one line.
    public let summary: String
    /// The floating-point operations that one run cannot do without: those of the matrix products.
    public let operations: Double
    /// Whether a run is large enough to be shared between threads.
    public var isShared = false
    /// Sets up, for so many threads; the time of this does not count.
    public let prepare: @Sendable (_ threads: Int) throws -> Run

    /// All of this room.
    public static let learning: [Benchmark] = [gan(.small), gan(.medium), gan(.large), wganGP, mlpFit]

    /// One update of D and one of G on the ring of eight, Adam(1e-3, 0.5, 0.999), ReLU, 2-D noise.
    private static func gan(_ size: GameSize) -> Benchmark {
        Benchmark(
            name: "gan-step-\(size.name)", summary: "a GAN step on the ring of 8: \(size.words)",
            operations: size.operations, isShared: size.width >= 128, prepare: steps(of: size, .init(batch: size.batch))
        )
    }

    /// The same with the Wasserstein loss and the penalty on D's gradient at points between: one update of D, in which a
    /// gradient is differentiated, and one of G.
    private static let wganGP: Benchmark = {
        let size = GameSize.medium
        var settings = Game.Settings(loss: .wasserstein, batch: size.batch)
        settings.penalties.interpolated = 10
        return Benchmark(
            name: "wgan-gp-step", summary: "a WGAN-GP step, one update of each: size M, \(size.words)",
            operations: size.operations + size.discriminator.penalty(size.batch), isShared: true,
            prepare: steps(of: size, settings))
    }()

    private static func steps(of size: GameSize, _ settings: Game.Settings) -> @Sendable (Int) throws -> Run {
        { threads in
            var random = RandomStream(seed: 1)
            let generator = try MLP<Float>(sizes: size.generator.sizes, random: &random)
            let discriminator = try MLP<Float>(sizes: size.discriminator.sizes, random: &random)
            let optimiser = Optimiser<Float>(.adam(beta1: 0.5), learningRate: 1e-3)
            let game = try Game(
                generator: .init(model: generator, optimiser: optimiser),
                discriminator: .init(model: discriminator, optimiser: optimiser),
                data: Game.Data(RoundMixture.ring(radius: 1, sd: 0.01)), settings: settings, random: random)
            let program = try GameProgram(game, .replayed, threads: threads)
            return { count in try Benchmark.take(count) { try program.step() == nil } }
        }
    }

    /// A step of a classifier 2-16-16-1 on 1 000 points, batch 128.
    private static let mlpFit = Benchmark(
        name: "mlp-fit-step", summary: "a training step of a classifier 2-16-16-1, batch 128, Adam",
        operations: Layers([2, 16, 16, 1]).forward(128) + Layers([2, 16, 16, 1]).backward(128)
    ) { threads in
        var random = RandomStream(seed: 1)
        let points: Matrix<Double> = random.normal(shape: .matrix(1000, 2))
        let labels = (0..<1000).map { points[$0, 0] * points[$0, 1] > 0 ? 1 : 0 }
        let data = try TrainingSet(inputs: points, labels: labels, classes: 1)
        let net = try MLP<Float>(sizes: [2, 16, 16, 1], random: &random)
        var sampler = BatchSampler(data, size: 128, random: random)
        let start = Training.Position(model: net, optimiser: Optimiser(.adam(), learningRate: 1e-3))
        let program = try TrainingProgram(.replayed, start, sampler, .binaryCrossEntropy, threads: threads)
        return { count in try Benchmark.take(count) { try program.step(sampler.next()) } }
    }

    /// A step made something infinite or NaN and was not taken, so that the time says nothing.
    struct Divergence: Error, CustomStringConvertible {
        var description: String { "a step diverged" }
    }

    /// Takes so many steps; `step` says whether it was taken.
    static func take(_ count: Int, _ step: () throws -> Bool) throws {
        for _ in 0..<count { guard try step() else { throw Divergence() } }
    }
}

/// A game of a size: noise and points of two numbers, ReLU.
private struct GameSize {
    let name: String
    let width, hidden, batch: Int

    static let small = GameSize(name: "S", width: 16, hidden: 2, batch: 128)
    static let medium = GameSize(name: "M", width: 128, hidden: 2, batch: 256)
    static let large = GameSize(name: "L", width: 512, hidden: 3, batch: 256)

    var words: String { "\(hidden) hidden layers of \(width), batch \(batch)" }

    var generator: Layers { layers(to: 2) }
    var discriminator: Layers { layers(to: 1) }

    private func layers(to outputs: Int) -> Layers { Layers([2] + [Int](repeating: width, count: hidden) + [outputs]) }

    /// D's update: G forward; D forward and backward on the real and the made-up half. G's update: both forward, D
    /// backward to its inputs, G backward.
    var operations: Double {
        let (G, D) = (generator, discriminator)
        let updateOfD = G.forward(batch) + D.forward(2 * batch) + D.backward(2 * batch)
        return updateOfD + G.forward(batch) + D.forward(batch) + D.toInputs(batch) + G.backward(batch)
    }
}

/// What the matrix products of a network cost, in floating-point operations.
struct Layers {
    let sizes: [Int]
    /// A multiplication and an addition for every weight and row, layer by layer.
    private let perRow: [Double]

    init(_ sizes: [Int]) {
        self.sizes = sizes
        perRow = zip(sizes, sizes.dropFirst()).map { 2 * Double($0) * Double($1) }
    }

    /// From inputs to outputs.
    func forward(_ rows: Int) -> Double { Double(rows) * perRow.reduce(0, +) }

    /// From the slope of the outputs to that of the inputs.
    func toInputs(_ rows: Int) -> Double { forward(rows) }

    /// From the slope of the outputs to those of all weights: nobody asks for the slope of the inputs themselves.
    func backward(_ rows: Int) -> Double {
        forward(rows) + Double(rows) * perRow.dropFirst().reduce(0, +)
    }

    /// A penalty on the slope of the inputs, with ReLU: forward, back to the inputs, and from that slope to all weights by
    /// way of the slopes of all layers but the last.
    func penalty(_ rows: Int) -> Double {
        2 * forward(rows) + forward(rows) + Double(rows) * perRow.dropLast().reduce(0, +)
    }
}
