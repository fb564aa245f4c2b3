import LinearAlgebra
import Testing

@testable import Autodiff

/// What a recorded step is made into.
@Suite struct PlanTests {
    /// A layer and its backward pass are three products with their ends, and the sums over the batch: nothing else touches
    /// the large matrices.
    @Test func productsTakeBiasAndReluWithThem() throws {
        let program = try Program<Float>(random: RandomStream(seed: 1)) { step in
            let weights = (0..<3).map { step.parameter("w\($0)", .ones(.matrix(8, 8))) }
            let bias = (0..<3).map { step.parameter("b\($0)", .ones(.vector(8))) }
            var signal = step.normal(.matrix(32, 8))
            for layer in 0..<3 { signal = try (signal.matmul(weights[layer]) + bias[layer]).relu() }
            let slopes = try gradients(of: signal.sum(), withRespectTo: weights + bias)
            for (index, slope) in slopes.enumerated() { step.output("slope \(index)", slope) }
        }
        // The draw, 3 forward, the sum of ones spread out and cut by ReLU's slope, 2 backward, 3 + 3 slopes.
        #expect(program.callCount <= 14)
    }

    /// What an optimiser does to its parameters is one call for all of them, whatever their shapes.
    @Test func anOptimiserIsOnePass() throws {
        func callCount(_ shapes: [Shape]) throws -> Int {
            try Program<Float> { step in
                let parameters = shapes.enumerated().map { step.input("p\($0.offset)", .ones($0.element)) }
                let means = shapes.enumerated().map { step.input("m\($0.offset)", .ones($0.element)) }
                let slopes = shapes.enumerated().map { step.input("g\($0.offset)", .ones($0.element)) }
                let rate = step.input("rate", Matrix(0.1))
                for (index, parameter) in parameters.enumerated() {
                    let mean = try means[index] * 0.9 + slopes[index] * 0.1
                    step.update(means[index], to: mean.detached + 0)
                    step.update(parameter, to: try parameter - mean * rate / (mean.square().squareRoot() + 1e-8))
                }
            }.callCount
        }
        let one = try callCount([.matrix(3, 5)])
        let several: [Shape] = [.matrix(3, 5), .vector(5), .matrix(5, 7), .vector(7), .matrix(7, 1), .vector(1)]
        #expect(try callCount(several) == one && one <= 2)
    }

    /// Two inputs that become each other's values, with and without arithmetic, and one that is read after its update is
    /// made.
    @Test func updatesReadTheOldValues() throws {
        for mode in [Program<Double>.Mode.replayed, .eager] {
            let program = try Program<Double>(mode) { step in
                let a = step.input("a", Matrix(vector: [1, 2])), b = step.input("b", Matrix(vector: [3, 5]))
                let c = step.input("c", Matrix(vector: [7, 11]))
                step.update(a, to: try a + b)
                step.update(b, to: try a - b)
                step.update(c, to: try c * a)
                step.output("late", try (c.sum() + a.sum()).exp().log())
                step.output("c", c)
            }
            try program.run(steps: 2)
            #expect(program["a"] == Matrix(vector: [2, 4]) && program["b"] == Matrix(vector: [6, 10]))
            #expect(program["c"] == Matrix(vector: [28, 154]))
            #expect(abs(program.number("late") - (7 + 22 + 4 + 7)) < 1e-10)
        }
    }

    /// A step that is not sound changes nothing, whether the inputs have changed places an odd or an even number of times.
    @Test func unsoundStepsChangeNothing() throws {
        func step(_ recorder: Recorder<Float>) throws {
            let w = recorder.parameter("w", Matrix(vector: [1, 2, 3])), v = recorder.input("v", .ones(.matrix(2, 2)))
            let push = recorder.input("push", Matrix(0.5)), same = recorder.input("same", Matrix(vector: [1, 1, 1]))
            let nextW = try w * push + 1, nextV = try v * nextW.sum(), shown = w - 1
            let soundness = try Variable.applying(.soundness, to: [nextW, nextV])
            let isSound = soundness.combined(with: 0, by: .equal)
            recorder.update(w, to: try Variable.select(isSound, nextW, w))
            recorder.update(v, to: try Variable.select(isSound, nextV, v))
            // taken whatever happens; and what another update needs as well
            recorder.update(same, to: try Variable.select(isSound, shown, same))
            recorder.output("shown", shown)
            recorder.output("w before", w)
        }
        let eager = try Program<Float>(.eager, step: step), replayed = try Program<Float>(step: step)
        for push: Float in [0.5, .infinity, 0.25, 2, .nan, .nan, 0.125, 1, .infinity, 0.5] {
            for program in [eager, replayed] {
                try program.set("push", to: Matrix(push))
                try program.run()
            }
            for name in ["w", "v", "same", "shown", "w before"] { #expect(eager[name] == replayed[name], "\(name)") }
            if push == 2 {
                for program in [eager, replayed] { try program.set("w", to: Matrix(vector: [3, 2, 1])) }
            }
        }
        #expect(replayed["w"]?.values.allSatisfy(\.isFinite) == true)
    }

    /// Repeated operands: rows, columns and numbers spread over a matrix, functions of them, and sums of what is spread.
    @Test(arguments: 1...20)
    func repeatedOperandsAgree(_ seed: Int) throws {
        func step(_ recorder: Recorder<Double>) throws {
            var random = RandomStream(seed: UInt64(seed))
            let shapes: [Shape] = [.matrix(6, 4), .vector(4), .matrix(6, 1), .scalar, .matrix(1, 4), .vector(1)]
            let leaves = shapes.enumerated().map { index, shape in
                recorder.parameter("p\(index)", random.normal(shape: shape))
            }
            var values = leaves
            for _ in 0..<30 {
                let x = values[random.integer(below: values.count)], y = values[random.integer(below: values.count)]
                switch random.integer(below: 8) {
                case 0: values.append(try x + y)
                case 1: values.append(try (x * y).tanh())
                case 2: values.append(x.softplus())
                case 3: values.append(try x.broadcast(to: x.shape.broadcast(with: .matrix(6, 4)) ?? x.shape))
                case 4: values.append(x.mean())
                case 5: values.append(try Variable.select(x.combined(with: 0, by: .greater), x, y))
                case 6: values.append(try x.shape.rank == 2 ? x.sum(axis: 0) : x.relu())
                default: values.append(try x.shape.rank == 2 ? x.sum(axis: 1, keepingAxis: true) : -x)
                }
            }
            let loss = try values.dropFirst(20).reduce(Variable(0)) { try $0 + $1.square().mean() }
            let slopes = try gradients(of: loss, withRespectTo: leaves)
            let length = try slopes.reduce(Variable(0)) { try $0 + $1.square().sum() }
            let second = try gradients(of: length, withRespectTo: leaves)
            for (index, leaf) in leaves.enumerated() {
                let next = try leaf - (slopes[index] + second[index]).tanh() * 0.1
                recorder.update(leaf, to: next)
                recorder.output("second \(index)", second[index])
            }
            recorder.output("finite", try .applying(.soundness, to: slopes + second))
        }
        let eager = try Program<Double>(.eager, step: step), replayed = try Program<Double>(step: step)
        for _ in 0..<3 {
            try eager.run()
            try replayed.run()
            for name in (0..<6).flatMap({ ["p\($0)", "second \($0)"] }) + ["finite"] {
                let agree = eager[name]?.values.map(\.bitPattern) == replayed[name]?.values.map(\.bitPattern)
                #expect(agree || eager.number("finite").isNaN, "\(name)")
            }
        }
    }
}
