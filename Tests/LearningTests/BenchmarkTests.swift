import Testing

@testable import Learning

@Suite struct BenchmarkTests {
    @Test(arguments: Benchmark.learning.map(\.name).filter { $0 != "gan-step-L" }) func runs(name: String) throws {
        let benchmark = try #require(Benchmark.learning.first { $0.name == name })
        try benchmark.prepare()(2)
        #expect(benchmark.unitsPerRun >= 1 && !benchmark.summary.isEmpty)
    }

    /// As many nodes as micrograd has for the same network (65 140, without the leaves of the points and constants), and
    /// it learns.
    @Test func theScalarNetworkLearns() {
        var network = ScalarNetwork()
        let first = network.step()
        var last = first
        for _ in 0..<10 { last = network.step() }
        #expect((60_000...80_000).contains(first.nodes), "\(first.nodes)")
        #expect(last.loss < first.loss)
    }
}
