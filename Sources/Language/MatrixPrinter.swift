import Foundation
import LinearAlgebra

/// Numbers, vectors and matrices as text.
struct MatrixPrinter {
    let style: PrintStyle

    /// Rows and columns that a person still takes in, and how many of each end stay when there are more.
    private static let promptRows = 12
    private static let promptColumns = 10
    private static let promptVector = 40
    private static let batchCount = 1000

    func text(_ matrix: Matrix<Double>) -> String {
        if matrix.rank == 0 { return style == .batch ? matrix.number.shortest : matrix.number.significant(6) }
        let format = style == .batch ? \Double.shortest : nil
        let shown = NumberFormat(matrix)
        return text(matrix) { number in format.map { number[keyPath: $0] } ?? shown.text(number) }
    }

    func text(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> String {
        switch matrix.rank {
        case 0: format(matrix.number)
        case 1: vector(matrix, format)
        default: rows(matrix, format)
        }
    }

    // MARK: Vectors

    private func vector(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> String {
        let limit = style == .batch ? Self.batchCount : Self.promptVector
        let texts = ends(Array(0..<matrix.count), limit: limit, keep: 6).map { $0.map { format(matrix[$0]) } ?? "..." }
        let columns = style == .batch ? 0 : texts.filter { $0 != "..." }.map(\.count).max() ?? 0
        let line = "[" + texts.joined(separator: ", ") + "]"
        if line.count <= style.width { return line }
        let padded = texts.map { String(repeating: " ", count: max(0, columns - $0.count)) + $0 + "," }
        return "[" + String(Self.fill(padded, width: style.width - 1).joined(separator: "\n ").dropLast()) + "]"
    }

    /// Words in lines of at most `width` columns.
    static func fill(_ words: [String], width: Int) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, TextWidth.columns(of: last) + 1 + TextWidth.columns(of: word) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    // MARK: Matrices

    private func rows(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> String {
        guard matrix.count > 0 else { return matrix.rows == 0 ? "[]" : "[" + emptyRows(matrix.rows) + "]" }
        let columns = columnPlaces(matrix, format)
        let rowLimit = style == .batch ? max(2, Self.batchCount / max(matrix.columns, 1)) : Self.promptRows
        let lines = ends(Array(0..<matrix.rows), limit: rowLimit, keep: rowLimit == Self.promptRows ? 4 : rowLimit / 2)
        let cells = lines.map { row in
            row.map { row in columns.map { $0.map { format(matrix[row, $0]) } ?? "..." } }
        }
        let widths = columns.indices.map { place in cells.compactMap { $0?[place].count }.max() ?? 0 }
        let texts = cells.map { row in
            row.map { row in
                let padded = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
                return "[" + padded.joined(separator: ", ") + "]"
            }
        }
        return "[" + texts.map { $0 ?? "..." }.joined(separator: ",\n ") + "]"
    }

    private func emptyRows(_ count: Int) -> String {
        Array(repeating: "[]", count: min(count, 3)).joined(separator: ", ") + (count > 3 ? ", ..." : "")
    }

    /// The columns that are shown, with nil for those left out: as many as fit the width, at the prompt.
    private func columnPlaces(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> [Int?] {
        let all = Array(0..<matrix.columns)
        guard style != .batch else { return ends(all, limit: Self.batchCount, keep: 3) }
        let sample = matrix.values.prefix(200) + matrix.values.suffix(200)
        let widest = sample.map { format($0).count }.max() ?? 1
        let fitting = max(3, (style.width - 4) / (widest + 2))
        let limit = min(Self.promptColumns, fitting)
        return ends(all, limit: limit, keep: limit < Self.promptColumns ? max(1, (limit - 1) / 2) : 4)
    }

    /// All of them, or the first and last few with a nil between.
    private func ends(_ places: [Int], limit: Int, keep: Int) -> [Int?] {
        guard places.count > limit else { return places }
        return places.prefix(keep).map(Optional.some) + [nil] + places.suffix(keep).map(Optional.some)
    }
}

/// One number of decimals for all numbers of a vector or matrix, so that their points stand below each other.
struct NumberFormat {
    private enum Form { case whole, fixed(Int), scientific }
    private let form: Form

    init(_ matrix: Matrix<Double>) {
        let finite = matrix.values.filter(\.isFinite)
        let largest = finite.reduce(0) { max($0, $1.magnitude) }
        if finite.allSatisfy({ $0 == $0.rounded() }), largest < 1e9 {
            form = .whole
        } else if largest >= 1e7 || largest < 1e-4 {
            form = .scientific
        } else {
            let most = min(6, max(1, 4 - Int(Foundation.log10(largest).rounded(.down))))
            let needed = finite.prefix(2000).map { Self.decimals(of: $0, upTo: most) }.max() ?? 1
            form = .fixed(max(1, needed))
        }
    }

    func text(_ number: Double) -> String {
        guard number.isFinite else { return number.shortest }
        switch form {
        case .whole: return number.shortest
        case .fixed(let decimals):
            let text = String(format: "%.\(decimals)f", locale: nil, number)
            return text.contains { "123456789".contains($0) } ? text : String(text.drop { $0 == "-" })
        case .scientific: return String(format: "%.3e", locale: nil, number)
        }
    }

    /// How many decimals are not zeros when it is rounded to `most` of them.
    private static func decimals(of number: Double, upTo most: Int) -> Int {
        let text = String(format: "%.\(most)f", locale: nil, number)
        let zeros = text.reversed().prefix { $0 == "0" }.count
        return most - min(zeros, most)
    }
}
