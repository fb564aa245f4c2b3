import Foundation
import LinearAlgebra

@testable import Learning

/// The repository's data, read plainly: these tests are not about CSV.
enum Datasets {
    static func rows(_ file: String) throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "datasets/\(file)"), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func columns(_ file: String, _ indices: [Int]) throws -> Matrix<Double> {
        let rows = try rows(file).map { row in indices.compactMap { Double(row[$0]) } }.filter {
            $0.count == indices.count
        }
        return Matrix(shape: .matrix(rows.count, indices.count), values: rows.flatMap { $0 })
    }
}

func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance * max(1, abs(b)) }
