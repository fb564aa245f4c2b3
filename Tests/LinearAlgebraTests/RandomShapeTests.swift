import CKernels
import Foundation
import LinearAlgebra
import Testing

/// The kernels that move, pick and sum, against plain loops: random shapes with none, one or an odd number of rows
/// and columns, special values among the numbers, both precisions, every processor path.
@Suite struct RandomShapeTests {
    /// Shapes and numbers at random, the same in every run.
    struct Source {
        var random: RandomStream

        init(_ seed: UInt64) { random = RandomStream(seed: seed) }

        mutating func length() -> Int { [0, 1, 2, 3, 5, 7, 15, 16, 17, 31, 33, 65][random.integer(below: 12)] }

        mutating func pick(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.integer(below: range.count) }

        mutating func matrix<Element: RealElement>(
            _ rows: Int, _ columns: Int, special: Bool = true
        ) -> Matrix<Element> {
            var m: Matrix<Element> = random.normal(shape: .matrix(rows, columns))
            for i in 0..<m.count where special && random.integer(below: 8) == 0 {
                m[i] = [Element.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude][random.integer(below: 6)]
            }
            return m
        }
    }

    /// Compares with what `truth` says of each row and column. Equal means the same number, or both NaN.
    private func expect<Element: RealElement>(
        _ operation: LinearAlgebra.Operation, of inputs: [Matrix<Element>], ulps: Int = 0,
        _ truth: (Int, Int) -> Element
    ) throws {
        let tolerance = Double(ulps) * Double(Element.ulpOfOne)
        for path in ProcessorPath.available {
            let y = try evaluate(operation, inputs, on: path)
            var wrong = 0
            for i in 0..<y.rows {
                for j in 0..<y.columns {
                    let (found, wanted) = (Double(y[i, j]), Double(truth(i, j)))
                    let isClose = abs(found - wanted) <= tolerance * max(1, abs(wanted))
                    if !(found == wanted || found.isNaN && wanted.isNaN || isClose) { wrong += 1 }
                }
            }
            #expect(wrong == 0, "\(operation) of \(inputs.map(\.shape)) as \(Element.self) on \(path)")
        }
    }

    private func eachPrecision(_ seed: UInt64, _ check: (inout Source, any RealElement.Type) throws -> Void) throws {
        for round in 0..<20 {
            var source = Source(seed &+ UInt64(round))
            try check(&source, Float.self)
            try check(&source, Double.self)
        }
    }

    @Test func select() throws {
        try eachPrecision(100) { source, type in try self.select(&source, type) }
    }

    private func select<Element: RealElement>(_ source: inout Source, _: Element.Type) throws {
        let (rows, columns) = (source.length(), source.length())
        let inputs: [Matrix<Element>] = (0..<3).map { _ in
            source.matrix(source.pick(0...1) == 0 ? 1 : rows, source.pick(0...1) == 0 ? 1 : columns)
        }
        func at(_ m: Matrix<Element>, _ i: Int, _ j: Int) -> Element {
            m[m.rows == 1 ? 0 : i, m.columns == 1 ? 0 : j]
        }
        try expect(.select, of: inputs) { i, j in at(inputs[0], i, j) != 0 ? at(inputs[1], i, j) : at(inputs[2], i, j) }
    }

    @Test func combine() throws {
        try eachPrecision(200) { source, type in try self.combine(&source, type) }
    }

    private func combine<Element: RealElement>(_ source: inout Source, _: Element.Type) throws {
        let (rows, columns) = (source.length(), source.length())
        let a: Matrix<Element> = source.matrix(source.pick(0...2) == 0 ? 1 : rows, columns)
        let b: Matrix<Element> = source.matrix(rows, source.pick(0...2) == 0 ? 1 : columns)
        for function in BinaryFunction.allCases where function != .floorDivide {
            try expect(.combine(function), of: [a, b], ulps: function == .power ? 4 : 0) { i, j in
                let (x, y) = (a[a.rows == 1 ? 0 : i, j], b[i, b.columns == 1 ? 0 : j])
                return Element(CombineKernelTests.reference(function, Double(x), Double(y)))
            }
        }
    }

    @Test func copies() throws {
        try eachPrecision(300) { source, type in try self.copies(&source, type) }
    }

    private func copies<Element: RealElement>(_ source: inout Source, _: Element.Type) throws {
        let (rows, columns) = (source.length(), source.length())
        let x: Matrix<Element> = source.matrix(rows, columns)
        try expect(.transpose, of: [x]) { i, j in x[j, i] }
        let (down, across) = (Self.slice(of: rows, &source), Self.slice(of: columns, &source))
        try expect(.slice(rows: down, columns: across), of: [x]) { i, j in
            x[down.start + i * down.step, across.start + j * across.step]
        }
        let part: Matrix<Element> = source.matrix(down.count, across.count)
        try expect(.unslice(rows: down, columns: across, into: x.shape), of: [part]) { i, j in
            let (k, l) = (Self.place(i, in: down), Self.place(j, in: across))
            return k.flatMap { k in l.map { part[k, $0] } } ?? 0
        }
        let row: Matrix<Element> = source.matrix(1, columns)
        try expect(.broadcast(.matrix(rows, columns)), of: [row]) { _, j in row[0, j] }
        let other: Matrix<Element> = source.matrix(rows, source.length())
        try expect(.concatenate(axis: 1), of: [x, other]) { i, j in j < columns ? x[i, j] : other[i, j - columns] }
    }

    private static func slice(of length: Int, _ source: inout Source) -> Slice {
        guard length > 0 else { return .all(0) }
        let (start, step) = (source.pick(0...length - 1), [1, 2, 3, -1, -2][source.pick(0...4)])
        let room = step > 0 ? (length - 1 - start) / step : start / -step
        return Slice(start: start, step: step, count: source.pick(0...room + 1))
    }

    /// Which element of a slice lies at a position.
    private static func place(_ position: Int, in slice: Slice) -> Int? {
        (0..<slice.count).first { slice.start + $0 * slice.step == position }
    }

    @Test func gatherAndScatter() throws {
        try eachPrecision(400) { source, type in try self.gatherAndScatter(&source, type) }
    }

    private func gatherAndScatter<Element: RealElement>(_ source: inout Source, _: Element.Type) throws {
        let (rows, columns, picked) = (source.length() + 1, source.length(), source.length())
        let indices = (0..<picked).map { _ in source.pick(0...rows - 1) }
        let places = Matrix<Element>(vector: indices.map { Element($0) })
        let x: Matrix<Element> = source.matrix(rows, columns)
        try expect(.gather, of: [x, places]) { i, j in x[indices[i], j] }
        let y: Matrix<Element> = source.matrix(picked, columns)
        try expect(.scatterAdd(into: x.shape), of: [y, places]) { i, j in
            indices.indices.reduce(0) { indices[$1] == i ? $0 + y[$1, j] : $0 }
        }
    }

    @Test func runningSums() throws {
        try eachPrecision(500) { source, type in try self.runningSums(&source, type) }
    }

    private func runningSums<Element: RealElement>(_ source: inout Source, _: Element.Type) throws {
        let (rows, columns) = (source.length(), source.length())
        let x: Matrix<Element> = source.matrix(rows, columns)
        for reversed in [false, true] {
            try expect(.cumulate(axis: 1, reversed: reversed), of: [x], ulps: 4) { i, j in
                let summed = reversed ? Array(j..<columns).reversed() : Array(0...j)
                return Element(summed.reduce(0.0) { sum, k in sum + Double(x[i, k]) })
            }
            try expect(.cumulate(axis: 0, reversed: reversed), of: [x], ulps: 4) { i, j in
                let summed = reversed ? Array(i..<rows).reversed() : Array(0...i)
                return Element(summed.reduce(0.0) { sum, k in sum + Double(x[k, j]) })
            }
        }
    }

    @Test func reductions() throws {
        try eachPrecision(600) { source, type in try self.reductions(&source, type) }
    }

    private func reductions<Element: RealElement>(_ source: inout Source, _: Element.Type) throws {
        let (rows, columns) = (source.length(), source.length())
        let x: Matrix<Element> = source.matrix(rows, columns, special: source.pick(0...1) == 0)
        func truth(_ reduction: Reduction, _ numbers: [Element]) -> Element {
            Element(ReduceKernelTests.reference(reduction, numbers.map { Double($0) }))
        }
        for reduction in Reduction.allCases {
            let ulps = reduction == .sum ? 100 : 0
            try expect(.reduce(reduction, axis: 1), of: [x], ulps: ulps) { _, i in truth(reduction, x.row(i)) }
            try expect(.reduce(reduction, axis: 0), of: [x], ulps: ulps) { _, j in
                truth(reduction, x.column(j))
            }
            try expect(.reduce(reduction, axis: nil), of: [x], ulps: ulps) { _, _ in truth(reduction, x.values) }
        }
    }

    @Test func sizesOfOneAndNone() throws {
        for (rows, columns) in [(0, 0), (0, 3), (3, 0), (1, 0), (1, 1)] {
            let x = Matrix<Float>.ones(.matrix(rows, columns))
            for function in UnaryFunction.allCases {
                let plain = MapKernelTests.reference(function).0
                try expect(.map(function), of: [x], ulps: 2) { _, _ in Float(plain(1)) }
            }
        }
    }

    /// Box and Muller from the words that Philox gives: a radius and a turn for two numbers.
    @Test func normalNumbers() {
        for path in ProcessorPath.available {
            for count in [0, 1, 31, 32, 33, 63, 64, 65, 200] {
                let single: [Float] = filled(count, on: path), double: [Double] = filled(count, on: path)
                for i in 0..<count {
                    #expect(abs(Double(single[i]) - Self.normalInSingle(i)) < 4e-6, "\(i) of \(count) on \(path)")
                    #expect(abs(double[i] - Self.normalInDouble(i)) < 1e-14, "\(i) of \(count) on \(path)")
                }
            }
        }
    }

    private func filled<Element: RealElement>(_ count: Int, on path: ProcessorPath) -> [Element] {
        var stream = ck_stream(key: 5, stream: 6, counter: 7)
        return Array(unsafeUninitializedCapacity: count) { buffer, filled in
            withUnsafeMutablePointer(to: &stream) { state in
                var call = ck_call(ck_random, op: 1, 1, count)
                call.a.data = UnsafeMutableRawPointer(state)
                call.out.data = UnsafeMutableRawPointer(buffer.baseAddress)
                ck_run_on_path(path.index, Element.precision.rawValue, &call, 1)
            }
            filled = count
        }
    }

    private static func words(_ block: Int) -> [UInt32] {
        var out = [UInt32](repeating: 0, count: 4)
        ck_philox([UInt32(7 + block), 0, 6, 0], [5, 0], &out)
        return out
    }

    /// 64 numbers from 16 blocks: cosines and sines of words 0 and 1, then of words 2 and 3.
    private static func normalInSingle(_ i: Int) -> Double {
        let place = i % 64, words = words(i / 64 * 16 + place % 16), pair = place / 32
        let u = (Double(words[2 * pair]) + 0.5) * 0x1p-32, turn = Double(words[2 * pair + 1] >> 8) * 0x1p-24
        return normal(u, turn, isSine: place % 32 >= 16)
    }

    /// 32 numbers from 16 blocks: cosines and sines of the first eight, then of the others.
    private static func normalInDouble(_ i: Int) -> Double {
        let place = i % 32, words = words(i / 32 * 16 + place / 16 * 8 + place % 8)
        func wide(_ word: Int) -> Double { Double((UInt64(words[word + 1]) << 32 | UInt64(words[word])) >> 11) }
        return normal((wide(0) + 0.5) * 0x1p-53, wide(2) * 0x1p-53, isSine: place % 16 >= 8)
    }

    private static func normal(_ u: Double, _ turn: Double, isSine: Bool) -> Double {
        (-2 * log(u)).squareRoot() * (isSine ? sin(2 * Double.pi * turn) : cos(2 * Double.pi * turn))
    }
}
