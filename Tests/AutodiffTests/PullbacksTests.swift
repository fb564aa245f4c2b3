import Autodiff
import LinearAlgebra
import Testing

/// Every line of the table of pullbacks against finite differences, twice.
@Suite struct PullbacksTests {
    /// Points of the function's domain, away from its kinks.
    static func domain(of function: UnaryFunction) -> Matrix<Double> {
        let x = normals(.matrix(3, 4), seed: 21)
        switch function {
        case .log, .log2, .log10, .squareRoot, .reciprocal: return x.map(.square) + 0.5
        case .log1p: return x.map(.square) - 0.5
        case .tan: return x.map(.tanh)
        default:
            return x.map { abs($0 - $0.rounded()) < 0.1 ? $0 + 0.2 : $0 }.map { abs($0) < 0.1 ? 0.3 : $0 }
                .map { abs(abs($0 - $0.rounded(.down)) - 0.5) < 0.05 ? $0 + 0.1 : $0 }
        }
    }

    @Test(arguments: UnaryFunction.allCases)
    func functionsOfOneNumber(_ function: UnaryFunction) throws {
        try expectRightGradients("\(function)", at: [Self.domain(of: function)]) { $0[0].map(function) }
    }

    static let shapePairs: [(Shape, Shape)] = [
        (.matrix(3, 4), .matrix(3, 4)), (.matrix(3, 4), .vector(4)), (.matrix(3, 1), .matrix(1, 4)),
        (.scalar, .matrix(3, 4)), (.vector(4), .matrix(3, 1)), (.scalar, .vector(3)), (.matrix(1, 1), .vector(3)),
        (.scalar, .scalar), (.matrix(3, 4), .matrix(3, 1)), (.vector(1), .matrix(3, 4)),
    ]

    @Test(arguments: BinaryFunction.allCases, shapePairs)
    func functionsOfTwoNumbers(_ function: BinaryFunction, _ shapes: (Shape, Shape)) throws {
        let a = normals(shapes.0, seed: 31).map(.square) + 0.3
        let b = (normals(shapes.1, seed: 32).map(.square) + 0.4) * 1.3
        guard ![.remainder, .floorDivide].contains(function) else {
            // far from where the quotient steps
            let divisor = Matrix(repeating: 3.0, shape: shapes.1)
            try expectRightGradients("\(function)", at: [a.map(.tanh) + 7, divisor]) {
                try $0[0].combined(with: $0[1], by: function)
            }
            return
        }
        try expectRightGradients("\(function)", at: [a, b]) { try $0[0].combined(with: $0[1], by: function) }
        try expectRightGradients("\(function)", at: [b, a]) { try $0[1].combined(with: $0[0], by: function) }
    }

    @Test func powersOfNegativeNumbersAndOfZero() throws {
        let x = Variable<Double>.parameter(Matrix(vector: [-2, 0, 3]))
        let slopes = try gradients(of: x.power(2).sum(), withRespectTo: [x])[0]
        #expect(slopes.value.values == [-4, 0, 6])
        #expect(try gradients(of: slopes.sum(), withRespectTo: [x])[0].value.values == [2, 2, 2])
        #expect(try gradients(of: x.power(0).sum(), withRespectTo: [x])[0].value.values == [0, 0, 0])
        #expect(try gradients(of: x.power(1).sum(), withRespectTo: [x])[0].value.values == [1, 1, 1])
    }

    /// d/da d/db a^b = a^(b-1) (1 + b log a), in either order: 1/a at b = 0.
    @Test func mixedSecondDerivativesOfPowersAtExponentZero() throws {
        let a = Variable<Double>.parameter(Matrix(2)), b = Variable<Double>.parameter(Matrix(0))
        let slopes = try gradients(of: a.power(b), withRespectTo: [a, b])
        #expect(slopes[0].value.number == 0 && abs(slopes[1].value.number - 0.693147180559945309) < 1e-15)
        #expect(abs(try gradients(of: slopes[0], withRespectTo: [b])[0].value.number - 0.5) < 1e-15)
        #expect(abs(try gradients(of: slopes[1], withRespectTo: [a])[0].value.number - 0.5) < 1e-15)
        let zero = Variable<Double>.parameter(Matrix(0))
        #expect(try gradients(of: zero.power(b), withRespectTo: [zero])[0].value.number == 0)
    }

    @Test func tiesShareTheGradient() throws {
        let x = Variable<Double>.parameter(Matrix(vector: [1, 5, 5])), y = Variable<Double>.parameter(Matrix(5))
        #expect(try gradients(of: x.max(), withRespectTo: [x])[0].value.values == [0, 0.5, 0.5])
        #expect(try gradients(of: x.maximum(y).sum(), withRespectTo: [x, y])[1].value.number == 2)
        #expect(try gradients(of: Variable.parameter(Matrix(0.0)).relu(), withRespectTo: []).isEmpty)
        let zero = Variable<Double>.parameter(Matrix(0))
        #expect(try gradients(of: zero.relu(), withRespectTo: [zero])[0].value.number == 0)
        #expect(try gradients(of: zero.absolute(), withRespectTo: [zero])[0].value.number == 0)
    }

    @Test func select() throws {
        let condition = Variable(Matrix<Double>(rows: [[1, 0], [0, 1]]))
        let points = [normals(.matrix(2, 2), seed: 41), normals(.vector(2), seed: 42)]
        try expectRightGradients("where", at: points) { try .select(condition, $0[0].exp(), $0[1].sin()) }
    }

    @Test(arguments: [false, true], [false, true])
    func products(_ left: Bool, _ right: Bool) throws {
        let a = normals(left ? .matrix(4, 3) : .matrix(3, 4), seed: 51)
        let b = normals(right ? .matrix(2, 4) : .matrix(4, 2), seed: 52)
        try expectRightGradients("@", at: [a, b]) {
            try $0[0].matmul($0[1], transposingLeft: left, transposingRight: right).tanh()
        }
    }

    @Test(arguments: [(Shape.vector(4), Shape.vector(4)), (.vector(4), .matrix(4, 2)), (.matrix(3, 4), .vector(4))])
    func productsWithVectors(_ shapes: (Shape, Shape)) throws {
        let points = [normals(shapes.0, seed: 53), normals(shapes.1, seed: 54)]
        try expectRightGradients("@", at: points) { try $0[0].matmul($0[1]).sin() }
    }

    @Test(arguments: Reduction.allCases, [nil, 0, 1] as [Int?])
    func reductions(_ reduction: Reduction, _ axis: Int?) throws {
        let x = normals(.matrix(3, 4), seed: 61)
        try expectRightGradients("\(reduction)", at: [x]) {
            try Variable.applying(.reduce(reduction, axis: axis), to: [$0[0].exp()])
        }
        let v = normals(.vector(5), seed: 62)
        if axis != 1 {
            try expectRightGradients("\(reduction)", at: [v]) {
                try Variable.applying(.reduce(reduction, axis: axis), to: [$0[0].exp()])
            }
        }
    }

    @Test func keptAxesAndMeans() throws {
        let x = normals(.matrix(3, 4), seed: 63)
        try expectRightGradients("softmax", at: [x]) { p in
            let shifted = try (p[0] - p[0].max(axis: 1, keepingAxis: true)).exp()
            return try shifted / shifted.sum(axis: 1, keepingAxis: true)
        }
        try expectRightGradients("variance", at: [x]) { p in
            let centred = try p[0] - p[0].mean(axis: 0)
            return try centred.square().mean(axis: 0)
        }
        try expectRightGradients("mean", at: [x]) { $0[0].square().mean() }
        try expectRightGradients("min", at: [x]) { try $0[0].min(axis: 0, keepingAxis: true) }
    }

    @Test func movements() throws {
        let x = normals(.matrix(4, 5), seed: 71), v = normals(.vector(5), seed: 72)
        let rows = Slice(start: 3, step: -2, count: 2), columns = Slice(start: 0, step: 2, count: 3)
        try expectRightGradients("transpose", at: [x]) { $0[0].transposed.sin() }
        try expectRightGradients("reshape", at: [x]) { try $0[0].reshaped(.matrix(2, 10)).sin() }
        try expectRightGradients("broadcast", at: [v]) { try $0[0].broadcast(to: .matrix(3, 5)).sin() }
        try expectRightGradients("slice", at: [x]) { try $0[0].slice(rows: rows, columns: columns).exp() }
        try expectRightGradients("unslice", at: [normals(.matrix(2, 3), seed: 73)]) {
            try Variable.applying(.unslice(rows: rows, columns: columns, into: .matrix(4, 5)), to: [$0[0].exp()])
        }
        try expectRightGradients("gather", at: [x]) { try $0[0].gathered([2, 0, 2]).square() }
        try expectRightGradients("gather", at: [v]) { try $0[0].gathered([4, 4, 1]).square() }
        try expectRightGradients("scatter", at: [normals(.matrix(3, 5), seed: 74)]) {
            try Variable.applying(
                .scatterAdd(into: .matrix(4, 5)), to: [$0[0].exp(), Variable(Matrix(vector: [1, 3, 1]))])
        }
        try expectRightGradients("concat", at: [x, normals(.matrix(4, 2), seed: 75)]) {
            try Variable.concatenated([$0[0].exp(), $0[1].sin()], axis: 1)
        }
        try expectRightGradients("concat", at: [x, normals(.matrix(2, 5), seed: 76)]) {
            try Variable.concatenated([$0[0].exp(), $0[1].sin(), $0[0]], axis: 0)
        }
        for axis in [0, 1] {
            try expectRightGradients("cumsum", at: [x]) { try $0[0].exp().cumulated(axis: axis).sin() }
        }
    }

    @Test func activations() throws {
        let x = Self.domain(of: .relu)
        try expectRightGradients("leakyRelu", at: [x]) { $0[0].square().leakyRelu(slope: 0.2) }
        try expectRightGradients("leakyRelu", at: [x]) { ($0[0] * 3).leakyRelu(slope: 0.2) }
        try expectRightGradients("elu", at: [x]) { $0[0].elu(alpha: 1.5) }
        try expectRightGradients("gelu", at: [x]) { $0[0].gelu() }
        try expectRightGradients("swish", at: [x]) { $0[0].swish() }
        try expectRightGradients("clip", at: [x]) { $0[0].clipped(-0.75, 0.75) }
    }

    @Test func activationsStayFiniteFarOut() throws {
        let x = Variable<Double>.parameter(Matrix(vector: [-1e4, -800, 0, 800, 1e4]))
        for activation in [
            x.elu(), x.gelu(), x.swish(), x.softplus(), x.sigmoid(), x.tanh(), x.relu(), x.leakyRelu(),
        ] {
            #expect(activation.value.isFinite)
            #expect(try gradients(of: activation.sum(), withRespectTo: [x])[0].value.isFinite)
        }
    }

    /// The check itself must be able to fail: a derivative that is wrong in one sign, and one that is off by 1e-4.
    @Test func aPlantedErrorIsCaught() throws {
        let x = normals(.vector(3), seed: 81)
        let wrong: Function = { p in
            // the value of sin with the slope of -sin
            let honest = p[0].sin()
            return try honest.detached * 2 - honest
        }
        let slightlyOff: Function = { p in
            let honest = p[0].exp()
            return try honest * 1.0001 - (honest * 0.0001).detached
        }
        #expect(try gradientError(wrong, at: [x]) > 0.1)
        #expect(try gradientError(slightlyOff, at: [x]) > 1e-6)
        #expect(try gradientError({ $0[0].exp() }, at: [x]) < 1e-6)
    }
}
