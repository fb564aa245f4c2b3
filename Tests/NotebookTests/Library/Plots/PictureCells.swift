import Language
import LinearAlgebra
import Plotting
import Testing

@testable import Notebook

/// Cells whose pictures are looked at.
final class PictureCells {
    private final class Sink {
        var outputs: [Output] = []
        var looks = 0
        var patience = Int.max
    }
    let context: Context
    private let sink = Sink()

    static let ring = "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8)"
    static let line = "game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal)"

    init(_ cells: String..., seed: UInt64 = 1) throws {
        let sink = sink
        context = Context(
            registry: Library.registry(resources: Workbench.resources), state: State(seed: seed),
            output: { sink.outputs.append($0) },
            interrupted: {
                sink.looks += 1
                return sink.looks > sink.patience
            })
        for cell in cells { try run(cell) }
    }

    /// Ctrl-C arrives when commands have looked this often.
    func interrupt(after looks: Int) { (sink.looks, sink.patience) = (0, looks) }

    @discardableResult func run(_ cell: String) throws -> [Output] {
        sink.outputs = []
        try context.run(cell)
        return sink.outputs
    }

    /// The last picture of a cell.
    func figure(_ cell: String) throws -> Figure { try #require(try figures(cell).last) }

    /// The pictures of a cell that stay.
    func figures(_ cell: String) throws -> [Figure] {
        try run(cell).compactMap { if case .object(let object) = $0 { (object as? FigureValue)?.figure } else { nil } }
    }

    func value(_ expression: String) throws -> Value { try Evaluator.value(of: expression, in: context) }

    func numbers(_ expression: String) throws -> [Double] { try #require(try value(expression).matrix).values }

    var game: GameValue? { context.state.variables["game"]?.object(as: GameValue.self) }
}

extension Panel {
    /// The series of a name.
    func named(_ name: String) -> Series? { series.first { $0.name == name } }

    /// The points of the curve or the scatter of a name.
    func points(_ name: String) -> [Point] {
        switch named(name)?.kind {
        case .curve(let points), .scatter(let points): points
        default: []
        }
    }
}
