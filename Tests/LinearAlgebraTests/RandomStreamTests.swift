import CKernels
import Foundation
import LinearAlgebra
import Testing

@Suite struct RandomStreamTests {
    /// Known answers published with Random123 (kat_vectors, philox4x32 10).
    static let known: [([UInt32], [UInt32], [UInt32])] = [
        ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        (
            [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        ),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        ),
    ]

    @Test func philoxGivesThePublishedAnswers() {
        for (counter, key, expected) in Self.known {
            var out = [UInt32](repeating: 0, count: 4)
            ck_philox(counter, key, &out)
            #expect(out == expected)
        }
    }

    /// The vector code takes block `counter + lane` for each lane: word j of lane i is number 16 j + i.
    @Test func fillsUseTheSameBlocksOnEveryPath() {
        for path in ProcessorPath.available {
            var stream = ck_stream(key: 0x1234_5678_9abc_def0, stream: 77, counter: 0xffff_fff8)
            var filled = [Float](repeating: 0, count: 128)
            fill(&filled, ck_single, from: &stream, on: path)
            for i in 0..<128 {
                let block = 0xffff_fff8 + UInt64(i / 64 * 16 + i % 16)
                var words = [UInt32](repeating: 0, count: 4)
                ck_philox(
                    [UInt32(truncatingIfNeeded: block), UInt32(block >> 32), 77, 0], [0x9abc_def0, 0x1234_5678], &words)
                #expect(filled[i] == Float(words[i % 64 / 16] >> 8) * 0x1p-24)
            }
            #expect(stream.counter == 0xffff_fff8 + 32)
        }
    }

    private func fill(_ out: inout [Float], _ precision: Int, from stream: inout ck_stream, on path: ProcessorPath) {
        out.withUnsafeMutableBufferPointer { buffer in
            withUnsafeMutablePointer(to: &stream) { state in
                var call = ck_call(ck_random, 1, buffer.count)
                call.a.data = UnsafeMutableRawPointer(state)
                call.out.data = UnsafeMutableRawPointer(buffer.baseAddress)
                ck_run_on_path(path.index, Int32(precision), &call, 1)
            }
        }
    }

    /// The largest distance between the empirical distribution function and the true one.
    private func kolmogorov(_ sample: [Double], _ distribution: (Double) -> Double) -> Double {
        let n = Double(sample.count)
        return sample.sorted().enumerated().reduce(0) { worst, next in
            let f = distribution(next.element)
            return max(worst, abs(f - Double(next.offset) / n), abs(f - Double(next.offset + 1) / n))
        }
    }

    private func checkUniform(_ x: [Double]) {
        let n = Double(x.count)
        #expect(x.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(x.reduce(0, +) / n - 0.5) < 5 * (1 / 12.0 / n).squareRoot())
        #expect(kolmogorov(x) { $0 } < 1.95 / n.squareRoot())
    }

    private func checkNormal(_ x: [Double]) {
        let n = Double(x.count)
        func moment(_ k: Int) -> Double { x.reduce(0) { $0 + pow($1, Double(k)) } / n }
        #expect(abs(moment(1)) < 5 / n.squareRoot())
        #expect(abs(moment(2) - 1) < 5 * (2 / n).squareRoot())
        #expect(abs(moment(3)) < 5 * (15 / n).squareRoot())
        #expect(abs(moment(4) - 3) < 5 * (96 / n).squareRoot())
        #expect(kolmogorov(x) { erfc(-$0 / 2.0.squareRoot()) / 2 } < 1.95 / n.squareRoot())
        // neighbours, and numbers made from the same block, do not know of each other
        for lag in [1, 8, 16, 32] {
            let product = zip(x, x.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / n
            #expect(abs(product) < 5 / n.squareRoot(), "lag \(lag)")
        }
    }

    @Test func matricesOfUniformNumbers() {
        var random = RandomStream(seed: 42)
        let single: Matrix<Float> = random.uniform(shape: .matrix(100, 331))
        let double: Matrix<Double> = random.uniform(shape: .vector(33_333))
        checkUniform(single.values.map(Double.init))
        checkUniform(double.values)
    }

    @Test func matricesOfNormalNumbers() {
        var random = RandomStream(seed: 43)
        let single: Matrix<Float> = random.normal(shape: .matrix(100, 331))
        let double: Matrix<Double> = random.normal(shape: .vector(33_333))
        checkNormal(single.values.map(Double.init))
        checkNormal(double.values)
    }

    @Test func oneAtATime() {
        var random = RandomStream(seed: 44)
        checkUniform((0..<20_000).map { _ in random.uniform() })
        checkNormal((0..<20_000).map { _ in random.normal() })
    }

    @Test func theSameSeedGivesTheSameNumbersAndACopyTheSameFuture() {
        var a = RandomStream(seed: 9), b = RandomStream(seed: 9), other = RandomStream(seed: 10)
        let first: Matrix<Double> = a.normal(shape: .vector(5)), second: Matrix<Double> = b.normal(shape: .vector(5))
        let third: Matrix<Double> = other.normal(shape: .vector(5))
        #expect(first == second && first != third)
        var copy = a
        #expect(copy.uniform() == a.uniform() && copy == a)
    }

    @Test func aColumnSetAsideIsFilledPieceByPiece() {
        var whole = RandomStream(seed: 5)
        var random = whole
        let expected: Matrix<Double> = whole.normal(shape: .vector(77))
        var column = random.setAside(count: 77)
        let first: Matrix<Double> = column.normal(shape: .vector(64))
        let second: Matrix<Double> = column.normal(shape: .vector(13))
        #expect(first.values + second.values == expected.values && random == whole)
    }

    @Test func splitStreamsDiffer() {
        var random = RandomStream(seed: 1)
        var first = random.split(), second = random.split()
        let drawn = Set([random.next(), first.next(), second.next(), first.next(), second.next()])
        #expect(drawn.count == 5)
    }

    @Test func integersAndPermutations() {
        var random = RandomStream(seed: 2)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<6000 { counts[random.integer(below: 6)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 1000) < 150 })
        #expect(random.permutation(of: 50).sorted() == Array(0..<50))
        #expect(random.integer(below: 0) == 0 && random.permutation(of: -1).isEmpty)
    }
}
