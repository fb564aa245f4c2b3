import Testing

@testable import Learning

@Suite struct BenchmarkTests {
    @Test(arguments: ["gan-step-S", "wgan-gp-step", "mlp-fit-step"]) func runs(name: String) throws {
        let benchmark = try #require(Benchmark.learning.first { $0.name == name })
        try benchmark.prepare(1)(2)
        #expect(!benchmark.summary.isEmpty)
    }

    @Test func aStepThatDivergesIsAnError() {
        var taken = 0
        #expect(throws: Benchmark.Divergence.self) {
            try Benchmark.take(5) {
                taken += 1
                return taken < 3
            }
        }
        #expect(taken == 3)
    }

    @Test func namesAreUnique() {
        #expect(Set(Benchmark.learning.map(\.name)).count == Benchmark.learning.count)
    }
}
