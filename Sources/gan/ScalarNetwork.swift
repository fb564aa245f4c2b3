import Autodiff
import LinearAlgebra

/// The network of micrograd's demonstration, made of scalars, with the hinge loss.
struct ScalarNetwork {
    private static let sizes = [2, 16, 16, 1]
    private var parameters: [Double]
    private let points: [(x: [Double], label: Double)]

    /// One training step: build, forward, backward, update.
    static let workload = Workload(
        "scalar-step", "one step of a 2-16-16-1 network of scalars on 100 points",
        amount: Amount(count: Double(ScalarNetwork().nodes), unit: "ns a node", isTimed: true)
    ) { _ in
        var network = ScalarNetwork()
        return { for _ in 0..<$0 { _ = network.step() } }
    }

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
                let bias = leaves[used + layer.count]
                let sum = bias.adding(products: leaves[used..<used + layer.count], layer[...])
                used += layer.count + 1
                return depth + 2 < Self.sizes.count ? sum.relu() : sum
            }
        }
        return layer[0]
    }
}
