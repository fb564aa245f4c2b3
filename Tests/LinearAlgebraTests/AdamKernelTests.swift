import CKernels
import Testing

@testable import LinearAlgebra

/// A step of Adam in one go gives the bits of the operations that it is made of.
@Suite struct AdamKernelTests {
    private static let numbers: [Double] = [0.5, 0.5, 0.999, 0.001, 2e-3, 1.7, 1e-8]

    /// p, m, s and g before, and the next p, m and s by single operations.
    private static func separately<Element: RealElement>(
        _ values: [Matrix<Element>], on path: ProcessorPath
    ) throws -> [Matrix<Element>] {
        func number(_ index: Int) -> Matrix<Element> { Matrix(Element(numbers[index])) }
        func combine(_ f: BinaryFunction, _ a: Matrix<Element>, _ b: Matrix<Element>) throws -> Matrix<Element> {
            try evaluate(.combine(f), [a, b], on: path)
        }
        let (p, m, s, g) = (values[0], values[1], values[2], values[3])
        let mean = try combine(.add, combine(.multiply, m, number(0)), combine(.multiply, g, number(1)))
        let squared = try evaluate(.map(.square), [g], on: path)
        let square = try combine(.add, combine(.multiply, s, number(2)), combine(.multiply, squared, number(3)))
        let root = try evaluate(.map(.squareRoot), [combine(.multiply, square, number(5))], on: path)
        let change = try combine(.divide, combine(.multiply, mean, number(4)), combine(.add, root, number(6)))
        return [try combine(.subtract, p, change), mean, square]
    }

    /// The same in one step, with the mark of what is not finite at the end; 0 before.
    private static func together<Element: RealElement>(
        _ values: [Matrix<Element>], on path: ProcessorPath, parts: Int
    ) -> [Element] {
        let count = values[0].count
        let all = values.flatMap(\.values) + numbers.map { Element($0) } + [0]
        var memory = all + [Element](repeating: 0, count: 3 * count)
        let first = Int16(ck_temporaries)
        var steps = [
            ck_fused_step(kind: Int16(ck_adam), op: 0, out: first + 12, a: first, b: first + 1, c: first + 2),
            ck_fused_step(kind: Int16(ck_more), op: 0, out: first + 13, a: first + 3, b: first + 4, c: first + 5),
            ck_fused_step(kind: Int16(ck_more), op: 0, out: first + 14, a: first + 6, b: first + 7, c: 0),
            ck_fused_step(kind: Int16(ck_more), op: 0, out: first + 11, a: first + 8, b: first + 9, c: first + 10),
        ]
        memory.withUnsafeMutableBufferPointer { memory in
            let starts = (0..<4).map { ($0 * count, 1) } + (0..<8).map { (4 * count + $0, 0) }
            let results = (0..<3).map { (all.count + $0 * count, 1) }
            var views = (starts + results).map { start, stride in
                ck_view(
                    data: memory.baseAddress.map { UnsafeMutableRawPointer($0 + start) }, row_stride: 0,
                    column_stride: Int64(stride))
            }
            steps.withUnsafeMutableBufferPointer { steps in
                views.withUnsafeMutableBufferPointer { views in
                    var list = ck_fused_list(
                        step_count: 4, operand_count: Int32(views.count), steps: steps.baseAddress,
                        operands: views.baseAddress)
                    withUnsafeMutablePointer(to: &list) { list in
                        var call = ck_call(ck_fused, 1, count)
                        call.a.data = UnsafeMutableRawPointer(list)
                        for part in 0..<parts {
                            ck_run_part_on_path(
                                path.index, Element.precision.rawValue, &call, Int32(part), Int32(parts))
                        }
                    }
                }
            }
        }
        return Array(memory.suffix(3 * count)) + [memory[4 * count + 7]]
    }

    private static func check<Element: RealElement>(_: Element.Type) throws {
        var random = RandomStream(seed: 5)
        for count in [1, 7, 8, 16, 23, 512, 700, 1300] {
            for special in [nil, Element.infinity, .nan] {
                var values: [Matrix<Element>] = (0..<4).map { _ in random.normal(shape: .vector(count)) }
                values[2] = values[2].map(.square)
                if let special { values[3][random.integer(below: count)] = special }
                for path in ProcessorPath.available {
                    let expected = try separately(values, on: path).flatMap(\.values)
                    for parts in [1, 3] {
                        let result = together(values, on: path, parts: parts)
                        let agree = zip(result, expected).allSatisfy { isIdentical(Double($0), Double($1)) }
                        #expect(agree, "\(count) numbers, \(path), \(parts) parts")
                        #expect(result[3 * count].isNaN == (special != nil), "\(count) numbers, \(path)")
                    }
                }
            }
        }
    }

    @Test func oneStepGivesTheBitsOfItsOperations() throws {
        try Self.check(Float.self)
        try Self.check(Double.self)
    }
}
