import Autodiff
import LinearAlgebra

/// The network of micrograd's demonstration, neuron by neuron: 2-16-16-1 with ReLU, 100 points, hinge loss, a step of
/// gradient descent on all 337 numbers.
struct ScalarNetwork {
    private var parameters: [Double]
    private let points: [(Double, Double)]
    private let sizes = [2, 16, 16, 1]

    init() {
        var random = RandomStream(seed: 0)
        parameters = (0..<337).map { _ in 2 * random.uniform() - 1 }
        points = (0..<100).map { _ in (2 * random.uniform() - 1, 2 * random.uniform() - 1) }
    }

    /// Builds the graph, walks back over it, steps.
    ///
    /// - Returns: the loss and the number of nodes.
    mutating func step() -> (loss: Double, nodes: Int) {
        let tape = ScalarTape()
        tape.reserve(90_000)
        let leaves = parameters.map { tape.leaf($0) }
        var total = tape.leaf(0)
        for (a, b) in points {
            let label: Double = a * b > 0 ? 1 : -1
            let score = answer([tape.leaf(a), tape.leaf(b)], leaves)
            total = total + (score * -label + 1).relu()
        }
        let loss = total * 0.01
        let gradients = loss.gradients()
        for index in parameters.indices { parameters[index] -= 0.1 * gradients[leaves[index]] }
        return (loss.value, tape.count)
    }

    /// The network's answer to one point.
    private func answer(_ inputs: [Scalar], _ leaves: [Scalar]) -> Scalar {
        var (signal, next) = (inputs, 0)
        for layer in 1..<sizes.count {
            var outputs: [Scalar] = []
            for _ in 0..<sizes[layer] {
                var sum = leaves[next + signal.count]
                for (offset, input) in signal.enumerated() { sum = sum + leaves[next + offset] * input }
                next += signal.count + 1
                outputs.append(layer == sizes.count - 1 ? sum : sum.relu())
            }
            signal = outputs
        }
        return signal[0]
    }
}

extension Benchmark {
    /// A step of `ScalarNetwork`: time is given by the node.
    static let scalarStep: Benchmark = {
        var sample = ScalarNetwork()
        let nodes = sample.step().nodes
        return Benchmark(
            name: "scalar-step",
            summary: "build, forward and backward of micrograd's network on 100 points, node by node", unit: "node",
            unitsPerRun: nodes
        ) {
            var network = ScalarNetwork()
            return { count in for _ in 0..<count { _ = network.step() } }
        }
    }()
}
