import LinearAlgebra
import Testing

@testable import Probability

@Suite struct NumbersInOrderTests {
    @Test(arguments: [0, 1, 499, 500, 3000]) func asTheStandardSort(count: Int) {
        var random = RandomStream(seed: 4)
        let numbers = (0..<count).map { _ in random.normal() * (random.uniform() < 0.1 ? 1e-300 : 1e5) }
        #expect(numbers.inOrder() == numbers.sorted())
    }

    @Test func extremes() {
        let some: [Double] = [.infinity, 0, -.infinity, .leastNonzeroMagnitude, -1, .greatestFiniteMagnitude, 1, -0.0]
        let numbers = Array((0..<100).map { _ in some }.joined())
        #expect(numbers.inOrder() == numbers.sorted())
    }

    /// What no equal compartments can part: crowds far from a few others, and numbers that lie as near as numbers can.
    @Test func crowds() {
        var random = RandomStream(seed: 6)
        let crowd = (0..<3000).map { _ in 1 + random.normal() * 1e-9 }
        let near = (0..<3000).map { _ in 1e15 + Double(random.integer(below: 40)) }
        for numbers in [crowd + [1e6], crowd + [-1e300, 1e300], near, [Double](repeating: 3, count: 1000)] {
            #expect(numbers.inOrder() == numbers.sorted())
            for share in [0, 0.3, 0.5, 1] {
                #expect(numbers.quantile(share) == Spread.quantile(share, numbers.sorted()), "\(share)")
            }
        }
    }

    /// Found without sorting, the numbers are those of the sorted list, with many that are alike and with few.
    @Test(arguments: [1, 2, 3, 10, 1025, 4000]) func quantilesAreThoseOfTheSortedList(count: Int) {
        var random = RandomStream(seed: 5)
        for isCoarse in [false, true] {
            let numbers = (0..<count).map { _ in isCoarse ? Double(random.integer(below: 4)) : random.normal() }
            for share in [0, 0.1, 0.25, 0.5, 0.995, 1] {
                #expect(numbers.quantile(share) == Spread.quantile(share, numbers.sorted()), "\(share)")
            }
        }
    }

    @Test func theFirstThatIsNotBelow() {
        let numbers: [Double] = [1, 2, 2, 5]
        #expect([0, 1, 2, 3, 5, 6].map(numbers.lowerBound) == [0, 0, 1, 3, 3, 4])
        #expect([Double]().lowerBound(1) == 0)
    }
}
