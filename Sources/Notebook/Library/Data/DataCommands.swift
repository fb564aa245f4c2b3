import Foundation
import Language
import LinearAlgebra
import Probability
import Words

extension Library {
    /// `data`, `data NAME`, `data draw NAME`.
    static func addDataCommands(to registry: inout Registry, resources: Resources, drawings: Drawings) {
        registry.add([data(resources, drawings), draw(drawings)])
    }

    private static func data(_ resources: Resources, _ drawings: Drawings) -> CommandEntry {
        CommandEntry(
            "data", topic: .data, "list the data there are, or choose the data to work with",
            parameters: [
                Parameter("name", .word, default: "", "a data set, a distribution, a drawing or a CSV file"),
                Parameter("columns", .word, default: "", variadic: true, "columns of numbers to choose"),
            ],
            details: """
                `data` alone lists them. `data NAME` puts the data into the variable `data` and says what they are; commands \
                that need data and are given none take these. With columns, `data` is a matrix of these columns.
                """,
            example: "data old-faithful"
        ) { (arguments, context) in
            let name = try arguments.optionalString("name")
            guard let name else { return context.emit(.text(listing(resources, drawings, width: context.width))) }
            let columns = arguments.has("columns") ? try arguments.strings("columns") : []
            try choose(name, columns, arguments, context, resources, drawings)
        }
    }

    private static func draw(_ drawings: Drawings) -> CommandEntry {
        CommandEntry(
            "data draw", topic: .data, "draw a distribution with the keyboard, in your editor",
            parameters: [Parameter("name", .word, "what to call it")],
            details: """
                Opens $VISUAL or $EDITOR (else nano or vi) on a text file. Where the drawing is dark, points will be dense. \
                Save and leave the editor, and `data` is the distribution. `drawing("NAME")` gives it again later.
                """,
            example: "help data draw"
        ) { (arguments, context) in
            let name = try arguments.string("name")
            let picture = try drawings.edit(name)
            keep(.object(DistributionValue(try picture.distribution())), as: name, context)
        }
    }

    private static func choose(
        _ name: String, _ columns: [String], _ arguments: Arguments, _ context: Context, _ resources: Resources,
        _ drawings: Drawings
    ) throws {
        if let distribution = try distribution(named: name, drawings, context) {
            guard columns.isEmpty else {
                throw arguments.error("columns", "are for tables; \(name) is a distribution")
            }
            return keep(.object(distribution), as: name, context)
        }
        let shelf = DataShelf(resources)
        let table = try read(name, shelf, drawings, arguments)
        let selection =
            try columns.isEmpty
            ? nil : arguments.placing(at: "columns") { () throws(DataError) in try table.selection(of: columns) }
        if let details = shelf.details(of: name) { context.emit(.text(wrapped(details, context))) }
        for note in selection.map({ [$0.note].compactMap(\.self) }) ?? table.notes { context.emit(.note(note)) }
        let value = selection.map { .matrix($0.matrix) } ?? Value.object(TableValue(table))
        keep(value, as: columns.isEmpty ? name : Wording.list(columns, limit: 8), context)
    }

    private static func read(
        _ name: String, _ shelf: DataShelf, _ drawings: Drawings, _ arguments: Arguments
    ) throws(CellError) -> DataTable {
        do throws(DataError) {
            return try shelf.table(named: name)
        } catch {
            guard case .missingFile(let path, let near) = error else {
                throw error.explanation.placed(at: arguments.range(of: "name"))
            }
            let known = namedDistributions.map(\.name) + drawings.names
            let all = Spelling.suggestions(for: name, among: known) + near
            throw DataError.missingFile(path: path, near: all).explanation.placed(at: arguments.range(of: "name"))
        }
    }

    /// A name of the registry or of a variable that is a distribution, or a drawing.
    private static func distribution(
        named name: String, _ drawings: Drawings, _ context: Context
    ) throws -> DistributionValue? {
        let value = context.state.variables[name] ?? context.registry.constant(name)?.value()
        if let source = value?.object(as: (any HasDensity).self) {
            return DistributionValue(try source.distribution)
        }
        guard drawings.names.contains(name) else { return nil }
        return DistributionValue(try TextPicture(path: drawings.path(named: name)).distribution())
    }

    /// Makes a value the current data and says what it is.
    private static func keep(_ value: Value, as name: String, _ context: Context) {
        context.state.slots["data"] = value
        context.give("data", value)
        switch value {
        case .object(let object as TableValue):
            let table = object.table
            let columns = table.columns.map { $0.isNumeric ? $0.name : "\($0.name) (text)" }
            let rows = Wording.count(table.rowCount, "row")
            context.emit(.text(wrapped("\(rows); columns \(Wording.list(columns, limit: 12))", context)))
        case .object(let object as DistributionValue):
            context.emit(.text(object.describe(width: context.width)))
        default:
            if let matrix = value.matrix { context.emit(.text("\(matrix.rows) rows of \(name)")) }
        }
        context.emit(.note("`data` is now \(name)"))
    }

    private static func wrapped(_ text: String, _ context: Context) -> String {
        TextWidth.wrapped(text.replacing("\n", with: " "), width: context.width).joined(separator: "\n")
    }

    private static func listing(_ resources: Resources, _ drawings: Drawings, width: Int) -> String {
        func table(_ rows: [(String, String)]) -> [String] {
            TextWidth.table(rows.map { (left: $0.0, right: $0.1) }, width: width, widest: 30)
        }
        let shelf = DataShelf(resources)
        var lines = ["Real data: `data NAME`, or `read(\"NAME\")`"]
        lines += table(shelf.names.map { ($0, shelf.summary(of: $0)) })
        if shelf.names.isEmpty {
            let text = "none: the folder `datasets` was not found (`gan doctor` says where it was looked for)"
            lines += TextWidth.wrapped(text, width: width, indent: 2)
        }
        lines += ["", "Distributions: `data NAME`, or the name by itself"]
        lines += table(namedDistributions.map { ($0.name, $0.summary) })
        if !drawings.names.isEmpty {
            lines += ["", "Your drawings: `data NAME`, or `drawing(\"NAME\")`"]
            lines += table(drawings.names.map { ($0, "") })
        }
        let end = "Any CSV file: `data FILE.csv x y`. A drawing of your own: `data draw NAME`."
        lines += [""] + TextWidth.wrapped(end, width: width)
        return lines.joined(separator: "\n")
    }
}
