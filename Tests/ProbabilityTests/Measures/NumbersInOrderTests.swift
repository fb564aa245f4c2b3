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
}
