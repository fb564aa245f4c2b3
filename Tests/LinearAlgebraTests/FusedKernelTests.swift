import CKernels
import Testing

@testable import LinearAlgebra

/// A list of elementwise steps in one call gives the bits that one call a step gives.
@Suite struct FusedKernelTests {
    /// A step on results of steps before it (from 0) or on operands (from `ck_temporaries`).
    private struct Step {
        let operation: Operation
        let operands: [Int]
    }

    private static let functions: [Operation] =
        [
            .combine(.add), .combine(.subtract), .combine(.multiply), .combine(.divide), .combine(.maximum),
            .combine(.less), .combine(.power), .select,
        ] + [UnaryFunction.negate, .square, .tanh, .softplus, .step, .relu, .sin].map { .map($0) }

    /// A matrix, a row, a column, a number and another matrix, with special values.
    private static func operands<Element: RealElement>(
        _: Element.Type, _ rows: Int, _ columns: Int, _ random: inout RandomStream
    ) -> [Matrix<Element>] {
        let shapes: [Shape] = [
            .matrix(rows, columns), .vector(columns), .matrix(rows, 1), .scalar, .matrix(rows, columns),
        ]
        return shapes.map { shape in
            var matrix: Matrix<Element> = random.normal(shape: shape)
            let specials: [Element] = [.nan, .infinity, -.infinity, 0, -0.0]
            for special in specials where matrix.count > 4 { matrix[random.integer(below: matrix.count)] = special }
            return matrix
        }
    }

    /// Steps whose results all have the whole shape, the first operand among them.
    private static func steps(_ count: Int, _ random: inout RandomStream) -> [Step] {
        (0..<count).map { index in
            let operation = functions[random.integer(below: functions.count)]
            func whole() -> Int {
                let earlier = random.integer(below: index + 2)
                return earlier < index ? earlier : Int(ck_temporaries) + (earlier == index ? 0 : 4)
            }
            func any() -> Int {
                random.integer(below: 3) == 0 ? Int(ck_temporaries) + random.integer(below: 5) : whole()
            }
            switch operation {
            case .map: return Step(operation: operation, operands: [whole()])
            case .select: return Step(operation: operation, operands: [any(), whole(), any()])
            default: return Step(operation: operation, operands: [whole(), any()])
            }
        }
    }

    private static func separately<Element: RealElement>(
        _ steps: [Step], _ operands: [Matrix<Element>], on path: ProcessorPath
    ) throws -> Matrix<Element> {
        var results: [Matrix<Element>] = []
        for step in steps {
            let inputs = step.operands.map {
                $0 < Int(ck_temporaries) ? results[$0] : operands[$0 - Int(ck_temporaries)]
            }
            results.append(try evaluate(step.operation, inputs, on: path))
        }
        return results[results.count - 1]
    }

    private static func fused<Element: RealElement>(
        _ steps: [Step], _ operands: [Matrix<Element>], on path: ProcessorPath
    ) -> Matrix<Element> {
        let shape = operands[0].shape
        var kernelSteps = steps.enumerated().map { index, step in
            let (kind, operation) = kernelNames(step.operation)
            let result = index == steps.count - 1 ? Int(ck_temporaries) + operands.count : index
            let numbers = (step.operands + [0, 0]).map { Int16($0) }
            return ck_fused_step(
                kind: kind, op: operation, out: Int16(result), a: numbers[0], b: numbers[1], c: numbers[2])
        }
        return Matrix(shape: shape) { start in
            withViews(operands, shape) { views in
                var views = views + [Placement(start, shape).plain]
                kernelSteps.withUnsafeMutableBufferPointer { steps in
                    views.withUnsafeMutableBufferPointer { views in
                        var list = ck_fused_list(
                            step_count: Int32(steps.count), operand_count: Int32(views.count),
                            steps: steps.baseAddress, operands: views.baseAddress)
                        withUnsafeMutablePointer(to: &list) { list in
                            var call = ck_call(ck_fused, shape.rows, shape.columns)
                            call.a.data = UnsafeMutableRawPointer(list)
                            ck_run_on_path(path.index, Element.precision.rawValue, &call, 1)
                        }
                    }
                }
            }
        }
    }

    private static func kernelNames(_ operation: Operation) -> (kind: Int16, operation: Int16) {
        switch operation {
        case .map(let function): (Int16(ck_map), Int16(function.rawValue))
        case .combine(let function): (Int16(ck_combine), Int16(function.rawValue))
        default: (Int16(ck_select), 0)
        }
    }

    private static func withViews<Element: RealElement>(
        _ operands: [Matrix<Element>], _ shape: Shape, _ known: [ck_view] = [], _ body: ([ck_view]) -> Void
    ) {
        guard operands.count > known.count else { return body(known) }
        operands[known.count].withPlacement {
            withViews(operands, shape, known + [$0.repeated(to: shape)], body)
        }
    }

    private static func check<Element: RealElement>(_: Element.Type, seed: UInt64) throws {
        var random = RandomStream(seed: seed)
        for (rows, columns) in oddShapes + [(3, 1200), (1, 2000), (700, 3), (2, 512)] {
            let operands = operands(Element.self, rows, columns, &random)
            let steps = steps(1 + random.integer(below: 20), &random)
            for path in ProcessorPath.available {
                let expected = try separately(steps, operands, on: path)
                let result = fused(steps, operands, on: path)
                let agree = zip(result.values, expected.values).allSatisfy { isIdentical(Double($0), Double($1)) }
                #expect(agree, "\(rows)x\(columns) \(path) \(steps)")
            }
        }
    }

    @Test(arguments: 1...8)
    func aListGivesTheBitsOfItsSteps(_ seed: UInt64) throws {
        try Self.check(Float.self, seed: seed)
        try Self.check(Double.self, seed: seed)
    }

    /// 0 for finite numbers of any number of operands, NaN where one of them is not.
    @Test func soundnessFindsEveryNumberThatIsNotFinite() throws {
        var random = RandomStream(seed: 2)
        for path in ProcessorPath.available {
            for count in [0, 1, 15, 16, 17, 100] {
                let numbers: Matrix<Float> =
                    random.normal(shape: .vector(count)) * Float.greatestFiniteMagnitude.squareRoot()
                #expect(try evaluate(.soundness, [numbers, numbers], on: path).number == 0)
                for (place, bad) in zip(0..<count, [Float.nan, .infinity, -.infinity, -.nan].cycled) {
                    var wrong = numbers
                    wrong[place] = bad
                    #expect(try evaluate(.soundness, [numbers, wrong], on: path).number.isNaN)
                }
            }
        }
        #expect(
            try Matrix<Double>.applying(.soundness, to: [Matrix(1), Matrix(vector: [1, 2]), Matrix(.infinity)]).number
                .isNaN)
        #expect(try Matrix<Double>.applying(.soundness, to: []).number == 0)
    }
}

extension Array {
    /// The elements over and over again.
    fileprivate var cycled: some Sequence<Element> {
        sequence(state: 0) { index -> Element? in
            defer { index += 1 }
            return self[index % count]
        }
    }
}
