import Foundation
import LinearAlgebra

/// Numbers, vectors and matrices as text.
struct MatrixPrinter {
    let style: PrintStyle

    /// Of how many rows, columns or numbers all are shown.
    private var mostRows: Int { style == .batch ? 1000 : 12 }
    private var mostColumns: Int { style == .batch ? 1000 : 10 }
    private var mostNumbers: Int { style == .batch ? 1000 : 40 }
    /// How many stay at each end when there are more.
    private static let kept = 4

    func text(_ matrix: Matrix<Double>) -> String {
        if matrix.rank == 0 { return style == .batch ? matrix.number.shortest : matrix.number.significant(6) }
        guard style != .batch else { return text(matrix) { $0.shortest } }
        let format = NumberFormat(sample(of: matrix))
        return text(matrix) { format.text($0) }
    }

    func text(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> String {
        switch matrix.rank {
        case 0: format(matrix.number)
        case 1: vector(matrix, format)
        default: rows(matrix, format)
        }
    }

    /// The places that are shown, with a nil for those left out in the middle.
    private func places(_ count: Int, atMost limit: Int, keep: Int = kept) -> [Int?] {
        guard count > limit else { return Array(0..<count) }
        return (0..<keep).map(Optional.some) + [nil] + (count - keep..<count).map(Optional.some)
    }

    /// Numbers that stand for those that will be shown.
    private func sample(of matrix: Matrix<Double>) -> [Double] {
        if matrix.rank == 1 { return places(matrix.count, atMost: mostNumbers).compactMap { $0.map { matrix[$0] } } }
        let columns = places(matrix.columns, atMost: mostColumns).compactMap(\.self)
        return places(matrix.rows, atMost: mostRows).compactMap(\.self).flatMap { row in
            columns.map { matrix[row, $0] }
        }
    }

    // MARK: Vectors

    private func vector(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> String {
        let texts = places(matrix.count, atMost: mostNumbers).map { $0.map { format(matrix[$0]) } ?? "..." }
        let line = "[" + texts.joined(separator: ", ") + "]"
        if line.count <= style.width { return line }
        let widest = style == .batch ? 0 : texts.map(\.count).max() ?? 0
        let padded = texts.map { String(repeating: " ", count: max(0, widest - $0.count)) + $0 + "," }
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
        guard matrix.count > 0 else { return emptyRows(matrix.rows) }
        let columns = columnPlaces(matrix, format)
        let isLarge = style == .batch && matrix.count > mostNumbers
        let rows = places(matrix.rows, atMost: isLarge ? 2 * Self.kept : mostRows)
        let cells = rows.map { row in
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
        let rows = places(count, atMost: 3, keep: 1).map { $0 == nil ? "..." : "[]" }
        return "[" + rows.joined(separator: ", ") + "]"
    }

    /// The columns that are shown: as many as fit the width, at the prompt.
    private func columnPlaces(_ matrix: Matrix<Double>, _ format: (Double) -> String) -> [Int?] {
        guard style != .batch else { return places(matrix.columns, atMost: mostColumns) }
        let widest = sample(of: matrix).map { format($0).count }.max() ?? 1
        let fitting = max(3, (style.width - 4) / (widest + 2))
        guard fitting < mostColumns else { return places(matrix.columns, atMost: mostColumns) }
        return places(matrix.columns, atMost: fitting, keep: max(1, (fitting - 1) / 2))
    }
}

/// One number of decimals for all numbers of a vector or matrix, so that their points stand below each other.
struct NumberFormat {
    private enum Form { case whole, fixed(Int), scientific }
    private let form: Form

    /// The format that suits these numbers.
    init(_ numbers: [Double]) {
        let finite = numbers.filter(\.isFinite)
        let largest = finite.reduce(0) { max($0, $1.magnitude) }
        if finite.allSatisfy({ $0 == $0.rounded() }), largest < 1e9 {
            form = .whole
        } else if largest >= 1e7 || largest < 1e-4 {
            form = .scientific
        } else {
            let most = min(6, max(1, 4 - Int(Foundation.log10(largest).rounded(.down))))
            let needed = finite.map { Self.decimals(of: $0, upTo: most) }.max() ?? 1
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
