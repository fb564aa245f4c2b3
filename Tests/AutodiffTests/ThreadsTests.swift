import Autodiff
import LinearAlgebra
import Testing

@Suite struct ThreadsTests {
    /// A step large enough to be shared: products in every form, a bias, column sums, an optimiser's pass.
    private static func step(_ recorder: Recorder<Float>) throws {
        var random = RandomStream(seed: 3)
        let first = recorder.parameter("first", random.normal(shape: .matrix(130, 170)) * 0.1)
        let bias = recorder.parameter("bias", .zeros(.vector(170)))
        let second = recorder.parameter("second", random.normal(shape: .matrix(170, 3)) * 0.1)
        let x = recorder.normal(.matrix(333, 130))
        let hidden = try (x.matmul(first) + bias).relu()
        let loss = try (hidden.matmul(second).tanh() - x.columns(0..<3)).square().mean()
        let parameters = [first, bias, second]
        for (parameter, slope) in zip(parameters, try gradients(of: loss, withRespectTo: parameters)) {
            recorder.update(parameter, to: try parameter - slope * 0.1)
        }
        recorder.output("loss", loss)
    }

    /// The same seed gives the same numbers whatever the number of threads, however they take turns.
    @Test(arguments: [1, 2, 3, 5])
    func numbersDoNotDependOnTheNumberOfThreads(_ threads: Int) throws {
        let eager = try Program<Float>(.eager, random: RandomStream(seed: 1), step: Self.step)
        let shared = try Program<Float>(random: RandomStream(seed: 1), threads: threads, step: Self.step)
        #expect(shared.threads == threads)
        for _ in 0..<20 {
            try eager.run()
            try shared.run()
            for name in ["first", "bias", "second", "loss"] { #expect(eager[name] == shared[name]) }
        }
    }

    /// A step too small to be shared starts no thread.
    @Test func smallStepsHaveOneThread() throws {
        let program = try Program<Float>(threads: 2) { recorder in
            let w = recorder.input("w", Matrix(vector: [1, 2, 3]))
            recorder.update(w, to: w * 2)
        }
        #expect(program.threads == 1)
        try program.run(steps: 3)
        #expect(program["w"] == Matrix(vector: [8, 16, 24]))
    }
}
