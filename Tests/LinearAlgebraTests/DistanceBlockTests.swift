import Foundation
import Testing

@testable import LinearAlgebra

@Suite struct DistanceBlockTests {
    private static let points: [[Double]] = {
        var random = RandomStream(seed: 6)
        return (0..<3).map { _ in (0..<37).map { _ in random.normal() } }
    }()

    /// Bit for bit what the definition gives, axis after axis, in one, two and three dimensions and for parts of the points.
    @Test(arguments: [1, 2, 3], [0..<37, 5..<6, 3..<20, 4..<4]) func asDefined(dimension: Int, range: Range<Int>) {
        let points = Array(Self.points.prefix(dimension))
        let place = points.map { $0[7] + 0.5 }
        var block = DistanceBlock(capacity: 80)
        var expected: [Double] = []
        for _ in 0..<2 {
            block.append(from: place, to: points, range)
            expected += range.map { point in
                zip(place, points).reduce(0) { $0 + ($1.1[point] - $1.0) * ($1.1[point] - $1.0) }
            }
        }
        #expect(Array(block.values) == expected)
        block.removeAll()
        #expect(block.count == 0 && block.values.isEmpty && block.sum(of: .exp) == 0)
    }

    @Test func sumsOfFunctions() {
        var block = DistanceBlock()
        block.append(from: [0.25, -1], to: Array(Self.points.prefix(2)), 0..<37)
        let squares = Array(block.values)
        func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 * max(1, abs(b)) }
        #expect(near(block.sum(of: .squareRoot), squares.reduce(0) { $0 + $1.squareRoot() }))
        #expect(near(block.sum(of: .exp, scale: -2), squares.reduce(0) { $0 + exp(-2 * $1) }))
        let least = squares.min() ?? 0
        #expect(near(block.sum(of: .exp, scale: -2, origin: least), squares.reduce(0) { $0 + exp(-2 * ($1 - least)) }))
        // Nothing in the block has changed.
        #expect(Array(block.values) == squares)
    }
}
