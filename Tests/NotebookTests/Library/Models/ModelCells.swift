import Autodiff
import Foundation
import Language
import LinearAlgebra
import Probability
import Testing

@testable import Notebook

/// A context with the whole registry, to run cells in and look at what they leave and show.
final class ModelCells {
    let context: Context
    private let log: Log

    private final class Log {
        var outputs: [Output] = []
        var looks = 0
        var stopAfter = Int.max
    }

    init(seed: UInt64 = 1) {
        let log = Log()
        self.log = log
        context = Context(
            registry: Library.registry(), state: State(seed: seed), output: { log.outputs.append($0) },
            interrupted: {
                log.looks += 1
                return log.looks > log.stopAfter
            })
        var random = RandomStream(seed: 100 + seed)
        // Two clouds in the plane, two on the line, and labels.
        let points = (0..<80).map { [Double($0 % 2 * 3) + 0.5 * random.normal(), 0.5 * random.normal()] }
        context.state.variables = [
            "X": .matrix(Matrix(rows: points)), "y": .vector((0..<80).map { Double($0 % 2) }),
            "names": .list((0..<80).map { .string($0 % 2 == 0 ? "left" : "right") }),
            "x": .vector(points.map { $0[0] }),
            "real": .vector((0..<60).map { _ in 2 + random.normal() }),
            "fake": .vector((0..<40).map { _ in random.normal() }),
            "holes": .vector([1, .nan, 3]),
            "table": .object(TestTable(points: points)),
        ]
    }

    /// Runs a cell; what it showed.
    @discardableResult func run(_ source: String) throws -> [Output] {
        log.outputs = []
        log.looks = 0
        try context.run(source)
        return log.outputs
    }

    /// The value of an expression.
    func value(_ expression: String) throws -> Value {
        try run("probe = \(expression)")
        return try #require(context.state.variables["probe"])
    }

    func number(_ expression: String) throws -> Double { try #require(try value(expression).number) }
    func numbers(_ expression: String) throws -> [Double] { try #require(try value(expression).matrix).values }
    func strings(_ expression: String) throws -> [String] {
        try #require(try value(expression).elements).compactMap(\.string)
    }

    /// The error of a cell that fails.
    func failure(_ source: String) throws -> CellError {
        try #require(throws: CellError.self) { try self.run(source) }
    }

    /// Ctrl-C arrives when the running command has looked this often.
    func interrupt(after looks: Int) { log.stopAfter = looks }

    static func text(_ outputs: [Output]) -> [String] {
        outputs.compactMap { output in
            switch output {
            case .text(let text): text
            case .measured(let text): text.text
            default: nil
            }
        }
    }
    static func notes(_ outputs: [Output]) -> [String] {
        outputs.compactMap { if case .note(let text) = $0 { text } else { nil } }
    }
    static func warnings(_ outputs: [Output]) -> [String] {
        outputs.compactMap { if case .warning(let text) = $0 { text } else { nil } }
    }
}

/// Two clouds with names, and a row that lacks a value.
private struct TestTable: ObjectValue, HasTable {
    let table: DataTable
    var typeName: String { "test table" }
    func describe(width: Int) -> String { "a table" }

    init(points: [[Double]]) {
        let columns: [DataTable.Column] = [
            .init(name: "u", cells: .numbers(points.map { $0[0] } + [.nan])),
            .init(name: "v", cells: .numbers(points.map { $0[1] } + [1])),
            .init(name: "side", cells: .text(points.indices.map { $0 % 2 == 0 ? "left" : "right" } + ["left"])),
        ]
        guard let table = try? DataTable(name: "clouds", columns: columns) else { preconditionFailure() }
        self.table = table
    }
}
