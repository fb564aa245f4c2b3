import Language
import LinearAlgebra
import Plotting
import Testing

@testable import Notebook

/// Pictures of a game of two networks.
@Suite struct PlotGameTests {
    /// The panel that the last of the cells draws.
    private func panel(_ cells: String...) throws -> Panel {
        var outputs: [Output] = []
        let context = Context(
            registry: Library.registry(resources: Workbench.resources), state: State(seed: 1),
            output: { outputs.append($0) })
        for cell in cells { try context.run(cell) }
        guard case .object(let object)? = outputs.last, let figure = (object as? FigureValue)?.figure else {
            throw CellError(.plot, "no figure")
        }
        return try #require(figure.panels.first)
    }

    private let ring = "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8)"
    private let line = "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal)"

    @Test func aGameIsDrawnAsTheVerdictOnBothCrowds() throws {
        let panel = try panel(ring, "plot game")
        #expect(panel.series.map(\.role) == [.model, .model, .real, .generated])
        #expect(panel.series.map(\.name).suffix(2) == ["data", "generated"])
        guard case .scatter(let real) = panel.series[2].kind, case .scatter(let made) = panel.series[3].kind else {
            Issue.record("no points")
            return
        }
        #expect(real.count == 300 && made.count == 300)
        // Draws of the ring lie round radius 2, with an sd of 0.2.
        #expect(real.allSatisfy { abs(($0.x * $0.x + $0.y * $0.y).squareRoot() - 2) < 1.2 })
    }

    @Test func onTheLineTheDensitiesOfBothAreLaidOverEachOther() throws {
        let panel = try panel(line, "plot density game")
        let curves = panel.series.filter { if case .curve = $0.kind { true } else { false } }
        #expect(curves.map(\.name) == ["generated", "data"] && curves.map(\.role) == [.generated, .real])
        guard case .curve(let points)? = curves.last?.kind else {
            Issue.record("no curve")
            return
        }
        let area = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1.x - $1.0.x) * ($1.1.y + $1.0.y) / 2 }
        #expect(abs(area - 1) < 0.01)
        func height(_ x: Double) -> Double { points.min { abs($0.x - x) < abs($1.x - x) }?.y ?? .nan }
        #expect(height(-2) > 5 * height(0) && height(2) > 5 * height(0))
    }

    @Test func inThePlaneTheDataAreContoursOverWhatIsGenerated() throws {
        let panel = try panel(ring, "plot density game")
        #expect(panel.series.map(\.name) == ["generated", "data"])
        #expect(panel.series.map(\.role) == [.generated, .real])
    }

    @Test func theLossesOfBothStandBesideWhatGuessingCosts() throws {
        let panel = try panel(ring, "train 20", "plot learning game")
        #expect(panel.series.map(\.name) == ["ln 2, guessing", "loss of D", "loss of G"])
        guard case .curve(let losses) = panel.series[1].kind else {
            Issue.record("no curve")
            return
        }
        #expect(losses.map(\.x) == (1...20).map(Double.init))
    }

    @Test func withMinimaxGuessingCostsTheTwoDifferently() throws {
        let panel = try panel(
            "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8, loss=minimax)", "train 5", "plot learning game")
        #expect(
            panel.series.map(\.name) == ["ln 2, guessing", "-ln 2, guessing for G", "loss of D", "loss of G"])
    }

    @Test func lookingAtAGameDrawsNoChanceFromTheSession() throws {
        let registry = Library.registry(resources: Workbench.resources)
        func draws(_ cells: String...) throws -> [Double]? {
            let context = Context(registry: registry, state: State(seed: 4), output: { _ in })
            for cell in cells { try context.run(cell) }
            return try Evaluator.value(of: "rand(3)", in: context).matrix?.values
        }
        #expect(
            try draws(line, "train 5", "plot density game", "plot game", "train 5")
                == draws(line, "train 5", "train 5"))
    }

    @Test func aGameThatHasNotBegunHasNoLosses() {
        #expect(throws: CellError.self) { try panel(ring, "plot learning game") }
    }
}
