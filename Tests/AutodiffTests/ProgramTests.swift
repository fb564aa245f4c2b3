import Autodiff
import LinearAlgebra
import Testing

@Suite struct ProgramTests {
    /// The example of the documentation: linear regression on data that is drawn anew in every step.
    @Test func regressionFindsTheWeights() throws {
        let program = try Program<Float>(random: RandomStream(seed: 1)) { step in
            let w = step.parameter("w", Matrix(vector: [0, 0]))
            let x = step.normal(.matrix(64, 2))
            let target = try x.matmul(Variable(Matrix(vector: [2, -1])))
            let loss = try (x.matmul(w) - target).square().mean()
            let slope = try gradients(of: loss, withRespectTo: [w])[0]
            step.update(w, to: try w - slope * 0.1)
            step.output("loss", loss)
        }
        #expect(program["w"] == Matrix(vector: [0, 0]))
        try program.run(steps: 100)
        let w = try #require(program["w"])
        #expect(abs(w[0] - 2) < 1e-4 && abs(w[1] + 1) < 1e-4)
        #expect(program.number("loss") < 1e-6)
        #expect(program["nothing"] == nil && program.number("nothing").isNaN)
    }

    /// One step of Adam on every parameter, written in ordinary operations.
    static func adam<E: RealElement>(
        _ step: Recorder<E>, _ parameters: [Variable<E>], _ slopes: [Variable<E>], rate: E
    ) throws {
        let time = step.input("t \(parameters[0].name ?? "")", Matrix(0))
        let t = time + 1
        step.update(time, to: t)
        let beta1: E = 0.5, beta2: E = 0.99
        let correction1 = try 1 - Variable(beta1).power(t), correction2 = try 1 - Variable(beta2).power(t)
        for (parameter, slope) in zip(parameters, slopes) {
            let name = parameter.name ?? ""
            let m = step.input("m \(name)", .zeros(parameter.shape))
            let v = step.input("v \(name)", .zeros(parameter.shape))
            let newM = try m * beta1 + slope * (1 - beta1)
            let newV = try v * beta2 + slope.square() * (1 - beta2)
            step.update(m, to: newM)
            step.update(v, to: newV)
            let change = try (newM / correction1) / ((newV / correction2).squareRoot() + 1e-8)
            step.update(parameter, to: try parameter - change * rate)
        }
    }

    static func network<E: RealElement>(_ x: Variable<E>, _ p: [Variable<E>]) throws -> Variable<E> {
        let hidden = try (x.matmul(p[0]) + p[1]).softplus()
        return try hidden.matmul(p[2]) + p[3]
    }

    static func parameters<E: RealElement>(
        _ step: Recorder<E>, _ name: String, _ inputs: Int, _ hidden: Int, _ outputs: Int
    ) -> [Variable<E>] {
        var random = RandomStream(seed: 100)
        func weights(_ rows: Int, _ columns: Int) -> Matrix<E> {
            random.normal(shape: .matrix(rows, columns)) * E(1 / Double(rows).squareRoot())
        }
        return [
            step.parameter("\(name).w1", weights(inputs, hidden)),
            step.parameter("\(name).b1", .zeros(.vector(hidden))),
            step.parameter("\(name).w2", weights(hidden, outputs)),
            step.parameter("\(name).b2", .zeros(.vector(outputs))),
        ]
    }

    /// A whole GAN step: data by random rows, noise, two networks, a gradient penalty, two Adams, the generator's
    /// update against the detective's new weights.
    static func ganStep<E: RealElement>(_ data: Matrix<E>, batch: Int) -> (Recorder<E>) throws -> Void {
        { step in
            let g = parameters(step, "G", 2, 9, 2), d = parameters(step, "D", 2, 17, 1)
            let table = step.input("data", data)
            let real = try table.gathered(step.indices(batch, below: data.rows))
            let fake = try network(step.normal(.matrix(batch, 2)), g)

            let onReal = try network(real, d), onFake = try network(fake.detached, d)
            let mix = step.uniform(.matrix(batch, 1))
            let between = try (mix * real + (1 - mix) * fake.detached).asParameter()
            let slopes = try gradients(of: network(between, d).sum(), withRespectTo: [between])[0]
            let penalty = (try slopes.square().sum(axis: 1) + 1e-12).squareRoot() - 1
            let lossD = try (-onReal).softplus().mean() + onFake.softplus().mean() + penalty.square().mean() * 0.1
            try adam(step, d, gradients(of: lossD, withRespectTo: d), rate: 1e-2)

            let lossG = try (-network(fake, d)).softplus().mean()
            try adam(step, g, gradients(of: lossG, withRespectTo: g), rate: 1e-2)
            step.output("D", lossD)
            step.output("G", lossG)
            step.output("fake", fake)
        }
    }

    private func compare<E: RealElement>(_: E.Type, steps: Int) throws {
        var random = RandomStream(seed: 5)
        let data: Matrix<E> = random.normal(shape: .matrix(50, 2)) * 0.1 + 1
        let step = Self.ganStep(data, batch: 13)
        let eager = try Program<E>(.eager, random: random, step: step),
            replayed = try Program<E>(random: random, step: step)
        for _ in 0..<steps {
            try eager.run()
            try replayed.run()
            for name in ["D", "G", "fake", "G.w1", "G.b2", "D.w1", "D.b1", "D.w2", "m D.w1", "v G.w2", "t G.w1"] {
                let a = try #require(eager[name]), b = try #require(replayed[name])
                #expect(a == b && a.isFinite, "\(name)")
            }
            #expect(eager.random == replayed.random)
        }
        let trained = try #require(replayed["fake"])
        #expect(trained.count == 26 && replayed.number("t G.w1") == E(steps))
    }

    @Test func replayedAndEagerStepsAgreeBitForBitInSingle() throws { try compare(Float.self, steps: 6) }
    @Test func replayedAndEagerStepsAgreeBitForBitInDouble() throws { try compare(Double.self, steps: 6) }

    @Test func updatesTakePlaceTogether() throws {
        for mode in [Program<Double>.Mode.replayed, .eager] {
            let program = try Program<Double>(mode) { step in
                let a = step.input("a", Matrix(1)), b = step.input("b", Matrix(2))
                let c = step.input("c", Matrix(vector: [1, 2]))
                step.update(a, to: b)
                step.update(b, to: a)
                step.update(c, to: try c.reshaped(.vector(2)))
                step.output("before", a)
                step.output("sum", try a + b)
            }
            try program.run(steps: 3)
            #expect(program.number("a") == 2 && program.number("b") == 1)
            #expect(program.number("before") == 1 && program.number("sum") == 3)
            #expect(program["c"] == Matrix(vector: [1, 2]))
        }
    }

    @Test func inputsCanBeSet() throws {
        for mode in [Program<Double>.Mode.replayed, .eager] {
            let program = try Program<Double>(mode) { step in
                let x = step.input("x", Matrix(vector: [1, 2]))
                step.output("y", (x * 2 + 1).exp().log())
            }
            try program.set("x", to: Matrix(vector: [5, 6]))
            try program.run()
            let y = try #require(program["y"])
            #expect(abs(y[0] - 11) < 1e-12 && abs(y[1] - 13) < 1e-12)
            #expect(throws: ShapeError.self) { try program.set("x", to: Matrix(vector: [1])) }
            #expect(throws: ShapeError.self) { try program.set("z", to: Matrix(vector: [1, 2])) }
        }
    }

    /// Values that nobody reads again give their room to later ones.
    @Test func buffersAreReused() throws {
        let program = try Program<Float>(random: RandomStream(seed: 1)) { step in
            var x = step.normal(.matrix(100, 100))
            for _ in 0..<50 { x = try x.matmul(x).tanh() }
            step.output("x", x)
        }
        #expect(program.bufferCount <= 4 * 100 * 112)
        #expect(program.callCount == 101)
    }

    /// Random programs: the planner must never give away what is still needed.
    @Test(arguments: 1...30)
    func randomProgramsAgree(_ seed: Int) throws {
        func step(_ recorder: Recorder<Double>) throws {
            var random = RandomStream(seed: UInt64(seed))
            var values = [
                recorder.input("a", normals(.matrix(4, 4), seed: 1)),
                recorder.parameter("b", normals(.vector(4), seed: 2)),
                recorder.normal(.matrix(4, 4)), recorder.uniform(.matrix(4, 1)), Variable(Matrix(0.5)),
            ]
            let (a, b) = (values[0], values[1])
            for _ in 0..<40 {
                let x = values[random.integer(below: values.count)], y = values[random.integer(below: values.count)]
                values.append(try Self.mixed(random.integer(below: 9), x, y).tanh())
            }
            let loss = try values.dropFirst(20).reduce(Variable(0)) { try $0 + $1.sum() }
            recorder.update(b, to: try gradients(of: loss, withRespectTo: [b])[0].tanh())
            recorder.update(a, to: try (values[40].sum() + a).tanh())
            for i in [7, 15, 30, 44] { recorder.output("v\(i)", values[i]) }
        }
        let eager = try Program<Double>(.eager, step: step), replayed = try Program<Double>(step: step)
        for _ in 0..<3 {
            try eager.run()
            try replayed.run()
            for name in ["a", "b", "v7", "v15", "v30", "v44"] { #expect(eager[name] == replayed[name]) }
        }
    }

    static func mixed(_ kind: Int, _ x: Variable<Double>, _ y: Variable<Double>) throws -> Variable<Double> {
        switch kind {
        case 0: try x + y
        case 1: try x * y
        case 2:
            try x.broadcast(to: x.shape.broadcast(with: .matrix(4, 4)) ?? x.shape).matmul(
                y.broadcast(to: y.shape.broadcast(with: .matrix(4, 4)) ?? y.shape))
        case 3: -x
        case 4: x.transposed
        case 5: try x.reshaped(x.shape.rank == 2 ? .matrix(x.shape.columns, x.shape.rows) : x.shape)
        case 6: x.mean()
        case 7: try Variable.select(x.combined(with: 0, by: .greater), x, y)
        default: x.detached.exp()
        }
    }
}
