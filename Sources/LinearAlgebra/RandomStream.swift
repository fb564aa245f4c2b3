import CKernels

/// The counter-based generator Philox-4x32-10, a value type: copying it copies the future.
///
/// Block number c of a stream is a pure function of the seed, the stream and c, so any stretch can be computed
/// anywhere and the same seed gives the same numbers whatever computes them. Scalar draws take one block each; filling
/// a matrix takes 16 blocks for every 64 single-precision or 32 double-precision numbers, begun or whole.
///
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
public struct RandomStream: RandomNumberGenerator, Hashable, Sendable {
    package private(set) var key: UInt64
    package private(set) var stream: UInt64
    package private(set) var counter: UInt64

    /// The stream that belongs to a seed.
    public init(seed: UInt64) {
        key = seed
        stream = 0
        counter = 0
    }

    package init(state: ck_stream) {
        key = state.key
        stream = state.stream
        counter = state.counter
    }

    package var state: ck_stream { ck_stream(key: key, stream: stream, counter: counter) }

    /// A new stream, independent of this one and of every other that is split from it.
    public mutating func split() -> RandomStream {
        let block = block()
        return RandomStream(state: ck_stream(key: block.first, stream: block.second, counter: 0))
    }

    /// A stream for filling a column of so many double-precision numbers piece by piece; this one moves on past them.
    ///
    /// The pieces are those of the column filled at once as long as all but the last are multiples of 32 numbers.
    package mutating func setAside(count: Int) -> RandomStream {
        let column = self
        counter &+= UInt64(Swift.max(count, 0) + 31) / 32 * 16
        return column
    }

    private mutating func block() -> ck_block {
        var state = state
        defer { counter = state.counter }
        return ck_next_block(&state)
    }

    /// 64 random bits.
    public mutating func next() -> UInt64 { block().first }

    /// Uniform on [0, 1), in steps of 2^-53.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Standard normal, by Box and Muller.
    public mutating func normal() -> Double { ck_normal_number(block()) }

    /// Uniform among 0 ..< bound, without bias; 0 when the bound is not positive.
    public mutating func integer(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        return Int.random(in: 0..<bound, using: &self)
    }

    /// 0 ..< n in random order.
    public mutating func permutation(of n: Int) -> [Int] {
        var order = Array(0..<Swift.max(n, 0))
        for i in order.indices.dropLast() { order.swapAt(i, i + integer(below: n - i)) }
        return order
    }

    /// Independent uniform numbers on [0, 1).
    public mutating func uniform<Element>(shape: Shape) -> Matrix<Element> { filled(shape, uniformFill) }

    /// Independent standard normal numbers.
    public mutating func normal<Element>(shape: Shape) -> Matrix<Element> { filled(shape, normalFill) }

    private mutating func filled<Element>(_ shape: Shape, _ op: Int32) -> Matrix<Element> {
        var state = state
        let result = Matrix<Element>(shape: shape) { start in
            withUnsafeMutablePointer(to: &state) { pointer in
                var call = ck_call(ck_random, op: op, 1, shape.count)
                call.a = ck_view(data: pointer, row_stride: 0, column_stride: 0)
                call.out = ck_view(data: start, row_stride: 0, column_stride: 1)
                ck_run(Element.precision.rawValue, &call, 1)
            }
        }
        counter = state.counter
        return result
    }
}

private let uniformFill: Int32 = 0
private let normalFill: Int32 = 1
