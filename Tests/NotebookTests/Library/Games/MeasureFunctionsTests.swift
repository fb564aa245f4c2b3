import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct MeasureFunctionsTests {
    @Test func distancesOfNumbers() throws {
        let bench = Workbench()
        #expect(abs(try bench.number("w1([0, 1, 3], [5, 6, 8])") - 5) < 1e-12)
        #expect(abs(try bench.number("energy([0, 1], [0, 3])") - 1) < 1e-12)
        #expect(abs(try bench.number("w1(normal(), normal(2, 1))") - 2) < 0.1)
        #expect(abs(try bench.number("mmd(sample(ring8, 400), sample(ring8, 400))")) < 0.02)
    }

    @Test func divergencesTakeCountsOrSamples() throws {
        let bench = Workbench()
        #expect(abs(try bench.number("js([0.1, 0.4, 0.5], [0.3, 0.3, 0.4])") - 0.032529605522223067) < 1e-12)
        #expect(abs(try bench.number("js(ring8, zeros(50, 2))") - log(2)) < 0.001)
        #expect(try bench.number("js(sample(ring8, 9000), ring8)") < 0.03)
        #expect(abs(try bench.number("kl(normal(), normal(1, 1), cells=40)") - 0.5) < 0.06)
    }

    @Test func modesAreCountedAndTold() throws {
        let bench = Workbench()
        let all = try #require(try bench.object("modes(sample(ring8, 2500), ring8)", as: ModeCoverageValue.self))
        #expect(all.describe(width: 80).hasPrefix("8 of 8 modes, 9"))
        let one = try #require(try bench.object("modes([[2, 0], [0, 2]], ring8)", as: ModeCoverageValue.self))
        #expect(
            one.describe(width: 80)
                == "2 of 8 modes, 100 % of high quality, reverse KL 1.39\nnot reached: modes 1, 3, 4, 5, 6, 7 (from 0)")
        #expect(abs(try bench.number("modes([[2, 0], [0, 2]], ring8).rkl") - log(4)) < 1e-12)
    }

    @Test func neighboursAndLikelihood() throws {
        let bench = Workbench()
        #expect(try bench.number("prdc(ring8, ring8)[3]") > 0.93)
        #expect(bench.notes.count == 2 && bench.notes[0].contains("1000 of them are taken at random"))
        let near = try bench.number("loglik(bimodal, sample(bimodal, 500), bandwidth=0.2)")
        let far = try bench.number("loglik(bimodal, sample(normal(9, 1), 500), bandwidth=0.2)")
        #expect(near > -2 && far < near - 10)
    }

    /// Measuring takes nothing from the session's chance.
    @Test func measuringDrawsFromAStreamOfItsOwn() throws {
        let bench = Workbench(seed: 5), other = Workbench(seed: 5)
        _ = try bench.number("w1(ring8, ring8)")
        _ = try bench.number("prdc(ring8, ring8)[0]")
        #expect(try bench.number("rand()") == other.number("rand()"))
    }

    @Test(arguments: [
        ("w1([1, 2], [[1, 2]])", "points of 2 and `a` points of 1"),
        ("modes([[1, 2]], moons)", "no modes that are known"),
        ("mmd([1, 1], [1, 1])", "no spread"),
        ("prdc([1, 2], [1, 2])", "no neighbour number 5"),
        ("w1(\"ring\", ring8)", "must be a distribution"),
        ("w1([1, nan], [1, 2])", "not finite"),
        ("js([1, 2], [1, 2, 3])", "2 bins against 3"),
    ]) func whatDoesNotFitIsSaid(cell: String, part: String) throws {
        let message = Workbench().error(cell)?.message ?? "no error"
        #expect(message.contains(part), "\(message)")
    }
}
