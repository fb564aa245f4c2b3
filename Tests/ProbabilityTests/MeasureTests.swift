import Foundation
import LinearAlgebra
import Testing

@testable import Probability

struct MeasureTests {
    private func eruptions() throws -> [Double] {
        try CSVReader.read(path: datasets + "/old-faithful.csv").numbers("eruption_minutes")
    }

    @Test("the rule for bins is the finer of two, and no sample is without")
    func suitableCounts() {
        // 1000 evenly spread numbers: Rice's 20 is finer than Freedman and Diaconis's 10.
        let even = (0..<1000).map { Double($0) / 999 }
        #expect(Histogram.suitableCount([even]) == 20)
        #expect(Histogram.suitableCount([even, even]) == 20)
        // Far outliers make the bins of Freedman and Diaconis many, but no more than 60.
        #expect(Histogram.suitableCount([even + [3]]) == 30 && Histogram.suitableCount([even + [1e9]]) == 60)
        #expect(Histogram.suitableCount([even + [3]], range: 0...1) == 20)
        for odd in [[], [1, 1, 1, 1], [.nan, .infinity], [-1e308, -1e308, 1e308, 1e308]] {
            #expect((5...60).contains(Histogram.suitableCount([odd])))
        }
    }

    @Test("bins and counts are NumPy's")
    func binsOfNumPy() throws {
        let numbers = try eruptions()
        let automatic = try Histogram(numbers, bins: .sturges)
        #expect(automatic.counts == [45, 36, 13, 3, 4, 12, 29, 52, 54, 24])
        #expect(abs(automatic.edges[1] - 1.95) < 1e-12)
        #expect(try Histogram(numbers, bins: .freedmanDiaconis).counts == [81, 16, 16, 81, 78])
        #expect(try Histogram(numbers, bins: .count(10)) == automatic)
    }

    @Test("every number is counted once, whatever the bins")
    func everyNumberOnce() throws {
        var random = RandomStream(seed: 3)
        for bins in [1, 2, 7, 100] {
            let numbers = random.normals(500).map { ($0 * 10).rounded() / 10 }
            let histogram = try Histogram(numbers, bins: .count(bins))
            #expect(histogram.total == 500)
            let area = zip(histogram.density, zip(histogram.edges, histogram.edges.dropFirst()))
                .reduce(0) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
            #expect(abs(area - 1) < 1e-12)
            for (bin, count) in histogram.counts.enumerated() {
                let (low, high) = (histogram.edges[bin], histogram.edges[bin + 1])
                let isLast = bin == bins - 1
                #expect(count == numbers.count { $0 >= low && ($0 < high || isLast && $0 == high) })
            }
        }
    }

    @Test("given edges count what lies between them, the last edge included")
    func givenEdges() throws {
        let histogram = try Histogram([0, 1, 1, 2, 3, 5], bins: .edges([1, 2, 4]))
        #expect(histogram.counts == [2, 2])
        #expect(histogram.centers == [1.5, 3])
        #expect(try Histogram([0, 1, 2, 3], bins: .edges([1, 2, 3])).counts == [1, 2])
    }

    @Test("numbers that are all alike, heavy tails, huge numbers")
    func awkward() throws {
        #expect(try Histogram([5, 5, 5], bins: .count(3)).counts == [0, 3, 0])
        #expect(try Histogram([5]).total == 1)
        #expect(try Histogram([1e15, 1e15, 1e15 + 1]).total == 3)
        var random = RandomStream(seed: 1)
        let tails = try Cauchy().draw(2000, using: &random)
        let histogram = try Histogram(tails)
        #expect(histogram.counts.count <= 1000 && histogram.total == 2000)
        #expect(throws: DistributionError.self) { try Histogram([]) }
        #expect(throws: DistributionError.self) { try Histogram([1, .nan]) }
        #expect(throws: DistributionError.self) { try Histogram([-1e308, 1e308]) }
        #expect(throws: DistributionError.self) { try Histogram([1, 2], bins: .count(0)) }
        #expect(throws: DistributionError.self) { try Histogram([1, 2], bins: .edges([2, 1])) }
    }

    @Test("spans so narrow that their inverse is infinite, and edges further apart than the largest number")
    func extremeSpans() throws {
        let tiny = Double.leastNormalMagnitude / 256
        let least = Double.leastNonzeroMagnitude
        #expect(try Histogram([0, tiny], bins: .count(2)).counts == [1, 1])
        #expect(try Histogram([0, tiny]).total == 2)
        #expect(try Histogram([0, 0, least], bins: .edges([0, least])).counts == [3])
        #expect(try Histogram([0, tiny, 2 * tiny], bins: .edges([0, tiny, 2 * tiny])).counts == [1, 2])
        #expect(throws: DistributionError("a histogram over a range that is not finite")) {
            try Histogram([1e308], bins: .edges([-1e308, 1e308]))
        }
    }

    @Test("Kolmogorov and Smirnov's statistics agree with SciPy")
    func kolmogorovSmirnov() throws {
        let numbers = try eruptions()
        let normal = try Normal(mean: 3.5, sd: 1)
        let one = try EmpiricalCumulative(numbers).distance { normal.cumulative(at: $0) ?? .nan }
        #expect(abs(one - 0.19881540245048368) < 1e-12)
        let first = try EmpiricalCumulative(Array(numbers[..<100]))
        let rest = try EmpiricalCumulative(Array(numbers[100...]))
        #expect(abs(first.distance(to: rest) - 0.08604651162790698) < 1e-12)
        #expect(first.distance(to: rest) == rest.distance(to: first))
    }

    @Test("the empirical cdf counts what is at most x")
    func empirical() throws {
        let steps = try EmpiricalCumulative([3, 1, 2, 2])
        #expect([0, 1, 1.5, 2, 3, 4].map { steps($0) } == [0, 0.25, 0.25, 0.75, 1, 1])
    }

    @Test("divergences agree with SciPy and keep their bounds")
    func divergences() throws {
        let (p, q) = ([0.1, 0.4, 0.5], [0.3, 0.3, 0.4])
        #expect(abs(try Divergence.kullbackLeibler(p, q) - 0.11678337577100631) < 1e-12)
        #expect(abs(try Divergence.jensenShannon(p, q) - 0.032529605522223067) < 1e-12)
        #expect(try Divergence.kullbackLeibler([1, 1], [1, 0]) == .infinity)
        #expect(abs(try Divergence.jensenShannon([1, 0], [0, 1]) - log(2)) < 1e-15)
        #expect(try Divergence.jensenShannon([3, 5], [6, 10]) == 0)
        #expect(throws: DistributionError.self) { try Divergence.kullbackLeibler([1], [1, 1]) }
        #expect(throws: DistributionError.self) { try Divergence.jensenShannon([0, 0], [1, 1]) }
    }

    @Test("a table of weights draws each index as often as it should")
    func aliasTable() throws {
        let weights: [Double] = [0, 1, 3, 0.5, 0, 5.5]
        let table = try AliasTable(weights: weights)
        var random = RandomStream(seed: 11)
        var counts = [Double](repeating: 0, count: 6)
        for number in random.uniforms(20_000) { counts[table.index(for: number)] += 1 }
        for (count, weight) in zip(counts, weights) {
            let expected = 2000 * weight
            #expect(abs(count - expected) <= 4.5 * expected.squareRoot())
        }
    }
}
