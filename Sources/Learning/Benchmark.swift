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
    /// Sets up; the time of this does not count.
    public let prepare: @Sendable () throws -> Run

    /// All of this room.
    public static let learning: [Benchmark] =
        [
            gan("S", width: 16, hidden: 2, batch: 128), gan("M", width: 128, hidden: 2, batch: 256),
            gan("L", width: 512, hidden: 3, batch: 256), mlpFit,
        ]

    /// One update of D and one of G on the ring of eight, Adam(1e-3, 0.5, 0.999), ReLU, 2-D noise.
    private static func gan(_ size: String, width: Int, hidden: Int, batch: Int) -> Benchmark {
        Benchmark(
            name: "gan-step-\(size)",
            summary: "a GAN step on the ring of 8: \(hidden) hidden layers of \(width), batch \(batch), Adam"
        ) {
            var random = RandomStream(seed: 1)
            let layers = [Int](repeating: width, count: hidden)
            let generator = try MLP<Float>(sizes: [2] + layers + [2], random: &random)
            let discriminator = try MLP<Float>(sizes: [2] + layers + [1], random: &random)
            let optimiser = Optimiser<Float>(.adam(beta1: 0.5), learningRate: 1e-3)
            let game = try Game(
                generator: .init(model: generator, optimiser: optimiser),
                discriminator: .init(model: discriminator, optimiser: optimiser),
                data: RoundMixture.ring(radius: 1, sd: 0.01).sample(count: 20_000, using: &random),
                settings: .init(batch: batch), random: random)
            let program = try GameProgram(game, .replayed)
            return { count in try Benchmark.take(count) { try program.step() == nil } }
        }
    }

    /// A step of a classifier 2-16-16-1 on 1 000 points, batch 128.
    private static let mlpFit = Benchmark(
        name: "mlp-fit-step", summary: "a training step of a classifier 2-16-16-1, batch 128, Adam"
    ) {
        var random = RandomStream(seed: 1)
        let points: Matrix<Double> = random.normal(shape: .matrix(1000, 2))
        let labels = (0..<1000).map { points[$0, 0] * points[$0, 1] > 0 ? 1 : 0 }
        let data = try TrainingSet(inputs: points, labels: labels, classes: 1)
        let net = try MLP<Float>(sizes: [2, 16, 16, 1], random: &random)
        var sampler = BatchSampler(data, size: 128, random: random)
        let start = Training.Position(model: net, optimiser: Optimiser(.adam(), learningRate: 1e-3))
        let program = try TrainingProgram(.replayed, start, sampler, .binaryCrossEntropy)
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
