import Autodiff
import LinearAlgebra
import Notebook
import Probability

extension Workloads {
    private static let million = 1_000_000

    /// What the numbers themselves cost: random ones, points of distributions, a layer.
    static var numbers: [Workload] { [denseForward, normals, uniforms, samplers] }

    private static var denseForward: Workload {
        let operations = 2.0 * 256 * 512 * 512
        return Workload(
            "dense-forward", "256x512 by 512x512 in single precision, bias and ReLU",
            amount: Amount(count: operations / 1e9, unit: "GFLOP/s"), operations: operations, isShared: true
        ) { threads in
            let program = try Program<Float>(random: RandomStream(seed: 1), threads: threads) { recorder in
                var stream = RandomStream(seed: 1)
                let x = recorder.input("x", stream.normal(shape: .matrix(256, 512)))
                let weights = recorder.input("weights", stream.normal(shape: .matrix(512, 512)))
                let bias = recorder.input("bias", stream.normal(shape: .vector(512)))
                recorder.output("y", try (x.matmul(weights) + bias).relu())
            }
            return { try program.run(steps: $0) }
        }
    }

    private static var normals: Workload {
        random("normals", "a million normal random numbers in single precision") { $0.normal(.vector(million)) }
    }

    private static var uniforms: Workload {
        random("uniforms", "a million uniform random numbers in single precision") { $0.uniform(.vector(million)) }
    }

    private static func random(
        _ name: String, _ summary: String, _ draw: @escaping @Sendable (Recorder<Float>) -> Variable<Float>
    ) -> Workload {
        Workload(name, summary, amount: Amount(count: Double(million), unit: "numbers/s")) { _ in
            let program = try Program<Float>(random: RandomStream(seed: 1), threads: 1) {
                $0.output("numbers", draw($0))
            }
            return { try program.run(steps: $0) }
        }
    }

    /// Every distribution over the plane that has a name, and the bell.
    private static var samplers: Workload {
        Workload(
            name: "samplers", summary: "a million points of each distribution over the plane: the slowest",
            amount: Amount(count: Double(million), unit: "points/s"), repeats: 11
        ) { _ in
            let bell = try Normal2D(mean: [0, 0], covariance: .identity(2))
            let all = [("normal2d", bell)] + (try Library.namedDistributions.map { ($0.name, try $0.make()) })
            return all.filter { $0.1.dimension == 2 }.map { name, distribution in
                var stream = RandomStream(seed: 1)
                return Workload.Part(
                    name: name,
                    run: Workload.timed { for _ in 0..<$0 { _ = distribution.sample(count: million, using: &stream) } })
            }
        }
    }
}
