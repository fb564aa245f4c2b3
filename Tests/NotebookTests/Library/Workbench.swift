import Language
import LinearAlgebra

@testable import Notebook

/// A place to run cells in, with the whole library.
final class Workbench {
    private final class Sink { var outputs: [Output] = [] }
    let context: Context
    private let sink: Sink

    init(seed: UInt64 = 1, registry: Registry? = nil) {
        let sink = Sink()
        self.sink = sink
        context = Context(
            registry: registry ?? Library.registry(resources: Workbench.resources), state: State(seed: seed),
            output: { sink.outputs.append($0) })
    }

    static let resources = Resources(
        lessons: Fixture.root.appending(path: "lessons"), datasets: Fixture.root.appending(path: "datasets"))

    /// The value of an expression.
    func value(_ source: String) throws -> Value {
        sink.outputs = []
        try context.run("result = \(source)")
        return context.state.variables["result"] ?? .nothing
    }

    func number(_ source: String) throws -> Double { try value(source).number ?? .nan }

    func matrix(_ source: String) throws -> Matrix<Double> { try value(source).matrix ?? Matrix(vector: []) }

    func object<T>(_ source: String, as type: T.Type) throws -> T? { try value(source).object(as: type) }

    /// What a cell says in words.
    func text(_ source: String) throws -> String {
        sink.outputs = []
        try context.run(source)
        return spoken.joined(separator: "\n")
    }

    /// The remarks of the last cell.
    var notes: [String] {
        sink.outputs.compactMap { if case .note(let note) = $0 { note } else { nil } }
    }

    private var spoken: [String] {
        sink.outputs.compactMap { output in
            switch output {
            case .text(let text): text
            case .measured(let text): text.text
            case .note(let note): "note: \(note)"
            default: nil
            }
        }
    }

    /// How a cell fails.
    func error(_ source: String) -> CellError? {
        do throws(CellError) {
            try context.run(source)
            return nil
        } catch { return error }
    }
}
