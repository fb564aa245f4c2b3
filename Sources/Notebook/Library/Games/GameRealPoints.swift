import Language
import Learning
import LinearAlgebra
import Probability
import Words

/// Where the real points of a game come from, as a cell gives them.
struct GameRealPoints {
    /// The points, or what they are drawn from.
    let data: Game.Data
    /// What people call them.
    let name: String

    /// A distribution is drawn from for ever, a model gives a large sample to pick batches from, and points are taken as
    /// they are; of a table, its columns of numbers.
    init(_ arguments: Arguments, _ context: Context) throws(CellError) {
        let value = try arguments.value("data")
        if let table = value.object(as: TableValue.self)?.table {
            self = try Self.rows(of: table, arguments, context)
        } else if let points = value.matrix {
            self = try Self.points(points, arguments)
        } else if arguments.has("labels") {
            throw arguments.error(
                "labels", "are given with points in rows or a table",
                help: "ring8, moons and the like have classes of their own: conditional=\"concat\"")
        } else if let source = value.object(as: (any HasDensity).self), let distribution = try? source.distribution {
            (data, name) = (Game.Data(distribution), distribution.name)
        } else if let source = value.object(as: (any Sampleable).self) {
            let points = try source.sample(count: 20_000, using: &context.random)
            data = try arguments.learning(at: "data") { () throws(LearningError) in try Game.Data(points: points) }
            name = "20000 draws of \(source.typeName)"
        } else {
            throw arguments.error(
                "data", "must be a distribution, points in rows or a table, not \(value.errorDescription)", kind: .type,
                help: "such as `ring8`, `bimodal` or a matrix with a point a row")
        }
    }

    private init(data: Game.Data, name: String) { (self.data, self.name) = (data, name) }

    /// Points in rows, and the class of each if labels are given.
    private static func points(_ points: Matrix<Double>, _ arguments: Arguments) throws(CellError) -> Self {
        guard arguments.has("labels") else {
            let data = try arguments.learning(at: "data") { () throws(LearningError) in try Game.Data(points: points) }
            return Self(
                data: data, name: points.shape.rank == 2 ? "\(points.rows) points" : "\(points.count) numbers")
        }
        let value = try arguments.value("labels")
        if value.string != nil {
            throw arguments.error(
                "labels", "names a column, and the data are no table", kind: .type, help: "give the class of each point"
            )
        }
        return try labelled(points, LabelList(value, arguments.range(of: "labels")), "points", arguments)
    }

    /// The rows of a table that lack nothing: its columns of numbers are the points, another is the class.
    private static func rows(
        of table: DataTable, _ arguments: Arguments, _ context: Context
    ) throws(CellError) -> Self {
        let column = arguments.has("labels") ? try arguments.value("labels").string : nil
        if let column { _ = try arguments.placing(at: "labels") { try table.column(column) } }
        let names = table.columns.filter { $0.isNumeric && $0.name != column }.map(\.name)
        guard !names.isEmpty else { throw arguments.error("data", "has no column of numbers to make points of") }
        let texts = table.columnNames.filter { !names.contains($0) && $0 != column }
        if !texts.isEmpty {
            let verb = texts.count == 1 ? "it holds" : "they hold"
            context.emit(.note("left out \(Wording.list(texts, limit: 6)): \(verb) text"))
        }
        let complete = try arguments.placing(at: "data") {
            try table.completeRows(in: names + [column].compactMap(\.self))
        }
        if let note = complete.note { context.emit(.note(note)) }
        let rows = table.rows(at: complete.rows)
        let points = try arguments.placing(at: "data") { try rows.selection(of: names).matrix }
        guard let column else {
            if !arguments.has("labels") { return try Self.points(points, arguments) }
            throw arguments.error(
                "labels", "must name a column of the table", kind: .type,
                help: "or give a matrix of points, and the class of each")
        }
        let cells = try arguments.placing(at: "labels") { try rows.column(column).cells }
        let labels: LabelList
        switch cells {
        case .numbers(let numbers): labels = try LabelList(.vector(numbers), arguments.range(of: "labels"))
        case .text(let text):
            labels = try LabelList(.list(text.map { .string($0 ?? "") }), arguments.range(of: "labels"))
        }
        return try labelled(points, labels, "rows of \(table.name)", arguments)
    }

    /// Points with their classes: whole numbers stay what they are, names are counted in the order in which they appear.
    private static func labelled(
        _ points: Matrix<Double>, _ labels: LabelList, _ what: String, _ arguments: Arguments
    ) throws(CellError) -> Self {
        var names: [String] = []
        var numbers: [String: Int] = [:]
        let classes = try labels.names.map { (name) throws(CellError) -> Int in
            if labels.areNumbers {
                guard let number = Int(name), (0...999).contains(number) else {
                    throw arguments.error(
                        "labels", "must be whole numbers from 0 to 999 or names, not \(name)")
                }
                return number
            }
            if let number = numbers[name] { return number }
            numbers[name] = names.count
            names.append(name)
            return names.count - 1
        }
        let data = try arguments.learning(at: "labels") { () throws(LearningError) in
            try Game.Data(points: points, labels: classes, names: labels.areNumbers ? nil : names)
        }
        if data.classes == 0 {
            throw arguments.error("labels", "name one class only; there have to be two or more")
        }
        return Self(data: data, name: "\(classes.count) \(what) of \(data.classes) classes")
    }
}
