import Autodiff
import Foundation
import Learning
import LinearAlgebra

/// The workloads of `gan bench`, by name.
enum Workloads {
    static var all: [Workload] { learning + [scalarStep, denseForward, normals, startUp] }

    /// Steps of games and of training.
    private static var learning: [Workload] {
        Learning.Benchmark.learning.map { Workload(name: $0.name, summary: $0.summary, prepare: $0.prepare) }
    }

    /// One training step of a 2-16-16-1 network of scalars on 100 points: build, forward, backward, update.
    private static var scalarStep: Workload {
        Workload(
            name: "scalar-step", summary: "one step of a 2-16-16-1 network of scalars on 100 points",
            amount: .parts(ScalarNetwork().nodes, "node")
        ) {
            var network = ScalarNetwork()
            return { for _ in 0..<$0 { _ = network.step() } }
        }
    }

    private static var denseForward: Workload {
        Workload(
            name: "dense-forward", summary: "256x512 by 512x512 in single precision, bias and ReLU",
            amount: .operations(2 * 256 * 512 * 512)
        ) {
            var stream = RandomStream(seed: 1)
            let x = Variable(stream.normal(shape: .matrix(256, 512)) as Matrix<Float>)
            let weights = Variable(stream.normal(shape: .matrix(512, 512)) as Matrix<Float>)
            let bias = Variable(stream.normal(shape: .vector(512)) as Matrix<Float>)
            return { for _ in 0..<$0 { _ = try (x.matmul(weights) + bias).relu() } }
        }
    }

    private static var normals: Workload {
        let count = 1_000_000
        return Workload(
            name: "normals", summary: "a million normal random numbers in single precision",
            amount: .parts(count, "number")
        ) {
            var stream = RandomStream(seed: 1)
            return { for _ in 0..<$0 { _ = stream.normal(shape: .vector(count)) as Matrix<Float> } }
        }
    }

    /// The whole life of a process that is given nothing to do: an upper bound on the time to the prompt.
    private static var startUp: Workload {
        Workload(name: "start-up", summary: "start, read an empty input, end", repeats: 11) {
            guard let program = Bundle.main.executableURL else { throw CocoaError(.fileNoSuchFile) }
            return { for _ in 0..<$0 { try start(program) } }
        }
    }

    private static func start(_ program: URL) throws {
        let process = Process()
        process.executableURL = program
        process.arguments = ["--plain"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }
}

/// The network of micrograd's demonstration, made of scalars, with the hinge loss.
private struct ScalarNetwork {
    private static let sizes = [2, 16, 16, 1]
    private var parameters: [Double]
    private let points: [(x: [Double], label: Double)]

    init() {
        var stream = RandomStream(seed: 1)
        let count = zip(Self.sizes, Self.sizes.dropFirst()).map { ($0 + 1) * $1 }.reduce(0, +)
        parameters = (0..<count).map { _ in 2 * stream.uniform() - 1 }
        points = (0..<100).map { _ in
            let x = [2 * stream.uniform() - 1, 2 * stream.uniform() - 1]
            return (x, x[0] * x[1] > 0 ? 1 : -1)
        }
    }

    /// How many scalars one step makes.
    var nodes: Int {
        let tape = ScalarTape()
        _ = loss(on: tape)
        return tape.count
    }

    /// Descends by one step; returns the loss before it.
    mutating func step() -> Double {
        let tape = ScalarTape()
        tape.reserve(80_000)
        let (loss, leaves) = loss(on: tape)
        let gradients = loss.gradients()
        for (index, leaf) in leaves.enumerated() { parameters[index] -= 0.1 * gradients[leaf] }
        return loss.value
    }

    private func loss(on tape: ScalarTape) -> (loss: Scalar, leaves: [Scalar]) {
        let leaves = parameters.map { tape.leaf($0) }
        var total = tape.leaf(0)
        for (x, label) in points {
            total = total + (1 - output(x.map { tape.leaf($0) }, leaves) * label).relu()
        }
        return (total * (1 / Double(points.count)), leaves)
    }

    private func output(_ x: [Scalar], _ leaves: [Scalar]) -> Scalar {
        var layer = x
        var used = 0
        for (depth, size) in Self.sizes.dropFirst().enumerated() {
            layer = (0..<size).map { _ in
                var sum = leaves[used + layer.count]
                for (index, input) in layer.enumerated() { sum = sum + leaves[used + index] * input }
                used += layer.count + 1
                return depth + 2 < Self.sizes.count ? sum.relu() : sum
            }
        }
        return layer[0]
    }
}
