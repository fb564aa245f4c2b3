import Foundation
import LinearAlgebra
import Testing

@testable import Learning

@Suite struct PlanarGameTests {
    private func length(_ row: [Double]) -> Double { hypot(row[0], row[1]) }

    private func games() throws -> [PlanarGame] {
        var games = [PlanarGame.bilinear(), .bilinear(strength: 0.7)]
        for loss in Game.Loss.allCases {
            for penalty in DiracGAN.Penalty.allCases where penalty != .gp {
                games.append(.dirac(try DiracGAN(loss: loss, penalty: penalty, weight: 0.3)))
            }
        }
        return games
    }

    /// For every loss, penalty and way of stepping, and for the field itself.
    @Test func eigenvaluesByDifferentiationAreThoseOfTheFormulas() throws {
        for game in try games() {
            let ways: [(Double?, PlanarDynamics)] =
                [(nil, .simultaneous)] + PlanarDynamics.allCases.flatMap { way in [0.05, 0.4].map { ($0, way) } }
            for (rate, way) in ways {
                let found = try game.eigenvalues(rate: rate, by: way)
                let exact = try #require(game.closedFormEigenvalues(rate: rate, by: way))
                #expect(found.count == exact.count)
                for (a, b) in zip(found, exact) {
                    #expect(
                        abs(a.real - b.real) < 1e-9 && abs(a.imaginary - b.imaginary) < 1e-9,
                        "\(game) \(way) \(rate ?? 0): \(a) for \(b)")
                }
            }
        }
    }

    /// Mescheder's table: ± f'(0) i without a penalty, -γ/2 ± √(γ²/4 - f'(0)²) with R1, and with noise
    /// f''(0) σ² ± √(f''(0)² σ⁴ - f'(0)²), f'(0) = ½ and f''(0) = -¼ for the logistic loss.
    @Test func theTableOfThePaper() throws {
        let plain = try PlanarGame.dirac(DiracGAN(loss: .minimax)).eigenvalues(rate: nil)
        #expect(plain == [Complex(0, 0.5), Complex(0, -0.5)])
        let r1 = try PlanarGame.dirac(DiracGAN(loss: .minimax, penalty: .r1, weight: 2)).eigenvalues(rate: nil)
        #expect(abs(r1[0].real - (-1 + 0.75.squareRoot())) < 1e-12 && r1[0].imaginary == 0)
        let noise = try PlanarGame.dirac(DiracGAN(loss: .minimax, penalty: .instanceNoise, weight: 1))
            .eigenvalues(rate: nil)
        #expect(abs(noise[0].real + 0.25) < 1e-12)
        #expect(abs(noise[0].imaginary - (0.25 - 0.0625).squareRoot()) < 1e-12)
    }

    /// The field away from the equilibrium, written out with σ.
    @Test func theFieldIsItsFormula() throws {
        let points = Matrix<Double>(rows: [[1, 0.5], [-0.3, 2], [0.2, -0.7]])
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        let minimax = try PlanarGame.dirac(DiracGAN(loss: .minimax, penalty: .r1, weight: 0.5)).field(at: points)
        let saturating = try PlanarGame.dirac(DiracGAN(loss: .nonsaturating)).field(at: points)
        let critic = try PlanarGame.dirac(DiracGAN(loss: .wasserstein, penalty: .gp, weight: 3)).field(at: points)
        for i in 0..<3 {
            let (theta, psi) = (points[i, 0], points[i, 1])
            #expect(abs(minimax[i, 0] - sigmoid(psi * theta) * psi) < 1e-12)
            #expect(abs(minimax[i, 1] - (-sigmoid(psi * theta) * theta - 0.5 * psi)) < 1e-12)
            #expect(abs(saturating[i, 0] - sigmoid(-psi * theta) * psi) < 1e-12)
            #expect(abs(critic[i, 0] - psi) < 1e-12)
            #expect(abs(critic[i, 1] - (-theta - 3 * (psi - (psi > 0 ? 1 : -1)))) < 1e-9)
        }
    }

    /// Every loss with every penalty: the field is the losses' slopes written out, and the penalty's; with consensus also the
    /// slope of half its squared length, by differences.
    @Test func theFieldOfEveryLossAndPenalty() throws {
        let weight = 0.4
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        /// G's slope and D's at the logit t = ψ θ of the made-up point, over ψ and θ.
        func slopes(_ loss: Game.Loss, _ t: Double) -> (generator: Double, discriminator: Double) {
            switch loss {
            case .minimax: (sigmoid(t), sigmoid(t))
            case .nonsaturating: (sigmoid(-t), sigmoid(t))
            case .leastsquares: (0.5 - t, 0.5 + t)
            case .hinge: (1, t > -1 ? 1 : 0)
            case .wasserstein: (1, 1)
            case .relativistic: (sigmoid(-t), sigmoid(t))
            }
        }
        func plain(_ loss: Game.Loss, _ theta: Double, _ psi: Double) -> (x: Double, y: Double) {
            let (ofG, ofD) = slopes(loss, theta * psi)
            return (ofG * psi, -ofD * theta)
        }
        func pull(_ penalty: DiracGAN.Penalty, _ loss: Game.Loss, _ theta: Double, _ psi: Double) -> (Double, Double) {
            switch penalty {
            case .none, .clip, .instanceNoise: return (0, 0)
            case .r1, .r2, .gp0: return (0, -weight * psi)
            case .gp: return (0, -weight * (psi - (psi > 0 ? 1 : -1)))
            case .consensus:
                func length(_ theta: Double, _ psi: Double) -> Double {
                    let (x, y) = plain(loss, theta, psi)
                    return weight / 2 * (x * x + y * y)
                }
                let step = 1e-5
                return (
                    (length(theta - step, psi) - length(theta + step, psi)) / (2 * step),
                    (length(theta, psi - step) - length(theta, psi + step)) / (2 * step)
                )
            }
        }
        let points = Matrix<Double>(rows: [[1, 0.5], [-0.3, 2], [0.2, -0.7], [-1.5, 1.2]])
        for loss in Game.Loss.allCases {
            for penalty in DiracGAN.Penalty.allCases where penalty != .instanceNoise {
                let game = PlanarGame.dirac(try DiracGAN(loss: loss, penalty: penalty, weight: weight))
                let field = try game.field(at: points)
                for i in 0..<points.rows {
                    let (theta, psi) = (points[i, 0], points[i, 1])
                    let (push, drawn) = (plain(loss, theta, psi), pull(penalty, loss, theta, psi))
                    #expect(abs(field[i, 0] - push.x - drawn.0) < 1e-9, "\(loss) \(penalty) \(theta) \(psi)")
                    #expect(abs(field[i, 1] - push.y - drawn.1) < 1e-9, "\(loss) \(penalty) \(theta) \(psi)")
                }
            }
        }
    }

    /// Away from ψ = 0 the field of WGAN-GP has the derivative [[0, 1], [-1, -γ]]; at 0 it has none.
    @Test func theGradientPenaltyHasAKink() throws {
        let game = PlanarGame.dirac(try DiracGAN(loss: .wasserstein, penalty: .gp, weight: 2))
        let slopes = try game.jacobian(at: (0.3, 0.4))
        for (found, exact) in zip(slopes.values, [0.0, 1, -1, -2]) { #expect(abs(found - exact) < 1e-9) }
        #expect(throws: LearningError.self) { try game.eigenvalues(rate: 0.1) }
        #expect(game.closedFormEigenvalues(rate: 0.1) == nil && game.kink != nil)
        // It does not come to rest: 2 000 steps on it is still as far away as the penalty keeps it.
        let orbit = try game.orbit(from: (1, 1), steps: 2000, rate: 0.05)
        let late = (1800...2000).map { length(orbit.row($0)) }
        #expect((late.max() ?? 0) > 0.02)
    }

    /// |w| grows by √(1 + η²) a simultaneous step: exactly.
    @Test func theSpiralOfTheBilinearGame() throws {
        let (rate, steps) = (0.1, 200)
        let orbit = try PlanarGame.bilinear().orbit(from: (1, 0.5), steps: steps, rate: rate)
        #expect(orbit.rows == steps + 1)
        for step in 0...steps {
            let exact = hypot(1, 0.5) * pow(1 + rate * rate, Double(step) / 2)
            #expect(abs(length(orbit.row(step)) / exact - 1) < 1e-12)
        }
    }

    /// Extragradient's factor is √((1 - η²)² + η²); alternating steps stay on an ellipse; averages come to rest.
    @Test func theCuresOfTheSpiral() throws {
        let game = PlanarGame.bilinear()
        let rate = 0.3
        let extra = try game.orbit(from: (1, 0), steps: 100, rate: rate, by: .extragradient)
        let factor = ((1 - rate * rate) * (1 - rate * rate) + rate * rate).squareRoot()
        #expect(abs(length(extra.row(100)) / pow(factor, 100) - 1) < 1e-10)
        let optimistic = try game.orbit(from: (1, 0), steps: 400, rate: rate, by: .optimistic)
        #expect(length(optimistic.row(400)) < 1e-4)
        let alternating = try game.orbit(from: (1, 0), steps: 5000, rate: rate, by: .alternating)
        let lengths = (0...5000).map { length(alternating.row($0)) }
        #expect((lengths.max() ?? 9) < 1.3 && (lengths.suffix(100).max() ?? 0) > 0.9)
        // x² + y² + η x y is kept.
        let kept = [0, 100, 5000].map { step -> Double in
            let (x, y) = (alternating[step, 0], alternating[step, 1])
            return x * x + y * y + rate * x * y
        }
        #expect(abs(kept[1] - kept[0]) < 1e-9 && abs(kept[2] - kept[0]) < 1e-8, "\(kept)")
        let mean = try game.orbit(from: (1, 0), steps: 5000, rate: rate, by: .alternating, isAveraged: true)
        #expect(length(mean.row(5000)) < 0.01)
    }

    /// What the paper's figure 3 shows: unregularised games circle or fly apart, R1 and noise bring them to rest.
    @Test func orbitsGoWhereTheEigenvaluesSay() throws {
        func last(_ loss: Game.Loss, _ penalty: DiracGAN.Penalty, _ weight: Double) throws -> Double {
            let game = PlanarGame.dirac(try DiracGAN(loss: loss, penalty: penalty, weight: weight))
            let orbit = try game.orbit(from: (1, 1), steps: 600, rate: 0.2, by: .alternating)
            return length(orbit.row(600))
        }
        for loss in [Game.Loss.nonsaturating, .minimax, .wasserstein] {
            #expect(try last(loss, .none, 0) > 0.2)
            #expect(try last(loss, .r1, 0.5) < 1e-3)
            #expect(try last(loss, .consensus, 1) < 1e-3)
        }
        #expect(try last(.nonsaturating, .instanceNoise, 1) < 1e-3)
        #expect(try last(.wasserstein, .clip, 0.5) > 0.1)
        #expect(throws: LearningError.self) { try DiracGAN(loss: .hinge, penalty: .r1, weight: -1) }
    }

    /// A matrix with known eigenvalues: a rotation beside a stretching, in other coordinates.
    @Test func eigenvaluesOfLargerMatrices() {
        let found = Eigenvalues.of(
            Matrix(rows: [[0, 1, 0, 0], [-1, 0, 0, 0], [5, 2, 3, 0], [1, -4, 1, -2]]))
        let exact = [Complex(3), Complex(0, 1), Complex(0, -1), Complex(-2)]
        for (a, b) in zip(found, exact) {
            #expect(abs(a.real - b.real) < 1e-10 && abs(a.imaginary - b.imaginary) < 1e-10)
        }
    }
}
