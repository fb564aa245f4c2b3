import Autodiff
import LinearAlgebra
import Testing

@Suite struct GradientsTests {
    @Test func theExampleOfTheLessons() throws {
        let w = Variable<Double>.parameter(Matrix(0.5), name: "w")
        let loss = (w * 3 - 1).square()
        #expect(try gradients(of: loss, withRespectTo: [w])[0].value.number == 3)
    }

    @Test func gradientsOfGradientsOfGradients() throws {
        let x = Variable<Double>.parameter(Matrix(3))
        var f = x.power(4)
        for expected in [108.0, 108, 72, 24, 0] {
            f = try gradients(of: f, withRespectTo: [x])[0]
            #expect(f.value.number == expected)
        }
    }

    @Test func whatIsNotConnectedHasGradientZero() throws {
        let x = Variable<Double>.parameter(Matrix(3)), y = Variable<Double>.parameter(Matrix(vector: [1, 2]))
        #expect(try gradients(of: x.square(), withRespectTo: [y])[0].value == Matrix(vector: [0, 0]))
        #expect(try gradients(of: x.detached.square(), withRespectTo: [x])[0].value == Matrix(0))
    }

    @Test func whatCannotBeAskedIsAnError() throws {
        let x = Variable<Double>.parameter(Matrix(vector: [1, 2])), c = Variable<Double>(1)
        #expect(throws: GradientError.notANumber(.vector(2))) { try gradients(of: x, withRespectTo: [x]) }
        #expect(throws: GradientError.constant(position: 1)) { try gradients(of: x.sum(), withRespectTo: [x, c]) }
    }

    @Test func withRespectToSomethingInTheMiddle() throws {
        let x = Variable<Double>.parameter(Matrix(2))
        let h = x.square()
        let loss = try h * x
        let slopes = try gradients(of: loss, withRespectTo: [h, x])
        #expect(slopes[0].value.number == 2 && slopes[1].value.number == 12)
    }

    /// w <- w - rate * gradient, where each w remembers the last: a step must not cost more as they add up.
    @Test func aLongDescentByHand() throws {
        var w = Variable<Double>.parameter(Matrix(5))
        for _ in 0..<3_000 {
            let loss = (w - 1).square()
            w = try w - gradients(of: loss, withRespectTo: [w])[0] * 0.1
        }
        #expect(abs(w.value.number - 1) < 1e-12)
    }

    @Test func aLongChainComesApartWithoutRecursion() throws {
        let x = Variable<Double>.parameter(Matrix(1))
        var y = x
        for _ in 0..<100_000 { y = -y }
        #expect(y.value.number == 1)
        #expect(y.requiresGradient)
    }

    @Test func gradientOfALongChain() throws {
        let x = Variable<Double>.parameter(Matrix(1))
        var y = x
        for _ in 0..<20_000 { y = -y }
        #expect(try gradients(of: y, withRespectTo: [x])[0].value.number == 1)
    }

    @Test func constantsRememberNothing() {
        let x = Variable<Double>(2)
        #expect((x * 3).exp().parents.isEmpty && !(x * 3).requiresGradient)
    }

    @Test func aGradientPenalty() throws {
        // the mean of (|grad_x D(x)| - 1)^2, differentiated in D's weights
        let points = [
            normals(.matrix(2, 5), seed: 1) * 0.5, normals(.vector(5), seed: 2), normals(.matrix(5, 1), seed: 3),
        ]
        let samples = normals(.matrix(6, 2), seed: 4)
        try expectRightGradients("penalty", at: points) { p in
            let x = Variable.parameter(samples)
            let d = try (try x.matmul(p[0]) + p[1]).tanh().matmul(p[2])
            let slopes = try gradients(of: d.sum(), withRespectTo: [x])[0]
            return (try slopes.square().sum(axis: 1).squareRoot() - 1).square().mean()
        }
    }
}
