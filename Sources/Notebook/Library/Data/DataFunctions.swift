import Foundation
import Language
import LinearAlgebra
import Probability
import Words

extension Library {
    /// Data files, tables, histograms.
    static func addData(to registry: inout Registry, resources: Resources, drawings: Drawings = Drawings()) {
        registry.add([read(resources), drawing(drawings), histogram, matrixOfColumns, rowsWhere, complete])
        registry.add([split, counts, summary, kolmogorovSmirnov])
        addDataCommands(to: &registry, resources: resources, drawings: drawings)
    }

    private static let table = Parameter("t", .object("table"), "the table")

    // MARK: Files

    private static func read(_ resources: Resources) -> FunctionEntry {
        FunctionEntry(
            "read", topic: .data, "read a data set that comes with the playground, or a file",
            parameters: [Parameter("name", .string, "the name of a data set, or a file: .csv, .safetensors, .json")],
            returns: "a table; from a .safetensors or .json file a network or a matrix",
            details: """
                The first line of a CSV file names its columns. Empty cells and `NA` are missing values; they are passed \
                over wherever numbers are needed, and a note says so. `data` lists the data sets. What `export` has written \
                is read back to the last bit.
                """,
            example: "read(\"old-faithful\")"
        ) { (arguments, context) in
            let name = try arguments.string("name")
            if let value = try arguments.placing(at: "name", { try ValueFile.read(name) }) { return value }
            let table = try arguments.placing(at: "name") { try DataShelf(resources).table(named: name) }
            for note in table.notes { context.emit(.note(note)) }
            return .object(TableValue(table))
        }
    }

    private static func drawing(_ drawings: Drawings) -> FunctionEntry {
        FunctionEntry(
            "drawing", topic: .distributions, "a picture drawn in text: where it is dark, points are dense",
            parameters: [
                Parameter(
                    "file", .oneOf([.string, .list(of: .string)]),
                    "a text file, or the name of a drawing made with `data draw`; or the lines themselves"),
                positive("size", "4", "the length of its longer side"),
            ],
            returns: "a distribution",
            details: """
                From no points to the most: ` .:-=+*#%@`. The digits 1 to 9 are weights too, and any other character is as \
                dark as `@`. A line that begins with // is a remark. A character is twice as high as wide.
                """,
            example: "x = sample(drawing([\"####\", \"#\", \"##\", \"#\"]), 500); plot scatter x"
        ) { (arguments, _) in
            let file = try arguments.value("file").string
            let lines = try arguments.strings("file")
            guard file != nil || lines.contains(where: { $0.contains { !$0.isWhitespace } }) else {
                throw arguments.error("file", "draws nothing: its lines are blank", help: "such as: [\"##\", \"#\"]")
            }
            let picture = try arguments.placing(at: "file") { () throws(DataError) in
                if let file { return try TextPicture(path: drawings.path(named: file)) }
                return try TextPicture(text: lines.joined(separator: "\n"))
            }
            return .object(DistributionValue(try picture.distribution(size: try arguments.number("size"))))
        }
    }

    // MARK: Tables

    /// Columns as a matrix, with a note on what was skipped.
    static func matrix(of table: DataTable, _ names: [String], _ context: Context) throws(DataError) -> Value {
        let selection = try table.selection(of: names)
        if let note = selection.note { context.emit(.note(note)) }
        return .matrix(selection.matrix)
    }

    private static let matrixOfColumns = FunctionEntry(
        "matrix", topic: .data, "columns of a table as a matrix",
        parameters: [
            table,
            Parameter(
                "columns", .string, default: "", variadic: true, "their names; all columns of numbers if left out"),
        ],
        returns: "a matrix with a row for each row that lacks none of the values",
        example: "matrix(read(\"old-faithful\"), \"eruption_minutes\", \"waiting_minutes\")"
    ) { (arguments, context) in
        let table = try arguments.object("t", as: TableValue.self).table
        let given = arguments.has("columns") ? try arguments.strings("columns") : []
        let names = given.isEmpty ? table.columns.filter(\.isNumeric).map(\.name) : given
        guard !names.isEmpty else { throw arguments.error("t", "has no column of numbers") }
        let texts = table.columnNames.filter { !names.contains($0) }
        if given.isEmpty, !texts.isEmpty {
            let verb = texts.count == 1 ? "it holds" : "they hold"
            context.emit(.note("left out \(Wording.list(texts, limit: 12)): \(verb) text"))
        }
        return try arguments.placing(at: "columns") { try matrix(of: table, names, context) }
    }

    private static let rowsWhere = FunctionEntry(
        "rows", topic: .data, "the rows of a table that have a value in a column",
        parameters: [
            table,
            Parameter(
                "column", .oneOf([.string, .number()]), default: "", options: true,
                "a column's name and the value that it has to have; several if you like"),
        ],
        returns: "a table", details: "`t[t.column > 3]` chooses rows by a comparison of numbers.",
        example: "rows(read(\"penguins\"), species=\"Adelie\", island=\"Dream\")"
    ) { (arguments, _) in
        var table = try arguments.object("t", as: TableValue.self).table
        for (name, value) in arguments.options("column") {
            let text = value.string ?? value.number?.shortest ?? ""
            table = try arguments.placing(at: "column") { try table.rows(where: name, equals: text) }
        }
        return .object(TableValue(table))
    }

    private static let complete = FunctionEntry(
        "complete", topic: .data, "the rows of a table that lack no value",
        parameters: [
            table, Parameter("columns", .string, default: "", variadic: true, "look at these columns only"),
        ],
        returns: "a table", example: "complete(read(\"penguins\"), \"body_mass_g\")"
    ) { (arguments, context) in
        let table = try arguments.object("t", as: TableValue.self).table
        let given = arguments.has("columns") ? try arguments.strings("columns") : []
        let complete = try arguments.placing(at: "columns") {
            try table.completeRows(in: given.isEmpty ? table.columnNames : given)
        }
        if let note = complete.note { context.emit(.note(note)) }
        return .object(TableValue(table.rows(at: complete.rows)))
    }

    private static let split = FunctionEntry(
        "split", topic: .data, "shuffle the rows of a table or matrix and cut them in two",
        parameters: [
            Parameter("t", .oneOf([.object("table"), .tensor]), "a table, or a matrix or vector"),
            Parameter("fraction", .number(0...1), default: "0.7", "how much of it goes into the first part"),
        ],
        returns: "two tables or matrices", example: "train, test = split(read(\"penguins\"), 0.7); test"
    ) { (arguments, context) in
        let fraction = try arguments.number("fraction")
        if let table = try arguments.value("t").object(as: TableValue.self)?.table {
            let (first, second) = try table.split(fraction, using: &context.random)
            return .tuple([.object(TableValue(first)), .object(TableValue(second))])
        }
        return try splitMatrix(try arguments.matrix("t"), fraction, arguments, context)
    }

    private static func splitMatrix(
        _ matrix: Matrix<Double>, _ fraction: Double, _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> Value {
        let isVector = matrix.rank < 2
        let count = isVector ? matrix.count : matrix.rows
        let first = Int((fraction * Double(count)).rounded())
        guard first > 0, first < count else {
            throw arguments.error("fraction", "leaves one part empty: \(first) of \(count) rows")
        }
        let order = context.random.permutation(of: count)
        let parts = [order[..<first], order[first...]].map { part in
            isVector
                ? Value.vector(part.map { matrix[$0] })
                : Value.matrix(
                    Matrix(shape: .matrix(part.count, matrix.columns), values: part.flatMap { matrix.row($0) }))
        }
        return .tuple(parts)
    }

    private static let counts = FunctionEntry(
        "counts", topic: .data, "how often each value of a column occurs",
        parameters: [table, Parameter("column", .string, "the column")], returns: "a table of values and counts",
        example: "counts(read(\"penguins\"), \"species\")"
    ) { (arguments, _) in
        let table = try arguments.object("t", as: TableValue.self).table
        let column = try arguments.placing(at: "column") { try table.column(arguments.string("column")) }
        let counts = try table.counts(of: column.name)
        let name = column.name == "count" ? "value" : column.name
        let values: DataTable.Column.Cells =
            column.isNumeric ? .numbers(counts.map { Double($0.value) ?? .nan }) : .text(counts.map(\.value))
        let columns = [
            DataTable.Column(name: name, cells: values),
            DataTable.Column(name: "count", cells: .numbers(counts.map { Double($0.count) })),
        ]
        return .object(TableValue(try DataTable(name: "counts of \(column.name)", columns: columns)))
    }

    private static let summary = FunctionEntry(
        "summary", topic: .data, "for each column of a table: values, missing ones, mean, spread and range",
        parameters: [table], returns: "a table with a row for each column", example: "summary(read(\"penguins\"))"
    ) { (arguments, _) in
        let summary = try arguments.object("t", as: TableValue.self).table.summary()
        func numbers(_ pick: (DataTable.ColumnSummary) -> Double?) -> DataTable.Column.Cells {
            .numbers(summary.map { pick($0) ?? .nan })
        }
        func rounded(_ value: Double?) -> Double? { value.flatMap { Double($0.significant(5)) } }
        let columns = [
            DataTable.Column(name: "column", cells: .text(summary.map(\.name))),
            DataTable.Column(name: "n", cells: numbers { Double($0.count) }),
            DataTable.Column(name: "missing", cells: numbers { Double($0.missing) }),
            DataTable.Column(name: "distinct", cells: numbers { Double($0.distinct) }),
            DataTable.Column(name: "mean", cells: numbers { rounded($0.moments?.mean) }),
            DataTable.Column(name: "sd", cells: numbers { rounded($0.moments?.standardDeviation) }),
            DataTable.Column(name: "min", cells: numbers { $0.moments?.minimum }),
            DataTable.Column(name: "max", cells: numbers { $0.moments?.maximum }),
        ]
        return .object(TableValue(try DataTable(name: "summary", columns: columns)))
    }
}
