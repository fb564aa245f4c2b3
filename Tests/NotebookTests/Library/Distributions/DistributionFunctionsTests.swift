import Autodiff
import Foundation
import Language
import LinearAlgebra
import Probability
import Testing

@testable import Notebook

struct DistributionFunctionsTests {
    private let bench = Workbench()

    @Test("every example runs in a new session, and gives what it promises")
    func examples() throws {
        let registry = Library.registry(resources: Workbench.resources)
        let entries =
            registry.functions.filter { [.distributions, .data].contains($0.topic) }.map { ($0.name, $0.example) }
            + registry.constants.filter { $0.topic == .distributions }.map { ($0.name, $0.example) }
        #expect(entries.count > 40)
        for (name, example) in entries where !example.hasPrefix("help") {
            #expect(Workbench().error(example) == nil, "\(name): \(example)")
        }
    }

    @Test("named distributions are values, and functions of the same name make others of their kind")
    func constants() throws {
        for (name, _, _) in Library.namedDistributions {
            let value = try #require(try bench.object(name, as: DistributionValue.self))
            let sample = try bench.matrix("sample(\(name), 7)")
            #expect(sample.shape == .matrix(7, value.distribution.dimension))
        }
        #expect(try bench.object("moons(0.3)", as: DistributionValue.self)?.distribution.parameters[0].value == "0.3")
        #expect(try bench.number("moons(noise=0.3).noise") == 0.3)
        #expect(try bench.object("blobs()", as: DistributionValue.self) != nil)
        #expect(bench.error("ring8(3)")?.help == "`density(d, x)` is its density at x, `sample(d, n)` draws n points")
    }

    @Test("densities keep the shape of numbers, and give a vector for points of the plane")
    func shapes() throws {
        #expect(try bench.matrix("density(normal(), 0)").shape == .scalar)
        #expect(try bench.matrix("density(normal(), [1, 2, 3])").shape == .vector(3))
        #expect(try bench.matrix("density(normal(), [[1], [2]])").shape == .matrix(2, 1))
        #expect(try bench.matrix("density(ring8, [[2, 0], [0, 0]])").shape == .matrix(2, 1))
        #expect(try bench.matrix("density(ring8, [2, 0])").shape == .scalar)
        #expect(
            abs(try bench.number("density(normal(1, 2), 3)") - exp(-0.5) / (2 * (2 * Double.pi).squareRoot())) < 1e-15)
        #expect(try bench.number("logdensity(uniform(), 2)") == -.infinity)
        #expect(bench.error("density(ring8, [[1, 2, 3]])")?.kind == .shape)
    }

    @Test("members: moments, parameters, modes, parts of a mixture")
    func members() throws {
        #expect(try bench.number("normal(3, 2).mean") == 3)
        #expect(try bench.number("normal(3, 2).std") == 2)
        #expect(try bench.matrix("ring8.modes").shape == .matrix(8, 2))
        #expect(try bench.matrix("normal2d([1, 2]).cov") == .identity(2))
        #expect(try bench.number("ring(8, 1, 0.01).sd") == 0.01)
        #expect(try bench.matrix("mixture([normal(), uniform()], [1, 3]).weights").values == [0.25, 0.75])
        #expect(try bench.number("mixture([normal(7), uniform()]).components[0].mean") == 7)
        #expect(try bench.matrix("exponential().support").values == [0, .infinity])
        let error = try #require(bench.error("cauchy().mean"))
        #expect(error.message == "this cauchy distribution has no mean")
        #expect(bench.error("normal().modez")?.help == "did you mean `modes`?")
    }

    @Test("a description has formula, parameters, moments and support, and keeps to the width")
    func descriptions() throws {
        let normal = try #require(try bench.object("normal(0, 1)", as: DistributionValue.self))
        #expect(
            normal.describe(width: 80) == """
                normal, a distribution of numbers
                  p(x) = exp(-(x - mean)² / (2 sd²)) / (sd √(2π))
                  mean=0  sd=1
                  mean 0   sd 1   support all numbers
                """)
        for (name, _, _) in Library.namedDistributions {
            let value = try #require(try bench.object(name, as: DistributionValue.self))
            for width in [30, 80] {
                #expect(value.describe(width: width).split(separator: "\n").allSatisfy { $0.count <= width }, "\(name)")
            }
        }
        let cauchy = try #require(try bench.object("cauchy()", as: DistributionValue.self))
        #expect(cauchy.describe(width: 80).hasSuffix("mean none   sd none   support all numbers"))
    }

    @Test("log-densities of normal distributions and their mixtures can be differentiated, twice")
    func gradients() throws {
        let cases = ["normal(1, 2)", "bimodal", "mixture([normal(-1, 0.5), bimodal], [1, 2])"]
        for distribution in cases {
            try bench.context.run("d = \(distribution)")
            let holder = try #require(bench.context.state.variables["d"]?.object(as: DistributionValue.self))
            for x in [-2.0, 0.3, 5] {
                let step = 1e-5
                let values = holder.distribution.logDensity(ofFlat: [x - step, x, x + step])
                let graph = try DensityGraph.logDensity(of: holder.distribution, at: .parameter(Matrix(x)))
                #expect(abs(graph.value.number - values[1]) < 1e-12)
                let point = try Slope.of(holder.distribution, at: Matrix(x))
                #expect(abs(point.first[0] - (values[2] - values[0]) / (2 * step)) < 1e-6)
                let curvature = (values[2] - 2 * values[1] + values[0]) / (step * step)
                #expect(abs(point.second[0] - curvature) < 1e-4)
            }
        }
        for distribution in ["ring8", "normal2d([1, 2], [[2, 0.8], [0.8, 0.5]])"] {
            try bench.context.run("d = \(distribution)")
            let holder = try #require(bench.context.state.variables["d"]?.object(as: DistributionValue.self))
            let (x, y, step) = (0.7, 1.4, 1e-5)
            let values = holder.distribution.logDensity(ofFlat: [x - step, y, x + step, y, x, y - step, x, y + step])
            let slope = try Slope.of(holder.distribution, at: Matrix(rows: [[x, y]])).first
            #expect(abs(slope[0] - (values[1] - values[0]) / (2 * step)) < 1e-6)
            #expect(abs(slope[1] - (values[3] - values[2]) / (2 * step)) < 1e-6)
        }
    }

    @Test("what is no distribution is told so, with the way out")
    func mistakes() throws {
        #expect(
            bench.error("sample(3, 5)")?.message
                == "sample: `d` must be a distribution or a fitted model, not 3")
        #expect(try bench.matrix("sample(normal, 5)").shape == .matrix(5, 1))
        let beta = try #require(bench.error("sample(beta, 5)"))
        #expect(beta.message == "sample: `d` is the function `beta`, not a distribution")
        #expect(bench.error("normal(0, -1)")?.kind == .value)
        #expect(bench.error("normal2d([0, 0], [[1, 2], [2, 1]])")?.message.contains("not positive definite") == true)
        #expect(bench.error("cdf(ring8, 0)")?.message.contains("known cdf") == true)
        #expect(bench.error("mixture([normal(), ring8])")?.kind == .value)
        #expect(bench.error("histogram_of([], 3)")?.kind == .value)
        #expect(bench.error("uniform(-1e308, 1e308)")?.message.contains("is too long") == true)
        #expect(bench.error("uniform(2, 1)")?.message.contains("the low end has to be below") == true)
        #expect(bench.error("kde([1, 1])")?.help == "give one: bandwidth=0.1")
    }

    @Test("chance comes from the session")
    func seeds() throws {
        let first = try Workbench(seed: 5).matrix("sample(moons, 20)")
        #expect(try Workbench(seed: 5).matrix("sample(moons, 20)") == first)
        #expect(try Workbench(seed: 6).matrix("sample(moons, 20)") != first)
    }
}

/// First and second derivative by the engine.
enum Slope {
    static func of(
        _ distribution: any Distribution, at point: Matrix<Double>
    ) throws -> (first: [Double], second: [Double]) {
        let x = Variable<Double>.parameter(point)
        let value = try DensityGraph.logDensity(of: distribution, at: x).sum()
        let first = try gradients(of: value, withRespectTo: [x])[0]
        let second = try gradients(of: first.sum(), withRespectTo: [x])[0]
        return (first.value.values, second.value.values)
    }
}
