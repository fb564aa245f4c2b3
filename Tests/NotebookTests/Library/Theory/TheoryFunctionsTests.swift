import Foundation
import Language
import LinearAlgebra
import Testing

@testable import Notebook

@Suite struct TheoryFunctionsTests {
    @Test func eigenvaluesBothWays() throws {
        let bench = Workbench()
        try bench.context.run("dirac = dirac_gan(loss=wasserstein, penalty=r1, gamma=1)")
        let found = try bench.matrix("eigenvalues(dirac, lr=0.1)")
        let exact = try bench.matrix("eigenvalues(dirac, lr=0.1, closed=true)")
        #expect(found.shape == .matrix(2, 2))
        for (a, b) in zip(found.values, exact.values) { #expect(abs(a - b) < 1e-9) }
        #expect(abs(try bench.number("spectral_radius(bilinear_game(), lr=0.3)") - 1.09.squareRoot()) < 1e-12)
        #expect(try bench.number("spectral_radius(bilinear_game(), lr=0.3, method=extragradient)") < 1)
        #expect(try bench.matrix("eigenvalues(bilinear_game(), lr=0.3, method=optimistic)").rows == 4)
    }

    @Test func orbitsAndFieldsHaveTheirShapes() throws {
        let bench = Workbench()
        #expect(try bench.matrix("orbit(dirac_gan(), theta=1, psi=1, lr=0.1, steps=50)").shape == .matrix(51, 2))
        #expect(try bench.matrix("field(dirac_gan(), size=1, n=4)").shape == .matrix(16, 4))
        #expect(try bench.matrix("field(bilinear_game(2), [[1, 3]])").values == [1, 3, -6, 2])
        #expect(try bench.matrix("orbit(bilinear_game(), 1, 0, lr=1000, steps=500)").rows < 501)
        #expect(bench.notes.first?.hasPrefix("the orbit ends after ") == true)
    }

    @Test func aGameSaysWhatItIs() throws {
        let bench = Workbench()
        let dirac = try bench.object("dirac_gan(penalty=\"r1\", gamma=2)", as: PlanarGameValue.self)
        #expect(
            dirac?.describe(width: 80) == """
                Dirac-GAN: data at 0, generator at theta, D(x) = psi x
                minimax loss, r1, gamma 2
                eigenvalues of the field at 0, 0: -0.134, -1.866
                """)
        let plain = try bench.object("dirac_gan()", as: PlanarGameValue.self)
        #expect(plain?.describe(width: 80).hasSuffix("at 0, 0: 0.5i, - 0.5i") == true)
        #expect(try bench.value("dirac_gan(penalty=gp).penalty").string == "gp")
    }

    /// Between N(0, 1) and N(2, 1) the logit of D* is 2 - 2x.
    @Test func theBestDiscriminator() throws {
        let bench = Workbench()
        try bench.context.run("best = optimal_discriminator(normal(0, 1), normal(2, 1))")
        let verdicts = try bench.matrix("best([0, 1, 2])").values
        for (found, x) in zip(verdicts, [0.0, 1, 2]) { #expect(abs(found - 1 / (1 + exp(2 * x - 2))) < 1e-12) }
        #expect(try bench.matrix("predict_proba(best, [0.0, 1, 2])").count == 3)
        #expect(
            try bench.matrix("optimal_discriminator(ring8, ring8)(sample(ring8, 4))").values == [0.5, 0.5, 0.5, 0.5])
        try bench.context.run("game = gan(mlp(1, 4, 1), mlp(1, 4, 1), bimodal)")
        #expect(try bench.matrix("optimal_discriminator(bimodal, game)([-2, 0])").count == 2)
        // It can be differentiated: the slope of σ(2 - 2x) at 1 is -1/2.
        try bench.context.run("x = param(1.0)")
        #expect(abs(try bench.number("grad(best(x), x)") + 0.5) < 1e-9)
    }

    /// -log 4 for a D that cannot tell, -log 4 + 2 JS for the best one.
    @Test func theValueOfAGame() throws {
        let bench = Workbench()
        let even = try bench.number(
            "value_function(optimal_discriminator(ring8, ring8), sample(ring8, 50), sample(ring8, 50))")
        #expect(abs(even + log(4)) < 1e-12)
        try bench.context.run("p = normal(); q = normal(2, 1)")
        let best = try bench.number(
            "value_function(optimal_discriminator(p, q), sample(p, 40000), sample(q, 40000))")
        let divergence = try bench.number("js(sample(p, 100000), sample(q, 100000))")
        #expect(abs(best - (2 * divergence - log(4))) < 0.03, "\(best) \(divergence)")
        // An mlp's own V is -2 times its loss.
        try bench.context.run("D = mlp(1, 4, 1); a = sample(p, 20); b = sample(q, 20)")
        #expect(abs(try bench.number("value_function(D, a, b) + 2 * loss(D, a, b)")) < 1e-12)
    }

    @Test func slopesOfTheTwoLosses() throws {
        let bench = Workbench()
        let flat = try bench.matrix("generator_slope([0.01, 0.5, 0.99])").values
        let steep = try bench.matrix("generator_slope([0.01, 0.5, 0.99], loss=nonsaturating)").values
        for (i, verdict) in [0.01, 0.5, 0.99].enumerated() {
            #expect(abs(flat[i] + verdict) < 1e-12 && abs(steep[i] - (verdict - 1)) < 1e-12)
        }
    }

    @Test(arguments: [
        ("eigenvalues(dirac_gan(penalty=gp), lr=0.1)", "jumps where ψ changes its sign"),
        ("eigenvalues(dirac_gan(penalty=gp), closed=true)", "has no eigenvalues"),
        ("orbit(dirac_gan(), d_steps=3)", "alternating"),
        ("field(dirac_gan(), [[1, 2, 3]])", "two numbers"),
        ("dirac_gan(loss=\"hing\")", "hinge"),
        ("optimal_discriminator(ring8, normal())", "points of 1 and `p` over points of 2"),
        ("generator_slope([0, 0.5])", "without the ends"),
        ("orbit(3)", "planar_game"),
    ]) func whatDoesNotFitIsSaid(cell: String, part: String) throws {
        let message = Workbench().error(cell)?.message ?? "no error"
        #expect(message.contains(part), "\(message)")
    }
}
