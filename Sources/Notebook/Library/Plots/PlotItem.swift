import Autodiff
import Language
import LinearAlgebra
import Plotting
import Probability

/// One thing given to `plot`: how it is written in the cell, which becomes its name in the legend, and what it is.
struct PlotItem {
    let name: String
    let value: Value

    /// The distribution behind it, if it has one.
    func distribution() throws(CellError) -> (any Distribution)? {
        try value.object(as: (any HasDensity).self)?.distribution
    }

    /// The numbers of a vector, of a single row or column, or of a number; nil for everything else.
    var numbers: [Double]? {
        guard let matrix = value.matrix, matrix.rows == 1 || matrix.columns == 1 else { return nil }
        return matrix.values
    }

    /// The rows of a matrix of two columns.
    var points: [Point]? {
        guard let matrix = value.matrix, matrix.rank == 2, matrix.columns == 2 else { return nil }
        return (0..<matrix.rows).map { Point(matrix[$0, 0], matrix[$0, 1]) }
    }

    /// The table, if it is one.
    var table: DataTable? { value.object(as: (any HasTable).self)?.table }
}

extension Arguments {
    /// Everything given to a variadic parameter, lists of objects taken apart.
    func plotItems(_ name: String) -> [PlotItem] {
        zip(rest(name), sources(of: name)).flatMap { value, source -> [PlotItem] in
            guard value.tensor == nil, let items = value.elements else { return [PlotItem(name: source, value: value)] }
            return items.enumerated().map { PlotItem(name: "\(source)[\($0.offset)]", value: $0.element) }
        }
    }

    /// One thing, with the name that it is written by.
    func plotItem(_ name: String) -> PlotItem? {
        optionalValue(name).map { PlotItem(name: sources(of: name).first ?? name, value: $0) }
    }

    /// `range=[low, high]`, or a row of two for each axis.
    func plotRanges(_ name: String = "range") throws(CellError) -> [ClosedRange<Double>]? {
        guard let matrix = try optionalTensor(name)?.value else { return nil }
        let rows = matrix.rank == 2 ? (0..<matrix.rows).map(matrix.row) : [matrix.values]
        var ranges: [ClosedRange<Double>] = []
        for row in rows {
            guard row.count == 2, row[0] < row[1], row[0].isFinite, row[1].isFinite else {
                throw error(name, "must be a low and a high end", help: "such as `\(name)=[-3, 3]`")
            }
            ranges.append(row[0]...row[1])
        }
        return ranges
    }

    /// A flag, false where the command has none of that name.
    func plotFlag(_ name: String) throws(CellError) -> Bool { has(name) ? try boolean(name) : false }

    /// Title and names of the axes, as given.
    func plotText(_ name: String) throws(CellError) -> String { try optionalString(name) ?? "" }
}

/// Who is who. Names that say it decide; of what is left the first is taken for the real data and the second for what
/// was made up; three or more of one sort get colours of their own.
enum PlotRoles {
    static func of(_ names: [String]) -> [Role] {
        let told = names.map(told)
        if names.count == 1 { return [told[0] ?? .real] }
        if names.count == 2 {
            switch (told[0], told[1]) {
            case (nil, nil): return [.real, .generated]
            case (let one?, nil): return [one, one == .real ? .generated : .real]
            case (nil, let two?): return [two == .real ? .generated : .real, two]
            case (let one?, let two?): return one == two ? [.real, .generated] : [one, two]
            }
        }
        let isClear = Set(told.compactMap { $0 }).count == told.compactMap { $0 }.count
        return told.enumerated().map { isClear ? $0.element ?? .other($0.offset) : .other($0.offset) }
    }

    /// Curves of formulas and models: a dark line, then colours of their own.
    static func ofCurves(_ count: Int) -> [Role] { (0..<count).map { $0 == 0 ? .model : .other($0 - 1) } }

    /// The role that a name tells of.
    static func told(_ name: String) -> Role? {
        let word = name.lowercased()
        if ["fake", "made", "generated", "forged", "synthetic"].contains(where: word.hasPrefix) { return .generated }
        return ["real", "data"].contains(where: word.hasPrefix) ? .real : nil
    }
}
